"""Tests of the request rates."""
