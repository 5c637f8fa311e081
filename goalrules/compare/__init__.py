"""What changed between two rule files, goal by goal, for every possible outcome."""
