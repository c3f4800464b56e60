"""What users do, from beginning to end."""
