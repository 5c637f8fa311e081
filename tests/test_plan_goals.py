"""Goals of other plans as members: an assessment is a file of outcomes for the plan above it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from commands import run
from imports import ROOT
from workbooks import written

import goalrules
from goalrules.data.outcome import OutcomeRows

COUNCIL = ROOT / "examples" / "council"
BOARDS = ("social", "utbildning", "kultur")
FIGURE = 3
Json = dict[str, Any]


def rules_of(name: str) -> goalrules.RuleSet:
    return goalrules.load(COUNCIL / f"{name}.goals", name=f"{name}.goals")


def workbook_of(name: str, change: Mapping[str, object]) -> bytes:
    """The outcomes of a board, some of them changed, as a workbook with a sheet for each goal."""
    lines = (COUNCIL / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    cells: list[list[object]] = [[*line.split(";")] for line in lines]
    for row in cells:
        row[FIGURE] = change.get(str(row[1]), str(row[FIGURE]).replace(".", ","))
    sheets = [[cells[0], *(row for row in cells if row[0] == goal)] for goal in "12"]
    return written(*zip(("Mål ett", "Mål två"), sheets, strict=True))


def assessed(name: str, change: Mapping[str, object] | None = None, **more: Any) -> Json:  # noqa: ANN401
    """The document of a board's assessment."""
    data = workbook_of(name, change or {})
    rows = goalrules.read_outcomes(data, 2025, name=f"{name}.xlsx")
    return rules_of(name).assess(rows, **more).to_dict()


def rows_of(*documents: Json, made_by: tuple[str, ...] = ()) -> OutcomeRows:
    """The goals in some documents, as the council reads them."""
    rows = OutcomeRows()
    for each in documents:
        data, name = json.dumps(each, ensure_ascii=False, indent=1).encode(), f"{each['body']}.json"
        rows += goalrules.read_outcomes(data, 2025, name=name, made_by=made_by)
    return rows


def council(*documents: Json, made_by: tuple[str, ...] = ()) -> goalrules.Assessment:
    return rules_of("kf").assess(rows_of(*documents, made_by=made_by))


def every(change: Mapping[str, object] | None = None) -> list[Json]:
    """The documents of the three boards."""
    return [assessed(each, change) for each in BOARDS]


def place_of(document: Json, goal: str, name: str) -> Json:
    """Where the row stands, by a document alone, that a member of a goal comes from."""
    [found] = [each for each in document["goals"] if each["id"] == goal]
    assert name in found["members"]
    row: Json = document["inputs"][document["states"][name]["finding"]["row"]]
    return {**row, **document["files"][row["file"]]}


# From a cell to the council's verdict, and back


@pytest.mark.parametrize(
    ("change", "verdicts"),
    [
        ({}, {"1": "met", "2": "open"}),
        ({"utredning": 81.5}, {"1": "not met", "2": "open"}),
        ({"frånvaro": 12}, {"1": "not met", "2": "open"}),
        ({"hushåll": 10}, {"1": "met", "2": "open"}),
        ({"plats": 97}, {"1": "met", "2": "not met"}),
        ({"kulturskolan": 901}, {"1": "met", "2": "met"}),
        ({"kulturskolan": 899}, {"1": "met", "2": "not met"}),
    ],
)
def test_a_changed_cell_of_a_board_reaches_the_council(
    change: Mapping[str, object], verdicts: Mapping[str, str]
) -> None:
    assert council(*every(change)).verdicts() == verdicts


def test_the_verdict_of_the_council_leads_back_to_the_cell() -> None:
    documents = every({"utredning": 81.5})
    above = council(*documents).to_dict()
    by_file = {f"{each['body']}.json": each for each in documents}
    voucher = place_of(above, "1", "stöd-i-tid")
    below = by_file[voucher["file"]]
    text = json.dumps(below, ensure_ascii=False, indent=1).splitlines()
    begins = "\n".join(text[voucher["line"] - 1 :])
    assert json.JSONDecoder().raw_decode(begins.lstrip())[0]["id"] == voucher["assessed"]["goal"]
    row = place_of(below, voucher["assessed"]["goal"], "utredning")
    place = row["file"], row["sheet"], row["line"], row["column"]
    assert place == ("social.xlsx", "Mål ett", 2, 4)
    assert below["states"]["utredning"]["finding"]["value"] == "81.5"


