"""From statements to a plan: what belongs to which goal and indicator follows from the order."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import cast

from attrs import Factory, define, evolve

from goalrules.language import statements as st
from goalrules.language.plan import Entry, GoalEntry, IndicatorEntry, Plan
from goalrules.language.statements import Broken, File, Statement
from goalrules.language.years import notes_of_years, years_of
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef, in_source
from goalrules.text.names import folded
from goalrules.text.source import Source

OF_ASSESS = (st.When, st.Otherwise, st.Stating)
OF_GOAL = (
    st.When, st.Otherwise, st.SameAs, st.Extreme, st.Limit, st.Remark, st.FollowedUp, st.MetFrom,
    st.Group, st.Policy, st.Requires, st.Points, st.Overall,
)  # fmt: skip
OF_BOTH = (st.Policy, st.Points, st.Overall)
"""The statements that hold for every goal where they stand before the first."""

OF_INDICATOR = (
    st.ShownOnly, st.Weight, st.ValueBands, st.WorkedOut, st.Rounded,
    st.Parts, st.Unit, st.Better, st.Baseline, st.Target, st.DataSource,
    st.AddsUp, st.Measured, st.Expected, st.Hidden,
)  # fmt: skip
ONCE = (
    st.PlanHead, st.Validity, st.MetFrom, st.FollowedUp, st.Requires, st.Points, st.Overall,
    *OF_INDICATOR,
)  # fmt: skip
"""The statements of which there is one at most where they belong."""

BLOCK_LEADS = ("GOAL", "CONTRIBUTION", "ASSESS")
"""The tokens that begin a statement to which others belong."""


@define
class _Block:
    """A statement that others can belong to, and those found so far."""

    head: Statement | Broken
    own: list[Statement] = Factory(list)
    indicators: list["_Block"] = Factory(list)
    area: str = ""
    broken: bool = False


@define
class _Gathering:
    """The plan so far, and the blocks that the next statement may belong to.

    What follows a head that could not be read belongs to that, and is left alone with it.
    """

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
            case st.Indicator() | st.Shared():
                self._add_indicator(statement)
            case st.Points(own=True):
                self._add_to(self.indicator, statement, "indicator")
            case body if isinstance(body, OF_BOTH) and not self._in_goal():
                self.plan.append(statement)
            case body if isinstance(body, st.OF_PLAN):
                self.plan.append(statement)
                self.area = body.title if isinstance(body, st.Area) else self.area
            case body if isinstance(body, OF_INDICATOR):
                self._add_to(self.indicator, statement, "indicator")
            case _:
                self._add_to_block(statement)

    def add_broken(self, broken: Broken) -> None:
        """Take note of a sentence that could not be read, and of what it would have begun."""
        if broken.lead in BLOCK_LEADS:
            self.blocks.append(_Block(broken, broken=True))
            self.indicator = None
        elif self.blocks:
            self.blocks[-1].broken = True
        if broken.lead == "INDICATOR":
            self.indicator = _Block(broken)

    def _add_indicator(self, statement: Statement) -> None:
        self.indicator = _Block(statement)
        if self._in_goal():
            self.blocks[-1].indicators.append(self.indicator)
        else:
            self._misplaced(statement, "goal")

    def _add_to_block(self, statement: Statement) -> None:
        self.indicator = None
        block = self.blocks[-1] if self.blocks else None
        allowed = OF_GOAL if self._in_goal() else OF_ASSESS
        fits = isinstance(statement.body, allowed)
        self._add_to(block if fits else None, statement, _home(statement))

    def _in_goal(self) -> bool:
        head = self.blocks[-1].head if self.blocks else None
        if isinstance(head, Broken):
            return head.lead != "ASSESS"
        return head is not None and isinstance(head.body, st.GoalHead)

    def _add_to(self, block: _Block | None, statement: Statement, home: str) -> None:
        if block:
            block.own.append(statement)
        else:
            self._misplaced(statement, home)

    def _misplaced(self, statement: Statement, home: str) -> None:
        self.report("out-of-place", statement, where=WordRef("place", home))

    def report(self, code: str, statement: Statement, **facts: DiagnosticFact) -> None:
        """Note a fault of a statement."""
        word = _first_word(self.source, statement)
        self.diagnostics.append(
            in_source(self.source, code, statement.span, text=word, **facts),
        )

    def refuse_repeats(self, statements: Iterable[Statement], kinds: tuple[type, ...]) -> None:
        """Report each statement that says again, in some year, what may be said once."""
        seen: dict[type, list[Statement]] = {kind: [] for kind in kinds}
        for statement in statements:
            earlier = seen.get(type(statement.body), [])
            again = (each for each in earlier if years_of(each).shared(years_of(statement)))
            for each in islice(again, 1):
                self._refuse_repeat(each, statement)
            earlier.append(statement)

    def _refuse_repeat(self, earlier: Statement, statement: Statement) -> None:
        line, both = earlier.span.line, years_of(earlier).shared(years_of(statement))
        if any(map(notes_of_years, (earlier, statement))):
            years = WordRef("years", str(both))
            self.report("overlapping-years", statement, line=line, years=years)
            return
        other = _first_word(self.source, earlier)
        if folded(other) == folded(_first_word(self.source, statement)):
            self.report("said-twice", statement, line=line)
        else:
            self.report("said-in-other-words", statement, line=line, other=other)


def gather(source: Source, file: File) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan that a file describes, and the statements that belong nowhere or stand twice."""
    gathering = _Gathering(source)
    both: list[Statement | Broken] = [*file.statements, *file.broken]
    for sentence in sorted(both, key=_place):
        if isinstance(sentence, Broken):
            gathering.add_broken(sentence)
        else:
            gathering.add(sentence)
    assess = tuple(_assess(gathering.blocks))
    leads = {each.lead for each in file.broken}
    if "VALID" not in leads:
        gathering.refuse_repeats((each.head for each in assess), (st.AssessIndicators,))
        for statements in _groups(gathering):
            gathering.refuse_repeats(statements, ONCE)
    plan = Plan(
        file.language,
        tuple(gathering.plan),
        next(iter(assess), None),
        tuple(_goals(gathering.blocks)),
        broken=bool(leads),
        broken_scale="SCALE" in leads,
        broken_years="VALID" in leads,
        assess_again=assess[1:],
    )
    return plan, tuple(gathering.diagnostics)


