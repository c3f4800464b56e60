"""Proofs: read from reports that pytest really wrote."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from stackyard.cli import app
from stackyard.errors import UserError
from stackyard.standard.proofs import Proof, read_proofs, summary
from stackyard.standard.reader import read_standard

CONFTEST = Path(__file__).parents[2] / "conftest.py"


def report_of(folder: Path, tests: str) -> Path:
    """Run tests by pytest, on two processes, with this repo's own conftest, and give the report."""
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = proves(id): proves it\n", encoding="utf-8")
    (folder / "test_it.py").write_text(
        f"import pytest\nproves = pytest.mark.proves\n{tests}", encoding="utf-8"
    )
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=120)
    return report


def proofs_of(folder: Path, tests: str) -> dict[str, Proof]:
    proofs = read_proofs([report_of(folder, tests)], read_standard())
    return {proof.technology.id: proof for proof in proofs}


def test_a_pass_proves_unless_another_test_of_it_failed(tmp_path: Path) -> None:
    proofs = proofs_of(
        tmp_path,
        """
@proves("redis")
@proves("postgresql")
@proves("django")
def test_passes(): pass

@proves("django")
def test_fails(): assert False

@pytest.fixture
def broken(): raise RuntimeError

@proves("celery")
def test_errs(broken): pass

@pytest.fixture
def leaky():
    yield
    raise RuntimeError

@proves("sentry")
def test_errs_at_the_end(leaky): pass

@proves("rabbitmq")
@proves("postgresql")
def test_skips(): pytest.skip("needs RabbitMQ")

@proves("kafka")
@pytest.mark.skip(reason="needs Kafka")
def test_is_marked(): pass

@proves("vault")
@pytest.mark.xfail
def test_is_known_to_fail(): assert False

def test_proves_nothing(): pass
""",
    )

    assert [name for name, proof in proofs.items() if proof.proven] == ["postgresql", "redis"]
    assert proofs["redis"].passed == ["test_it.test_passes"]
    assert proofs["rabbitmq"].skipped == ["needs RabbitMQ"]
    assert proofs["kafka"].skipped == ["needs Kafka"]


def test_the_unproven_are_named_with_the_reason_before_the_count() -> None:
    standard = read_standard()
    proofs = {name: Proof(technology) for name, technology in standard.technologies.items()}
    for proof in proofs.values():
        proof.passed = ["test_it"]
    proofs["docker"].passed = proofs["nginx"].passed = []
    proofs["rabbitmq"] = Proof(proofs["rabbitmq"].technology, skipped=["needs RabbitMQ", "needs RabbitMQ"])
    proofs["redis"].failed = ["test_it.test_fails"]

    assert list(summary(proofs.values())) == [
        "failed: redis (test_it.test_fails)",
        "did not run here: rabbitmq (needs RabbitMQ)",
        "no test yet: docker, nginx",
        f"proven {len(proofs) - 4} of {len(proofs)}",
    ]


def test_the_command_adds_reports_up_and_ends_with_the_count(tmp_path: Path) -> None:
    reports = []
    for name in ("redis", "celery"):
        (tmp_path / name).mkdir()
        reports.append(str(report_of(tmp_path / name, f"@proves('{name}')\ndef test_passes(): pass")))

    result = CliRunner().invoke(app, ["proof", *reports])

    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == f"proven 2 of {len(read_standard().technologies)}"


@pytest.mark.parametrize("text", [None, "", "<testsuites>"])
def test_an_unreadable_report_is_refused(tmp_path: Path, text: str | None) -> None:
    report = tmp_path / "report.xml"
    if text is not None:
        report.write_text(text, encoding="utf-8")

    with pytest.raises(UserError, match="A test report"):
        read_proofs([report], read_standard())
