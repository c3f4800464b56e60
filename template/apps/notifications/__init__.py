"""Notifications: what users are told, in order, on their open pages at once."""
