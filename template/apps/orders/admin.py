"""Orders in the admin: to look at, not to change; that is what services are for."""

from django.contrib import admin
from django.http import HttpRequest

from apps.orders.models import Order, OrderLine


class OrderLineInline(admin.TabularInline):  # type: ignore[type-arg]
    """The lines of an order."""

    model = OrderLine
    fields = ("name", "unit_price", "quantity")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        """Refuse: lines are sold with their order, not added."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        """Refuse: what was sold stays as it was sold."""
        return False


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Orders, newest first."""

    list_display = ("id", "user", "status", "total", "currency", "placed_at")
    list_filter = ("status", "placed_at")
    list_select_related = ("user",)
    search_fields = ("id", "user__email")
    inlines = (OrderLineInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: orders are placed by those who buy."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        """Refuse: the services move an order on."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        """Refuse: what was sold is kept for the books."""
        return False
