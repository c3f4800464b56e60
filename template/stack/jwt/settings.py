"""JSON Web Tokens for the API, by simplejwt: short access, rotating refresh, a key of their own."""

from datetime import timedelta

from stack.environment import secret
from stack.rest.settings import REST_FRAMEWORK

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=5),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    "SIGNING_KEY": secret("JWT_SIGNING_KEY"),
    # A token carries a digest of the password's hash: it dies with the password.
    "CHECK_REVOKE_TOKEN": True,
}
if SIMPLE_JWT["SIGNING_KEY"] == secret("SECRET_KEY"):
    raise SystemExit("JWT_SIGNING_KEY has the same value as SECRET_KEY; give each a key of its own.")

# The first of them: a refusal names the way to say who calls that it asks for.
REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"].insert(
    0, "rest_framework_simplejwt.authentication.JWTAuthentication"
)
