"""Static files: hashed and compressed by WhiteNoise, served by the web process itself."""
