"""The tool's verbs, a module each."""
