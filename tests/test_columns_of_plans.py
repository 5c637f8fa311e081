"""A plan over columns: the verdicts of every row are those of the row by itself."""

import ctypes
import pickle
from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import inf, nan, nextafter
from sys import byteorder
from typing import Any

import pytest
from array_made import PlainArray
from arrow_made import AsArray, AsStream, numbers, texts
from cases import dear
from drawn_outcomes import YEARS, outcomes, rule_set
from hypothesis import given
from hypothesis import strategies as st
from oracle.catalogue import dice
from test_programs import EVERY_KIND, NUMBERS, OWN, SHARES, WORDS

import goalrules
from goalrules.assess import automaton, column_reading
from goalrules.assess.column_reading import NumberRegions, regions_of
from goalrules.results import PlanVerdicts

Rows = Sequence[Mapping[str, object]]


UNEVEN = (
    *(1e-300, -1e-50, 1e21, -1e30, 2**60, 10**30, inf, -inf, nan, 0.0, -0.0, True),
    *map(Decimal, ("NaN", "sNaN", "-Infinity", "0", "0E-100", "1E-70", "1E+80", f"74.{'9' * 70}")),
)
"""Numbers that are too long, too large or none, and those beside them."""


@pytest.fixture(scope="module", params=[EVERY_KIND, SHARES], ids=["every kind", "shares"])
def plan(request: pytest.FixtureRequest) -> goalrules.RuleSet:
    """A plan with indicators of every kind, and one in which shares of targets count."""
    return goalrules.loads(request.param)


def told(rules: goalrules.RuleSet, row: Mapping[str, object], period: str) -> object:
    """The verdicts of a row by itself, where nothing was met before; or its faults."""
    try:
        return goalrules.loads(rules._text).assess(row, period).verdicts()  # noqa: SLF001
    except goalrules.OutcomeError as error:
        return [(each.code, each.path) for each in error.diagnostics]


def agrees(rules: goalrules.RuleSet, rows: Rows, period: str) -> int:
    """Hold columns of some rows against each row by itself; the number of rows without faults."""
    program = rules.compile(period)
    names = dict.fromkeys(name for row in rows for name in row)
    whole = [{name: row.get(name) for name in names} for row in rows]
    alone = [told(rules, row, period) for row in whole]
    right = [number for number, each in enumerate(alone) if isinstance(each, dict)]
    columns = {name: [whole[number][name] for number in right] for name in names}
    found = program.assess_columns(columns)
    assert [found.row(row) for row in range(found.rows)] == [alone[number] for number in right]
    for row, number in list(enumerate(right))[:2]:
        assert found.result(row) == rules.assess(whole[number], period)
    faulty = next((each for each in range(len(rows)) if each not in right), None)
    if faulty is not None:
        with pytest.raises(goalrules.OutcomeError) as error:
            program.assess_columns({name: [row[name] for row in whole] for name in names})
        faults = error.value.diagnostics
        assert [(each.code, each.path) for each in faults] == alone[faulty]
        assert {each.file for each in faults} == {f"outcomes, row {faulty + 1}"}
    return len(right)


@pytest.mark.parametrize("period", ["2025", "2025-03", "T2 2025"])
def test_rows_of_every_kind_of_value(plan: goalrules.RuleSet, period: str) -> None:
    rng = dice(len(period))
    there = {name for goal in plan.goals.values() for name in goal.members}
    names = [name for name in OWN if name.rpartition("/")[2] in there]
    drawn = [
        {name: rng.choice((*WORDS, *NUMBERS, "74,9", "12 %", "planned")) for name in names}
        for _ in range(40)
    ]
    assert agrees(plan, drawn, period) > 5


@pytest.mark.parametrize("year", YEARS)
@given(data=st.data())
@dear(6)
def test_rows_of_the_founding_plans(year: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(outcomes(year).filter(bool), min_size=1, max_size=5))
    period = data.draw(st.sampled_from([f"{year}", f"{year}-05", f"T1 {year}"]))
    agrees(rule_set(year), rows, period)


