"""Request rates, counted in the Redis that all processes share."""

from stack.environment import ENVIRONMENT, env
from stack.mail.settings import MAIL_LIMITS
from stack.otp.settings import CODE_LIMITS
from stack.rest.settings import REST_FRAMEWORK
from stack.throttling.rate import rate

THROTTLING = ENVIRONMENT != "test"  # tests write as fast as they can, from one address
# How many writes a caller may make, by kind.
THROTTLE_RATES = {
    "anon": rate("THROTTLE_ANON", "60/min"),
    "user": rate("THROTTLE_USER", "300/min"),
    "login": rate("THROTTLE_LOGIN", "30/min"),
    "signup": rate("THROTTLE_SIGNUP", "20/hour"),
    # Of all that is known of the caller; a read, of which few are counted.
    "data": rate("THROTTLE_DATA", "10/hour"),
    # Of one account's password, or of its codes, from one address.
    "guesses": rate("THROTTLE_GUESSES", "5/15min"),
    # Of one kind to one mailbox, whoever asks for them: what is too much is not sent, and nobody is told.
    "mails": rate("THROTTLE_MAILS", "5/hour"),
}
# The kind of what is posted to a page, by the name of its address. A view of the API says its own, as
# `throttle_scope`; those that say none are of the kind "anon" or "user".
THROTTLE_SCOPES = {
    "factor_remove": "login",
    "factor_set_up": "login",
    "login": "login",
    "login_code": "login",
    "password_change": "login",  # nosec B105 # names, all of them
    "password_reset": "signup",  # nosec B105
    "password_reset_confirm": "login",  # nosec B105
    "signup": "signup",
    "signup_confirm": "signup",
}
# What lets anybody in: counted of each address, whoever the caller is.
THROTTLE_BY_ADDRESS = {"login", "signup"}
# What is refused while Redis is away; all else passes uncounted. (Guesses are always refused.)
THROTTLE_FAILS_CLOSED = env.list("THROTTLE_FAILS_CLOSED", default=["login", "signup"])

AUTHENTICATION_BACKENDS = ["stack.throttling.guesses.GuessLimitBackend"]
CODE_LIMITS.append("stack.throttling.guesses.code_guess")
MAIL_LIMITS.append("stack.throttling.mails.mail_counted")
REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = ["stack.throttling.rates.WriteThrottle"]
