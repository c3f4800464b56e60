"""E-mail: one address (EMAIL_URL) says where it goes."""

from stack.environment import required
from stack.mail.mailers import mailer

MAILERS = {"default": mailer(required("EMAIL_URL", fallback="consolemail://"))}
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", fallback="noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
