"""What is read from memory and from open files reads as what is read by its path."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from imports import ROOT

import goalrules

RULES = ROOT / "rulesets" / "socialnamnden-2025.goals"
PAIRS = b"old;new\n1;1.1\n"

READERS: dict[str, tuple[Callable[..., Any], bytes, str]] = {
    "rules": (goalrules.load, RULES.read_bytes(), "rules"),
    "outcomes": (
        goalrules.read_outcomes, (ROOT / "examples/utfall-2025.csv").read_bytes(), "outcomes",
    ),
    "a workbook": (
        goalrules.read_outcomes,
        (ROOT / "examples/utfall-2025-manader.xlsx").read_bytes(),
        "outcomes",
    ),
    "judgements": (
        goalrules.read_judgements,
        (ROOT / "examples/bedomningar-2025.csv").read_bytes(),
        "judgements",
    ),
    "pairs": (goalrules.read_pairs, PAIRS, "pairs"),
}  # fmt: skip
on_every_reader = pytest.mark.parametrize("kind", READERS)


class Slow:
    """An open file that gives a few bytes at a time, as a network does."""

    def __init__(self, data: bytes, piece: int) -> None:
        self.left, self.piece, self.given = data, piece, 0

    def read(self, size: int, /) -> bytes:
        """The next few bytes."""
        given, self.left = self.left[: min(size, self.piece)], self.left[min(size, self.piece) :]
        self.given += len(given)
        return given


def places(read: object) -> list[str]:
    """The names of the files that rows, or rules, are told to come from."""
    if isinstance(read, goalrules.RuleSet):
        return [read.file]
    assert isinstance(read, tuple)
    return sorted({each.place.file for each in read})


@on_every_reader
def test_bytes_and_open_files_read_as_the_path_does(kind: str, tmp_path: Path) -> None:
    reader, data, usual = READERS[kind]
    path = tmp_path / "a file"
    path.write_bytes(data)
    by_path = reader(path)
    assert places(by_path) == [str(path)] == places(reader(str(path)))
    with path.open("rb") as opened:
        from_file = reader(opened)
    for again in (
        reader(data), reader(bytearray(data)), reader(memoryview(data)), reader(io.BytesIO(data)),
        reader(Slow(data, 1000)), from_file,
    ):  # fmt: skip
        assert places(again) == [usual]
        assert again == reader(path, name=usual)
    assert places(reader(data, name="upload.x")) == ["upload.x"]
    assert places(reader(path, name="upload.x")) == ["upload.x"]


@on_every_reader
def test_the_name_stands_in_messages_and_no_path(kind: str, tmp_path: Path) -> None:
    reader, _, _ = READERS[kind]
    path = tmp_path / "secret"
    path.write_bytes(b"\x81")
    for given in (path, tmp_path, tmp_path / "none"):
        with pytest.raises(goalrules.GoalrulesError) as caught:
            reader(given, name="upload.x")
        assert str(caught.value).startswith("upload.x:1:1: ")
        assert str(tmp_path) not in str(caught.value) + str(caught.value.to_dict())


def test_the_name_stands_in_json() -> None:
    rules = goalrules.load(RULES.read_bytes(), name="plan.goals")
    rows = goalrules.read_outcomes(READERS["outcomes"][1], 2025, name="utfall.csv")
    document = str(rules.assess(rows, "2025").to_dict())
    assert "plan.goals" in document
    assert "utfall.csv" in document
    assert str(ROOT) not in document
    assert goalrules.loads("goalrules 1 en", "x.goals").file == "x.goals"


@on_every_reader
def test_no_more_is_read_than_is_allowed(kind: str) -> None:
    reader, _, usual = READERS[kind]
    most = 50_000_000 if "outcomes" in usual or "judgements" in usual else 4_000_000
    endless = Slow(b" " * (most + 10_000_000), 1 << 20)
    with pytest.raises(goalrules.LimitError) as caught:
        reader(endless)
    assert endless.given == most + 1
    with pytest.raises(goalrules.LimitError, match=f"{usual}:1:1: .* {most // 1_000_000} MB"):
        reader(b" " * (most + 1), language="en")
    assert [each.code for each in caught.value.diagnostics] == ["too-large"]


@on_every_reader
@pytest.mark.parametrize(
    ("given", "said"),
    [(io.StringIO("goalrules 1 sv"), "open for bytes"), (5, "a path, bytes or a file"),
     (None, "a path, bytes or a file")],
)  # fmt: skip
def test_what_is_no_input_is_said_to_be_none(kind: str, given: object, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        READERS[kind][0](given)


def test_bytes_are_no_text() -> None:
    data: Any = RULES.read_bytes()
    with pytest.raises(TypeError, match="loads takes a text, not <class 'bytes'>: load takes"):
        goalrules.loads(data)
