"""Yes and no as levels: what a workbook, JSON and Python hold as true and false."""

import json

import pytest
from workbooks import by_hand, cell, row, text, written

import goalrules

RULES = """goalrules 1 sv
plan "P"
gäller 2026
skala svar: {}
mål 1 "T"
  indikator a på skala svar
  grön om a minst {}
"""
YES_AND_NO = RULES.format("nej < ja", "ja")


class NumPyBool:
    """A truth as NumPy has it."""

    shape = ()

    def __init__(self, *, holds: bool) -> None:
        self.holds = holds

    def item(self) -> object:
        """It as Python's own."""
        return self.holds


def level(rules: str, given: object) -> str | None:
    """The level of the indicator; `OutcomeError` where what is given is none."""
    found = goalrules.loads(rules).assess({"a": given}, period="2026")
    (member,) = found["1"].trace.members
    return member.worst if member.worst == member.best else None


@pytest.mark.parametrize(
    ("scale", "yes", "no"),
    [
        ("nej < ja", "ja", "nej"),
        ("ja < nej", "ja", "nej"),  # whether there were deviations
        ("nej < delvis < ja", "ja", "nej"),
        ("Nej < Ja", "Ja", "Nej"),
        ("no < yes", "yes", "no"),
        ("falskt < sant", "sant", "falskt"),
    ],
)
@pytest.mark.parametrize("said", [(True, False), ("SANT", "FALSKT"), ("True", "false")])
def test_true_and_false_are_levels_that_say_so(
    scale: str, yes: str, no: str, said: tuple[object, object]
) -> None:
    rules = RULES.format(scale, scale.rsplit(" < ", maxsplit=1)[-1])
    assert [level(rules, each) for each in said] == [yes, no]
    held = [NumPyBool(holds=each) for each in (True, False)]
    assert [level(rules, each) for each in held] == [yes, no]
    assert [level(rules, {"level": each}) for each in (*said, *held)] == [yes, no, yes, no]


@pytest.mark.parametrize(
    "scale", ["dålig < bra", "nej < yes < ja", "kanske < ja", "nej < kanske", "1 < 2"]
)
@pytest.mark.parametrize("said", [True, "SANT", {"level": False}])
def test_elsewhere_they_are_refused_with_what_to_write(scale: str, said: object) -> None:
    levels = scale.split(" < ")
    with pytest.raises(goalrules.OutcomeError) as raised:
        level(RULES.format(scale, levels[-1]), said)
    (fault,) = raised.value.diagnostics
    assert fault.code == "boolean-cell"
    assert all(each in fault.hint("sv") for each in levels)


@pytest.mark.parametrize("said", [1, 0, 1.0, "1", "0"])
def test_ones_and_noughts_are_no_answers(said: object) -> None:
    with pytest.raises(goalrules.OutcomeError) as raised:
        level(YES_AND_NO, said)
    (fault,) = raised.value.diagnostics
    assert fault.code == "level-expected"
    assert "nej eller ja" in fault.hint("sv")
    assert level(RULES.format("0 < 1", "1"), said) in ("0", "1")


@pytest.mark.parametrize("column", ["utfall", "bedömning"])
def test_cells_of_files_hold_them(column: str) -> None:
    rules = goalrules.loads(YES_AND_NO)
    heads = row(1, text("A1", "indikator"), text("B1", column))
    workbook = by_hand(heads + row(2, text("A2", "a"), cell("B2", "1", "b")))
    files = {
        "u.csv": f"indikator;{column}\na;SANT\n".encode(),
        "u.json": json.dumps([{"indikator": "a", column: True}]).encode(),
        "u.xlsx": workbook,
        "v.xlsx": written(("Utfall", [["indikator", column], ["a", True]])),
    }
    for name, data in files.items():
        rows = goalrules.read_outcomes(data, 2026, name=name)
        assert rules.assess(rows)["1"].verdict == "met", name


def test_two_cells_that_say_otherwise_are_refused() -> None:
    with pytest.raises(goalrules.OutcomeError):
        level(YES_AND_NO, {"value": True, "level": "nej"})
    assert level(YES_AND_NO, {"value": True, "level": "ja"}) == "ja"


def test_columns_and_changes_know_them() -> None:
    rules = goalrules.loads(YES_AND_NO)
    rows = rules.compile("2026").assess_columns({"a": [True, False, "ja"]})
    assert [rows.result(each)["1"].verdict for each in range(3)] == ["met", "not met", "met"]
    tables = (f"indikator;utfall\na;{each}\n".encode() for each in ("SANT", "FALSKT"))
    old, new = (goalrules.read_outcomes(each, 2026, name="u.csv") for each in tables)
    (change,) = goalrules.compare_outcomes(old, new).changes
    assert (change.before, change.after) == ("SANT", "FALSKT")
