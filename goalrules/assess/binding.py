"""Which rows of the data speak of which indicator, part or reported member, in which period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain, groupby
from typing import Literal, NamedTuple

from attrs import evolve, field

from goalrules.assess.input_account import InputRow
from goalrules.core.scales import COLOURS
from goalrules.core.trace import GoalRow, PlanGoal, ResolvedTarget
from goalrules.core.vocabulary import DECEMBER, JANUARY, Month
from goalrules.data.outcome import OfSex, OutcomeRow, OutcomeRows, files_of
from goalrules.data.period import Period
from goalrules.data.read_files import FileRead
from goalrules.data.records import ENTRIES
from goalrules.data.values import TRUTHS, CellFault, LevelWord, Reached
from goalrules.data.words import MEASURED, meaning, measure
from goalrules.language.build import unit_named
from goalrules.language.levels import scales_of
from goalrules.language.naming import indicator_levels, levels_of_group, plan_names
from goalrules.language.plan import GoalEntry, Home, IndicatorEntry, Plan, rests_on
from goalrules.language.statements import AddsUp, Hidden, Key, Measured, Parts, Unit
from goalrules.language.years import ALL_YEARS, Regime, Years, regime_among, regimes
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.diagnostics import MOST_TOLD, Diagnostic, DiagnosticFact, WordRef
from goalrules.text.names import NearestNames, folded
from goalrules.text.numbers import KNOWN_UNITS, Amount
from goalrules.text.source import Span

STATED = ("value", "level", "plan", "forecast")
"""The fields of a row in which an outcome is stated."""

AMBIGUOUS = "ambiguous-indicator"
NO_PART = "column-of-part"
UNKNOWN = ("unknown-indicator", "unknown-goal")
CONTRADICTS = "key-contradicts"


@frozen(slots=False, cache_hash=True)
class Slot:
    """What a row can speak of: an indicator, one of its parts, or a member of a group.

    `name` is the indicator's, or the group's; `member` the part's, or the member's, as it is
    written in the data (it is compared by its fold).
    """

    goal: str
    name: str
    fold: str = ""
    member: str = field(default="", eq=False)
    group: bool = False


class Entry(NamedTuple):
    """One thing that a row states of something, by where it stands: what it is known again by."""

    slot: Slot | None
    file: str
    sheet: str
    line: int
    column: int
    field: str


class Original(NamedTuple):
    """The indicator that one of an earlier period is, and how many years before."""

    slot: Slot
    years: int

    def row(self, row: OutcomeRow) -> OutcomeRow:
        """A row of the one of an earlier period, as a row of this one then."""
        then = row.period and row.period.years_before(self.years)
        return evolve(
            row, indicator=self.slot.name, goal=self.slot.goal, key="", group="", period=then
        )


class Stated(NamedTuple):
    """An entry of a row, with how the account names it, and the row's period as text."""

    entry: Entry
    row: OutcomeRow
    line: InputRow
    period: str


class OfYear:
    """What is the same of indicators in all periods of a year, for rows that were bound once.

    `targets` are those of years that were asked for, `sound` the indicators with whose rows nothing
    is wrong in any period, and `stated` all that the rows state, once the account was asked for.
    """

    def __init__(self, targets: dict[tuple[Slot, int], ResolvedTarget] | None = None) -> None:
        self.targets = {} if targets is None else targets
        self.sound: set[Slot] = set()
        self.stated: tuple[Stated, ...] | None = None


