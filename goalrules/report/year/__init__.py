"""A year in words: the table of its months, why goals changed, and what was decided."""
