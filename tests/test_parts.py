"""Parts with targets of their own, so many of which have to reach them, against all completions."""

from decimal import Decimal
from io import BytesIO
from itertools import product

import pytest
from openpyxl import load_workbook

import goalrules
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.source import Source

pytestmark = pytest.mark.law

FILES = {
    "sv": """goalrules 1 sv
gäller 2025
mål 1 "T"
  indikator a
    delar "A" minst 80, "B" högst 5,5, "C" 3–6
    riktvärde {}
  grön om a grön
  annars röd
""",
    "en": """goalrules 1 en
valid 2025
goal 1 "T"
  indicator a
    parts "A" at least 80, "B" at most 5.5, "C" 3–6
    target {}
  green when a green
  otherwise red
""",
}
AIMS = {
    3: ("alla delar uppnådda", "all parts reached"),
    2: ("minst 2 delar uppnådda", "at least 2 parts reached"),
    1: ("minst 1 del uppnådd", "at least 1 part reached"),
}
OUTCOMES: tuple[dict[object, bool | None], ...] = (
    {80: True, 79: False, "reached": True, None: None},
    {Decimal("5.5"): True, 6: False, "not reached": False, None: None},
    {3: True, Decimal("2.9"): False, 7: False, None: None},
)
"""The outcomes of each part, with whether they reach its target; None where that is not known."""


@pytest.mark.parametrize("need", AIMS)
@pytest.mark.parametrize(("language", "at"), [("sv", 0), ("en", 1)])
def test_so_many_parts_reach_what_each_is_asked(need: int, language: str, at: int) -> None:
    rules = goalrules.loads(FILES[language].format(AIMS[need][at]))
    for told in product(*(each.items() for each in OUTCOMES)):
        given = {f"a/{part}": value for part, (value, _) in zip("ABC", told, strict=True)}
        spread = product(*([True, False] if one is None else [one] for _, one in told))
        found = {sum(each) >= need for each in spread}
        verdict = "met" if found == {True} else "not met" if found == {False} else "open"
        assert rules.assess(given)["1"].verdict == verdict, given


def test_so_many_of_the_parts_that_apply() -> None:
    rules = goalrules.loads(FILES["en"].format("at least 2 parts reached"))
    gone = "not applicable"
    met = {"a/A": 80, "a/B": 5, "a/C": gone}
    assert rules.assess(met)["1"].verdict == "met"
    assert rules.assess({"a/A": 80, "a/B": gone, "a/C": gone})["1"].verdict == "open"


@pytest.mark.parametrize("need", AIMS)
def test_it_is_written_back_in_both_languages(need: int) -> None:
    texts = [FILES[each].format(aim) for each, aim in zip(FILES, AIMS[need], strict=True)]
    sv, en = (parse_file(Source("rules", each)).file for each in texts)
    assert format_file(sv, "en").splitlines()[3:] == format_file(en).splitlines()[3:]
    assert format_file(en, "sv").splitlines()[3:] == format_file(sv).splitlines()[3:]


def test_what_is_asked_of_parts_is_a_difference() -> None:
    text = FILES["en"].format("all parts reached")
    for new in (
        text.replace("at least 80", "at least 81"),
        text.replace(" 3–6", ""),
        text.replace("all parts", "at least 2 parts"),
    ):
        found = goalrules.diff(goalrules.loads(text), goalrules.loads(new))
        assert found.changed
    same = text.replace('"A" at least 80, "B" at most 5.5', '"B" at most 5.5, "A" at least 80')
    assert not goalrules.diff(goalrules.loads(text), goalrules.loads(same)).changed


def test_parts_with_targets_are_filled_in_as_numbers() -> None:
    text = FILES["en"].format("at least 2 parts reached").replace(', "C" 3–6', ', "C"')
    rules = goalrules.loads(text)
    book = load_workbook(BytesIO(rules.template()))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"A", "B", "C"} <= texts


def test_a_figure_of_a_part_without_a_target_is_refused() -> None:
    text = FILES["en"].format("at least 2 parts reached").replace(" 3–6", "")
    with pytest.raises(goalrules.OutcomeError) as refused:
        goalrules.loads(text).assess({"a/C": 5})
    assert [each.code for each in refused.value.diagnostics] == ["reached-expected"]


# The number of a whole beside its parts

BESIDE = """goalrules 2 sv
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "T"
  indikator a
    delar "K" högst 6, "M" högst 6
    riktvärde {}
  {}
  grön om a grön
"""


def beside(aim: str, more: str = "visas som den är", *lines: str) -> goalrules.Assessment:
    text = BESIDE.format(aim, more).replace("  visas som den är\n", "")
    rules = goalrules.loads(text)
    rows = "\n".join(("indikator;period;utfall", *lines, "")).encode()
    return rules.assess(goalrules.read_outcomes(rows, 2025, name="u.csv"), "2025")


