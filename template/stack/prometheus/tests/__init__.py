"""Tests of Prometheus."""
