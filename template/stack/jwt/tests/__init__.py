"""Tests of JSON Web Tokens' settings."""
