"""Checking a project against the standard: which rules there are, what they find, and what counts of it."""
