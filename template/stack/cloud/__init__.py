"""Uploaded files in a cloud's bucket, by django-storages."""
