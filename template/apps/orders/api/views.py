"""Orders over HTTP."""

import re
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.orders import services
from apps.orders.api.filters import OrderFilter
from apps.orders.api.serializers import OrderSerializer, OrderWriteSerializer
from apps.orders.models import IDEMPOTENCY_KEY_LENGTH, Order
from apps.orders.selectors import order_list

IDEMPOTENCY_KEY = re.compile(rf"[!-~]{{1,{IDEMPOTENCY_KEY_LENGTH}}}")
"""Printable ASCII without blanks: what every HTTP client and proxy passes on unchanged."""

IDEMPOTENCY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": f"^{IDEMPOTENCY_KEY.pattern}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="A name of your choice for this purchase: send it again, and there is still one order.",
)
REPLAYED_HEADER = OpenApiParameter(
    "Idempotency-Replayed",
    bool,
    OpenApiParameter.HEADER,
    response=[200],
    description="Sent when the order was there already.",
)


class OrderViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Order]):
    """A user's own orders; nobody else's exist here."""

    serializer_class = OrderSerializer
    filterset_class = OrderFilter
    throttle_scope = "orders"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Order]:
        """Return the user's own orders."""
        return order_list(self.request.user)

    @extend_schema(
        request=OrderWriteSerializer,
        parameters=[IDEMPOTENCY_HEADER, REPLAYED_HEADER],
        responses={200: OrderSerializer, 201: OrderSerializer},
    )
    def create(self, request: Request) -> Response:
        """Place an order; with a key that was used before, show the order that was placed with it."""
        key = _idempotency_key(request)
        serializer = OrderWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        pieces = {line["product"]: line["quantity"] for line in serializer.validated_data["lines"]}
        assert request.user.is_authenticated  # the permission class has seen to it; this is for mypy
        order, replayed = services.order_place(request.user, pieces, idempotency_key=key)
        if replayed:
            return self._show(order.pk, headers={"Idempotency-Replayed": "true"})
        return self._show(order.pk, status.HTTP_201_CREATED)

    @extend_schema(request=None)
    @action(methods=["post"], detail=True)
    def pay(self, request: Request, pk: UUID) -> Response:
        """Pay an order. No payment provider is asked: the payment is recorded."""
        services.order_pay(self.get_object().pk)
        return self._show(pk)

    @extend_schema(request=None)
    @action(methods=["post"], detail=True)
    def cancel(self, request: Request, pk: UUID) -> Response:
        """Cancel an order that is not paid; its pieces can be sold again."""
        services.order_cancel(self.get_object().pk)
        return self._show(pk)

    def _show(
        self, pk: UUID, code: int = status.HTTP_200_OK, headers: dict[str, str] | None = None
    ) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, code, headers=headers)


def _idempotency_key(request: Request) -> str:
    key: str = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        raise ValidationError(
            {
                "Idempotency-Key": "This header is required: "
                f"1 to {IDEMPOTENCY_KEY_LENGTH} printable ASCII characters, no blanks."
            },
            code="required",
        )
    return key
