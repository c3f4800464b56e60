"""The standard: which technologies a service runs on, as data, and what proves them."""
