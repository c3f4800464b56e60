"""A ledger of effects, whatever the project sells: what was taken, by whom, in which order."""
