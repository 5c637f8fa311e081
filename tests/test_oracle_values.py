"""Worked-out values, with every policy and rounding, against plain arithmetic on fractions."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from oracle.values import (
    GONE,
    LEVELS,
    MISSING,
    Formula,
    Lacking,
    Level,
    LevelFormula,
    Range,
    Term,
    Value,
    degree,
    of_few,
    quotient,
)

import goalrules
from goalrules.core.trace import Member
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.languages import Language
from goalrules.text.source import Source

TERMS: tuple[Term, ...] = (Decimal(-2), Decimal(0), Decimal(1), Decimal("2.5"), MISSING, GONE)
NAMES = ("a", "b", "c")
POLICIES = (
    None,
    Lacking(),
    Lacking(remain=2),
    Lacking(remain=3),
    Lacking(number=Decimal(0)),
    Lacking(number=Decimal(-3)),
)
BOUNDS = (Decimal("-1.5"), Decimal(1))
"""From which a value is yellow, and green; where lower is better, up to which."""


def formulas() -> Iterator[Formula]:
    for kind, lacking, decimals in product(("sum", "mean"), POLICIES, (None, 0)):
        yield Formula(kind, (1, 3, 2), lacking, decimals)
    for kind, lacking, higher in product(("best", "worst"), POLICIES, (True, False)):
        yield Formula(kind, (1, 1, 1), lacking, higher=higher)
    for kind, decimals in product(("share", "difference"), (None, 1)):
        yield Formula(kind, (1, 1), decimals=decimals)


def written(formula: Formula, names: tuple[str, ...], language: str) -> str:
    """The formula in the words of one language."""
    weighed = [f"{n} {w}" if w > 1 else n for n, w in zip(names, formula.weights, strict=True)]
    terms = ", ".join(weighed)
    sv = language == "sv"
    heads = {
        "sum": "summan av {}" if sv else "sum of {}",
        "mean": "medelvärdet av {}" if sv else "mean of {}",
        "best": "bästa av {}" if sv else "best of {}",
        "worst": "sämsta av {}" if sv else "worst of {}",
    }
    if formula.kind == "share":
        return f"andelen {names[0]} av {names[1]}" if sv else f"share {names[0]} of {names[1]}"
    if formula.kind == "difference":
        between, and_ = ("skillnaden mellan", "och") if sv else ("difference between", "and")
        return f"{between} {names[0]} {and_} {names[1]}"
    said = heads[formula.kind].format(terms)
    return said + policy_of(formula.lacking, language)


def policy_of(lacking: Lacking | None, language: str) -> str:
    """What is done with missing terms, at the end of a formula."""
    said, sv = "", language == "sv"
    if lacking:
        missing = "saknade utfall" if sv else "missing"
        if lacking.number is not None:
            return f"{said}, {missing} {'räknas som' if sv else 'counts as'} {lacking.number}"
        said += f", {missing} {'räknas inte med' if sv else 'left out'}"
        if lacking.remain:
            least, left = ("minst", "återstår") if sv else ("at least", "remain")
            said += f", {least} {lacking.remain} {left}"
    return said


FILES = {
    "sv": """goalrules 2 sv
mål 1 "T"
  indikator {listed}
    visas bara
  indikator m
    = {said}
    {better}
    nivåer: grön {side} {green}, gul {side} {yellow}, annars röd
  grön om m grön
""",
    "en": """goalrules 2 en
goal 1 "T"
  indicator {listed}
    shown only
  indicator m
    = {said}
    {better}
    levels: green {side} {green}, yellow {side} {yellow}, otherwise red
  green when m green
