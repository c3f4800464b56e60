"""Tokens in the schema of the API."""

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme


class JWTScheme(SimpleJWTScheme):
    """Says of ours what is said of the library's."""

    target_class = "stack.jwt.authentication.JWTAuthentication"
