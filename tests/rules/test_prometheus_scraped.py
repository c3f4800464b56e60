"""prometheus-scraped."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "deploy/prometheus/prometheus.yml",
    "[web, asgi]",
    "[redis]",
    more=(
        Break("deploy/prometheus/prometheus.yml", "[outbox_publisher]", "[redis]"),
        Break("deploy/prometheus/prometheus.yml", "[event_consumer, stream_consumer]", "[redis]"),
    ),
)

COMPOSE = """\
services:
  web:
    build: .
    image: shop
  worker:
    image: shop
  postgres-exporter:
    image: prom/postgres-exporter
"""
FILES = {"compose.yml": COMPOSE, "pyproject.toml": '[tool.poetry.dependencies]\ndjango-prometheus = "*"\n'}


def scraping(jobs: str) -> dict[str, str]:
    return {**FILES, "monitoring/prometheus.yml": f"global: {{}}\nscrape_configs:\n{jobs}"}


@pytest.mark.parametrize(
    "jobs",
    [
        "  - static_configs:\n      - targets: ['web:8000']\n",
        "  - static_configs:\n      - targets: ['worker:9100', 'localhost:9090']\n",
        "  - dns_sd_configs:\n      - names: [tasks.web]\n",
        "  - static_configs:\n      - targets: ['shop.example.com']\n",
        "  - static_configs:\n      - targets: ['host.docker.internal:8000']\n",
        "  - kubernetes_sd_configs: [{role: pod}]\n",
        "  - static_configs:\n      - targets: ['{{ target }}']\n",
    ],
)
def test_the_application_or_what_may_be_it(jobs: str) -> None:
    passes("prometheus-scraped", scraping(jobs))


@pytest.mark.parametrize("targets", ["'localhost:9090'", "'postgres-exporter:9187', 'prometheus:9090'"])
def test_all_but_the_application(targets: str) -> None:
    jobs = f"  - static_configs:\n      # - targets: ['web:8000']\n      - targets: [{targets}]\n"
    flags("prometheus-scraped", scraping(jobs), "monitoring/prometheus.yml:2 and not the application")


def test_what_exports_nothing_is_another_rules() -> None:
    files = scraping("  - static_configs:\n      - targets: ['localhost:9090']\n")
    passes("prometheus-scraped", {**files, "pyproject.toml": ""})
