"""Products and categories over HTTP."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.catalog import services
from apps.catalog.api.filters import ProductFilter
from apps.catalog.api.serializers import (
    CategorySerializer,
    PictureSerializer,
    ProductSerializer,
    ProductWriteSerializer,
)
from apps.catalog.models import Product
from apps.catalog.selectors import category_list, product_list, product_rows
from apps.catalog.tasks import product_thumbnail_make
from stack.images.parsers import PictureParser
from stack.otp.permissions import ModelPermissionsOrReadOnly, acts_as_staff


class ProductViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Product]):
    """Anybody may look at what is on sale; changing it takes the permissions of the model."""

    permission_classes = [ModelPermissionsOrReadOnly]
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    # Put together once, as that takes about as long as to run them; copied for each request.
    rows, rows_for_staff = product_rows(product_list()), product_rows(product_list(for_staff=True))

    def get_queryset(self) -> QuerySet[Product]:
        """Return rows to show, or models to change."""
        if self.action not in ("list", "retrieve"):
            return Product.objects.all()
        return (self.rows_for_staff if acts_as_staff(self.request) else self.rows).all()

    @extend_schema(request=ProductWriteSerializer, responses={201: ProductSerializer})
    def create(self, request: Request) -> Response:
        """Put a new product into the catalogue."""
        serializer = ProductWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return self._show(services.product_create(**serializer.validated_data), status.HTTP_201_CREATED)

    @extend_schema(request=ProductWriteSerializer)
    def update(self, request: Request, partial: bool = False, **_kwargs: str) -> Response:
        """Change a product."""
        product = self.get_object()
        serializer = ProductWriteSerializer(product, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return self._show(services.product_update(product, **serializer.validated_data))

    @extend_schema(request=ProductWriteSerializer)
    def partial_update(self, request: Request, **_kwargs: str) -> Response:
        """Change some columns of a product; what was sold meanwhile stays sold."""
        return self.update(request, partial=True)

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """Delete a product that was never ordered."""
        services.product_delete(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request={"multipart/form-data": PictureSerializer})
    @action(methods=["put"], detail=True, parser_classes=[PictureParser])
    def picture(self, request: Request, **_kwargs: str) -> Response:
        """Replace a product's picture; its thumbnail follows in a moment."""
        product = self.get_object()
        serializer = PictureSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():  # so that the picture stays when the task can't be sent
            product = services.product_update(product, **serializer.validated_data)
            product_thumbnail_make.enqueue(product.pk)
        return self._show(product)

    def _show(self, product: Product, code: int = status.HTTP_200_OK) -> Response:
        row = product_rows(Product.objects.filter(pk=product.pk)).get()
        return Response(self.get_serializer(row).data, code)


class CategoryListView(GenericAPIView[Any]):
    """The categories, from the cache."""

    permission_classes = [AllowAny]
    serializer_class = CategorySerializer
    pagination_class = None
    filter_backends = []

    @extend_schema(responses=CategorySerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the categories by name, each with how many products it has on sale."""
        return Response(category_list())
