"""Tests of profile pictures."""
