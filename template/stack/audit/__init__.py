"""The audit: who did what to whom, from where; added to, and never changed."""
