"""What fuzzing begins with, and the words that it puts in: rule sets, golden pages, small files."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from engine_cases import as_rows, drawn
from golden_pages import Block, expectations, pages
from oracle.catalogue import dice
from parsing import RULE_FILES

from goalrules.language.keywords import words
from goalrules.resources import read_text
from goalrules.text.languages import LANGUAGES

from .targets import BOOK, book

MOST_BYTES = 4000
"""The size of a seed and of an input; longer ones take long to read and seldom show more."""
MOST_OF: Mapping[str, int] = {"workbook": 8000, "outcomes": 8000}
"""The size for targets whose files are longer."""

KOLADA = {
    "values": [
        {"kpi": "N1", "municipality": "1", "period": 2025, "values": [{"gender": "T", "value": 1}]}
    ]
}
ODD: Sequence[object] = (
    None, True, 7, 1e308, -0.0, "a", [], {}, [[]], [None], {"a": None}, {"a": True}, {"": 1},
    {"a": {"utfall": "75,5", "plan": "följs", "period": "T1", "year": 2025}}, {"a": {"a": {}}},
    [{"indicator": "a", "period": "2025-03", "value": 1, "count": 2, "forecast": "8"}],
    {"1/a": "grön", "1/b/x": "uppnått", "1/b/y": "not reached", "c": "1 200"},
    [{"goal": "1", "judgement": "uppfyllt", "period": "2025", "by": "N", "date": "2026-02-17",
      "reason": "r", "indicator": "a"}],
    {"1": {"judgement": "undantas", "period": "2025", "by": "N", "date": "2026-02-17",
           "reason": "r"}},
)  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """The seeds of a target, each once."""
    every: Iterable[bytes]
    match target:
        case "rules" | "formatting":
            files = (file.encode() for file in RULE_FILES.values())
            every = (*files, *(block.text.encode() for block in blocks("rules", "old", "new")))
        case "rule":
            every = (
                f"{', '.join(block.words[1:])}\n{block.text}".encode() for block in blocks("rule")
            )
        case "outcomes":
            every = tables()
        case "workbook":
            parts = book()
            every = (bytes([place]) + parts[name] for place, name in enumerate(sorted(parts)))
        case "assess":
            rng = dice(3)
            every = (rng.randbytes(size) for size in (0, 60, 400, 800, 400, 800))
        case _:
            every = (json.dumps(each).encode() for each in given())
    return [each for each in dict.fromkeys(every) if len(each) <= MOST_OF.get(target, MOST_BYTES)]


def given() -> Iterator[object]:
    """What may be given to Python as outcomes or judgements."""
    yield from ODD
    outcomes = drawn(dice(5), 2025, by_parts=False)
    few = dict(islice(outcomes.items(), 6))
    yield few
    yield as_rows(few, "2025-03")


def tables() -> Iterator[bytes]:
    """Small files of outcomes, pairs and judgements of every kind."""
    yield from (block.text.encode() for block in blocks("outcomes", "judgements", "map"))
    yield from (json.dumps(each).encode() for each in (KOLADA, *given()))
    yield BOOK
    yield "mål;indikator;period;utfall;plan\n5;a;2025-03;75,5;följs\n".encode("utf-16")
    yield "mål,indikator,utfall\n5,å,75.5\n".encode("cp1252")


def blocks(*names: str) -> Iterator[Block]:
    """The blocks of golden pages by these names."""
    for page in pages():
        for each in expectations(page):
            yield from (each.given.blocks[name] for name in names if name in each.given.blocks)


def dictionary() -> list[str]:
    """The words of both languages, of rule files and of outcome files."""
    of_rules = {phrase for language in LANGUAGES for phrase in words(language).meanings}
    of_data: set[str] = set()
    for language in LANGUAGES:
        lines = read_text(f"grammar/data-{language}.toml").splitlines()
        of_data |= {word for line in lines for word in line.split('"')[1::2]}
    return sorted(of_rules | of_data | {"\t", "\r", "T1 2025", "2025-03", "75,5", "1e400", "\x00"})
