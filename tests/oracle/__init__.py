"""The independent oracle: the plans' rules and the rule forms, written naively from the facts."""