def _place(sentence: Statement | Broken) -> tuple[int, int]:
    return sentence.span.line, sentence.span.column


def _assess(blocks: Iterable[_Block]) -> Iterator[Entry]:
    for block in blocks:
        if isinstance(block.head, Statement) and isinstance(block.head.body, st.AssessIndicators):
            yield Entry(block.head, tuple(block.own))


def _goals(blocks: Iterable[_Block]) -> Iterator[GoalEntry]:
    for block in blocks:
        if isinstance(block.head, Statement) and isinstance(block.head.body, st.GoalHead):
            yield GoalEntry(
                block.head,
                tuple(block.own),
                goal=block.head.body,
                area=block.area,
                indicators=tuple(_indicators(block.indicators)),
                broken=block.broken,
            )


def _indicators(blocks: Iterable[_Block]) -> Iterator[IndicatorEntry]:
    for block in blocks:
        head = cast(Statement, block.head)
        own = tuple(block.own)
        if isinstance(head.body, st.Shared):
            only = st.Indicator((head.body.name,))
            yield IndicatorEntry(head, own, indicator=only, shared=head.body.goal)
        else:
            several = cast(st.Indicator, head.body)
            for name in several.names:
                yield IndicatorEntry(head, own, indicator=evolve(several, names=(name,)))


def _groups(gathering: _Gathering) -> Iterator[Sequence[Statement]]:
    yield gathering.plan
    for block in gathering.blocks:
        yield block.own
        yield from (indicator.own for indicator in block.indicators)


def _home(statement: Statement) -> str:
    return "assess" if isinstance(statement.body, st.Stating) else "goal"


def _first_word(source: Source, statement: Statement) -> str:
    line = source.line(statement.span.line)[statement.span.column - 1 :]
    return line.split()[0]
