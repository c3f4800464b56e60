"""opentelemetry-instrumented."""

import pytest

from tests.rules.repo import Break, flags, passes

_TRACING = "stack/opentelemetry/tracing.py"
BREAK = Break(
    _TRACING,
    "from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter\n",
    more=(
        Break(_TRACING, "from opentelemetry.sdk.trace.export import BatchSpanProcessor\n"),
        Break(_TRACING, "    provider.add_span_processor(AskedFor(OTLPSpanExporter()))\n"),
        Break(_TRACING, "class AskedFor(BatchSpanProcessor)", "class AskedFor"),
    ),
)

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nopentelemetry-sdk = "*"\n',
    "shop/settings.py": "INSTALLED_APPS = []\n",
}
PROVIDER = "provider = TracerProvider()\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "manage.py",
            f"DjangoInstrumentor().instrument()\n{PROVIDER}provider.add(X(OTLPSpanExporter()))\n",
        ),
        (
            "shop/wsgi.py",
            "configure_azure_monitor()  # and its exporter\nEXPORTER = AzureMonitorTraceExporter\n",
        ),
        ("Procfile", "web: opentelemetry-instrument gunicorn shop.wsgi\n"),
        (
            "compose.yml",
            "services:\n  web:\n    image: x\n    command: opentelemetry-instrument gunicorn shop.wsgi\n",
        ),
        ("pyproject.toml", '[tool.poetry.dependencies]\nopentelemetry-api = "*"\n'),
    ],
)
def test_instrumented_or_not_there(path: str, text: str) -> None:
    passes("opentelemetry-instrumented", {**FILES, path: text})


@pytest.mark.parametrize(
    "text", ["", "# DjangoInstrumentor().instrument()\n", "from opentelemetry import trace\n"]
)
def test_not_instrumented(text: str) -> None:
    flags(
        "opentelemetry-instrumented", {**FILES, "shop/x.py": text}, "pyproject.toml:2 nothing is instrumented"
    )


def test_nothing_is_exported() -> None:
    flags(
        "opentelemetry-instrumented",
        {**FILES, "shop/x.py": f"\n{PROVIDER}"},
        "shop/x.py:2 no exporter sends them",
    )
