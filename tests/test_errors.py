"""Errors say whose fault it is, and their diagnostics say themselves in either language."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from imports import ROOT
from schemas import validator_of

import goalrules
from goalrules import LimitError, OutcomeError, QuestionError, RuleError
from goalrules.document import from_json
from goalrules.refusal import Faults, GoalrulesError
from goalrules.text.source import Span

RULES = ROOT / "rulesets" / "socialnamnden-2025.goals"
FAULTY = 'goalrules 1 sv\nmål 1 "M"\n  indikator kö\n  grön om köer grön\n'
IN_MONTHS = 'goalrules 1 sv\ngäller 2025\nmål 1 "M"\n  indikator kö\n  grön om kö grön\n'
LEFT_OUT = (
    'goalrules 1 en\ngoal 1 "G" indicator a indicator b green when a green and (a green or b green)'
)


def rules() -> goalrules.RuleSet:
    """The rules of 2025."""
    return goalrules.load(RULES)


def raised(work: Callable[[], object]) -> GoalrulesError:
    """The error that something ends in."""
    with pytest.raises(GoalrulesError) as caught:
        work()
    return caught.value


# Whose fault it is


def budget() -> object:
    """A question with more cases than are looked at."""
    weights = [f"indicator m{9001 + each * 37} weight {9001 + each * 37}" for each in range(28)]
    head = 'goalrules 1 en\nvalid 2025\ngoal 1 "G" '
    text = f"{head}{' '.join(weights)} green when 50 % of weight green"
    given = {f"m{9001 + each * 37}": "red" for each in range(28)}
    return goalrules.loads(text).assess(given)["1"].to_reach("green")


BLAMED: dict[str, tuple[str, type[Exception], Callable[[], object]]] = {
    "unreadable rules": ("rules", RuleError, lambda: goalrules.loads("goalrules 1 sv\nx")),
    "rules that are no text": ("rules", RuleError, lambda: goalrules.load(b"a\0b")),
    "a rule": ("rules", RuleError, lambda: goalrules.rule("4 of 3 green", "abc")),
    "pairs": ("rules", RuleError, lambda: goalrules.read_pairs(b"x;y\n1;2\n")),
    "an unknown indicator": ("outcomes", OutcomeError, lambda: rules().assess({"x": 1})),
    "a file of outcomes": ("outcomes", OutcomeError, lambda: goalrules.read_outcomes(b"x")),
    "judgements": ("outcomes", OutcomeError, lambda: goalrules.read_judgements(b"x")),
    "a judgement": ("outcomes", OutcomeError, lambda: rules().assess({}, None, [{"a": 1}])),
    "no period": ("question", QuestionError, lambda: rules().assess({}, "x")),
    "a year without rules": ("question", QuestionError, lambda: rules().in_year(2031)),
    "an unknown goal": ("question", QuestionError, lambda: rules().check(["x"])),
    "an unknown level": (
        "question", QuestionError, lambda: rules().assess({})["5"].to_reach("blue"),
    ),
    "a goal of neither": (
        "question", QuestionError, lambda: goalrules.diff(rules(), rules()).only(["x"]),
    ),
    "over budget": ("limit", LimitError, budget),
    "too large": ("limit", LimitError, lambda: goalrules.load(b" " * 4_000_001)),
    "no file": ("file", FileNotFoundError, lambda: goalrules.load("no/such.goals")),
    "no file of outcomes": ("file", FileNotFoundError, lambda: goalrules.read_outcomes("no.csv")),
    "a folder": ("file", IsADirectoryError, lambda: goalrules.read_judgements(ROOT)),
}  # fmt: skip


@pytest.mark.parametrize("name", BLAMED)
def test_an_error_says_whose_fault_it_is(name: str) -> None:
    blamed, kind, work = BLAMED[name]
    error = raised(work)
    assert isinstance(error, kind)
    assert error.blamed == blamed
    kinds = (RuleError, OutcomeError, QuestionError,
             LimitError, goalrules.FileError, goalrules.PackageError)  # fmt: skip
    assert sum(isinstance(error, each) for each in kinds) == 1
    assert error.diagnostics
    assert str(error) == error.text(error.language)


def test_a_file_that_cannot_be_read_is_the_error_of_the_system(tmp_path: Path) -> None:
    error = raised(lambda: goalrules.load(tmp_path / "x.goals"))
    assert isinstance(error, OSError)
    assert isinstance(error, goalrules.FileError)
    assert (error.errno, error.filename) == (2, str(tmp_path / "x.goals"))
    assert error.strerror == error.diagnostics[0].message()


def test_a_large_file_is_over_a_limit(tmp_path: Path) -> None:
    large = tmp_path / "large.goals"
    large.write_bytes(b" " * 4_000_001)
    error = raised(lambda: goalrules.load(large))
    assert (type(error), error.diagnostics[0].code) == (LimitError, "too-large")


@pytest.mark.parametrize(
    ("failed", "kind"), [(PermissionError, PermissionError), (OSError, goalrules.FileError)]
)
def test_a_file_that_may_not_be_read(
    failed: type[OSError], kind: type[OSError], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise failed

    monkeypatch.setattr("os.open", refuse)
    error = raised(lambda: goalrules.load(RULES))
    assert isinstance(error, kind)
    assert error.diagnostics[0].code == "not-readable"


def test_what_is_not_installed_is_an_import_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalrules.template.make.find_spec", lambda _: None)
    with pytest.raises(ImportError) as caught:
        rules().template()
    assert isinstance(caught.value, goalrules.PackageError)
    assert "openpyxl" in str(caught.value)
    assert caught.value.blamed == "package"


# What a diagnostic says


def test_a_diagnostic_says_itself_in_either_language() -> None:
    (found,) = raised(lambda: goalrules.loads(FAULTY, "min.goals")).diagnostics
    assert found.code == "unknown-member"
    assert found.message() == found.message("sv") != found.message("en")
    assert "kö" in found.hint()
    assert (
        found.text("sv").splitlines()[0] == f"min.goals:4:11: {found.message('sv')} [{found.code}]"
    )
    assert found.severity == "error"
    (edit,) = found.edits
    assert (edit.span, edit.text) == (Span(4, 11, 4, 15), "kö")
    assert found.path == ()


def test_a_diagnostic_as_json() -> None:
    error = raised(lambda: goalrules.loads(FAULTY, "min.goals"))
    (found,) = error.diagnostics
    told = found.to_dict("en")
    assert told == json.loads(json.dumps(told))
    assert (told["code"], told["message"], told["hint"]) == (
        found.code, found.message("en"), found.hint("en"),
    )  # fmt: skip
    assert told["edits"] == [{"span": told["span"], "text": "kö"}]
    whole = error.to_dict()
    assert (whole["schema"], whole["blamed"], whole["language"]) == (
        "urn:goalrules:faults:0", "rules", "sv",
    )  # fmt: skip
    assert whole["diagnostics"] == [found.to_dict("sv")]
    validator_of(Faults).validate(whole)
    assert from_json(Faults, whole).diagnostics[0] == found.in_words("sv")


@pytest.mark.parametrize(
    ("outcomes", "path"),
    [
        ({"avtalstrohet": "x"}, ("avtalstrohet",)),
        ({"avtalstrohet": {"utfall": "x"}}, ("avtalstrohet", "utfall")),
        ({"avtalstrohet": {"value": 3, "plan": "x"}}, ("avtalstrohet", "plan")),
        ({"avtalstrohet": {"valu": 3}}, ("avtalstrohet", "valu")),
        ({"avtalstrohet": 3, "avtalstroheten": 3}, ("avtalstroheten",)),
        ([{"indicator": "avtalstrohet", "value": 3}, {"indikator": "x"}], (1, "indikator")),
        ([{"indicator": "avtalstrohet", "value": "x"}], (0, "value")),
        ([{"value": 3}], (0,)),
        ([3], (0,)),
        ({"avtalstrohet": "1.500", "5/e-ansökningar": "33,5"}, ("avtalstrohet",)),
    ],
)  # fmt: skip
def test_a_fault_of_values_from_python_says_where_they_are(
    outcomes: Any,  # noqa: ANN401 - also what it cannot take
    path: tuple[str | int, ...],
) -> None:
    error = raised(lambda: rules().assess(outcomes))
    assert path in [each.path for each in error.diagnostics]
    assert error.diagnostics[0].to_dict()["path"] == list(error.diagnostics[0].path)


GOOD = {"judgement": "met", "period": "2025", "by": "x", "date": "2025-12-01", "reason": "y"}


@pytest.mark.parametrize(
    ("judgements", "path"),
    [
        ({"5": {**GOOD, "date": "x"}}, ("5", "date")),
        ({"5": {**GOOD, "by": ""}}, ("5", "by")),
        ({"x": GOOD}, ("x",)),
        ({77: GOOD}, ("77",)),
        ({"5": {**GOOD, "datum2": "x"}}, ("5", "datum2")),
        ({"5": "met"}, ("5",)),
        ([{**GOOD, "goal": "5"}, {**GOOD, "mål": "x"}], (1, "mål")),
        (["met"], (0,)),
    ],
)  # fmt: skip
def test_a_fault_of_judgements_from_python_says_where_they_are(
    judgements: Any,  # noqa: ANN401 - also what it cannot take
    path: tuple[str | int, ...],
) -> None:
    error = raised(lambda: rules().assess({}, "2025", judgements))
    assert path in [each.path for each in error.diagnostics]


@pytest.mark.parametrize(
    ("pairs", "path"),
    [({"5": "x"}, ("5",)), ([("1.1", "1.1"), ("5", "x")], (1,)), ([(None, "x")], (0,))],
)
def test_a_fault_of_pairs_from_python_says_where_they_are(
    pairs: Any,  # noqa: ANN401 - of either kind
    path: tuple[str | int, ...],
) -> None:
    error = raised(lambda: goalrules.diff(rules(), rules(), pairs))
    assert path in [each.path for each in error.diagnostics]


def test_a_finding_says_itself_in_either_language() -> None:
    checked = goalrules.loads(LEFT_OUT, "x.goals").check()
    found = checked.findings[0]
    assert isinstance(found, goalrules.Finding)
    assert found.text("sv") in checked.text("sv")
    assert found.message() == found.message("en") != found.message("sv")
    assert found.message("en") in checked.text("en")
    for said in (found.example("en"), found.hint("en")):
        assert said
        assert said in checked.text("en").replace("\n   = ", " ")
    assert (found.edits, found.file, found.language) == ((), "x.goals", "en")
    told = found.to_dict("sv")
    assert (told["message"], told["hint"]) == (found.message("sv"), found.hint("sv"))
    assert told == json.loads(json.dumps(told))
    assert checked.faults == tuple(each for each in checked.findings if each.fails)


# In which language


@pytest.mark.parametrize(
    "work",
    [
        lambda language: goalrules.loads(FAULTY, language=language),
        lambda language: goalrules.load(FAULTY.encode(), language=language),
        lambda language: goalrules.load(b"a\0", language=language),
        lambda language: goalrules.load("none", language=language),
        lambda language: goalrules.rule("3 av 2 gröna", "ab", language=language),
        lambda language: goalrules.evaluate("a grön", {"a": 5}, language=language),
        lambda language: goalrules.rule("a grön", "a").evaluate({"b": 5}, language=language),
        lambda language: goalrules.read_outcomes(b"x", language=language),
        lambda language: goalrules.read_outcomes("none", language=language),
        lambda language: goalrules.read_judgements(b"x", language=language),
        lambda language: goalrules.read_pairs(b"x", language=language),
        lambda language: rules().assess({"x": 1}, language=language),
        lambda language: rules().assess({}, "x", language=language),
        lambda language: rules().assess_year({"x": 1}, language=language),
        lambda language: rules().assess_year({}, 2025, interims=["x"], language=language),
        lambda language: rules().in_year(2031, language=language),
        lambda language: rules().in_year("x", language=language),
        lambda language: rules().year_of("x", language=language),
        lambda language: rules().check(["x"], language=language),
        lambda language: rules().influence(["x"], language=language),
        lambda language: rules().template(20250, language),
        lambda language: goalrules.diff(rules(), rules(), {"x": "y"}, language=language),
        lambda language: goalrules.diff(rules(), rules(), (), {}, "x", language=language),
        lambda language: goalrules.diff(rules(), rules(), (), {"x": 1}, language=language),
        lambda language: goalrules.loads(IN_MONTHS).assess_year({"köer": 1}, language=language),
    ],
)
def test_an_error_speaks_the_language_that_is_asked_for(work: Callable[[Any], object]) -> None:
    swedish, english = raised(lambda: work("sv")), raised(lambda: work("en"))
    own = raised(lambda: work(None))
    assert (swedish.language, english.language, own.language) == ("sv", "en", "sv")
    assert str(swedish) == str(own) == english.text("sv") != str(english) == own.text("en")
    assert english.to_dict()["language"] == "en"
    with pytest.raises(ValueError, match="no language 'de'"):
        work("de")


def test_pieces_of_rules_are_in_the_language_of_the_file() -> None:
    english = raised(lambda: goalrules.loads(FAULTY.replace("grön om", "grön"), language="en"))
    assert "`om`" in str(english)
    assert "`when`" not in str(english)
