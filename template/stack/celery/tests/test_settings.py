"""Celery ignores a misspelt setting; a test here does not."""

from celery.app.defaults import NAMESPACES, flatten

from stack.celery import settings

KNOWN = {f"CELERY_{option[0].upper()}" for option in flatten(NAMESPACES)}


def test_celery_knows_every_setting() -> None:
    ours = {name for name in vars(settings) if name.startswith("CELERY_")}
    assert len(ours) > 10
    assert ours <= KNOWN
    assert "CELERY_TASK_ACK_LATE" not in KNOWN
