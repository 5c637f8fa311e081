"""JSON documents: written, read back and described from the attrs classes that hold them.

A field's type is its schema, and the text that is annotated to it says what it means::

    @frozen
    class Fork:
        \"\"\"A level that a member can still take, and the verdict that would follow.\"\"\"

        level: Annotated[str, "The level."]
        verdict: Annotated[Verdict, "The verdict that would follow."]

A field more is a key more of the document, of its schema and of what is read: `to_json` writes a
value, `from_json` reads it back, and `schema_of` gives the JSON Schema (2020-12). A key has the
name of a field, or of a property that is `shown`; an object is described by the first line of its
class's docstring, and called by its `__title__` where the name of the class says less.

A key whose value is the default of its field is left out, and so is what is shown and is null or
empty; keys that nobody knows are ignored when a document is read. A class that is a whole document
says its name and version as its `__document__`, which stands under the key `schema`, beside the
version of the package (`engine`) and of the rule language; its version grows when a reader has to
change. What would stand in a document many times can stand there once, in one of its `__tables__`.

Numbers that were measured or counted with are text, with every digit that was compared: `Decimal`,
and `Fraction` as in `12/5`. Where an object may be of several classes, a key of words of which no
two of them share any tells which it is, or the tag of their `Variants`; such a key, of one word, is
always there. An object is a list of its values where its class says `__as_row__`, and a text where
it names the field that says all as its `__as_text__`.

Every start of the package imports this module, so its own classes are named tuples, which are made
faster than attrs classes, and what a class has in a document is worked out when it is first asked.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, partial
from itertools import combinations
from operator import attrgetter
from types import MappingProxyType, NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
)
from typing import get_type_hints as hints_of

from attrs import NOTHING, fields

from goalrules.frozen import FrozenMap
from goalrules.versions import ENGINE, RULE_LANGUAGE

Json = Any
"""What JSON can hold: None, a boolean, a whole number, a text, a list, or a dict of these."""

Object = dict[str, Json]
Value = TypeVar("Value")
Getter = TypeVar("Getter", bound=Callable[[Any], object])


class DocumentError(ValueError):
    """A document is not as its class says; the text says where in it, as in `goals/0/verdict`."""

    def __init__(self, fault: str, *way: str) -> None:
        super().__init__(f"{'/'.join(way)}: {fault}" if way else fault)
        self.fault, self.way = fault, way


# What can be said of a field beside its type and its meaning


class Least(NamedTuple):
    """The least that a whole number can be."""

    number: int


class Pattern(NamedTuple):
    """What a text looks like, as a regular expression of JSON Schema."""

    text: str


class Mark(Enum):
    """What is otherwise in a document than the type says."""

    AS_TEXT = "a whole number that may be too great for other readers"
    IN_WORDS = "text in the document, which has to be put in before it is written"
    LEFT_OUT = "a field that is not in the document, and has its default when it is read"


class Table(NamedTuple):
    """What stands once in a document, at its root: objects of a class, or some fields of them.

    In the place of an object stands where it is in the table: its name, if the table says by which
    field it goes, with a number after it where others have that name; else its number from 0. In
    the place of some fields this stands under a key of its own, where any of them are not left out.
    """

    name: str
    of: type
    title: str
    says: str
    fields: tuple[str, ...] = ()
    key: str = ""
    by: str = ""


class OneOf(NamedTuple):
    """Those `Variants` that a field can hold, by name."""

    names: tuple[str, ...]


Whole = Annotated[int, Least(0)]
Place = Annotated[int, Least(1)]
"""A line, a column or another number that counts from 1."""

_SHOWN: set[object] = set()


def shown(getter: Getter) -> Getter:
    """A property that the document shows beside the fields it follows from; its docstring says it.

    It is written and described, and not read.
    """
    _SHOWN.add(getter)
    return getter


class Variants:
    """A base of classes that tell which they are by their names, in small letters, under a tag.

    The base itself is made with the `tag`, and what it `says`; its subclasses are the variants. So
    a field can hold classes that its own module does not know.
    """

    __slots__ = ()
    tag: ClassVar[str]
    says: ClassVar[str]
    variants: ClassVar[dict[str, type]]

    def __init_subclass__(cls, tag: str = "", says: str = "", **more: object) -> None:
        super().__init_subclass__(**more)
        if tag:
            cls.tag, cls.says, cls.variants = tag, says, {}
        else:
            cls.variants[cls.__name__.lower()] = cls
        for cached in (_plan, _writers, _told_by):
            cached.cache_clear()


# What is done with documents


def to_json(value: object) -> Object:
    """The document of an instance of an attrs class."""
    cls: type = type(value)
    out = _Writing(_layout(cls))
    written = _written(cls, value, out)
    head = {each.name: each.value(value) for each in _head_of(cls)}
    return {**head, **written, **out.entries}


def from_json(cls: type[Value], data: Json) -> Value:
    """The instance that a document is of; `DocumentError` where it is not as the class says."""
    kind: type = cls
    into = _Reading(_layout(kind), _checked(data, dict))
    for each in _head_of(kind):
        if each.role == "constant":
            _inside(each.name, partial(each.shape.read, _there(data, each.name), into))
    try:
        read: Value = _made(kind, data, into)
    except RecursionError as error:
        raise DocumentError("it is too deep") from error
    return read


def schema_of(cls: type) -> Object:
    """The JSON Schema of the documents of a class; `$defs` has those of the classes in it."""
    definitions = _Definitions(_layout(cls))
    whole = definitions.define(cls)
    head = _head_of(cls)
    whole["properties"] = {
        **{each.name: each.schema(definitions) for each in head},
        **whole["properties"],
        **{each.name: definitions.table(each) for each in _layout(cls).tables},
    }
    whole["required"] = [*(each.name for each in head), *whole["required"]]
    name: str = getattr(cls, "__document__", "")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": name} if name else {}),
        **whole,
        "$defs": definitions.found,
    }


class _Layout(NamedTuple):
    """The tables of a document: those of whole objects, and those of some fields, by class."""

    tables: tuple[Table, ...]
    whole: Mapping[type, Table]
    parts: Mapping[type, tuple[Table, ...]]


_NO_TABLES = _Layout((), {}, {})


@cache
def _layout(root: type) -> _Layout:
    tables: tuple[Table, ...] = getattr(root, "__tables__", ())
    own = {each.name for each in _plan(root)}
    taken = [each.name for each in tables if each.name in own]
    if taken:
        raise TypeError(f"{root.__name__} has tables that are called as its keys: {_quoted(taken)}")
    whole = {each.of: each for each in tables if not each.fields}
    parts: dict[type, tuple[Table, ...]] = {}
    for each in tables:
        if each.fields:
            parts[each.of] = (*parts.get(each.of, ()), each)
    return _Layout(tables, whole, parts)


class _Writing:
    """A document that is being written: what stands in its tables so far."""

    def __init__(self, layout: _Layout) -> None:
        self.layout = layout
        self.entries: dict[str, Any] = {}
        self._places: dict[tuple[str, str], Json] = {}
        self._known: dict[int, Json] = {}
        self._alive: list[object] = []

    def place(self, table: Table, value: object) -> Json:
        """Where an object stands in the table of its class, in which it is put at first."""
        place = self._known.get(id(value))
        if place is None:
            name = getattr(value, table.by) if table.by else ""
            place = self.put(table, _written(table.of, value, self), name)
            self._known[id(value)] = place
            self._alive.append(value)  # or another one might get its id
        return place

    def put(self, table: Table, entry: Object, name: str) -> Json:
        """Where an entry stands in a table; one that is written alike is the same one."""
        as_text = table.name, json.dumps(entry)
        place = self._places.get(as_text)
        if place is None:
            entries = self.entries.setdefault(table.name, {} if table.by else [])
            if table.by:
                place = _free(name, entries)
                entries[place] = entry
            else:
                place = len(entries)
                entries.append(entry)
            self._places[as_text] = place
        return place


def _free(name: str, taken: Mapping[str, object]) -> str:
    """The name, with a number after it if it is taken."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found


