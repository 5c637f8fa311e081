"""A rule over columns: the verdict of every row is that of the row by itself."""

from itertools import product
from random import Random

import pytest
from arrow_made import AsArray, numbers
from cases import first_of
from oracle.catalogue import random_rule, random_style
from oracle.wording import text

import goalrules
from goalrules.assess import column_reading
from goalrules.assess.automaton import BLOCK

WORDS = ("red", "yellow", "green", None, "not applicable", "red–yellow", "gul", "missing")
NAMES = ("a", "b", "c", "d", "e", "f", "g")
RULE = "3 of 5 green including a"


def rows_of(rng: Random, names: tuple[str, ...], number: int) -> list[dict[str, str | None]]:
    """Outcomes of some members, drawn."""
    return [{name: rng.choice(WORDS) for name in names} for _ in range(number)]


@first_of(4)
def test_every_row_is_judged_as_by_itself(part: int) -> None:
    rng = Random(part)  # noqa: S311 - the same rules every time
    for size in (1, 2, 3, 5, 7):
        names = NAMES[:size]
        for _ in range(6):
            rule = goalrules.rule(text(random_rule(rng, names), "en", random_style(rng)), names)
            rows = rows_of(rng, names, 60)
            found = rule.verdicts({name: [row[name] for row in rows] for name in names})
            assert list(found) == [rule.evaluate(row).verdict for row in rows], rule.text


def test_bytes_are_levels_by_their_codes() -> None:
    rule = goalrules.rule(RULE, NAMES[:5])
    codes = rule.codes
    assert dict(codes) == {"red": 0, "yellow": 1, "green": 2, None: 3, "not applicable": 4}
    cases = list(product(codes, repeat=5))
    columns = {name: [case[n] for case in cases] for n, name in enumerate(NAMES[:5])}
    words = rule.verdicts(columns)
    coded = {name: bytes(codes[each] for each in column) for name, column in columns.items()}
    for kind in (bytes, bytearray, memoryview):
        same = rule.verdicts({name: kind(each) for name, each in coded.items()})
        assert same.codes == words.codes
    rows = (dict(zip(NAMES, case, strict=False)) for case in cases)
    assert list(words) == [each.verdict for each in rule.evaluate_many(rows)]
    assert sum(words.counts().values()) == len(words) == len(cases)
    assert words.result(7) == rule.evaluate({name: columns[name][7] for name in columns})
    assert rule.verdicts(coded).result(-1).verdict == words[-1]
    assert words[2:5] == [words[2], words[3], words[4]]
    assert repr(words).startswith("Verdicts({'not met': ")


