"""Asks this container's own web server for its health: what a health check without curl runs.

python -m stack.health.probe            is the process alive
python -m stack.health.probe ready      can it serve
"""

import sys
from http.client import HTTPConnection, HTTPException

from stack.environment import env

TIMEOUT = 4  # seconds; less than the health check's own, for the reason to be seen


def main(probe: str = "live") -> str | None:
    """Ask, and return what is wrong, if anything is."""
    port = env.int("PORT", 8000)
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", f"/health/{probe}")
        answer = connection.getresponse()
        words = answer.read(1000).decode(errors="replace")
    except (OSError, HTTPException) as error:
        return f"no answer from port {port}: {error}"
    return None if answer.status == 200 else f"{answer.status}: {words}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
