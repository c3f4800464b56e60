"""What happens to an order is told to its buyer, by the real way: outbox, relay, RabbitMQ, inbox."""

import pytest
from django.core import mail
from pytest_django import Settings

from apps.letters.models import Letter
from apps.notifications.models import Notification
from apps.orders.services import order_cancel, order_pay
from apps.orders.tests.factories import order_make
from stack.rabbitmq.tests.way import delivering
from tests.processes import wait_until


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("rabbitmq", "outbox")
def test_buyers_are_told_of_each_step_in_order_and_by_mail(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "stack.tasks.immediate.ImmediateBackend"}}
    with delivering(settings, "notifications"):
        paid, cancelled = order_make(), order_make()
        order_pay(paid.pk)
        order_cancel(cancelled.pk)
        wait_until(lambda: Notification.objects.count() == 4)
        wait_until(lambda: Letter.objects.exclude(sent_at=None).count() == 4)

    for order, second in ((paid, "order.paid"), (cancelled, "order.cancelled")):
        told = Notification.objects.filter(user=order.user_id).order_by("number")
        assert [each.kind for each in told] == ["order.placed", second]
        assert {each.data["order"] for each in told} == {str(order.pk)}
        letters = [message for message in mail.outbox if message.to == [order.user.email]]
        assert len(letters) == 2
        assert f"{order.total} {order.currency}" in str(letters[0].body)
