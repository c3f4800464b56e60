"""JSON Web Tokens for the API, by simplejwt: short access, rotating refresh, a key of their own."""
