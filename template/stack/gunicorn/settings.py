"""Gunicorn: what technologies ask of its ASGI workers."""

from typing import Any

# Options of uvicorn's Config, by name.
UVICORN: dict[str, Any] = {}
