"""How the sales follow the orders. Each of these is called once an event, in the event's transaction."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from apps.insights.models import OpenOrder, Sale

LOCK = 0x73616C65
"""An advisory lock: two readers that add to the same rows in another order would wait for each other."""

ADD = """
INSERT INTO insights_sale AS sale (day, product, currency, orders, pieces, revenue, paid)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (day, product, currency) DO UPDATE SET
    orders = sale.orders + excluded.orders, pieces = sale.pieces + excluded.pieces,
    revenue = sale.revenue + excluded.revenue, paid = sale.paid + excluded.paid
"""
CORRECT = """
UPDATE insights_sale SET orders = orders - %s, pieces = pieces - %s, revenue = revenue - %s, paid = paid + %s
WHERE day = %s AND product = %s AND currency = %s
"""


class Line(NamedTuple):
    """So many pieces of a product, for so much.

    Attributes:
        product: Its slug.
        pieces: How many.
        amount: Of money, for all of them.
    """

    product: str
    pieces: int
    amount: Decimal


class UnknownOrder(LookupError):
    """An order of which nobody has said that it was placed: what said so may be among the dead letters."""


@transaction.atomic
def sale_add(order: UUID, day: date, currency: str, lines: Sequence[Line]) -> None:
    """Add an order that was placed."""
    OpenOrder.objects.create(
        pk=order,
        day=day,
        currency=currency,
        lines=[[product, pieces, str(amount)] for product, pieces, amount in lines],
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.executemany(
            ADD, [(day, line.product, currency, 1, line.pieces, line.amount, 0) for line in lines]
        )


@transaction.atomic
def sale_settle(order: UUID) -> None:
    """Note that an order was paid.

    Raises:
        UnknownOrder: It is none of the open ones.
    """
    _close(order, lambda line: (0, 0, 0, line.amount))


@transaction.atomic
def sale_withdraw(order: UUID) -> None:
    """Take an order out again, which was cancelled, or has expired.

    Raises:
        UnknownOrder: It is none of the open ones.
    """
    _close(order, lambda line: (1, line.pieces, line.amount, 0))


@transaction.atomic
def sales_forget() -> None:
    """Forget all sales, for them to be made anew from the first order."""
    OpenOrder.objects.all().delete()
    Sale.objects.all().delete()


def _close(order: UUID, correction: Callable[[Line], tuple[int, int, Decimal | int, Decimal | int]]) -> None:
    found = OpenOrder.objects.select_for_update().filter(pk=order).first()
    if found is None:
        raise UnknownOrder(f"order {order} is not open: what told that it was placed was not taken")
    lines = [Line(product, pieces, Decimal(amount)) for product, pieces, amount in found.lines]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.executemany(
            CORRECT, [(*correction(line), found.day, line.product, found.currency) for line in lines]
        )
    found.delete()