@frozen(slots=False)
class BoundRows:
    """For each slot the row that speaks of the period, that of the year before, and every row.

    `inner` are the slots of parts and of members of groups that have a row for the period, by
    what they are part of. Those that are `waived` are not judged, whatever their rows state.
    `small_before` are the indicators of which few were hidden in the year before, and how many
    those are; `of_few` those of which units have figures of few, where all units are together.
    `of_other_years` are the rows that speak of something else in this year, and `files` those that
    rows come from.
    """

    now: Mapping[Slot, OutcomeRow]
    before: Mapping[Slot, OutcomeRow]
    every: Mapping[Slot, tuple[OutcomeRow, ...]]
    inner: Mapping[tuple[str, str, bool], list[Slot]]
    waived: frozenset[Slot] = frozenset()
    small_before: Mapping[Slot, Decimal] = field(factory=dict)
    of_few: frozenset[Slot] = frozenset()
    of_year: OfYear = field(factory=OfYear, eq=False, repr=False)
    of_other_years: tuple[OutcomeRow, ...] = ()
    again: tuple[tuple[Slot, OutcomeRow], ...] = ()
    """The rows that say again, under another goal, what is said of an indicator that both share."""
    files: tuple[FileRead, ...] = ()
    years: Years = ALL_YEARS
    """Those in which nothing of the plan changes, by which they are bound."""

    def members(self, goal: str, name: str, *, group: bool) -> list[Slot]:
        """The parts of an indicator, or the members of a group, that the data report."""
        return self.inner.get((goal, name, group), [])

    def parts(self, slot: Slot) -> Iterator[Slot]:
        """The parts of an indicator of which there is a row in any period."""
        for each in self.every:
            if each.fold and not each.group and (each.goal, each.name) == (slot.goal, slot.name):
                yield each


