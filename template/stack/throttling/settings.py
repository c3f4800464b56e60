"""Request rates, counted in the cache that all processes share."""

from stack.environment import ENVIRONMENT, env
from stack.rest.settings import REST_FRAMEWORK

THROTTLING = ENVIRONMENT != "test"  # tests write as fast as they can, from one address
# How many writes a caller may make, by kind; an empty rate is no limit.
THROTTLE_RATES = {
    "anon": env.str("THROTTLE_ANON", "60/min"),
    "user": env.str("THROTTLE_USER", "300/min"),
    "login": env.str("THROTTLE_LOGIN", "10/min"),
    "signup": env.str("THROTTLE_SIGNUP", "20/hour"),
}
# The kind of a write, by the name of its address; all others of the API are of the kind "anon" or "user".
THROTTLE_SCOPES = {
    "admin:login": "login",
    "login": "login",
    "password_change": "login",
    "password_reset": "signup",
    "signup": "signup",
    "api-signup": "signup",
    "api-token": "login",
    "me-password": "login",
    "token-pair": "login",
    "user-register": "signup",
}

REST_FRAMEWORK |= {
    "DEFAULT_THROTTLE_CLASSES": ["stack.throttling.rates.WriteThrottle"],
    # How many proxies in front may be believed about the caller's address; anybody can send the header.
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", 0),
}