def foreign(floats: Sequence[float]) -> object:
    """Numbers in a buffer of the other order of bytes."""
    other = ctypes.c_double.__ctype_be__ if byteorder == "little" else ctypes.c_double.__ctype_le__
    return (other * len(floats))(*floats)


def verdicts(found: PlanVerdicts) -> list[dict[str, Any]]:
    """Those of every row."""
    return [found.row(row) for row in range(found.rows)]


@pytest.mark.parametrize("name", ["1/low", "high", "amid", "near", "pace", "shift", "own"])
def test_numbers_are_judged_as_each_by_itself(name: str) -> None:
    rules = goalrules.loads(EVERY_KIND)
    program = rules.compile("2025-03")
    regions = program._columns._regions(name)  # noqa: SLF001
    assert regions
    near = [each for each in regions.bounds if 1e-30 < abs(each) < 1e15]
    beside = [nextafter(each, side) for each in near for side in (inf, -inf)]
    floats = [float(each) for each in NUMBERS] + near + beside
    wanted = [rules.assess({name: each}, "2025-03").verdicts() for each in floats]
    for column in (
        *(floats, array("d", floats), memoryview(array("d", floats)), tuple(floats)),
        *(PlainArray("d", floats), foreign(floats)),
    ):
        assert verdicts(program.assess_columns({name: column})) == wanted
    decimals = [Decimal(repr(each)) for each in floats]
    assert verdicts(program.assess_columns({name: decimals})) == wanted
    some = [*floats[:3], None]
    missing = [*wanted[:3], rules.assess({}, "2025-03").verdicts()]
    source = AsStream("g", [numbers("d", some)])
    assert verdicts(program.assess_columns({name: source})) == missing
    assert verdicts(program.assess_columns({name: some})) == missing
    whole = [0, 3, 75, 100, 2**60, -1]
    wanted = [rules.assess({name: each}, "2025-03").verdicts() for each in whole]
    for given_as in (
        *(whole, array("q", whole), PlainArray("q", whole)),
        AsArray("l", [numbers("q", whole)]),
    ):
        assert verdicts(program.assess_columns({name: given_as})) == wanted


@pytest.mark.parametrize("number", UNEVEN)
def test_a_number_that_may_be_none_is_read_by_itself(number: float | Decimal) -> None:
    rules = goalrules.loads(EVERY_KIND)
    program = rules.compile("2025")
    program.assess_columns({"low": [1.0]})
    wanted = told(rules, {"low": number}, "2025")
    columns: list[object] = [[75, number], [75, number, "green"]]
    if isinstance(number, float):
        columns.append(PlainArray("d", [75, number]))
    for column in columns:
        if isinstance(wanted, dict):
            assert program.assess_columns({"low": column}).row(1) == wanted
        else:
            with pytest.raises(goalrules.OutcomeError, match="row 2"):
                program.assess_columns({"low": column})


def test_numbers_of_an_indicator_without_a_target() -> None:
    rules = goalrules.loads(EVERY_KIND)
    found = rules.compile("2025").assess_columns({"said": [1.0, 2.0]})
    assert verdicts(found) == [rules.assess({"said": each}, "2025").verdicts() for each in (1.0, 2)]


def test_a_bound_that_whole_numbers_lie_closer_to_than_floats() -> None:
    rules = goalrules.loads(EVERY_KIND.replace("at least 75", f"at least {2**60 + 1}"))
    near = [2**60, 2**60 + 1, 2**60 + 2]
    found = rules.compile("2025").assess_columns({"low": near})
    assert verdicts(found) == [rules.assess({"low": each}, "2025").verdicts() for each in near]


def test_bounds_that_fit_in_no_byte_are_not_used() -> None:
    rule = goalrules.rule("any green", ["a"])
    levels = [rule._rule.read("a", each) for each in ("red", "green")]  # noqa: SLF001
    many = regions_of([*map(float, range(1, 300))], lambda number: levels[int(number) % 2])
    assert many is None
    one = regions_of([2.0], lambda number: levels[number >= 2])
    assert isinstance(one, NumberRegions)
    assert one.codes([1.0, 2.0, 3.0])[0] != one.codes([2.0])[0]


