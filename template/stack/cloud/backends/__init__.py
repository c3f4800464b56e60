"""The clouds: a module each, by the name that STORAGE_BACKEND gives it, with its ``Bucket``."""
