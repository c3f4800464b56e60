"""Products, their pictures, and how they are found."""
