"""A year of one indicator, as the tests give it: how it adds up, what is aimed at, and its rows."""

from collections.abc import Iterator

import goalrules
from goalrules.core.trace import Member

RULES = """goalrules 1 en
plan "P" valid 2023–2026
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator a
    {adds} {target}
  green when a green
"""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
Row = dict[str, object]


def rows_of(text: str) -> Iterator[Row]:
    """The rows: a month, months, a year or `?`, and a value, or a forecast that begins with ~."""
    for each in text.split(", "):
        when, _, value = each.partition(" ")
        if not value:
            continue
        year = {"year": "2025", "year-before": "2023", "?": ""}.get(when, when)
        period = f"{when} 2025" if when.split("–")[0] in MONTHS else year
        field = "forecast" if value.startswith("~") else "value"
        yield {"indicator": "a", "period": period, field: value.removeprefix("~")}


def member_of(adds: str, target: str, rows: str, period: str) -> tuple[Member, str | None]:
    """The indicator as it was judged, and the level of its goal."""
    text = RULES.format(adds=adds, target=f"target {target}")
    goal = goalrules.loads(text).assess(list(rows_of(rows)), period)["1"]
    return goal.trace.members[0], goal.level
