"""Sales in the admin: a page for the staff to look at, by day and product."""

from django.contrib import admin
from django.http import HttpRequest

from apps.insights.models import Sale


@admin.register(Sale)
class SaleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sales, the newest day first."""

    list_display = ("day", "product", "orders", "pieces", "revenue", "paid", "currency")
    list_filter = ("currency",)
    search_fields = ("product",)
    date_hierarchy = "day"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: sales follow from orders."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Sale | None = None) -> bool:
        """Refuse: what was sold was sold."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Sale | None = None) -> bool:
        """Refuse: `manage.py consume_stream --rebuild insights` makes them anew."""
        return False
