"""celery-reads-settings."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("config/celery.py", ', namespace="CELERY")', ")")

SETTINGS = {"shop/settings.py": 'INSTALLED_APPS = []\nCELERY_BROKER_URL = env("BROKER")\n'}
APP = 'from celery import Celery\n\napp = Celery("shop")\n'


@pytest.mark.parametrize(
    "line",
    [
        'app.config_from_object("django.conf:settings", namespace="CELERY")',
        'app.config_from_object(\n    "django.conf:settings",\n    namespace="CELERY",\n)',
        'app.config_from_object(settings, namespace="CELERY")',
        'app.config_from_object("shop.celeryconfig")',
        "app.conf.broker_url = settings.CELERY_BROKER_URL",
        "app.conf.update(broker_url=url)",
        'app.config_from_object("django.conf:settings")\napp.conf.broker_url = settings.CELERY_BROKER_URL',
        "app.config_from_object(settings.CELERY)",
    ],
)
def test_it_reads_them(line: str) -> None:
    passes("celery-reads-settings", {**SETTINGS, "shop/celery.py": f"{APP}{line}\n"})


def test_settings_without_such_names_are_not_meant_for_it() -> None:
    passes("celery-reads-settings", {"shop/settings.py": "INSTALLED_APPS = []\n", "shop/celery.py": APP})


def test_a_variable_that_celery_reads_itself() -> None:
    text = 'INSTALLED_APPS = []\nCELERY_BROKER_URL = os.environ["CELERY_BROKER_URL"]\n'
    passes("celery-reads-settings", {"shop/settings.py": text, "shop/celery.py": APP})


@pytest.mark.parametrize("line", ["", '# app.config_from_object("django.conf:settings", namespace="CELERY")'])
def test_it_reads_none(line: str) -> None:
    files = {**SETTINGS, "shop/celery.py": f"{APP}{line}\n"}
    flags("celery-reads-settings", files, "shop/celery.py:3 CELERY_BROKER_URL does nothing")


def test_without_the_prefix_it_reads_others() -> None:
    files = {**SETTINGS, "shop/celery.py": f'{APP}app.config_from_object("django.conf:settings")\n'}
    flags("celery-reads-settings", files, "shop/celery.py:4 without a prefix: CELERY_BROKER_URL does nothing")
