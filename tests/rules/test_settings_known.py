"""settings-known."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.django import django, split
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break("config/settings.py", "USE_TZ = True\n", "USE_TZ = True\nUSE_L10N = True\n")


@pytest.mark.parametrize(
    "text",
    [
        "USE_L10N = True  # with the version unknown",
        "ALLOWED_HOSTS = []",
        "SHOP_NAME = 'x'",
        "STATICFILES_DIR = 'static'\nSTATICFILES_DIRS = [STATICFILES_DIR]",
        "CORS_ALLOWED_ORIGINS = []",
        "MEDIA_ROOTS = 1\nX = MEDIA_ROOTS",
        "# ALLOWED_HOST = []",
        "REST_FRAMEWORK = {'PAGE_SIZE': 1, 'OWN_KEY': 2}",
    ],
)
def test_known_or_its_own(text: str) -> None:
    passes("settings-known", django(text))


def test_what_an_older_django_reads() -> None:
    passes("settings-known", django("USE_L10N = True", "django>=4.2,<5"))
    passes("settings-known", django("STATICFILES_STORAGE = 'x'", "django~=5.0.3"))


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("USE_L10N", "5.0"),
        ("DEFAULT_FILE_STORAGE", "5.1"),
        ("STATICFILES_STORAGE", "5.1"),
        ("CSRF_COOKIE_MASKED", "5.0"),
        ("MIDDLEWARE_CLASSES", "2.0"),
        ("SECURE_BROWSER_XSS_FILTER", "4.0"),
        ("PASSWORD_RESET_TIMEOUT_DAYS", "4.0"),
    ],
)
def test_removed(name: str, version: str) -> None:
    flags(
        "settings-known",
        django(f"{name} = 1", "django>=6.0,<7"),
        f"config/settings.py:2 {name} does nothing: Django {version}",
    )


@pytest.mark.parametrize(
    "name", ["ALLOWED_HOST", "INSTALED_APPS", "SECURE_HSTS_SECOND", "MIDDELWARE", "CORS_ALLOWED_ORIGIN"]
)
def test_misspelt(name: str) -> None:
    flags("settings-known", django(f"{name} = 1"), f"config/settings.py:2 {name} does nothing")


def test_misspelt_in_development() -> None:
    flags(
        "settings-known", split("", development="INTERNAL_IP = []"), "config/settings/local.py:2 INTERNAL_IP"
    )


def test_a_name_that_its_own_code_reads() -> None:
    passes(
        "settings-known",
        django("LOGIN_URLS = []", app__views="from django.conf import settings\nX = settings.LOGIN_URLS\n"),
    )


def test_keys_of_rest_framework() -> None:
    text = "REST_FRAMEWORK = {\n    'PAGINATE_BY': 10,\n    'DEFAULT_PERMISSION_CLASS': [],\n}"
    flags(
        "settings-known",
        django(text),
        "config/settings.py:3 PAGINATE_BY of REST_FRAMEWORK",
        "config/settings.py:4 DEFAULT_PERMISSION_CLASS of REST_FRAMEWORK",
    )


def test_a_slip_is_put_right() -> None:
    files = django("X = 1\nALLOWED_HOST = ['x']  # ours")
    (finding,) = findings("settings-known", files)
    after = edited(files["config/settings.py"], finding.edits[0])
    assert after is not None and "ALLOWED_HOSTS = ['x']  # ours" in after
    passes("settings-known", files | {"config/settings.py": after})


def test_a_removed_switch_is_taken_out() -> None:
    files = django("USE_I18N = True\nUSE_L10N = True  # formats\nUSE_TZ = True", "django>=6.0")
    (finding,) = findings("settings-known", files)
    after = edited(files["config/settings.py"], finding.edits[0])
    assert after is not None and after.endswith("\nUSE_I18N = True\nUSE_TZ = True\n")


@pytest.mark.parametrize(
    "text", ["if FLAG:\n    USE_L10N = True", "USE_L10N = flag()", "A = USE_L10N = True"]
)
def test_what_is_not_a_line_of_its_own_is_left(text: str) -> None:
    (finding,) = findings("settings-known", django(text, "django>=6.0"))
    assert not finding.edits
