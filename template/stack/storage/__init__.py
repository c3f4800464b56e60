"""Uploaded files: the file system in development, a bucket by django-storages in production."""
