"""OpenTelemetry is turned on, and its spans go somewhere.

The packages trace nothing by themselves: the code calls instrumentors, or the process is started by
`opentelemetry-instrument`. A provider that has no exporter drops what it is given.

Flagged is a project that installs the SDK or an instrumentation of OpenTelemetry while neither is done; and
one that makes a `TracerProvider` in code that names no exporter and no span processor. A project that has the
API alone, which is for libraries, is left alone, and so is one whose distribution does both (Azure Monitor,
Logfire, Sentry, Datadog).

Standard: Monitoring & Logging: opentelemetry.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_PACKAGES = ("opentelemetry-sdk", "opentelemetry-distro", "opentelemetry-instrumentation-django")
_INSTRUMENTED = (
    r"Instrumentor\b|\.instrument\(|\bTracerProvider\(|configure_azure_monitor|\blogfire\b"
    r"|\bOpenTelemetryMiddleware\b"
    r"|auto_instrumentation|\bSentrySpanProcessor\b|ddtrace\.opentelemetry|\bMeterProvider\("
)
_PROVIDER = regex(r"\bTracerProvider\(")
_EXPORTED = r"Exporter\b|SpanProcessor\b|OTEL_TRACES_EXPORTER"


@rule("opentelemetry-instrumented", entry="opentelemetry")
def check(project: Project) -> Iterator[Finding]:
    package = project.packages.deployed(*_PACKAGES)
    if package is None or not project.settings.modules:
        return
    is_instrumented = project.mentions(_INSTRUMENTED)
    if is_instrumented and project.mentions(_EXPORTED) or project.process("opentelemetry-instrument"):
        return
    if not is_instrumented:
        yield Finding(
            package.where,
            f"{package.name} is installed, and nothing is instrumented",
            "call `DjangoInstrumentor().instrument()`, or start by `opentelemetry-instrument`",
        )
    else:
        for place, _ in project.python.find_all(_PROVIDER):
            yield Finding(
                place,
                "spans are made, and no exporter sends them anywhere",
                "add `BatchSpanProcessor(OTLPSpanExporter())` to the provider",
            )
