"""Formats of files: read within bounds, with the line of each entry."""
