"""Text and places in it: sources, spans, diagnostics, names and numbers. Knows no rule."""
