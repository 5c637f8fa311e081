"""From the parser's tree to syntax: one entry for each rule of the grammar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, Literal, cast

from attrs import evolve

from goalrules.core.trace import Decision
from goalrules.core.vocabulary import CitedPart, GoalKind, PeriodClass
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.keywords import words
from goalrules.language.lalr import Node, Token
from goalrules.limits import step
from goalrules.text.languages import LANGUAGES
from goalrules.text.names import DASHES
from goalrules.text.source import Span

VALUES = frozenset(
    "STRING NAME NUMBER DATE LEVEL MONTH HEAD CAP FLOOR MONTHLY INTERIM ANNUAL SECTION APPENDIX"
    " OF_WEIGHT TO_DATE ABOUT_YEAR_BEFORE CONTRIBUTION NOT_APPLICABLE OWN_POINTS CLAIMED"
    " GOALS_CALLED CONTRIBUTIONS_CALLED"
    " STEP_BETTER TWO_STEPS_BETTER STEP_WORSE TWO_STEPS_WORSE"
    " INCREASE DECREASE MAINTAIN SUM_OF MEAN_OF BEST_OF WORST_OF FULFILMENT_OF NUMBER_OF"
    " TARGET_REACHED PLAN_FOLLOWED EFFORTS_BEGUN EFFORTS_PLANNED".split()
)
"""The tokens that carry a value into the syntax; the others only lead through the grammar."""


def build(tree: Node) -> Any:  # noqa: ANN401 - each rule has a type of its own
    """The syntax of a tree, from the leaves up."""
    if isinstance(tree, Token):
        return tree
    step()
    carrying = (
        each for each in tree.children if not isinstance(each, Token) or each.type in VALUES
    )
    children = [build(each) for each in carrying]
    return RULES[tree.data](span_of(tree.first, tree.last), *children)


def span_of(first: Token, last: Token | None = None) -> Span:
    """The place of a token, or from one to another."""
    end = first if last is None else last
    return Span(first.line, first.column, end.end_line, end.end_column)


def named(token: Token) -> sx.Name:
    """A name or a level, as it is written."""
    return sx.Name(str(token), span=span_of(token))


def level_named(_: Span, token: Token) -> sx.Name:
    """A level as its scale has it; one of no scale as it is written."""
    return sx.Name(token.level or str(token), span=span_of(token))


def number_of(token: Token) -> Decimal:
    """A number, with either decimal mark."""
    return Decimal(token.replace(",", "."))


def tuple_of(_: Span, *children: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as build
    """A list of what the tree holds."""
    return children


# Conditions


def _quantity(kind: sx.QuantityKind) -> Callable[..., sx.Quantity]:
    def build_quantity(span: Span, *tokens: Token) -> sx.Quantity:
        return sx.Quantity(kind, *map(number_of, tokens), span=span)

    return build_quantity


def _joined(word: Literal["and", "or"]) -> Callable[..., sx.Joined]:
    return lambda span, *parts: sx.Joined(word, parts, span=span)


def count_of(span: Span, quantity: sx.Quantity, *others: object) -> sx.Count:
    """The form of rule that counts members."""
    return sx.Count(
        quantity,
        next((each for each in others if isinstance(each, sx.Scope)), sx.Scope()),
        next(each for each in others if isinstance(each, sx.Predicate)),
        tuple(each for each in others if isinstance(each, sx.Included)),
        tuple(each for each in others if isinstance(each, sx.Rest)),
        weighed=any(isinstance(each, Token) for each in others),
        span=span,
    )


def _single(*, goal: bool) -> Callable[..., sx.Single]:
    return lambda span, name, predicate, *rest: sx.Single(name, predicate, goal, rest, span=span)


def _level(side: sx.Side) -> Callable[..., sx.Level]:
    return lambda _, name: sx.Level(name, side)


def _score(
    span: Span, total: Literal["sum", "mean", "share"], *whom: sx.Scope | Decimal, bound: sx.Bound
) -> sx.Score:
    """Points of some members, or of the lowest of all."""
    scope = next((each for each in whom if isinstance(each, sx.Scope)), sx.Scope())
    lowest = next((each for each in whom if isinstance(each, Decimal)), None)
    return sx.Score(total, bound, scope, lowest, span=span)


def _goals_and_members(span: Span, *said: sx.Name | tuple[sx.Name, ...]) -> sx.Scope:
    """Goals, each written as one, and after them perhaps the names of members."""
    ids = tuple(each for each in said if isinstance(each, sx.Name))
    names = next((each for each in said if isinstance(each, tuple)), ())
    return sx.Scope(names, beside=ids, span=span) if names else sx.Scope(ids, goals=True, span=span)


FACTS: Mapping[str, sx.FactName] = {
    "TARGET_REACHED": "target reached",
    "PLAN_FOLLOWED": "plan followed",
    "EFFORTS_BEGUN": "efforts begun",
    "EFFORTS_PLANNED": "efforts planned",
}

CONDITIONS: Mapping[str, Callable[..., Any]] = {
    "both": _joined("and"),
    "either": _joined("or"),
    "count": count_of,
    "member": _single(goal=False),
    "goal_member": _single(goal=True),
    "including": lambda span, names: sx.Included(names, span=span),
    "including_some": lambda span, need, names: sx.Included(names, number_of(need), span=span),
    "including_goals": lambda span, *said: sx.Included(
        () if said[-1].goals else said[-1].names,
        number_of(said[0]) if said[1:] else None,
        said[-1].names if said[-1].goals else said[-1].beside,
        span=span,
    ),
    "rest": lambda span, level: sx.Rest(level, span=span),
    "number": _quantity("number"),
    "percent": _quantity("percent"),
    "majority": _quantity("majority"),
    "half": _quantity("half"),
    "all": _quantity("all"),
    "any": _quantity("any"),
    "none": _quantity("none"),
    "at_most": _quantity("at most"),
    "among_all": lambda span, size: sx.Scope(size=number_of(size), span=span),
    "among_units": lambda span: sx.Scope(units=True, span=span),
    "among_all_units": lambda span, size: sx.Scope(size=number_of(size), units=True, span=span),
    "among": lambda span, names: sx.Scope(names, span=span),
    "among_goals": lambda span, *ids: sx.Scope(ids, goals=True, span=span),
    "members_and_goals": lambda span, *said: sx.Scope(said[:-1], beside=said[-1], span=span),
    "goals_and_members": _goals_and_members,
    "among_every": lambda span: sx.Scope(span=span),
    "level_bare": _level(""),
    "level_at_least": _level("at least"),
    "level_at_most": _level("at most"),
    "level_worse": _level("worse than"),
    "met": lambda span: sx.Met(span=span),
    "not_met": lambda span: sx.Met(negated=True, span=span),
    "score": lambda span, total, *whom: _score(span, total, *whom[:-1], bound=whom[-1]),
    "score_share": lambda span, percent, *whom: _score(
        span, "share", *whom, bound=sx.Bound("at least", number_of(percent))
    ),
    "sum": lambda _: "sum",
    "mean": lambda _: "mean",
    "of_whom": lambda _, scope: scope,
    "lowest": lambda _, token: number_of(token),
    "stated": lambda span, token: sx.Fact(FACTS[token.type], span=span),
    "target_share": lambda span, token: sx.Fact("share of target", number_of(token), span=span),
    "names": tuple_of,
    "ids": tuple_of,
    "name": lambda _, token: named(token),
    "id": lambda _, token: named(token),
    "level": level_named,
    "place": level_named,
}

# Targets


DIRECTIONS: Mapping[str, Literal["increase", "decrease", "maintain"]] = {
    "INCREASE": "increase",
    "DECREASE": "decrease",
    "MAINTAIN": "maintain",
}


def _in(measure: Literal["unit", "percent", "points"]) -> Callable[..., sx.Distance]:
    return lambda _, number: sx.Distance(number_of(number), measure)


def _compared(side: sx.BoundSide) -> Callable[..., sx.Compared]:
    return lambda _, *said: sx.Compared(said[-1], side, *said[:-1])


AIMS: Mapping[str, Callable[..., Any]] = {
    "dated_aim": lambda span, *said: sx.DatedTarget(
        said[-1], *map(number_of, said[:-1]), span=span
    ),
    "positive": lambda _, token: number_of(token),
    "negative": lambda _, token: number_of(token).copy_negate(),
    "aim_at_least": lambda _, number: sx.Bound("at least", number),
    "aim_at_most": lambda _, number: sx.Bound("at most", number),
    "aim_over": lambda _, number: sx.Bound("over", number),
    "aim_under": lambda _, number: sx.Bound("under", number),
    "aim_within": lambda _, token: sx.Within(number_of(token)),
    "aim_around": lambda _, percent, number: sx.Around(number_of(percent), number_of(number)),
    "aim_range": lambda _, low, high: sx.Range(number_of(low), number_of(high)),
    "aim_between": lambda _, low, high: sx.Range(low, high),
    "aim_change": lambda _, token, by=(): sx.Change(DIRECTIONS[token.type], *by),
    "by_so_much": lambda _, distance: (distance, False),
    "by_least": lambda _, distance: (distance, False),
    "by_at_most": lambda _, distance: (distance, True),
    "in_unit": _in("unit"),
    "in_percent": _in("percent"),
    "in_points": _in("points"),
    "compared_at_least": _compared("at least"),
    "compared_at_most": _compared("at most"),
    "compared_over": _compared("over"),
    "compared_under": _compared("under"),
    "apart_at_least": _compared("at least"),
    "apart_at_most": _compared("at most"),
    "way_over": lambda _: "over",
    "way_under": lambda _: "under",
    "aim_parts": lambda _, *need: sx.PartsReached(*map(number_of, need)),
    "own_target": lambda _, name, bound: sx.OwnTarget(name, bound),
}

# Worked-out values


def formula_of(
    kind: sx.FormulaKind,
    said: tuple[sx.Term | sx.Lacking, ...],
    span: Span,
    asked: sx.Level | sx.Fact | None = None,
    few: sx.Few | None = None,
) -> sx.Formula:
    """A formula of some terms, after which may stand what is done with those that are missing."""
    terms = tuple(each for each in said if isinstance(each, sx.Term))
    lacking = next((each for each in said if isinstance(each, sx.Lacking)), None)
    return sx.Formula(kind, terms, lacking, asked, few, span=span)


WHICH: Mapping[str, Literal["best", "worst"]] = {"BEST_OF": "best", "WORST_OF": "worst"}

AGGREGATES: Mapping[str, sx.FormulaKind] = {
    "SUM_OF": "sum",
    "MEAN_OF": "mean",
    "FULFILMENT_OF": "fulfilment",
    **WHICH,
}


def _of_two(kind: sx.FormulaKind) -> Callable[..., sx.Formula]:
    def build_formula(span: Span, *said: sx.Name | sx.Term) -> sx.Formula:
        terms = (e if isinstance(e, sx.Term) else sx.Term(e, span=e.span) for e in said)
        return sx.Formula(kind, tuple(terms), span=span)

    return build_formula


FORMULAS: Mapping[str, Callable[..., Any]] = {
    "aggregate": lambda span, word, *said: formula_of(
        AGGREGATES[word.type], said[-1], span, few=said[0] if said[:-1] else None
    ),
    "few": lambda _, number, word: sx.Few(number_of(number), WHICH[word.type]),
    "share_of": _of_two("share"),
    "difference_of": _of_two("difference"),
    "quotient_of": _of_two("quotient"),
    "product_of": _of_two("product"),
    "number_term": lambda span, token: sx.Term(
        sx.Name(format(number_of(token), "f"), span=span), number=number_of(token), span=span
    ),
    "points_of": lambda span, total, terms: formula_of(
        "sum of points" if total == "sum" else "mean of points", terms, span
    ),
    "share_at": lambda span, *said: formula_of(
        "number of members" if isinstance(said[0], Token) else "share of members",
        said[-1],
        span,
        said[-2],
    ),
    "table_of": lambda span, one, other, columns, *rows: sx.Formula(
        "table",
        (sx.Term(one, span=one.span), sx.Term(other, span=other.span)),
        columns=columns,
        rows=rows,
        span=span,
    ),
    "cells": tuple_of,
    "row": lambda span, level, cells: sx.TableRow(level, cells, span=span),
    "level_worded": lambda _, token: sx.Level(named(token)),
    "target_reached": lambda span, token: sx.Fact(FACTS[token.type], span=span),
    "terms": tuple_of,
    "left_out": lambda _, *remain: sx.Lacking(None, *map(number_of, remain)),
    "lacking": lambda _, said: said if isinstance(said, sx.Lacking) else sx.Lacking(said),
    "term": lambda span, name, *weight: sx.Term(name, *map(number_of, weight), span=span),
}

# Statements

PERIODS: Mapping[str, PeriodClass] = {
    "MONTHLY": "monthly",
    "INTERIM": "interim",
    "ANNUAL": "annual",
}


def decision_of(_: Span, *said: Token) -> Decision:
    """A decision, from the tokens that name its day, its body and its number in any order."""
    found = {each.type: str(each) for each in said}
    day = found["DATE"].translate(DASHES)
    return Decision(day, found.get("STRING", ""), found.get("NUMBER", ""))


def _according(span: Span, document: sx.Name, *said: Any) -> st.According:  # noqa: ANN401 - as above
    """The place in a document, and the words that stand there: its part, its page, a quotation."""
    found = {each.type: str(each) for each in said if isinstance(each, Token)}
    part: CitedPart = "appendix" if "APPENDIX" in found else "section"
    words = next((each for each in said if isinstance(each, tuple)), ("",))
    number, page = found.get("STRING", ""), found.get("NUMBER", "")
    return st.According(document, part, number, page, *words, span=span)


def _scale(_: Span, *children: Any) -> st.ScaleHead:  # noqa: ANN401 - as above
    name = next((each for each in children if isinstance(each, sx.Name)), None)
    levels = next(each for each in children if isinstance(each, tuple))
    reads = tuple(each for each in children if isinstance(each, sx.LevelReading))
    return st.ScaleHead(levels, name, reads)


def _goal(_: Span, *said: Any) -> st.GoalHead:  # noqa: ANN401 - as above
    kind: GoalKind = "goal" if isinstance(said[0], sx.Name) else "contribution"
    name, *scale = (each for each in said if isinstance(each, sx.Name))
    title, *short = (
        str(each) for each in said if isinstance(each, Token) and each.type == "STRING"
    )
    return st.GoalHead(kind, name, title, scale[0] if scale else None, *short)


def _indicator(_: Span, names: tuple[sx.Name, ...], *others: Any) -> st.Indicator:  # noqa: ANN401
    title = next((str(each) for each in others if isinstance(each, Token)), "")
    scale = next((each for each in others if isinstance(each, sx.Name)), None)
    return st.Indicator(names, title, scale)


def _indicators(
    _: Span,
    first: tuple[sx.Name, ...],
    title: Token,
    *others: Any,  # noqa: ANN401
) -> st.Indicator:
    """Several indicators, some of which have titles of their own."""
    more = [each for each in others if isinstance(each, list)]
    titles = (*("" for _ in first[1:]), str(title), *("".join(own) for _, *own in more))
    scale = next((each for each in others if isinstance(each, sx.Name)), None)
    return st.Indicator((*first, *(name for name, *_ in more)), scale=scale, titles=titles)


def _policy(_: Span, *said: Any) -> st.Policy:  # noqa: ANN401 - as above
    treatment: st.Policy | sx.Lacking = said[-1]
    if isinstance(treatment, sx.Lacking):
        treatment = st.Policy("missing", remain=treatment.remain)
    return evolve(treatment, of="missing" if len(said) == 1 else "not applicable")


def _baseline(_: Span, start: Decimal | Token, *period: Token) -> st.Baseline:
    words = tuple(map(str, period))
    if isinstance(start, Token):
        return st.Baseline(None, str(start), *words)
    return st.Baseline(start, "", *words)


def unit_named(text: str) -> str:
    """The unit of a name; `%` for the word for percent of any language."""
    meanings = (words(language).meaning(text) for language in LANGUAGES)
    is_percent = any(each is not None and each.type == "PERCENT" for each in meanings)
    return "%" if is_percent else str(text)


def _month_run(_: Span, first: Token, *last: Token) -> Iterable[int]:
    """The months from one to another, over the new year where that stands first in the year."""
    start, end = int(first), int(last[0] if last else first)
    return range(start, end + 1) if start <= end else (*range(start, 13), *range(1, end + 1))


OverUnits = st.When | st.Otherwise | st.Extreme | st.Limit | st.Shift | st.Requires | st.RequiresFor


def _together(_: Span, *said: OverUnits | PeriodClass) -> st.Together:
    """The rule over all units, with the class of period that it is for."""
    clause = cast(OverUnits, said[-1])
    return st.Together(clause if len(said) == 1 else evolve(cast(Any, clause), period=said[0]))


CALLED: Mapping[str, type[st.GoalsCalled | st.ContributionsCalled]] = {
    "GOALS_CALLED": st.GoalsCalled,
    "CONTRIBUTIONS_CALLED": st.ContributionsCalled,
}


def _validity(span: Span, start: Sequence[Token], end: Sequence[Token]) -> st.Validity:
    """From a month of a year, or its first, to one of a year, or its last; all where none is."""
    first, last = (
        number_of(each[-1]) if each else Decimal(year)
        for each, year in ((start, st.YEARS[0]), (end, st.YEARS[-1]))
    )
    month = int(start[0]) if start[1:] else st.ALL_MONTHS[0]
    last_month = int(end[0]) if end[1:] else st.ALL_MONTHS[-1]
    return st.Validity(first, last, month, last_month, span=span)


STATEMENTS: Mapping[str, Callable[..., Any]] = {
    "plan": lambda _, *texts: st.PlanHead(*map(str, texts)),
    "validity": lambda span, *years: st.Validity(
        number_of(years[0]), number_of(years[-1]), span=span
    ),
    "valid_from": lambda span, *said: _validity(span, said, ()),
    "valid_until": lambda span, *said: _validity(span, (), said),
    "valid_months": lambda span, *said: _validity(span, said[:2], said[-2:]),
    "document": lambda _, name, title: st.Document(name, str(title)),
    "scale": _scale,
    "order": tuple_of,
    "reading": lambda span, level, read_as: sx.LevelReading(level, read_as, span=span),
    "assess": lambda _: st.AssessIndicators(),
    "stating": lambda _, fact, *claimed: st.Stating(fact, claimed=bool(claimed)),
    "area": lambda _, title: st.Area(str(title)),
    "focus": lambda _, title, ids=(): st.Focus(str(title), ids),
    "goal": _goal,
    "called": lambda _, *said: CALLED.get(said[0].type, st.Called)(str(said[-1])),
    "on_scale": lambda _, name: name,
    "followed_up": lambda _: st.FollowedUp(),
    "met_from": lambda _, level: st.MetFrom(level),
    "group": lambda _, name, names: st.Group(name, names),
    "group_reported": lambda _, name, *scale: st.Group(name, (), True, *scale),  # noqa: FBT003
    "policy": _policy,
    "counts_as": lambda _, level: st.Policy("missing", level=level),
    "replaced_by": lambda _, name: st.Policy("missing", instead=name),
    "requires": lambda span, *counted: st.Requires(
        count_of(span, *counted, sx.Assessed(span=span))
    ),
    "no_verdict": lambda span, *known: st.Requires(
        known[0] if len(known) == 1 else sx.Joined("and", known, span=span)
    ),
    "known_many": lambda span, *counted: count_of(span, *counted, sx.Assessed(span=span)),
    "known_one": lambda span, name: sx.Single(name, sx.Assessed(span=span), span=span),
    "known_goal": lambda span, name: sx.Single(name, sx.Assessed(span=span), goal=True, span=span),
    "requires_for": lambda span, *counted: st.RequiresFor(
        count_of(span, *counted[:-1], sx.Assessed(span=span)), counted[-1]
    ),
    "points": lambda _, *said: (
        st.OwnPoints(said[1:]) if isinstance(said[0], Token) else st.Points(said)
    ),
    "point": lambda span, level, number: sx.Point(level, number, span=span),
    "verdict_words": lambda _, *words: st.VerdictWords(words),
    "worded": lambda span, level, text: sx.LevelWord(level, str(text), span=span),
    "indicator": _indicator,
    "indicators_titled": _indicators,
    "titled": lambda _, name, *title: [name, *map(str, title)],
    "shared": lambda _, name, goal: st.Shared(name, goal),
    "year_before": lambda _, name, of: st.Earlier(name, of),
    "two_years_before": lambda _, name, of: st.Earlier(name, of, Decimal(2)),
    "years_before": lambda _, name, of, years: st.Earlier(name, of, number_of(years)),
    "shown_only": lambda _: st.ShownOnly(),
    "weight": lambda _, number: st.Weight(number_of(number)),
    "bands": tuple_of,
    "levels": lambda _, bands: st.ValueBands(bands),
    "levels_named": lambda _, name: st.ValueBands(named=name),
    "named_bands": lambda _, name, bands: st.NamedBands(name, bands),
    "band": lambda span, level, bound: sx.Band(level, bound, span=span),
    "band_otherwise": lambda span, level: sx.Band(level, span=span),
    "worked_out": lambda _, formula: st.WorkedOut(formula),
    "rounded": lambda _, number: st.Rounded(number_of(number)),
    "parts": lambda _, *parts: st.parts_of(parts),
    "parts_reported": lambda _: st.Parts(reported=True),
    "unit": lambda _, text: st.Unit(unit_named(text)),
    "unit_percent": lambda _: st.Unit("%"),
    "higher_better": lambda _: st.Better("higher"),
    "lower_better": lambda _: st.Better("lower"),
    "possible": lambda _, bound: st.Possible(bound),
    "baseline": _baseline,
    "target": lambda _, *aims: st.Target(aims),
    "data_source": lambda _, text: st.DataSource(str(text)),
    "key": lambda _, text: st.Key(str(text)),
    "total": lambda _, *to_date: st.AddsUp("total", to_date=bool(to_date)),
    "average": lambda _: st.AddsUp("average"),
    "latest": lambda _: st.AddsUp("latest"),
    "survey": lambda _, *before: st.AddsUp("survey", before=bool(before)),
    "measured": lambda _, *runs: st.Measured(tuple(sorted(set(chain(*runs))))),
    **{
        each.lower(): lambda _, often=each: st.Measured(st.PARTS_MEASURED[often], often)
        for each in st.PARTS_MEASURED
    },
    "month_run": _month_run,
    "evenly": lambda _: st.Expected(),
    "by_month": lambda _, *steps: st.Expected(steps),
    "step_to": lambda span, month, number: sx.ExpectedStep(int(month), number, span=span),
    "step_share": lambda span, month, number: sx.ExpectedStep(
        int(month), number_of(number), share=True, span=span
    ),
    "hidden": lambda _, *below: st.Hidden(*map(number_of, below)),
    "overall": lambda _, *periods: st.Overall(tuple(dict.fromkeys(periods))),
    "of_period": lambda _, *said: said[-1] if len(said) == 1 else evolve(said[-1], period=said[0]),
    "units": lambda _, names: st.Units(names),
    "together": _together,
    "when": lambda _, head, condition: st.When(named(head), condition),
    "otherwise": lambda _, level: st.Otherwise(level),
    "rule_as": lambda _, goal: st.RuleAs(goal),
    "same_as": lambda _, goal: st.SameAs(goal),
    "extreme": lambda _, which, whole: st.Extreme(which[0], whole, which[1]),
    "best_or_worst": lambda _, which: (
        WHICH.get(which.type, "worst"),
        number_of(which) if which.type == "NUMBER" else Decimal(0),
    ),
    "limit": lambda _, level, word, condition: st.Limit(
        "cap" if level.type == "CAP" else "floor", named(level), word, condition
    ),
    "shift": lambda _, which, word, condition: st.Shift(
        "better" if which.type.endswith("BETTER") else "worse",
        2 if which.type.startswith("TWO") else 1,
        word,
        condition,
    ),
    "if_so": lambda _: "when",
    "if_not": lambda _: "unless",
    "remark": lambda _, text, *said: st.Remark(str(text), *(said or ("unless",))),
    "period": lambda _, token: PERIODS[token.type],
    "adopted": lambda span, *said: st.Adopted(decision_of(span, *said), span=span),
    "decided": decision_of,
    "according": _according,
    "decided_by": lambda span, name, *said: st.According(
        name, decision=evolve(decision_of(span, *said), by=name.text), span=span
    ),
    "quotation": lambda _, words: (str(words),),
    "interpretation": lambda span, *said: st.Interpretation(
        tuple(str(each) for each in said if isinstance(each, Token)),
        next((each for each in said if isinstance(each, Decision)), None),
        next((each for each in said if isinstance(each, st.OtherReading)), None),
        span=span,
    ),
    "other_reading": lambda span, body: st.OtherReading(body, span=span),
}

RULES: Mapping[str, Callable[..., Any]] = {**CONDITIONS, **AIMS, **FORMULAS, **STATEMENTS}
"""What each rule of the grammar becomes; a test holds it against the grammar."""