""",
}


def file(formula: Formula, language: str) -> str:
    """A rule file whose one indicator that counts is worked out so."""
    names, decimals, sv = NAMES[: len(formula.weights)], formula.decimals, language == "sv"
    yellow, green = BOUNDS if formula.higher else BOUNDS[::-1]
    said = written(formula, names, language)
    if decimals is not None:
        said += f" avrundat till {decimals} decimaler" if sv else f" rounded to {decimals} decimals"
    if formula.higher:
        side, better = ("minst", "högre är bättre") if sv else ("at least", "higher is better")
    else:
        side, better = ("högst", "lägre är bättre") if sv else ("at most", "lower is better")
    facts = {"green": green, "yellow": yellow, "side": side, "better": better}
    return FILES[language].format(listed=", ".join(names), said=said, **facts)


def level_of(value: Value, *, higher: bool) -> tuple[str, str]:
    """The worst and the best level that a value has by the bands of the file."""
    if value.number is None:
        return "red", "green"
    yellow, green = BOUNDS if higher else BOUNDS[::-1]
    level = "red"
    for bound, name in ((yellow, "yellow"), (green, "green")):
        if value.number >= bound if higher else value.number <= bound:
            level = name
    return level, level


def given(terms: tuple[Term | Level, ...]) -> dict[str, object]:
    return dict(zip(NAMES, terms, strict=False))


def member_of(rules: goalrules.RuleSet, terms: tuple[Term | Level, ...]) -> Member:
    goal = rules.assess(given(terms), period="2025")["1"]
    return next(each for each in goal.trace.members if each.name == "m")


@pytest.mark.parametrize("language", ["en", pytest.param("sv", marks=pytest.mark.long)])
def test_values_are_those_of_plain_arithmetic(language: str) -> None:
    tried = 0
    for n, formula in enumerate(formulas()):
        rules = goalrules.loads(file(formula, language))
        terms_of_all = list(product(TERMS, repeat=len(formula.weights)))
        for terms in terms_of_all[n % 11 :: 11]:
            tried += 1
            member, value = member_of(rules, terms), formula.of(terms)
            assert member.applies == (value.reason != GONE), (formula, terms)
            if not member.applies:
                continue
            levels = level_of(value, higher=formula.higher)
            assert (member.worst, member.best) == levels, (formula, terms)
            assert member.reason == ("" if value.number is not None else value.reason)
            finding = member.finding
            assert finding is not None
            assert (finding.value is None) == (value.number is None)
            if finding.value is not None and value.number is not None:
                off = abs(Fraction(finding.value) - value.number)
                assert off < Fraction(1, 200), (formula, terms)
                assert not (finding.value.is_signed() and finding.value == 0)
    assert tried > 600


# Values of levels

RISING = dict(zip(LEVELS, map(Decimal, ("0", "0.5", "3")), strict=True))
FALLING = dict(zip(LEVELS, map(Decimal, ("7", "2", "-1")), strict=True))
OWN = dict(zip(LEVELS, map(Decimal, ("-2", "1", "1")), strict=True))
GREEN = dict(zip(LEVELS, map(Decimal, (0, 0, 1)), strict=True))
YELLOW = dict(zip(LEVELS, map(Decimal, (0, 1, 1)), strict=True))
GIVEN: tuple[Level, ...] = (*LEVELS, MISSING, GONE)


def level_formulas() -> Iterator[tuple[str, LevelFormula, bool]]:
    """Each form with every policy and rounding, and whether its value rises with the levels."""
    policies = (*POLICIES[:4], Lacking(number=Decimal(1)))
    for more in product(policies, (None, 0)):
        for kind, own in product(("sum", "mean"), (RISING, OWN)):
            points = LevelFormula(kind, (RISING, own, RISING), (2, 1, 1), 1, *more)
            yield f"{kind} of points of a, b, c", points, True
            falling = LevelFormula(kind, (FALLING,) * 3, (2, 1, 1), 1, *more)
            yield f"{kind} of points of g, c", falling, False
        for said, worth in (("green", GREEN), ("at least yellow", YELLOW)):
            share = LevelFormula("mean", (worth,) * 3, (1, 1, 1), 100, *more)
            yield f"share {said} of a, g, c", share, True
            number = LevelFormula("sum", (worth,) * 3, (1, 1, 1), 1, *more)
            yield f"number of {said} of a, b, c", number, True


OF_LEVELS = """goalrules 2 en
goal 1 "T"
  points {points}
  indicator a
    weight 2
  indicator b
    own points {own}
  indicator c
  group g a, b
  indicator m
    = {said}
    levels: green {side} {green}, yellow {side} {yellow}, otherwise red
  green when m green
