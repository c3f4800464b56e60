"""What requests to the insights can reach, in the tests of every operation of the API."""

from apps.accounts.models import User

EXISTING: dict[str, str] = {}
"""Values of path parameters: there are none."""

ACCESS = {
    "GET /api/v1/sales/": "staff",
}
"""Who may call which operation; see `tests.test_access`."""


def make(_user: User) -> None:
    """Make nothing: an empty list is an answer."""
