"""spectacular-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/urls.py", '    path("api/", include("stack.openapi.urls")),\n')


APPS = "INSTALLED_APPS = ['drf_spectacular']\n"
SCHEMA = "REST_FRAMEWORK = {'DEFAULT_SCHEMA_CLASS': 'drf_spectacular.openapi.AutoSchema'}\n"
URLS = "from drf_spectacular.views import SpectacularAPIView\nurlpatterns = []\n"


def test_wired() -> None:
    passes("spectacular-wired", django(APPS + SCHEMA, "drf-spectacular", urls=URLS))


def test_a_schema_of_its_own() -> None:
    text = "REST_FRAMEWORK = {'DEFAULT_SCHEMA_CLASS': 'own.AutoSchema'}"
    passes("spectacular-wired", django(APPS + text, "drf-spectacular", urls=URLS))


def test_a_schema_that_is_written_to_a_file() -> None:
    files = django(APPS + SCHEMA, "drf-spectacular")
    passes(
        "spectacular-wired",
        files | {"Makefile": "schema:\n\tpython manage.py spectacular --file schema.yml\n"},
    )


def test_not_installed_or_not_told() -> None:
    passes("spectacular-wired", django(""))
    passes(
        "spectacular-wired",
        django("INSTALLED_APPS = apps()\nREST_FRAMEWORK = rest()", "drf-spectacular", urls=URLS),
    )


def test_each_part() -> None:
    flags(
        "spectacular-wired",
        django(SCHEMA + "INSTALLED_APPS = []", "drf-spectacular", urls=URLS),
        "pyproject.toml:4 INSTALLED",
    )
    flags(
        "spectacular-wired",
        django(APPS, "drf-spectacular", urls=URLS),
        "pyproject.toml:4 as DEFAULT_SCHEMA_CLASS",
    )
    flags(
        "spectacular-wired",
        django(APPS + SCHEMA, "drf-spectacular", api__urls=URLS),
        "pyproject.toml:4 no address",
    )
