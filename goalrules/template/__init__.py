"""A workbook to fill in: what there is to report of a plan in a year, and the sheets for it."""
