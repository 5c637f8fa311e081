"""What is wrong, where, and the facts about it: cause without words.

All that is the same for each fault of a code is declared once, in
`goalrules/report/texts/diagnostics.toml`: how grave it is, which facts it carries, what mends it,
and its message and hint in each language. Facts are values to put into them: the user's own text,
numbers, or a `WordRef`, which each language has its own word for.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Annotated, Literal, cast

from attrs import field

from goalrules.frozen import frozen_map
from goalrules.lazily import frozen
from goalrules.text.source import Source, Span

WordKind = Literal[
    "token", "level", "years", "place", "home", "gap",
    "heading", "judgement", "pair", "plan", "boolean",
    "member", "indicator", "goal", "contribution", "number",
]  # fmt: skip
"""What a word is a word for. Those of the last line are what the checks of rules speak of."""


@frozen
class WordRef:
    """Something that each language has its own word for: a keyword, a level, a heading."""

    __title__ = "Word"

    kind: Annotated[WordKind, "What it is: a level, a member, a keyword and so on."]
    key: Annotated[str, "Which of them."]


DiagnosticFact = str | int | WordRef | tuple[str | WordRef, ...]
PathKey = str | int
"""The name, or the number from 0, of an entry in values from Python, or the name of a field."""


def frozen_facts(facts: Mapping[str, DiagnosticFact]) -> Mapping[str, DiagnosticFact]:
    """Facts that cannot be changed."""
    return frozen_map(facts)


@frozen
class Diagnostic:
    """One fault: its code, the file and place, the line as it stands there, and its facts.

    Where it is marked the columns of the span count characters of the line, and the place can
    be shown in it; else they count the cells of a row, or mean the file as a whole. The sheet is
    named where the file has several; the path is that of an entry and its field from Python.
    """

    code: str
    file: str
    span: Span
    line: str
    facts: Mapping[str, DiagnosticFact] = field(factory=dict, converter=frozen_facts)
    marked: bool = field(default=False, kw_only=True)
    sheet: str = field(default="", kw_only=True)
    path: tuple[PathKey, ...] = field(default=(), kw_only=True)


@frozen
class Edit:
    """A change of a text: what is to stand in the place of a stretch of it."""

    span: Annotated[Span, "The stretch of the rule file."]
    text: Annotated[str, "What is to stand there; empty where it is to go."]


def in_source(source: Source, code: str, span: Span, **facts: DiagnosticFact) -> Diagnostic:
    """A diagnostic at a span of a source."""
    return Diagnostic(code, source.name, span, source.line(span.line), facts, marked=True)


MOST_FAULTS = 100
"""The number of faults in rules up to which each is told: more than can be worked on at once."""


def first_faults(source: Source, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first faults found, in the order of the source; the last tells if there are more.

    Those are not even looked for, so the cost is bounded however broken the rules are.
    """
    faults = iter(found)
    told = sorted(islice(faults, MOST_FAULTS), key=lambda each: (each.span.line, each.span.column))
    for more in islice(faults, 1):
        told.append(in_source(source, "too-many-faults", more.span, most=MOST_FAULTS))
    return tuple(told)


MOST_TOLD = 200
"""The number of faults in data up to which each is told."""


MORE_FAULTS = "more-faults"
"""The code of what tells how many faults more there are."""


def first_told(faults: Sequence[Diagnostic], unkept: int = 0) -> tuple[Diagnostic, ...]:
    """The first of some faults in data; the last tells how many more there are.

    Those that were found and not kept are counted among them.
    """
    told, more = faults[:MOST_TOLD], faults[MOST_TOLD:]
    if not more:
        return tuple(told)
    counted = (cast("int", each.facts.get("count")) for each in more if each.code == MORE_FAULTS)
    count = sum(each.code != MORE_FAULTS for each in more) + sum(counted) + unkept
    return (*told, Diagnostic(MORE_FAULTS, more[0].file, more[0].span, "", {"count": count}))
