"""Every number leads to its place: from a verdict to the cell, or to the line of the rule file.

The trees, the years and the documents of both plans and of the council's example are walked. What
is said to stand at a place is looked up there, by readers that know nothing of goalrules.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from commands import run
from drawn_outcomes import outcomes_path, rules_path
from openpyxl import load_workbook

import goalrules
from goalrules.core.trace import Member, Observation, Step
from goalrules.language.syntax import Formula
from goalrules.text.numbers import read_amount

ROOT = Path(__file__).parents[1]
MONTHS = ROOT / "examples" / "utfall-2025-manader.xlsx"
UNITS = ROOT / "examples" / "utfall-enheter-2025.csv"
COUNCIL = ROOT / "examples" / "council"

WIDE = """indikator;jan;feb;mar;jan–mar;2024
a;11;22;33;44;55
b;12;24;36;72;60
c;13;26;39;26;65
"""
OWN = """goalrules 1 sv
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "M"
  indikator a
    riktvärde minst 10
  indikator b
    totalt per år
    förväntat: mars 25 %
    riktvärde minst 100
  indikator c
    genomsnitt över året
    riktvärde öka
  indikator d = summan av a, c
    riktvärde minst 70
  grön om alla gröna
"""


@cache
def table(file: str, sheet: str) -> list[list[Any]]:
    """The cells of a sheet, or of a CSV file, by line and column."""
    path = Path(file)
    if path.suffix == ".xlsx":
        book = load_workbook(path, data_only=True)
        rows = (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True)
        return [list(row) for row in rows]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))


def number_at(file: str, sheet: str, line: int, column: int) -> Decimal:
    """The number that stands in a cell, as a person reads it there."""
    cell = table(file, sheet)[line - 1][column - 1]
    amount = read_amount(str(cell))
    assert amount, (file, sheet, line, column, cell)
    return Decimal(amount.number)


def numbers_of(account: Any, member: str, role: str) -> list[Decimal]:  # noqa: ANN401
    """The numbers in the cells that an account says were used of a member in a role."""
    found = []
    for each in account.rows():
        if each.member == member and each.role == role and not each.reason:
            heads = [str(cell).casefold() for cell in headings(account, each.file, each.sheet)]
            column = each.cell or heads.index("utfall" if role != "forecast" else "prognos") + 1
            found.append(number_at(each.file, each.sheet, each.line, column))
    return found


def headings(account: Any, file: str, sheet: str) -> list[Any]:  # noqa: ANN401
    """The heading row of a table, which the account names."""
    of = {(e.file, t.sheet): t.headings for e in account.files for t in e.tables}
    return table(file, sheet)[of[file, sheet] - 1]


def members_in(step: object) -> Iterator[Member]:
    """The members that a step asks for, with those of their own steps."""
    if isinstance(step, Step):
        for child in step.children:
            yield from members_in(child)
    else:
        yield from (own for own in [getattr(step, "member", None)] if isinstance(own, Member))


def near(found: Decimal, said: Decimal) -> bool:
    """Whether a number is another, rounded as it is said."""
    places = max(0, -int(said.as_tuple().exponent))
    return found == said or round(found, places) == said


def lead(goal: str, member: Member, account: Any, values: Mapping[str, Decimal]) -> None:  # noqa: ANN401
    """Assert that every number of a member leads to where it stands."""
    finding, name = member.finding, f"{goal}/{member.name}"
    assert finding
    for other in finding.others:
        if other.value is not None:
            at = other.file, other.sheet, other.line, other.column
            assert number_at(*at) == other.value, (name, other)
    if finding.value is None:
        return
    adds = finding.through.adds if finding.through else ""
    if isinstance(finding.formula, Formula):
        terms = [values[each.name.text] for each in finding.formula.terms]
        assert finding.formula.kind != "sum" or near(sum(terms, Decimal(0)), finding.value), name
    elif adds in ("total", "average"):
        used = numbers_of(account, name, "outcome")
        assert used, name
        total = sum(used, Decimal(0))
        assert near(total if adds == "total" else total / len(used), finding.value), (name, used)
    else:
        row = finding.row
        assert row, name
        assert number_at(row.file, row.sheet, row.line, row.column) == finding.value, name


def walked(found: goalrules.Assessment, rules: goalrules.RuleSet) -> int:
    """How many members with a figure an assessment has, each of which leads to its place."""
    count = 0
    for goal in found.values():
        values = {
            each.name: each.finding.value
            for each in goal.trace.members
            if each.finding and each.finding.value is not None
        }
        for member in goal.trace.members:
            parts = [each for step in member.steps for each in members_in(step) if each.finding]
            for each in (member, *parts):
                if each.finding:
                    lead(goal.id, each, found.inputs, values)
                    targets_stand(each.finding, member, goal.id, rules)
                    count += each.finding.value is not None
    return count


@cache
def blocks(text: str) -> Mapping[tuple[str, str], str]:
    """The lines of each indicator of a rule file, by its goal and name."""
    found: dict[tuple[str, str], str] = defaultdict(str)
    goal = name = ""
    for line in text.splitlines():
        words = line.replace(",", " ").split() or [""]
        if words[0] in ("mål", "goal", "nämndmål", "bidrag"):
            goal, name = words[1], ""
        elif words[0] in ("indikator", "indicator"):
            name = words[1]
        elif words[0] in ("grön", "green", "grupp", "group"):
            name = ""
        found[goal, name] += line + "\n"
    return found


def targets_stand(
    finding: Observation, member: Member, goal: str, rules: goalrules.RuleSet
) -> None:
    """Assert that the bounds that a value is compared with stand at the indicator in the rules."""
    target = finding.target
    text = blocks(rules._text).get((goal, member.name), "")  # noqa: SLF001
    if not target or target.form in ("", "parts") or target.reference is not None or not text:
        return
    numbers = {
        amount.number
        for word in text.replace("%", " ").replace("–", " ").replace(", ", " ").split()
        if (amount := read_amount(word.strip("±,;")))
    }
    bounds = [abs(each) for each in (target.low, target.high) if each is not None]
    assert bounds == [] or {*bounds} & numbers, (goal, member.name, bounds, numbers)


def test_every_number_of_the_plans_stands_where_it_is_said_to() -> None:
    counts = []
    for year in (2024, 2025):
        rules = goalrules.load(rules_path(year))
        rows = goalrules.read_outcomes(outcomes_path(year), year)
        counts.append(walked(rules.assess(rows, str(year)), rules))
    assert min(counts) > 10, counts


@pytest.mark.parametrize("period", ["2025", "2025-03", "2025-08", "jan–okt 2025"])
def test_every_number_of_the_months_stands_where_it_is_said_to(period: str) -> None:
    rules = goalrules.load(rules_path(2025))
    assert walked(rules.assess(goalrules.read_outcomes(MONTHS, 2025), period), rules) > 5


@pytest.mark.parametrize("period", ["2025-03", "2025-02", "2025"])
def test_every_number_of_a_wide_table_stands_where_it_is_said_to(
    period: str, tmp_path: Path
) -> None:
    file = tmp_path / "wide.csv"
    file.write_text(WIDE, "utf-8")
    table.cache_clear()
    rules = goalrules.loads(OWN)
    found = rules.assess(goalrules.read_outcomes(file, 2025), period)
    assert walked(found, rules) >= (1 if period == "2025" else 3)
    told = [other for goal in found.values() for m in goal.trace.members
            for other in (m.finding.others if m.finding else ())]  # fmt: skip
    assert told or period != "2025-03"


def test_every_period_of_a_year_leads_to_its_places() -> None:
    rules = goalrules.load(rules_path(2025))
    rows = goalrules.read_outcomes(MONTHS, 2025)
    year = rules.assess_year(rows, 2025)
    count = 0
    for each in (*year.months, *year.interims, year.annual):
        count += walked(rules.assess(rows, each.trace.period.replace("/", "–")), rules)
    assert count > 50


def rows_in(document: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:  # noqa: ANN401
    """Every finding in a JSON document that has a value and a row."""
    if isinstance(document, dict):
        if "value" in document and "row" in document:
            found.append(document)
        for each in document.values():
            rows_in(each, found)
    elif isinstance(document, list):
        for each in document:
            rows_in(each, found)
    return found


@pytest.mark.parametrize("command", ["assess", "gap", "year"])
def test_every_row_of_the_documents_is_where_its_number_stands(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    said = run(capsys, command, rules_path(2025), outcomes_path(2025), "--format", "json").out
    document = json.loads(said)
    inner = document.get("assessment", document)
    tables = {**document, **inner}
    found = rows_in(document, [])
    assert len(found) > 10
    for finding in found:
        row = tables["inputs"][finding["row"]]
        file = tables["files"][row["file"]]
        if "through" not in finding:
            at = file["file"], file.get("sheet", ""), row["line"], row["column"]
            assert number_at(*at) == Decimal(finding["value"]), (finding, row)


def test_every_unit_leads_to_its_rows() -> None:
    rules = goalrules.load(rules_path(2025))
    units = rules.assess_units(goalrules.read_outcomes(UNITS, 2025, each_unit=True), "2025")
    counts = [walked(found, rules) for found in units.assessments.values()]
    assert sum(counts) > 3


def test_the_council_is_followed_to_the_cells_of_the_boards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(COUNCIL)
    boards = {}
    for name in ("social", "utbildning", "kultur"):
        rules, out = goalrules.load(f"{name}.goals"), tmp_path / f"{name}.json"
        ended = run(capsys, "assess", f"{name}.goals", f"{name}.csv", "--format", "json", "-o", out)
        assert ended.code == 0
        own = rules.assess(goalrules.read_outcomes(f"{name}.csv", rules.year_of()))
        assert walked(own, rules) > 0
        boards[str(out)] = json.loads(out.read_text("utf-8"))
    files = [str(each) for each in boards]
    council = json.loads(run(capsys, "assess", "kf.goals", *files, "--format", "json").out)
    led = 0
    for row in council["inputs"]:
        place = council["files"][row["file"]]["file"]
        goal = row["assessed"]
        goals = {each["id"]: each for each in boards[place]["goals"]}
        assert goal["goal"] in goals, goal
        assert goals[goal["goal"]]["verdict"] == goal["verdict"]
        line = Path(place).read_text("utf-8").splitlines()[row["line"] - 1]
        assert line.strip().startswith("{"), line
        led += 1
    assert led >= 3
