"""Mails that anybody may have sent: limited for each mailbox, from wherever they are asked for."""

from hashlib import sha256

from stack.throttling.window import admit, rate_of


def mail_counted(kind: str, address: str) -> bool:
    """Count a mail, and tell whether it may go: one of MAIL_LIMITS.

    Raises:
        CountUnavailable: Nobody can tell how many there were.
    """
    rate = rate_of("mails")
    return rate is None or not admit(f"mails:{kind}:{sha256(address.encode()).hexdigest()}", rate)
