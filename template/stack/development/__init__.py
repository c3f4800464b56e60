"""What only a developer's machine has: the toolbar, Silk, query counts, shell_plus."""
