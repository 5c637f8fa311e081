"""What there is to report of a plan in a year: a line for each indicator, part and group.

Nothing here knows of cells or files: a form says what can be stated of what, and when it is due.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Literal, TypeAlias, cast

from attrs import field

from goalrules.assess.targets import target_for
from goalrules.assess.to_date import calendar_of, whole_year
from goalrules.core.scales import REACHED, Scale
from goalrules.core.vocabulary import DECEMBER, PLAN_STATUSES, GoalKind, NonVerdict
from goalrules.data.columns import SheetLayout
from goalrules.data.outcome import OUTCOMES
from goalrules.data.period import Period
from goalrules.data.words import shown
from goalrules.language import statements as st
from goalrules.language.format import Format, formatter
from goalrules.language.levels import scales_of
from goalrules.language.naming import PlanNames, indicator_levels, levels_of_group, plan_names
from goalrules.language.plan import Entry as PlanEntry
from goalrules.language.plan import GoalEntry, GroupEntry, IndicatorEntry, Plan, compared_with
from goalrules.language.syntax import OF_LEVELS, Change, Condition, Fact, Joined, PartsReached
from goalrules.language.years import in_year, years_of_plan
from goalrules.lazily import frozen
from goalrules.text.languages import Language
from goalrules.text.names import folded

Stated: TypeAlias = Literal["value", "forecast", "plan", "level", "count", "comment"]
"""What can be stated of a line, each on a sheet of its own."""

SHEETS = cast(
    "Mapping[Stated, SheetLayout]",
    {name: each.sheet for name, each in OUTCOMES.columns.items() if each.sheet},
)
"""The columns of outcomes that have a sheet, in the order of the sheets, and how it is laid out."""

STATUSES: tuple[NonVerdict, ...] = ("missing", "not measured", "not applicable", "withheld")
OF_PLAN = ("plan followed", "efforts begun", "efforts planned")

BLANK_PARTS, BLANK_MEMBERS = 6, 12
"""How many lines are left blank for the parts, and for the members, that come with the outcomes."""


@frozen
class SheetEntry:
    """How a line is filled in on one sheet: with a number, or words; in the periods when it is due.

    Where a number can stand the words are those for there being none; without words and number it
    is a free text.
    """

    periods: frozenset[Period] = frozenset()
    number: bool = False
    words: tuple[str, ...] = ()


@frozen
class Line:
    """An indicator, a part of one, or a member of a group, and how each sheet takes it.

    The name is empty where it comes with the outcomes. `counted` says how it adds up, or what it
    is worked out from.
    """

    goal: str
    name: str
    part_of: str = ""
    key: str = ""
    title: str = ""
    unit: str = ""
    target: str = ""
    counted: str = ""
    entries: Mapping[Stated, SheetEntry] = field(factory=dict)


@frozen
class FormSection:
    """A goal and its lines."""

    id: str
    kind: GoalKind
    title: str
    lines: tuple[Line, ...]


@frozen
class Form:
    """What there is to report of a plan in a year, in the words of a language.

    `of_unit` is the organisational unit that reports it, where it is made for one.
    `outside` says that the plan does not hold in the year, `shares` that an indicator counts in
    several goals.
    """

    plan: str
    body: str
    year: int
    language: Language
    outside: bool
    shares: bool
    sections: tuple[FormSection, ...]
    of_unit: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order of the plan."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def with_numbers(self) -> tuple[Line, ...]:
        """The lines of which the outcome is a number."""
        stated = ((line, line.entries.get("value", SheetEntry())) for line in self.lines)
        return tuple(line for line, entry in stated if entry.number)

    def sections_of(self, stated: Stated) -> Iterator[FormSection]:
        """The goals with those of their lines that stand on a sheet."""
        for each in self.sections:
            lines = tuple(line for line in each.lines if stated in line.entries)
            if lines:
                yield FormSection(each.id, each.kind, each.title, lines)

    def periods_of(self, stated: Stated) -> tuple[Period, ...]:
        """The periods that have a column on a sheet: the year's, and those before that are due."""
        due = {each for line in self.lines if stated in line.entries
               for each in line.entries[stated].periods}  # fmt: skip
        before = sorted((each for each in due if each.year < self.year), key=attrgetter("key"))
        return *before, *periods_of_year(self.year)


def periods_of_year(year: int) -> tuple[Period, ...]:
    """The months of a year, and the year."""
    whole = Period((year, 1), (year, 12))
    return *(Period(month, month) for month in whole.months), whole


# From a plan


