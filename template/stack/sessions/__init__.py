"""Where somebody is logged in, by a browser or by tokens: to be looked at, and ended from elsewhere."""

from stack.sessions.logins import Login, login_of, logins_end, logins_ended, logins_of

__all__ = ["Login", "login_of", "logins_end", "logins_ended", "logins_of"]
