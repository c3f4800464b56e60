"""Where the policy of pages lets them open sockets."""

from collections.abc import Iterable, Iterator


def socket_sources(hosts: Iterable[str], port: int) -> list[str]:
    """Return the policy's sources for sockets on a port of their own.

    Args:
        hosts: As in ALLOWED_HOSTS. Addresses of IPv6 are left out: a source cannot name them.
        port: The port.

    Returns:
        A source for each host, by ``ws:``, which stands for ``wss:`` too.
    """
    names = (name for host in hosts for name in _names(host.strip()))
    return [f"ws://{name}:{port}" for name in names]


def _names(host: str) -> Iterator[str]:
    if host.startswith("."):  # a domain and all under it
        yield host[1:]
        host = f"*{host}"
    if host and not host.startswith("["):
        yield host
