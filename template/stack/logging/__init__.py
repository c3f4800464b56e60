"""Logs: lines for people in development, JSON in production, each with the id of its request."""
