"""Categories and products; what must always hold is kept by the database."""

from pathlib import PurePath
from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from stack.images import ImageLimits

STOCK_MAX = 1_000_000
"""Pieces; far below what the column holds, so that no return of goods can overflow it."""

PICTURE_VALIDATORS = (FileExtensionValidator(("jpeg", "jpg", "png", "webp")), ImageLimits())
"""The ending counts too: web servers go by it when they name the type of what they serve."""


def picture_path(product: "Product", filename: str) -> str:
    """Name a product's picture: unguessable, and new with each upload, so that caches may keep it."""
    return f"products/{product.slug}-{uuid4().hex}{PurePath(filename).suffix.lower()}"


class Category(models.Model):
    """A shelf of the shop."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        """Order and constraints."""

        ordering = ("name",)
        verbose_name_plural = "categories"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="catalog_category_name_not_blank"),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[-a-zA-Z0-9_]+$"), name="catalog_category_slug_is_slug"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Product(models.Model):
    """Something for sale; the slug is its public identity."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True, max_length=5000)
    price = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    stock = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(STOCK_MAX)], help_text="Pieces that can still be sold."
    )
    is_active = models.BooleanField("on sale", default=True)
    picture = models.ImageField(upload_to=picture_path, blank=True, validators=PICTURE_VALIDATORS)
    thumbnail = models.ImageField(upload_to=picture_path, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """Order, constraints, and an index for each way to list or find products."""

        ordering = ("-created_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="catalog_product_name_not_blank"),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[-a-zA-Z0-9_]+$"), name="catalog_product_slug_is_slug"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="catalog_product_price_not_negative"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="catalog_product_stock_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("created_at", "id"), name="catalog_product_newest"),
            models.Index(fields=("price", "id"), name="catalog_product_price"),
            models.Index(fields=("name", "id"), name="catalog_product_name"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="catalog_product_name_search"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
