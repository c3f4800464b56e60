"""The repository as a whole: its tools, its hooks and its workflows."""
