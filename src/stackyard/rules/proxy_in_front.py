"""Production is reached through a proxy, and through nothing else.

Gunicorn is made to stand behind one, which takes slow clients, TLS and large uploads off it. Looked at are
services of the project's own code which a Compose file of production publishes on every address of the
machine: with no nginx, Traefik, Caddy, HAProxy, Envoy or Apache, in Compose or configured in the repository;
or beside one, which everybody can go round then. What a platform puts in front, no file shows.

Standard: Reverse proxy: Nginx.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.compose import Compose, Service
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_PROXIES = regex(r"nginx|traefik|caddy|haproxy|envoy|httpd|apache|swag|openresty|cloudflared|tunnel|proxy")
_CONFIGURED = (
    "*nginx*",
    "nginx/*",
    "*/nginx/*",
    "Caddyfile*",
    "*traefik*",
    "*haproxy*",
    "*envoy*",
    "*ingress*",
    "*apache*",
)


@rule("proxy-in-front", entry="nginx")
def check(project: Project) -> Iterator[Finding]:
    is_configured = any(map(_is_proxy, project.services)) or bool(project.files.matching(*_CONFIGURED))
    for compose, service in project.containers.services:
        ports = [port for port in service.ports if not port.is_local] if compose.is_production else []
        if not ports or not project.containers.is_app(service) or _is_proxy(service):
            continue
        if _has_proxy(compose):
            fact = f"the service {service.name} is published beside the proxy, which everybody can go round"
            yield Finding(ports[0].where, fact, "take its `ports` out: the proxy reaches it by its name")
        elif not is_configured:
            fact = f"the service {service.name} in {compose.path} is published with no proxy in front of it"
            yield Finding(
                ports[0].where, fact, "put nginx in front, which has TLS and buffers, and publish that alone"
            )


def _is_proxy(service: Service) -> bool:
    text = f"{service.name} {service.image.text if service.image else ''}".lower()
    return _PROXIES.search(text) is not None


def _has_proxy(compose: Compose) -> bool:
    return any(_is_proxy(service) and service.ports for service in compose.services.values())
