"""The checker within other tools."""
