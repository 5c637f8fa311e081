"""From the parser's tree to syntax: one entry for each rule of the grammar."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal

from lark import Token, Tree
from lark.tree import Meta

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.text.source import Span

VALUES = frozenset(
    "STRING NAME NUMBER LEVEL HEAD MONTHLY INTERIM ANNUAL SECTION APPENDIX"
    " TARGET_REACHED PLAN_FOLLOWED EFFORTS_BEGUN EFFORTS_PLANNED".split()
)
"""The tokens that carry a value into the syntax; the others only lead through the grammar."""


def build(tree: Tree[Token] | Token) -> Any:  # noqa: ANN401 - each rule has a type of its own
    """The syntax of a tree, from the leaves up."""
    if isinstance(tree, Token):
        return tree
    children = [build(child) for child in tree.children if _carries(child)]
    return RULES[tree.data](span_of(tree.meta), *children)


def span_of(place: Meta | Token) -> Span:
    """The place of a tree or a token."""
    line = place.line or 1
    return Span(line, place.column or 1, place.end_line or line, place.end_column or 1)


def _carries(child: Tree[Token] | Token) -> bool:
    return not isinstance(child, Token) or child.type in VALUES


def _named(token: Token) -> sx.Name:
    return sx.Name(str(token), span=span_of(token))


def _number(token: Token) -> Decimal:
    return Decimal(token.replace(",", "."))


def _tuple(_: Span, *children: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as build
    return children


# Conditions


def _quantity(kind: sx.QuantityKind) -> Callable[..., sx.Quantity]:
    def build_quantity(span: Span, *tokens: Token) -> sx.Quantity:
        return sx.Quantity(kind, *map(_number, tokens), span=span)

    return build_quantity


def _joined(word: Literal["and", "or"]) -> Callable[..., sx.Joined]:
    return lambda span, *parts: sx.Joined(word, parts, span=span)


def _count(span: Span, quantity: sx.Quantity, *others: object) -> sx.Count:
    return sx.Count(
        quantity,
        next((each for each in others if isinstance(each, sx.Scope)), sx.Scope()),
        next(each for each in others if isinstance(each, sx.Level | sx.Met)),
        tuple(each for each in others if isinstance(each, sx.Included)),
        tuple(each for each in others if isinstance(each, sx.Rest)),
        span=span,
    )


def _single(*, goal: bool) -> Callable[..., sx.Single]:
    return lambda span, name, predicate, *rest: sx.Single(name, predicate, goal, rest, span=span)


FACTS: Mapping[str, sx.FactName] = {
    "TARGET_REACHED": "target reached",
    "PLAN_FOLLOWED": "plan followed",
    "EFFORTS_BEGUN": "efforts begun",
    "EFFORTS_PLANNED": "efforts planned",
}

CONDITIONS: Mapping[str, Callable[..., Any]] = {
    "both": _joined("and"),
    "either": _joined("or"),
    "count": _count,
    "member": _single(goal=False),
    "goal_member": _single(goal=True),
    "including": lambda span, names: sx.Included(names, span=span),
    "including_some": lambda span, need, names: sx.Included(names, _number(need), span=span),
    "rest": lambda span, level: sx.Rest(level, span=span),
    "number": _quantity("number"),
    "percent": _quantity("percent"),
    "majority": _quantity("majority"),
    "half": _quantity("half"),
    "all": _quantity("all"),
    "any": _quantity("any"),
    "none": _quantity("none"),
    "at_most": _quantity("at most"),
    "among_all": lambda span, size: sx.Scope(size=_number(size), span=span),
    "among": lambda span, names: sx.Scope(names, span=span),
    "among_goals": lambda span, ids: sx.Scope(ids, goals=True, span=span),
    "level_reached": lambda _, name: sx.Level(name),
    "met": lambda span: sx.Met(span=span),
    "fact": lambda span, token: sx.Fact(FACTS[token.type], span=span),
    "names": _tuple,
    "ids": _tuple,
    "name": lambda _, token: _named(token),
    "id": lambda _, token: _named(token),
    "level": lambda _, token: _named(token),
}

# Targets


def _change(direction: Literal["increase", "decrease", "maintain"]) -> Callable[..., sx.Change]:
    return lambda _, *percent: sx.Change(direction, *map(_number, percent))


def _dated(span: Span, *children: Any) -> sx.DatedAim:  # noqa: ANN401 - a year may be absent
    *year, aim = children
    return sx.DatedAim(aim, *year, span=span)


AIMS: Mapping[str, Callable[..., Any]] = {
    "dated_aim": _dated,
    "year": lambda _, token: _number(token),
    "positive": lambda _, token: _number(token),
    "negative": lambda _, token: _number(token).copy_negate(),
    "aim_at_least": lambda _, number: sx.Bound("at least", number),
    "aim_at_most": lambda _, number: sx.Bound("at most", number),
    "aim_within": lambda _, token: sx.Within(_number(token)),
    "aim_range": lambda _, low, high: sx.Range(_number(low), _number(high)),
    "aim_between": lambda _, low, high: sx.Range(low, high),
    "aim_increase": _change("increase"),
    "aim_decrease": _change("decrease"),
    "aim_maintain": _change("maintain"),
    "aim_parts": lambda _: sx.PartsReached(),
}

# Statements

PERIODS: Mapping[str, st.PeriodClass] = {
    "MONTHLY": "monthly",
    "INTERIM": "interim",
    "ANNUAL": "annual",
}


def _period(_: Span, token: Token) -> st.PeriodClass:
    return PERIODS[token.type]


def _when(_: Span, *children: Any) -> st.When:  # noqa: ANN401 - a period may be absent
    *period, head, condition = children
    return st.When(_named(head), condition, *period)


def _after_period(kind: type[st.Otherwise | st.SameAs]) -> Callable[..., st.Otherwise | st.SameAs]:
    return lambda _, *children: kind(children[-1], *children[:-1])


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


def _validity(_: Span, first: Token, *last: Token) -> st.Validity:
    return st.Validity(_number(first), _number(last[0] if last else first))


STATEMENTS: Mapping[str, Callable[..., Any]] = {
    "plan": lambda _, *texts: st.PlanHead(*map(str, texts)),
    "validity": _validity,
    "document": lambda _, name, title: st.Document(name, str(title)),
    "assess": lambda _: st.AssessIndicators(),
    "claimed": lambda _, fact: st.Stating(fact, claimed=True),
    "asked": lambda _, fact: st.Stating(fact, claimed=False),
    "area": lambda _, title: st.Area(str(title)),
    "focus": lambda _, title, ids=(): st.Focus(str(title), ids),
    "goal": lambda _, name, title: st.GoalHead("goal", name, str(title)),
    "contribution": lambda _, name, title: st.GoalHead("contribution", name, str(title)),
    "followed_up": lambda _: st.FollowedUp(),
    "met_from": lambda _, level: st.MetFrom(level),
    "group": lambda _, name, names: st.Group(name, names),
    "group_reported": lambda _, name: st.Group(name, reported=True),
    "indicator": lambda _, name, title="": st.Indicator(name, str(title)),
    "parts": lambda _, names: st.Parts(names),
    "parts_reported": lambda _: st.Parts(reported=True),
    "unit": lambda _, text: st.Unit(str(text)),
    "unit_percent": lambda _: st.Unit("%"),
    "higher_better": lambda _: st.Better("higher"),
    "lower_better": lambda _: st.Better("lower"),
    "baseline": _baseline,
    "target": lambda _, *aims: st.Target(aims),
    "data_source": lambda _, text: st.DataSource(str(text)),
    "when": _when,
    "otherwise": _after_period(st.Otherwise),
    "same_as": _after_period(st.SameAs),
    "period": _period,
    "according": _according,
    "section": _section,
    "interpretation": lambda span, *texts: st.Interpretation(tuple(map(str, texts)), span=span),
}

RULES: Mapping[str, Callable[..., Any]] = {**CONDITIONS, **AIMS, **STATEMENTS}
"""What each rule of the grammar becomes; a test holds it against the grammar."""
