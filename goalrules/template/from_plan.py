"""From a plan to the form of what there is to report of it in a year."""

from collections.abc import Iterator

from attrs import evolve, frozen

from goalrules.assess.targets import target_for
from goalrules.assess.to_date import calendar_of, whole_year
from goalrules.core.scales import Scale
from goalrules.data.period import DECEMBER, Period
from goalrules.data.words import shown
from goalrules.language import statements as st
from goalrules.language.format import Format, formatter
from goalrules.language.levels import scales_of
from goalrules.language.naming import PlanNames, indicator_levels, plan_names
from goalrules.language.plan import Entry as PlanEntry
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.language.syntax import Change, Condition, Fact, Joined, PartsReached
from goalrules.language.years import in_year, years_of_plan
from goalrules.template.form import Form, FormSection, Line, SheetEntry, Stated, periods_of_year
from goalrules.text.names import folded

STATUSES = ("missing", "not_measured", "not_applicable", "withheld")
PLANS = ("followed", "begun", "planned", "not_begun")
OF_PLAN = ("plan followed", "efforts begun", "efforts planned")

BLANK_PARTS, BLANK_MEMBERS = 6, 12
"""How many lines are left blank for the parts, and for the members, that come with the outcomes."""


def form_of(plan: Plan, year: int, language: str) -> Form:
    """The form of a plan as it is in a year, in the words of a language."""
    head = next(iter(plan.all(st.PlanHead)), st.PlanHead(""))
    outside = year not in years_of_plan(plan)
    held = in_year(plan, year)
    reader = _Reader(held, year, formatter(language), plan_names(held, scales_of(held)))
    sections = map(reader.section, held.goals)
    shares = any(each.shared for goal in held.goals for each in goal.indicators)
    with_lines = tuple(each for each in sections if each.lines)
    return Form(head.title, head.body, year, language, outside, shares, with_lines)


@frozen
class _Reader:
    """A plan as it is in a year, and the words in which it is said."""

    plan: Plan
    year: int
    writer: Format
    names: PlanNames

    def section(self, goal: GoalEntry) -> FormSection:
        """A goal with its lines; those of indicators that it shares stand under their own goal."""
        inputs = {name for each in goal.indicators for name in _terms(each)}
        lines: list[Line] = []
        for entry in goal.indicators:
            if entry.shared is None:
                lines.append(self._line(entry, goal, is_input=folded(entry.name) in inputs))
                lines += self._parts(entry, goal)
        for group in goal.groups:
            lines += self._members(group, goal)
        return FormSection(goal.id, goal.goal.kind, goal.goal.title, tuple(lines))

    def _line(self, entry: IndicatorEntry, goal: GoalEntry, *, is_input: bool) -> Line:
        unit = entry.first(st.Unit)
        aim = target_for(entry, self.year)
        bands = entry.first(st.ValueBands)
        target = self.writer.aim(aim) if aim else ""
        return Line(
            goal=goal.id,
            name=entry.name,
            title=entry.indicator.title,
            unit=unit.text if unit else "",
            target=self.writer.statement(bands) if bands else target,
            counted=self._counted(entry),
            entries=dict(self._entries(entry, goal, is_input=is_input)),
        )

    def _counted(self, entry: IndicatorEntry) -> str:
        """How an indicator adds up, when it is measured, or what it is worked out from."""
        said = (entry.first(st.AddsUp), entry.first(st.Measured), entry.first(st.WorkedOut))
        texts = (self.writer.statement(each) for each in said if each)
        return ", ".join(text.removeprefix("= ") for text in texts)

    def _entries(
        self, entry: IndicatorEntry, goal: GoalEntry, *, is_input: bool
    ) -> Iterator[tuple[Stated, SheetEntry]]:
        """How an indicator is filled in on each sheet where it stands.

        What is worked out, and what is reported by its parts, stands among the outcomes with
        nothing to fill in.
        """
        due, statuses = self._due(entry), self._words("statuses", STATUSES)
        worked_out, bands = entry.first(st.WorkedOut) is not None, entry.first(st.ValueBands)
        number = not worked_out and (is_input or self._has_number(entry))
        if number:
            yield "value", SheetEntry(due | self._compared(entry), number=True, words=statuses)
        elif worked_out or entry.first(st.Parts):
            yield "value", SheetEntry()
        if number and any(each.year == self.year for each in due):
            yield "forecast", SheetEntry(due | {whole_year(self.year)}, number=True)
        scale = indicator_levels(entry, goal, self.names).scale
        by_rule = self._is_by_rule(entry, scale)
        if by_rule and _asks_plan(self.plan.assess):
            yield "plan", SheetEntry(due, words=self._words("plan", PLANS))
        if not (by_rule or bands or worked_out or is_input):
            yield "level", SheetEntry(due, words=(*self._levels(scale), *statuses))
        if number and entry.first(st.Hidden):
            yield "count", SheetEntry(due, number=True)
        yield "comment", SheetEntry(due)

    def _is_by_rule(self, entry: IndicatorEntry, scale: Scale) -> bool:
        """Whether the file's rule for all indicators gives the level, from the year's target."""
        own = scale == self.names.scales.own.scale and entry.first(st.ValueBands) is None
        return own and target_for(entry, self.year) is not None

    def _has_number(self, entry: IndicatorEntry) -> bool:
        """Whether the file says what a number of the indicator means, now or in another year."""
        target = entry.first(st.Target)
        aims = [each.aim for each in target.aims] if target else []
        by_number = any(not isinstance(each, PartsReached) for each in aims)
        of_parts = isinstance(target_for(entry, self.year), PartsReached)
        return entry.first(st.ValueBands) is not None or (by_number and not of_parts)

    def _due(self, entry: IndicatorEntry) -> frozenset[Period]:
        """The periods of which there is to be an outcome; all where the file does not say."""
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
        """The parts of an indicator, each reached or not; blank lines for those to be reported."""
        parts = entry.first(st.Parts)
        if parts is None:
            return
        words = (
            *self._words("reached", ("reached", "not_reached")),
            *self._words("statuses", STATUSES),
        )
        due = self._due(entry)
        entries: dict[Stated, SheetEntry] = {
            "value": SheetEntry(due, words=words),
            "comment": SheetEntry(due),
        }
        line = Line(goal.id, "", part_of=entry.name, entries=entries)
        names = [""] * BLANK_PARTS if parts.reported else [each.text for each in parts.names]
        yield from (evolve(line, name=name) for name in names)

    def _members(self, group: st.Group, goal: GoalEntry) -> Iterator[Line]:
        """Blank lines for the members of a group that come with the outcomes."""
        if not group.reported:
            return
        scale = self.names.scales.of(goal.goal.scale).scale
        due = frozenset(periods_of_year(self.year))
        words = (*self._levels(scale), *self._words("statuses", STATUSES))
        entries: dict[Stated, SheetEntry] = {
            "level": SheetEntry(due, words=words),
            "comment": SheetEntry(due),
        }
        line = Line(goal.id, "", part_of=group.name.text, entries=entries)
        yield from [line] * BLANK_MEMBERS

    def _levels(self, scale: Scale) -> tuple[str, ...]:
        """The words for the levels of a scale, the best first."""
        return tuple(self.writer.words.write(each) for each in reversed(scale.levels))

    def _words(self, section: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(shown(section, key, self.writer.words.language) for key in keys)


def _terms(entry: IndicatorEntry) -> list[str]:
    worked_out = entry.first(st.WorkedOut)
    return [folded(term.name.text) for term in worked_out.formula.terms] if worked_out else []


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
