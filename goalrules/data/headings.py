"""The heading row of a table: its columns, and the periods that have columns of their own.

A long table has a row for each period; a wide one has a column for each, as `jan`, `2025-03`,
`delår aug`, `prognos helår`. The headings of a wide one may stand in two rows: people write
`Utfall` over the months and `Prognos` over the year, or `2024` and `2025` over the months of each,
in cells that are merged over the columns of the group.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Literal

from attrs import evolve

from goalrules.core.vocabulary import UnitPlace
from goalrules.data.columns import TableSchema
from goalrules.data.memory import remembered
from goalrules.data.period import (
    YEAR,
    is_age,
    is_period,
    is_week,
    looks_like_period,
    month_of,
    period_in,
)
from goalrules.data.records import MOST_COLUMNS, Record, cell_span
from goalrules.data.values import (
    Cell,
    CellFault,
    error_in,
    is_date,
    states,
    text_of,
    unseen_in,
    value_cell,
)
from goalrules.data.words import meaning, meanings
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.names import folded, nearest, toml_key, toml_text
from goalrules.text.numbers import Amount, trimmed
from goalrules.text.source import UNSEEN

MOST_GUESSES = 50
NEAR = 0.8
"""So alike is a heading to the one that it means."""

NEAR_PERIOD = 0.81
LEAST_LONG = 4
"""So alike is a word to that of a period that it means, and so long; short ones are like others."""

LONGEST_GUESS = 40

LEFT = "left"
"""What a column or a sheet is that a note says is not read."""

FEWEST = 2
"""So many cells over the columns for periods make a row of groups, and so many make one of periods.

