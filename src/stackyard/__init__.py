"""Stackyard: a Django tech stack, as code."""
