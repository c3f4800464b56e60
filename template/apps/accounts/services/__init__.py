"""What changes accounts: signing up, passwords, tokens, pictures."""
