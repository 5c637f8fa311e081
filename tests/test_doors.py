"""The script that counts what a question runs and where an addition is made counts as it says."""

import ast
import importlib
import inspect
import re
import sys
from types import ModuleType
from typing import Any

import pytest
from imports import ROOT, script

JUDGED = "judge a goal"

TABLES = '''
"""A page that names rests_on."""
from elsewhere import rests_on

ROWS = {"rests_on": 1, "other": 2, "more": rests_on}
WORDS = frozenset("other rests_on".split())


class Held:
    """What rests_on is."""

    rests_on: int = 0
    other: int = 0

    def _told(self):
        def inner():
            return self.rests_on
        return inner
'''


@pytest.fixture(scope="module")
def doors() -> ModuleType:
    return script(ROOT / "benchmarks" / "doors.py")


def test_a_question_is_counted_in_a_fresh_python(doors: ModuleType) -> None:
    run = doors.ask_afresh(JUDGED)
    assert 10 < run["modules"] < run["functions"] < 1000
    assert 0 < run["before a node"] < run["deepest"]


@pytest.mark.parametrize(
    ("question", "functions", "modules"),
    [
        ("judge a goal", 245, 45),
        ("ready the rules and judge", 350, 50),
        ("explain it", 140, 23),
        ("its gap", 220, 45),
    ],
)
def test_what_a_question_runs(
    question: str, functions: int, modules: int, doors: ModuleType
) -> None:
    run = doors.ask_afresh(question)
    assert (run["functions"] <= functions, run["modules"] <= modules) == (True, True), run


def test_what_is_run_is_listed(
    doors: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["doors.py", "--run", JUDGED])
    doors.main()
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"{JUDGED}: {len(rest)}"
    assert any(re.fullmatch(r"  goalrules/assess/rule_program\.py:\d+ why", line) for line in rest)


def test_a_definition_or_an_entry_is_one_place(doors: ModuleType) -> None:
    known = [
        (what, found["rests_on"])
        for what, node in doors.definitions(ast.parse(TABLES))
        if "rests_on" in (found := doors.mentions(node))
    ]
    expected = [("ROWS", 5), ("ROWS", 5), ("WORDS", 6), ("Held.rests_on", 12), ("Held._told", 17)]
    assert known == expected


def test_each_addition_has_places_that_name_it(doors: ModuleType) -> None:
    for addition in doors.ADDITIONS:
        groups = doors.grouped(addition)
        assert groups["to read and write it"], addition
        for place in (each for group in groups.values() for each in group):
            lines = (ROOT / place.file).read_text(encoding="utf-8").splitlines()
            known = (*addition.names, *addition.words)
            assert place.what == "the file" or any(
                name in lines[place.line - 1] for name in known
            ), place


@pytest.mark.parametrize(
    ("example", "most"), [("`coverage` of a goal", 1), ("`DataSource`", 8), ("`influence`", 10)]
)
def test_what_an_addition_costs(example: str, most: int, doors: ModuleType) -> None:
    (addition,) = (each for each in doors.ADDITIONS if each.example == example)
    places = doors.grouped(addition)["to read and write it"]
    assert 0 < len(places) <= most, "\n".join(f"{each.file}:{each.line}" for each in places)


def test_small_private_functions_are_those_of_one_caller(doors: ModuleType) -> None:
    found = doors.small_private()
    for place in found:
        text = (ROOT / place.file).read_text(encoding="utf-8")
        assert text.splitlines()[place.line - 1].lstrip().startswith(f"def {place.what}(")
        assert place.what.startswith("_")
    assert len(found) < 300


def test_all_is_printed(
    doors: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doors, "ask_afresh", lambda _: {"functions": 312, "modules": 55})
    monkeypatch.setattr(sys, "argv", ["doors.py", "--list"])
    doors.main()
    told = capsys.readouterr().out
    for name in (*doors.QUESTIONS, *(each.kind for each in doors.ADDITIONS), *doors.GROUPS):
        assert name in told
    title, _, small = told.rpartition("Private functions")[2].partition(": ")
    assert title == " with one caller and at most 3 lines"
    assert int(small.splitlines()[0]) == len(small.splitlines()) - 1


# The page for whoever opens the code for the first time

WHERE = (ROOT / "docs" / "where.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(?!\d)(\w+(?:\.\w+)+)`")
LEADS_TO = re.compile(r"`([\w.]+)`(?= → `([\w.]+)`)")
FEWEST_QUESTIONS, MOST_DOORS = 10, 3


def found_at(door: str) -> object:
    """What a door names: a module, or something in one."""
    parts = door.split(".")
    for at in range(len(parts), 0, -1):
        try:
            here: object = importlib.import_module(".".join(("goalrules", *parts[:at])))
        except ModuleNotFoundError:
            continue
        for part in parts[at:]:
            here = getattr(here, part)
        return here
    raise AssertionError(door)


def rows_of_doors() -> list[tuple[str, str, list[str], list[tuple[str, str]]]]:
    """Each question of the page, its room, its doors, and each door with the one it leads to."""
    rows = (line.split("|") for line in WHERE.splitlines() if line.startswith("| Wh"))
    return [
        (question.strip(), room.strip(" `"), NAMED.findall(doors), LEADS_TO.findall(doors))
        for _, question, room, doors, _ in rows
    ]


def test_every_door_on_the_page_is_there() -> None:
    named = NAMED.findall(WHERE)
    assert len(named) > FEWEST_QUESTIONS
    assert [each for each in named if found_at(each) is None] == []


def test_each_question_is_answered_through_at_most_three_doors() -> None:
    rows = rows_of_doors()
    assert len(rows) >= FEWEST_QUESTIONS
    for question, room, doors, leading in rows:
        assert 0 < len(doors) <= MOST_DOORS, question
        assert any(door.startswith(f"{room}.") for door in doors), question
        for door, following in leading:
            found: Any = found_at(door)
            source = inspect.getsource(getattr(found, "func", found))  # of a cached property
            assert following.rpartition(".")[2] in source, (question, door, following)
