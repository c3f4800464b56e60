"""What is worth an entry."""

from django.db import models


class Event(models.TextChoices):
    """What has happened."""

    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    LOGGED_OUT = "logged_out"
    CODE_REFUSED = "code_refused"
    RECOVERY_CODE_USED = "recovery_code_used"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    PASSWORD_CHANGED = "password_changed"  # nosec B105 # a name
    REFRESH_REUSED = "refresh_reused"
    USER_DISABLED = "user_disabled"
    USER_ENABLED = "user_enabled"
    POWERS_CHANGED = "powers_changed"
    STAFF_ACTION = "staff_action"
