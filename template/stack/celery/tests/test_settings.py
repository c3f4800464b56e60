"""Celery ignores a misspelt setting; a test here does not."""

import pickle

import pytest
from celery import current_app
from celery.app.defaults import NAMESPACES, flatten
from kombu.exceptions import ContentDisallowed
from kombu.serialization import dumps, loads, prepare_accept_content

from stack.celery import settings

KNOWN = {f"CELERY_{option[0].upper()}" for option in flatten(NAMESPACES)}


def test_celery_knows_every_setting() -> None:
    ours = {name for name in vars(settings) if name.startswith("CELERY_")}
    assert len(ours) > 10
    assert ours <= KNOWN
    assert "CELERY_TASK_ACK_LATE" not in KNOWN


@pytest.mark.asvs("1.5.2")
def test_what_could_run_code_when_it_is_unpacked_is_refused() -> None:
    accepted = prepare_accept_content(current_app.conf.accept_content)
    content_type, encoding, message = dumps({"a": 1}, serializer="json")
    assert loads(message, content_type, encoding, accept=accepted) == {"a": 1}
    for kind in ("application/x-python-serialize", "application/x-yaml"):
        with pytest.raises(ContentDisallowed):
            loads(pickle.dumps({}), kind, "binary", accept=accepted)