def test_every_member_of_the_council_leads_to_a_goal_of_a_board() -> None:
    found = council(*every())
    rows = [
        member.finding.row
        for goal in found.values()
        for member in goal.trace.members
        if member.finding
    ]
    goals = [each.assessed for each in rows if each and each.assessed]
    told = [(each.receipt.body, each.goal) for each in goals]
    assert told == [
        ("Socialnämnden", "1"), ("Utbildningsnämnden", "2"), ("Utbildningsnämnden", "1"),
        ("Kulturnämnden", "1"), ("Kulturnämnden", "2"),
    ]  # fmt: skip


def test_the_receipt_is_that_of_the_document() -> None:
    document = assessed("social")
    [voucher] = [e for e in council(*every()).to_dict()["inputs"] if e["assessed"]["goal"] == "1"
                 and e["assessed"]["receipt"]["body"] == "Socialnämnden"]  # fmt: skip
    receipt = voucher["assessed"]["receipt"]
    for key in ("plan", "body", "rules", "rules_sha256", "period", "engine", "language_version"):
        assert receipt[key] == document[key]
    assert receipt["rules_sha256"] == rules_of("social").sha256


def test_a_goal_keeps_the_levels_that_it_can_have() -> None:
    found = council(*every({"familjer": "ännu inte mätt"}))
    member = found["1"].trace.members[0]
    assert (member.worst, member.best) == ("yellow", "green")
    assert found["1"].verdict == "open"
    assert "kan inte avgöras ännu som nämndmål 1" in found["1"].text("sv")


def test_a_goal_that_no_member_takes_is_in_the_account_alone() -> None:
    found = council(*every())
    unused = [each for each in found.inputs.rows() if each.reason]
    assert [(each.file, each.reason) for each in unused] == [("Socialnämnden.json", "no member")]
    assert "Underlag" not in found.table("sv")
    assert rules_of("kf").assess(rows_of(*every()), strict=True).verdicts() == found.verdicts()


# What stands beside the rule


def decision(**more: str) -> Mapping[str, str]:
    return {"judgement": "inte uppfyllt", "period": "2025", "by": "Nämnden", "date": "2026-02-17",
            "reason": "Köerna växer", **more}  # fmt: skip


def test_what_was_decided_stands_beside_and_changes_nothing() -> None:
    document = assessed("social", judgements={"1": decision()})
    found = council(document, *every()[1:])
    assert found["1"].verdict == "met"
    assert "men beslutat inte uppfyllt (Nämnden, 2026-02-17)" in " ".join(found.text("sv").split())
    assert "but decided not met (Nämnden, 2026-02-17)" in " ".join(found.text("en").split())


def test_a_goal_that_does_not_apply_is_left_as_one_that_is_missing_is_not() -> None:
    kinds = {"ej tillämplig": "not applicable", "undantas": "missing"}
    for said, reason in kinds.items():
        document = assessed("social", judgements={"1": decision(judgement=said)})
        [member, _] = council(document, *every()[1:])["1"].trace.members
        assert member.reason == reason, said


def test_an_indication_is_one_above_too() -> None:
    text = (
        (COUNCIL / "social.csv")
        .read_text(encoding="utf-8")
        .replace("1;utredning;2025", "1;utredning;okt 2025")
    )
    rows = goalrules.read_outcomes(text.encode(), 2025, name="social.csv")
    found = council(rules_of("social").assess(rows).to_dict(), *every()[1:])
    assert found["1"].trace.indication
    assert "uppfyllt (indikation) som nämndmål 1" in " ".join(found.text("sv").split())


def test_an_interim_assessment_is_an_indication() -> None:
    rows = goalrules.read_outcomes(workbook_of("social", {}), 2025, name="social.xlsx")
    early = rules_of("social").assess([
        {"indicator": row.indicator, "period": "jan–aug 2025", "value": 99} for row in rows
    ], "jan–aug 2025").to_dict()  # fmt: skip
    early["goals"][0] |= {"worst": "green", "best": "green", "verdict": "met"}
    found = council(early, *every()[1:])
    assert found["1"].trace.indication