class _Reading:
    """A document that is being read, with what was read of its tables so far."""

    def __init__(self, layout: _Layout, document: Object) -> None:
        self.layout, self._document = layout, document
        self._made: dict[tuple[str, Json], Any] = {}

    def entry(self, table: Table, place: Json) -> Json:
        """What stands at a place in a table."""
        kind = dict if table.by else list
        _checked(place, str if table.by else int)
        entries = _checked(self._document.get(table.name, kind()), kind)
        there = place in entries if table.by else 0 <= place < len(entries)
        if not there:
            raise DocumentError(f"there is no {place!r} in {table.name}")
        return _checked(entries[place], dict)

    def made(self, table: Table, place: Json) -> Any:  # noqa: ANN401 - of the table's class
        """The object that stands at a place in a table, which is made once."""
        entry, at = self.entry(table, place), (table.name, place)
        if at not in self._made:
            self._made[at] = _AT_WORK
            self._made[at] = _made(table.of, entry, self)
        if self._made[at] is _AT_WORK:
            raise DocumentError(f"{place!r} in {table.name} holds itself")
        return self._made[at]


_AT_WORK = object()


class _Definitions:
    """The schemas of the classes in a document, by their titles."""

    def __init__(self, layout: _Layout) -> None:
        self.layout = layout
        self.found: dict[str, Object] = {}
        self.owners: dict[str, object] = {}

    def refer(self, cls: type) -> Object:
        """A reference to the schema of a class, or to that of its place in a table."""
        table = self.layout.whole.get(cls)
        return self._place(table) if table else self._class(cls)

    def table(self, table: Table) -> Object:
        """The schema of a table at the root of the document."""
        kind = "additionalProperties" if table.by else "items"
        entry = self._part(table) if table.fields else self._class(table.of)
        about = {"description": table.says, "type": "object" if table.by else "array"}
        return {**about, kind: entry, "default": {} if table.by else []}

    def define(self, cls: type) -> Object:
        """The schema of a class: its keys, of which those without a default have to be there."""
        parts = self.layout.parts.get(cls, ())
        apart = {name for each in parts for name in each.fields}
        keys = [each for each in _plan(cls) if each.name not in apart]
        properties = {
            **{each.key: self._place_of(each) for each in parts},
            **{each.name: each.schema(self) for each in keys},
        }
        required = [each.name for each in keys if each.required]
        return _object_schema(_title(cls), _first_line(cls), properties, required)

    def named(self, title: str, owner: object, schema: Callable[[], Object]) -> Object:
        """A reference to a schema by its title, which is there from then on."""
        if self.owners.setdefault(title, owner) != owner:
            raise TypeError(f"two things in one document have the title {title}")
        if title not in self.found:
            self.found[title] = {}
            self.found[title] = schema()
        return {"$ref": f"#/$defs/{title}"}

    def _class(self, cls: type) -> Object:
        return self.named(_title(cls), cls, lambda: self.define(cls))

    def _place(self, table: Table) -> Object:
        """The schema of a place in a table."""
        if table.by:
            title, says = f"{table.title}Key", f"Which of `{table.name}`, by its key there."
            kind: Object = {"type": "string"}
        else:
            title, says = f"{table.title}Index", f"Which of `{table.name}`, by its number from 0."
            kind = {"type": "integer", "minimum": 0}
        about = {"title": title, "description": says}
        return self.named(title, table, lambda: {**about, **kind})

    def _place_of(self, table: Table) -> Object:
        named = ", ".join(f"`{name}`" for name in table.fields)
        says = f"Where {named} stand, in `{table.name}`; absent where they have their defaults."
        return {"description": says, **self._place(table)}

    def _part(self, table: Table) -> Object:
        """The schema of the fields that stand once."""
        keys = [each for each in _plan(table.of) if each.name in table.fields]
        says = f"What stands once of objects that are alike in it: {_title(table.of)}."

        def schema() -> Object:
            properties = {each.name: each.schema(self) for each in keys}
            required = [each.name for each in keys if each.required]
            return _object_schema(table.title, says, properties, required)

        return self.named(table.title, table, schema)


