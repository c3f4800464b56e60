"""Insights: what was sold, made of the stream of orders."""
