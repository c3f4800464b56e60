"""The template's containers, built and run by a real Docker engine."""
