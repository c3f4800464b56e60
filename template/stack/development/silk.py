"""What Silk can keep."""

from django.http import HttpRequest


def can_be_kept(request: HttpRequest) -> bool:
    """Tell whether to record a request: not one whose path has a NUL, which PostgreSQL has no text for."""
    return "\0" not in request.path
