"""Tests of the environment, and of the secrets that are laid under it."""
