"""Diagnostics in words: what is wrong, where it stands, and what to do about it."""
