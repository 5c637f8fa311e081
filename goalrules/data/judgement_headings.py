"""The heading row of a table of judgements."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from attrs import frozen

from goalrules.data.headings import LONGEST_GUESS, MOST_GUESSES, NEAR, heading_text
from goalrules.data.place import cell_span
from goalrules.data.records import Record, text_of
from goalrules.data.values import CellFault, unseen_in
from goalrules.data.words import meaning, meanings
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.names import folded, nearest

NEEDED = ("period", "judgement", "by", "date", "reason")
"""What every row has to say, beside the goal or the indicator that it is about."""


@frozen
class JudgementHeadings:
    """A heading row: the number of the cell of each column, and the headings nearly of others."""

    record: Record
    columns: Mapping[str, int]
    near: Mapping[int, str]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The columns that have to be there and are not, under no heading that is nearly theirs."""
        meant = {meaning("judgements", word) for word in self.near.values()}
        return tuple(each for each in NEEDED if each not in {*self.columns, *meant})

    def told(self, file: str, sheet: str) -> Iterator[Diagnostic]:
        """What is wrong with the headings, at their cells."""
        for number, fault in (*self._whole(), *self._at_cells()):
            span = cell_span(self.record.line, number)
            yield Diagnostic(fault.code, file, span, self.record.text, fault.facts, sheet=sheet)

    def _whole(self) -> Iterator[tuple[int, CellFault]]:
        if self.lacking:
            at = self.columns.get("judgement", 1)
            yield at, CellFault("no-judgement-column", {"expected": terms(self.lacking)})

    def _at_cells(self) -> Iterator[tuple[int, CellFault]]:
        """The headings that hold what cannot be seen, are nearly known, or stand there twice."""
        texts = dict(enumerate(map(heading_text, self.record.cells), 1))
        for number, text in texts.items():
            unseen = unseen_in(text_of(self.record.cells[number - 1]))
            name = meaning("judgements", text)
            if unseen:
                yield number, unseen
            elif number in self.near:
                facts = {"text": text, "nearest": self.near[number]}
                yield number, CellFault("unknown-heading", facts)
            elif name and self.columns[name] != number:
                first, column = texts[self.columns[name]], WordRef("judgement", name)
                twice: dict[str, DiagnosticFact] = {"text": text, "first": first, "column": column}
                yield number, CellFault("heading-twice", twice)


def judgement_headings(record: Record, _: str = "") -> JudgementHeadings | None:
    """The headings that a record holds, if it names the judgement and what it is about."""
    texts = dict(enumerate(map(heading_text, record.cells), 1))
    known = {number: meaning("judgements", text) for number, text in texts.items()}
    columns = {name: number for number, name in reversed(known.items()) if name}
    if not columns:
        return None
    unknown = {number: text for number, text in texts.items() if text and not known[number]}
    near = dict(_nearly(unknown, columns))
    names = {*columns, *(meaning("judgements", word) for word in near.values())}
    if "judgement" not in names or not names & {"goal", "indicator"}:
        return None
    return JudgementHeadings(record, columns, near)


def _nearly(unknown: Mapping[int, str], columns: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The unknown headings that are nearly one which the record has not, and that one."""
    for number, text in list(unknown.items())[:MOST_GUESSES]:
        word = nearest(text, meanings("judgements")) if len(text) <= LONGEST_GUESS else ""
        alike = SequenceMatcher(None, word, folded(text)).ratio()
        if word and alike >= NEAR and meaning("judgements", word) not in columns:
            yield number, word


def terms(names: Iterable[str]) -> tuple[WordRef, ...]:
    """Columns as messages name them."""
    return tuple(WordRef("judgement", name) for name in names)
