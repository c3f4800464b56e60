"""Under ASGI a connection ends with its request."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.processes import get, gunicorn, wait_until


def connections_of(name: str) -> int:
    """Return how many connections the server has with this application name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [name])
        count: int = cursor.fetchone()[0]
        return count


@pytest.mark.asvs("1.4.3")
@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("uvicorn")
def test_no_connection_outlives_its_request(tmp_path: Path) -> None:
    name = uuid4().hex
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    variables = {"ENVIRONMENT": "test", "DATABASE_URL": address.geturl(), "DATABASE_APPLICATION_NAME": name}
    arguments = ("--workers=1", "-k", "uvicorn_worker.UvicornWorker", "config.asgi:application")
    with gunicorn(tmp_path / "log", *arguments, **variables) as (_, port):
        answers = {get(port, "/api/v1/users/me/", Authorization="Token unknown")[0] for _ in range(20)}
        assert answers == {401}  # having looked for the token
        wait_until(lambda: connections_of(name) == 0, seconds=10)
