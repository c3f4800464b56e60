"""Letters: mails that users are owed, written down with what owes them; a task sends each, at least once."""
