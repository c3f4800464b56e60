"""A receiver of OTLP over HTTP."""

import gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# pylint: disable-next=no-name-in-module  # protobuf makes them at import
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span  # pylint: disable=no-name-in-module

from tests.processes import PRODUCTION

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
"""The header of a request that belongs to this trace."""


class Collector(ThreadingHTTPServer):
    """Takes exports of traces, and keeps their spans with the name of their service."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Receiver)
        self.spans: list[tuple[str, Span]] = []
        self.bodies: list[bytes] = []

    def variables(self, **more: str) -> dict[str, str]:
        """Return production's environment, with spans that leave for here at once."""
        endpoint = f"http://127.0.0.1:{self.server_address[1]}"
        return PRODUCTION | {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_SCHEDULE_DELAY": "100"} | more

    @property
    def trace(self) -> list[Span]:
        """Return the spans of the trace so far."""
        return [span for _, span in list(self.spans) if span.trace_id.hex() == TRACE]

    @property
    def named(self) -> dict[str, Span]:
        """Return them by name."""
        return {span.name: span for span in self.trace}

    @property
    def statements(self) -> dict[str, Span]:
        """Return those of SQL, by their text."""
        return {
            attribute.value.string_value: span
            for span in self.trace
            for attribute in span.attributes
            if attribute.value.string_value.startswith("SELECT '")
        }


class Receiver(BaseHTTPRequestHandler):
    """Reads one export: a protobuf message, compressed or not."""

    server: Collector

    def do_POST(self) -> None:  # pylint: disable=invalid-name
        """Take an export of traces."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.bodies.append(body)
        if self.path == "/v1/traces":
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                attributes = {pair.key: pair.value.string_value for pair in resource.resource.attributes}
                for scope in resource.scope_spans:
                    self.server.spans += [(attributes["service.name"], span) for span in scope.spans]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:  # pylint: disable=arguments-differ
        """Say nothing."""
