"""The language reference, `grammar/README.md`: every example in it runs.

- A `goalrules` block is a whole file if it begins with `goalrules`, and must then load;
  otherwise it is a piece of one, and must parse.
- A `rule` block holds rules given alone, one in each paragraph.
- A block in Swedish and the block in English after it say the same.
- An `outcomes` block gives outcomes of the block before it, and what they come to.
- The rows of the tables of forms, and of what is refused, are tried in both languages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from attrs import evolve
from imports import ROOT

import goalrules
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Member
from goalrules.language.build import RULES as GRAMMAR_RULES
from goalrules.language.grammar import leads, parse_tokens
from goalrules.language.keywords import words
from goalrules.language.lalr import Node, Token, Tree, UnexpectedTokenError
from goalrules.language.levels import LevelScale
from goalrules.language.naming import naming
from goalrules.language.parser import parse_file, parse_rule
from goalrules.language.statements import Comments
from goalrules.language.syntax import Condition, Name, Point
from goalrules.language.tokens import read_tokens, sentences
from goalrules.language.validate import validate_rule
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source
from goalrules.versions import RULE_LANGUAGE

# The fenced blocks and the tables of a Markdown page, with the lines that they stand on


FENCE = re.compile(r"^( *)```(.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its info string in words, its text, and the line of its first fence."""

    info: tuple[str, ...]
    text: str
    line: int

    @property
    def kind(self) -> str:
        """The first word of the info string."""
        return self.info[0] if self.info else ""

    @property
    def language(self) -> Language:
        """The second word of the info string: "sv" or "en"."""
        return cast(Language, self.info[1] if len(self.info) > 1 else "")


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        opened = FENCE.match(line)
        if opened:
            indent = len(opened[1])
            inside = [text[indent:] for text in _until_closed(lines)]
            yield Block(tuple(opened[2].split()), "\n".join(inside), number)


def _until_closed(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        if line.strip() == "```":
            return
        yield line
    raise AssertionError("a block is not closed")


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its cells, and its line."""

    cells: tuple[str, ...]
    line: int

    def code(self, column: int) -> tuple[str, ...]:
        """What stands in back-ticks in a cell."""
        return tuple(re.findall(r"`([^`]+)`", self.cells[column]))


def rows(page: Path, heading: str) -> Iterator[TableRow]:
    """The rows of every table of a page with these words in its heading row."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|"):
            inside = False
        elif line.strip() == heading:
            inside = True
        elif inside and not line.startswith("|---"):
            cells = (cell.strip() for cell in line.strip().strip("|").split(" | "))
            yield TableRow(tuple(cells), number)


PAGE = ROOT / "grammar" / "README.md"
BLOCKS = tuple(blocks(PAGE))
FORMS = tuple(rows(PAGE, "| form | Swedish | English | means |"))
SENTENCES = tuple(rows(PAGE, "| sentence | Swedish | English | means |"))
TARGETS = tuple(rows(PAGE, "| target | Swedish | English | reached by |"))
REFUSED = tuple(rows(PAGE, "| written | in English | why | write instead |"))
REFUSED_SENTENCES = tuple(rows(PAGE, "| sentence written | in English | why | write instead |"))
SHOWN = (*FORMS, *SENTENCES, *TARGETS)
TOP = LevelScale(COLOURS, COLOURS.top)
NAMES = evolve(
    naming("abcde", {"g": ("a", "b"), "aktiviteter": None}, {"goal 1": TOP, "goal 2": TOP}),
    weights={"a": Decimal(2)},
    points=tuple(Point(Name(each), Decimal(n)) for n, each in enumerate(COLOURS.levels)),
)
"""What the rules of the tables are about: five members of which one weighs more, two groups, two
other goals, and points."""

WHOLE = "goalrules "
PLAN = re.compile(r"(.+?) \(plan (.+)\)")
LEVEL_SAID = re.compile(r"^[^,]+, (?!because|decided by|remark|rests on)")


def _ids(items: tuple[Block, ...] | tuple[TableRow, ...]) -> list[str]:
    return [f"line {each.line}" for each in items]


# Blocks


FILES = tuple(each for each in BLOCKS if each.kind == "goalrules")
RULES = tuple(each for each in BLOCKS if each.kind == "rule")
PAIRS = tuple(
    (one, other)
    for one, other in pairwise(BLOCKS)
    if one.kind == other.kind and (one.language, other.language) == ("sv", "en")
)
TRIED = tuple((one, other) for one, other in pairwise(BLOCKS) if other.kind == "outcomes")


