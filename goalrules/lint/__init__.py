"""What can be wrong with a rule before anyone is judged by it: one check, one file, one page."""
