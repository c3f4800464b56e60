"""E-mail: one address (EMAIL_URL) says where it goes."""

from stack.environment import env, required
from stack.mail.mailers import mailer
from stack.mail.origins import checked_origin

MAILERS = {"default": mailer(required("EMAIL_URL", fallback="consolemail://"))}
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", fallback="noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# What limits mails that anybody may have sent: dotted paths of functions, called with what the mail is about
# and the address.
MAIL_LIMITS: list[str] = []
# What links in mails begin with; empty for the host that the request names.
SITE_ORIGIN = checked_origin(env.str("SITE_ORIGIN", ""), name="SITE_ORIGIN")