def test_the_page_has_examples_of_every_kind() -> None:
    assert {each.kind for each in BLOCKS} == {"goalrules", "rule", "outcomes"}
    assert {each.language for each in (*FILES, *RULES)} == set(LANGUAGES)
    assert len(TRIED) == sum(each.kind == "outcomes" for each in BLOCKS)
    assert min(map(len, (FORMS, SENTENCES, TARGETS, REFUSED, REFUSED_SENTENCES, PAIRS))) > 0


@pytest.mark.parametrize("block", FILES, ids=_ids(FILES))
def test_a_file_is_understood(block: Block) -> None:
    if block.text.startswith(WHOLE):
        assert goalrules.loads(block.text).language == block.language
    assert statements(block)


@pytest.mark.parametrize("block", RULES, ids=_ids(RULES))
def test_a_rule_is_understood(block: Block) -> None:
    assert all(syntax_of(text, block.language) for text in texts(block))


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=_ids(tuple(one for one, _ in PAIRS)))
def test_both_languages_say_the_same(one: Block, other: Block) -> None:
    if one.kind == "rule":
        assert [syntax_of(each, "sv") for each in texts(one)] == [
            syntax_of(each, "en") for each in texts(other)
        ]
    else:
        assert statements(one) == statements(other)


def texts(block: Block) -> list[str]:
    """The rules of a block, one in each paragraph."""
    return block.text.split("\n\n")


def statements(block: Block) -> tuple[object, ...]:
    """What the sentences of a file say, each with its notes and without comments."""
    whole = block.text.startswith(WHOLE)
    return sentences_of(block.text if whole else _headed(block.text, block.language))


def _headed(text: str, language: Language) -> str:
    return f"{WHOLE}{RULE_LANGUAGE} {language}\n{text}"


def sentences_of(text: str) -> tuple[object, ...]:
    """What the sentences of a file say, each with its notes and without comments."""
    parsed = parse_file(Source("file", text))
    assert parsed.diagnostics == (), text
    return tuple(
        (each.body, *(evolve(note, comments=Comments()) for note in each.notes))
        for each in parsed.file.statements
    )


def syntax_of(text: str, language: Language) -> Condition | tuple[object, ...] | None:
    """What a rule given alone says."""
    parsed = parse_rule(Source("rule", text), language)
    assert parsed.diagnostics == (), text
    return parsed.condition or tuple(each.body for each in parsed.statements)


# Outcomes


@pytest.mark.parametrize(("block", "outcomes"), TRIED, ids=_ids(tuple(each for _, each in TRIED)))
def test_outcomes_come_to_what_the_page_says(block: Block, outcomes: Block) -> None:
    for line in outcomes.text.splitlines():
        given, _, expected = line.partition(" → ")
        assert expected, f"no → in {line!r}"
        said = _of_file if block.kind == "goalrules" else _of_rule
        assert said(block, _outcomes(given), expected) == expected, line


def _outcomes(given: str) -> dict[str, object]:
    pairs = (each.partition(" ") for each in given.split("; ") if each != "no outcomes")
    return {name: _outcome(cell) for name, _, cell in pairs}


def _outcome(cell: str) -> object:
    found = PLAN.fullmatch(cell)
    stated = found[1] if found else cell
    value = None if stated == "missing" else stated
    return {"value": value, "plan": found[2]} if found else value


def _of_rule(block: Block, outcomes: Mapping[str, object], expected: str) -> str:
    """What a rule comes to, in as many words as are expected."""
    (text,) = texts(block)
    return _said(goalrules.rule(text, outcomes).evaluate(outcomes), expected)


def _of_file(block: Block, outcomes: Mapping[str, object], expected: str) -> str:
    """What an indicator of a file, or a goal in a period, comes to."""
    rules = goalrules.loads(block.text)
    subject = re.match(r"(?:goal )?(\S+?)(?: in (.+?))?(:| is) ", expected)
    assert subject, expected
    name, period, _ = subject.groups()
    result = rules.assess(outcomes, period)
    if name in rules.goals:
        return subject[0] + _said(result[name], expected.removeprefix(subject[0]))
    members = [each for goal in result.values() for each in goal.trace.members]
    member = next(each for each in members if each.name == name)
    return subject[0] + _levels(member.worst, member.best) + _value(member, expected)


def _value(member: Member, expected: str) -> str:
    """The value of a member, where it is expected."""
    value = member.finding and member.finding.value
    return f" at {value}" if " at " in expected else ""


