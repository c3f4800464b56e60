"""Tests of what a browser is told."""
