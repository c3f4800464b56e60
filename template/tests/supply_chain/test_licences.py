"""No package that production runs is under a licence that this project may not use."""

from email.message import Message

import pytest

from tests.supply_chain.licences import ALLOWED, EXCEPTIONS, forbidden, licences_of, metadata_of
from tests.supply_chain.lock import LOCK, read


def metadata(**headers: str) -> Message:
    message = Message()
    for name, value in headers.items():
        for each in value.split("; "):
            message[name.replace("_", "-")] = each
    return message


def test_every_licence_is_allowed() -> None:
    production = [package.name for package in read(LOCK) if "main" in package.groups]

    assert len(production) > 10
    installed = {name: message for name in production if (message := metadata_of(name))}
    assert {name: found for name, message in installed.items() if (found := forbidden(name, message))} == {}


@pytest.mark.parametrize(
    ("package", "found"),
    [
        (metadata(License_Expression="AGPL-3.0-only"), {"AGPL-3.0-only"}),
        (metadata(License_Expression="MIT AND (GPL-2.0-only OR BSD-3-Clause)"), {"GPL-2.0-only"}),
        (metadata(License="GPL"), {"GPL"}),
        (metadata(License="MIT, or so"), {"MIT, or so"}),
        (
            metadata(
                Classifier="License :: OSI Approved :: MIT License; "
                "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"
            ),
            {"GNU General Public License v3 (GPLv3)"},
        ),
        (metadata(Name="silent"), {"none that it names"}),
        (metadata(License_Expression="Apache-2.0 OR BSD-2-Clause"), set()),
        (metadata(Classifier="License :: OSI Approved :: BSD License", License="see LICENSE"), set()),
        (metadata(License="Apache 2.0"), set()),
    ],
)
def test_another_is_found(package: Message, found: set[str]) -> None:
    assert forbidden("package", package) == found


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_for_a_package_that_is_there_and_needs_one(name: str) -> None:
    package = metadata_of(name)

    assert package is not None
    assert licences_of(package) - ALLOWED
    assert forbidden(name, package) == set()
