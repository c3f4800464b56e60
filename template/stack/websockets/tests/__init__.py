"""Tests of the WebSockets, against real servers and the real Redis."""
