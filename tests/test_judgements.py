"""Files of judgements, what Python gives of them, and where they may be made."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from commands import run
from drawn_outcomes import ROOT, outcomes_path, rule_set, rules_path
from workbooks import written

import goalrules
from goalrules.data.judgements import JudgementRow, read_judgements
from goalrules.data.period import Period

EXAMPLE = ROOT / "examples" / "bedomningar-2025.csv"
YEAR = Period((2025, 1), (2025, 12))
DAY = dt.date(2026, 2, 17)
WHO = {"period": "2025", "by": "Nämnden", "date": "2026-02-17", "reason": "skäl"}
MET = {"judgement": "uppfyllt", **WHO}
WAIVED = {"judgement": "undantas", **WHO}
RULES = """goalrules 1 sv
gäller 2024–2026
helhetsbedömning på helår
mål 1 "A"
  indikator a, b
  grön om hälften gröna
mål 2 "B"
  helhetsbedömning vid delår, månadsvis
  indikator c
  grön om c grön
mål 3 "C"
  samma som mål 1
mål 4 "D"
  gäller 2025–2026
  grön om alla av mål 1, 2 uppfyllda
"""
ROW = JudgementRow(
    goal="2", judgement="uppfyllt", kind="met", period=YEAR, by="Nämnden", date=DAY, reason="skäl"
)


def rules() -> goalrules.RuleSet:
    return goalrules.loads(RULES)


def codes(judgements: object, period: str = "2025") -> list[str]:
    """The faults of judgements as Python gives them."""
    try:
        rules().assess({}, period, judgements)  # type: ignore[arg-type]
    except goalrules.OutcomeError as error:
        return [each.code for each in error.diagnostics]
    return []


# Files


HEADINGS = ("Mål", "Period", "Bedömning", "Beslutat av", "Datum", "Skäl")
CELLS = ("2", "2025", "uppfyllt", "Nämnden", DAY, "skäl")
ENTRY = {"goal": 2, "period": 2025, "judgement": "met", "decided by": "Nämnden", "why": "skäl"}
FILES: Mapping[str, bytes] = {
    "semicolons": b"mal;\nM\xe5l;Period;Bed\xf6mning;Beslutat av;Datum;Sk\xe4l;Egen kolumn\n"
    b"2;2025;uppfyllt;N\xe4mnden;2026-02-17;sk\xe4l;\n;;;;;;en anteckning\n",
    "commas": "goal,period,judgement,decided by,date,reason\n"
    "2,year 2025,met,Nämnden,17 February 2026,skäl\n".encode(),
    "workbook": written(("Beslut", [["Beslut 2025"], HEADINGS, CELLS])),
    "workbook of texts": written(
        ("Beslut", [HEADINGS, (2, 2025, "uppfyllt", "Nämnden", "den 17 feb. 2026", "skäl")])
    ),
    "moment": written(
        ("Beslut", [HEADINGS, (*CELLS[:4], dt.datetime(2026, 2, 17, 14, 30), "skäl")])  # noqa: DTZ001
    ),
    "entries": json.dumps([{**ENTRY, "date": "2026-02-17"}]).encode(),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_decision_is_read_from_any_kind_of_file(data: bytes) -> None:
    (row,), faults = read_judgements(data, "beslut")
    assert faults == ()
    assert row.kind == "met"
    assert (row.goal, row.period, row.by, row.date, row.reason) == (
        "2", YEAR, "Nämnden", DAY, "skäl",
    )  # fmt: skip


def test_merged_cells_hold_for_every_row_that_they_are_merged_over() -> None:
    rows = [HEADINGS, CELLS, ("3", "2025", "gul", None, None, None)]
    merged = {"D2:D3": "", "E2:E3": "", "F2:F3": ""}
    found, faults = read_judgements(written(("Beslut", rows), merged=merged), "beslut.xlsx")
    assert faults == ()
    assert [(each.goal, each.by, each.date, each.reason) for each in found] == [
        ("2", "Nämnden", DAY, "skäl"), ("3", "Nämnden", DAY, "skäl"),
    ]  # fmt: skip


FAULTY: Mapping[str, tuple[object, str]] = {
    "error cell": ("#N/A", "error-cell"), "number": (20260217, "not-a-date"),
    "one digit": ("2026-2-17", "not-a-date"), "American": ("02/17/2026", "not-a-date"),
    "two digits": ("26-02-17", "not-a-date"), "no day": ("2026-02-30", "not-a-date"),
    "no month": ("17 brumaire 2026", "not-a-date"), "no year": ("0001-02-17", "not-a-date"),
    "unseen": ("2026-02-17\u200b", "unseen-character"), "blank": ("", "judgement-lacks"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "code"), FAULTY.values(), ids=FAULTY)
def test_what_may_be_no_day_is_refused(cell: object, code: str) -> None:
    data = written(("Beslut", [HEADINGS, (*CELLS[:4], cell, "skäl")]))
    rows, (fault,) = read_judgements(data, "beslut.xlsx")
    assert rows == ()
    assert (fault.code, fault.span.line, fault.span.column, fault.sheet) == (code, 2, 5, "Beslut")


def test_a_broken_record_keeps_none_of_the_others_from_being_read() -> None:
    text = 'mål;period;bedömning;beslutat av;datum;skäl\n2;2025;uppfyllt;N;2026-02-17;s\n3;"x'
    rows, faults = read_judgements(text.encode(), "beslut.csv")
    assert [each.goal for each in rows] == ["2"]
    assert [each.code for each in faults] == ["quote-not-closed"]


def test_the_made_up_example_is_read() -> None:
    rows = goalrules.read_judgements(EXAMPLE)
    result = rule_set(2025).assess(goalrules.read_outcomes(outcomes_path(2025)), 2025, rows)
    departing = [each.id for each in result.values() if each.decided and each.decided.departs]
    assert departing == ["2"]
    assert [each.over_decided.verdict for each in result.values() if each.over_decided] == [
        "met", "met", "met", "not met",
    ]  # fmt: skip


def test_a_file_with_faults_says_them_all(tmp_path: Path) -> None:
    path = tmp_path / "beslut.csv"
    path.write_text("mål;bedömning\n1;uppfyllt\n")
    with pytest.raises(goalrules.OutcomeError, match="no-judgement-column"):
        goalrules.read_judgements(path)


# Python


@pytest.mark.parametrize(
    "given",
    [
        {"2": MET}, [{"mål": "2", **MET}], [ROW], iter([ROW]),
        [{"goal": 2, **MET, "period": YEAR, "date": DAY}],
    ],
)  # fmt: skip
def test_judgements_may_be_given_in_several_ways(given: object) -> None:
    plan = goalrules.loads(RULES.replace("vid delår, månadsvis", "på helår"))
    decided = plan.assess({"c": "röd"}, 2025, given)["2"].decided  # type: ignore[arg-type]
    assert decided
    assert (decided.verdict, decided.level, decided.departs) == ("met", "green", True)
    assert (decided.by, decided.when, decided.reason) == ("Nämnden", DAY, "skäl")
    assert (decided.period, decided.reference, decided.source) == ("2025", "", "")


REFUSED: Mapping[str, tuple[object, list[str]]] = {
    "unknown field": ({"1": {**MET, "dat": "x"}}, ["unknown-judgement-field"]),
    "field twice": ([{"mål": "1", "goal": "2", **MET}], ["field-twice"]),
    "nothing": ([{}], ["judgement-lacks"] * 6),
    "no mapping": (["uppfyllt"], ["not-a-judgement"]),
    "not for months": ({"1": {**MET, "period": "2025-03"}}, ["judgement-not-allowed"]),
    "only as the goal has it": ({"2": MET}, ["judgement-not-allowed"]),
    "the goal has it": ({"2": {**MET, "period": "2025-03"}}, []),
    "not there in that year": ({"4": {**MET, "period": "2024"}}, ["unknown-goal"]),
    "there in another year": ({"4": {**MET, "period": "2026"}}, []),
    "waived and judged": ([{"goal": "1", **WAIVED}, {"goal": "1", **MET}], ["judgement-twice"]),
    "a month of it": (
        [{"goal": "2", **WAIVED}, {"goal": "2", **MET, "period": "2025-03"}], ["judgement-twice"],
    ),
    "two months": (
        [{"goal": "2", **MET, "period": each} for each in ("2025-03", "2025-04")], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "wanted"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_with_judgements_is_said(given: object, wanted: list[str]) -> None:
    assert codes(given) == wanted


# What they hold for


def test_a_judgement_holds_for_its_own_period_alone() -> None:
    year = {"1": MET}
    assert rules().assess({}, "2025", year)["1"].decided
    assert not rules().assess({}, "2025-03", year)["1"].decided
    assert not rules().assess({}, "2026", year)["1"].decided


@pytest.mark.parametrize(("period", "holds"), [("2025", True), ("2025-03", True), ("2026", False)])
def test_what_is_waived_for_a_year_is_so_in_its_months(period: str, *, holds: bool) -> None:
    judgements = {"1/a": WAIVED, "2": WAIVED}
    result = rules().assess({"a": "röd", "b": "grön"}, period, judgements)
    assert result["1"].trace.members[0].applies != holds
    assert (result["2"].waiver is not None) == holds
    assert (result["2"].verdict is None) == holds


def test_goals_above_leave_out_one_that_is_waived() -> None:
    outcomes = {"a": "grön", "b": "grön", "c": "röd"}
    result = rules().assess(outcomes, 2025, {"2": WAIVED})
    assert result["4"].verdict == "met"
    assert rules().assess(outcomes, 2025)["4"].verdict == "not met"
    waiver = result["2"].waiver
    assert waiver
    assert (waiver.kind, waiver.worst, waiver.best) == ("waived", "red", "yellow")
    found = result.gap(depth=2).text("sv")
    assert "Nämndmål 2 " not in found


def test_a_goal_that_does_not_apply_is_taken_as_the_policy_says() -> None:
    counted = RULES.replace("på helår", "på helår\nej tillämpliga: räknas som röd")
    outcomes = {"a": "grön", "b": "grön", "c": "grön"}
    result = goalrules.loads(counted).assess(outcomes, 2025, {"2": WAIVED})
    assert result["4"].verdict == "not met"
    assert "Nämndmål 2 räknas som rött" in " ".join(result["4"].text("sv").split())


def test_what_is_waived_is_left_out_of_what_is_worked_out() -> None:
    plan = 'goalrules 1 sv\ngäller 2025\nmål 1 "A"\nindikator a\nindikator b\n'
    plan += "indikator c = medelvärdet av a, b riktvärde minst 5\ngrön om c grön"
    result = goalrules.loads(plan).assess({"a": 2, "b": 8}, 2025, {"1/a": WAIVED})
    assert result["1"].verdict == "met"


def test_a_reported_activity_that_is_waived_need_not_be_reported() -> None:
    plan = 'goalrules 1 sv\ngäller 2025\nmål 1 "A"\ngrupp g enligt rapporteringen\n'
    rules_ = goalrules.loads(plan + "grön om alla av g gröna")
    result = rules_.assess({"g/x": "grön"}, 2025, {"1/g/y": WAIVED})
    assert result["1"].verdict == "met"
    assert [each.waiver is not None for each in result["1"].trace.members] == [False, True]


# The command


def test_the_command_takes_a_file_of_judgements(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("assess", rules_path(2025), outcomes_path(2025), "--judgements", EXAMPLE)
    ended = run(capsys, *given, "--goal", "2", "--format", "json")
    (goal,) = json.loads(ended.out)["goals"]
    assert (goal["decided"]["when"], goal["decided"]["departs"]) == ("2026-02-17", True)
    assert "avviker från regeln" in run(capsys, *given, "--format", "tree").out


def test_the_faults_of_both_files_are_told_at_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    outcomes, judged = tmp_path / "utfall.csv", tmp_path / "beslut.csv"
    outcomes.write_text("indikator;utfall\nsip;11 70\nsipp;3\n")
    judged.write_text(
        "mål;period;bedömning;beslutat av;datum;skäl\n2;2025;uppfyllt;N;igår;s\n"
        "22;2025;uppfyllt;N;2026-02-17;s\n"
    )
    ended = run(capsys, "assess", rules_path(2025), outcomes, "--judgements", judged)
    assert (ended.code, ended.out) == (1, "")
    assert ended.faults == ["number-grouping", "unknown-indicator", "not-a-date", "unknown-goal"]


def test_a_file_of_judgements_is_not_written_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    judged = tmp_path / "beslut.csv"
    judged.write_bytes(EXAMPLE.read_bytes())
    given = ("assess", rules_path(2025), outcomes_path(2025), "--judgements", judged, "-o", judged)
    assert run(capsys, *given).code == 2
    assert judged.read_bytes() == EXAMPLE.read_bytes()