def _object_schema(title: str, says: str, properties: Object, required: list[str]) -> Object:
    about = {"title": title, "description": says, "type": "object"}
    return {**about, "properties": properties, "required": required}


def _title(cls: type) -> str:
    title: str = vars(cls).get("__title__", cls.__name__)
    return title


def _first_line(what: object) -> str:
    return (what.__doc__ or "").strip().partition("\n")[0]


# The keys of a class


class _Key(NamedTuple):
    """A key of an object, and where its value is taken from.

    It is a field, with which the class is made; a constant, which has to stand there when it is
    read; or a property that is shown, and not read. It is left out where its value is `usual`, or
    what `derived` gives of the object.
    """

    name: str
    says: str
    shape: "_Shape"
    value: Callable[[Any], object]
    role: Literal["field", "constant", "shown"] = "field"
    optional: bool = False
    usual: object = NOTHING
    derived: Callable[[Any], object] | None = None

    @property
    def required(self) -> bool:
        """Whether it is always there."""
        return self.usual is NOTHING and self.derived is None

    def schema(self, definitions: _Definitions) -> Object:
        """What the schema says of its value."""
        about = {"description": self.says, **self.shape.schema(definitions)}
        if self.usual is NOTHING:
            return about
        return {**about, "default": self.shape.written(self.usual, _Writing(_NO_TABLES))}