def test_an_assessment_of_another_year_is_told_and_not_used() -> None:
    document = assessed("social", period="2024")
    found = council(document, *every()[1:])
    assert found["1"].verdict == "open"
    told = " ".join(found.table("sv").split())
    assert "gäller 2024 och har inte räknats för 2025" in told
    assert "gäller ett år då planen inte gäller (Verksamhetsplan 2025)" in told


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({"plan": "Verksamhetsplan 2025, utkast"}, "assessment-of-draft", "ett utkast"),
        ({"rules": "social_DRAFT-2.goals"}, "assessment-of-draft", "ett utkast"),
        ({"rules_sha256": "0" * 64}, "assessment-by-other-rules", "annan regeltext"),
        ({"outside_validity": True}, "assessment-outside-validity", "då planen inte gäller"),
    ],
)
def test_what_a_reader_has_to_know_is_told_and_a_fault_where_all_is(
    change: Json, code: str, told: str
) -> None:
    made_by = tuple(rules_of(each).sha256 for each in BOARDS)
    documents = [assessed("social") | change, *every()[1:]]
    found = council(*documents, made_by=made_by)
    line = found.table("sv").partition("Underlag: ")[2]
    assert told in " ".join(line.split())
    assert line.count("edömningen i Socialnämnden.json") == 1
    with pytest.raises(goalrules.OutcomeError) as strict:
        rules_of("kf").assess(rows_of(*documents, made_by=made_by), strict=True)
    assert [each.code for each in strict.value.diagnostics] == [code]
    checked = rules_of("kf").check_data(rows_of(*documents, made_by=made_by))
    assert [each.code for each in checked.faults] == [code]
    data = json.dumps(documents[0]).encode()
    with pytest.raises(goalrules.OutcomeError) as reading:
        goalrules.read_outcomes(data, 2025, name="s.json", made_by=made_by, strict=True)
    assert [each.code for each in reading.value.diagnostics] == [code]


def test_a_word_that_only_begins_as_a_draft_is_none() -> None:
    document = assessed("social") | {"plan": "Förslagen 2025", "rules": "utkastet2/social.goals"}
    assert council(document, *every()[1:]).table("sv").count("Underlag") == 0


def test_one_document_twice_is_a_fault() -> None:
    with pytest.raises(goalrules.OutcomeError) as error:
        council(*every(), assessed("social", {"utredning": 5}))
    assert {each.code for each in error.value.diagnostics} == {"duplicate-row"}


def test_a_plan_without_a_body_is_called_by_its_title() -> None:
    document = assessed("social") | {"body": ""}
    found = goalrules.loads(
        'goalrules 1 sv\nplan "K" gäller 2025\nmål 1 "A"\n'
        '  indikator i "Verksamhetsplan 2025/1"\n  grön om alla gröna\n'
    ).assess(rows_of(document))
    assert found["1"].verdict == "met"
    assert "som nämndmål 1 ”Barn får stöd i tid” i Verksamhetsplan 2025" in " ".join(
        found.text("sv").split()
    )


# Levels of another scale


SCALED = """goalrules 1 sv
plan "Plan" gäller 2025
skala betyg: {levels}
mål 1 "A"
  indikator i "Socialnämnden/1" på skala betyg
  grön om i minst {good}
"""


def test_levels_have_to_be_those_of_the_member() -> None:
    with pytest.raises(goalrules.OutcomeError) as error:
        goalrules.loads(SCALED.format(levels="dålig < god", good="god")).assess(
            rows_of(assessed("social"))
        )
    assert [each.code for each in error.value.diagnostics][:1] == ["levels-of-other-plan"]


def test_a_scale_of_its_own_is_taken_where_the_member_has_it() -> None:
    document = assessed("social")
    levels = {"red": "dålig", "yellow": "sisådär", "green": "god"}
    goal = document["goals"][0]
    goal |= {"levels": [*levels.values()], "met": "god", "worst": "sisådär", "best": "god"}
    rules = goalrules.loads(SCALED.format(levels="dålig < sisådär < god", good="sisådär"))
    [member] = rules.assess(rows_of(document))["1"].trace.members
    assert (member.worst, member.best) == ("sisådär", "god")


