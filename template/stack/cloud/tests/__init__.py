"""Tests of buckets, with the real client libraries."""