def test_more_rows_than_go_at_once() -> None:
    rule = goalrules.rule("any green", ["a", "b"])
    rows = BLOCK + 3
    found = rule.verdicts({"a": bytes([0, 2] * (rows // 2) + [0]), "b": bytes(rows)})
    assert found.counts() == {"not met": rows - rows // 2, "open": 0, "met": rows // 2}


def test_members_without_a_column_are_missing() -> None:
    rule = goalrules.rule("2 of 3 green", ["a", "b", "c"])
    assert list(rule.verdicts({"a": ["green", "red"], "b": ["green", "red"]})) == ["met", "not met"]
    assert list(rule.verdicts({})) == []


def test_a_rule_of_many_members_goes_row_by_row() -> None:
    names = [f"m{number}" for number in range(12)]
    rule = goalrules.rule("majority green", names)
    rows = rows_of(Random(1), tuple(names), 40)  # noqa: S311 - the same rows every time
    rows += rows[:5]
    found = rule.verdicts({name: [row[name] for row in rows] for name in names})
    assert list(found) == [rule.evaluate(row).verdict for row in rows]


def test_weights_that_fit_in_no_byte_go_row_by_row() -> None:
    names = ("a", "b", "c", "d", "e")
    points = "green when sum of points at least 31 points green 16, yellow 3, red 0"
    rule = goalrules.rule(points, names)
    rows = rows_of(Random(2), names, 50)  # noqa: S311 - the same rows every time
    found = rule.verdicts({name: [row[name] for row in rows] for name in names})
    assert list(found) == [rule.evaluate(row).verdict for row in rows]


def test_states_that_fit_in_no_byte_go_row_by_row() -> None:
    names = NAMES[:5]
    words = ("red", "yellow", "green", None, "not applicable", "red–yellow", "yellow–green")
    points = "green when mean of points at least 7 points green 16, yellow 3, red 0"
    rule, rng = goalrules.rule(points, names), Random(3)  # noqa: S311 - as above
    rows = [{name: rng.choice(words) for name in names} for _ in range(50)]
    columns = {name: [*words, *(row[name] for row in rows)] for name in names}
    assert list(rule.verdicts(columns))[len(words) :] == [rule.verdict(row) for row in rows]
    assert [*rule._columns._judged._automata.values()] == [None]  # noqa: SLF001


def test_as_many_spellings_as_there_are() -> None:
    spelled = [f"green{' ' * number}" for number in range(300)]
    assert goalrules.rule("all green", ["a"]).verdicts({"a": spelled}).counts()["met"] == 300


def test_a_number_that_others_tell_how_to_read_is_read_in_its_row() -> None:
    rule = goalrules.rule("all at least 2.5", ["a", "b"], ["1.5", "2.5"])
    assert list(rule.verdicts({"a": ["2.5", "1.5"], "b": [None, "2.5"]})) == ["open", "not met"]
    with pytest.raises(goalrules.OutcomeError, match=r"row 2.*other-decimal-mark"):
        rule.verdicts({"a": ["2.5", "1.5"], "b": [None, "2,5"]})


def test_words_in_several_blocks_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column_reading, "ARRAY_BLOCK", 2)
    rule = goalrules.rule("any green", ["a"])
    words = ["green", "red", "green", None, "red"]
    assert [*rule.verdicts({"a": words})] == [rule.verdict({"a": each}) for each in words]


def test_numbers_of_arrow_are_levels_by_name() -> None:
    rule = goalrules.rule("2 when all at least 2", ["a"], ["1", "2"])
    column = AsArray("l", [numbers("q", [1, None, 2])])
    assert [*rule.verdicts({"a": column})] == ["not met", "open", "met"]


def test_numbers_are_levels_by_name() -> None:
    scale = goalrules.rule("10 when all at least 9", ["a", "b"], [str(n) for n in range(1, 11)])
    numbers: dict[str, list[object]] = {"a": [10, "10", 8, None], "b": ["9", 9, 9, 10]}
    assert list(scale.verdicts(numbers)) == ["met", "met", "not met", "open"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"a": ["green", "grene"]}, "row 2"),
        ({"x": ["green"]}, "row 1"),
        ({"a": [True]}, "row 1"),
        ({"a": [1.0]}, "row 1"),
    ],
)
def test_a_fault_is_told_by_its_row(columns: dict[str, list[object]], told: str) -> None:
    with pytest.raises(goalrules.OutcomeError, match=told):
        goalrules.rule("any green", ["a", "b"]).verdicts(columns)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"a": ["green"], "b": ["green", "red"]}, "one length"),
        ({"a": b"\x02\x09"}, "row 2"),
        ({"a": memoryview(b"1234").cast("I")}, "row 1.*level-expected"),
        ({"a": memoryview(b"12").cast("?")}, "a: a buffer of booleans"),
        ({"a": memoryview(b"1234").cast("B", (2, 2))}, "a: a buffer of 2 dimensions"),
        ({"a": ["74,5"]}, "row 1"),
    ],
)
def test_what_is_no_columns_is_refused(columns: dict[str, list[object]], told: str) -> None:
    with pytest.raises((ValueError, goalrules.OutcomeError), match=told):
        goalrules.rule("any green", ["a", "b"]).verdicts(columns)


def test_any_other_sequence_is_a_column() -> None:
    found = goalrules.rule("2 when all at least 2", ["a"], ["1", "2"]).verdicts({"a": range(1, 3)})
    assert list(found) == ["not met", "met"]
