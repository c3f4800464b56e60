"""Letters: mails that users are owed. What owes one writes it down with its effect; a task sends it, at least once."""
