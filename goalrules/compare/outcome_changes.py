"""What changed between two states of a file of outcomes, cell by cell.

Rows are paired by what they are of: the indicator, the unit and the period. Where the rules are
known an indicator is the same by whatever name, and nothing of its figures is told if the rule file
hides small ones: two states of a figure would tell more than either of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product, zip_longest

from goalrules.assess.binding import RowBinder, Slot
from goalrules.compare.outcome_changes_result import CellChange, ChangeKind
from goalrules.core.vocabulary import ColumnRole
from goalrules.data.outcome import OutcomeRow, OutcomeRows
from goalrules.data.read_files import TOLD_UNREAD
from goalrules.data.roles import ROLES
from goalrules.data.values import LevelRange, LevelWord, Reached, Status
from goalrules.data.words import meaning
from goalrules.language.statements import ALL_MONTHS
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.names import folded
from goalrules.text.numbers import Amount

FIELDS: tuple[ColumnRole, ...] = (
    "value", "level", "plan", "forecast", "count", "comment", "source", "responsible", "due",
)  # fmt: skip
"""What is compared of a row, in this order."""

SAID: tuple[ColumnRole, ...] = ("level", "plan", "source")
"""What may be told of an indicator of which small figures are hidden."""

Of = tuple[str, str, str]
"""What a row is of: the indicator as it is compared, the unit, and the period."""


@frozen
class _Cell:
    """What a cell states, and the row that it is of."""

    text: str | None
    row: OutcomeRow
    column: ColumnRole


class ChangeFinder:
    """Finds what changed between rows, by the rules of a plan if they are known."""

    def __init__(self, binder: RowBinder | None = None, year: int = 0) -> None:
        self._binder, self._year = binder, year

    def changes(self, old: Iterable[OutcomeRow], new: Iterable[OutcomeRow]) -> Iterator[CellChange]:
        """The cells that changed, as they stand in the new rows, and then those that are gone."""
        before, after = self._cells(old), self._cells(new)
        for of, cells in after.items():
            kind: ChangeKind = "changed" if of in before else "new"
            yield from self._of_row(kind, before.get(of, {}), cells)
        for of, cells in before.items():
            if of not in after:
                yield from self._of_row("gone", cells, {})

    def _cells(self, rows: Iterable[OutcomeRow]) -> Mapping[Of, Mapping[ColumnRole, list[_Cell]]]:
        """What rows state, by what they are of and by column."""
        found: dict[Of, dict[ColumnRole, list[_Cell]]] = defaultdict(lambda: defaultdict(list))
        for row in stepping(rows):
            who, period = self._who(row), row.period.text if row.period else ""
            under = found[folded(who), folded(row.unit), period]
            for column in FIELDS:
                text = stated(getattr(row, column))
                if text is not None:
                    under[column].append(_Cell(text, row, column))
        return {of: cells for of, cells in found.items() if cells}

    def _of_row(
        self,
        kind: ChangeKind,
        before: Mapping[ColumnRole, list[_Cell]],
        after: Mapping[ColumnRole, list[_Cell]],
    ) -> Iterator[CellChange]:
        """What is different in the cells of one row."""
        known = next(cell for cells in (*after.values(), *before.values()) for cell in cells)
        for column in FIELDS:
            blank = _Cell(None, known.row, column)
            pairs = zip_longest(before.get(column, ()), after.get(column, ()), fillvalue=blank)
            for was, now in pairs:
                if was.text != now.text:
                    yield self._change(kind, was, now, was if kind == "gone" else now)

    def _change(self, kind: ChangeKind, was: _Cell, now: _Cell, at: _Cell) -> CellChange:
        """One change, without what is not to be told."""
        row, hidden = at.row, at.column not in SAID and self._hides(at.row)
        own = row.place.of(at.column)
        return CellChange(
            kind,
            self._who(row),
            at.column,
            own.file,
            own.line,
            own.columns.get(at.column, 1),
            own.sheet,
            row.period.text if row.period else "",
            row.unit,
            None if hidden else was.text,
            None if hidden else now.text,
            hidden,
        )

    def _slot(self, row: OutcomeRow) -> Slot | None:
        found = self._binder.find(row, self._year, near=False) if self._binder else None
        return found if isinstance(found, Slot) else None

    def _who(self, row: OutcomeRow) -> str:
        """What a row is of, by the rules or as it says itself."""
        slot = self._slot(row)
        named = (slot.goal, slot.name, slot.member) if slot else ()
        return "/".join(filter(None, named or (row.goal, row.group, row.indicator)))

    def _hides(self, row: OutcomeRow) -> bool:
        """Whether small figures of what a row is of are hidden, or may be: it may be misspelt."""
        if self._binder is None:
            return False
        years = {self._year, row.period.year if row.period else self._year}
        months = product(years, ALL_MONTHS)  # in any of which it may be another plan
        hidden = {slot for month in months for slot in self._binder.index(month).hidden}
        slot = self._slot(row)
        return bool(hidden) if slot is None else Slot(slot.goal, slot.name) in hidden


def stated(given: object) -> str | None:  # noqa: PLR0911 - a line for each kind
    """What a cell states, as JSON has it: a number with its unit, a key of a word, or a text."""
    match given:
        case Amount(number, unit):
            return f"{number:f} {unit}".strip()
        case Decimal():
            return f"{given:f}"
        case LevelWord(level, text):
            return text if text and meaning("booleans", level) else level
        case LevelRange(low, high):
            return f"{low}–{high}"
        case Status(kind):
            return kind
        case Reached(reached):
            return "reached" if reached else "not reached"
        case str():
            return given or None
        case _:
            return None


def unread_in(states: Iterable[OutcomeRows]) -> tuple[str, ...]:
    """The columns and the sheets that may say something and are not compared, once each."""
    files = [file for each in states for file in each.files]
    tables = [table for file in files for table in file.tables]
    unread = [e for table in tables for e in table.columns if e.reason in TOLD_UNREAD]
    used = [each for table in tables for each in table.used if each.beside]
    texts = [e for e in used if e.role in ROLES and ROLES[e.role][1] in ("beside", "of the plan")]
    columns = [each.heading or str(each.number) for each in unread]
    columns += [each.heading or str(each.number) for each in texts]
    sheets = (sheet for file in files for sheet, reason in file.sheets if reason in TOLD_UNREAD)
    return tuple(dict.fromkeys([*columns, *sheets]))
