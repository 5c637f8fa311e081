"""Columns of Arrow are read through its C interfaces, and all that is handed out is given back."""

import pytest
from arrow_made import AsArray, AsStream, Part, Source, known, numbers, texts, viewed

import goalrules
from goalrules.data.arrow import ArrayStruct, arrow_column
from goalrules.data.vectors import Codes, Numbers, Values, Vector, Worded

WORDS = ("green", None, "red", "a text that is longer than a view", "not applicable", "å, ä och ö")


def read(source: AsArray | AsStream) -> Vector:
    """A column, of which nothing is held afterwards."""
    found = arrow_column("a", source)
    assert source.held == 0
    return found


def values(source: AsArray | AsStream) -> list[object]:
    """The values of a column."""
    found = read(source)
    assert isinstance(found, Values | Numbers | Worded)
    return [found.at(row) for row in range(len(found))]


@pytest.mark.parametrize("kind", [AsArray, AsStream])
@pytest.mark.parametrize("offset", [0, 1, 3])
def test_texts_in_each_form(kind: type[AsArray | AsStream], offset: int) -> None:
    wanted = list(WORDS[offset:])
    for form, part in (
        ("u", texts(WORDS, "i", offset)),
        ("U", texts(WORDS, "q", offset)),
        ("vu", viewed(WORDS, offset)),
    ):
        assert values(kind(form, [part])) == wanted


def test_a_stream_has_many_parts_or_none() -> None:
    parts = [texts(WORDS, offset=2), texts([]), texts(WORDS[:1])]
    assert values(AsStream("u", parts)) == [*WORDS[2:], WORDS[0]]
    assert values(AsStream("u", [])) == []


@pytest.mark.parametrize("form", ["c", "i", "L"])
def test_words_by_numbers_of_a_dictionary(form: str) -> None:
    code = {"c": "b", "i": "i", "L": "Q"}[form]
    places = numbers(code, [1, None, 0, 2, 1], 1)
    places.dictionary = texts(["", "red", "green", None], offset=1)
    assert values(AsArray(form, [places], words="u")) == [None, "red", None, "green"]
    places.dictionary = numbers("q", [3, None, 5])
    assert values(AsArray(form, [places], words="l")) == [None, 3, 5, None]


@pytest.mark.parametrize("both", ["sh", "II", "lq", "gd", "ff"])
def test_numbers_and_those_that_are_null(both: str) -> None:
    form, code = both[0], both[1]
    given = [1, None, 75, 3]
    assert values(AsStream(form, [numbers(code, given), numbers(code, given, 1)])) == [
        *given,
        *given[1:],
    ]
    assert values(AsArray(form, [numbers(code, [4, 5, 6], 1)])) == [5, 6]


def test_bytes_without_a_sign_are_codes() -> None:
    found = read(AsStream("C", [numbers("B", [2, 0]), numbers("B", [1, None, 2])]))
    assert isinstance(found, Codes)
    assert (found.items, [*found.missing]) == (b"\2\0\1\0\2", [3])


def test_dictionaries_that_differ_and_those_that_are_large() -> None:
    first, second = numbers("b", [0, 1, None]), numbers("b", [0, 1])
    first.dictionary, second.dictionary = texts(["red", "green"]), texts(["green", "yellow"])
    column = AsStream("c", [first, second, first], words="u")
    wanted = ["red", "green", None, "green", "yellow", "red", "green", None]
    assert values(column) == wanted
    rule = goalrules.rule("all at least yellow", ["a"])
    assert [*rule.verdicts({"a": column})] == [rule.verdict({"a": each}) for each in wanted]
    many = [numbers("h", range(150)) for _ in range(2)]
    for at, part in enumerate(many):
        part.dictionary = texts([f"{at} {number}" for number in range(150)])
    large = numbers("h", [300, None, 0])
    large.dictionary = texts([str(number) for number in range(301)])
    told = [f"{at} {number}" for at in range(2) for number in range(150)]
    assert values(AsStream("s", many, words="u")) == told
    assert values(AsStream("s", [many[0], large, many[0]], words="u")) == [
        *told[:150], "300", None, "0", *told[:150]
    ]  # fmt: skip


