"""Entries of the audit: written to the table, and once that is committed, to the log."""

import logging
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from stack.audit.context import current_request
from stack.audit.events import Event
from stack.audit.models import AuditEntry
from stack.logging.context import request_id
from stack.rest.addresses import client_address

logger = logging.getLogger("audit")


def record(event: Event, *, subject: int | None = None, actor: int | None = None, **details: Any) -> None:
    """Write an entry.

    It is part of the transaction that it is written in: no action without its entry, nor the other way.

    Args:
        event: What has happened.
        subject: The key of the user whom it concerns.
        actor: The key of the user who did it; without one, who sent the request that is being served.
        **details: What else is worth to be known, as JSON. No secrets, and no names of people.
    """
    request = current_request.get()
    entry = AuditEntry(
        event=event,
        actor_id=_caller(request) if actor is None else actor,
        subject_id=subject,
        address=client_address(request) if request else "",
        request_id=request_id.get() or "",
        way=_way(request),
        details=details,
    )
    entry.keep_until = entry.at + timedelta(days=settings.AUDIT_RETENTION_DAYS)
    entry.save(force_insert=True)
    shown = {
        "event": event.value,
        "actor_id": entry.actor_id,
        "subject_id": subject,
        "address": entry.address,
        "way": entry.way,
        "details": details,
    }
    transaction.on_commit(partial(logger.info, "%s", event.value, extra=shown))


def _caller(request: HttpRequest | None) -> int | None:
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None


def _way(request: HttpRequest | None) -> str:
    match = request.resolver_match if request else None
    return match.view_name[:100] if match else ""
