"""The API is tested through the test client of Django REST Framework.

APIClient sends JSON, logs in by tokens, and shows what a client of the API gets: Django's own client does
neither. Looked at is whether a test takes anything from `rest_framework.test`, or a fixture of it; only where
DRF is installed, the project has serializers or API views, and has tests. Tests by schemathesis count.

Standard: Testing & quality: API testing: DRF APIClient.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_API = (
    r"^\s*from rest_framework(?:\.\w+)* import .*"
    r"(?:erializer|APIView|[Vv]iewset|ViewSet|api_view|generics)"
)
_CLIENTS = (
    r"rest_framework\.test\b|rest_framework import test\b|\bAPIClient\b|\bAPITestCase\b|\bapi_client\b"
    r"|schemathesis"
)


@rule("drf-apiclient-used", entry="apiclient")
def check(project: Project) -> Iterator[Finding]:
    if not project.packages.has("djangorestframework") or not project.tests:
        return
    api = project.mentions(_API)
    if api is not None and project.mentions(_CLIENTS, tests=True) is None:
        yield Finding(
            Place(project.tests[0]),
            f"no test goes through APIClient, and there is an API ({api})",
            "test it with `rest_framework.test.APIClient`",
        )
