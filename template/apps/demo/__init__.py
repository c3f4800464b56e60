"""A demo shop to look at; nothing depends on it."""
