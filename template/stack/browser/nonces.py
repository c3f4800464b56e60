"""The nonce, for templates."""

from django.http import HttpRequest
from django.utils.csp import CONTEXT_KEY


def nonce(request: HttpRequest) -> dict[str, object]:
    """Give templates the nonce of django-csp by Django's own name, so that its admin and its tag use it."""
    return {CONTEXT_KEY: getattr(request, "csp_nonce", None)}