@cache
def _plan(cls: type) -> tuple[_Key, ...]:
    """The keys of a class in order: its tag, its fields, and what is shown beside them."""
    keys = {each.name: each for each in (*_tag_of(cls), *_fields_of(cls), *_shown_of(cls))}
    return tuple(keys.values())


@cache
def _head_of(cls: type) -> tuple[_Key, ...]:
    """The keys that stand first in a whole document."""
    document: str = getattr(cls, "__document__", "")
    if not document:
        return ()
    name = "The name and version of this document."
    engine = "The version of goalrules that wrote it."
    language = "The newest version of the rule language that it reads."
    text = _plain(str, ())
    return (
        _Key("schema", name, _versioned(document), lambda _: document, "constant"),
        _Key("engine", engine, text, lambda _: ENGINE, "shown"),
        _Key("language_version", language, text, lambda _: RULE_LANGUAGE, "shown"),
    )


def _tag_of(cls: type) -> Iterator[_Key]:
    if issubclass(cls, Variants):
        tag = cls.__name__.lower()
        yield _Key(cls.tag, cls.says, _words(tag), lambda _: tag, "constant")


def _fields_of(cls: type) -> Iterator[_Key]:
    hints = hints_of(cls, include_extras=True)
    for each in fields(cls):
        hint = hints[each.name]
        marks = getattr(hint, "__metadata__", ())
        if Mark.LEFT_OUT not in marks:
            said = [mark for mark in marks if isinstance(mark, str)]
            if len(said) != 1:
                raise TypeError(f"{cls.__name__}.{each.name} has {len(said)} texts, not one")
            key = _Key(each.name, said[0], _shape(hint), attrgetter(each.name))
            yield key if each.default is NOTHING else _optional(key, each.default)


def _optional(key: _Key, default: Any) -> _Key:  # noqa: ANN401 - a value, or what makes it
    """The key of a field that has a default."""
    key = key._replace(optional=True)
    if len(key.shape.words) == 1:
        return key
    make = getattr(default, "factory", None)
    if make is None:
        return key._replace(usual=default)
    return key._replace(derived=make) if default.takes_self else key._replace(usual=make())


