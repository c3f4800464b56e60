"""Looks for migrations that would stop the traffic of a database in use."""

from stack.postgresql.lint.linting import Finding, baseline, findings_of, lint

__all__ = ["Finding", "baseline", "findings_of", "lint"]