def form_of(plan: Plan, year: int, language: Language, unit: str = "") -> Form:
    """The form of a plan as it is in a year, in the words of a language, for a unit or for none."""
    head = next(iter(plan.all(st.PlanHead)), st.PlanHead(""))
    outside = year not in years_of_plan(plan)
    held = in_year(plan, year)
    reader = _Reader(held, year, formatter(language), plan_names(held, scales_of(held)))
    sections = map(reader.section, held.goals)
    shares = any(each.shared for goal in held.goals for each in goal.indicators)
    with_lines = tuple(each for each in sections if each.lines)
    return Form(head.title, head.body, year, language, outside, shares, with_lines, unit)


@frozen
class _Reader:
    """A plan as it is in a year, and the words in which it is said."""

    plan: Plan
    year: int
    writer: Format
    names: PlanNames

    @cached_property
    def _earlier(self) -> Mapping[tuple[str, str], frozenset[int]]:
        """How many years before each indicator is asked for too, by its goal and fold."""
        found: dict[tuple[str, str], set[int]] = {}
        goals = {each.id: each for each in self.plan.goals}
        for goal in self.plan.goals:
            for entry in goal.indicators:
                original = goal.original(entry)
                if entry.earlier is None or original is None:
                    continue
                home = goals[original.shared.text] if original.shared else goal
                left, known = [folded(original.name)], set[str]()
                while left:  # it, and all that it is worked out or measured from
                    fold = left.pop()
                    known.add(fold)
                    found.setdefault((home.id, fold), set()).add(int(entry.earlier.years))
                    for each in (one for one in home.indicators if folded(one.name) == fold):
                        worked_out = each.first(st.WorkedOut)
                        terms = home.terms_of(worked_out.formula) if worked_out else ()
                        below = [*compared_with(each), *(folded(name) for name, _ in terms)]
                        left += [one for one in below if one not in known]
        return {key: frozenset(years) for key, years in found.items()}

    def section(self, goal: GoalEntry) -> FormSection:
        """A goal with its lines; those of indicators that it shares stand under their own goal."""
        worked_out = (each.first(st.WorkedOut) for each in goal.indicators)
        of_numbers = [
            each.formula for each in worked_out if each and each.formula.kind not in OF_LEVELS
        ]
        terms = chain.from_iterable(map(goal.terms_of, of_numbers))
        inputs = {folded(name) for name, _ in terms}
        inputs.update(other for each in goal.indicators for other in compared_with(each))
        lines: list[Line] = []
        for entry in goal.indicators:
            if entry.shared is None and entry.earlier is None:
                lines.append(self._line(entry, goal, is_input=folded(entry.name) in inputs))
                lines += self._parts(entry, goal)
        for group in goal.reported:
            lines += self._members(group, goal)
        return FormSection(goal.id, goal.goal.kind, goal.goal.title, tuple(lines))

    def _line(self, entry: IndicatorEntry, goal: GoalEntry, *, is_input: bool) -> Line:
        unit, key = entry.first(st.Unit), entry.first(st.Key)
        aim = target_for(entry, self.year)
        bands = entry.first(st.ValueBands)
        target = self.writer.aim(aim) if aim else ""
        said = (entry.first(st.AddsUp), entry.first(st.Measured), entry.first(st.WorkedOut))
        counted = (self.writer.statement(each) for each in said if each)
        return Line(
            goal=goal.id,
            name=entry.name,
            key=key.text if key else "",
            title=entry.indicator.title,
            unit=unit.text if unit else "",
            target=self.writer.statement(bands) if bands else target,
            counted=", ".join(text.removeprefix("= ") for text in counted),
            entries=dict(self._entries(entry, goal, is_input=is_input)),
        )

    def _entries(
        self, entry: IndicatorEntry, goal: GoalEntry, *, is_input: bool
    ) -> Iterator[tuple[Stated, SheetEntry]]:
        """How an indicator is filled in on each sheet where it stands.

        What is worked out, and what is reported by its parts, stands among the outcomes with
        nothing to fill in.
        """
        due, statuses = self._due(entry, goal), self._words("statuses", STATUSES)
        worked_out, bands = entry.first(st.WorkedOut) is not None, entry.first(st.ValueBands)
        number = not worked_out and (is_input or self._has_number(entry))
        if number:
            yield "value", SheetEntry(due | self._compared(entry), number=True, words=statuses)
        elif worked_out or entry.first(st.Parts):
            yield "value", SheetEntry()
        if number and any(each.year == self.year for each in due):
            now = {each for each in due if each.year == self.year}
            yield "forecast", SheetEntry(frozenset({*now, whole_year(self.year)}), number=True)
        scale = indicator_levels(entry, goal, self.names).scale
        own = scale == self.names.scales.own.scale and not bands
        by_rule = own and target_for(entry, self.year) is not None
        if by_rule and _asks_plan(self.plan.assess):
            yield "plan", SheetEntry(due, words=self._words("plan", reversed(PLAN_STATUSES)))
        if not (by_rule or bands or worked_out or is_input):
            yield "level", SheetEntry(due, words=(*self._levels(scale), *statuses))
        if number and entry.first(st.Hidden):
            yield "count", SheetEntry(due, number=True)
        yield "comment", SheetEntry(self._due_now(entry))

    def _has_number(self, entry: IndicatorEntry) -> bool:
        """Whether the file says what a number of the indicator means, now or in another year."""
        target = entry.first(st.Target)
        aims = [each.aim for each in target.aims] if target else []
        by_number = any(not isinstance(each, PartsReached) for each in aims)
        of_parts = isinstance(target_for(entry, self.year), PartsReached)
        return entry.first(st.ValueBands) is not None or (by_number and not of_parts)

    def _due(self, entry: IndicatorEntry, goal: GoalEntry) -> frozenset[Period]:
        """The periods of which there is to be an outcome, those of earlier years among them."""
        due, years = self._due_now(entry), self._earlier.get((goal.id, folded(entry.name)), ())
        return due.union(each.years_before(number) for each in due for number in years)

    def _due_now(self, entry: IndicatorEntry) -> frozenset[Period]:
        """Those of the year; all where the file does not say."""
        calendar = calendar_of(entry)
        if calendar is None:
            return frozenset(periods_of_year(self.year))
        if calendar.adds_up.before:
            return frozenset({whole_year(self.year - 1)})
        months = {Period((self.year, each), (self.year, each)) for each in calendar.months}
        whole = DECEMBER in calendar.months and calendar.adds_up.kind != "latest"
        return frozenset(months | ({whole_year(self.year)} if whole else set()))

    def _compared(self, entry: IndicatorEntry) -> frozenset[Period]:
        """The year before, where the target of the year is measured from its outcome."""
        calendar = calendar_of(entry)
        before = bool(calendar and calendar.adds_up.before)
        changes = isinstance(target_for(entry, self.year), Change)
        return frozenset({whole_year(self.year - before - 1)} if changes else ())

    def _parts(self, entry: IndicatorEntry, goal: GoalEntry) -> Iterator[Line]:
        """The parts of an indicator, each by number or as reached; blank lines where reported."""
        parts = entry.first(st.Parts)
        if parts is None:
            return
        words = (
            *self._words("reached", reversed(REACHED.levels)),
            *self._words("statuses", STATUSES),
        )
        due = self._due(entry, goal)
        by_number = {each.name.text for each in parts.own}
        for name in [""] * BLANK_PARTS if parts.reported else [each.text for each in parts.names]:
            number = name in by_number or self._has_number(entry)
            value = SheetEntry(due, number=True) if number else SheetEntry(due, words=words)
            entries: dict[Stated, SheetEntry] = {"value": value, "comment": SheetEntry(due)}
            yield Line(goal.id, name, part_of=entry.name, entries=entries)

    def _members(self, group: GroupEntry, goal: GoalEntry) -> Iterator[Line]:
        """Blank lines for the members of a group that come with the outcomes."""
        scale = levels_of_group(group, goal, self.names).scale
        due = frozenset(periods_of_year(self.year))
        words = (*self._levels(scale), *self._words("statuses", STATUSES))
        entries: dict[Stated, SheetEntry] = {
            "level": SheetEntry(due, words=words),
            "comment": SheetEntry(due),
        }
        line = Line(goal.id, "", part_of=group.name, entries=entries)
        yield from [line] * BLANK_MEMBERS

    def _levels(self, scale: Scale) -> tuple[str, ...]:
        """The words for the levels of a scale, the best first."""
        return tuple(self.writer.words.write(each) for each in reversed(scale.levels))

    def _words(self, section: str, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(shown(section, key, self.writer.words.language) for key in keys)


def _asks_plan(assess: PlanEntry | None) -> bool:
    """Whether the file's rule for indicators asks how the plan goes."""
    bodies = [each.body for each in assess.statements] if assess else []
    asked = {
        fact for each in bodies if isinstance(each, st.When) for fact in _facts(each.condition)
    }
    return not asked.isdisjoint(OF_PLAN)


def _facts(condition: Condition) -> Iterator[str]:
    """The facts that a condition asks for."""
    yield from [condition.name] if isinstance(condition, Fact) else []
    for part in condition.parts if isinstance(condition, Joined) else ():
        yield from _facts(part)
