"""Protections of the template, each taken out in turn: the test that is to notice turns red."""
