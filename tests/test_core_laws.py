"""Laws of the core, each held against the plainest way of working the same thing out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve
from drawn_nodes import NAMES, cases, nodes
from hypothesis import assume, example, given
from hypothesis import strategies as some

import goalrules
from goalrules.analyse.rule_query import deciding
from goalrules.core.evaluate import Tracing, evaluate, undefined_reason, whole_need
from goalrules.core.nodes import AtLeast, LevelRule, Meaning, Node, Part, Reaches, fold, members_of
from goalrules.core.nodes import some as any_of
from goalrules.core.scales import COLOURS, NOT_APPLICABLE, Ends, known
from goalrules.core.trace import LevelTest, Member, Step, member
from goalrules.document import from_json, to_json

pytestmark = pytest.mark.law

Levels = Mapping[str, Ends]

# The plain ways


def completions(levels: Levels) -> Iterator[dict[str, Ends]]:
    """Every way in which the open members can come out."""
    ranges = [range(each.worst, each.best + 1) for each in levels.values()]
    for chosen in product(*ranges):
        yield {
            name: known(place) if levels[name].applies else NOT_APPLICABLE
            for name, place in zip(levels, chosen, strict=True)
        }


def plainly(node: Node, levels: Levels, *, gap: bool) -> bool:
    """Whether a node is true where every member is decided; a count without a meaning is `gap`."""
    if isinstance(node, Reaches):
        return levels[node.member].worst >= node.level
    applying = [each for each in node.parts if _applies(each.node, levels)]
    of = sum(each.weight if each.size is None else each.size for each in applying)
    threshold = node.need + node.share * of
    if node.parts and not applying and node.if_empty is not None:
        return node.if_empty
    got, most = _weight_of_true(applying, levels, gap=gap), sum(each.weight for each in applying)
    if not applying or not _is_enough(node, most, threshold):
        return gap
    return _is_enough(node, got, threshold)


def _weight_of_true(parts: Iterable[Part], levels: Levels, *, gap: bool) -> int:
    return sum(each.weight for each in parts if plainly(each.node, levels, gap=gap))


def _is_enough(node: AtLeast, got: int, threshold: Fraction) -> bool:
    return got > threshold if node.strict else got >= threshold


def _applies(node: Node, levels: Levels) -> bool:
    return isinstance(node, AtLeast) or levels[node.member].applies


def members(levels: Levels) -> dict[str, Member]:
    """Members with nothing but their ends."""
    return {name: member("reported", name, COLOURS, each) for name, each in levels.items()}


def traced(node: Node, levels: Levels) -> tuple[bool, bool]:
    """Whether the node is true at worst, and at best."""
    tracing: Meaning[Step | LevelTest] = Tracing(members(levels))
    found = fold(node, tracing)
    return found.low, found.high


# The laws of one node and one case


def ends_are_exact(node: Node, levels: Levels) -> None:
    assume(isinstance(node, AtLeast) or levels[node.member].applies)
    low = all(plainly(node, each, gap=False) for each in completions(levels))
    high = any(plainly(node, each, gap=True) for each in completions(levels))
    assert traced(node, levels) == (low, high)


def low_is_never_above_high(node: Node, levels: Levels) -> None:
    low, high = traced(node, levels)
    assert low <= high


def better_members_are_never_worse(node: Node, levels: Levels) -> None:
    low, high = traced(node, levels)
    for name, each in levels.items():
        if each.applies:
            for raised in _raised(each):
                better = traced(node, {**levels, name: raised})
                assert (low, high) <= better
                assert low <= better[0]
                assert high <= better[1]


def _raised(ends_: Ends) -> Iterator[Ends]:
    for worst, best in product(range(COLOURS.top + 1), repeat=2):
        if ends_.worst <= worst <= best >= ends_.best:
            yield Ends(worst, best)


def knowing_more_narrows(node: Node, levels: Levels) -> None:
    low, high = traced(node, levels)
    for each in completions(levels):
        found = traced(node, each)
        assert low <= found[0]
        assert found[1] <= high


def the_order_of_parts_is_nothing(node: Node, levels: Levels) -> None:
    assert traced(_reversed(node), levels) == traced(node, levels)


def _reversed(node: Node) -> Node:
    if isinstance(node, Reaches):
        return node
    turned = tuple(evolve(each, node=_reversed(each.node)) for each in reversed(node.parts))
    return evolve(node, parts=turned)


def those_that_decide_are_exact(node: Node, levels: Levels) -> None:
    asked = set(members_of(node))
    levels = {name: each for name, each in levels.items() if name in asked}
    found = {name for name in levels if _decides(name, node, levels)}
    assert (deciding(node, levels) or set()) == found


def _decides(name: str, node: Node, levels: Levels) -> bool:
    """Whether two completions that differ in this member alone come out otherwise."""
    one, *others = [known(place) for place in range(levels[name].worst, levels[name].best + 1)]
    return any(
        _result(node, {**each, name: one}) != _result(node, {**each, name: other})
        for each in completions(levels)
        if levels[name].applies
        for other in others
    )


def _result(node: Node, levels: Levels) -> tuple[bool, bool]:
    return plainly(node, levels, gap=False), plainly(node, levels, gap=True)


LAWS: tuple[Callable[[Node, Levels], None], ...] = (
    ends_are_exact,
    low_is_never_above_high,
    better_members_are_never_worse,
    knowing_more_narrows,
    the_order_of_parts_is_nothing,
    those_that_decide_are_exact,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(node=nodes, levels=cases)
def test_law(law: Callable[[Node, Levels], None], node: Node, levels: Levels) -> None:
    law(node, levels)


def test_too_many_cases_are_not_looked_at() -> None:
    names = [f"m{number}" for number in range(40)]
    weights = [n * 7919 % 9973 for n in range(1, 41)]
    parts = tuple(Part(Reaches(name, 1), n) for name, n in zip(names, weights, strict=True))
    node = AtLeast(0, Fraction(1, 2), parts)
    assert deciding(node, dict.fromkeys(names, Ends(0, 2))) is None


def test_a_part_of_more_weight_can_decide_alone() -> None:
    parts = Part(Reaches("a", 2), 2), Part(Reaches("b", 2))
    found = deciding(AtLeast(2, Fraction(0), parts), dict.fromkeys("ab", Ends(0, 2)))
    assert found == frozenset("a")


# Judging: a level for each node that holds

nested_levels = some.tuples(nodes, nodes).map(
    lambda pair: LevelRule(
        COLOURS,
        COLOURS.top,
        0,
        (any_of([pair[0], any_of([pair[1]], "level")], "level"), any_of([pair[1]], "level")),
    )
)


@given(level_rule=nested_levels, levels=cases)
def test_the_ends_of_a_level_are_those_of_its_nodes(level_rule: LevelRule, levels: Levels) -> None:
    found = evaluate(level_rule, members(levels))
    sure, possible = (
        sum(traced(node, levels)[end] for node in level_rule.reach) for end in range(2)
    )
    assert found.ends == Ends(sure, possible)
    assert len(found.steps) == len(level_rule.reach)


# How many are enough

NEEDS = {
    "58 % of 50": (Fraction(58, 100), False, 50, 29),
    "60 % of 4": (Fraction(60, 100), False, 4, 3),
    "75 % of 5": (Fraction(75, 100), False, 5, 4),
    "28 % of 25": (Fraction(28, 100), False, 25, 7),
    "a majority of 4": (Fraction(1, 2), True, 4, 3),
    "a majority of 5": (Fraction(1, 2), True, 5, 3),
    "half of 4": (Fraction(1, 2), False, 4, 2),
    "half of 5": (Fraction(1, 2), False, 5, 3),
    "a majority of none": (Fraction(1, 2), True, 0, 1),
    "all of 3": (Fraction(1), False, 3, 3),
}


@pytest.mark.parametrize("case", NEEDS)
def test_so_many_are_enough(case: str) -> None:
    share, strict, of, need = NEEDS[case]
    assert whole_need(AtLeast(0, share, (), strict), of) == need


@given(
    need=some.integers(-50, 50),
    share=some.fractions(0, 1, max_denominator=1000),
    strict=some.booleans(),
    of=some.integers(0, 200),
    got=some.integers(0, 200),
)
def test_whole_numbers_say_what_the_share_says(
    *,
    need: int,
    share: Fraction,
    strict: bool,
    of: int,
    got: int,
) -> None:
    threshold = need + share * of
    enough = got > threshold if strict else got >= threshold
    assert (got >= whole_need(AtLeast(need, share, (), strict), of)) == enough


ONE = (Part(Reaches("a", 1)),)
GAPS = {
    "no parts": (AtLeast(1, Fraction(0), ()), (), "unreported"),
    "none applies": (AtLeast(1, Fraction(0), ONE), (), "empty"),
    "a majority of none": (AtLeast(0, Fraction(1, 2), ONE, strict=True, if_empty=False), (), ""),
    "too few": (AtLeast(2, Fraction(0), ONE), ONE, "too few"),
    "enough": (AtLeast(1, Fraction(0), ONE), ONE, ""),
}


@pytest.mark.parametrize("case", GAPS)
def test_a_count_can_lack_its_members(case: str) -> None:
    node, applying, gap = GAPS[case]
    left = len(applying)
    assert undefined_reason(node, left, left, whole_need(node, left)) == gap


# A trace as JSON, and back

RULES = (
    "at least 2 of 4 green, rest at least yellow",
    "majority green including a and (b green or c at least yellow)",
    "green when 60 % of a, b, c green; yellow when no red; otherwise red",
    "minst hälften gröna varav 1 av a, b",
    "högst 1 röd",
    'green when a green at most yellow when any red remark "R" unless met',
    "worst of a, b",
    "worst but 1 of all at least yellow unless a red",
    "green when sum of points over 3 points green 2, yellow 1, red −1 missing: counts as red",
    "green when mean of points of 2 lowest ≥ 1 points green 2, yellow 1, red 0",
    "grön om minst 60 % av poängen poäng grön 2, gul 1, röd 0 saknade utfall: räknas inte med",
    "green when any green requires 60 % assessed not applicable: left out, at least 2 remain",
    "mål a uppfyllt eller alla av mål b, c minst gula",
)
outcomes = some.sampled_from(["green", "yellow", "red", None, "not applicable", "red–yellow"])


@pytest.mark.parametrize("rule", RULES)
@given(values=some.fixed_dictionaries(dict.fromkeys(NAMES, outcomes)))
@example(values={"a": None, "b": "green", "c": "red", "d": "not applicable"})
def test_a_trace_comes_back_from_json(rule: str, values: dict[str, str | None]) -> None:
    trace = goalrules.rule(rule, NAMES).evaluate(values).trace
    assert from_json(type(trace), json.loads(json.dumps(to_json(trace)))) == trace
