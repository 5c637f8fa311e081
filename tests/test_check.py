"""`goalrules check`: every finding is shown by a case that comes to what is claimed of it."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from attrs import evolve
from check_witness import failures
from commands import run
from golden_pages import CHECKS, FOLDER, Expectation, expectations
from golden_producers import PRODUCERS
from imports import ROOT
from schemas import validator_of

import goalrules
from goalrules.document import schema_of
from goalrules.language.read import read_plan
from goalrules.lint.refused import REFUSED, show_refused
from goalrules.lint.result import FindingCode, LintReport
from goalrules.lint.run import ALL_CODES, CODES, OF_PLANS, OF_RULES
from goalrules.report.catalogue import catalogue
from goalrules.text.source import Source

RULE_SETS = sorted((ROOT / "rulesets").rglob("*.goals"))
PAGES = sorted(CHECKS.glob("[a-z]*.md"))
EVERY = [*PAGES, *sorted((FOLDER / "checks").glob("*.md"))]
CODE = re.compile(r"^\S+:\d+:\d+: .* \[([a-z-]+)\]$", re.MULTILINE)
LINK = re.compile(r"\[`([a-z-]+)`\]\(([a-z-]+)\.md\)")


def rules_on(page: Path) -> dict[str, Expectation]:
    """The rule files of a page, in order, each with what is said of it in Swedish."""
    found = [each for each in expectations(page) if each.language == "sv"]
    return {each.given.blocks["rules"].text: each for each in found}


def sources() -> dict[str, str]:
    """Every rule file of the repository, and every one on a page, by what it is called."""
    files = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in RULE_SETS}
    pages = {f"{page.stem} {n}": text for page in EVERY for n, text in enumerate(rules_on(page))}
    return files | pages


def is_read(text: str) -> bool:
    return not read_plan(Source("rules", text))[1]


READ = {name: text for name, text in sources().items() if is_read(text)}


# Witnesses


@pytest.mark.parametrize("name", READ)
def test_every_case_comes_to_what_is_claimed(name: str) -> None:
    rules = goalrules.loads(READ[name])
    for finding in rules.check().findings:
        assert failures(rules, finding) == []


def test_a_claim_that_is_not_so_is_seen() -> None:
    rules = goalrules.loads(READ["clause-without-effect 0"])
    (finding,) = rules.check().findings
    (case,) = finding.witness
    (outcome,) = case.outcomes
    wrong = evolve(outcome, verdict="not met", worst="yellow", best="yellow")
    for told in (evolve(case, outcomes=(wrong,)), evolve(case, changed=(wrong,))):
        assert failures(rules, evolve(finding, witness=(told,)))


@pytest.mark.parametrize("code", REFUSED)
def test_what_shows_a_refused_count_comes_to_what_is_claimed(code: str) -> None:
    text = next(iter(rules_on(CHECKS / f"{code}.md")))
    plan, faults = read_plan(Source("rules", text))
    (shown,) = show_refused(plan, faults)
    assert shown
    sound = goalrules.loads('goalrules 1 sv\nplan "P"\ngäller 2025\n')
    for case in shown.witness:
        levels = {f"{each.goal}/{each.member}": each.level for each in case.members}
        found = evolve(sound, plan=plan).assess(levels)
        (outcome,) = case.outcomes
        assert found[outcome.goal].verdict == outcome.verdict != "met"
    assert [each.key for each in shown.facts["members"]] == list(_counted(code))  # type: ignore[union-attr]
    assert bool(shown.witness) == (code != "wrong-size")


def _counted(code: str) -> str:
    return "abc" if code == "included-outside" else "abcd"


# Pages and texts


def test_every_code_has_a_page_and_stands_in_the_index() -> None:
    assert {page.stem for page in PAGES} == set(ALL_CODES)
    index = (CHECKS / "README.md").read_text(encoding="utf-8")
    assert [code for code, _ in LINK.findall(index)] == list(ALL_CODES)
    assert all(code == page for code, page in LINK.findall(index))


def test_every_code_is_declared_and_every_check_stands_in_a_file_of_its_code() -> None:
    of_checks, of_reading = get_args(FindingCode)
    assert (*get_args(of_checks), *get_args(of_reading)) == ALL_CODES
    for check in (*OF_RULES, *OF_PLANS):
        assert check.find.__module__ == f"goalrules.lint.{check.code.replace('-', '_')}"


@pytest.mark.parametrize("code", ALL_CODES)
def test_a_page_shows_a_rule_with_the_fault_and_its_twin_without(code: str) -> None:
    bad, clean = rules_on(CHECKS / f"{code}.md").values()
    assert code in CODE.findall(bad.text)
    assert CODE.findall(clean.text) == []
    assert clean.text.startswith("Inga fel. ")
    assert code not in CODE.findall(PRODUCERS["check"](clean.given, "en"))


def test_every_code_has_its_texts() -> None:
    assert set(CODES) <= set(catalogue("check", "en").texts)


# Rule sets, JSON and the command


@pytest.mark.parametrize("path", RULE_SETS, ids=lambda path: path.stem)
def test_every_rule_set_passes(path: Path) -> None:
    assert [each.code for each in goalrules.load(path).check().faults] == []


@pytest.mark.parametrize("name", READ)
def test_the_json_is_as_its_schema_says(name: str) -> None:
    found = goalrules.loads(READ[name]).check()
    document = json.loads(json.dumps(found.to_dict()))
    validator_of(LintReport).validate(document)
    assert document["passed"] == (not found.faults)


def file_of(tmp_path: Path, code: str, *, clean: bool = False) -> Path:
    texts = list(rules_on(CHECKS / f"{code}.md"))
    path = tmp_path / "plan.goals"
    path.write_text(texts[clean], encoding="utf-8")
    return path


def test_the_command_fails_by_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(capsys, "check", file_of(tmp_path, "clause-without-effect"))
    assert (ended.code, ended.err) == (1, "")
    assert CODE.findall(ended.out) == ["clause-without-effect"]
    assert ended.out == goalrules.load(tmp_path / "plan.goals").check().text()


def test_the_command_passes_without_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for code in ("clause-without-effect", "open-both-ways"):
        path = file_of(tmp_path, code, clean=code == "clause-without-effect")
        assert run(capsys, "check", path, "--lang", "en").code == 0


def test_the_command_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(capsys, "check", file_of(tmp_path, "same-count"), "--format", "json")
    document = json.loads(ended.out)
    assert ended.code == 0
    assert [each.get("unless", "") for each in document["findings"]] == ["a", ""]
    assert [each["code"] for each in document["findings"]] == ["level-never-reached", "same-count"]
    assert run(capsys, "schema", "check").out == json.dumps(schema_of(LintReport), indent=2) + "\n"


def test_a_refused_file_is_told_as_elsewhere_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, "needs-too-many")
    ended = run(capsys, "check", path, "--lang", "en")
    assert (ended.code, ended.out) == (1, "")
    first, _, below = ended.err.partition("\n")
    assert first.startswith(f"{path}:7:11: ")
    assert first.endswith(" [needs-too-many]")
    assert "   = Example: even when" in below


def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = run(capsys, "check", tmp_path / "none.goals")
    assert (ended.code, ended.out, ended.faults) == (1, "", ["no-such-file"])


def test_some_goals_alone_can_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, "counted-twice")
    assert run(capsys, "check", path, "--goal", "2").code == 0
    assert run(capsys, "check", path, "--goal", "KF1").code == 1
    assert run(capsys, "check", path, "--goal", "9").faults == ["unknown-goal"]


def test_an_interpretation_beside_what_is_found_lets_the_check_pass() -> None:
    text = READ["overlapping-levels 0"]
    assert goalrules.loads(text).check().faults
    noted = text.replace("gul om ingen röd\n", 'gul om ingen röd tolkning "Grönt går före."\n')
    (finding,) = goalrules.loads(noted).check().findings
    assert (finding.fails, finding.interpretations) == (False, ("Grönt går före.",))
    elsewhere = text.replace("annars röd\n", 'annars röd tolkning "Annat."\n')
    assert goalrules.loads(elsewhere).check().faults
