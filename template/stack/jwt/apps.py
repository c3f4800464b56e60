"""The configuration of JSON Web Tokens."""

from importlib import import_module

from django.apps import AppConfig


class JwtConfig(AppConfig):
    """Remembers the families of tokens."""

    name = "stack.jwt"

    def ready(self) -> None:
        """Tell the schema of them."""
        import_module("stack.jwt.schema")
