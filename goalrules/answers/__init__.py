"""Answers about judged goals: what is missing, what can be lost, what to find out, influence."""
