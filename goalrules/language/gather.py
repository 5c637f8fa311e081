"""From statements to a plan: what belongs to which goal and indicator follows from the order."""

from collections.abc import Iterator, Sequence
from typing import cast

from attrs import Factory, define

from goalrules.language import statements as st
from goalrules.language.plan import Entry, GoalEntry, IndicatorEntry, Plan
from goalrules.language.statements import File, Statement
from goalrules.text.diagnostics import Diagnostic, Term, in_source
from goalrules.text.source import Source

OF_PLAN = (st.PlanHead, st.Validity, st.Document, st.Area, st.Focus)
OF_ASSESS = (st.When, st.Otherwise, st.Stating)
OF_GOAL = (st.When, st.Otherwise, st.SameAs, st.FollowedUp, st.MetFrom, st.Group)
OF_INDICATOR = (st.Parts, st.Unit, st.Better, st.Baseline, st.Target, st.DataSource)
ONCE = (st.PlanHead, st.Validity, st.MetFrom, st.FollowedUp, *OF_INDICATOR)
"""The statements of which there is one at most where they belong."""


@define
class _Block:
    """A statement that others can belong to, and those found so far."""

    head: Statement
    own: list[Statement] = Factory(list)
    indicators: list["_Block"] = Factory(list)
    area: str = ""


@define
class _Gathering:
    """The plan so far, and the blocks that the next statement may belong to."""

    source: Source
    plan: list[Statement] = Factory(list)
    blocks: list[_Block] = Factory(list)
    indicator: _Block | None = None
    area: str = ""
    diagnostics: list[Diagnostic] = Factory(list)

    def add(self, statement: Statement) -> None:
        """Put a statement where it belongs."""
        match statement.body:
            case st.AssessIndicators() | st.GoalHead():
                self.blocks.append(_Block(statement, area=self.area))
                self.indicator = None
            case st.Indicator():
                self._add_indicator(statement)
            case body if isinstance(body, OF_PLAN):
                self.plan.append(statement)
                self.area = body.title if isinstance(body, st.Area) else self.area
            case body if isinstance(body, OF_INDICATOR):
                self._add_to(self.indicator, statement, "indicator")
            case _:
                self._add_to_block(statement)

    def _add_indicator(self, statement: Statement) -> None:
        self.indicator = _Block(statement)
        if self._in_goal():
            self.blocks[-1].indicators.append(self.indicator)
        else:
            self._misplaced(statement, "goal")

    def _add_to_block(self, statement: Statement) -> None:
        self.indicator = None
        allowed = OF_GOAL if self._in_goal() else OF_ASSESS
        block = self.blocks[-1] if self.blocks else None
        fits = isinstance(statement.body, allowed)
        self._add_to(block if fits else None, statement, _home(statement))

    def _in_goal(self) -> bool:
        return bool(self.blocks) and isinstance(self.blocks[-1].head.body, st.GoalHead)

    def _add_to(self, block: _Block | None, statement: Statement, home: str) -> None:
        if block:
            block.own.append(statement)
        else:
            self._misplaced(statement, home)

    def _misplaced(self, statement: Statement, home: str) -> None:
        self.report("out-of-place", statement, where=Term("place", home))

    def report(self, code: str, statement: Statement, **facts: Term | int) -> None:
        """Note a fault of a statement."""
        word = _first_word(self.source, statement)
        self.diagnostics.append(
            in_source(self.source, code, statement.span, text=word, **facts),
        )

    def refuse_repeats(self, statements: Sequence[Statement]) -> None:
        """Report each statement that says again what may be said once."""
        seen: dict[type, Statement] = {}
        for statement in statements:
            kind = type(statement.body)
            if kind in seen:
                self.report("said-twice", statement, line=seen[kind].span.line)
            elif kind in ONCE:
                seen[kind] = statement


def gather(source: Source, file: File) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan that a file describes, and the statements that belong nowhere or stand twice."""
    gathering = _Gathering(source)
    for statement in file.statements:
        gathering.add(statement)
    for statements in _groups(gathering):
        gathering.refuse_repeats(statements)
    assess = [
        block for block in gathering.blocks if isinstance(block.head.body, st.AssessIndicators)
    ]
    for block in assess[1:]:
        gathering.report("said-twice", block.head, line=assess[0].head.span.line)
    plan = Plan(
        file.language,
        tuple(gathering.plan),
        Entry(assess[0].head, tuple(assess[0].own)) if assess else None,
        tuple(_goal(block) for block in gathering.blocks if block not in assess),
    )
    return plan, tuple(gathering.diagnostics)


def _groups(gathering: _Gathering) -> Iterator[Sequence[Statement]]:
    yield gathering.plan
    for block in gathering.blocks:
        yield block.own
        yield from (indicator.own for indicator in block.indicators)


def _goal(block: _Block) -> GoalEntry:
    return GoalEntry(
        block.head,
        tuple(block.own),
        goal=cast(st.GoalHead, block.head.body),
        area=block.area,
        indicators=tuple(map(_indicator, block.indicators)),
    )


def _indicator(block: _Block) -> IndicatorEntry:
    own = tuple(block.own)
    return IndicatorEntry(block.head, own, indicator=cast(st.Indicator, block.head.body))


def _home(statement: Statement) -> str:
    return "assess" if isinstance(statement.body, st.Stating) else "goal"


def _first_word(source: Source, statement: Statement) -> str:
    line = source.line(statement.span.line)[statement.span.column - 1 :]
    return line.split()[0]