class RowsOfYear:
    """Rows by what they speak of where a year is assessed, and what is wrong with them.

    They are bound by the plan as it is in the month `by`, which is the last one where none is
    given. What is wrong with a row of a table is told once, in however many periods it is so.
    """

    of_few: frozenset[Slot]
    _others: dict[int | Years, "RowsOfYear"]

    def __init__(
        self,
        binder: "RowBinder",
        rows: Iterable[OutcomeRow],
        year: int,
        by: Month | None = None,
    ) -> None:
        when = by or (year, DECEMBER)
        here = binder.index(when)
        by_slot: dict[Slot, list[OutcomeRow]] = defaultdict(list)
        diagnostics: list[Diagnostic] = []
        others: list[OutcomeRow] = []
        untaken: dict[str, OutcomeRow] = {}  # by the assessments of other plans that they stand in
        known: dict[tuple[str, str, str, str, Month | None, OfSex | None], Slot] = {}
        for row in stepping(rows):
            own = row.period.last if row.period else None
            key = row.indicator, row.key, row.goal, row.group, own, row.sex
            # The right name is not looked for where there are more faults than are told.
            near = len(diagnostics) < MOST_TOLD
            found = known.get(key) or binder.find(row, when, near=near)
            if row.assessed and isinstance(found, Diagnostic) and found.code in UNKNOWN:
                others.append(row)
                untaken.setdefault(row.file, row)
            elif isinstance(found, Diagnostic):
                diagnostics.append(found)
            elif found:
                known[key] = found
                otherwise = isinstance(row.value, Reached | Amount) or any(
                    isinstance(each, LevelWord) and each.level in TRUTHS
                    for each in (row.value, row.level)
                )
                if otherwise and (found.group or not found.fold):
                    levels = here.levels.get((found.goal, found.name), ())
                    row = row if levels == COLOURS.levels else as_level(row, levels)  # noqa: PLW2901
                if row.measure or foreign_unit(row.value) or foreign_unit(row.forecast):
                    unit = here.units.get((found.goal, found.name), "")
                    row, unknown = in_own_unit(row, "" if found.group else unit)  # noqa: PLW2901
                    diagnostics += unknown
                if row.assessed:
                    levels = here.levels.get((found.goal, found.name), ())
                    diagnostics += other_levels(row, row.assessed, levels)
                by_slot[found].append(row)
            else:
                others.append(row)
        told = {each.file for each in diagnostics}
        diagnostics += _without_members(untaken, by_slot, told) if untaken else ()
        again: list[tuple[Slot, OutcomeRow]] = []
        for slot, same in by_slot.items():
            if len(same) > 1:
                every = tuple(same)
                diagnostics += here.agree(slot, same)
                kept = {*map(id, same)}
                again += [(slot, row) for row in every if id(row) not in kept]
            diagnostics += duplicates(same)
        self._files, self._of_other_years, self._again = files_of(rows), tuple(others), tuple(again)
        diagnostics += here.unknown_goals(self._files) if self._files else ()
        self.diagnostics = tuple(_told_once(diagnostics)) if diagnostics else ()
        self.every = {slot: tuple(same) for slot, same in by_slot.items()}
        year_before = Period((year - 1, 1), (year - 1, 12))
        self._before = _chosen(self.every, year_before, dated=True)
        self._small_before, self._of_year = binder.index(year - 1).hidden, OfYear()
        self._binder, self._rows, self._year, self._when = binder, rows, year, when
        self.of_few, self._others = frozenset(), {}

    def by(self, period: Period) -> "RowsOfYear":
        """The same rows, bound by the plan as it is at the end of a period of the year."""
        regime = self._binder.regime(period.last).years
        if regime == self._binder.regime(self._when).years:
            return self
        found = self._others.get(regime)
        if found is None:
            found = RowsOfYear(self._binder, self._rows, self._year, period.last)
            found.of_few, self._others[regime] = self.of_few, found
        return found

    def earlier(self, year: int) -> "RowsOfYear":
        """The rows where a period of an earlier year is looked at, for an indicator of then.

        They are those that say that they are of that year or one before it, and those that are
        given under the name of the indicator of then.
        """
        found = self._others.get(year)
        if found is None:
            named = self._binder.index(self._when).earlier
            rows = [row for row in self._of_other_years if row.period]
            for slot, same in self.every.items():
                original = named.get(slot)
                if original:
                    rows += map(original.row, same) if self._year - original.years == year else ()
                else:
                    rows += (row for row in same if row.period)
            until = (row for row in rows if row.period is None or row.period.year <= year)
            found = self._others[year] = RowsOfYear(self._binder, [*until], year)
            originals = [each for slot, each in named.items() if slot in self.of_few]
            found.of_few = frozenset(e.slot for e in originals if self._year - e.years == year)
        return found

    @cached_property
    def first_year(self) -> int:
        """The first year that a row is of; that which is assessed where they name none."""
        rows = chain(self._of_other_years, *self.every.values())
        return min((row.period.year for row in rows if row.period), default=self._year)

    def overridden(
        self, binder: "RowBinder", rows: Iterable[OutcomeRow], period: Period
    ) -> "RowsOfYear":
        """The rows as they would be if others were the outcomes of some indicators in a period.

        The rows of earlier years stay, since changes are measured from them. The outcome of an
        indicator that adds up is what it comes to from the start of the year.
        """
        adding = binder.index(period.last).adding
        to_date = Period((period.year, JANUARY), period.last)
        over: dict[Slot, OutcomeRow] = {}
        faulty: list[OutcomeRow] = []
        for row in stepping(rows):
            found = binder.find(row, period.last)
            if isinstance(found, Slot):
                when = to_date if found in adding else period
                over[found] = row if row.period else evolve(row, period=when)
            else:
                faulty.append(row)
        kept = (
            row
            for slot, same in self.every.items()
            for row in same
            if slot not in over or (row.period and row.period.year < period.year)
        )
        rest = (*self._of_other_years, *kept)
        every = OutcomeRows((*rest, *over.values(), *faulty), self._files)
        return RowsOfYear(binder, every, period.year, period.last)

    def at(self, period: Period) -> BoundRows:
        """The rows where a period of the year is assessed."""
        now = _chosen(self.every, period)
        return BoundRows(
            now,
            self._before,
            self.every,
            inner_slots(now),
            small_before=self._small_before,
            of_few=self.of_few,
            of_year=self._of_year,
            of_other_years=self._of_other_years,
            again=self._again,
            files=self._files,
            years=self._binder.regime(self._when).years,
        )