# What is none


NAMED = 'goalrules 1 sv\nplan "P" gäller 2025\nmål 1 "A"\n  indikator i "I"\n  grön om alla gröna\n'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schema": "urn:goalrules:summary:0"}, "not-an-assessment"),
        ({"schema": "urn:goalrules:year:0"}, "not-an-assessment"),
        ({"schema": "urn:goalrules:assessment:7"}, "broken-assessment"),
        ({"goals": "none"}, "broken-assessment"),
        ({"period": "soon"}, "broken-assessment"),
        ({"period": 2025}, "broken-assessment"),
    ],
)
def test_what_is_no_assessment_is_refused(change: Json, code: str) -> None:
    data = json.dumps(assessed("social") | change).encode()
    with pytest.raises(goalrules.OutcomeError) as error:
        goalrules.read_outcomes(data, 2025)
    assert [each.code for each in error.value.diagnostics] == [code]


def test_broken_json_is_refused_at_its_place() -> None:
    data = json.dumps(assessed("social"), indent=1).encode()
    for cut in (data[:-2], data.replace(b'"engine": "0.1.0"', b'"engine": %s' % (b"1" * 5000))):
        with pytest.raises(goalrules.OutcomeError) as error:
            goalrules.read_outcomes(cut, 2025)
        assert [each.code for each in error.value.diagnostics] == ["bad-json"]


def test_a_table_that_names_a_document_is_a_table() -> None:
    rows = [{"indikator": "i", "utfall": "grön", "källa": "urn:goalrules:assessment:0"}]
    read = goalrules.read_outcomes(json.dumps(rows).encode(), 2025)
    assert goalrules.loads(NAMED).assess(read)["1"].verdict == "met"
    inside = json.dumps({"källa": "urn:goalrules:x", "utfall": rows}).encode()
    assert len(goalrules.read_outcomes(inside, 2025)) == 1


def test_an_assessment_without_goals_has_no_rows() -> None:
    document = assessed("social") | {"goals": []}
    assert rows_of(document) == ()
    del document["goals"]
    assert rows_of(document) == ()


def test_an_assessment_of_which_nothing_is_taken_is_a_fault() -> None:
    with pytest.raises(goalrules.OutcomeError) as error:
        goalrules.loads(NAMED).assess(rows_of(*every()))
    assert [each.code for each in error.value.diagnostics] == ["no-goal-of-other-plan"] * 3
    assert '`grupp "Socialnämnden" enligt rapporteringen`' in error.value.text("sv")


def test_a_goal_named_under_two_goals_is_ambiguous_still() -> None:
    text = NAMED.replace('"I"', '"Socialnämnden/1"')
    twice = text + 'mål 2 "B"\n  indikator j "Socialnämnden/1"\n  grön om alla gröna\n'
    with pytest.raises(goalrules.OutcomeError) as error:
        goalrules.loads(twice).assess(rows_of(assessed("social")))
    assert [each.code for each in error.value.diagnostics] == ["ambiguous-indicator"]


# The command


def test_the_command_takes_several_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for name, document in zip(BOARDS, every(), strict=True):
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(document), encoding="utf-8")
    kf, made_by = COUNCIL / "kf.goals", ("--made-by", COUNCIL / "social.goals")
    ended = run(capsys, "assess", kf, *files, *made_by, "--inputs")
    assert ended.code == 0
    assert "utbildning.json är gjord efter en annan regeltext" in " ".join(ended.out.split())
    assert "social.json är gjord efter" not in " ".join(ended.out.split())
    told = " ".join(ended.out.split())
    assert f"sha256 {rules_of('social').sha256}, goalrules {goalrules.__version__}" in told
    assert "inget i regelfilen tar emot målet" in told
    gap = run(capsys, "gap", kf, *files)
    assert (gap.code, gap.err) == (0, "")
    looked = run(capsys, "check-data", kf, *files, *made_by)
    assert looked.code == 1
    assert "[assessment-by-other-rules]" in looked.out
    assert run(capsys, "check-data", kf, *files).code == 0
    over = run(capsys, "assess", kf, *files, "-o", files[1])
    assert over.code == 2
    assert run(capsys, "assess", kf, "-", "-").code == 2
