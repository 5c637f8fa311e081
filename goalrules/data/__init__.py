"""Outcomes: what has been reported of the indicators, as rows read from files and from Python."""
