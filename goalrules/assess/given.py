"""The level that the data state in so many words, on the scale of the member."""

from collections.abc import Iterator

from goalrules.assess.binding import fault
from goalrules.core.scales import Ends, Scale, known
from goalrules.data.outcome import OutcomeRow
from goalrules.data.values import LevelRange, LevelWord, StatedLevel, Value
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded
from goalrules.text.numbers import Amount


def given_ends(row: OutcomeRow | None, scale: Scale, *, numbers: bool = False) -> Ends | None:
    """The ends of the level that a row states; `numbers` where a value can be a level's name."""
    for cell in (row.level, row.value) if row else ():
        found = _ends_of(cell, scale, numbers=numbers)
        if found:
            return found
    return None


def _ends_of(cell: StatedLevel | Value | None, scale: Scale, *, numbers: bool) -> Ends | None:
    match cell:
        case LevelWord(level, text):
            place = _place(level, scale)
            return known(place) if place is not None else _range(text or level, scale)
        case LevelRange(low, high, text):
            places = [_place(each, scale) for each in (low, high)]
            return _between(places) or _range(text, scale)
        case Amount(number) if numbers:
            place = _place(format(number, "f"), scale)
            return None if place is None else known(place)
        case _:
            return None


def _place(level: str, scale: Scale) -> int | None:
    folds = [folded(each) for each in scale.levels]
    return folds.index(folded(level)) if folded(level) in folds else None


def _range(text: str, scale: Scale) -> Ends | None:
    """Two levels with a dash between them."""
    low, _, high = folded(text).partition("-")
    return _between([_place(each.strip(), scale) for each in (low, high)])


def _between(places: list[int | None]) -> Ends | None:
    known_ones = [place for place in places if place is not None]
    return Ends(min(known_ones), max(known_ones)) if len(known_ones) == len(places) else None


def level_faults(row: OutcomeRow, scale: Scale) -> Iterator[Diagnostic]:
    """The words of a row that are no level of the scale."""
    for heading, cell in (("level", row.level), ("value", row.value)):
        if isinstance(cell, LevelWord | LevelRange) and not _ends_of(cell, scale, numbers=False):
            text = cell.text or (cell.level if isinstance(cell, LevelWord) else cell.low)
            levels = tuple(WordRef("level", each) for each in scale.levels)
            yield fault(row, "unknown-level-word", heading, text=text, levels=levels)
