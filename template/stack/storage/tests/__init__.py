"""Tests of uploaded files, with the real client libraries."""
