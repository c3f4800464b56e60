"""Django's settings, read without running them."""
