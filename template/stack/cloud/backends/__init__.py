"""The clouds: a module each, by the name that STORAGE_BACKEND gives it, with its ``Bucket``.

Their libraries would wait for minutes for a server that hangs, and then try again.
"""

CONNECT_SECONDS = 5.0
TRIES = 2
