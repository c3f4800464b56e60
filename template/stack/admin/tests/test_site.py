"""The admin: where it is, who gets in, and that it has no way in of its own."""

import subprocess
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.db import DataError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from pytest_django import Settings

from stack.admin.queries import careful
from stack.otp.tests.authenticator import Authenticator
from tests.processes import PRODUCTION, ended

pytestmark = [pytest.mark.proves("django-auth"), pytest.mark.django_db]
PASSWORD = "correct-horse-battery-staple"
INDEX, LOGIN = reverse("admin:index"), reverse("admin:login")


def somebody(**fields: bool) -> Any:
    return get_user_model().objects.create_user(f"{uuid4().hex}@example.com", PASSWORD, **fields)


@pytest.fixture(name="root")
def fixture_root(db: None) -> Any:  # pylint: disable=unused-argument
    return somebody(is_staff=True, is_superuser=True)


def log_in(user: Any, code: str = "", follow: str = INDEX) -> Client:
    """Log in by the pages."""
    client = Client()
    page = client.post(f"{reverse('login')}?next={follow}", {"username": user.email, "password": PASSWORD})
    if code:
        page = client.post(page["Location"], {"code": code})
        assert page["Location"] == follow
    return client


def led_to(client: Client, path: str = INDEX) -> str:
    """Return the path of the page that a path leads to in the end."""
    found: str = client.get(path, follow=True).request["PATH_INFO"]
    return found


def test_its_log_in_logs_nobody_in(root: Any) -> None:
    client = Client()
    answer = client.post(LOGIN, {"username": root.email, "password": PASSWORD, "next": INDEX})
    assert answer["Location"].startswith(reverse("login"))
    assert "_auth_user_id" not in client.session
    assert led_to(client) == reverse("login")


def test_staff_get_in_by_the_one_page(root: Any) -> None:
    client = log_in(root)
    assert led_to(client) == led_to(client, LOGIN) == INDEX


def test_others_are_told_that_it_is_not_for_them() -> None:
    client = log_in(somebody())
    for path in (INDEX, LOGIN):
        assert client.get(path, follow=True).status_code == 403


def test_where_a_second_factor_is_required_staff_without_one_get_nowhere_else(
    root: Any, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client = log_in(root)
    pages = [INDEX, reverse("admin:password_change"), reverse("admin:jsi18n"), reverse("admin:autocomplete")]
    pages += [reverse("admin:accounts_user_changelist"), reverse("admin:accounts_user_add"), LOGIN]
    assert {path: led_to(client, path) for path in pages} == dict.fromkeys(pages, reverse("factor_set_up"))
    assert client.post(reverse("admin:accounts_user_add"), {"email": "x@example.com"}).status_code == 302


def test_who_has_shown_a_code_gets_in(root: Any, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client = log_in(root, Authenticator.of(root).code())
    assert led_to(client) == INDEX


def test_who_has_a_factor_and_has_not_shown_it_is_asked_for_a_code(root: Any, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client = log_in(root)
    app = Authenticator.of(root)
    assert led_to(client) == reverse("login_code")
    asked = f"{reverse('login_code')}?next={INDEX}"
    assert client.post(asked, {"code": app.wrong()}).status_code == 200
    assert led_to(client) == reverse("login_code")
    recovery = app.factor.recovery_codes[0]
    assert client.post(asked, {"code": recovery})["Location"] == INDEX
    assert led_to(client) == INDEX


def test_another_s_device_opens_nothing(root: Any, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client = log_in(root)
    session = client.session
    session["otp_device_id"] = Authenticator.of(somebody()).factor.device.persistent_id
    session.save()
    assert led_to(client) == reverse("factor_set_up")


def test_one_s_own_password_is_changed_on_the_page_that_ends_what_it_opened(root: Any) -> None:
    client = log_in(root)
    assert client.get(reverse("admin:password_change"))["Location"] == reverse("password_change")
    assert client.post(reverse("admin:password_change"), {})["Location"] == reverse("password_change")


@pytest.mark.asvs("1.2.4", "2.2.1", "16.5.3")
@pytest.mark.parametrize(
    "query",
    ["email=%00", "%00=x", "q=%00", "email__regex=(", "email__iregex=a", "groups__name__regex=a"]
    + ["date_joined__year=99999", f"date_joined__year={'9' * 30}"],
)
def test_a_query_that_the_database_cannot_be_asked_is_refused(root: Any, query: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(root)
    assert client.get(f"{reverse('admin:accounts_user_changelist')}?{query}").status_code == 400
    assert client.get(f"{reverse('admin:accounts_user_changelist')}?q=a%2500").status_code == 200


def test_a_value_that_the_database_cannot_read_is_the_query_s_fault_and_nothing_else_is() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1e-20000")
        return HttpResponse()

    with pytest.raises(BadRequest):
        careful(view)(RequestFactory().get(INDEX, {"price": "1e-20000"}))
    for request in (RequestFactory().get(INDEX), RequestFactory().post(f"{INDEX}?price=5")):
        with pytest.raises(DataError):
            careful(view)(request)


def test_it_is_where_the_setting_says() -> None:
    assert f"/{project.ADMIN_PATH}" == INDEX
    routes = [str(pattern.pattern) for pattern in get_resolver("config.urls").url_patterns]
    assert routes.count(project.ADMIN_PATH) == 1


def manage(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return ended("python", "manage.py", "shell", "--no-imports", "-c", code, **PRODUCTION | variables)


def test_another_path_is_taken_and_production_requires_a_second_factor() -> None:
    code = "from django.conf import settings; from django.urls import reverse\n"
    code += "print(reverse('admin:index'), reverse('admin:login'), settings.STAFF_SECOND_FACTOR)"
    done = manage(code, ADMIN_PATH="office/desk-1/")
    assert done.stdout.split() == ["/office/desk-1/", "/office/desk-1/login/", "True"], done.stderr
    assert manage(code, STAFF_SECOND_FACTOR="false").stdout.split()[-1] == "False"


@pytest.mark.parametrize("path", ["/admin/", "admin", "", "a b/", "../", "<int:pk>/", "api/", "accounts/x/"])
def test_what_is_no_path_stops_the_boot_with_one_line(path: str) -> None:
    done = manage("", ADMIN_PATH=path)
    assert done.returncode == 1
    assert done.stderr.startswith("ADMIN_PATH is ")
    assert done.stderr.count("\n") == 1
