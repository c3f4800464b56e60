"""Django's admin, at a path of its own, behind the one page to log in by."""
