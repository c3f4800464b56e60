"""Profile pictures: uploaded, made small by a task, and gone with their user."""
