"""From statements to a plan: what belongs to which goal and indicator follows from the order."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import cast

from attrs import Factory, define, evolve

from goalrules.language import statements as st
from goalrules.language.plan import Entry, GoalEntry, GroupEntry, IndicatorEntry, Plan
from goalrules.language.statements import Broken, File, Statement
from goalrules.language.years import notes_of_years, years_of
from goalrules.limits import step
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef, in_source
from goalrules.text.names import folded
from goalrules.text.source import Source

LEADS_OF_BLOCKS = (*st.AssessIndicators.placement.leads, *st.GoalHead.placement.leads)
"""The tokens that begin a statement to which others belong."""


CALLED = (st.GoalsCalled, st.ContributionsCalled)
"""What says what every goal is called, and every contribution."""


@define
class _Block:
    """A statement that others can belong to, and those found so far."""

    head: Statement | Broken
    own: list[Statement] = Factory(list)
    indicators: list["_Block"] = Factory(list)
    groups: list["_Block"] = Factory(list)
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
    member: _Block | None = None
    area: str = ""
    diagnostics: list[Diagnostic] = Factory(list)

    def add(self, statement: Statement) -> None:
        """Put a statement where it belongs."""
        step()
        homes = statement.body.placement.homes
        if "block" in homes:
            self.blocks.append(_Block(statement, area=self.area))
            self.member = None
        elif isinstance(statement.body, st.Indicator | st.Shared | st.Earlier):
            self._add_indicator(statement)
        elif "indicator" in homes:
            groups = self.blocks[-1].groups if self.blocks else ()
            group = any(self.member is each for each in groups)
            self._add_to(None if group and "group" not in homes else self.member, statement)
        elif "plan" in homes and not ("goal" in homes and self._in_goal()):
            self.plan.append(statement)
            if isinstance(statement.body, st.Area):
                self.area = statement.body.title
        else:
            self.member = None
            home: st.Home = "goal" if self._in_goal() else "assess"
            block = self.blocks[-1] if self.blocks and home in homes else None
            self._add_to(block, statement)
            if block and isinstance(statement.body, st.Group) and statement.body.reported:
                self.member = _Block(statement)
                block.groups.append(self.member)

    def add_broken(self, broken: Broken) -> None:
        """Take note of a sentence that could not be read, and of what it would have begun."""
        if broken.lead in LEADS_OF_BLOCKS:
            self.blocks.append(_Block(broken, broken=True))
            self.member = None
        elif self.blocks:
            self.blocks[-1].broken = True
        if broken.lead in st.Indicator.placement.leads:
            self.member = _Block(broken)

    def _add_indicator(self, statement: Statement) -> None:
        self.member = _Block(statement)
        if self._in_goal():
            self.blocks[-1].indicators.append(self.member)
        else:
            self._add_to(None, statement)

    def _in_goal(self) -> bool:
        head = self.blocks[-1].head if self.blocks else None
        if isinstance(head, Broken):
            return head.lead in st.GoalHead.placement.leads
        return head is not None and isinstance(head.body, st.GoalHead)

    def _add_to(self, block: _Block | None, statement: Statement) -> None:
        if block:
            block.own.append(statement)
        else:
            home = WordRef("place", statement.body.placement.homes[0])
            code = "called-what" if isinstance(statement.body, st.Called) else "out-of-place"
            self.report(code, statement, where=home)

    def report(self, code: str, statement: Statement, **facts: DiagnosticFact) -> None:
        """Note a fault of a statement."""
        word = _first_word(self.source, statement)
        self.diagnostics.append(
            in_source(self.source, code, statement.span, text=word, **facts),
        )

    def refuse_repeats(self, statements: Iterable[Statement]) -> None:
        """Report each statement that says again, in some year, what may be said once."""
        seen: dict[type, list[Statement]] = {}
        for statement in statements:
            if not statement.body.placement.once:
                continue
            earlier = seen.setdefault(type(statement.body), [])
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
    for sentence in sorted(both, key=lambda each: (each.span.line, each.span.column)):
        if isinstance(sentence, Broken):
            gathering.add_broken(sentence)
        else:
            gathering.add(sentence)
    assess = tuple(
        Entry(each.head, tuple(each.own))
        for each in gathering.blocks
        if isinstance(each.head, Statement) and isinstance(each.head.body, st.AssessIndicators)
    )
    leads = frozenset(each.lead for each in file.broken)
    broken_years = not leads.isdisjoint(st.Validity.placement.leads)
    if not broken_years:
        gathering.refuse_repeats(each.head for each in assess)
        for statements in _groups(gathering):
            gathering.refuse_repeats(statements)
    goals = tuple(_goals(gathering.blocks, gathering.plan))
    others: list[st.Interpretation] = []
    for each in file.statements:
        for note in each.notes:
            if (
                isinstance(note, st.Interpretation)
                and note.other
                and not any(map(note.says, others))
            ):
                others.append(note)
    plan = Plan(
        file.language,
        tuple(gathering.plan),
        next(iter(assess), None),
        goals,
        broken=bool(leads),
        broken_scale=not leads.isdisjoint(st.ScaleHead.placement.leads),
        broken_years=broken_years,
        assess_again=assess[1:],
        version=file.version,
        calls_goals=any(goal.called for goal in goals),
        other_readings=tuple(others),
    )
    return plan, tuple(gathering.diagnostics)


def _goals(blocks: Iterable[_Block], of_plan: Iterable[Statement]) -> Iterator[GoalEntry]:
    called = {type(each.body): each.body.text for each in of_plan if isinstance(each.body, CALLED)}
    for block in blocks:
        if isinstance(block.head, Statement) and isinstance(block.head.body, st.GoalHead):
            yield GoalEntry(
                block.head,
                tuple(block.own),
                goal=block.head.body,
                area=block.area,
                indicators=tuple(_indicators(block.indicators)),
                reported=tuple(
                    GroupEntry(each.head, tuple(each.own), group=each.head.body)
                    for each in block.groups
                    if isinstance(each.head, Statement) and isinstance(each.head.body, st.Group)
                ),
                broken=block.broken,
                kind_called=called.get(CALLED[block.head.body.kind == "contribution"], ""),
            )


def _indicators(blocks: Iterable[_Block]) -> Iterator[IndicatorEntry]:
    for block in blocks:
        head = cast(Statement, block.head)
        own = tuple(block.own)
        if isinstance(head.body, st.Shared):
            only = st.Indicator((head.body.name,))
            yield IndicatorEntry(head, own, indicator=only, shared=head.body.goal)
        elif isinstance(head.body, st.Earlier):
            only = st.Indicator((head.body.name,))
            yield IndicatorEntry(head, own, indicator=only, earlier=head.body)
        else:
            several = cast(st.Indicator, head.body)
            titles = several.titles or (several.title,) * len(several.names)
            for name, title in zip(several.names, titles, strict=True):
                alone = evolve(several, names=(name,), title=title, titles=())
                yield IndicatorEntry(head, own, indicator=alone)


def _groups(gathering: _Gathering) -> Iterator[Sequence[Statement]]:
    yield gathering.plan
    for block in gathering.blocks:
        yield block.own
        yield from (member.own for member in (*block.indicators, *block.groups))


def _first_word(source: Source, statement: Statement) -> str:
    line = source.line(statement.span.line)[statement.span.column - 1 :]
    return line.split()[0]
