"""Products, their pictures, and how they are found."""

CURRENCY = "EUR"
"""ISO 4217. One shop, one currency: prices can be added up."""