One alone is a title, if it is not known and over but some of them, or an outcome."""

_PART = re.compile(r"[^\W\d_] ?[1-4]|(?:19|20|21)[0-9]{2}[^\W\d_]{1,2}")
"""What looks like a part of a year, as `K1` does, or a year with a mark, as `2025p`."""

_YEARS = re.compile(r"(?:19|20|21)([0-9]{2})-([0-9]{2})")
"""A month, or one year and the next: `2010-11`."""


@frozen
class PeriodColumn:
    """A column for a period: the number of its cell, its field if it says which, and the period."""

    number: int
    field: str
    text: str


@frozen
class SideColumn:
    """A column that fills no field: the number of its cell, its heading, and what it is.

    `role` is a key of the section `columns` of the word tables, or of `beside` for targets,
    baselines and budgets, or the empty string where the heading is not known. What is said of all
    rows beside them is as a column without cells, of number 0, and `said_by` is what says it.
    `like` is the number of the column that is called nearly so, and its heading.
    """

    number: int
    heading: str
    role: str
    said_by: UnitPlace | Literal[""] = ""
    like: tuple[int, str] | None = None

    def choice(self, text: str) -> dict[str, DiagnosticFact]:
        """How rows with a text in the column are chosen: by an option, and by a reading note."""
        note = f"{toml_key(self.heading)} = {toml_text(text)}"
        return {"heading": self.heading, "choice": f"{self.heading}={text}", "note": note}


@frozen
class HeadingRow:
    """A heading row: the number of the cell of each column, and the columns for periods.

    `beside` are the columns that fill no field, and `units` those with the outcomes of a unit each.
    `lacking` are the columns that each row has to state and that are not there, under no heading
    that is nearly theirs. `faults` are what is wrong among the headings, by the number of the cell;
    `last` is the line of a second row of them.
    """

    schema: TableSchema
    record: Record
    columns: Mapping[str, int]
    periods: tuple[PeriodColumn, ...]
    lacking: tuple[str, ...]
    faults: tuple[tuple[int, CellFault], ...]
    last: int = 0
    beside: tuple["SideColumn", ...] = ()
    units: tuple["SideColumn", ...] = ()

    @property
    def first_period(self) -> int:
        """The number of the first column for a period, or one beyond all where there is none."""
        return min((each.number for each in self.periods), default=MOST_COLUMNS + 1)

    @property
    def end(self) -> int:
        """The line of the last row of headings."""
        return self.last or self.record.line

    def told(self, file: str, sheet: str) -> Iterator[Diagnostic]:
        """The faults at their cells."""
        line, text = self.record.line, self.record.text
        for number, fault in self.faults:
            span = cell_span(line, number)
            yield Diagnostic(fault.code, file, span, text, fault.facts, sheet=sheet)


def heading_row(
    record: Record, schema: TableSchema, units: Collection[str] = ()
) -> HeadingRow | None:
    """The headings that a record holds, if it has those that a heading row is known by.

    `units` are the folds of headings that are units, where no others say what is reported.
    """
    cells = {number: heading_text(cell) for number, cell in enumerate(record.cells, 1)}
    known = {number: schema.key(cell) for number, cell in cells.items()}
    first = {name: number for number, name in reversed(known.items()) if name}
    if not first:
        return None
    others = {number: cell for number, cell in cells.items() if cell and not known[number]}
    found = {number: under_period(cell, schema) for number, cell in others.items()}
    periods = tuple(PeriodColumn(number, *each) for number, each in found.items() if each)
    unknown = {number: cell for number, cell in others.items() if not found[number]}
    beside = tuple(SideColumn(n, cell, role_beside(cell)) for n, cell in unknown.items())
    unknown = {each.number: each.heading for each in beside if not each.role}
    strange = dict(_strange_periods(unknown, periods)) if schema.under_period() else {}
    guessed = islice(unknown.items(), MOST_GUESSES)
    near = {number: _near_heading(cell, schema) for number, cell in guessed}
    alike = {
        n: (first[key], word) for n, word in near.items() if (key := schema.key(word)) in first
    }
    beside = tuple(evolve(each, like=alike.get(each.number)) for each in beside)
    near = {n: word for n, word in near.items() if word and n not in alike}
    columns = schema.with_stand_ins(first)
    names = {*columns, *(schema.key(word) for word in near.values())}
    one_of = schema.needed("one of")
    if not names.issuperset(schema.needed("heading")):
        return None
    of_units: tuple[SideColumn, ...] = ()
    if one_of and names.isdisjoint(one_of) and not periods and not strange:
        of_units = tuple(e for e in beside if units and folded(e.heading) in units)
        beside = tuple(each for each in beside if each not in of_units)
        if not of_units:
            return None
    faults = {number: unseen_in(text_of(cell)) for number, cell in enumerate(record.cells, 1)}
    faults |= {number: _unknown(cells[number], word) for number, word in near.items()}
    for number, name in known.items():
        if first.get(name, number) != number:
            faults[number] = heading_twice(schema, name, cells[number], cells[first[name]])
    if periods:
        without = {name: columns[name] for name in of_one_period(schema) if name in columns}
        for number in without.values():
            faults[number] = _with_key("heading-without-period", cells[number])
        faults |= _unknown_periods(unknown, schema)
    faults |= {n: error for n, cell in unknown.items() if (error := error_in(cell))}
    faults |= strange
    faults |= {n: cell for n, cell in enumerate(record.cells, 1) if isinstance(cell, CellFault)}
    return HeadingRow(
        schema,
        record,
        columns,
        periods,
        lacking=tuple(each for each in schema.needed("row") if each not in names),
        faults=tuple((number, each) for number, each in faults.items() if each),
        beside=beside,
        units=of_units,
    )


@remembered
def role_beside(heading: str) -> str:
    """What a column is that fills no field, by its heading, if that is known."""
    role = meaning("columns", heading)
    return role or next(filter(None, (meaning("beside", w) for w, _ in _ways(heading))), "")


def _ways(heading: str) -> Iterator[tuple[str, str]]:
    """A heading as it is, and parted in two."""
    yield heading, ""
    if len(heading) <= LONGEST_GUESS:
        yield from _parted(heading)


def heading_text(cell: Cell) -> str:
    """A heading as it is read: a day that is the first or the last of its month is the month."""
    shown = trimmed(cell) if isinstance(cell, Decimal) else cell
    text = month_of(shown) if isinstance(shown, dt.date) else text_of(shown)
    return UNSEEN.sub("", text).strip()


def like_units(record: Record, below: Record, schema: TableSchema) -> tuple[str, ...]:
    """The headings over figures that may be units, in a row that says not what they are."""
    texts = _texts(record)
    if not any(schema.key(text) in ("indicator", "key") for text in texts.values()):
        return ()
    found = tuple(
        text
        for number, text in texts.items()
        if not (schema.key(text) or role_beside(text))
        and isinstance(value_cell(below.cell(number)), Amount)
    )
    return found if len(found) >= FEWEST else ()


def of_one_period(schema: TableSchema) -> tuple[str, ...]:
    """The columns that cannot stand beside columns for periods: of which they are is not said."""
    return ("period", *schema.in_role("figure"))


def heading_twice(schema: TableSchema, name: str, text: str, first: str) -> CellFault:
    """That a heading is of the same column as one before it."""
    column = WordRef(schema.words, name)
    return CellFault("heading-twice", {"column": column, "text": text, "first": first})


def _unknown(text: str, near: str) -> CellFault:
    return CellFault("unknown-heading", {"text": text, "nearest": near})


def _with_key(code: str, heading: str) -> CellFault:
    """The fault of a heading, with that as a note names it."""
    return CellFault(code, {"text": heading, "key": toml_key(heading)})


# Headings that are nearly known


@remembered
def _near_heading(heading: str, schema: TableSchema) -> str:
    """The known heading that one nearly is, as `Utfal`, `Utfall (%)` and `Utfall 2024 ack` are."""
    plain = folded(heading)
    if schema.loose:
        start = re.split(r"[\s(]", plain)[0]
        if schema.key(start) == schema.loose:
            return start
        plain = folded(heading.partition("(")[0])
    if len(heading) > LONGEST_GUESS:
        return ""
    from difflib import SequenceMatcher  # noqa: PLC0415 - where a heading is not known

    near = nearest(plain, schema.known_words())
    return near if SequenceMatcher(None, near, plain).ratio() >= NEAR else ""


# Headings of periods


@remembered
def under_period(heading: str, schema: TableSchema) -> tuple[str, str] | None:
    """The field, if it is named, and the period of a heading such as `prognos helår` or `jan`."""
    fields = schema.under_period()
    if len(heading) > LONGEST_GUESS or not fields:
        return None
    if is_period(heading):
        return "", heading
    for words, rest in _parted(heading):
        if meaning("periods", words):
            continue  # `kvartal 4` is a period, though a column may be called `kvartal`
        name = schema.key(words)
        if name in fields and is_period(rest):
            return name, rest
    return _in_one_word(folded(heading), schema)


def _in_one_word(heading: str, schema: TableSchema) -> tuple[str, str] | None:
    """The field and the period of a heading that writes them together, as `årsprognos`."""
    for word, name in schema.known_words().items():
        when = heading.removesuffix(word).removesuffix("-")
        if name in schema.under_period() and heading.endswith(word) and when:
            for text in (when, when.removesuffix("s")):
                if is_period(text):
                    return name, text
    return None


def _parted(heading: str) -> Iterator[tuple[str, str]]:
    """A heading parted in two, in every way between its words: either part first."""
    words = re.sub(r"[():,]", " ", heading).split()
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])
        yield " ".join(words[at:]), " ".join(words[:at])


def _unknown_periods(
    unknown: Mapping[int, str], schema: TableSchema
) -> Iterator[tuple[int, CellFault]]:
    """The headings beside those of periods that are nearly of one, or of one in other words."""
    for count, (number, cell) in enumerate(unknown.items()):
        near = nearly_period(cell, schema) if count < MOST_GUESSES else ""
        if near:
            yield number, _unknown(cell, near)
        elif _seems_period(cell):
            yield number, _with_key("unknown-period-heading", cell)


def _strange_periods(
    unknown: Mapping[int, str], periods: tuple[PeriodColumn, ...]
) -> Iterator[tuple[int, CellFault]]:
    """The headings that say nothing but a time, and not in a way that is read."""
    for number, cell in unknown.items():
        if any(is_week(piece) for way in _ways(cell) for piece in way):
            yield number, CellFault("week-and-no-period", {"text": cell})
        elif looks_like_period(cell):
            yield number, _with_key("unknown-period-heading", cell)
    run = [(each, _YEARS.fullmatch(folded(each.text))) for each in periods]
    years = [(each, found) for each, found in run if found]
    next_to = [each for each, found in years if int(found[1]) + 1 == int(found[2])]
    if len(next_to) > 1 and len(next_to) == len(years):  # 2009-10, 2010-11: no months
        for each in next_to:
            yield each.number, _with_key("unknown-period-heading", each.text)


def _seems_period(cell: str) -> bool:
    """Whether a heading is of a period in words that are not known."""
    ways = list(_parted(cell)) if len(cell) <= LONGEST_GUESS and not is_age(cell) else []
    dated = is_date(cell) or _PART.fullmatch(folded(cell)) is not None
    dated = dated or meaning("periods", cell) == "to date"
    return dated or any(is_period(rest) for _, rest in ways)


@remembered
def nearly_period(heading: str, schema: TableSchema) -> str:
    """The heading of a period that one nearly is, with one word misspelt, as `utfall Febuari`."""
    words = heading.split() if len(heading) <= LONGEST_GUESS else []
    for at, word in enumerate(words):
        near = _near_word(folded(word))
        right = " ".join([*words[:at], near, *words[at + 1 :]])
        if near and under_period(right, schema):
            return right
    return ""


@remembered
def _near_word(word: str) -> str:
    """The word of periods that another nearly is, or has its letters in another order."""
    keys = {**meanings("months"), **meanings("periods")}
    known = [each for each, key in keys.items() if len(each) > 1 and key != "average"]
    for each in known:
        if each != word and each[0] == word[0] and sorted(each) == sorted(word):
            return each
    from difflib import get_close_matches  # noqa: PLC0415 - where a word is not known

    long = [each for each in known if len(each) >= LEAST_LONG]
    close = get_close_matches(word, long, n=1, cutoff=NEAR_PERIOD)
    return close[0] if close and word not in known else ""


# Headings over two rows


def with_groups(headings: HeadingRow, above: Record) -> HeadingRow:
    """The headings with what stands right above their periods."""
    first, schema = headings.first_period, headings.schema
    inside = {number: text for number, text in _texts(above).items() if number >= first}
    beside = any(number > first and _is_known(text, schema) for number, text in inside.items())
    if len(inside) < FEWEST and not beside:
        return headings
    periods: list[PeriodColumn] = []
    faults: list[tuple[int, CellFault]] = []
    for column in headings.periods:
        number, group = _over(inside, column.number)
        periods.append(_in_group(column, group, schema))
        if group and number == column.number and not _is_known(group, schema):
            faults.append((column.number, _with_key("unknown-period-heading", group)))
    return evolve(headings, periods=tuple(periods), faults=(*headings.faults, *faults))


def with_periods_below(headings: HeadingRow, below: Record) -> HeadingRow | None:
    """The headings with the periods in the row right below them, if that is a row of periods.

    Those that were only groups of periods are then no columns.
    """
    schema, texts = headings.schema, _texts(below)
    known = {number: under_period(text, schema) for number, text in texts.items()}
    alone = of_one_period(schema)
    fixed = {number for name, number in headings.columns.items() if name not in alone}
    if len(known) < FEWEST or not all(known.values()) or fixed & set(known):
        return None
    over = {n: text for n, text in _texts(headings.record).items() if n not in fixed}
    periods = {each.number: each for each in headings.periods}
    groups: set[int] = set()
    for number, found in known.items():
        first, group = _over(over, number)
        groups.add(first)
        periods[number] = _in_group(PeriodColumn(number, *found or ("", "")), group, schema)
    kept = [each for n, each in sorted(periods.items()) if n in texts or n not in groups]
    return evolve(
        headings,
        columns={name: n for name, n in headings.columns.items() if n not in groups},
        periods=tuple(kept),
        faults=tuple((n, fault) for n, fault in headings.faults if n not in groups),
        last=below.line,
    )


def _texts(record: Record) -> dict[int, str]:
    """The headings in a row, by the number of their cells."""
    cells = enumerate(record.cells, 1)
    return {number: heading_text(cell) for number, cell in cells if states(cell)}


def _over(groups: Mapping[int, str], number: int) -> tuple[int, str]:
    """The group that a column stands in: the nearest one over it or to the left."""
    first = max((each for each in groups if each <= number), default=0)
    return first, groups.get(first, "")


def _in_group(column: PeriodColumn, group: str, schema: TableSchema) -> PeriodColumn:
    """A column with the field and the year of its group, where it does not say them itself."""
    years = YEAR.findall(group)
    dated = column.text if period_in(column.text) or not years else f"{column.text} {years[0]}"
    return evolve(column, field=column.field or _field_of_group(group, schema), text=dated)


def _field_of_group(group: str, schema: TableSchema) -> str:
    """What the columns of a group hold, if its words say so: `Utfall`, `Prognos 2025`."""
    first = group.split(maxsplit=1)[0] if group else ""
    name = schema.key(first) or meaning("sheets", first)
    return name if name in schema.under_period() else ""


def _is_known(group: str, schema: TableSchema) -> bool:
    return bool(_field_of_group(group, schema)) or is_period(group)
