"""The parts that JSON Schemas are made of; each says what it is."""

from typing import Any

from goalrules.report.schema_forms import NUMBER

Json = dict[str, Any]


def document(schema: str, title: str, **properties: Json) -> Json:
    """A whole document that names itself in its field `schema`."""
    name: Json = {"description": "The name and version of this document.", "const": schema}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema,
        "title": title,
        **an_object(title, schema=name, **properties),
    }


def an_object(says: str, **properties: Json) -> Json:
    """An object that has these fields, every one of them and no others."""
    return {
        "description": says,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def a_text(says: str) -> Json:
    """A text."""
    return {"description": says, "type": "string"}


def a_word(says: str, *words: str | None) -> Json:
    """One of some words, or null."""
    return {"description": says, "enum": list(words)}


def a_flag(says: str) -> Json:
    """True or false."""
    return {"description": says, "type": "boolean"}


def a_whole(says: str, least: int = 0) -> Json:
    """A whole number, not below the least."""
    return {"description": says, "type": "integer", "minimum": least}


def a_number(says: str) -> Json:
    """A number as text, or null."""
    return {"description": f"{says} Null where there is none.", **or_null(NUMBER)}


def a_level(says: str) -> Json:
    """A level by name, or null."""
    return {"description": says, **or_null({"type": "string"})}


def a_list(says: str, items: Json) -> Json:
    """A list of things of one kind."""
    return {"description": says, "type": "array", "items": items}


def a_pair(says: str, items: Json) -> Json:
    """Two things of one kind."""
    return {**a_list(says, items), "minItems": 2, "maxItems": 2}


def a_ref(name: str, says: str = "") -> Json:
    """What a definition of the document says."""
    reference = {"$ref": f"#/$defs/{name}"}
    return {"description": says, **reference} if says else reference


def or_null(schema: Json) -> Json:
    """A thing, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def maybe(name: str, says: str) -> Json:
    """What a definition says, or null."""
    return {"description": says, **or_null(a_ref(name))}


TEXTS: Json = {"type": "string"}
WEIGHT: Json = {"description": "A weight.", "type": "integer"}
