"""time-zone-aware."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", "USE_TZ = True", "USE_TZ = False")


def test_aware() -> None:
    passes("time-zone-aware", django("USE_TZ = True"))
    passes("time-zone-aware", django(""))
    passes("time-zone-aware", django("USE_TZ = env.bool('USE_TZ', False)"))


def test_not_aware() -> None:
    flags("time-zone-aware", django("USE_TZ = False"), "config/settings.py:2 without their zone")