def _shown_of(cls: type) -> Iterator[_Key]:
    for base in reversed(cls.__mro__):
        for name, each in vars(base).items():
            if isinstance(each, property) and each.fget in _SHOWN:
                shape = _shape(hints_of(each.fget, include_extras=True)["return"])
                key = _Key(name, _first_line(each), shape, attrgetter(name), "shown")
                empty = {NoneType: None, tuple: ()}
                usual = [empty[kind] for kind in shape.python if kind in empty]
                yield key._replace(usual=usual[0]) if usual else key


# The shapes of values


class _Shape(NamedTuple):
    """How values of a type are written, read and described.

    `python` are the types that the values have, `json` those that they have in a document.
    Without `write` they are written as they are. `classes` are those of objects, `words` all that
    a text can be.
    """

    python: tuple[type, ...]
    json: tuple[type, ...]
    schema: Callable[[_Definitions], Object]
    read: Callable[[Json, _Reading], Any]
    write: Callable[[Any, _Writing], Json] | None = None
    classes: tuple[type, ...] = ()
    words: tuple[str | None, ...] = ()

    def written(self, value: object, out: _Writing) -> Json:
        """A value as it stands in a document."""
        return self.write(value, out) if self.write else value


def _shape(hint: Any, marks: Sequence[object] = ()) -> _Shape:  # noqa: ANN401 - a type of any kind
    """The shape of a type, with what is said of it beside that."""
    kinds = list(_kinds(hint, marks))
    return kinds[0] if len(kinds) == 1 else _union(kinds)


