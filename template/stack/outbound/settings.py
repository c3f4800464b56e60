"""Calls of other servers over HTTP: where they may lead, how long they may take, how often they are tried."""

from ipaddress import ip_network

from stack.environment import PRODUCTION, env
from stack.logging.settings import LOGGING

_networks = env.list("OUTBOUND_ALLOWED_NETWORKS", default=[])

OUTBOUND_SCHEMES = env.list("OUTBOUND_SCHEMES", default=["https"] if PRODUCTION else ["https", "http"])
try:
    OUTBOUND_ALLOWED_NETWORKS = [ip_network(network.strip()) for network in _networks]
except ValueError as error:
    raise SystemExit(f"OUTBOUND_ALLOWED_NETWORKS: {error}. Name networks such as 10.1.0.0/16.") from None
OUTBOUND_CONNECT_SECONDS = env.float("OUTBOUND_CONNECT_SECONDS", 3.0)  # name, connection and TLS together
OUTBOUND_READ_SECONDS = env.float("OUTBOUND_READ_SECONDS", 10.0)  # until the next byte
OUTBOUND_DEADLINE_SECONDS = env.float("OUTBOUND_DEADLINE_SECONDS", 30.0)  # all of a call, with further tries
OUTBOUND_MAX_BYTES = env.int("OUTBOUND_MAX_BYTES", 10_485_760)  # of an answer, unpacked
OUTBOUND_TRIES = env.int("OUTBOUND_TRIES", 3)
OUTBOUND_BREAKER_FAILURES = env.int("OUTBOUND_BREAKER_FAILURES", 5)  # in a row, until a host is left alone
OUTBOUND_BREAKER_SECONDS = env.float("OUTBOUND_BREAKER_SECONDS", 30.0)  # until it is asked again

# Its warnings, of headers that can't be read, have the whole URL in them.
LOGGING["loggers"]["urllib3.connection"] = {"level": "ERROR"}
