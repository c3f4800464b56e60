"""Old letters go, once they are sent or nobody can send them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.tests.factories import UserFactory
from apps.letters import retention
from apps.letters.models import Letter
from apps.letters.services import TRIES
from stack.retention import clear_expired

pytestmark = pytest.mark.django_db


def test_old_ones_go_and_those_that_are_young_or_owed_stay() -> None:
    now = timezone.now()
    old, young = now - timedelta(days=retention.DAYS + 1), now - timedelta(days=retention.DAYS - 1)
    user, ended = UserFactory.create(), UserFactory.create(disabled=True)
    letters: dict[str, dict[str, Any]] = {
        "sent": {"created_at": old, "sent_at": old},
        "given up": {"created_at": old, "tries": TRIES},
        "of nobody": {"created_at": old, "user": ended},
        "owed": {"created_at": old},
        "young": {"created_at": young, "sent_at": young},
    }
    for subject, columns in letters.items():
        Letter.objects.create(**{"user": user, "subject": subject, "text": "", **columns})

    assert clear_expired() == {"letters.Letter": 3}

    assert set(Letter.objects.values_list("subject", flat=True)) == {"owed", "young"}
