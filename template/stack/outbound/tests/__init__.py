"""Tests of calls of other servers."""
