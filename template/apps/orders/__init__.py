"""Orders: placed, paid, cancelled, expired."""
