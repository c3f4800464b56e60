"""What Django tells of, turned into entries."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_save, pre_save

from stack.audit.entries import record
from stack.audit.events import Event

POWERS = ("is_active", "is_staff", "is_superuser")
BEFORE = "_powers_before"


def connect() -> None:
    """Listen to log-ins, to changes of powers, and to what staff do in the admin."""
    user = get_user_model()
    user_logged_in.connect(logged_in, dispatch_uid="stack.audit")
    user_logged_out.connect(logged_out, dispatch_uid="stack.audit")
    user_login_failed.connect(login_failed, dispatch_uid="stack.audit")
    pre_save.connect(powers_note, sender=user, dispatch_uid="stack.audit")
    post_save.connect(powers_compare, sender=user, dispatch_uid="stack.audit")
    for lists in (user.groups, user.user_permissions, Group.permissions):
        m2m_changed.connect(lists_changed, sender=lists.through, dispatch_uid="stack.audit")
    post_save.connect(staff_acted, sender=LogEntry, dispatch_uid="stack.audit")
    # Several at once are written in bulk, of which no signal tells. New models have Django copy managers.
    for manager in (LogEntry.objects, *LogEntry._meta.local_managers):  # pylint: disable=protected-access
        setattr(manager, "_queryset_class", LogEntries)


def logged_in(*, user: Any, **_: Any) -> None:
    """Note a log-in of a browser."""
    record(Event.LOGGED_IN, subject=user.pk, actor=user.pk)


def logged_out(*, user: Any, **_: Any) -> None:
    """Note a log-out of a browser."""
    if user is not None:
        record(Event.LOGGED_OUT, subject=user.pk, actor=user.pk)


def login_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Note a log-in that failed; of a name that is nobody's, no name: people type passwords there."""
    model = get_user_model()
    name = credentials.get("username") or credentials.get(model.USERNAME_FIELD)
    try:
        subject = model._default_manager.get_by_natural_key(name).pk  # pylint: disable=protected-access
    except model.DoesNotExist:
        subject = None
    record(Event.LOGIN_FAILED, subject=subject)


def powers_note(*, instance: Any, update_fields: frozenset[str] | None = None, **_: Any) -> None:
    """Remember what a user could do before this is saved."""
    before: dict[str, Any] | None = None
    if update_fields is None or set(POWERS) & set(update_fields):
        before = type(instance).objects.filter(pk=instance.pk).values(*POWERS).first() or {
            "is_active": instance.is_active,
            "is_staff": False,
            "is_superuser": False,
        }
    setattr(instance, BEFORE, before)


def powers_compare(*, instance: Any, **_: Any) -> None:
    """Note what is different now."""
    before = getattr(instance, BEFORE, None) or {}
    changed = {name: getattr(instance, name) for name in before if before[name] != getattr(instance, name)}
    if "is_active" in changed:
        active = changed.pop("is_active")
        record(Event.USER_ENABLED if active else Event.USER_DISABLED, subject=instance.pk)
    if changed:
        record(Event.POWERS_CHANGED, subject=instance.pk, **changed)


def lists_changed(*, sender: Any, instance: Any, action: str, pk_set: set[int] | None, **_: Any) -> None:
    """Note who is in which group, and who or which group may what."""
    kind, done = action.split("_")
    if kind != "post" or not (pk_set or done == "clear"):
        return
    keys = sorted(pk_set or ())
    change = {"list": sender._meta.model_name, "change": done}  # pylint: disable=protected-access
    if isinstance(instance, get_user_model()):
        record(Event.POWERS_CHANGED, subject=instance.pk, **change, keys=keys)
    elif sender is Group.permissions.through:
        record(Event.POWERS_CHANGED, **change, of=instance.pk, keys=keys)
    else:  # a group that gets users
        for key in keys or (None,):
            record(Event.POWERS_CHANGED, subject=key, **change, keys=[instance.pk])


def staff_acted(*, instance: LogEntry, created: bool, **_: Any) -> None:
    """Note what staff did in the admin: to which row, and to which of its fields."""
    if not created:
        return
    model = instance.content_type.model_class() if instance.content_type else None
    key = str(instance.object_id or "")
    record(
        Event.STAFF_ACTION,
        actor=instance.user_id,
        subject=int(key) if model is get_user_model() and key.isdecimal() else None,
        model=model._meta.label if model else "",  # pylint: disable=protected-access
        key=key,
        action=instance.get_action_flag_display(),
        message=instance.get_change_message(),
    )


class LogEntries(QuerySet[LogEntry]):
    """The admin's own log, which is noted also when it is written in bulk."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[LogEntry]:
        """Write entries, and note each."""
        written = super().bulk_create(objs, *args, **kwargs)
        for entry in written:
            staff_acted(instance=entry, created=True)
        return written
