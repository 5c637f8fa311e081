"""What `check` finds is what trying every assignment finds, by the oracle's reading of rules.

The rules are drawn: clauses for some of four levels, of every form of condition, of three members.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product
from random import Random

import pytest
from attrs import frozen
from cases import first_of
from check_witness import failures
from oracle.catalogue import random_condition
from oracle.forms import Condition, Count, Joined, Named, holds
from oracle.wording import text

import goalrules
from goalrules.lint.result import Finding

NAMES = ("a", "b", "c")
COLOURS = ("red", "yellow", "green")
STEPS = ("nil", "low", "fair", "good")
HEAD = """goalrules 1 en
plan "P"
valid 2025
scale colours: red < yellow < green
scale steps: nil < low < fair < good
goal 1 "T" on scale steps
  indicator a, b, c on scale colours
"""
CASES = [dict(zip(NAMES, levels, strict=True)) for levels in product(COLOURS, repeat=len(NAMES))]
DRAWS = 80
parts = first_of(4)
Ends = tuple[int, int]
Found = Sequence[Finding]


@cache
def in_cases(condition: Condition) -> list[bool]:
    """Whether a condition holds, in every case."""
    return [bool(holds(condition, levels)) for levels in CASES]


@frozen
class Clause:
    """The place of a level, and when it is reached."""

    place: int
    condition: Condition

    @property
    def written(self) -> str:
        """The clause in the words of the language."""
        return f"  {STEPS[self.place]} when {text(self.condition, 'en')}\n"


@frozen
class Drawn:
    """The rule of a goal: clauses, the place that closes them, and that from which it is met."""

    clauses: tuple[Clause, ...]
    closing: int | None
    met: int

    @property
    def written(self) -> str:
        """The rule as a file."""
        closing = "" if self.closing is None else f"  otherwise {STEPS[self.closing]}\n"
        met = f"  met from {STEPS[self.met]}\n"
        return HEAD + met + "".join(each.written for each in self.clauses) + closing

    def ends(self) -> list[Ends]:
        """Between which places the level lies, in every case."""
        cases = range(len(CASES))
        return [(self._end(case, sure=True), self._end(case, sure=False)) for case in cases]

    def _end(self, case: int, *, sure: bool) -> int:
        said = {each.place for each in self.clauses}
        reached = [each.place for each in self.clauses if in_cases(each.condition)[case]]
        if self.closing is not None:
            return max([self.closing, *reached])
        unsaid = [place for place in range(len(STEPS)) if place not in said and place]
        return max([0, *reached, *([] if sure else unsaid)])


def drawn(rng: Random) -> Drawn:
    """A rule at random."""
    number = rng.choice((1, 2, 2, 3, 3, 4))
    clauses = tuple(
        Clause(rng.randint(1, 3), random_condition(rng, NAMES, 1)) for _ in range(number)
    )
    lowest = min(each.place for each in clauses)
    return Drawn(clauses, rng.choice((None, None, 0, rng.randrange(lowest))), rng.randint(1, 3))


@cache
def checked(part: int) -> list[tuple[Drawn, Found]]:
    """Drawn rules that are not refused, and what is found in them."""
    return list(_checked(part))


def _checked(part: int) -> Iterator[tuple[Drawn, Found]]:
    rng = Random(4 + part)  # noqa: S311 - the same rules every time
    for rule in (drawn(rng) for _ in range(DRAWS)):
        try:
            yield rule, goalrules.loads(rule.written).check().findings
        except goalrules.RuleError:
            continue


def of_code(found: Found, code: str) -> list[Finding]:
    return [each for each in found if each.code == code]


def never(rule: Drawn) -> set[int]:
    """The places that the level is at in no case."""
    ends = rule.ends()
    return {p for p in range(len(STEPS)) if not any(low <= p <= high for low, high in ends)}


def verdicts(rule: Drawn) -> set[str]:
    """What the goal comes to in some case."""
    return {
        "met" if low >= rule.met else ("open" if high >= rule.met else "not met")
        for low, high in rule.ends()
    }


def without(rule: Drawn, n: int) -> Drawn | None:
    left = rule.clauses[:n] + rule.clauses[n + 1 :]
    return Drawn(left, rule.closing, rule.met) if left or rule.closing is not None else None


@pytest.mark.parametrize("tried", [(0,), pytest.param(range(4), marks=pytest.mark.long)])
def test_rules_of_every_kind_are_drawn(tried: Sequence[int]) -> None:
    drawn_ones = [each for part in tried for each in checked(part)]
    assert len(drawn_ones) > len(tried) * DRAWS / 2
    codes = Counter(each.code for _, found in drawn_ones for each in found)
    assert min(codes.values()) > 1
    assert len(codes) > 7


@parts
def test_levels_that_are_never_reached_and_goals_always_or_never_met(part: int) -> None:
    for rule, found in checked(part):
        comes_to = verdicts(rule)
        assert bool(of_code(found, "goal-always-met")) == (comes_to == {"met"}), rule.written
        assert bool(of_code(found, "goal-never-met")) == (comes_to == {"not met"}), rule.written
        follow = {"met": range(rule.met), "not met": range(rule.met, len(STEPS))}
        idle = never(rule) - {
            p for each in comes_to if len(comes_to) == 1 for p in follow.get(each, ())
        }
        told = [each.facts["level"].key for each in of_code(found, "level-never-reached")]  # type: ignore[union-attr]
        assert sorted(told) == sorted(STEPS[place] for place in idle), rule.written


@parts
def test_clauses_without_effect(part: int) -> None:
    for rule, found in checked(part):
        idle = [_line(n) for n in idle_clauses(rule)]
        told = [each.span.line for each in of_code(found, "clause-without-effect")]
        assert told == idle, rule.written


def idle_clauses(rule: Drawn) -> Iterator[int]:
    """The clauses without which every case is as it is, but for those of levels never reached."""
    for n, clause in enumerate(rule.clauses):
        other = without(rule, n)
        if other and other.ends() == rule.ends() and clause.place not in never(rule):
            yield n


def _line(n: int) -> int:
    return HEAD.count("\n") + 2 + n


@parts
def test_parts_without_effect(part: int) -> None:
    for rule, found in checked(part):
        idle = Counter(_line(n) for n in idle_parts(rule))
        told = Counter(each.span.line for each in of_code(found, "part-without-effect"))
        assert told == idle, rule.written


def idle_parts(rule: Drawn) -> Iterator[int]:
    """The number of its clause for each part without which every case is as it is."""
    whole = set(idle_clauses(rule))
    for n, clause in enumerate(rule.clauses):
        if n in whole or clause.place in never(rule):
            continue
        for condition in less(clause.condition):
            left = (*rule.clauses[:n], Clause(clause.place, condition), *rule.clauses[n + 1 :])
            if Drawn(left, rule.closing, rule.met).ends() == rule.ends():
                yield n


def less(condition: Condition) -> Iterator[Condition]:
    """A condition without each of its parts."""
    match condition:
        case Joined(word, parts):
            for n, part in enumerate(parts):
                others = parts[:n] + parts[n + 1 :]
                yield others[0] if len(others) == 1 else Joined(word, others)
                for smaller in less(part):
                    yield Joined(word, (*parts[:n], smaller, *parts[n + 1 :]))
        case Count():
            if condition.including:
                yield _evolved(condition, including=None)
            if condition.rest:
                yield _evolved(condition, rest=None)
        case Named():
            if condition.rest:
                yield _evolved(condition, rest=None)
        case _:
            return


def _evolved(form: Count | Named, **fields: None) -> Condition:
    return type(form)(**{**form.__dict__, **fields})


@parts
def test_members_without_influence(part: int) -> None:
    for rule, found in checked(part):
        told = [each.facts["member"].key for each in of_code(found, "member-without-influence")]  # type: ignore[union-attr]
        constant = len(verdicts(rule)) == 1 and verdicts(rule) != {"open"}
        idle = [] if constant else [name for name in NAMES if not _matters(name, rule)]
        assert told == idle, rule.written


def _matters(name: str, rule: Drawn) -> bool:
    ends = dict(zip((tuple(each.items()) for each in CASES), rule.ends(), strict=True))
    groups: dict[tuple[str, ...], set[Ends]] = {}
    for case, found in ends.items():
        others = tuple(level for member, level in case if member != name)
        groups.setdefault(others, set()).add(found)
    return any(len(each) > 1 for each in groups.values())


@parts
def test_levels_that_overlap(part: int) -> None:
    for rule, found in checked(part):
        told = [each.facts["lower"].key for each in of_code(found, "overlapping-levels")]  # type: ignore[union-attr]
        places = sorted({each.place for each in rule.clauses})[:-1]
        overlap = [p for p in places if p not in never(rule) and _overlaps(p, rule)]
        assert sorted(told) == sorted(STEPS[place] for place in overlap), rule.written


def _overlaps(place: int, rule: Drawn) -> bool:
    """Whether in some case a level is reached by the clauses of better ones alone."""
    lower = tuple(each for each in rule.clauses if each.place <= place)
    only = Drawn(lower, rule.closing, rule.met).ends()
    return any(full[0] >= place > left[0] for full, left in zip(rule.ends(), only, strict=True))


@parts
def test_outcomes_that_nothing_covers(part: int) -> None:
    for rule, found in checked(part):
        several = len({each.place for each in rule.clauses}) > 1
        is_open = any(low != high for low, high in rule.ends())
        told = of_code(found, "uncovered-outcomes")
        assert bool(told) == (several and is_open), rule.written


WEIGHED = """goalrules 1 en
plan "P"
valid 2025
goal 1 "T"
  indicator a
    weight {0}
  indicator b
    weight {1}
  indicator c
    weight {2}
  points green 2, yellow 1, red 0
  green when {3}
  yellow when at least 40 % of weight at least yellow
  otherwise red
