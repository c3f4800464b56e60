"""What is read of orders."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from apps.accounts.models import User
from apps.orders.models import Order, OrderLine


def order_list(user: User | AnonymousUser) -> QuerySet[Order]:
    """Return a user's orders, newest first, with their lines: two queries, however many there are."""
    lines = OrderLine.objects.select_related("product").only(
        "order_id", "name", "unit_price", "quantity", "product__slug"
    )
    return Order.objects.filter(user=user.pk).prefetch_related(Prefetch("lines", lines))
