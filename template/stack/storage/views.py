"""Uploaded files, as a proxy serves them in production: they are of users, so nothing in them runs."""

from errno import ENAMETOOLONG

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

HEADERS = {
    "Content-Disposition": "attachment",  # pages show it; a browser that is led to it saves it
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-site",  # pictures, for the pages of another subdomain
}


def uploaded(request: HttpRequest, path: str, document_root: str) -> HttpResponseBase:
    """Answer with the file."""
    try:
        response = serve(request, path, document_root)
    except OSError as error:
        if error.errno != ENAMETOOLONG:
            raise
        raise Http404 from error
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
