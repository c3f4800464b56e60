"""The tools' pages, in a real Chromium: they keep to their policy too."""

import json

import pytest
from playwright.sync_api import expect

from stack.development.tests.conftest import Developer
from tests.browser import chromium, needs_chromium, visitor_of
from tests.processes import get

pytestmark = [needs_chromium, pytest.mark.proves("django-csp")]

PATHS = """
import json
from django.urls import reverse
from silk.models import Profile, SQLQuery
from silk.urls import urlpatterns
query = SQLQuery.objects.filter(request__path="/accounts/login/").first()
profile = Profile.objects.create(request=query.request, name="of a function", func_name="function")
known = {"request_id": query.request_id, "sql_id": query.pk, "profile_id": profile.pk}
paths = {
    one.name: reverse(f"silk:{one.name}", kwargs={name: known[name] for name in one.pattern.converters})
    for one in urlpatterns
}
print(json.dumps(paths))
"""
FILES = {"request_profile_download", "request_profile_dot"}
"""The addresses that no page is at."""


def test_silk_s_pages_keep_to_their_policy(developer: Developer) -> None:
    get(developer.port, "/accounts/login/", Cookie="sessionid=unknown0to0the0database")
    paths: dict[str, str] = json.loads(developer.manage("shell", text=PATHS).splitlines()[-1])
    paths["raw"] += "?typ=response&subtyp=raw"
    with chromium() as browser, visitor_of(browser, f"http://localhost:{developer.port}") as visitor:
        for name in sorted(set(paths) - FILES):
            response = visitor.looks_at(paths[name])
            assert (response.status, visitor.complaints) == (200, []), name
            policy = response.headers["content-security-policy"].split("; ")
            assert "script-src-attr 'unsafe-inline'" in policy, name
            assert "script-src 'self' 'unsafe-eval'" in policy, name
    assert len(paths) > 10


def test_the_toolbar_keeps_to_the_policy_of_its_page(developer: Developer) -> None:
    with chromium() as browser, visitor_of(browser, f"http://localhost:{developer.port}") as visitor:
        response = visitor.looks_at("/")
        assert "unsafe" not in response.headers["content-security-policy"]
        page = visitor.page
        page.locator("#djShowToolBarButton").click()
        for panel in ("TimerPanel", "HeadersPanel", "SQLPanel", "TemplatesPanel", "HistoryPanel"):
            page.locator(f"#djdt-{panel} a").click()
            expect(page.locator(f"#{panel} .djdt-scroll")).not_to_be_empty()
        assert not visitor.complaints
