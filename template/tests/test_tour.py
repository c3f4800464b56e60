"""The tour of the stack: an order, from the request to the mail, through real processes, in one trace."""

import http.client
import json
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from rest_framework.authtoken.models import Token

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.notifications.models import Notification
from stack.mail.tests import test_mail as mailing
from stack.opentelemetry.tests import conftest as tracing
from stack.opentelemetry.tests.collector import PARENT, TRACE, Collector
from tests.processes import SECONDS, database_url, gunicorn, running, wait_until

# Fixtures.
collector_that_listens = tracing.collector_that_listens
a_mailbox, a_port = mailing._mailbox, mailing._port  # pylint: disable=protected-access

TASK = "run/apps.letters.tasks.letter_send"
SPANS = {"POST api/v1/orders/", "emit order.placed.v1", "process order.placed.v1", TASK}


def order(port: int, token: str, slug: str) -> int:
    """Place an order as a client does, and return the answer's status."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    headers = {
        "Host": "localhost",
        "X-Forwarded-Proto": "https",
        "Authorization": f"Token {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid4()),
        "traceparent": PARENT,
    }
    body = json.dumps({"lines": [{"product": slug, "quantity": 2}]})
    try:
        client.request("POST", "/api/v1/orders/", body, headers)
        return client.getresponse().status
    finally:
        client.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("outbox", "rabbitmq", "opentelemetry", "celery")
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_one_order_from_the_request_to_the_mail(
    collector: Collector, mailbox: mailing.Mailbox, port: int, tmp_path: Path
) -> None:
    user, lamp = UserFactory.create(), ProductFactory.create(stock=5)
    token = Token.objects.create(user=user).key
    queue = f"tour-{uuid4().hex}"
    env = collector.variables(
        DATABASE_URL=database_url(),
        EVENTS_EXCHANGE=f"{queue}-events",  # Celery makes an exchange of its queue's name
        CELERY_TASK_DEFAULT_QUEUE=queue,
        EMAIL_URL=f"smtp://shop:p%40ss%20word@127.0.0.1:{port}",
    )
    logs = {name: tmp_path / name for name in ("web", "publisher", "consumer", "worker")}
    with ExitStack() as stack:
        worker = [
            "celery",
            "--quiet",
            "-A",
            "config",
            "worker",
            "--concurrency=1",
            f"--hostname={queue}@test",
        ]
        stack.enter_context(running(worker, logs["worker"], **env))
        stack.enter_context(running(["python", "manage.py", "consume"], logs["consumer"], **env))
        stack.enter_context(running(["python", "manage.py", "publish"], logs["publisher"], **env))
        _, web = stack.enter_context(gunicorn(logs["web"], "config.wsgi:application", **env))
        assert order(web, token, lamp.slug) == 201

        wait_until(lambda: mailbox.messages)
        wait_until(lambda: SPANS <= collector.named.keys())

    assert Notification.objects.get(user=user).kind == "order.placed"
    assert mailbox.messages[0]["To"] == user.email
    spans = collector.named
    assert spans["emit order.placed.v1"].trace_id.hex() == TRACE
    assert spans["process order.placed.v1"].parent_span_id == spans["emit order.placed.v1"].span_id
    assert any(
        "order.placed.v1" in line and TRACE in line for line in logs["consumer"].read_text().splitlines()
    )
