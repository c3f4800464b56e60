"""JSON Web Tokens over HTTP."""
