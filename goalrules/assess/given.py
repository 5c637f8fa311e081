"""The level that the data state in so many words, on the scale of the member."""

from collections.abc import Iterator

from goalrules.assess.binding import fault
from goalrules.core.scales import Ends, Scale, known
from goalrules.data.outcome import OutcomeRow
from goalrules.data.values import LevelRange, LevelWord, StatedLevel, Value
from goalrules.data.words import meaning
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded
from goalrules.text.numbers import Amount, read_amount


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
            return _stated(text or level, scale)
        case LevelRange(low, high, text):
            return _stated(text or f"{low}-{high}", scale)
        case Amount(number) if numbers:
            return _stated(format(number, "f"), scale)
        case _:
            return None


def _stated(text: str, scale: Scale) -> Ends | None:
    """The ends of a level, or of two with a dash between them, as `mörkgrön–grön`.

    A level may have dashes of its own; None where a text can be parted in several ways.
    """
    place = _place(text, scale)
    if place is not None:
        return known(place)
    words = folded(text).split("-")
    found = set[Ends]()
    for many in range(1, len(words)):
        one, other = (_place("-".join(each), scale) for each in (words[:many], words[many:]))
        if one is not None and other is not None:
            found.add(Ends(min(one, other), max(one, other)))
    return found.pop() if len(found) == 1 else None


def _place(word: str, scale: Scale) -> int | None:
    """The place of a level by its name, or by a word of either language for its colour."""
    folds = [folded(each) for each in scale.levels]
    named = (each for each in (folded(word), meaning("levels", word)) if each in folds)
    return next(map(folds.index, named), None)


def level_faults(row: OutcomeRow, scale: Scale) -> Iterator[Diagnostic]:
    """The words of a row that are no level of the scale."""
    for heading, cell in (("level", row.level), ("value", row.value)):
        if isinstance(cell, LevelWord | LevelRange) and not _ends_of(cell, scale, numbers=False):
            text = cell.text or (cell.level if isinstance(cell, LevelWord) else cell.low)
            levels = tuple(WordRef("level", each) for each in scale.levels)
            number = heading == "level" and read_amount(text) is not None
            code = "number-for-level" if number else "unknown-level-word"
            yield fault(row, code, heading, text=text, levels=levels)
