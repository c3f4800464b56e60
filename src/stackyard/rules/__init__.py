"""The rules: a module each, whose docstring is its manual page. A new one is a new module, and its test."""
