"""What `diff` says of two rules equals what trying every outcome of both says."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import cast

import attrs
import pytest
from cases import first_of
from parsing import file

import goalrules
from goalrules.compare.result import Piece, RuleComparison, RuleOutcome
from goalrules.core.vocabulary import Verdict
from goalrules.language.format import format_file
from goalrules.report.diff.words import diff_words
from goalrules.text.languages import LANGUAGES

ROOT = Path(__file__).parents[1]
RULE_SETS = sorted((ROOT / "rulesets").rglob("*.goals"))
LEVELS = ("red", "yellow", "green")
VERDICTS = ("not met", "open", "met")
MIRRORED = {"stricter": "milder", "milder": "stricter", "new": "removed", "removed": "new"}
RULES, PAIRS = 60, 500
HEAD = ("goalrules 1 en", 'plan "P"', "valid 2025", "points green 2, yellow 1, red 0", 'goal 1 "G"')

Outcome = tuple[str, ...]

NAMES, MORE = "abc", "abcde"
"""The members of goals, and those of goals with more."""

QUANTITIES = ("1 of {n}", "2 of {n}", "at least 60 %", "majority", "at least half", "all", "any")
SIMPLE = (
    "no red",
    "at most 1 red",
    "at least 2 green including a",
    "2 of {n} green, rest at least yellow",
    "at least 34 % green, rest at least yellow",
    "a green",
    "b at least yellow",
    "a green, rest at least yellow",
    "at least 60 % of weight green",
    "sum of points at least 4",
    "any green including 1 of b, c",
)


def condition(dice: Random) -> str:
    """Some condition on some members, of which there are `{n}`."""
    kind = dice.random()
    if kind < 0.4:
        return f"{dice.choice(QUANTITIES)} {dice.choice(('green', 'at least yellow'))}"
    if kind < 0.8:
        return dice.choice(SIMPLE)
    join = dice.choice((" and ", " or "))
    return join.join(f"({dice.choice(SIMPLE)})" for _ in range(2))


def rule(dice: Random, names: str) -> str:
    """Some rule file with one goal of some members."""
    lines = [f"green when {condition(dice)}"]
    if dice.random() < 0.4:
        lines.append(f"yellow when {condition(dice)}")
    if dice.random() < 0.5:
        lines.append("otherwise red")
    if dice.random() < 0.3:
        lines.append(dice.choice(("at most yellow when any red", "at most yellow unless a green")))
    if dice.random() < 0.2:
        lines.append("at least yellow when b green")
    if dice.random() < 0.2:
        lines.insert(0, "met from yellow")
    members = [f"  indicator {name}" for name in names]
    members.insert(1, "    weight 2")
    own = [f"  {line.format(n=len(names))}" for line in lines]
    return "\n".join([*HEAD, *members, *own, ""])


@cache
def loaded(text: str) -> goalrules.RuleSet | None:
    """A rule set; None where it is refused."""
    try:
        return goalrules.loads(text)
    except goalrules.RuleError:
        return None


def given(text: str) -> goalrules.RuleSet:
    """A rule set that is accepted."""
    found = loaded(text)
    assert found
    return found


def pool(names: str, number: int) -> list[str]:
    """Rules that are accepted, the same every time."""
    dice = Random(7)  # noqa: S311 - for tests
    found: dict[str, None] = {}
    while len(found) < number:
        text = rule(dice, names)
        if loaded(text):
            found[text] = None
    return list(found)


@cache
def naive(text: str) -> Mapping[Outcome, RuleOutcome]:
    """What a rule comes to on every outcome, by assessing each."""
    rules, found = given(text), {}
    names = rules.goals["1"].members
    for outcome in product(LEVELS, repeat=len(names)):
        goal = rules.assess(dict(zip(names, outcome, strict=True)))["1"]
        found[outcome] = RuleOutcome(goal.worst or "", goal.best or "", cast(Verdict, goal.verdict))
    return found


def steps(outcome: Outcome) -> int:
    """How far the members of an outcome are from their lowest levels together."""
    return sum(map(LEVELS.index, outcome))


def verdict_way(old: RuleOutcome, new: RuleOutcome) -> int:
    return VERDICTS.index(new.verdict) - VERDICTS.index(old.verdict)


def level_ways(old: RuleOutcome, new: RuleOutcome) -> set[int]:
    ends = (old.worst, new.worst), (old.best, new.best)
    moved = (LEVELS.index(there) - LEVELS.index(here) for here, there in ends)
    return {(way > 0) - (way < 0) for way in moved} - {0}


def expected_kind(old: str, new: str) -> tuple[str, str]:
    """The kind, and by what, of one rule beside another."""
    pairs = [(one, naive(new)[outcome]) for outcome, one in naive(old).items()]
    ways = {(way > 0) - (way < 0) for way in (verdict_way(*pair) for pair in pairs)} - {0}
    by = "met" if ways else "level"
    ways = ways or {way for pair in pairs for way in level_ways(*pair)}
    if len(ways) == 2:
        return "incomparable", by
    return ("milder" if 1 in ways else "stricter", by) if ways else ("unchanged", "")


def times(comparison: RuleComparison, old: str) -> int:
    """How many outcomes of all members stand for one of those that either rule asks for."""
    return len(naive(old)) // comparison.outcomes


def compared(old: str, new: str) -> RuleComparison:
    (found,) = goalrules.diff(given(old), given(new)).goals[-1].comparisons
    return found


def pairs(names: str = NAMES, rules: int = RULES, number: int = PAIRS) -> list[tuple[str, str]]:
    """Some rules, each beside another."""
    dice, texts = Random(11), pool(names, rules)  # noqa: S311 - for tests
    found = [dice.choices(texts, k=2) for _ in range(number)]
    return [(old, new) for old, new in found]


def test_diff_equals_trying_every_outcome() -> None:
    kinds = Counter[tuple[str, str]]()
    for old, new in (*pairs(), *pairs(MORE, 8, 40)):
        found = compared(old, new)
        counted = Counter((naive(old)[each], naive(new)[each]) for each in naive(old))
        each_is = times(found, old)
        given = {(each.old, each.new): each.outcomes * each_is for each in found.transitions}
        assert given == counted, (old, new)
        assert (found.kind, found.by) == expected_kind(old, new), (old, new)
        kinds[found.kind, found.by] += 1
    assert len(kinds) == 7, kinds


def test_a_witness_is_the_lowest_outcome_that_moves_as_far() -> None:
    for old, new in (*pairs(), *pairs(MORE, 8, 40)):
        found = compared(old, new)
        ways = {"milder": (1,), "stricter": (-1,), "incomparable": (1, -1)}.get(found.kind, ())
        for way, witness in zip(ways, found.witnesses, strict=True):
            placed = {each.new.name: each.level for each in witness.members}
            members = given(old).goals["1"].members
            outcome = tuple(placed.get(name, "red") for name in members)
            assert (witness.old, witness.new) == (naive(old)[outcome], naive(new)[outcome])
            moving = [each for each in naive(old) if moves(old, new, each, way, found.by)]
            furthest = max(distance(old, new, each, found.by) for each in moving)
            as_far = [each for each in moving if distance(old, new, each, found.by) == furthest]
            assert outcome in as_far, (old, new)
            assert steps(outcome) == min(map(steps, as_far)), (old, new)


def moves(old: str, new: str, outcome: Outcome, way: int, by: str) -> bool:
    here, there = naive(old)[outcome], naive(new)[outcome]
    return way * verdict_way(here, there) > 0 if by == "met" else way in level_ways(here, there)


def distance(old: str, new: str, outcome: Outcome, by: str) -> float:
    """How far a verdict moves: from not met to met, or to or from one that is left open."""
    here, there = naive(old)[outcome], naive(new)[outcome]
    if by == "level" or abs(verdict_way(here, there)) == 2:
        return 3
    return 2 if "met" in (here.verdict, there.verdict) else 1


def test_the_other_way_round_is_the_mirror() -> None:
    for old, new in pairs()[:80]:
        there, back = compared(old, new), compared(new, old)
        assert back.kind == MIRRORED.get(there.kind, there.kind)
        assert (back.gone, back.added) == (there.added, there.gone)
        swapped = {(each.new, each.old): each.outcomes for each in there.transitions}
        assert {(each.old, each.new): each.outcomes for each in back.transitions} == swapped


def holding(piece: Piece) -> goalrules.Rule | None:
    """A part of a rule as a rule given alone; None for what needs weights, points or limits."""
    words = diff_words("en", str)
    text = words.form_text(piece.role, piece.form)
    if piece.role == "rest":
        text = f"all {text.removeprefix('rest ')}"
    elif piece.role == "including":
        names = text.removeprefix("including ")
        text = f"any of {names.removeprefix('1 of ')} green" if "1 of" in text else f"{names} green"
    elif piece.role == "cap" or "weight" in text or "points" in text:
        return None
    return goalrules.rule(text, "abc")


def test_what_is_gone_is_just_what_the_new_rule_does_not_ask_for() -> None:
    """The old rule is met where the new one is and what is gone holds too."""
    tried = Counter[str]()
    for old, new in pairs():
        found = compared(old, new)
        rules = [holding(piece) for piece in found.gone]
        if found.gone and not found.added and all(rules):
            tried.update(piece.role for piece in found.gone)
            assert found.kind == "milder"
            for outcome in naive(old):
                levels = dict(zip("abc", outcome, strict=True))
                holds = all(each.evaluate(levels).verdict == "met" for each in rules if each)
                both = naive(new)[outcome].verdict == "met" and holds
                assert (naive(old)[outcome].verdict == "met") == both, (old, new, outcome)
    assert len(tried) >= 3, tried


@pytest.mark.long
def test_outcomes_are_judged_as_the_new_rules_judge_them() -> None:
    dice = Random(3)  # noqa: S311 - for tests
    for old, new in pairs():
        before, after = given(old), given(new)
        outcomes = {name: dice.choice((*LEVELS, None, "ej tillämplig")) for name in "abc"}
        anew = goalrules.diff(before, after, outcomes=outcomes).on_outcomes
        assert anew
        (each,) = anew.goals
        goals = before.assess(outcomes)["1"], after.assess(outcomes)["1"]
        there = [(one.worst, one.best, one.verdict) for one in goals]
        assert each.after
        assert [attrs.astuple(each.before), attrs.astuple(each.after)] == there, (
            old,
            new,
            outcomes,
        )


# Members that the new rule no longer counts: one shown only, one that no rule asks for any more


BESIDE = (
    "missing: counts as red",
    "missing: left out",
    "not applicable: counts as red",
    "not applicable: counts as green",
    "requires 2 assessed",
    "requires 60 % assessed",
)
"""What may be said beside a rule; on outcomes that are all there it changes nothing."""

ASKED = (
    "a green",
    "b at least yellow",
    "c green",
    "any of a, b green",
    "all of b, c green",
    "all of a, b, c at least yellow",
    "2 of a, b, c green",
    "any of g green",
    "all of g at least yellow",
    "goal 1 green",
    "goal 1 at least yellow",
    "sum of points of a, b at least 3",
    "at least half of weight of a, b green",
)

PLAN = 'goalrules 1 en\nplan "P"\nvalid 2025\npoints green 2, yellow 1, red 0\n'
BELOW = """
goal 1 "G"
  indicator d
  green when d green
  yellow when d at least yellow
  otherwise red
