"""From the parser's tree to syntax: one entry for each rule of the grammar."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from attrs import evolve
from lark import Token, Tree

from goalrules.core.vocabulary import LANGUAGES
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.build_conditions import (
    AIMS,
    CONDITIONS,
    FORMULAS,
    count_of,
    named,
    number_of,
    span_of,
    tuple_of,
)
from goalrules.language.keywords import words
from goalrules.text.source import Span

VALUES = frozenset(
    "STRING NAME NUMBER LEVEL MONTH HEAD CAP FLOOR MONTHLY INTERIM ANNUAL SECTION APPENDIX"
    " OF_WEIGHT TO_DATE ABOUT_YEAR_BEFORE"
    " TARGET_REACHED PLAN_FOLLOWED EFFORTS_BEGUN EFFORTS_PLANNED".split()
)
"""The tokens that carry a value into the syntax; the others only lead through the grammar."""


def build(tree: Tree[Token] | Token) -> Any:  # noqa: ANN401 - each rule has a type of its own
    """The syntax of a tree, from the leaves up."""
    if isinstance(tree, Token):
        return tree
    children = [build(child) for child in tree.children if _carries(child)]
    return RULES[tree.data](span_of(tree.meta), *children)


def _carries(child: Tree[Token] | Token) -> bool:
    return not isinstance(child, Token) or child.type in VALUES


PERIODS: Mapping[str, st.PeriodClass] = {
    "MONTHLY": "monthly",
    "INTERIM": "interim",
    "ANNUAL": "annual",
}


def _period(_: Span, token: Token) -> st.PeriodClass:
    return PERIODS[token.type]


def _limit(kind: Literal["cap", "floor"]) -> Callable[..., st.Limit]:
    return lambda _, level, word, condition: st.Limit(kind, named(level), word, condition)


def _remark(_: Span, text: Token, *said: Any) -> st.Remark:  # noqa: ANN401 - none of `unless met`
    return st.Remark(str(text), *(said or ("unless",)))


def _scale(_: Span, *children: Any) -> st.ScaleHead:  # noqa: ANN401 - as above
    name = next((each for each in children if isinstance(each, sx.Name)), None)
    levels, *reads = (each for each in children if isinstance(each, tuple))
    return st.ScaleHead(levels, name, *reads)


def _head(kind: Literal["goal", "contribution"]) -> Callable[..., st.GoalHead]:
    return lambda _, name, title, *scale: st.GoalHead(kind, name, str(title), *scale)


def _indicator(_: Span, names: tuple[sx.Name, ...], *others: Any) -> st.Indicator:  # noqa: ANN401
    title = next((str(each) for each in others if isinstance(each, Token)), "")
    scale = next((each for each in others if isinstance(each, sx.Name)), None)
    return st.Indicator(names, title, scale)


def _policy(of: Literal["missing", "not applicable"]) -> Callable[..., st.Policy]:
    return lambda _, policy: evolve(policy, of=of)


def _requires(span: Span, *children: Any) -> st.Requires:  # noqa: ANN401 - as build
    return st.Requires(count_of(span, *children, sx.Assessed(span=span)))


def _baseline(_: Span, start: Decimal | Token, *period: Token) -> st.Baseline:
    words = tuple(map(str, period))
    if isinstance(start, Token):
        return st.Baseline(None, str(start), *words)
    return st.Baseline(start, "", *words)


def _according(span: Span, document: sx.Name, *where: str) -> st.According:
    part, number = where or ("section", "")
    return st.According(document, part, str(number), span=span)  # type: ignore[arg-type]


def _section(_: Span, token: Token) -> Literal["section", "appendix"]:
    return "appendix" if token.type == "APPENDIX" else "section"


def _validity(span: Span, first: Token, *last: Token) -> st.Validity:
    return st.Validity(number_of(first), number_of(last[0] if last else first), span=span)


def _is_percent(text: str) -> bool:
    """Whether a unit in quotes is the word for percent, in either language."""
    meanings = (words(language).meaning(text) for language in LANGUAGES)
    return any(each is not None and each.type == "PERCENT" for each in meanings)


def _measured(_: Span, *runs: Iterable[int]) -> st.Measured:
    return st.Measured(tuple(sorted({month for run in runs for month in run})))


def _month_run(_: Span, first: Token, *last: Token) -> Iterable[int]:
    """The months from one to another, over the new year where that stands first in the year."""
    start, end = int(first), int(last[0] if last else first)
    return range(start, end + 1) if start <= end else (*range(start, 13), *range(1, end + 1))


STATEMENTS: Mapping[str, Callable[..., Any]] = {
    "plan": lambda _, *texts: st.PlanHead(*map(str, texts)),
    "validity": _validity,
    "document": lambda _, name, title: st.Document(name, str(title)),
    "scale": _scale,
    "order": tuple_of,
    "reads": tuple_of,
    "reading": lambda span, level, read_as: sx.LevelReading(level, read_as, span=span),
    "assess": lambda _: st.AssessIndicators(),
    "claimed": lambda _, fact: st.Stating(fact, claimed=True),
    "asked": lambda _, fact: st.Stating(fact, claimed=False),
    "area": lambda _, title: st.Area(str(title)),
    "focus": lambda _, title, ids=(): st.Focus(str(title), ids),
    "goal": _head("goal"),
    "contribution": _head("contribution"),
    "on_scale": lambda _, name: name,
    "followed_up": lambda _: st.FollowedUp(),
    "met_from": lambda _, level: st.MetFrom(level),
    "group": lambda _, name, names: st.Group(name, names),
    "group_reported": lambda _, name: st.Group(name, reported=True),
    "missing": _policy("missing"),
    "not_applicable": _policy("not applicable"),
    "left_out": lambda _, *remain: st.Policy("missing", None, None, *map(number_of, remain)),
    "counts_as": lambda _, level: st.Policy("missing", level=level),
    "replaced_by": lambda _, name: st.Policy("missing", instead=name),
    "requires": _requires,
    "points": lambda _, *points: st.Points(points),
    "own_points": lambda _, *points: st.Points(points, own=True),
    "point": lambda span, level, number: sx.Point(level, number, span=span),
    "indicator": _indicator,
    "shared": lambda _, name, goal: st.Shared(name, goal),
    "shown_only": lambda _: st.ShownOnly(),
    "weight": lambda _, number: st.Weight(number_of(number)),
    "levels": lambda _, *bands: st.ValueBands(bands),
    "band": lambda span, level, bound: sx.Band(level, bound, span=span),
    "band_otherwise": lambda span, level: sx.Band(level, span=span),
    "worked_out": lambda _, formula: st.WorkedOut(formula),
    "rounded": lambda _, number: st.Rounded(number_of(number)),
    "parts": lambda _, names: st.Parts(names),
    "parts_reported": lambda _: st.Parts(reported=True),
    "unit": lambda _, text: st.Unit("%" if _is_percent(text) else str(text)),
    "unit_percent": lambda _: st.Unit("%"),
    "higher_better": lambda _: st.Better("higher"),
    "lower_better": lambda _: st.Better("lower"),
    "baseline": _baseline,
    "target": lambda _, *aims: st.Target(aims),
    "data_source": lambda _, text: st.DataSource(str(text)),
    "total": lambda _, *to_date: st.AddsUp("total", to_date=bool(to_date)),
    "average": lambda _: st.AddsUp("average"),
    "latest": lambda _: st.AddsUp("latest"),
    "survey": lambda _, *before: st.AddsUp("survey", before=bool(before)),
    "measured": _measured,
    "measured_monthly": lambda _: st.Measured(),
    "month_run": _month_run,
    "evenly": lambda _: st.Expected(),
    "by_month": lambda _, *steps: st.Expected(steps),
    "step_to": lambda span, month, number: sx.ExpectedStep(int(month), number, span=span),
    "step_share": lambda span, month, number: sx.ExpectedStep(
        int(month), number_of(number), share=True, span=span
    ),
    "hidden": lambda _, *below: st.Hidden(*map(number_of, below)),
    "overall": lambda _, *periods: st.Overall(tuple(dict.fromkeys(periods))),
    "of_period": lambda _, period, clause: evolve(clause, period=period),
    "when": lambda _, head, condition: st.When(named(head), condition),
    "otherwise": lambda _, level: st.Otherwise(level),
    "same_as": lambda _, goal: st.SameAs(goal),
    "extreme": lambda _, which, whole: st.Extreme(which[0], whole, which[1]),
    "best": lambda _: ("best", Decimal(0)),
    "worst": lambda _: ("worst", Decimal(0)),
    "worst_but": lambda _, number: ("worst", number_of(number)),
    "cap": _limit("cap"),
    "floor": _limit("floor"),
    "if_so": lambda _: "when",
    "if_not": lambda _: "unless",
    "remark": _remark,
    "remark_unless_met": _remark,
    "period": _period,
    "according": _according,
    "section": _section,
    "interpretation": lambda span, *texts: st.Interpretation(tuple(map(str, texts)), span=span),
}

RULES: Mapping[str, Callable[..., Any]] = {**CONDITIONS, **AIMS, **FORMULAS, **STATEMENTS}
"""What each rule of the grammar becomes; a test holds it against the grammar."""
