"""Print the index that Poetry has to be pointed to, or an empty line where it needs no telling.

Poetry knows nothing of pip's configuration, and asks PyPI's JSON API. Many company mirrors, and pip's own
settings on such a network, offer the simple index alone. Runs with the Python that has Poetry and pip.
"""

import json
import urllib.request

# pylint: disable-next=import-error
from pip._internal.commands import create_command

# pylint: disable-next=import-error
from pip._internal.models.index import PyPI

TIMEOUT = 10  # seconds


def has_json_api(simple: str) -> bool:
    """Say whether the index of this simple URL also answers the question that Poetry asks of a release."""
    url = simple.rstrip("/").removesuffix("/simple") + "/pypi/pip/25.0/json"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            return bool(json.load(answer).get("info"))
    except (OSError, ValueError):
        return False


def mirror() -> str:
    """Return the simple index's URL if Poetry needs it as a mirror, else an empty string."""
    options, _ = create_command("download").parse_args([])
    index: str = options.index_url
    return "" if index == PyPI.simple_url and has_json_api(index) else index


if __name__ == "__main__":
    print(mirror())
