"""From the parser's trees of conditions, targets and formulas to syntax, rule by rule."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal

from lark import Token
from lark.tree import Meta

from goalrules.language import syntax as sx
from goalrules.text.source import Span

FormulaKind = Literal["sum", "mean", "best", "worst", "share", "difference"]


def span_of(place: Meta | Token) -> Span:
    """The place of a tree or a token."""
    line = place.line or 1
    return Span(line, place.column or 1, place.end_line or line, place.end_column or 1)


def named(token: Token) -> sx.Name:
    """A name or a level, as it is written."""
    return sx.Name(str(token), span=span_of(token))


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


def _score(span: Span, total: Literal["sum", "mean"], *others: Any) -> sx.Score:  # noqa: ANN401
    *whom, bound = others
    scope, lowest = _whom(*whom)
    return sx.Score(total, bound, scope, lowest, span=span)


def _score_share(span: Span, percent: Token, *whom: object) -> sx.Score:
    scope, lowest = _whom(*whom)
    return sx.Score("share", sx.Bound("at least", number_of(percent)), scope, lowest, span=span)


def _whom(whom: object = None) -> tuple[sx.Scope, Decimal | None]:
    """Among whom points are taken: some members, or the lowest of all."""
    if isinstance(whom, sx.Scope):
        return whom, None
    return sx.Scope(), whom if isinstance(whom, Decimal) else None


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
    "among": lambda span, names: sx.Scope(names, span=span),
    "among_goals": lambda span, ids: sx.Scope(ids, goals=True, span=span),
    "among_every": lambda span: sx.Scope(span=span),
    "level_bare": _level(""),
    "level_at_least": _level("at least"),
    "level_at_most": _level("at most"),
    "level_worse": _level("worse than"),
    "met": lambda span: sx.Met(span=span),
    "not_met": lambda span: sx.Met(negated=True, span=span),
    "score": _score,
    "score_share": _score_share,
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
    "level": lambda _, token: named(token),
    "place": lambda _, token: named(token),
}

# Targets


def _change(direction: Literal["increase", "decrease", "maintain"]) -> Callable[..., sx.Change]:
    return lambda _, *percent: sx.Change(direction, *map(number_of, percent))


def _dated(span: Span, *children: Any) -> sx.DatedTarget:  # noqa: ANN401 - a year may be absent
    *year, aim = children
    return sx.DatedTarget(aim, *year, span=span)


AIMS: Mapping[str, Callable[..., Any]] = {
    "dated_aim": _dated,
    "year": lambda _, token: number_of(token),
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
    "aim_increase": _change("increase"),
    "aim_decrease": _change("decrease"),
    "aim_maintain": _change("maintain"),
    "aim_parts": lambda _: sx.PartsReached(),
}

# Worked-out values


def _formula(kind: FormulaKind) -> Callable[..., sx.Formula]:
    return lambda span, terms: sx.Formula(kind, terms, span=span)


def _of_two(kind: FormulaKind) -> Callable[..., sx.Formula]:
    def build_formula(span: Span, *names: sx.Name) -> sx.Formula:
        return sx.Formula(kind, tuple(sx.Term(name, span=name.span) for name in names), span=span)

    return build_formula


FORMULAS: Mapping[str, Callable[..., Any]] = {
    "sum_of": _formula("sum"),
    "mean_of": _formula("mean"),
    "best_of": _formula("best"),
    "worst_of": _formula("worst"),
    "share_of": _of_two("share"),
    "difference_of": _of_two("difference"),
    "terms": tuple_of,
    "term": lambda span, name, *weight: sx.Term(name, *map(number_of, weight), span=span),
}
