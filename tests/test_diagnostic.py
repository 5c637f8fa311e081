"""How a diagnostic is drawn: its place, the line with its marks, and what never gets through."""

import time
from typing import get_args

import pytest

from goalrules.data.csv_grid import read_text
from goalrules.data.outcome import rows_from_python
from goalrules.language.keywords import words
from goalrules.language.parser import parse_rule
from goalrules.report.diagnostics.text import plain_text, render
from goalrules.report.layout import WIDEST
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordKind, WordRef, in_source
from goalrules.text.languages import Language
from goalrules.text.source import NOWHERE, Source, Span

FILE_CODES = (
    "no-such-file no-such-folder is-a-directory not-a-regular-file not-readable not-writable"
    " write-protected binary empty-file"
).split()


def unknown(line: str, word: str, file: str = "regler.goals") -> Diagnostic:
    """That a word on a line is no member's name."""
    source = Source(file, line)
    start = source.text.index(word)
    span = source.span(start, start + len(word))
    return in_source(source, "unknown-member", span, text=word, nearest="")


def drawn(diagnostic: Diagnostic) -> list[str]:
    return render(diagnostic, "sv").split("\n")


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("grön om tilsyn grön", "           ^^^^^^"),
        ("\tgrön om tilsyn grön", "               ^^^^^^"),
        ("a\tgrön om tilsyn grön", "               ^^^^^^"),
        ('"日本" tilsyn', "          ^^^^^^"),
        ('"g\u0323o\u0324" tilsyn', "        ^^^^^^"),
    ],
    ids=["plain", "tab", "tab-inside", "wide", "combining"],
)
def test_the_marks_stand_under_the_word(line: str, marks: str) -> None:
    assert drawn(unknown(line, "tilsyn"))[2] == "   | " + marks[3:]


def test_a_long_line_is_cut_around_the_word() -> None:
    line = "gul om " + "alla gröna och " * 40 + "tilsyn grön" + " och alla gröna" * 40
    _, shown, marks, _ = drawn(unknown(line, "tilsyn"))
    at = marks.index("^")
    assert shown[at : at + marks.count("^")] == "tilsyn"
    assert shown.startswith("   | …")
    assert shown.endswith("…")
    assert max(len(shown), len(marks)) <= WIDEST + len("   | ……")


def test_a_line_of_a_megabyte_is_drawn_at_once() -> None:
    fault = unknown("a " * 500_000 + "tilsyn" + " a" * 500_000, "tilsyn")
    begun = time.perf_counter()
    assert drawn(fault)[2].count("^") == len("tilsyn")
    assert time.perf_counter() - begun < 1


def test_a_stretch_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    source = Source("f", "grön om\n  alla gröna")
    fault = in_source(source, "clause-twice", Span(1, 1, 2, 13), line=1)
    assert drawn(fault)[1:3] == ["   | grön om", "   | ^^^^^^^"]


def test_an_empty_line_is_not_drawn() -> None:
    fault = in_source(Source("f", ""), "no-header", NOWHERE)
    assert drawn(fault)[1].startswith("   = skriv `goalrules 1 sv`")


def test_nothing_that_steers_a_terminal_gets_through() -> None:
    line = "grön om \x1b[31mtil\u202esyn\ud800 grön"
    text = render(unknown(line, "til\u202esyn", file="a\x07\nb.goals"), "sv")
    assert not set(text) & set("\x1b\x07\u202e\ud800")
    assert text.startswith("a\ufffd b.goals:1:")


def test_a_fault_of_data_is_one_line() -> None:
    fault = Diagnostic("no-such-file", "regler\n.goals", NOWHERE, "", {"file": "x"})
    said = "regler .goals:1:1: filen finns inte (kontrollera namnet och mappen) [no-such-file]"
    assert render(fault, "sv") == said


def test_a_near_name_takes_the_place_of_the_hint() -> None:
    near = Diagnostic("unknown-goal", "f", NOWHERE, "", {"text": "11", "nearest": "1.1"})
    far = Diagnostic("unknown-goal", "f", NOWHERE, "", {"text": "11", "nearest": ""})
    assert render(near, "en").endswith("no goal `11` (did you mean `1.1`?) [unknown-goal]")
    assert "did you mean" not in render(far, "en")


def test_pieces_of_rules_are_in_the_language_of_the_file() -> None:
    (fault,) = parse_rule(Source("rule", "exakt 3 gröna"), "sv").diagnostics
    assert "write `minst 3 gröna` or" in render(fault, "en", "sv")
    assert "write `at least 3 green` or" in render(fault, "en")


