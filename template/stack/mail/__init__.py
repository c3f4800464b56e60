"""E-mail: one address (EMAIL_URL) says where it goes."""
