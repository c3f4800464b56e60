"""Where links in mails lead."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from rest_framework.request import Request

from stack.environment import PRODUCTION


def site_origin(request: HttpRequest | Request) -> str:
    """Return what each link in a mail begins with, such as ``https://example.com``.

    That is SITE_ORIGIN. Without it, it is the host that the request names, which is one of ALLOWED_HOSTS. Its
    port may be any: in production it is left out.

    Args:
        request: The request that has a mail sent.
    """
    if settings.SITE_ORIGIN:
        return str(settings.SITE_ORIGIN)
    host = request.get_host()
    return f"{request.scheme}://{split_domain_port(host)[0] if PRODUCTION else host}"
