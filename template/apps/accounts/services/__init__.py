"""What changes accounts: signing up, names, passwords, second factors, log-ins."""
