"""grafana-provisioned."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "docker-compose.yml",
    "  backup: # docker",
    """\
  grafana:
    image: grafana/grafana:12.2.0
    profiles: [monitoring]
    restart: unless-stopped
    healthcheck:
      <<: *healthcheck
      test: [CMD, wget, -q, --spider, "http://127.0.0.1:3000/api/health"]

  backup: # docker""",
)


def grafana(body: str) -> dict[str, str]:
    return {"compose.yml": f"services:\n  db:\n    image: postgres:18\n  grafana:\n{body}"}


@pytest.mark.parametrize(
    "body",
    [
        "    image: grafana/grafana:12\n    volumes: ['./grafana:/etc/grafana/provisioning']\n",
        "    image: grafana/grafana:12\n    volumes: ['./grafana.ini:/etc/grafana/grafana.ini']\n",
        "    image: grafana/grafana:12\n    environment: {GF_PATHS_PROVISIONING: /x}\n",
        "    image: grafana/grafana:12\n    build: ./grafana\n",
        "    image: grafana/loki:3\n",
    ],
)
def test_provisioned_or_no_grafana(body: str) -> None:
    passes("grafana-provisioned", grafana(body))


def test_data_sources_anywhere() -> None:
    files = {**grafana("    image: grafana/grafana:12\n"), "ops/provisioning/datasources/all.yml": ""}
    passes("grafana-provisioned", files)


@pytest.mark.parametrize("image", ["grafana/grafana:12", "docker.io/grafana/grafana-oss:latest"])
def test_not_provisioned(image: str) -> None:
    files = grafana(f"    image: {image}\n    volumes: ['grafana:/var/lib/grafana']\n")
    flags("grafana-provisioned", files, "compose.yml:4 the service grafana runs Grafana without")
