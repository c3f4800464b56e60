"""Mails that anybody may have sent: limited for each mailbox, from wherever they are asked for."""

from hashlib import sha256

from django.conf import settings

from stack.throttling.window import admit


def mail_counted(kind: str, address: str) -> bool:
    """Count a mail, and tell whether it may go: one of MAIL_LIMITS.

    Raises:
        CountUnavailable: Nobody can tell how many there were.
    """
    rate = settings.THROTTLE_RATES["mails"]
    if rate is None or not settings.THROTTLING:
        return True
    return not admit(f"mails:{kind}:{sha256(address.encode()).hexdigest()}", rate)