def test_what_is_given_back_is_given_back_once() -> None:
    source, struct = AsArray("l", []), ArrayStruct()
    source.fill(struct, numbers("q", [1]))
    struct.give_back()
    struct.give_back()
    assert source.held == 0


def test_nothing_but_nulls() -> None:
    assert values(AsArray("n", [Part(3, [])])) == [None, None, None]


def test_no_nulls_and_no_bitmap() -> None:
    part = numbers("q", [1, 2])
    assert values(AsArray("l", [Part(2, [None, b"\1" + bytes(15)])])) == [1, 0]
    part.nulls = 0
    assert values(AsArray("l", [part])) == [1, 2]


@pytest.mark.parametrize(
    ("form", "words", "kind"),
    [
        ("b", "", "boolean"),
        ("d:10,2", "", "decimal"),
        ("tsu:UTC", "", "timestamp"),
        ("+l", "", "list"),
        ("i", "z", "binary"),
        ("?", "", r"'\?'"),
    ],
)
def test_what_is_not_read_is_refused_and_given_back(form: str, words: str, kind: str) -> None:
    source = AsArray(form, [Part(0, [])], words=words)
    with pytest.raises(ValueError, match=f"a: a column of Arrow of type {kind} is not read"):
        arrow_column("a", source)
    assert source.held == 0


@pytest.mark.parametrize(("told", "match"), [(b"no disk", "no disk"), (None, "does not say why")])
def test_a_stream_that_fails_is_given_back(told: bytes | None, match: str) -> None:
    source = AsStream("u", [texts(["green"])])
    source.fails = told
    with pytest.raises(ValueError, match=f"a stream of Arrow failed: .*{match}"):
        arrow_column("a", source)
    assert source.held == 0


def test_a_table_is_columns_by_name() -> None:
    rule = goalrules.rule("any green", ["a", "b"])
    a, b = ["red", "green", None], [1, 0, 0]
    rows = Part(3, [None], children=[texts(["x", *a], offset=1), numbers("B", b)])
    shifted = Part(2, [None], offset=1, children=[texts(a), numbers("B", b)])
    columns = [("a", Source("u", [])), ("b", Source("C", []))]
    for source in (
        AsArray("+s", [rows], columns=columns),
        AsStream("+s", [rows, shifted], columns=columns),
    ):
        found = rule.verdicts(source)
        assert list(found) == ["not met", "met", "open", "met", "open"][: len(found)]
        assert found.result(1) == rule.evaluate({"a": "green", "b": "red"})
        assert source.held == 0


def test_a_table_has_names_and_whole_rows() -> None:
    rule = goalrules.rule("any green", ["a"])
    column = AsStream("u", [texts(["green"])])
    with pytest.raises(ValueError, match="has no name"):
        rule.verdicts(column)
    rows = Part(1, [known([None])], children=[texts(["red"])])
    table = AsArray("+s", [rows], columns=[("a", Source("u", []))])
    with pytest.raises(ValueError, match="rows that are null"):
        rule.verdicts(table)
    assert (column.held, table.held) == (0, 0)


def test_a_column_beside_others() -> None:
    rule = goalrules.rule("2 of 3 green", ["a", "b", "c"])
    columns = {
        "a": AsStream("u", [texts(["green", None, "red"])]),
        "b": AsArray("C", [numbers("B", [2, None, 2])]),
        "c": ["red", "green", None],
    }
    assert list(rule.verdicts(columns)) == ["met", "open", "open"]
    rows = [("green", "green", "red"), (None, None, "green"), ("red", "green", None)]
    for row, (a, b, c) in enumerate(rows):
        assert rule.verdicts(columns).result(row) == rule.evaluate({"a": a, "b": b, "c": c})
