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
    Only,
    Pattern,
    Variants,
    Whole,
    from_json,
    schema_of,
    shown,
    to_json,
)

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
    first: Annotated[Branch | None, Only("Twig", ("kind", "number")), "Its first branch."] = None


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
    first=st.none() | st.builds(Branch, st.sampled_from(["branch", "stem"])),
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
    leaf: dict[str, object] = {
        "kind": "leaf", "colour": None, "forms": [], "round": {"form": "circle", "radius": "1.50"},
    }  # fmt: skip
    assert document["root"] == {"kind": "stem", "nodes": [leaf], "number": 1}
    assert (document["height"], document["cells"]) == ("2.0", "1" + "0" * 20)
    assert (document["planted"], document["share"]) == ("2025-01-01", "1")


def test_some_fields_alone_have_a_title_of_their_own() -> None:
    tree = Tree("oak", first=Branch("stem", (Leaf(),)))
    assert to_json(tree)["first"] == {"kind": "stem", "number": 1}
    assert from_json(Tree, to_json(tree)).first == Branch("stem")
    assert [*SCHEMA["$defs"]["Twig"]["properties"]] == ["kind", "number"]


def test_a_mapping_of_any_class_is_written() -> None:
    tree = Tree("oak", counts=MappingProxyType({"a": Decimal(1)}))
    assert to_json(tree)["counts"] == {"a": "1"}


def test_the_schema_is_short_and_shared() -> None:
    assert [SCHEMA[key] for key in ("$id", "title", "description")] == [
        "urn:test:tree:1", "Tree", "Something of every kind.",
    ]  # fmt: skip
    assert {*SCHEMA["$defs"]} == {"Bough", "Leaf", "Circle", "Square", "Twig"}
    assert SCHEMA["properties"]["age"] == {
        "description": "Its age in years.", "type": "integer", "minimum": 1,
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
    assert "$id" not in schema_of(Leaf)


# One field more


@frozen
class Oak(Tree):
    """A tree with one field more, which takes one line."""

    acorns: Annotated[Whole, "How many acorns it bears."] = 0


def test_a_field_more_is_in_the_document_the_schema_and_what_is_read() -> None:
    oak = Oak("oak", acorns=12)
    before, after = SCHEMA["properties"], schema_of(Oak)["properties"]
    acorns = {"description": "How many acorns it bears.", "type": "integer", "minimum": 0}
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
        ({"planted": "soon"}, "planted: 'soon' is no date"),
        ({"root": {"kind": "twig", "nodes": []}}, "root/kind: 'twig' is none of 'branch', 'stem'"),
        ({"root": {"kind": "stem"}}, "root/nodes: missing"),
        ({"root": []}, "root: a list, not an object or null"),
        ({"node": {"kind": "twig"}}, "node/kind: 'twig' is none of 'leaf', 'branch', 'stem'"),
        ({"pair": [1]}, "pair: 1 things, not 2"),
        ({"counts": {"a": {}}}, "counts/a: an object, not a string"),
        ({"notes": ["a", 1]}, "notes/1: 1, not a string"),
        ({"schema": "urn:test:tree:2"}, "schema: 'urn:test:tree:2' is none of 'urn:test:tree:1'"),
    ],
)
def test_a_document_that_is_not_as_its_class_says(change: dict[str, object], text: str) -> None:
    with pytest.raises(DocumentError) as error:
        from_json(Tree, to_json(Tree("oak")) | change)
    assert str(error.value) == text


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
class Misspelt:
    """A class with a part of another, of which a field is misspelt."""

    leaf: Annotated[Leaf, Only("Part", ("color",)), "A leaf."]


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
        (Misspelt, "Leaf has no color"),
        (Clash, "two things in one document have the title Leaf"),
    ],
)
def test_a_class_of_which_no_document_can_be_made(cls: type, text: str) -> None:
    with pytest.raises(TypeError, match=text):
        schema_of(cls)