def _kinds(hint: Any, marks: Sequence[object]) -> Iterator[_Shape]:  # noqa: ANN401 - as above
    """The shape of each type that a type stands for."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from _kinds(inside[0], [*marks, *inside[1:]])
    elif Mark.IN_WORDS in marks:
        yield _plain(str, marks)
    elif origin is Literal:
        yield _words(*inside)
    elif origin in (Union, UnionType):
        yield from _alternatives(inside, marks)
    elif origin is tuple:
        yield _list(inside[0]) if inside[1:] == (...,) else _row(inside)
    elif origin is not None and issubclass(origin, Mapping):
        yield _mapping(_shape(inside[1]))
    elif issubclass(hint, Variants) and "variants" in vars(hint):
        names = [name for each in marks if isinstance(each, OneOf) for name in each.names]
        for name in names or hint.variants:
            yield _object(hint.variants[name])
    else:
        yield _one_type(hint, marks)


def _alternatives(hints: Sequence[Any], marks: Sequence[object]) -> Iterator[_Shape]:
    """The shapes of some types of which a value has one; words, and null beside them, are one."""
    words = [word for each in hints if get_origin(each) is Literal for word in get_args(each)]
    if words:
        yield _words(*words, *(None for each in hints if each is NoneType))
    for each in hints:
        if not words or (get_origin(each) is not Literal and each is not NoneType):
            yield from _kinds(each, marks)


def _one_type(kind: type, marks: Sequence[object]) -> _Shape:
    if kind in _TEXTS:
        return _TEXTS[kind]
    if kind is int and Mark.AS_TEXT in marks:
        return _text(int, {"pattern": "^-?[0-9]+$"}, int)
    if kind in _PLAIN:
        return _plain(kind, marks)
    if "__as_row__" in vars(kind):
        return _as_row(kind)
    if "__as_text__" in vars(kind):
        return _text(kind, {}, kind, attrgetter(vars(kind)["__as_text__"]))
    return _object(kind)


_PLAIN: Mapping[type, str] = {NoneType: "null", bool: "boolean", int: "integer", str: "string"}
"""The types that are written as they are, and what JSON Schema calls them."""


def _plain(kind: type, marks: Sequence[object]) -> _Shape:
    schema: Object = {"type": _PLAIN[kind]}
    for each in marks:
        if isinstance(each, Least) and kind is int:
            schema["minimum"] = each.number
        if isinstance(each, Pattern) and kind is str:
            schema["pattern"] = each.text

    def read(data: Json, _: _Reading) -> object:
        return _checked(data, kind)

    return _Shape((kind,), (kind,), lambda _: schema, read)


def _words(*words: str | None) -> _Shape:
    """One of some words, or null."""
    kinds = tuple(dict.fromkeys(map(type, words)))
    types = [_PLAIN[each] for each in kinds]
    one = {"const": words[0]} if len(words) == 1 else {"enum": list(words)}
    schema: Object = {"type": types[0] if len(types) == 1 else types, **one}

    def read(data: Json, _: _Reading) -> object:
        if data not in words:
            raise DocumentError(f"{data!r} is none of {_quoted(words)}")
        return data

    return _Shape(kinds, kinds, lambda _: schema, read, words=words)


def _versioned(document: str) -> _Shape:
    """The name of a document, which ends with its version."""
    name, _, version = document.rpartition(":")
    word = _words(document)

    def read(data: Json, into: _Reading) -> object:
        if isinstance(data, str) and data != document and data.rpartition(":")[0] == name:
            theirs = data.rpartition(":")[2]
            raise DocumentError(f"it is of version {theirs}, and version {version} is read here")
        return word.read(data, into)

    return word._replace(read=read)


def _text(
    kind: type,
    schema: Object,
    make: Callable[[str], object],
    as_text: Callable[[Any], str] = str,
) -> _Shape:
    """What stands as text in a document."""
    looks_right = re.compile(schema.get("pattern", ".*"), re.DOTALL).fullmatch

    def write(value: object, _: _Writing) -> str:
        return as_text(value)

    def read(data: Json, _: _Reading) -> object:
        text = _checked(data, str)
        try:
            if looks_right(text):
                return make(text)
        except (ValueError, ArithmeticError) as error:
            raise DocumentError(f"{text!r} is no {kind.__name__}") from error
        raise DocumentError(f"{text!r} is no {kind.__name__}")

    return _Shape((kind,), (str,), lambda _: {"type": "string", **schema}, read, write)


def _in_full(number: Decimal) -> str:
    return format(number, "f")


_TEXTS: Mapping[type, _Shape] = {
    Decimal: _text(Decimal, {"pattern": r"^-?[0-9]+(\.[0-9]+)?$"}, Decimal, _in_full),
    Fraction: _text(Fraction, {"pattern": "^-?[0-9]+(/[0-9]+)?$"}, Fraction),
    date: _text(date, {"format": "date"}, date.fromisoformat, date.isoformat),
}
"""The types that are written as text."""


def _list(hint: Any) -> _Shape:  # noqa: ANN401 - as above
    """Any number of things of one kind."""
    item = _shape(hint)
    said = [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, str)]
    about: Object = {"description": said[0]} if said else {}

    def schema(definitions: _Definitions) -> Object:
        return {"type": "array", "items": {**about, **item.schema(definitions)}}

    def read(data: Json, into: _Reading) -> object:
        items = enumerate(_checked(data, list))
        return tuple(_inside(str(at), partial(item.read, each, into)) for at, each in items)

    def write(values: Iterable[object], out: _Writing) -> Json:
        return list(values) if item.write is None else [item.write(each, out) for each in values]

    return _Shape((tuple,), (list,), schema, read, write)


def _row(hints: Sequence[Any]) -> _Shape:
    """So many things, each of its kind."""
    items = [_shape(each) for each in hints]

    def schema(definitions: _Definitions) -> Object:
        prefix = [each.schema(definitions) for each in items]
        alike = all(each == prefix[0] for each in prefix)
        kinds = {"items": prefix[0]} if alike else {"prefixItems": prefix, "items": False}
        return {"type": "array", **kinds, "minItems": len(items), "maxItems": len(items)}

    def read(data: Json, into: _Reading) -> object:
        if len(_checked(data, list)) != len(items):
            raise DocumentError(f"{len(data)} things, not {len(items)}")
        pairs = enumerate(zip(items, data, strict=True))
        return tuple(_inside(str(at), partial(item.read, each, into)) for at, (item, each) in pairs)

    def write(values: Iterable[object], out: _Writing) -> Json:
        return [item.written(each, out) for item, each in zip(items, values, strict=True)]

    return _Shape((tuple,), (list,), schema, read, write)


def _as_row(cls: type) -> _Shape:
    """An object that is a list of the values of its fields, in their order."""
    keys = _plan(cls)
    hints = hints_of(cls, include_extras=True)
    row = _row([hints[each.name] for each in keys])
    names = ", ".join(f"`{each.name}`" for each in keys)
    about = {"title": _title(cls), "description": f"{_first_line(cls)} In order: {names}."}

    def schema(definitions: _Definitions) -> Object:
        define = partial(row.schema, definitions)
        return definitions.named(about["title"], cls, lambda: {**about, **define()})

    def read(data: Json, into: _Reading) -> object:
        return cls(*row.read(data, into))

    def write(value: object, out: _Writing) -> Json:
        return row.written([each.value(value) for each in keys], out)

    return _Shape((cls,), (list,), schema, read, write)


def _mapping(item: _Shape) -> _Shape:
    """Things of one kind by name."""

    def schema(definitions: _Definitions) -> Object:
        return {"type": "object", "additionalProperties": item.schema(definitions)}

    def read(data: Json, into: _Reading) -> object:
        items = _checked(data, dict).items()
        return FrozenMap({key: _inside(key, partial(item.read, each, into)) for key, each in items})

    def write(values: Mapping[str, object], out: _Writing) -> Json:
        return {key: item.written(each, out) for key, each in values.items()}

    return _Shape((dict, MappingProxyType, FrozenMap), (dict,), schema, read, write)


def _object(cls: type) -> _Shape:
    """An object of a class, whose keys are looked at when they are needed: it may hold itself."""

    def schema(definitions: _Definitions) -> Object:
        return definitions.refer(cls)

    def read(data: Json, into: _Reading) -> object:
        table = into.layout.whole.get(cls)
        return into.made(table, data) if table else _made(cls, data, into)

    def write(value: object, out: _Writing) -> Json:
        table = out.layout.whole.get(cls)
        return out.place(table, value) if table else _written(cls, value, out)

    return _Shape((cls,), (dict,), schema, read, write, (cls,))


def _written(cls: type, value: object, out: _Writing) -> Object:
    """The keys of an object and their values, without those that are left out."""
    written: Object = {}
    for key, write, absent in _writers(cls):
        found = key.value(value)
        if found is not key.usual:
            as_json = found if write is None else write(found, out)
            make = key.derived
            if as_json != (absent if make is None else key.shape.written(make(value), out)):
                written[key.name] = as_json
    for table in out.layout.parts.get(cls, ()):
        part = {name: written.pop(name) for name in table.fields if name in written}
        if part:
            written = {table.key: out.put(table, part, part.get(table.by, "")), **written}
    return written


@cache
def _writers(cls: type) -> tuple[tuple[_Key, Callable[[Any, _Writing], Json] | None, Json], ...]:
    """The keys of a class, what writes their values, and as what they are left out."""
    plain = _Writing(_NO_TABLES)
    return tuple(
        (
            key,
            key.shape.write,
            NOTHING if key.usual is NOTHING else key.shape.written(key.usual, plain),
        )
        for key in _plan(cls)
    )


def _made(cls: type, data: Json, into: _Reading) -> Any:  # noqa: ANN401 - of it
    """The instance that an object in a document is of."""
    _checked(data, dict)
    for table in into.layout.parts.get(cls, ()):
        if table.key in data:
            part = _inside(table.key, partial(into.entry, table, data[table.key]))
            data = {**data, **{name: part[name] for name in table.fields if name in part}}
    own: Object = {}
    for each in _plan(cls):
        if each.role != "shown" and (each.name in data or not each.optional):
            there = _there(data, each.name)
            found = _inside(each.name, partial(each.shape.read, there, into))
            own |= {each.name: found} if each.role == "field" else {}
    return cls(**own)


def _union(kinds: Sequence[_Shape]) -> _Shape:
    """One of several kinds, told apart by their types in a document, and classes by a key."""
    writers = {each: kind.write for kind in kinds for each in kind.python}
    readers = {each: kind.read for kind in kinds for each in kind.json}
    objects = {each: kind for kind in kinds for each in kind.classes}
    classes = tuple(objects)
    if len(readers) + max(len(objects) - 1, 0) < sum(len(kind.json) for kind in kinds):
        raise TypeError("a field holds two kinds that are alike in a document")

    def schema(definitions: _Definitions) -> Object:
        schemas = [each.schema(definitions) for each in kinds]
        if len(objects) < SEVERAL:
            return {"anyOf": schemas}
        key, told = _told_by(classes)
        mapping = {word: objects[each].schema(definitions)["$ref"] for word, each in told.items()}
        return {"oneOf": schemas, "discriminator": {"propertyName": key, "mapping": mapping}}

    def read(data: Json, into: _Reading) -> object:
        if type(data) is dict and len(objects) >= SEVERAL:
            key, told = _told_by(classes)
            if data.get(key) not in told:
                raise DocumentError(f"{data.get(key)!r} is none of {_quoted(told)}", key)
            return objects[told[data[key]]].read(data, into)
        if type(data) in readers:
            return readers[type(data)](data, into)
        tabled = [each for each in classes if each in into.layout.whole]
        if tabled:
            return objects[tabled[0]].read(data, into)
        raise DocumentError(f"{_called(data)}, not {' or '.join(map(_name, readers))}")

    def write(value: object, out: _Writing) -> Json:
        write = writers[type(value)]
        return value if write is None else write(value, out)

    types = tuple(writers), tuple(readers)
    return _Shape(*types, schema, read, write if any(writers.values()) else None, classes)


SEVERAL = 2


@cache
def _told_by(classes: tuple[type, ...]) -> tuple[str, Mapping[str, type]]:
    """The key that tells some classes apart, and which class each of its words means."""
    keys = [[key for key in _plan(each) if key.required] for each in classes]
    words = [{key.name: key.shape.words for key in each} for each in keys]
    for name in words[0]:
        of = [each.get(name, ()) for each in words]
        if all(of) and not any({*one} & {*other} for one, other in combinations(of, 2)):
            pairs = zip(classes, of, strict=True)
            return name, {str(word): each for each, some in pairs for word in some}
    raise TypeError(f"no key tells apart {', '.join(each.__name__ for each in classes)}")


# Reading


def _checked(data: Json, kind: type) -> Json:
    """What is read, if it is of the kind that it should be."""
    if type(data) is not kind:
        raise DocumentError(f"{_called(data)}, not {_name(kind)}")
    return data


def _quoted(words: Iterable[str | None]) -> str:
    return ", ".join(map(repr, words))


def _called(data: Json) -> str:
    return repr(data) if isinstance(data, str | int | float) else _name(type(data))


def _name(kind: type) -> str:
    return {dict: "an object", list: "a list", NoneType: "null"}.get(kind) or f"a {_PLAIN[kind]}"


def _there(data: Object, name: str) -> Json:
    """The value of a key that has to be there."""
    if name not in data:
        raise DocumentError("missing", name)
    return data[name]


def _inside(at: str, read: Callable[[], Any]) -> Any:  # noqa: ANN401 - any value
    """What is read at a place in a document, which an error names."""
    try:
        return read()
    except DocumentError as error:
        raise DocumentError(error.fault, at, *error.way) from error