def test_codes_are_those_of_the_indicators_levels() -> None:
    rules = goalrules.loads(EVERY_KIND)
    program = rules.compile("2025")
    codes = program.codes("said")
    assert dict(codes) == {"red": 0, "yellow": 1, "green": 2, None: 3, "not applicable": 4}
    words = list(codes)
    columns = dict.fromkeys(("low", "2/own", "said"), words)
    wanted = verdicts(program.assess_columns(columns))
    assert wanted == [program.assess(dict.fromkeys(columns, each)).verdicts() for each in words]
    coded = dict.fromkeys(columns, bytes(codes.values()))
    assert verdicts(program.assess_columns(coded)) == wanted
    assert program.assess_columns(coded).result(2) == program.assess(
        dict.fromkeys(columns, "green")
    )
    some = AsArray("C", [numbers("B", [0, 1, 2, None, 4])])
    assert verdicts(program.assess_columns({**coded, "low": some})) == wanted
    with pytest.raises(KeyError):
        program.codes("lew")
    with pytest.raises(ValueError, match="low: the code 9 in row 2 is of no level"):
        program.assess_columns({"low": b"\0\x09"})


def test_arrays_of_codes_stay_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "ARRAY_BLOCK", 7)
    rng, program = dice(5), goalrules.loads(EVERY_KIND).compile("2025")
    codes = {name: bytes(rng.choices(range(5), k=40)) for name in OWN}
    wanted = verdicts(program.assess_columns(codes))
    arrays = {name: PlainArray("B", each) for name, each in codes.items()}
    assert verdicts(program.assess_columns(arrays)) == wanted
    mixed = {**codes, "own": arrays["own"], "said": arrays["said"]}
    assert verdicts(program.assess_columns(mixed)) == wanted
    shifted = memoryview(bytes(each for code in codes["own"] for each in (code, 9)))[::2]
    assert verdicts(program.assess_columns({**codes, "own": shifted})) == wanted
    with pytest.raises(ValueError, match="own: the code 7 in row 2 is of no level"):
        program.assess_columns({"own": PlainArray("B", [0, 7])})
    for empty in (PlainArray("B"), PlainArray("d")):
        assert program.assess_columns({"own": empty}).rows == 0


def test_what_is_of_no_indicator_is_told_in_the_first_row() -> None:
    program = goalrules.loads(EVERY_KIND).compile("2025")
    for columns, code in (
        ({"lew": b"\0"}, "unknown-indicator"),
        ({"low": ["grene"], "own": [3]}, "unknown-level-word"),
        ({"own": [3], "2/own": [4]}, "duplicate-row"),
        ({"low": ["1.5", "1.5"], "own": ["3.5", "3,5"]}, "other-decimal-mark"),
        ({"low": [75, {"value": 1, "level": "green"}]}, "level-contradicts-value"),
    ):
        with pytest.raises(goalrules.OutcomeError, match=code) as error:
            program.assess_columns(columns, language="en")
        assert error.value.language == "en"
    assert len(program.assess_columns({"lew": []})) == 3


def test_one_decimal_mark_in_all_columns_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = goalrules.loads(EVERY_KIND)
    program, rows = rules.compile("2025"), [("74,5", "3,5"), ("75,5", "2,5"), ("80", None)]
    wanted = [rules.assess({"low": low, "own": own}, "2025").verdicts() for low, own in rows]
    monkeypatch.setattr(goalrules.RuleSet, "assess", None)
    low, own = zip(*rows, strict=True)
    assert verdicts(program.assess_columns({"low": low, "own": own})) == wanted


def test_values_worked_out_of_others_go_row_by_row() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  indicator a\n  indicator b\n'
        "  indicator c = sum of a, b\n    target at least 3\n  green when c green\n"
    )
    found = rules.compile().assess_columns({"a": [1, 2, None], "b": [2, 0, 1]})
    assert list(found["1"] or ()) == ["met", "not met", "open"]