def _told_once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Diagnostics without those that follow one alike; a column of sexes is told once in each."""
    tables = set[tuple[str, str]]()
    for each, _ in groupby(diagnostics):
        table = each.file, each.sheet
        if each.code != NO_PART or table not in tables:
            yield each
        tables |= {table} if each.code == NO_PART else set()


def inner_slots(slots: Iterable[Slot]) -> dict[tuple[str, str, bool], list[Slot]]:
    """The slots of parts and of members of groups, by what they are part of."""
    found: dict[tuple[str, str, bool], list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.fold:
            found[slot.goal, slot.name, slot.group].append(slot)
    return found


def foreign_unit(amount: object) -> bool:
    """Whether a figure has a unit that only a rule file can know."""
    return isinstance(amount, Amount) and amount.unit not in KNOWN_UNITS


def in_own_unit(row: OutcomeRow, unit: str) -> tuple[OutcomeRow, list[Diagnostic]]:
    """A row whose figures stand in the unit of the indicator, and those in a unit that is unknown.

    A figure in an unknown unit is none; one without a unit is in that of the title of its table.
    """
    faults: list[Diagnostic] = []
    own = measure(unit)
    differs = row.measure != own and MEASURED.get(row.measure, "") == MEASURED.get(own)
    names: tuple[Literal["value", "forecast"], ...] = ("value", "forecast")
    for name in names:
        amount = getattr(row, name)
        if isinstance(amount, Amount) and differs and not amount.unit:
            faults.append(fault(row, "title-of-other-unit", name, text=row.measure, unit=unit))
        elif isinstance(amount, Amount) and foreign_unit(amount):
            found = _in_own_unit(row, name, amount, unit, faults)
            row = evolve(row, value=found) if name == "value" else evolve(row, forecast=found)
    return row, faults


def _in_own_unit(
    row: OutcomeRow, heading: str, amount: Amount, unit: str, faults: list[Diagnostic]
) -> Amount | None:
    """An amount in the unit of an indicator; None, with a fault, where it has another."""
    same = measure(unit) in MEASURED and measure(amount.unit) == measure(unit)
    if unit and (same or folded(unit_named(amount.unit)) == folded(unit)):
        return evolve(amount, unit="")
    number = format(amount.number, "f").replace(".", amount.mark)
    if unit and measure(amount.unit):
        faults.append(fault(row, "other-unit", heading, text=amount.unit, unit=unit))
    else:
        faults.append(fault(row, "number-unit", heading, text=f"{number} {amount.unit}"))
    return None


def other_levels(row: OutcomeRow, goal: PlanGoal, levels: tuple[str, ...]) -> list[Diagnostic]:
    """That a goal of another plan has other levels than the member that it stands for."""
    if not goal.levels or not levels or [*map(folded, goal.levels)] == [*map(folded, levels)]:
        return []
    own, others = (tuple(WordRef("level", each) for each in of) for of in (goal.levels, levels))
    return [fault(row, "levels-of-other-plan", text=row.indicator, own=own, levels=others)]


def _without_members(
    untaken: Mapping[str, OutcomeRow],
    by_slot: Mapping[Slot, Sequence[OutcomeRow]],
    told: set[str],
) -> Iterator[Diagnostic]:
    """The assessments of other plans of which no goal is a member, but for those with faults."""
    taken = {row.file for rows in by_slot.values() for row in rows}
    for file, row in untaken.items():
        if file not in taken | told:
            whose = row.indicator.rpartition("/")[0]
            yield fault(row, "no-goal-of-other-plan", text=row.indicator, whose=whose)


def as_level(row: OutcomeRow, levels: Iterable[str]) -> OutcomeRow:
    """A row with the level that it states, where that may also be something else.

    That is a word for a target that is reached, or a number with a unit. A level of the member's
    own scale goes before what it else means. True and false are the levels that say yes and no,
    where the scale has one for each.
    """
    answers = {each: meaning("answers", each) for each in levels}
    if sorted(filter(None, answers.values())) == sorted(TRUTHS):
        by_truth = {answer: each for each, answer in answers.items() if answer}
        if isinstance(row.value, LevelWord) and row.value.level in by_truth:
            row = evolve(row, value=LevelWord(by_truth[row.value.level], ""))
        if isinstance(row.level, LevelWord) and row.level.level in by_truth:
            row = evolve(row, level=LevelWord(by_truth[row.level.level], ""))
    match row.value:
        case Reached(text=text) if text:
            said = {folded(text)}
        case Amount(number, unit) if unit:
            said = {folded(f"{number:f} {unit}"), folded(f"{number:f}{unit}")}
        case _:
            return row
    own = next((each for each in levels if folded(each) in said), "")
    return evolve(row, value=LevelWord(own, own)) if own else row


def _chosen(
    by_slot: Mapping[Slot, Sequence[OutcomeRow]], period: Period, *, dated: bool = False
) -> dict[Slot, OutcomeRow]:
    """The row that speaks of a period, for each slot, with what others state at the same end."""
    chosen: dict[Slot, OutcomeRow] = {}
    for slot, rows in by_slot.items():
        found = _last_in(
            (row for row in stepping(rows) if not row.only_forecast), period, dated=dated
        )
        if found:
            chosen[slot] = with_same_end(found, rows)
    return chosen


def with_same_end(row: OutcomeRow, rows: Iterable[OutcomeRow]) -> OutcomeRow:
    """A row, or the one with a figure at the same end, with the plan that is stated there alone.

    So what is said of the year does not hide what is said of its last month, nor the other way. A
    plan beside another figure goes with that.
    """
    same = [
        each
        for each in stepping(rows)
        if row.period and each.period and each.period.last == row.period.last
    ]
    if row.value is None and row.level is None:
        row = next((each for each in same if each.value is not None or each.level is not None), row)
    planned = next(
        (each for each in same if each.plan and each.value is None and each.level is None), None
    )
    if row.plan or planned is None:
        return row
    beside = {**row.place.beside, "plan": planned.place}
    return evolve(row, plan=planned.plan, place=evolve(row.place, beside=beside))


def _last_in(rows: Iterable[OutcomeRow], period: Period, *, dated: bool) -> OutcomeRow | None:
    """The row for just this period; else the latest one in it; else one without a period."""
    outcomes = tuple(rows)
    timed = [(row.period, row) for row in outcomes if row.period]
    for when, row in stepping(timed):
        if when == period:
            return row
    inside = [(when.key, row) for when, row in stepping(timed) if when.within(period)]
    if inside:
        return max(inside, key=lambda each: each[0])[1]
    return next((row for row in outcomes if not row.period and not dated), None)


def duplicates(rows: Iterable[OutcomeRow]) -> Iterator[Diagnostic]:
    """What is wrong with rows of one thing that speak of the same period."""
    same = tuple(rows)
    # Rows of several units are told once, of all rows; of one only, its rows need not name it.
    of_units = len({row.unit for row in same} - {""}) > 1
    first: dict[tuple[Period | None, bool, str], OutcomeRow] = {}
    for row in stepping(same):
        unit = folded(row.unit) if of_units else ""
        earlier = first.setdefault((row.period, row.only_forecast, unit), row)
        if earlier is not row:
            line, file, sheet = earlier.span.line, earlier.file, earlier.sheet
            where = f"{file} ({sheet})" if sheet and sheet != ENTRIES else file
            yield fault(row, "duplicate-row", text=row.indicator, line=line, file=where)


def fault(
    row: OutcomeRow, code: str, heading: str = "indicator", **facts: DiagnosticFact
) -> Diagnostic:
    """A diagnostic at the cell of a row under a heading."""
    return row.place.fault(heading, CellFault(code, facts))


class RowBinder:
    """What rows speak of in a plan that may change over the years: worked out once for a plan."""

    def __init__(self, plan: Plan) -> None:
        self.regimes = regimes(plan)
        self._indices: dict[Years, Index] = {}

    def index(self, when: int | Month) -> "Index":
        """What rows can speak of in a month, or at the end of a year.

        It is that of the nearest of the plan's own years where that is none of them.
        """
        return self._index(self.regime(when))

    def regime(self, when: int | Month) -> Regime:
        """The plan as it is then, likewise."""
        month = (when, DECEMBER) if isinstance(when, int) else when
        return regime_among(self.regimes, month)

    def _index(self, regime: Regime) -> "Index":
        found = self._indices.get(regime.years)
        if found is None:
            found = self._indices[regime.years] = Index(regime.plan)
        return found

    def find(
        self, row: OutcomeRow, when: int | Month, *, near: bool = True
    ) -> Slot | Diagnostic | None:
        """What a row speaks of where a year is assessed, by the plan at its end or in a month.

        None where that is of another time, and something else now. The right name of what is
        unknown is looked for where `near`.
        """
        year, here = when if isinstance(when, int) else when[0], self.index(when)
        own_year = row.period.year if row.period else year
        own = self.index(row.period.last) if row.period else here
        found = own.find(row, near=near)
        if isinstance(found, Slot):
            original = here.earlier.get(found)
            if original and own_year != year:
                facts: dict[str, DiagnosticFact] = {"text": found.name, "of": original.slot.name}
                return fault(row, "period-of-earlier", "period", **facts)
            same = own is here or own.place(found) == here.place(found)
            return found if same else None
        now = [] if found.code in (CONTRADICTS, NO_PART) else here.slots(row)
        if len(now) == 1:
            return here.of_sex(now[0], row, row.sex) if row.sex else now[0]
        known = [each.years for each in self.regimes if len(self._index(each).slots(row)) == 1]
        if known and found.code not in (AMBIGUOUS, CONTRADICTS, NO_PART):
            if any(own_year in each for each in known):  # in other months than those of the row
                own_years = self.regime(row.period.last if row.period else when).years
                span = WordRef("years", str(own_years))
                return fault(row, "not-in-month", text=row.indicator, when=span)
            return fault(row, "not-in-year", text=row.indicator, year=own_year)
        return found


class Index:
    """The indicators and groups of a plan by what rows may call them.

    `hidden` are the indicators of which few are hidden, and how many few are; `adding` those of
    which the file says how they come about through the year; `levels` those of the scale of each
    indicator, and of the members of each group; `units` what indicators are measured in. `homes`
    are the goals that indicators belong to which others share, by what rows may call them there.
    `earlier` are the indicators of earlier periods, each with what it is then.
    `named` are the indicators by what rows may call them, keys before names, and `keyed` by keys.
    """

    def __init__(self, plan: Plan) -> None:
        self.goals = {folded(goal.id): goal for goal in plan.goals}
        titles = [folded(goal.goal.title) for goal in plan.goals]
        named = zip(titles, plan.goals, strict=True)
        self.goal_names = {fold: goal.id for fold, goal in named if titles.count(fold) == 1}
        self.goal_names |= {fold: goal.id for fold, goal in self.goals.items()}
        self.places = dict(_places(plan))
        self.parts = {
            (goal.id, entry.name): [name.text for name in parts.names]
            for goal in plan.goals
            for entry in goal.indicators
            if (parts := entry.first(Parts))
        }
        self.hidden = dict(_hidden(plan))
        self.adding = frozenset(
            Slot(goal.id, entry.name)
            for goal in plan.goals
            for entry in goal.indicators
            if entry.first(AddsUp) or entry.first(Measured)
        )
        self.levels = dict(_levels(plan))
        self.units = {
            (goal.id, entry.name): unit.text
            for goal in plan.goals
            for entry in goal.indicators
            if (unit := ((entry.earlier and goal.original(entry)) or entry).first(Unit))
        }
        keys = {
            Slot(goal.id, entry.name): key.text
            for goal in plan.goals
            for entry in goal.indicators
            if not entry.shared and (key := entry.first(Key))
        }
        self.keyed = {folded(text): slot for slot, text in keys.items()}
        self.named: dict[str, list[Slot]] = defaultdict(list)
        self.spelled: dict[str, str] = {}
        for goal in plan.goals:
            for entry in goal.indicators:
                if entry.shared:
                    continue
                calls = {folded(text): text for text in _calls(entry)}
                self.spelled |= calls
                for fold in calls:
                    self.named[fold].append(Slot(goal.id, entry.name))
        self.spelled |= {folded(text): text for text in keys.values()}
        self.named |= {fold: [slot] for fold, slot in self.keyed.items()}
        self.homes = {
            (goal.id, fold): (slot.goal,)
            for goal in plan.goals
            for entry in goal.indicators
            if entry.shared
            for fold, slots in self.named.items()
            for slot in slots
            if slot.goal == entry.shared.text and folded(slot.name) == folded(entry.name)
        }
        self.earlier = {
            Slot(goal.id, entry.name): Original(
                Slot(original.shared.text if original.shared else goal.id, original.name),
                int(entry.earlier.years),
            )
            for goal in plan.goals
            for entry in goal.indicators
            if entry.earlier and (original := goal.original(entry))
        }
        self.goal_ids = NearestNames(each.id for each in self.goals.values())
        self.names: dict[str, NearestNames] = {}

    def goal_named(self, text: str) -> str:
        """The goal that a text is the id or the title of, or the empty string."""
        return self.goal_names.get(folded(text), "")

    def unknown_goals(self, files: Iterable[FileRead]) -> Iterator[Diagnostic]:
        """The rows that speak of a goal which the plan does not have."""
        for text in (each for file in files for table in file.tables for each in table.goals):
            if not self.goal_named(text.goal):
                near = self.goal_ids.nearest(text.goal)
                facts: dict[str, DiagnosticFact] = {"text": text.goal, "nearest": near}
                yield text.place.fault("goal", CellFault("unknown-goal", facts))

    def texts_of(self, goal: str, files: Iterable[FileRead]) -> tuple[GoalRow, ...]:
        """The rows that speak of a goal itself; none where few people are hidden in the goal."""
        if any(slot.goal == goal for slot in self.hidden):
            return ()
        texts = (each for file in files for table in file.tables for each in table.goals)
        return tuple(each.row for each in texts if self.goal_named(each.goal) == goal)

    def place(self, slot: Slot) -> Span | None:
        """Where it stands in the file what a slot is of; None where it is not in the plan."""
        return self.places.get((slot.goal, slot.name))

    def find(self, row: OutcomeRow, *, near: bool = True) -> Slot | Diagnostic:
        """What a row speaks of; the right name of what is unknown is looked for where `near`."""
        found = self.slots(row)
        goal, text = self._split_goal(row)
        if len(found) == 1:
            if row.key and self._contradicts(row, text, found[0]):
                return fault(row, CONTRADICTS, heading="key", key=row.key, text=row.indicator)
            return self.of_sex(found[0], row, row.sex) if row.sex else found[0]
        if found:
            goals = tuple(slot.goal for slot in found)
            return fault(row, AMBIGUOUS, text=text, goals=goals)
        if goal and folded(goal) not in self.goals:
            known = self.goal_ids.nearest(goal) if near else ""
            return fault(row, "unknown-goal", "goal", text=goal, nearest=known)
        known = self._names(folded(goal)).nearest(text) if near else ""
        heading = "key" if row.key == row.indicator else "indicator"
        return fault(row, "unknown-indicator", heading, text=text, nearest=known)

    def of_sex(self, slot: Slot, row: OutcomeRow, sex: OfSex) -> Slot | Diagnostic:
        """What a row of one sex alone speaks of: the part for that."""
        parts = [] if slot.fold else self.parts.get((slot.goal, slot.name), [])
        kind = meaning("sexes", sex.text)
        for name in parts:
            if folded(name) == folded(sex.text) or (kind and meaning("sexes", name) == kind):
                return Slot(slot.goal, slot.name, folded(name), name)
        at = evolve(row.place, columns={"indicator": sex.column})
        return at.fault("indicator", sex.fault)

    def slots(self, row: OutcomeRow) -> list[Slot]:
        """What a row may speak of."""
        goal, text = self._split_goal(row)
        inside = self.goals.get(folded(goal))
        if goal and inside is None:
            return []
        by_key = self.keyed.get(folded(row.key)) if row.key else None
        inner = list(self._inner(text, row.group, inside)) if by_key else []
        if inner:
            return inner
        call = row.key if by_key else text
        named = () if row.group else self.named.get(folded(call), ())
        homes = {inside.id, *self.homes.get((inside.id, folded(call)), ())} if inside else set()
        found = [slot for slot in named if inside is None or slot.goal in homes]
        return found or list(self._inner(text, row.group, inside))

    def _contradicts(self, row: OutcomeRow, text: str, slot: Slot) -> bool:
        """Whether a row's key is of one indicator, and its name of another."""
        whole = Slot(slot.goal, slot.name)
        by_key = self.keyed.get(folded(row.key))
        if by_key is None:
            return whole in self.keyed.values() and not slot.fold
        named = () if slot.fold else self.named.get(folded(text), ())
        return by_key != whole or (bool(named) and whole not in named)

    def agree(self, slot: Slot, rows: list[OutcomeRow]) -> Iterator[Diagnostic]:
        """Let one row stand for those that agree of an indicator which several goals share.

        Those that stand under another goal and state something else are left out, each with its
        fault.
        """
        goals = [folded(self._split_goal(row)[0]) for row in rows]
        if not {*goals} - {"", folded(slot.goal)}:
            return
        first: dict[tuple[Period | None, bool], tuple[str, OutcomeRow]] = {}
        for goal, row in zip(goals, tuple(rows), strict=True):
            under, earlier = first.setdefault((row.period, row.only_forecast), (goal, row))
            if goal == under:
                continue
            rows.remove(row)
            if any(getattr(row, name) != getattr(earlier, name) for name in STATED):
                line, file = earlier.span.line, earlier.file
                yield fault(row, "shared-contradicts", text=row.indicator, line=line, file=file)

    def _split_goal(self, row: OutcomeRow) -> tuple[str, str]:
        """The goal that a row names and what it calls the indicator: `5/avtalstrohet`."""
        head, slash, tail = row.indicator.partition("/")
        whole = folded(row.indicator) in self.named  # as `1/3 of the pupils` may be a title
        if not row.goal and slash and folded(head) in self.goals and not whole:
            return head, tail
        return row.goal, row.indicator

    def _inner(self, text: str, group: str, inside: GoalEntry | None) -> Iterator[Slot]:
        """The member of a group, or the part of an indicator: `aktiviteter/källsortering`."""
        head, slash, tail = text.partition("/")
        outer, member = (group, text) if group else (head, tail)
        if not group and not slash:
            return
        for goal in [inside] if inside else self.goals.values():
            for fold, name, is_group in _containers(goal):
                if fold == folded(outer):
                    yield Slot(goal.id, name, folded(member), member, is_group)

    def _names(self, goal: str) -> NearestNames:
        """What the indicators of a goal, or of all goals, may be called."""
        if goal not in self.names:
            inside = self.goals.get(goal)
            self.names[goal] = NearestNames(
                self.spelled[fold]
                for fold, slots in self.named.items()
                if any(inside is None or slot.goal == inside.id for slot in slots)
            )
        return self.names[goal]


