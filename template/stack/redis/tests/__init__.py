"""Tests of Redis."""
