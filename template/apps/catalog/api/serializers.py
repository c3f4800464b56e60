"""The catalogue as JSON."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.files.storage import default_storage
from rest_framework import serializers

from apps.catalog import CURRENCY
from apps.catalog.models import PICTURE_VALIDATORS, Category, Product
from stack.rest.serializers import StrictModelSerializer, StrictSerializer


class CategorySerializer(serializers.Serializer[Any]):
    """A category, and how many of its products are on sale."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    products_on_sale = serializers.IntegerField(min_value=0)


class ProductSerializer(serializers.Serializer[Any]):
    """A product as it is shown.

    The fields declare the schema. They don't do the work: field by field, the framework takes longer for a
    page of rows than the database does, so one method writes them all. A test holds the two together.
    """

    slug = serializers.SlugField()
    name = serializers.CharField()
    description = serializers.CharField()
    category = serializers.SlugField()
    price = serializers.DecimalField(10, 2)
    currency = serializers.ChoiceField([CURRENCY])
    stock = serializers.IntegerField(min_value=0)
    is_active = serializers.BooleanField()
    picture = serializers.URLField(allow_null=True)
    thumbnail = serializers.URLField(allow_null=True)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return a row of `product_rows` as the API shows it."""
        return {
            "slug": instance.slug,
            "name": instance.name,
            "description": instance.description,
            "category": instance.category__slug,
            "price": str(instance.price),
            "currency": CURRENCY,
            "stock": instance.stock,
            "is_active": instance.is_active,
            "picture": self._url(instance.picture),
            "thumbnail": self._url(instance.thumbnail),
            "created_at": instance.created_at,
        }

    def _url(self, name: str) -> str | None:
        """Return a file's whole URL."""
        if not name:
            return None
        return f"{self._folder}{name}" if self._folder else default_storage.url(name)

    @cached_property
    def _folder(self) -> str | None:
        """What the URLs of all files begin with, where the storage has such; a bucket's are whole and signed.

        Forty times a page, Django's own way of putting them together takes longer than the query. It also
        quotes names, which `picture_path` never makes necessary.
        """
        base: str | None = getattr(default_storage, "base_url", None)
        return self.context["request"].build_absolute_uri(base) if base else None


class ProductWriteSerializer(StrictModelSerializer[Product]):
    """What staff may say about a product."""

    category = serializers.SlugRelatedField("slug", queryset=Category.objects.all())

    class Meta:
        """The columns that can be written; the picture has an address of its own."""

        model = Product
        fields: ClassVar = ("slug", "name", "description", "category", "price", "stock", "is_active")


class PictureSerializer(StrictSerializer):
    """An uploaded picture."""

    # Not an ImageField: that one opens the file with each of Pillow's forty formats, before any limit.
    picture = serializers.FileField(validators=PICTURE_VALIDATORS)
