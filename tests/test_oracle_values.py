"""Worked-out values, with every policy and rounding, against plain arithmetic on fractions."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from oracle.values import GONE, MISSING, Formula, Lacking, Term, Value

import goalrules
from goalrules.core.trace import Member

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
    if lacking := formula.lacking:
        missing = "saknade utfall" if sv else "missing"
        if lacking.number is not None:
            return f"{said}, {missing} {'räknas som' if sv else 'counts as'} {lacking.number}"
        said += f", {missing} {'räknas inte med' if sv else 'left out'}"
        if lacking.remain:
            least, left = ("minst", "återstår") if sv else ("at least", "remain")
            said += f", {least} {lacking.remain} {left}"
    return said


FILES = {
    "sv": """goalrules 1 sv
mål 1 "T"
  indikator {listed}
    visas bara
  indikator m
    = {said}
    {better}
    nivåer: grön {side} {green}, gul {side} {yellow}, annars röd
  grön om m grön
""",
    "en": """goalrules 1 en
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


def given(terms: tuple[Term, ...]) -> dict[str, object]:
    return dict(zip(NAMES, terms, strict=False))


def member_of(rules: goalrules.RuleSet, terms: tuple[Term, ...]) -> Member:
    goal = rules.assess(given(terms), period="2025")["1"]
    return next(each for each in goal.trace.members if each.name == "m")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_values_are_those_of_plain_arithmetic(language: str) -> None:
    tried = 0
    for n, formula in enumerate(formulas()):
        rules = goalrules.loads(file(formula, language))
        terms_of_all = list(product(TERMS, repeat=len(formula.weights)))
        for terms in terms_of_all[n % 7 :: 7]:
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
    assert tried > 1_000
