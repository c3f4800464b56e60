"""Cross-origin requests: from the listed origins only, to the API only."""
