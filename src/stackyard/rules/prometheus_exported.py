"""What Prometheus counts can be asked for.

A client library keeps numbers in the process. Until something serves them, no server can scrape them; and
django-prometheus counts requests only between its two middlewares.

Flagged is a project that installs prometheus-client or django-prometheus while nothing in its code, tests and
comments aside, includes `django_prometheus.urls`, serves metrics (`start_http_server`, `make_wsgi_app`,
`make_asgi_app`, `generate_latest`, a port of django-prometheus) or pushes them to a gateway; and one with
django-prometheus that names neither its middlewares nor its database and cache backends.

Standard: Monitoring & Logging: Prometheus + Grafana (open source).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_EXPORTS = (
    r"django_prometheus\.urls|\b(?:start_http_server|start_wsgi_server|make_wsgi_app|make_asgi_app"
    r"|generate_latest|"
    r"push_?to_?gateway|pushadd_to_gateway|write_to_textfile|ExportToDjangoView"
    r"|PROMETHEUS_METRICS_EXPORT_PORT\w*|"
    r"PrometheusMetrics\w*|Instrumentator|PrometheusMetricReader)\b"
)
_COUNTS = r"django_prometheus\.(?:middleware|db|cache|models)"


@rule("prometheus-exported", entry="prometheus")
def check(project: Project) -> Iterator[Finding]:
    of_django = project.packages.deployed("django-prometheus")
    client = of_django or project.packages.deployed("prometheus-client")
    if client is None or not project.settings.modules:
        return
    if not project.mentions(_EXPORTS):
        yield Finding(
            client.where,
            f"{client.name} is installed, and nothing serves its metrics",
            'add `path("", include("django_prometheus.urls"))`, or call `start_http_server`',
        )
    elif of_django and not project.mentions(_COUNTS):
        yield Finding(
            client.where,
            "django-prometheus is installed, and counts no request: its middlewares are not named",
            "put PrometheusBeforeMiddleware first and PrometheusAfterMiddleware last in MIDDLEWARE",
        )
