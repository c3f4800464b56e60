"""celery-broker-from-environment."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/celery/settings.py",
    'CELERY_BROKER_URL = required("CELERY_BROKER_URL", fallback=brokers()[-1].URL)',
    'CELERY_BROKER_URL = "redis://redis:6379/1"',
)


def settings(line: str) -> dict[str, str]:
    return {"shop/settings.py": f"INSTALLED_APPS = []\nHOST = os.environ['HOST']\n{line}\n"}


@pytest.mark.parametrize(
    "line",
    [
        'CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="redis://localhost:6379/0")',
        'CELERY_BROKER_URL = f"redis://{HOST}:6379/0"',
        'CELERY_BROKER_URL = os.environ.get("REDIS_URL")',
        'CELERY_BROKER_URL = "redis://localhost:6379" if DEBUG else env("BROKER")',
        '# CELERY_BROKER_URL = "redis://localhost:6379"',
    ],
)
def test_a_variable(line: str) -> None:
    passes("celery-broker-from-environment", settings(line))


def test_a_constant() -> None:
    flags(
        "celery-broker-from-environment",
        settings('CELERY_BROKER_URL = "amqp://user:secret@rabbit:5672//"'),
        "shop/settings.py:3 CELERY_BROKER_URL is amqp://user:…@rabbit:5672//",
    )


def test_developments_settings_may_have_one() -> None:
    files = {
        "shop/settings/base.py": 'INSTALLED_APPS = []\nCELERY_BROKER_URL = env("BROKER")\n',
        "shop/settings/local.py": 'from .base import *\n\nCELERY_BROKER_URL = "redis://localhost:6379"\n',
        "shop/settings/production.py": "from .base import *\n",
    }
    passes("celery-broker-from-environment", files)


def test_one_that_the_application_is_given() -> None:
    text = 'from celery import Celery\n\napp = Celery("shop", broker="redis://localhost:6379/0")\n'
    flags(
        "celery-broker-from-environment",
        {"shop/celery.py": text},
        "shop/celery.py:3 is given the broker redis://",
    )
