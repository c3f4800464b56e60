"""JSON Web Tokens for the API, by simplejwt: short access, rotating refresh, keys of their own."""

from datetime import timedelta

from stack.environment import PROJECT_SLUG, env
from stack.jwt.keys import key_id, private_key, public_keys
from stack.rest.settings import REST_FRAMEWORK
from stack.sessions.settings import LOGIN_KINDS

_signing = private_key("JWT_SIGNING_KEY")
# By their names, which each token's header says: the one that signs, and those that did before or soon will.
JWT_KEYS = {key_id(key): key for key in (_signing.public, *public_keys("JWT_VERIFYING_KEYS"))}

SIMPLE_JWT = {
    "ALGORITHM": "EdDSA",
    "SIGNING_KEY": _signing.private,
    "VERIFYING_KEY": _signing.public,
    "ISSUER": env.str("JWT_ISSUER", PROJECT_SLUG),
    "AUDIENCE": env.str("JWT_AUDIENCE", PROJECT_SLUG),
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=env.int("JWT_ACCESS_SECONDS", 300)),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=env.int("JWT_REFRESH_DAYS", 14)),
    "AUTH_TOKEN_CLASSES": ("stack.jwt.tokens.AccessToken",),
}

JWT_LOGIN_DAYS = env.int("JWT_LOGIN_DAYS", 30)  # counted from the log-in, however often it was refreshed

# The first of them: a refusal names the way to say who calls that it asks for.
REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"].insert(0, "stack.jwt.authentication.JWTAuthentication")
LOGIN_KINDS.append("stack.jwt.logins")
