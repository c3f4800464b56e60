"""drf-throttling-wired."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/throttling/settings.py",
    'REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"]',
    'REST_FRAMEWORK["DEFAULT_THROTTLES"]',
)


ANON = "rest_framework.throttling.AnonRateThrottle"


def api(text: str, **files: str) -> dict[str, str]:
    return django(f"INSTALLED_APPS = ['rest_framework']\nREST_FRAMEWORK = {text}", "redis", **files)


@pytest.mark.parametrize(
    "text",
    [
        f"{{'DEFAULT_THROTTLE_CLASSES': ['{ANON}'], 'DEFAULT_THROTTLE_RATES': {{'anon': '9/min'}}}}",
        f"{{'DEFAULT_THROTTLE_CLASSES': ['{ANON}'], 'DEFAULT_THROTTLE_RATES': rates()}}",
        "{'DEFAULT_THROTTLE_CLASSES': ['own.Throttle']}",
        "{**rest()}",
        "rest()",
    ],
)
def test_counted_or_not_told(text: str) -> None:
    passes("drf-throttling-wired", api(text))


def test_counted_by_views() -> None:
    passes(
        "drf-throttling-wired", api("{}", shop__views="from django_ratelimit.decorators import ratelimit\n")
    )
    view = "class Orders(APIView):\n    throttle_classes = [UserRateThrottle]\n"
    passes("drf-throttling-wired", api("{}", shop__views=view))


def test_a_class_that_no_view_has() -> None:
    view = "from rest_framework.throttling import UserRateThrottle\nclass Own(UserRateThrottle):\n    pass\n"
    flags("drf-throttling-wired", api("{}", shop__views=view), "config/settings.py:3 nothing limits")


def test_without_an_api_or_a_place_to_count() -> None:
    passes("drf-throttling-wired", django("INSTALLED_APPS = []", "redis"))
    passes("drf-throttling-wired", django("INSTALLED_APPS = ['rest_framework']"))


def test_not_counted() -> None:
    flags("drf-throttling-wired", api("{'PAGE_SIZE': 20}"), "config/settings.py:3 nothing limits")
    flags(
        "drf-throttling-wired", api("{'DEFAULT_THROTTLE_CLASSES': []}"), "config/settings.py:3 nothing limits"
    )


def test_no_rate() -> None:
    flags(
        "drf-throttling-wired",
        api(f"{{\n    'DEFAULT_THROTTLE_CLASSES': ['{ANON}'],\n}}"),
        "config/settings.py:4 no rate",
    )
