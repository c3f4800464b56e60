"""A second factor: codes of an app (TOTP), and recovery codes for when it is lost."""

from stack.environment import PRODUCTION, PROJECT_NAME, env

OTP_TOTP_ISSUER = PROJECT_NAME  # what apps call it
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
# Whether the admin, and powers over the API, are only for staff who have a second factor.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", PRODUCTION)
# What limits guesses of codes: dotted paths of context managers, called with the request and the user's key.
# They raise before a code is looked at; one that was wrong leaves them by `WrongCode`.
CODE_LIMITS: list[str] = []
# The names of the pages that ask for a code, and that set a second factor up.
CODE_URL = "login_code"
FACTOR_URL = "factor_set_up"