"""


@pytest.mark.parametrize("language", ["en", pytest.param("sv", marks=pytest.mark.long)])
def test_values_of_levels_are_those_of_every_way_in_which_they_can_come_out(
    language: Language,
) -> None:
    tried = 0
    for n, (said, formula, rises) in enumerate(level_formulas()):
        found = map(formula.of, product(LEVELS, repeat=3))
        numbers = sorted({each.number for each in found if each.number is not None})
        yellow, green = (numbers[len(numbers) * part // 3] for part in ((1, 2), (2, 1))[not rises])
        whole = said + policy_of(formula.lacking, "en")
        if formula.decimals is not None:
            whole += f" rounded to {formula.decimals} decimals"
        points, own = (
            ", ".join(f"{level} {number}" for level, number in worth.items())
            for worth in formula.worth[:2]
        )
        bounds = {"green": round(Decimal(green.numerator) / green.denominator, 3)}
        bounds["yellow"] = round(Decimal(yellow.numerator) / yellow.denominator, 3)
        side = "at least" if rises else "at most"
        text = OF_LEVELS.format(points=points, own=own, said=whole, side=side, **bounds)
        if language == "sv":
            text = format_file(parse_file(Source("r", text)).file, "sv")
        rules = goalrules.loads(text)
        for levels in [*product(GIVEN, repeat=3)][n % 11 :: 11]:
            tried += 1
            member, values = member_of(rules, levels), formula.all_of(levels)
            reasons = {each.reason for each in values}
            assert member.applies == (reasons != {GONE}), (said, levels)
            if not member.applies:
                continue
            ends = {end for each in values for end in level_by(each, bounds, rises=rises)}
            assert member.worst == min(ends, key=LEVELS.index), (said, levels)
            assert member.best == max(ends, key=LEVELS.index), (said, levels)
    assert tried > 800


def level_by(value: Value, bounds: dict[str, Decimal], *, rises: bool) -> tuple[Level, Level]:
    """The level of a value by the bounds of yellow and green."""
    if value.number is None:
        return "red", "green"
    held = [
        level
        for level, bound in bounds.items()
        if (value.number >= bound if rises else value.number <= bound)
    ]
    level: Level = "green" if "green" in held else "yellow" if held else "red"
    return level, level


# Degrees of fulfilment


def test_the_mean_degree_of_fulfilment_is_that_of_plain_arithmetic() -> None:
    text = """goalrules 2 en
goal 1 "T"
  indicator a
    target at least 3
  indicator b
    target at most 7
  indicator c
    target over 0
  indicator d
    target at most 0
  indicator m
    = mean fulfilment of a 2, b, c, d
    levels: green at least 70, yellow at least 30, otherwise red
  green when m green
