"""Other people's lines about a request: with its route, not its path, and without what they quote of it."""

import logging

from django.http import HttpRequest


class RouteFilter(logging.Filter):
    """Puts the route in the place of the path, which can carry a secret: the link of a password reset."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its request's path."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            match = request.resolver_match
            route = f"/{match.route}" if match else "-"
            path = request.path.encode("unicode_escape").decode()  # as Django has escaped it
            record.args = tuple(route if argument == path else argument for argument in record.args)
        return True


class RefusalFilter(logging.Filter):
    """Leaves out what gunicorn quotes of a request that is none, or that failed: an address, or a header."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without quotes."""
        if str(record.msg).startswith("Invalid request"):
            record.msg = str(record.msg).partition("'")[0].partition('"')[0]
        elif str(record.msg).startswith("Error handling request"):
            record.msg, record.args = "Error handling a request", ()
        return True
