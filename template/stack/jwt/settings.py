"""JSON Web Tokens for the API, by simplejwt: short access, rotating refresh, a key of their own."""

from datetime import timedelta

from stack.environment import secret

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=5),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    "SIGNING_KEY": secret("JWT_SIGNING_KEY", unlike="SECRET_KEY"),
    # A token carries a digest of the password's hash: it dies with the password.
    "CHECK_REVOKE_TOKEN": True,
}
