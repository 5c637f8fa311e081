"""The forms of rules as plain values, and what each naively means (DESIGN.md, sections 2 and 3).

How a form is written stands in `wording.py`, which rules are tried in `catalogue.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from .plans import Verdict, kleene_and, kleene_or
from .points import Score, score_holds
from .world import PLAIN_WORLD, World

Assignment = Mapping[str, str | None]  # a member's level, None: not applicable


@dataclass(frozen=True)
class Including:
    """The clause that names members who must be among those counted: all of them, or k of them."""

    names: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True)
class Count:
    """A quantifier over a group: all members of the goal, or a list written in the rule.

    The kind is number, percent, majority, half, all, any, none or at most. Of goals by met, those
    that are not met are counted where bad levels are.
    """

    kind: str
    level: str
    group: tuple[str, ...]
    listed: bool = False
    amount: int | Decimal = 0
    including: Including | None = None
    rest: str | None = None
    noun: str = "members"  # or "goals" by their level, or "goals by met"; or "mixed" either way
    side: str = ""  # "at least", "at most" or "worse than", written before the level
    weighed: bool = False  # their weights are counted, not their number


@dataclass(frozen=True)
class Named:
    """One named member, perhaps with a floor for the rest of the goal's members."""

    name: str
    level: str
    members: tuple[str, ...]
    rest: str | None = None
    noun: str = "members"
    side: str = ""


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


Condition = Count | Named | Joined | Score
Rule = Condition | OnlyTop | Ordered


BY_MET = {"goals by met", "mixed by met"}
"""What is counted where goals are by being met, and members beside them by their best level."""

BOUNDING = {"none", "at most"}
"""The quantities that bound how many are counted, and so count the bad ones."""


def holds(
    rule: Rule, levels: Assignment, world: World = PLAIN_WORLD, *, bad: bool = False
) -> Verdict:
    """Whether the rule's goal is met; None when that is open for a reason of its own.

    With `bad` a condition is read as in a limit that binds when all is not well: a bare level
    means that level or worse, and what bounds how many bounds the good ones.
    """
    match rule:
        case OnlyTop() | Ordered():
            return holds(rule.green, levels, world)
        case Joined():
            join = kleene_and if rule.word == "and" else kleene_or
            return join(*(holds(part, levels, world, bad=bad) for part in rule.parts))
        case Score():
            return score_holds(rule, levels, world, bad=bad)
        case Named():
            group = _applicable(rule.members, levels)
            named = _applicable((rule.name,), levels)
            here = bool(_hits(rule, named, world, bad=bad)) if named else None
            return kleene_and(here, _floor(rule.rest, group, world))
        case Count():
            bad = bad != (rule.kind in BOUNDING)
            group = _applicable(rule.group, levels)
            hits = _hits(rule, group, world, bad=bad)
            included = _included(rule, levels, hits)
            return kleene_and(
                _counted(rule, hits, list(group), world), included, _floor(rule.rest, group, world)
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


def _applicable(names: tuple[str, ...], levels: Assignment) -> dict[str, str]:
    """Those that apply, with their levels."""
    return {name: level for name in names if (level := levels[name]) is not None}


def _hits(rule: Count | Named, group: Mapping[str, str], world: World, *, bad: bool) -> list[str]:
    """Those of a group that are at the level: on its good side, or on its bad one."""
    side = rule.side or ("at most" if bad else "at least")
    if rule.noun in BY_MET and bad:
        side = "worse than"
    return [n for n, level in group.items() if _is_on(side, world.above(n, level, rule.level))]


def _is_on(side: str, above: int) -> bool:
    """Whether so many levels above another is on this side of it."""
    return above < 0 if side == "worse than" else above <= 0 if side == "at most" else above >= 0


def _floor(rest: str | None, group: Mapping[str, str], world: World) -> Verdict:
    """Every applicable member at least at the floor; open when none is left."""
    if rest is None:
        return True
    reached = [world.above(name, level, rest) >= 0 for name, level in group.items()]
    return all(reached) if reached else None


def _included(rule: Count, levels: Assignment, hits: Sequence[str]) -> Verdict:
    """The named ones at the level that is counted: all of them, or the number asked for."""
    if rule.including is None:
        return True
    names, number = rule.including.names, rule.including.number
    if number is None:
        return kleene_and(*(None if levels[name] is None else name in hits for name in names))
    left = _applicable(names, levels)
    return len(set(hits) & set(names)) >= number if len(left) >= number else None


def _counted(rule: Count, hits: Sequence[str], group: Sequence[str], world: World) -> Verdict:
    """The quantifier itself, over those in its group that apply."""
    if not group:
        return False if rule.kind == "majority" else None
    weigh = world.total_weight if rule.weighed else len
    return _enough(rule, weigh(hits), weigh(group))


def _enough(rule: Count, hits: int | Fraction, size: int | Fraction) -> Verdict:
    """Whether so many of so many are enough, or few enough; open where they are too few to ask."""
    amount = rule.amount if isinstance(rule.amount, int) else Fraction(rule.amount)
    if rule.kind == "number":
        return hits >= amount if size >= amount else None
    return {
        "percent": hits * 100 >= amount * size,
        "majority": hits * 2 > size,
        "half": hits * 2 >= size,
        "all": hits == size,
        "any": hits > 0,
        "none": hits == 0,
        "at most": hits <= amount,
    }[rule.kind]
