"""Gunicorn: the server, for WSGI and ASGI."""
