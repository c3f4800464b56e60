"""What requests to the pictures can reach, in the tests of every operation of the API."""

from apps.accounts.models import User

EXISTING: dict[str, str] = {}
"""Values of path parameters: there are none."""

ACCESS = {
    "GET /api/v1/users/me/picture/": "user",
    "PUT /api/v1/users/me/picture/": "user",
    "DELETE /api/v1/users/me/picture/": "user",
}
"""Who may call which operation; see `tests.test_access`."""


def make(_user: User) -> None:
    """Make nothing: it is one's own picture, if there is one."""
