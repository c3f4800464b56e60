"""Redis: the cache, by django-redis."""
