"""People: a custom user who logs in by e-mail, with pages and tokens."""
