"""Documents of classes: written, read back, described; a field more is one line more."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

import pytest
from attrs import evolve, field, frozen
from attrs.converters import optional
from hypothesis import given
from hypothesis import strategies as st
from schemas import validator_of

from goalrules.document import (
    DocumentError,
    Least,
    Mark,
    OneOf,
    Pattern,
    Table,
    Variants,
    Whole,
    from_json,
    schema_of,
    shown,
    to_json,
)
from goalrules.versions import ENGINE, RULE_LANGUAGE

Colour = Literal["red", "green"]


class Form(Variants, tag="form", says="Which form it is."):
    """One of the forms that a leaf can have."""

    __slots__ = ()


@frozen
class Circle(Form):
    """A circle."""

    radius: Annotated[Decimal, "How far it reaches."]
    place: Annotated[int, Mark.LEFT_OUT] = 0


@frozen
class Square(Form):
    """A square."""

    side: Annotated[Decimal | None, "How long its side is."] = None


@frozen
class Leaf:
    """A leaf of a tree.

    What stands here is not in the schema.
    """

    kind: Annotated[Literal["leaf"], "Which node it is."] = "leaf"
    colour: Annotated[Colour | None, "Its colour; null in winter."] = None
    forms: Annotated[tuple[Form, ...], "Its forms."] = ()
    round: Annotated[Annotated[Form, OneOf(("circle",))] | None, "The round form."] = None


@frozen
class Branch:
    """A branch of a tree, with whatever it carries."""

    __title__ = "Bough"

    kind: Annotated[Literal["branch", "stem"], "Which node it is."]
    nodes: Annotated[tuple["Leaf | Branch", ...], "What it carries."] = ()

    @property
    @shown
    def number(self) -> Whole:
        """How many nodes it carries.

        Those that they carry are not counted.
        """
        return len(self.nodes)

    @property
    def hidden(self) -> int:
        """What is not in the document."""
        return 0


@frozen
class Tree:
    """Something of every kind."""

    __document__ = "urn:test:tree:1"

    name: Annotated[str, Pattern("^[a-z]*$"), "Its name."]
    root: Annotated[Branch | None, "Where it begins; null without one."] = None
    node: Annotated[Leaf | Branch | str | None, "One more."] = None
    height: Annotated[Decimal | None, "Its height in metres."] = field(
        default=None, converter=optional(Decimal)
    )
    share: Annotated[Fraction, "How much of it is in leaf."] = Fraction(1)
    planted: Annotated[date, "The day when it was planted."] = date(2025, 1, 1)
    age: Annotated[int, Least(1), "Its age in years."] = 1
    cells: Annotated[int, Mark.AS_TEXT, "The number of its cells."] = 0
    alive: Annotated[bool, "Whether it lives."] = True
    pair: Annotated[tuple[Whole, Whole] | None, "Two numbers."] = None
    mixed: Annotated[tuple[str, Decimal], "A text and a number."] = ("", Decimal(0))
    counts: Annotated[Mapping[str, Decimal], "Numbers by name."] = field(factory=dict)
    notes: Annotated[tuple[Annotated[str, "A note."], ...], "What is noted."] = ()
    of: Annotated[int | str | tuple[str, ...], "A number, a text or texts."] = 0
    quoted: Annotated[Form | str, Mark.IN_WORDS, "A form in words."] = ""


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3)
circles = st.builds(Circle, numbers)
forms = st.one_of(circles, st.builds(Square, st.none() | numbers))
leaves = st.builds(
    Leaf,
    colour=st.sampled_from(["red", "green", None]),
    forms=st.lists(forms, max_size=2).map(tuple),
    round=st.none() | circles,
)
branches: st.SearchStrategy[Branch] = st.deferred(
    lambda: st.builds(
        Branch,
        st.sampled_from(["branch", "stem"]),
        st.lists(leaves | branches, max_size=2).map(tuple),
    )
)
whole = st.integers(min_value=0)
texts = st.text(max_size=3)
trees = st.builds(
    Tree,
    name=st.sampled_from(["", "oak"]),
    root=st.none() | branches,
    node=st.one_of(st.none(), leaves, branches, texts),
    height=st.none() | numbers,
    share=st.fractions(),
    planted=st.dates(),
    age=st.integers(min_value=1),
    cells=st.integers(),
    alive=st.booleans(),
    pair=st.none() | st.tuples(whole, whole),
    mixed=st.tuples(texts, numbers),
    counts=st.dictionaries(texts, numbers, max_size=2),
    notes=st.lists(texts, max_size=2).map(tuple),
    quoted=texts,
    of=st.one_of(st.integers(), texts, st.lists(texts, max_size=2).map(tuple)),
)

SCHEMA = schema_of(Tree)
VALIDATOR = validator_of(Tree)


def sent(value: object) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(json.dumps(to_json(value)))


# Writing, reading, describing


@given(trees)
def test_what_is_written_is_as_the_schema_says_and_reads_back(tree: Tree) -> None:
    document = sent(tree)
    VALIDATOR.validate(document)
    assert from_json(Tree, document) == tree
    assert to_json(from_json(Tree, document)) == document == to_json(tree)


def test_a_document_has_the_names_of_the_fields() -> None:
    tree = Tree(
        "oak", Branch("stem", (Leaf(round=Circle(Decimal("1.50"))),)), height="2.0", cells=10**20
    )
    document = to_json(tree)
    leaf = {"kind": "leaf", "round": {"form": "circle", "radius": "1.50"}}
    assert document == {
        "schema": "urn:test:tree:1", "engine": ENGINE, "language_version": RULE_LANGUAGE,
        "name": "oak", "root": {"kind": "stem", "nodes": [leaf], "number": 1},
        "height": "2.0", "cells": "1" + "0" * 20,
    }  # fmt: skip


def test_a_key_is_left_out_where_its_value_is_written_as_its_default_is() -> None:
    assert "mixed" not in to_json(Tree("oak", mixed=("", Decimal(0))))
    assert to_json(Tree("oak", mixed=("", Decimal("0.00"))))["mixed"] == ["", "0.00"]
    assert to_json(Tree("oak", alive=False))["alive"] is False
    assert to_json(Half(3)) == {"whole": 3}
    assert to_json(Half(3, Fraction(1))) == {"whole": 3, "half": "1"}
    assert from_json(Half, {"whole": 3}) == Half(3, Fraction(3, 2))
    assert "default" not in schema_of(Half)["properties"]["half"]
    assert schema_of(Half)["required"] == ["whole"]


def test_a_mapping_of_any_class_is_written() -> None:
    tree = Tree("oak", counts=MappingProxyType({"a": Decimal(1)}))
    assert to_json(tree)["counts"] == {"a": "1"}


def test_the_schema_is_short_and_shared() -> None:
    assert [SCHEMA[key] for key in ("$id", "title", "description")] == [
        "urn:test:tree:1", "Tree", "Something of every kind.",
    ]  # fmt: skip
    assert {*SCHEMA["$defs"]} == {"Bough", "Leaf", "Circle", "Square"}
    assert SCHEMA["properties"]["age"] == {
        "description": "Its age in years.", "type": "integer", "minimum": 1, "default": 1,
    }  # fmt: skip
    assert SCHEMA["$defs"]["Bough"]["properties"]["nodes"]["items"] == {
        "oneOf": [{"$ref": "#/$defs/Leaf"}, {"$ref": "#/$defs/Bough"}],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {
                "leaf": "#/$defs/Leaf", "branch": "#/$defs/Bough", "stem": "#/$defs/Bough",
            },
        },
    }  # fmt: skip
    number = SCHEMA["$defs"]["Bough"]["properties"]["number"]
    assert number["description"] == "How many nodes it carries."
    assert SCHEMA["$defs"]["Circle"]["properties"]["form"]["const"] == "circle"
    assert SCHEMA["$defs"]["Circle"]["required"] == ["form", "radius"]
    assert SCHEMA["$defs"]["Leaf"]["required"] == ["kind"]
    assert SCHEMA["required"] == ["schema", "engine", "language_version", "name"]
    assert "$id" not in schema_of(Leaf)


# One field more


@frozen
class Oak(Tree):
    """A tree with one field more, which takes one line."""

    acorns: Annotated[Whole, "How many acorns it bears."] = 0


def test_a_field_more_is_in_the_document_the_schema_and_what_is_read() -> None:
    oak = Oak("oak", acorns=12)
    before, after = SCHEMA["properties"], schema_of(Oak)["properties"]
    acorns = {
        "description": "How many acorns it bears.",
        "type": "integer",
        "minimum": 0,
        "default": 0,
    }
    assert after == {**before, "acorns": acorns}
    assert to_json(oak) == {**to_json(Tree("oak")), "acorns": 12}
    assert from_json(Oak, sent(oak)) == oak != evolve(oak, acorns=11)


# What is refused


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"name": 1}, "name: 1, not a string"),
        ({"name": None}, "name: null, not a string"),
        ({"alive": "yes"}, "alive: 'yes', not a boolean"),
        ({"height": 1.5}, "height: 1.5, not a string or null"),
        ({"height": "tall"}, "height: 'tall' is no Decimal"),
        ({"height": "NaN"}, "height: 'NaN' is no Decimal"),
        ({"share": "1/0"}, "share: '1/0' is no Fraction"),
        ({"planted": "soon"}, "planted: 'soon' is no date"),
        ({"root": {"kind": "twig", "nodes": []}}, "root/kind: 'twig' is none of 'branch', 'stem'"),
        ({"root": {"nodes": []}}, "root/kind: missing"),
        ({"root": []}, "root: a list, not an object or null"),
        ({"node": {"kind": "twig"}}, "node/kind: 'twig' is none of 'leaf', 'branch', 'stem'"),
        ({"pair": [1]}, "pair: 1 things, not 2"),
        ({"counts": {"a": {}}}, "counts/a: an object, not a string"),
        ({"notes": ["a", 1]}, "notes/1: 1, not a string"),
        ({"schema": "urn:test:tree:12"}, "schema: it is of version 12, and version 1 is read here"),
        ({"schema": "urn:test:bush:1"}, "schema: 'urn:test:bush:1' is none of 'urn:test:tree:1'"),
        ({"schema": 1}, "schema: 1 is none of 'urn:test:tree:1'"),
    ],
)
def test_a_document_that_is_not_as_its_class_says(change: dict[str, object], text: str) -> None:
    with pytest.raises(DocumentError) as error:
        from_json(Tree, to_json(Tree("oak")) | change)
    assert str(error.value) == text


def test_what_is_no_object_is_no_document() -> None:
    with pytest.raises(DocumentError, match="a list, not an object"):
        from_json(Tree, [])
    with pytest.raises(DocumentError, match="schema: missing"):
        from_json(Tree, {"name": "oak"})


def test_what_nobody_knows_is_ignored() -> None:
    tree = Tree("oak", Branch("stem", (Leaf(forms=(Square(),)),)))
    document = sent(tree)
    leaf = document["root"]["nodes"][0]
    for each in (document, document["root"], leaf, leaf["forms"][0]):
        each["later"] = {"more": []}
    VALIDATOR.validate(document)
    assert from_json(Tree, document) == tree


# What stands once


@frozen
class Nest:
    """A nest in a tree."""

    __as_row__ = True

    branch: Annotated[Whole, "Which branch it is on."]
    twigs: Annotated[Whole, "How many twigs it is of."] = 0


@frozen
class Call:
    """How a bird sounds."""

    __as_text__ = "sound"

    sound: Annotated[str, "The sound."]


@frozen
class Bird:
    """A bird."""

    name: Annotated[str, "Its name."]
    calls: Annotated[tuple[Call, ...], "How it sounds."] = ()
    nest: Annotated[Nest | None, "Its nest; null for none."] = None
    mate: Annotated["Bird | None", "Its mate; null for none."] = None


@frozen
class Wood:
    """A wood with birds in it."""

    __tables__ = (
        Table("flock", Bird, "Flock", "The birds.", by="name"),
        Table("homes", Bird, "Home", "Where they live.", fields=("nest",), key="home"),
        Table("voices", Bird, "Voice", "How birds sound.", ("calls", "name"), "voice", "name"),
        Table("leaves", Leaf, "Fallen", "The leaves."),
    )

    birds: Annotated[tuple[Bird, ...], "The birds in it."] = ()
    leaf: Annotated[Leaf | None, "A leaf; null for none."] = None


WREN = Bird("wren", (Call("tic"),), Nest(2, 20))
OTHER = Bird("wren", mate=WREN)
WOOD = Wood((WREN, OTHER, Bird("owl", nest=Nest(2, 20)), WREN, Bird("owl")), Leaf())


def test_what_is_alike_stands_once() -> None:
    document = sent(WOOD)
    assert document == {
        "birds": ["wren", "wren (2)", "owl", "wren", "owl (2)"],
        "leaf": 0,
        "flock": {
            "wren": {"voice": "wren", "home": 0},
            "wren (2)": {"voice": "wren (2)", "mate": "wren"},
            "owl": {"voice": "owl", "home": 0},
            "owl (2)": {"voice": "owl"},
        },
        "homes": [{"nest": [2, 20]}],
        "voices": {
            "wren": {"name": "wren", "calls": ["tic"]},
            "wren (2)": {"name": "wren"},
            "owl": {"name": "owl"},
        },
        "leaves": [{"kind": "leaf"}],
    }
    assert from_json(Wood, document) == WOOD
    validator_of(Wood).validate(document)


def test_a_name_that_has_a_number_is_kept_apart() -> None:
    birds = tuple(map(Bird, ("wren", "wren (2)", "wren"))), Bird("wren", mate=Bird("owl"))
    wood = Wood((*birds[0], birds[1]))
    document = sent(wood)
    assert document["birds"] == ["wren", "wren (2)", "wren", "wren (3)"]
    assert from_json(Wood, document) == wood


def test_what_is_written_alike_is_what_stands_once() -> None:
    long, short = (Square(Decimal(each)) for each in ("1.0", "1"))
    wood = Trees((long, short, Square(Decimal("1.0"))))
    assert to_json(wood) == {
        "squares": [0, 1, 0],
        "drawn": [{"form": "square", "side": "1.0"}, {"form": "square", "side": "1"}],
    }


@frozen
class Trees:
    """A wood of squares."""

    __tables__ = (Table("drawn", Square, "Drawn", "The squares."),)

    squares: Annotated[tuple[Square, ...], "What it is of."]


def test_the_schema_of_what_stands_once() -> None:
    schema = schema_of(Wood)
    properties, defs = schema["properties"], schema["$defs"]
    assert properties["birds"]["items"] == {"$ref": "#/$defs/FlockKey"}
    assert defs["FlockKey"] == {
        "title": "FlockKey", "description": "Which of `flock`, by its key there.", "type": "string",
    }  # fmt: skip
    assert properties["flock"] == {
        "description": "The birds.", "type": "object", "default": {},
        "additionalProperties": {"$ref": "#/$defs/Bird"},
    }  # fmt: skip
    assert properties["homes"] == {
        "description": "Where they live.", "type": "array", "default": [],
        "items": {"$ref": "#/$defs/Home"},
    }  # fmt: skip
    assert [*defs["Bird"]["properties"]] == ["home", "voice", "mate"]
    assert defs["Nest"]["description"] == "A nest in a tree. In order: `branch`, `twigs`."
    assert (defs["Nest"]["minItems"], defs["Nest"]["maxItems"]) == (2, 2)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"birds": ["jay"]}, "birds/0: there is no 'jay' in flock"),
        ({"birds": [1]}, "birds/0: 1, not a string"),
        ({"birds": [[]]}, "birds/0: a list, not a string"),
        ({"leaf": -1}, "leaf: there is no -1 in leaves"),
        ({"leaf": "oak"}, "leaf: 'oak', not a integer"),
        ({"leaf": 0, "leaves": {}}, "leaf: an object, not a list"),
        ({"leaf": 0, "leaves": [3]}, "leaf: 3, not an object"),
        ({"leaf": 0, "leaves": [{"kind": "oak"}]}, "leaf/kind: 'oak' is none of 'leaf'"),
        (
            {"birds": ["owl"], "flock": {"owl": {"voice": "owl", "mate": "owl"}}},
            "birds/0/mate: 'owl' in flock holds itself",
        ),
        (
            {"birds": ["owl"], "flock": {"owl": {"voice": "owl", "home": 7}}},
            "birds/0/home: there is no 7 in homes",
        ),
        ({"birds": ["owl"], "flock": {"owl": {}}}, "birds/0/name: missing"),
        ({"birds": ["wren"], "homes": [{"nest": [1]}]}, "birds/0/nest: 1 things, not 2"),
    ],
)
def test_what_stands_nowhere_is_refused(change: dict[str, object], text: str) -> None:
    with pytest.raises(DocumentError) as error:
        from_json(Wood, to_json(WOOD) | change)
    assert str(error.value) == text


@frozen
class Half:
    """A number and another, which is half of it where nothing else is said."""

    whole: Annotated[Whole, "The number."]
    half: Annotated[Fraction, "The other."] = field()

    @half.default
    def _half(self) -> Fraction:
        return Fraction(self.whole, 2)


@frozen
class Crowded:
    """A class with a table that is called as one of its keys."""

    __tables__ = (Table("leaf", Leaf, "Leaf", "The leaves."),)

    leaf: Annotated[Leaf, "A leaf."]


@frozen
class Loose:
    """A class with a field of two classes that are told apart by a key that may not be there."""

    field: Annotated["Flower | Leaf", "One of two."]


@frozen
class Flower:
    """A flower."""

    kind: Annotated[Literal["rose", "lily"], "Which it is."] = "rose"


@frozen
class Untold:
    """A class with a field that says nothing."""

    field: int


@frozen
class Alike:
    """A class with a field of two kinds that are alike in a document."""

    field: Annotated[str | Decimal, "A text or a number."]


@frozen
class Undiscriminated:
    """A class with a field of two classes that nothing tells apart."""

    field: Annotated[Circle | Leaf, "One of two."]


@frozen
class Clash:
    """A class with another of the same title in it."""

    __title__ = "Leaf"

    leaf: Annotated[Leaf, "A leaf."]
    clash: Annotated["Clash | None", "Another."] = None


@pytest.mark.parametrize(
    ("cls", "text"),
    [
        (Untold, "Untold.field has 0 texts, not one"),
        (Alike, "two kinds that are alike"),
        (Undiscriminated, "no key tells apart Circle, Leaf"),
        (Clash, "two things in one document have the title Leaf"),
        (Crowded, "Crowded has tables that are called as its keys: 'leaf'"),
        (Loose, "no key tells apart Flower, Leaf"),
    ],
)
def test_a_class_of_which_no_document_can_be_made(cls: type, text: str) -> None:
    with pytest.raises(TypeError, match=text):
        schema_of(cls)
