"""The REST framework: JSON only, authenticated by default."""