"""
CONDITIONS = (
    "at least 50 % of weight green",
    "majority of weight green",
    "at least 3 of weight green",
    "sum of points at least 6",
    "mean of points at least 1.5",
    "all green",
)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_weights_without_effect(condition: str) -> None:
    rng = Random(7)  # noqa: S311 - the same weights every time
    for _ in range(12):
        weights = [str(rng.choice((1, 1.5, 2, 3, 4))) for _ in NAMES]
        found = goalrules.loads(WEIGHED.format(*weights, condition)).check().findings
        told = [each.facts["member"].key for each in of_code(found, "weight-without-effect")]  # type: ignore[union-attr]
        assert told == list(_idle_weights(weights, condition)), weights


def _idle_weights(weights: Sequence[str], condition: str) -> Iterator[str]:
    own = _levels(weights, condition)
    for n, name in enumerate(NAMES):
        plain = [*weights[:n], "1", *weights[n + 1 :]]
        if weights[n] != "1" and _levels(plain, condition) == own:
            yield name


def _levels(weights: Sequence[str], condition: str) -> list[str | None]:
    rules = goalrules.loads(WEIGHED.format(*weights, condition))
    return [rules.assess(case)["1"].level for case in CASES]


@parts
def test_every_case_that_is_shown_comes_to_what_is_claimed(part: int) -> None:
    for rule, found in checked(part)[::8]:
        rules = goalrules.loads(rule.written)
        assert [failures(rules, each) for each in found if failures(rules, each)] == []


LIMITED = """goalrules 1 en
plan "P"
valid 2025
goal 1 "T"
  indicator a, b, c
  points green 2, yellow 1, red 0
  green when at least 2 green
  yellow when any green