def _said(result: goalrules.GoalResult, expected: str) -> str:
    """The verdict; also the levels, reasons, remarks and what decides, where they are expected."""
    said: list[str] = [result.verdict or "no verdict"]
    if result.worst and LEVEL_SAID.search(expected):
        said.append(_levels(result.worst, result.best or ""))
    if "because" in expected:
        said.append("because " + " and ".join(each.code for each in result.reasons))
    if "decided by" in expected:
        said.append("decided by " + " and ".join(result.deciding))
    if "remark" in expected:
        said += [f"remark {each.text}" for each in result.trace.remarks if each.sure]
    if "rests on" in expected and result.trace.coverage:
        said.append("rests on {} of {}".format(*result.trace.coverage))
    return ", ".join(said)


def _levels(worst: str, best: str) -> str:
    return worst if worst == best else f"{worst} to {best}"


# Tables


@pytest.mark.parametrize("row", FORMS, ids=_ids(FORMS))
def test_a_form_reads_alike_in_both_languages(row: TableRow) -> None:
    said = [(text, language) for language, each in _both(row) for text in each]
    assert [codes_of_rule(*each) for each in said] == [[]] * len(said)
    _alike([syntax_of(*each) for each in said])


@pytest.mark.parametrize("row", [*SENTENCES, *TARGETS], ids=_ids((*SENTENCES, *TARGETS)))
def test_a_sentence_reads_alike_in_both_languages(row: TableRow) -> None:
    said = [_headed(text, language) for language, each in _both(row) for text in each]
    _alike([sentences_of(each) for each in said])


def _alike(said: Sequence[object]) -> None:
    assert len(said) > 1
    assert all(each == said[0] for each in said), said


@pytest.mark.parametrize("row", REFUSED, ids=_ids(REFUSED))
def test_what_is_refused_is_refused_for_the_reason_given(row: TableRow) -> None:
    for column, language in enumerate(LANGUAGES):
        for text in row.code(column):
            assert codes_of_rule(text, language)[:1] == _code(row), text
    assert all(_is_whole(text) for text in row.code(3))


@pytest.mark.parametrize("row", REFUSED_SENTENCES, ids=_ids(REFUSED_SENTENCES))
def test_a_sentence_that_is_refused_is_refused_for_the_reason_given(row: TableRow) -> None:
    for column, language in enumerate(LANGUAGES):
        for text in row.code(column):
            parsed = parse_file(Source("file", _headed(text, language)))
            assert [each.code for each in parsed.diagnostics][:1] == _code(row), text
    assert all(sentences_of(_headed(text, "sv")) for text in row.code(3))


def _code(row: TableRow) -> list[str]:
    """The code of the diagnostic, which ends the reason in brackets."""
    return re.findall(r"\(([a-z-]+)\)$", row.cells[2])


def _is_whole(text: str) -> bool:
    return any(codes_of_rule(text, language) == [] for language in LANGUAGES)


def _both(row: TableRow) -> Iterator[tuple[Language, tuple[str, ...]]]:
    yield "sv", row.code(1)
    yield "en", row.code(2)


def codes_of_rule(text: str, language: Language) -> list[str]:
    """The codes of the faults of a rule given alone, as one language reads it."""
    source = Source("rule", text)
    parsed = parse_rule(source, language)
    if parsed.diagnostics:
        return [each.code for each in parsed.diagnostics]
    found = validate_rule(source, parsed.condition, parsed.statements, NAMES)
    return [each.code for each in found]


# The whole grammar


def test_every_rule_of_the_grammar_is_on_the_page() -> None:
    tables = [(text, each) for row in SHOWN for each, cells in _both(row) for text in cells]
    files = [(_bare(block), block.language) for block in FILES]
    rules = [(text, block.language) for block in RULES for text in texts(block)]
    found = {rule for each in (*tables, *files, *rules) for rule in rules_of(*each)}
    assert set(GRAMMAR_RULES) - found == set()


def _bare(block: Block) -> str:
    """The text of a block without its first line where that gives the language."""
    return block.text.partition("\n")[2] if block.text.startswith(WHOLE) else block.text


def rules_of(text: str, language: Language) -> Iterator[str]:
    """The rules of the grammar by which a condition, or each of some sentences, is read."""
    tokens = read_tokens(Source("", text), words(language)).tokens
    for sentence in sentences(tokens, leads()):
        tree = _tree(sentence)
        yield from (each.data for each in (tree.subtrees() if isinstance(tree, Tree) else ()))


def _tree(tokens: Sequence[Token]) -> Node:
    try:
        return parse_tokens(tokens, "sentence")
    except UnexpectedTokenError:
        return parse_tokens(tokens, "condition")
