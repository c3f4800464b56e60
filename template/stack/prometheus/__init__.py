"""Prometheus: metrics on a port of their own, summed over the web processes."""