"""
    rules = goalrules.loads(text)
    values = (Decimal(-1), Decimal(0), Decimal(2), Decimal(9), Decimal(15), None)
    for given_ in [*product(values, repeat=4)][::13]:
        outcomes = dict(zip("abcd", given_, strict=True))
        member = next(
            each
            for each in rules.assess(outcomes, period="2025")["1"].trace.members
            if each.name == "m"
        )
        low, high = Fraction(0), Fraction(0)
        asked = (("at least", 3), ("at most", 7), ("at least", 0), ("at most", 0))
        for (side, bound), weight, value in zip(asked, (2, 1, 1, 1), given_, strict=True):
            if value is None:
                high += weight * 100
                continue
            found = degree(Fraction(value), side, Fraction(bound))
            if value == bound == 0 and side == "at least":
                found = Fraction(0)  # it is not over nought
            low, high = low + weight * found, high + weight * found
        ends = [
            level_by(Value(end / 5), {"green": Decimal(70), "yellow": Decimal(30)}, rises=True)[0]
            for end in (low, high)
        ]
        assert [member.worst, member.best] == ends, outcomes


# Numbers, quotients, the worst few, and possible values

NUMBERS = """goalrules 2 en
goal 1 "T"
  indicator a, b, c
    shown only
    {possible}
  indicator m
    = {said}
    {better} is better
    levels: green at {least} {green}, yellow at {least} {yellow}, otherwise red
  green when m green
"""
POSSIBLE = {
    "": Range(None, None),
    "possible values 0–4": Range(Fraction(0), Fraction(4)),
    "possible values between -3 and 2.5": Range(Fraction(-3), Fraction(5, 2)),
    "possible values at least 1": Range(Fraction(1), None),
    "possible values at most -1": Range(None, Fraction(-1)),
}
OF_NUMBERS: dict[str, Callable[[Fraction, Fraction, Fraction], Fraction | None]] = {
    "a divided by b": lambda a, b, _: quotient(a, b),
    "a per 4": lambda a, _, __: a / 4,
    "12 / b": lambda _, b, __: quotient(Fraction(12), b),
    "a times b": lambda a, b, _: a * b,
    "a × 25": lambda a, _, __: a * 25,
    "share a of b": lambda a, b, _: quotient(100 * a, b),
    "share a of 8": lambda a, _, __: 100 * a / 8,
    "difference between 10 and b": lambda _, b, __: 10 - b,
    "sum of a, b 2, c": lambda a, b, c: a + 2 * b + c,
    "mean of the 2 worst of a, b, c": lambda *each: of_few(each, 2, lowest=True, mean=True),
    "sum of the 2 best of a, b, c": lambda *each: of_few(each, 2, lowest=False, mean=False),
}


@pytest.mark.parametrize("higher", [True, False])
def test_what_is_missing_is_bounded_by_what_is_possible(higher: bool) -> None:  # noqa: FBT001
    tried = 0
    for (said, worth), (possible, bounds) in product(OF_NUMBERS.items(), POSSIBLE.items()):
        yellow, green = (Decimal("-1.5"), Decimal(3)) if higher else (Decimal(3), Decimal(-1))
        side = ("higher", "least") if higher else ("lower", "most")
        text = NUMBERS.format(
            said=said, possible=possible, yellow=yellow, green=green, better=side[0], least=side[1]
        )
        rules = goalrules.loads(text)
        known = [each for each in map(Decimal, (-2, 0, 1, 2)) if _holds(bounds, Fraction(each))]
        each_term: list[Term] = [*known, MISSING]
        ways = list(product(each_term, repeat=3))
        for terms in ways[tried % 7 :: 7]:
            tried += 1
            member = member_of(rules, terms)
            some = [[Fraction(e)] if isinstance(e, Decimal) else bounds.some() for e in terms]
            turned = -1 if not higher and "the 2" in said else 1  # the worst are the highest
            ways_out = [worth(*(turned * each for each in way)) for way in product(*some)]
            values = [turned * each for each in ways_out if each is not None]
            if len(values) < len(ways_out):
                values += [Fraction(-1000), Fraction(1000)]
            levels = {"green": green, "yellow": yellow}
            ends = {level_by(Value(each), levels, rises=higher)[0] for each in values}
            assert member.worst == min(ends, key=LEVELS.index), (said, possible, terms)
            assert member.best == max(ends, key=LEVELS.index), (said, possible, terms)
    assert tried > 400


def _holds(bounds: Range, number: Fraction) -> bool:
    above = bounds.low is None or number >= bounds.low
    return above and (bounds.high is None or number <= bounds.high)
