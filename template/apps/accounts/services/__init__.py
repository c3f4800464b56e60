"""What changes accounts: signing up, names, passwords, tokens."""
