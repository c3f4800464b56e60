"""prometheus-exported."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/prometheus/settings.py",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "stack.logging.middleware.access_log",
    more=(
        Break(
            "stack/prometheus/settings.py",
            "django_prometheus.middleware.PrometheusAfterMiddleware",
            "stack.logging.middleware.access_log",
        ),
        Break("stack/prometheus/settings.py", "django_prometheus.cache", "django_redis.cache"),
    ),
)

SETTINGS = {"shop/settings.py": "INSTALLED_APPS = []\n"}
CLIENT = {**SETTINGS, "pyproject.toml": '[tool.poetry.dependencies]\nprometheus-client = "*"\n'}
DJANGO = {**SETTINGS, "pyproject.toml": '[tool.poetry.dependencies]\ndjango-prometheus = "*"\n'}
MIDDLEWARE = 'MIDDLEWARE = ["django_prometheus.middleware.PrometheusBeforeMiddleware"]\n'


@pytest.mark.parametrize(
    "text",
    [
        "start_http_server(9100)\n",
        "def metrics(request):\n    return HttpResponse(generate_latest())\n",
        "make_asgi_app()\n",
    ],
)
def test_a_client_that_serves(text: str) -> None:
    passes("prometheus-exported", {**CLIENT, "shop/metrics.py": text})


@pytest.mark.parametrize(
    "text", ["", "# start_http_server(9100)\n", "from prometheus_client import Counter\n"]
)
def test_a_client_that_serves_nothing(text: str) -> None:
    flags("prometheus-exported", {**CLIENT, "shop/x.py": text}, "pyproject.toml:2 nothing serves its metrics")


def test_djangos_with_both() -> None:
    files = {
        **DJANGO,
        "shop/urls.py": 'path("", include("django_prometheus.urls"))\n',
        "shop/settings.py": MIDDLEWARE,
    }
    passes("prometheus-exported", {**files, "shop/base.py": "INSTALLED_APPS = []\n"})


def test_djangos_without_its_middlewares() -> None:
    files = {**DJANGO, "shop/urls.py": 'path("", include("django_prometheus.urls"))\n'}
    flags("prometheus-exported", files, "pyproject.toml:2 counts no request")


def test_djangos_without_its_page() -> None:
    files = {**DJANGO, "shop/settings.py": f"INSTALLED_APPS = []\n{MIDDLEWARE}"}
    flags("prometheus-exported", files, "pyproject.toml:2 nothing serves its metrics")
