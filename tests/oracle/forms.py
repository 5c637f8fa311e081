"""The forms of rules as plain values, and what each naively means (DESIGN.md, sections 2 and 3).

How a form is written stands in `wording.py`, which rules are tried in `catalogue.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from .completions import ORDER
from .plans import Verdict, kleene_and, kleene_or

Assignment = Mapping[str, str | None]  # a member's level, None: not applicable


@dataclass(frozen=True)
class Including:
    """The clause that names members who must be among those counted: all of them, or k of them."""

    names: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True)
class Count:
    """A quantifier over a group: all members of the goal, or a list written in the rule.

    The kind is number, percent, majority, half, all, any, none or at most.
    """

    kind: str
    level: str
    group: tuple[str, ...]
    listed: bool = False
    amount: int | Decimal = 0
    including: Including | None = None
    rest: str | None = None
    noun: str = "members"  # or "goals" by their level, or "goals by met"


@dataclass(frozen=True)
class Named:
    """One named member, perhaps with a floor for the rest of the goal's members."""

    name: str
    level: str
    members: tuple[str, ...]
    rest: str | None = None


@dataclass(frozen=True)
class Joined:
    """Conditions joined by one word, and or or."""

    word: str
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class OnlyTop:
    """`green when …` and nothing more."""

    green: "Condition"


@dataclass(frozen=True)
class Ordered:
    """`green when …; yellow when …; otherwise red`."""

    green: "Condition"
    yellow: "Condition"


Condition = Count | Named | Joined
Rule = Condition | OnlyTop | Ordered


def holds(rule: Rule, levels: Assignment) -> Verdict:
    """Whether the rule's goal is met; None when that is open for a reason of its own."""
    match rule:
        case OnlyTop() | Ordered():
            return holds(rule.green, levels)
        case Joined():
            join = kleene_and if rule.word == "and" else kleene_or
            return join(*(holds(part, levels) for part in rule.parts))
        case Named():
            rest = _floor(rule.rest, _applicable(rule.members, levels))
            return kleene_and(_reaches(levels[rule.name], rule.level), rest)
        case Count():
            group = _applicable(rule.group, levels)
            return kleene_and(
                _counted(rule, group), _included(rule, levels), _floor(rule.rest, group)
            )
        case _:
            assert_never(rule)


def level_ends(rule: Rule, levels: Assignment) -> tuple[str, str]:
    """The worst and the best level that the rule leaves open over definite members."""
    met = holds(rule, levels)
    if isinstance(rule, Ordered):
        lower = holds(rule.yellow, levels)
        worst = _cascade(green=met is True, yellow=lower is True)
        return worst, _cascade(green=met is not False, yellow=lower is not False)
    return "green" if met is True else "red", "yellow" if met is False else "green"


def _cascade(*, green: bool, yellow: bool) -> str:
    """The first level whose condition holds, otherwise red."""
    return "green" if green else "yellow" if yellow else "red"


def _applicable(names: tuple[str, ...], levels: Assignment) -> list[str]:
    """The levels of those that apply."""
    return [level for level in map(levels.__getitem__, names) if level is not None]


def _reaches(level: str | None, wanted: str) -> Verdict:
    """One member at the level or better; open when it is not applicable."""
    return None if level is None else ORDER[level] >= ORDER[wanted]


def _floor(rest: str | None, group: list[str]) -> Verdict:
    """Every applicable member at least at the floor; open when none is left."""
    if rest is None:
        return True
    return all(ORDER[level] >= ORDER[rest] for level in group) if group else None


def _included(rule: Count, levels: Assignment) -> Verdict:
    """The named ones at the level that is counted: all of them, or the number asked for."""
    if rule.including is None:
        return True
    names, number = rule.including.names, rule.including.number
    if number is None:
        return kleene_and(*(_reaches(levels[name], rule.level) for name in names))
    left = _applicable(names, levels)
    hits = sum(ORDER[level] >= ORDER[rule.level] for level in left)
    return hits >= number if len(left) >= number else None


def _counted(rule: Count, group: list[str]) -> Verdict:
    """The quantifier itself, over the levels of those in its group that apply."""
    if not group:
        return False if rule.kind == "majority" else None
    if rule.kind in {"none", "at most"}:
        bad = sum(ORDER[level] <= ORDER[rule.level] for level in group)
        return bad <= (rule.amount if rule.kind == "at most" else 0)
    return _enough(rule, sum(ORDER[level] >= ORDER[rule.level] for level in group), len(group))


def _enough(rule: Count, hits: int, size: int) -> Verdict:
    """Whether so many of so many are enough."""
    match rule.kind:
        case "number":
            return hits >= rule.amount if size >= rule.amount else None
        case "percent":
            return hits * 100 >= rule.amount * size
        case "majority":
            return hits * 2 > size
        case "half":
            return hits * 2 >= size
        case "all":
            return hits == size
        case "any":
            return hits >= 1
        case _:
            raise AssertionError(rule.kind)