def test_the_diagnostics_stand_in_order() -> None:
    faults = [unknown("grön om b grön", "b"), unknown("grön om c grön", "c")]
    assert plain_text(faults, "sv") == "\n".join(render(each, "sv") for each in faults)
    assert plain_text((), "sv") == ""


def test_a_sentence_of_too_many_words_is_refused() -> None:
    faults = parse_rule(Source("rule", "a " * 10_001), "en").diagnostics
    assert plain_text(faults, "en").startswith(
        "rule:1:1: the sentence has more than 10\u00a0000 words [too-long]\n   | a a a"
    )


def test_a_user_s_own_words_are_never_read_as_fields() -> None:
    text = "{text} {0} %s {MET}"
    fault = Diagnostic("unknown-indicator", "f", NOWHERE, "", {"text": text, "nearest": ""})
    assert f"`{text}`" in render(fault, "sv")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("code", FILE_CODES)
def test_a_fault_of_a_file_has_its_text(code: str, language: Language) -> None:
    fault = Diagnostic(code, "f", NOWHERE, "", {"file": "f", "limit": 0})
    assert render(fault, language).endswith(f" [{code}]")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (read_text(b"\x81\x8d", "f"), "i cp1252: här står byten 0x81"),
        (read_text(b"x\n" * 100_002, "f"), "fler än 100\u00a0000 rader"),
        (rows_from_python({"a": [1]})[1][0], "`[1]` är inget utfall"),
        (rows_from_python({"a": {"utfal": 1}})[1][0], "(menade du `utfall`?)"),
        (rows_from_python({"a": {"utfall": 1, "value": 2}})[1][0], "anger `utfall` en gång till"),
        (rows_from_python({"a": {"value": 1, "goal": 1.5}})[1][0], "skriv ord i kolumnen `mål`"),
        (Diagnostic("no-period", "period", NOWHERE, "", {"text": ""}), "ingen period är angiven"),
        (Diagnostic("too-large", "f", NOWHERE, "", {"limit": 50}), "större än 50 MB"),
        (Diagnostic("too-many-columns", "f", NOWHERE, "", {"limit": 1000}), "fler än 1000 celler"),
        (Diagnostic("cell-too-long", "f", NOWHERE, "", {"limit": 9}), "fler än 9 tecken"),
        (Diagnostic("more-faults", "f", NOWHERE, "", {"count": 7}), "7 fel till visas inte"),
    ],
)
def test_a_fault_of_outcomes_has_its_text(fault: Diagnostic, said: str) -> None:
    assert said in render(fault, "sv")


def test_every_token_that_can_be_expected_has_words() -> None:
    types = {meaning.type for meaning in words("sv").meanings.values()}
    others = set("NAME STRING DASH COMMA CAP COLON EQUAL LESSTHAN $END".split())
    for token in sorted(types - {"FILLER"} | others):
        expected = (WordRef("token", token), WordRef("token", "SEMICOLON"))
        fault = Diagnostic("unexpected-word", "f", NOWHERE, "", {"text": "x", "expected": expected})
        assert token not in render(fault, "sv")


WORDS: dict[WordKind, tuple[str, str]] = {
    "token": ("GOAL", "mål"),
    "level": ("green", "grön"),
    "years": ("2024/2026", "åren 2024–2026"),
    "place": ("goal", "ett mål"),
    "home": ("goal", "målet"),
    "gap": ("weight", "det finns en vikt för andra år men ingen"),
    "heading": ("value", "utfall"),
    "judgement": ("reason", "skäl"),
    "pair": ("old", "gammalt"),
    "plan": ("begun", "påbörjade"),
    "boolean": ("true", "sant"),
    "member": ("a", "`a`"),
    "indicator": ("a", "`a`"),
    "goal": ("1.1", "`1.1`"),
    "contribution": ("KF1", "`KF1`"),
    "number": ("1.5", "1,5"),
}


def test_every_kind_of_word_has_its_words() -> None:
    assert WORDS.keys() == set(get_args(WordKind))
    for kind, (key, word) in WORDS.items():
        facts: dict[str, DiagnosticFact] = {"text": WordRef(kind, key), "levels": ("a",)}
        fault = Diagnostic("unknown-level", "f", NOWHERE, "", facts)
        assert f": `{word}` är" in render(fault, "sv")
