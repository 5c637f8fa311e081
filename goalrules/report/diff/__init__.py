"""What changed between two rule files, in words: as text and as Markdown."""
