"""The catalogue in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html

from apps.catalog.models import Category, Product
from apps.catalog.services import product_delete, product_update
from apps.catalog.tasks import product_thumbnail_make


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Categories by name."""

    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Products, with their small pictures."""

    list_display = ("small_picture", "name", "category", "price", "stock", "is_active", "created_at")
    list_display_links = ("small_picture", "name")
    list_filter = ("is_active", "category")
    list_select_related = ("category",)
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    readonly_fields = ("small_picture", "created_at")

    @admin.display(description="")
    def small_picture(self, product: Product) -> str:
        """Show the thumbnail."""
        if not product.thumbnail:
            return ""
        return format_html('<img src="{}" alt="" width="48">', product.thumbnail.url)

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **options: Any
    ) -> "FormField | None":
        """Have the form remember the stock it was opened with, to tell whether that was changed in it."""
        if db_field.name == "stock":
            options["show_hidden_initial"] = True
        return super().formfield_for_dbfield(db_field, request, **options)

    def save_model(
        self, request: HttpRequest, obj: Product, form: "ModelForm[Product]", change: bool
    ) -> None:
        """Write what was changed in the form, and nothing else: what was sold meanwhile stays sold."""
        if change:
            product_update(obj, **{name: getattr(obj, name) for name in form.changed_data})
        else:
            super().save_model(request, obj, form, change)
        if "picture" in form.changed_data:
            product_thumbnail_make.enqueue(obj.pk)

    def delete_model(self, request: HttpRequest, obj: Product) -> None:
        """Delete the pictures, too."""
        product_delete(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Delete the pictures, too."""
        for product in queryset:
            product_delete(product)
