"""auto-field-set."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/postgresql/settings.py", "models.BigAutoField", "models.AutoField")


def test_large_enough() -> None:
    passes("auto-field-set", django("DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'", "django>=5.2"))
    passes("auto-field-set", django("DEFAULT_AUTO_FIELD = 'own.fields.KeyField'", "django>=5.2"))


def test_the_default_of_django_six() -> None:
    passes("auto-field-set", django("", "django>=6.0"))


def test_not_told() -> None:
    passes("auto-field-set", django("", "django"))
    passes("auto-field-set", django("from elsewhere import *", "django>=5.2"))


def test_each_app_has_its_own() -> None:
    config = "class ShopConfig(AppConfig):\n    default_auto_field = 'django.db.models.BigAutoField'\n"
    passes("auto-field-set", django("", "django>=5.2", shop__apps=config))


def test_too_small() -> None:
    flags("auto-field-set", django("", "django>=5.2"), "config/settings.py in Django 5, primary keys")
    text = "DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'"
    flags("auto-field-set", django(text, "django>=6.0"), "config/settings.py:2 32 bits")


def test_too_small_for_whatever_version() -> None:
    text = "DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'"
    flags("auto-field-set", django(text, "django<6"), "config/settings.py:2 32 bits")
