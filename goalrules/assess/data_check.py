"""What outcomes are understood to say, what is missing of them and what is odd: no verdicts."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from goalrules.assess.accounting import unused_faults
from goalrules.assess.assessment import PlanAssessment
from goalrules.assess.binding import ALL_FEW, BoundRows
from goalrules.assess.data_check_result import (
    CheckedColumn,
    CheckedFile,
    CheckedIndicator,
    CheckedTable,
    DataCheck,
    DataFault,
    OddFigure,
)
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.input_account import UnreadSheet
from goalrules.assess.level_of import listed_parts, part_slots
from goalrules.assess.masking import hidden, hides_reference, may_be_hidden
from goalrules.assess.oddities import figures_of, known_of, odd_figures
from goalrules.assess.to_date import status_of
from goalrules.core.vocabulary import Month, ReportState
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.data.read_files import FileRead, TableRead
from goalrules.language.plan import GoalEntry
from goalrules.language.statements import Parts, PlanHead
from goalrules.text.diagnostics import Diagnostic, first_told
from goalrules.text.numbers import Amount


def data_check(found: PlanAssessment, rules: str, faults: Iterable[Diagnostic]) -> DataCheck:
    """What was understood of the rows and of their files, what is missing and what is odd.

    The rules are named by their file; the faults are those of what could not be read.
    """
    now = found.assessed
    plan, bound, period = now.program.plan, now.bound, now.period
    told = (*faults, *found.diagnostics, *unused_faults(found.inputs))
    return DataCheck(
        next(iter(plan.all(PlanHead)), PlanHead("")).title,
        rules,
        plan.language,
        period.text,
        tuple(map(_file, bound.files)),
        tuple(
            each
            for id_, goal in now.program.goals.items()
            for each in _reports(
                goal.goal,
                [now.cases[home] for home in goal.homes.values() if home[0] == id_],
                bound,
            )
        ),
        tuple(each for case in now.cases.values() for each in _odd(case, period)),
        # without the line of the file, which may tell hidden figures
        tuple(
            DataFault(each.code, each.file, each.span, each.facts, each.sheet)
            for each in first_told(told)
        ),
        plan.sha256,
    )


# What was understood


def _file(read: FileRead) -> CheckedFile:
    """A file, and what was understood of each of its columns."""
    return CheckedFile(
        read.file,
        read.kind,
        read.encoding,
        tuple(map(_table, read.tables)),
        tuple(UnreadSheet(sheet, reason) for sheet, reason in read.sheets),
        read.receipt,
        read.unread,
    )


def _table(read: TableRead) -> CheckedTable:
    used = [
        CheckedColumn(e.number, e.heading, e.role, e.period, by_heading=e.by_heading)
        for e in read.used
    ]
    unread = [CheckedColumn(e.number, e.heading, reason=e.reason) for e in read.columns]
    return CheckedTable(
        read.sheet,
        read.line,
        tuple(sorted([*used, *unread], key=attrgetter("number"))),
        read.unit,
    )


# What is missing


def _reports(
    goal: GoalEntry, cases: Iterable[IndicatorCase], bound: BoundRows
) -> Iterator[CheckedIndicator]:
    """What there is to report of a goal, and whether it is.

    What is worked out of others is not. Parts are asked for where the whole is not said in words.
    """
    for case in cases:
        entry = case.indicator
        if case.program.formula:
            continue
        parts, reported, row = entry.first(Parts), part_slots(case), case.row
        in_words = row and not isinstance(row.value, Amount) and (row.value or row.level)
        if parts is None or row or case.stands_for:
            yield _report(case)
        elif parts.reported and not reported:
            yield CheckedIndicator(goal.id, entry.name, "missing", title=entry.indicator.title)
        for fold, name in listed_parts(case).items() if parts and not in_words else ():
            row = case.bound.now[reported[fold]] if fold in reported else None
            yield _placed(case, _state_of(row, case.period), row, name)
    for group in goal.reported:
        known = bound.members(goal.id, group.name, group=True)
        yield CheckedIndicator(goal.id, group.name, "reported" if known else "missing")


def _report(case: IndicatorCase) -> CheckedIndicator:
    """Whether there is an outcome of an indicator."""
    through = case.through
    if through is None:
        state = _state_of(case.row, case.period)
    elif through.next_due and not through.counted:
        state = "not due"
    elif through.lacking and through.laid:
        state = "partly"
    else:
        state = _state_of(case.row, None)
    forecasts = [row for row in case.rows if row.only_forecast]
    if state == "missing" and any(
        row.period is None or row.period.within(case.period) for row in forecasts
    ):
        state = "only forecast"
    lacking = _runs(through.lacking) if through and state == "partly" else ()
    return _placed(case, state, case.row, lacking=tuple(each.text for each in lacking))


def _runs(months: Iterable[Month]) -> Iterator[Period]:
    """Months of a year in order, as periods: those that follow each other as one."""
    for _, run in groupby(enumerate(months), key=lambda each: each[1][1] - each[0]):
        (_, first), *rest = run
        yield Period(first, rest[-1][1] if rest else first)


def _placed(
    case: IndicatorCase,
    state: ReportState,
    row: OutcomeRow | None,
    part: str = "",
    lacking: tuple[str, ...] = (),
) -> CheckedIndicator:
    return CheckedIndicator(
        case.slot.goal,
        case.slot.name,
        state,
        part,
        (case.stands_for or case.program).entry.indicator.title,
        row.period.text if row and row.period else "",
        row.file if row else "",
        row.sheet if row else "",
        row.span.line if row else 0,
        lacking,
    )


def _state_of(row: OutcomeRow | None, asked: Period | None) -> ReportState:
    """What a row that speaks of a period says of it; one that ends earlier than what is asked."""
    if row is None:
        return "missing"
    if status_of(row):
        return "said not to be"
    if row.value is None and row.level is None:
        return "blank"
    early = asked is not None and row.period is not None and row.period.last < asked.last
    return "earlier" if early else "reported"


# What is odd


def _odd(case: IndicatorCase, period: Period) -> Iterator[OddFigure]:
    """What is odd with the figures of an indicator and of its parts, where none can be hidden."""
    before = case.bound.small_before.get(case.program.slot, Decimal(0))
    if (
        case.few_below
        or 0 < before < ALL_FEW
        or hidden(case)
        or hides_reference(case)
        or case.program.formula
        or case.stands_for
    ):
        return
    for slot in [case.program.slot, *case.bound.parts(case.program.slot)]:
        rows = case.bound.every.get(slot, ())
        figures = figures_of(rows, period)
        if may_be_hidden(case):  # since it was compared with what was hidden in another period
            figures = [each for each in figures if each.period in (None, case.period)]
        for odd in odd_figures(known_of(case, slot.member), figures, period.year):
            row, when = odd.figure.row, odd.figure.period
            yield OddFigure(
                odd.oddity,
                slot.goal,
                slot.name,
                row.place.of("value").file,
                row.at("value"),
                odd.figure.number,
                row.place.of("value").sheet,
                slot.member,
                when.text if when else "",
                odd.other,
                odd.before.text if odd.before else "",
                odd.periods,
            )
