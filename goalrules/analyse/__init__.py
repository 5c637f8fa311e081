"""Exact answers about a rule in every case: one more meaning of the core, and walks over it."""
