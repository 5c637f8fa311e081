"""From outcomes to verdicts: rows bound to indicators, indicators to levels, goals to verdicts."""
