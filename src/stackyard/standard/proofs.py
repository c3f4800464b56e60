"""Which technologies of the standard the last test run proved, read from its JUnit reports.

A test says what it proves by ``@pytest.mark.proves("id")``; ``conftest.py`` notes that in the report. Only a
test that ran and passed proves anything, and one that failed takes the proof away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 # reports of our own tests

from stackyard.errors import UserError
from stackyard.standard.reader import Standard, Technology


@dataclass(slots=True)
class Proof:
    """What the tests said of one technology.

    Attributes:
        technology: The entry of the standard.
        passed: Tests that drove it and passed.
        failed: Tests that drove it and failed.
        skipped: Why tests that would drive it did not run here.
    """

    technology: Technology
    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def proven(self) -> bool:
        """Whether the technology is proven."""
        return bool(self.passed) and not self.failed


def read_proofs(reports: Iterable[Path], standard: Standard) -> list[Proof]:
    """Gather the proofs of every technology from test reports.

    Args:
        reports: JUnit XML files, as ``pytest --junitxml`` writes them.
        standard: The standard to prove.

    Returns:
        One proof for each technology, proven or not, in the standard's order.

    Raises:
        UserError: A report is missing or is not XML.
    """
    proofs = {name: Proof(technology) for name, technology in standard.technologies.items()}
    for path in reports:
        for case in _root(path).iter("testcase"):
            for name in _proved_ids(case):
                if name in proofs:
                    _note(proofs[name], case)
    return list(proofs.values())


def summary(proofs: Iterable[Proof]) -> Iterator[str]:
    """Name the unproven technologies, each group with its reason, then count.

    Args:
        proofs: What ``read_proofs`` returned.

    Yields:
        Lines; the last is ``proven N of M``.
    """
    proofs = list(proofs)
    unproven = [proof for proof in proofs if not proof.proven]
    for proof in unproven:
        if proof.failed:
            yield f"failed: {proof.technology.id} ({', '.join(proof.failed)})"
    for proof in unproven:
        if proof.skipped and not proof.failed:
            yield f"did not run here: {proof.technology.id} ({'; '.join(dict.fromkeys(proof.skipped))})"
    untested = [proof.technology.id for proof in unproven if not proof.failed and not proof.skipped]
    if untested:
        yield f"no test yet: {', '.join(untested)}"
    yield f"proven {len(proofs) - len(unproven)} of {len(proofs)}"


def _root(path: Path) -> ElementTree.Element:
    try:
        return ElementTree.parse(path).getroot()  # nosec B314 # see above
    except (OSError, ElementTree.ParseError) as error:
        raise UserError(
            "A test report",
            found=str(error),
            where=str(path),
            remedy="Write one with `pytest --junitxml=FILE`; `make test` does.",
        ) from error


def _proved_ids(case: ElementTree.Element) -> set[str]:
    return {
        item.get("value", "") for item in case.iterfind("properties/property") if item.get("name") == "proves"
    }


def _note(proof: Proof, case: ElementTree.Element) -> None:
    test = f"{case.get('classname')}.{case.get('name')}"
    skipped = case.find("skipped")
    if case.find("failure") is not None or case.find("error") is not None:
        proof.failed.append(test)
    elif skipped is not None:
        proof.skipped.append(skipped.get("message") or "skipped without a reason")
    else:
        proof.passed.append(test)