def test_groups_that_are_reported_go_row_by_row() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  group acts as reported\n'
        "  green when all of acts green\n"
    )
    found = rules.compile().assess_columns({"acts/a": ["green", "green"], "acts/b": ["red", None]})
    assert list(found["1"] or ()) == ["not met", "open"]


def test_a_goal_without_a_rule_has_no_verdicts() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  only followed up\n  indicator a\n'
        'goal 2 "H"\n  indicator b\n  annual green when b green\n'
    )
    found = rules.compile("2025-03").assess_columns({"a": ["green"], "b": ["green"]})
    assert (dict(found), found.row(0)) == ({"1": None, "2": None}, {"1": None, "2": None})
    found = rules.compile("2025").assess_columns({"a": ["green"], "b": ["green"]})
    assert found.row(0) == {"1": None, "2": "met"}
    with pytest.raises(IndexError):
        found.result(1)
    assert repr(found) == "PlanVerdicts(2 goals, 1 rows)"
    assert list(found) == ["1", "2"]


def test_a_table_and_columns_of_arrow() -> None:
    rules = goalrules.loads(EVERY_KIND)
    program, words, low = rules.compile("2025"), ["green", None, "red"], [80, 75, None]
    wanted = [
        rules.assess({"said": said, "low": number}, "2025").verdicts()
        for said, number in zip(words, low, strict=True)
    ]
    said, number = AsStream("u", [texts(words)]), AsArray("l", [numbers("q", low)])
    found = program.assess_columns({"said": said, "low": number})
    assert verdicts(found) == wanted
    assert found["1"] is found["1"]
    assert (said.held, number.held) == (0, 0)
    kpi = found["KF"]
    assert kpi is not None
    assert kpi.result(0) == program.assess({"said": "green", "low": 80})["KF"]


def test_no_columns_are_no_rows() -> None:
    found = goalrules.loads(EVERY_KIND).compile("2025").assess_columns({})
    assert (found.rows, [*(found["1"] or "none")]) == (0, [*"none"])


def test_tables_that_are_full_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "MOST_AUTOMATA", 1)
    monkeypatch.setattr(automaton, "MOST_KNOWN", 2)
    monkeypatch.setattr(automaton, "MOST_CASES", 10)
    monkeypatch.setattr(column_reading, "MOST_KNOWN", 2)
    monkeypatch.setattr(column_reading, "ARRAY_BLOCK", 7)
    rng, rules = dice(3), goalrules.loads(EVERY_KIND)
    rows = [{name: rng.choice(WORDS) for name in OWN} for _ in range(30)]
    program = rules.compile("2025")
    for each in (OWN, OWN[:1], OWN[:1]):
        found = program.assess_columns({name: [row[name] for row in rows] for name in each})
        wanted = [{name: row[name] for name in each} for row in rows]
        assert verdicts(found) == [rules.assess(row, "2025").verdicts() for row in wanted]


def test_a_program_is_pickled_as_its_rules_and_period() -> None:
    program = goalrules.loads(EVERY_KIND).compile("2025-03")
    again = pickle.loads(pickle.dumps(program))  # noqa: S301 - our own
    assert again == program
    assert verdicts(again.assess_columns({"low": [75]})) == verdicts(
        program.assess_columns({"low": [75]})
    )


MOVED = """goalrules 2 sv
plan "P"
gäller 2025
mål 1 "A"
  indikator a, b, c
  saknade utfall: räknas inte med
  kräver minst 2 bedömda för grön
  grön om alla gröna
  gul om någon grön
  annars röd
  ett steg bättre om a grön
  ett steg sämre om någon röd
mål 2 "B"
  indikator d
  grön om minst 2 av d, mål 1 gröna varav mål 1
  gul om någon av d, mål 1 minst gul
  annars röd
  två steg sämre om inte d minst gul
"""


def test_steps_and_quorums_of_levels_and_goals_beside_indicators() -> None:
    rows = [
        dict(zip("abcd", levels, strict=True))
        for levels in product(("röd", "gul", "grön", None), repeat=4)
    ]
    agrees(goalrules.loads(MOVED), rows[::3], "2025")
