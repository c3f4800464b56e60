"""Sales over HTTP."""

from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from apps.insights.api.filters import SaleFilter
from apps.insights.api.serializers import SaleSerializer
from apps.insights.models import Sale
from apps.insights.selectors import sale_list
from stack.otp.permissions import StaffOnly


class SaleViewSet(ListModelMixin, GenericViewSet[Sale]):
    """What was sold, by day and product, for the staff."""

    permission_classes = [StaffOnly]
    serializer_class = SaleSerializer
    filterset_class = SaleFilter
    queryset = sale_list()
