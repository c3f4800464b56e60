"""How many mails somebody gets whom anybody may have written to."""

from django.conf import settings
from django.utils.module_loading import import_string


def may_write(kind: str, address: str) -> bool:
    """Tell whether one more mail may go to an address, before anybody knows whose it is.

    Args:
        kind: What the mail is about; each kind is limited apart, so that none keeps another away.
        address: The address, as it is kept.
    """
    return all(import_string(path)(kind, address) for path in settings.MAIL_LIMITS)