goal 2 "K"
"""
THERE = "abcd"
"""The indicators of the plan: those of goal 2, and that of goal 1."""


def asking(dice: Random) -> str:
    """Some condition on members that are named, of which some may make no difference."""
    one, other, more = (dice.choice(ASKED) for _ in range(3))
    shapes = ("{0}", "{0} or {1}", "{0} and {1}", "{0} or ({0} and {1})", "{0} or ({1} and {2})",
              "{0} and ({0} or {1})", "{0} and ({1} or {2})")  # fmt: skip
    return dice.choice(shapes).format(one, other, more)


def lessened(dice: Random, *, shown: str = "", group: str = "a, b, c") -> str:
    """Some plan whose last goal may show a member only, or have fewer in its group."""
    members = []
    for name in "abc":
        members.append(f"  indicator {name}")
        members += ["    shown only"] if name in shown else ["    weight 2"] * (name == "b")
    clauses = [f"green when {asking(dice)}"]
    clauses += [f"yellow when {asking(dice)}"] * (dice.random() < 0.4)
    clauses += ["otherwise red"] * (dice.random() < 0.5)
    clauses += ["at most yellow unless a green"] * (dice.random() < 0.2)
    clauses += [dice.choice(BESIDE)] * (dice.random() < 0.4)
    own = [*members, f"  group g {group}", *(f"  {each}" for each in clauses), ""]
    return PLAN + BELOW.lstrip("\n") + "\n".join(own)


def fewer_asked(dice: Random) -> tuple[str, str]:
    """Two plans that are accepted, of which the second counts fewer members."""
    while True:
        shown = dice.choice(("", "a", "b", "c", "bc"))
        group = ", ".join(each for each in dice.choice(("abc", "ab", "bc")) if each not in shown)
        old, new = lessened(dice), lessened(dice, shown=shown, group=group)
        if dice.random() < 0.3:  # the very rule of the old one, where it can stay
            new = old.replace("indicator b\n    weight 2", "indicator b\n    shown only")
            new = new.replace("group g a, b, c", "group g a, c")
        if loaded(old) and loaded(new):
            return old, new


def tried(text: str, outcome: Outcome) -> RuleOutcome:
    """What the last goal comes to, by assessing the plan."""
    goal = given(text).assess(dict(zip(THERE, outcome, strict=True)))["2"]
    return RuleOutcome(goal.worst or "", goal.best or "", cast(Verdict, goal.verdict))


@first_of(6)
def test_diff_of_rules_that_count_fewer_members_equals_trying_every_outcome(part: int) -> None:
    dice, kinds = Random(part), Counter[str]()  # noqa: S311 - for tests
    for _ in range(6):
        old, new = fewer_asked(dice)
        (found,) = goalrules.diff(given(old), given(new)).goals[-1].comparisons
        counted = Counter[tuple[RuleOutcome, RuleOutcome]]()
        for outcome in product(LEVELS, repeat=len(THERE)):
            counted[tried(old, outcome), tried(new, outcome)] += 1
        share = len(LEVELS) ** len(THERE) // found.outcomes
        said = {(each.old, each.new): each.outcomes * share for each in found.transitions}
        assert said == counted, (old, new)
        kinds[found.kind] += 1
    assert len(kinds) >= 2, kinds


def test_diff_of_rules_that_count_fewer_members_is_never_refused() -> None:
    dice = Random(5)  # noqa: S311 - for tests
    for _ in range(80):
        old, new = fewer_asked(dice)
        there, back = (goalrules.diff(given(one), given(other)).goals[-1].comparisons
                       for one, other in ((old, new), (new, old)))  # fmt: skip
        assert [MIRRORED.get(each.kind, each.kind) for each in there] == [
            each.kind for each in back
        ]


@pytest.mark.parametrize("path", RULE_SETS, ids=lambda path: path.stem)
def test_a_rule_set_is_unchanged_beside_itself_and_its_translations(path: Path) -> None:
    rules = goalrules.load(path)
    written = file(path.read_text(encoding="utf-8"))
    for other in (rules, *(goalrules.loads(format_file(written, each)) for each in LANGUAGES)):
        found = goalrules.diff(rules, other)
        assert not found.changed, [each for each in found.goals if each.changed]
        assert {each.kind for each in found.goals} == {"unchanged"}
