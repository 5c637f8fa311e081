"""The explanation of an assessment: first what and why, then the numbers."""
