"""Made-up goods for tests."""

from decimal import Decimal

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.faker import Faker

from apps.catalog.models import Category, Product


class CategoryFactory(DjangoModelFactory[Category]):
    """A category."""

    class Meta:
        """The model."""

        model = Category

    name = Sequence(lambda number: f"Category {number}")
    slug = Sequence(lambda number: f"category-{number}")


class ProductFactory(DjangoModelFactory[Product]):
    """A product on sale: ten pieces at 19.90."""

    class Meta:
        """The model."""

        model = Product

    category = SubFactory(CategoryFactory)
    name = Sequence(lambda number: f"Product {number}")
    slug = LazyAttribute(lambda product: product.name.lower().replace(" ", "-"))
    description = Faker("paragraph")
    price = Decimal("19.90")
    stock = 10
