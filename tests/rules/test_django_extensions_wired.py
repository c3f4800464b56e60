"""django-extensions-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/development/settings.py", '"debug_toolbar", "django_extensions", "silk"', '"debug_toolbar", "silk"'
)


def test_wired() -> None:
    passes("django-extensions-wired", django("INSTALLED_APPS = ['django_extensions']", "django-extensions"))
    passes(
        "django-extensions-wired",
        django("INSTALLED_APPS = ['x', *(['django_extensions'] if DEBUG else [])]", "django-extensions"),
    )


def test_its_own_code_uses_it() -> None:
    model = "from django_extensions.db.models import TimeStampedModel\n"
    passes("django-extensions-wired", django("INSTALLED_APPS = []", "django-extensions", shop__models=model))


def test_not_installed_or_not_told() -> None:
    passes("django-extensions-wired", django("INSTALLED_APPS = []"))
    passes("django-extensions-wired", django("INSTALLED_APPS = apps()", "django-extensions"))


def test_not_wired() -> None:
    text = "INSTALLED_APPS = []  # django_extensions"
    flags(
        "django-extensions-wired",
        django(text, "django-extensions"),
        "pyproject.toml:4 its commands are not there",
    )