"""
LIMITS = (
    "at most yellow when any red",
    "at most yellow unless a green",
    "at most red when at least 2 red",
    "at most red unless sum of points at least 2",
    "at least yellow when a green",
    "at least yellow unless any red",
    "at least green when all green",
    "otherwise red",
)


@pytest.mark.parametrize("limits", list(combinations(LIMITS, 3)), ids=" + ".join)
def test_limits_without_effect(limits: tuple[str, ...]) -> None:
    found = goalrules.loads(_limited(limits)).check().findings
    told = {each.span.line for each in of_code(found, "clause-without-effect")}
    first = LIMITED.count("\n") + 1
    idle = {first + n for n in range(len(limits)) if _is_idle(limits, n)}
    assert told == idle


def _is_idle(limits: tuple[str, ...], n: int) -> bool:
    left = limits[:n] + limits[n + 1 :]
    return limits[n] != LIMITS[-1] and _judged(left) == _judged(limits)


def _limited(limits: Sequence[str]) -> str:
    return LIMITED + "".join(f"  {each}\n" for each in limits)


@cache
def _judged(limits: tuple[str, ...]) -> list[tuple[str | None, str | None]]:
    rules = goalrules.loads(_limited(limits))
    found = [rules.assess(case)["1"] for case in CASES]
    return [(each.worst, each.best) for each in found]
