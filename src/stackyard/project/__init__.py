"""Facts about a project, read from its files: nothing in it is imported or run."""
