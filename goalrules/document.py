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
class's docstring, and called by its `__title__` where the name of the class says less. It has all
of its keys, and no others. A class that is a whole document says its name and version as its
`__document__`, which stands under the key `schema`; it grows when a reader has to change.

Numbers that were measured or counted with are text, with every digit that was compared: `Decimal`,
and `Fraction` as in `12/5`. Where an object may be of several classes, a key of words of which no
two of them share any tells which it is, or the tag of their `Variants`.

Every start of the package imports this module, so its own classes are named tuples, which are made
faster than attrs classes, and what a class has in a document is worked out when it is first asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache
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

from attrs import fields

from goalrules.frozen import FrozenMap

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


class Only(NamedTuple):
    """Some fields of a class under a title of their own; the others have their defaults."""

    title: str
    names: tuple[str, ...]


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
        for cached in (_plan, _told_by):
            cached.cache_clear()


# What is done with documents


def to_json(value: object) -> Object:
    """The document of an instance of an attrs class."""
    document: Object = _object(type(value)).written(value)
    return document


def from_json(cls: type[Value], data: Json) -> Value:
    """The instance that a document is of; `DocumentError` where it is not as the class says."""
    read: Value = _object(cls).read(data)
    return read


def schema_of(cls: type) -> Object:
    """The JSON Schema of the documents of a class; `$defs` has those of the classes in it."""
    definitions = _Definitions()
    whole = definitions.define(cls, None)
    name: str = getattr(cls, "__document__", "")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": name} if name else {}),
        **whole,
        "$defs": definitions.found,
    }


class _Definitions:
    """The schemas of the classes in a document, by their titles."""

    def __init__(self) -> None:
        self.found: dict[str, Object] = {}
        self.owners: dict[str, tuple[type, Only | None]] = {}

    def refer(self, cls: type, only: Only | None) -> Object:
        """A reference to the schema of a class, which is there from then on."""
        title = _title(cls, only)
        if self.owners.setdefault(title, (cls, only)) != (cls, only):
            raise TypeError(f"two things in one document have the title {title}")
        if title not in self.found:
            self.found[title] = {}
            self.found[title] = self.define(cls, only)
        return {"$ref": f"#/$defs/{title}"}

    def define(self, cls: type, only: Only | None) -> Object:
        """The schema of a class: all of its keys, and no others."""
        properties = {
            each.name: {"description": each.says, **each.shape.schema(self)}
            for each in _plan(cls, only)
        }
        return {
            "title": _title(cls, only),
            "description": _first_line(cls),
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }


def _title(cls: type, only: Only | None) -> str:
    own: str = vars(cls).get("__title__", cls.__name__)
    return only.title if only else own


def _first_line(what: object) -> str:
    return (what.__doc__ or "").strip().partition("\n")[0]


# The keys of a class


class _Key(NamedTuple):
    """A key of an object, and where its value is taken from.

    It is a field, with which the class is made; a constant, which has to stand there when it is
    read; or a property that is shown, and not read.
    """

    name: str
    says: str
    shape: "_Shape"
    value: Callable[[Any], object]
    role: Literal["field", "constant", "shown"] = "field"


@cache
def _plan(cls: type, only: Only | None) -> tuple[_Key, ...]:
    """The keys of a class in order: its constants, its fields, and what is shown beside them."""
    keys = {each.name: each for each in (*_constants_of(cls), *_fields_of(cls), *_shown_of(cls))}
    unknown = [name for name in only.names if name not in keys] if only else []
    if unknown:
        raise TypeError(f"{cls.__name__} has no {', '.join(unknown)}")
    return tuple(each for each in keys.values() if only is None or each.name in only.names)


def _constants_of(cls: type) -> Iterator[_Key]:
    """The name of a whole document; the tag of a variant."""
    document: str = getattr(cls, "__document__", "")
    if document:
        says = "The name and version of this document."
        yield _Key("schema", says, _words(document), lambda _: document, "constant")
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
            yield _Key(each.name, said[0], _shape(hint), attrgetter(each.name))


def _shown_of(cls: type) -> Iterator[_Key]:
    for base in reversed(cls.__mro__):
        for name, each in vars(base).items():
            if isinstance(each, property) and each.fget in _SHOWN:
                shape = _shape(hints_of(each.fget, include_extras=True)["return"])
                yield _Key(name, _first_line(each), shape, attrgetter(name), "shown")


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
    read: Callable[[Json], Any]
    write: Callable[[Any], Json] | None = None
    classes: tuple[type, ...] = ()
    words: tuple[str | None, ...] = ()

    def written(self, value: object) -> Json:
        """A value as it stands in a document."""
        return self.write(value) if self.write else value


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
    return _object(kind, next((each for each in marks if isinstance(each, Only)), None))


_PLAIN: Mapping[type, str] = {NoneType: "null", bool: "boolean", int: "integer", str: "string"}
"""The types that are written as they are, and what JSON Schema calls them."""


def _plain(kind: type, marks: Sequence[object]) -> _Shape:
    schema: Object = {"type": _PLAIN[kind]}
    for each in marks:
        if isinstance(each, Least) and kind is int:
            schema["minimum"] = each.number
        if isinstance(each, Pattern) and kind is str:
            schema["pattern"] = each.text

    def read(data: Json) -> object:
        return _checked(data, kind)

    return _Shape((kind,), (kind,), lambda _: schema, read)


