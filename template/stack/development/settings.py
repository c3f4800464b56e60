"""What only a developer's machine has: the toolbar, Silk, query counts, shell_plus."""

DEVELOPMENT_APPS: list[str] = []
DEVELOPMENT_MIDDLEWARE: list[str] = []
