"""Uploaded files, on the file system."""
