"""Answers about goals in words: what is missing, what can be lost, and what to find out."""
