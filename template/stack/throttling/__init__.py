"""Request rates, counted in the cache that all processes share."""