@pytest.mark.parametrize("aim", ["alla delar uppnådda", "2 delar uppnådda", "minst 1 del uppnådd"])
@pytest.mark.parametrize("whole", ["0", "2", "5,9", "1000000"])
@pytest.mark.parametrize("parts", [("5", "5"), ("5", "7"), ("7", "7"), ("5", ""), ("", "uppnått")])
def test_the_number_of_a_whole_changes_no_verdict(
    aim: str, whole: str, parts: tuple[str, str]
) -> None:
    given = [f"a/{name};2025;{each}" for name, each in zip("KM", parts, strict=True) if each]
    alone, both = beside(aim, "", *given), beside(aim, "", f"a;2025;{whole}", *given)
    assert both["1"].verdict == alone["1"].verdict
    assert (both["1"].worst, both["1"].best) == (alone["1"].worst, alone["1"].best)
    member = both["1"].trace.members[0]
    assert member.finding
    assert str(member.finding.value).replace(".", ",") == whole
    assert {each.line: each.reason for each in both.inputs.rows()}[2] == "judged by parts"
    by_name: dict[str, object] = {"a": Decimal(whole.replace(",", "."))}
    by_name |= {each.partition(";")[0]: each.rpartition(";")[2] for each in given}
    rules = goalrules.loads(BESIDE.format(aim, ""))
    program = rules.compile("2025")
    assert program.verdicts(by_name)["1"] == alone["1"].verdict
    columns = program.assess_columns({name: [value] for name, value in by_name.items()})
    assert columns["1"] is not None
    assert list(columns["1"]) == [alone["1"].verdict]


def test_parts_that_are_missing_are_what_leaves_it_open() -> None:
    found = beside("alla delar uppnådda", "", "a;2025;5", "a/K;2025;5")
    assert found["1"].verdict == "open"
    assert "missing" in [each.code for each in found["1"].reasons]


@pytest.mark.parametrize("lines", [["a;2025;5"], ["a;2024;5"], ["a;jan 2025;5", "a;feb 2025;6"]])
def test_a_number_of_which_no_part_is_told_is_refused(lines: list[str]) -> None:
    with pytest.raises(goalrules.OutcomeError) as refused:
        beside("alla delar uppnådda", "", *lines)
    assert {each.code for each in refused.value.diagnostics} == {"whole-of-parts"}


@pytest.mark.parametrize("more", ["indikator b = summan av a, c\n  visas bara\n  indikator c",
                                  "indikator b\n  riktvärde minst a"])  # fmt: skip
def test_a_number_that_another_is_worked_out_or_measured_from_is_used(more: str) -> None:
    found = beside("alla delar uppnådda", more, "a;2025;5", "a/K;2025;5", "a/M;2025;6")
    told = {each.line: (each.member, each.reason) for each in found.inputs.rows()}
    assert told[2] == ("1/a", "")


def test_the_rows_of_a_whole_are_outranked_only_where_its_number_counts() -> None:
    given = ("a;jan 2025;5", "a;feb 2025;6", "a/K;2025;5", "a/M;2025;6")
    alone = beside("alla delar uppnådda", "", *given)
    assert not alone["1"].indication
    told = {each.line: each.reason for each in alone.inputs.rows() if each.reason}
    assert told == {2: "judged by parts", 3: "judged by parts"}
    of_both = beside("alla delar uppnådda", "indikator b\n  riktvärde minst a", *given, "b;2025;9")
    told = {each.line: each.reason for each in of_both.inputs.rows() if each.reason}
    assert told == {2: "earlier"}
    judged = beside("alla delar uppnådda", "indikator b = antalet gröna av a\n  visas bara", *given)
    told = {each.line: each.reason for each in judged.inputs.rows() if each.reason}
    assert told == {2: "judged by parts", 3: "judged by parts"}


def test_a_value_that_is_worked_out_is_not_compared_with_how_many_parts() -> None:
    text = BESIDE.format("2 delar uppnådda", "indikator c").replace(
        ' högst 6, "M" högst 6', ', "M"'
    )
    rules = goalrules.loads(text.replace("delar", "= summan av c\n    delar", 1))
    given = {"c": 1, "a/K": "uppnått", "a/M": "uppnått"}
    assert rules.assess(given)["1"].verdict == "met"
    assert rules.assess({**given, "c": 100, "a/M": "ej uppnått"})["1"].verdict == "not met"


def test_no_forecast_of_a_whole_says_where_its_parts_end() -> None:
    text = BESIDE.format("alla delar uppnådda", "")
    rows = b"indikator;period;utfall;prognos\na;mar 2025;5;6\na/K;mar 2025;5;\na/M;mar 2025;5;\n"
    found = goalrules.loads(text).assess(goalrules.read_outcomes(rows, 2025), "2025-03")
    assert found["1"].trace.ahead is None
    finding = found["1"].trace.members[0].finding
    assert finding
    assert finding.through is None


def test_strict_tells_of_the_number_of_a_whole() -> None:
    rules = goalrules.loads(BESIDE.format("alla delar uppnådda", ""))
    rows = goalrules.read_outcomes(b"indikator;utfall\na;5\na/K;5\na/M;5\n", 2025)
    with pytest.raises(goalrules.OutcomeError, match="unused-beside-parts"):
        rules.assess(rows, "2025", strict=True)
