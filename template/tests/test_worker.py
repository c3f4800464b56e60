"""What a request leaves to a worker, the worker does."""

import pytest
from django.core import mail
from rest_framework.test import APIClient

from tests.processes import wait_until


@pytest.mark.proves("celery")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("task_worker")
def test_a_worker_sends_the_mail_of_a_sign_up() -> None:
    assert APIClient().post("/api/v1/auth/signup/", {"email": "grace@example.com"}).status_code == 202

    wait_until(lambda: mail.outbox, seconds=10)
    assert mail.outbox[0].to == ["grace@example.com"]