def _words(*words: str | None) -> _Shape:
    """One of some words, or null."""
    kinds = tuple(dict.fromkeys(map(type, words)))
    types = [_PLAIN[each] for each in kinds]
    one = {"const": words[0]} if len(words) == 1 else {"enum": list(words)}
    schema: Object = {"type": types[0] if len(types) == 1 else types, **one}

    def read(data: Json) -> object:
        if data not in words:
            raise DocumentError(f"{data!r} is none of {', '.join(map(repr, words))}")
        return data

    return _Shape(kinds, kinds, lambda _: schema, read, words=words)


def _text(
    kind: type,
    schema: Object,
    make: Callable[[str], object],
    write: Callable[[Any], str] = str,
) -> _Shape:
    """What stands as text in a document."""

    def read(data: Json) -> object:
        text = _checked(data, str)
        try:
            return make(text)
        except (ValueError, InvalidOperation) as error:
            raise DocumentError(f"{text!r} is no {kind.__name__}") from error

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

    def read(data: Json) -> object:
        items = enumerate(_checked(data, list))
        return tuple(_inside(str(at), item, each) for at, each in items)

    def write(values: Iterable[object]) -> Json:
        return list(values) if item.write is None else [item.write(each) for each in values]

    return _Shape((tuple,), (list,), schema, read, write)


def _row(hints: Sequence[Any]) -> _Shape:
    """So many things, each of its kind."""
    items = [_shape(each) for each in hints]

    def schema(definitions: _Definitions) -> Object:
        prefix = [each.schema(definitions) for each in items]
        alike = all(each == prefix[0] for each in prefix)
        kinds = {"items": prefix[0]} if alike else {"prefixItems": prefix, "items": False}
        return {"type": "array", **kinds, "minItems": len(items), "maxItems": len(items)}

    def read(data: Json) -> object:
        if len(_checked(data, list)) != len(items):
            raise DocumentError(f"{len(data)} things, not {len(items)}")
        pairs = enumerate(zip(items, data, strict=True))
        return tuple(_inside(str(at), item, each) for at, (item, each) in pairs)

    def write(values: Iterable[object]) -> Json:
        return [item.written(each) for item, each in zip(items, values, strict=True)]

    return _Shape((tuple,), (list,), schema, read, write)


def _mapping(item: _Shape) -> _Shape:
    """Things of one kind by name."""

    def schema(definitions: _Definitions) -> Object:
        return {"type": "object", "additionalProperties": item.schema(definitions)}

    def read(data: Json) -> object:
        items = _checked(data, dict).items()
        return FrozenMap({key: _inside(key, item, each) for key, each in items})

    def write(values: Mapping[str, object]) -> Json:
        return {key: item.written(each) for key, each in values.items()}

    return _Shape((dict, MappingProxyType, FrozenMap), (dict,), schema, read, write)


def _object(cls: type, only: Only | None = None) -> _Shape:
    """An object of a class, whose keys are looked at when they are needed: it may hold itself."""

    def schema(definitions: _Definitions) -> Object:
        return definitions.refer(cls, only)

    def read(data: Json) -> object:
        _checked(data, dict)
        own: Object = {}
        for each in _plan(cls, only):
            if each.role != "shown" and each.name not in data:
                raise DocumentError("missing", each.name)
            if each.role != "shown":
                found = _inside(each.name, each.shape, data[each.name])
                own |= {each.name: found} if each.role == "field" else {}
        return cls(**own)

    def write(value: object) -> Json:
        return {
            key.name: key.value(value) if (write := key.shape.write) is None
            else write(key.value(value))
            for key in _plan(cls, only)
        }  # fmt: skip

    return _Shape((cls,), (dict,), schema, read, write, (cls,))


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

    def read(data: Json) -> object:
        if type(data) is dict and len(objects) >= SEVERAL:
            key, told = _told_by(classes)
            if data.get(key) not in told:
                raise DocumentError(
                    f"{data.get(key)!r} is none of {', '.join(map(repr, told))}", key
                )
            return objects[told[data[key]]].read(data)
        if type(data) not in readers:
            raise DocumentError(f"{_called(data)}, not {' or '.join(map(_name, readers))}")
        return readers[type(data)](data)

    def write(value: object) -> Json:
        write = writers[type(value)]
        return value if write is None else write(value)

    types = tuple(writers), tuple(readers)
    return _Shape(*types, schema, read, write if any(writers.values()) else None, classes)


SEVERAL = 2


@cache
def _told_by(classes: tuple[type, ...]) -> tuple[str, Mapping[str, type]]:
    """The key that tells some classes apart, and which class each of its words means."""
    words = [{key.name: key.shape.words for key in _plan(each, None)} for each in classes]
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


def _called(data: Json) -> str:
    return repr(data) if isinstance(data, str | int | float) else _name(type(data))


def _name(kind: type) -> str:
    return {dict: "an object", list: "a list", NoneType: "null"}.get(kind) or f"a {_PLAIN[kind]}"


def _inside(at: str, shape: _Shape, data: Json) -> object:
    """What is read at a place in a document, which an error names."""
    try:
        return shape.read(data)
    except DocumentError as error:
        raise DocumentError(error.fault, at, *error.way) from error
