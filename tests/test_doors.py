"""The script that counts what a question runs and where an addition is made counts as it says."""

import ast
import importlib.util
import sys
from types import ModuleType

import pytest
from imports import ROOT

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
    spec = importlib.util.spec_from_file_location("doors", ROOT / "benchmarks" / "doors.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_question_is_counted_in_a_fresh_python(doors: ModuleType) -> None:
    run = doors.ask_afresh(JUDGED)
    assert 10 < run["modules"] < run["functions"] < 1000
    assert 0 < run["before a node"] < run["deepest"]


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