ALL_FEW = Decimal("Infinity")
"""The limit of which every figure is few."""


def _hidden(plan: Plan) -> Iterator[tuple[Slot, Decimal]]:
    """The indicators of which few are hidden, and how many few are.

    Of one that is measured from such a figure, or from what any was then, all may be hidden.
    """
    found: dict[Home, Decimal] = {}
    for goal in plan.goals:
        for entry in goal.indicators:
            limit = entry.first(Hidden)
            if limit:
                found[goal.id, folded(entry.name)] = limit.below
                yield Slot(goal.id, entry.name), limit.below
    for goal in plan.goals if found else ():
        names = {folded(each.name): each for each in goal.indicators}
        then = {(goal.id, fold) for fold, each in names.items() if each.earlier}
        for fold, others in rests_on(goal, plan).items():
            if any(other in found or other in then for other in others):
                yield Slot(goal.id, names[fold].name), ALL_FEW


def _levels(plan: Plan) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The levels of each indicator, and of the members of each group, by goal and name."""
    names = plan_names(plan, scales_of(plan))
    for goal in plan.goals:
        for group in goal.reported:
            yield (goal.id, group.name), levels_of_group(group, goal, names).scale.levels
        for entry in goal.indicators:
            yield (goal.id, entry.name), indicator_levels(entry, goal, names).scale.levels


def _places(plan: Plan) -> Iterator[tuple[tuple[str, str], Span]]:
    """Where each indicator and each group stands, by the goal that it is of and its name."""
    for goal in plan.goals:
        names = [entry.label for entry in goal.indicators]
        for name in (*names, *(group.name for group in goal.groups)):
            yield (goal.id, name.text), name.span


def _calls(entry: IndicatorEntry) -> Iterator[str]:
    """What rows may call an indicator, but for its key."""
    yield from filter(None, (entry.name, entry.indicator.title))


def _containers(goal: GoalEntry) -> Iterator[tuple[str, str, bool]]:
    """The groups that the data fill in and the indicators with parts, by what rows call them."""
    for group in goal.reported:
        yield folded(group.name), group.name, True
    for entry in goal.indicators:
        if entry.first(Parts):
            key = entry.first(Key)
            calls = {folded(each) for each in (*_calls(entry), *([key.text] if key else ()))}
            yield from ((each, entry.name, False) for each in sorted(calls))
