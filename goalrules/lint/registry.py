"""The checks in their order: each has a code, a page in `grammar/checks/`, and a way to find."""

from collections.abc import Callable, Iterator
from typing import Literal

from attrs import frozen

from goalrules.lint import (
    clause_without_effect,
    counted_twice,
    goals_in_conflict,
    level_never_reached,
    member_without_influence,
    met,
    open_both_ways,
    overlapping_levels,
    part_without_effect,
    same_count,
    uncovered_outcomes,
    weight_without_effect,
)
from goalrules.lint.refused import REFUSED
from goalrules.lint.result import Finding
from goalrules.lint.subject import Subject
from goalrules.lint.whole import PlanRules

TOO_LARGE = "too-large-to-check"


@frozen
class OfRule:
    """A check of one rule: in how many of the classes of period it is in it has to be true."""

    code: str
    find: Callable[[Subject], Iterator[Finding]]
    in_classes: Literal["any", "all"] = "any"


@frozen
class OfPlan:
    """A check of one rule among all those of the plan."""

    code: str
    find: Callable[[PlanRules, Subject], Iterator[Finding]]


OF_RULES = (
    OfRule(met.NEVER, met.find_never),
    OfRule(met.ALWAYS, met.find_always),
    OfRule(level_never_reached.CODE, level_never_reached.find),
    OfRule(clause_without_effect.CODE, clause_without_effect.find, "all"),
    OfRule(part_without_effect.CODE, part_without_effect.find, "all"),
    OfRule(uncovered_outcomes.CODE, uncovered_outcomes.find),
    OfRule(overlapping_levels.CODE, overlapping_levels.find),
    OfRule(weight_without_effect.CODE, weight_without_effect.find, "all"),
    OfRule(member_without_influence.CODE, member_without_influence.find, "all"),
    OfRule(same_count.CODE, same_count.find, "all"),
    OfRule(open_both_ways.CODE, open_both_ways.find),
)

OF_PLANS = (
    OfPlan(goals_in_conflict.CODE, goals_in_conflict.find),
    OfPlan(counted_twice.CODE, counted_twice.find),
)

CODES = (*(each.code for each in (*OF_RULES, *OF_PLANS)), TOO_LARGE)
"""The codes of findings in a file that can be read."""

ALL_CODES = (*CODES, *REFUSED)
"""These, and those that are told when a file is read, each of which has a page too."""
