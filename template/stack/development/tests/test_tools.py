"""The development tools are really on for a developer, and really absent in production."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from stack.development.tests.conftest import Developer
from tests.processes import PRODUCTION, ended, free_port, get, gunicorn, running, wait_for_answer, wait_until

PACKAGES = ("debug_toolbar", "django_extensions", "silk", "querycount", "IPython")


def counted(developer: Developer, address: str) -> re.Match[str] | None:
    """Return how many queries a request has read by, if the console says so."""
    table = rf"{re.escape(address)}.*?\|\s*RESP\s*\|\s*default\s*\|\s*(\d+)"
    return re.search(table, developer.log.read_text(), re.DOTALL)


@pytest.mark.proves("django-debug-toolbar")
def test_the_toolbar_is_in_the_page_and_its_panels_open(developer: Developer) -> None:
    _, _, page = get(developer.port, "/accounts/login/")
    assert 'id="djDebugToolbarHandle"' in page
    toolbar = re.search(r'data-request-id="(\w+)"', page)
    assert toolbar
    address = f"/__debug__/render_panel/?request_id={toolbar[1]}&panel_id=TemplatesPanel"
    status, _, panel = get(developer.port, address)
    assert status == 200
    assert "registration/login.html" in json.loads(panel)["content"]


@pytest.mark.proves("django-silk")
def test_silk_shows_a_request_with_its_queries(developer: Developer) -> None:
    get(developer.port, "/accounts/login/?next=/silk-was-here/", Cookie="sessionid=unknown0to0the0database")
    status, _, page = get(developer.port, "/silk/requests/")
    assert status == 200
    assert "/accounts/login/" in unescape(page)
    recorded = re.search(r"/silk/request/[0-9a-f-]+/", page)
    assert recorded
    _, _, queries = get(developer.port, f"{recorded[0]}sql/")
    assert "logins_session" in queries


@pytest.mark.proves("django-querycount")
def test_the_console_shows_how_many_queries_a_request_made(developer: Developer) -> None:
    get(developer.port, "/accounts/login/?next=/counted/", Cookie="sessionid=unknown0to0the0database")
    found = wait_until(lambda: counted(developer, "/accounts/login/?next=/counted/"))
    assert found
    assert int(found[1]) >= 1


def test_what_is_too_long_to_be_looked_through_is_not_counted(developer: Developer) -> None:
    for length in (40, 5_000):  # the table is written before the answer is
        address = f"/api/v1/users/me/?length={length}"
        assert get(developer.port, address, Authorization=f"Token {length * 'a'}")[0] == 401
        assert bool(counted(developer, address)) == (length == 40)


def test_an_address_that_silk_cannot_keep_is_answered_all_the_same(developer: Developer) -> None:
    assert [get(developer.port, path)[0] for path in ("/%00", "/static/%00", "/media/%00")] == [404, 404, 404]


@pytest.mark.proves("django-extensions")
@pytest.mark.proves("ipython")
def test_shell_plus_is_ipython_with_the_models_imported(developer: Developer) -> None:
    code = "print(f'{len(In)} inputs, {get_ipython().__class__.__name__}, {User._meta.label}')\n"
    written = developer.manage("shell_plus", text=code)
    assert "inputs, TerminalInteractiveShell, accounts.User" in written


@pytest.mark.proves("django-extensions")
def test_runserver_plus_serves(developer: Developer, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with running(["python", "manage.py", "runserver_plus", str(port)], log, **developer.variables) as process:
        wait_for_answer(process, port, log)
        assert "Werkzeug" in get(port, "/accounts/login/")[1]["server"]


@pytest.mark.proves("django-debug-toolbar")
def test_the_api_answers_in_json_and_is_not_slowed_by_the_toolbar(developer: Developer) -> None:
    status, headers, body = get(developer.port, "/api/v1/users/me/")
    assert status < 500, body
    assert headers["content-type"].startswith(("application/json", "application/problem+json"))
    json.loads(body)
    assert "djdt-request-id" not in headers
    assert "djdt-request-id" in get(developer.port, "/accounts/login/")[1]


def test_no_tool_has_changed_the_models(developer: Developer) -> None:
    assert "No changes detected" in developer.manage("makemigrations", "--check", "--dry-run")
    assert "no issues" in developer.manage("check")


@pytest.mark.asvs("13.4.2", "15.2.3")
def test_production_has_none_of_them(tmp_path: Path, static_root: Path) -> None:
    variables = PRODUCTION | {"STATIC_ROOT": str(static_root)}
    with gunicorn(tmp_path / "log", "config.wsgi:application", **variables) as (_, port):
        for path in ("/silk/", "/silk/requests/", "/__debug__/render_panel/"):
            assert get(port, path)[0] == 404
        status, _, page = get(port, "/")
        assert status == 200 and "djDebug" not in page


@pytest.mark.asvs("15.2.3")
def test_production_boots_where_they_are_not_installed() -> None:
    check = f"""
import sys
sys.modules.update(dict.fromkeys({PACKAGES!r}))
import django
django.setup()
from django.core.management import call_command
call_command("check")
from django.urls import get_resolver
assert get_resolver().url_patterns
"""
    done = ended("python", "-c", check, **PRODUCTION, DJANGO_SETTINGS_MODULE="config.settings")
    assert done.returncode == 0, done.stderr
