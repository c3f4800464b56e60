"""What the project is made of: locked with hashes, known to be safe, under licences that it may use."""
