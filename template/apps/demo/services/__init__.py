"""What fills the demo shop."""
