"""Secrets are in no log, no report of an error, no trace, no metric and no answer."""
