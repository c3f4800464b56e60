"""The domain, a folder an app."""
