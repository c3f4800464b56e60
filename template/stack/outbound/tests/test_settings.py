"""What the settings are unless they are told otherwise, and what is wrong with them stops the start."""

import subprocess

import pytest

from tests.processes import PRODUCTION, ended

SHOW = "from stack.outbound import settings as s; print(s.OUTBOUND_SCHEMES, s.OUTBOUND_ALLOWED_NETWORKS)"


def shown(**variables: str) -> subprocess.CompletedProcess[str]:
    return ended("python", "-c", SHOW, **variables)


def test_production_calls_by_https_alone_and_nobody_inside() -> None:
    assert shown(**PRODUCTION).stdout == "['https'] []\n"


def test_development_calls_by_http_too_and_nobody_inside() -> None:
    assert shown(ENVIRONMENT="development").stdout == "['https', 'http'] []\n"


@pytest.mark.parametrize("wrong", ["10.1.0.1/16", "billing.internal"])
def test_what_is_no_network_stops_the_start_with_one_line(wrong: str) -> None:
    done = shown(**PRODUCTION, OUTBOUND_ALLOWED_NETWORKS=wrong)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("OUTBOUND_ALLOWED_NETWORKS: ") and wrong in line
