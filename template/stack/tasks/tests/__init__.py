"""Tests of when tasks start."""
