"""The JSON Schema of the forms of rule, described from their classes."""

from collections.abc import Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from goalrules.report.forms import FORMS, fields_of

Json = dict[str, Any]

NUMBER: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
"""A number in text: every digit as it was compared, never rounded to a binary one."""

FIELDS: Mapping[str, str] = {
    "form": "Which form of rule it is.",
    "quantity": "How many.",
    "scope": "Among whom.",
    "predicate": "The level that they must have, or that goals must be met.",
    "including": "Who has to be among those counted.",
    "rest": "The floor for all members.",
    "name": "The name, or the fact.",
    "names": "The names; none where all members of the goal are meant.",
    "need": "How many of them; null for all.",
    "word": "Whether all parts must hold, or one; or whether a limit holds when, or unless.",
    "parts": "The conditions that are joined.",
    "text": "The name as it is written in the rule file.",
    "kind": "What kind of quantity, of limit or of extreme it is.",
    "number": "Its number, or percent; 0 where it has none.",
    "level": "The level.",
    "goals": "Whether goals are counted.",
    "size": "How many they are, where the rule says so; else null.",
    "member": "The member.",
    "goal": "The goal that is named, or whether a goal is.",
    "period": "The class of period that it holds in; null for every other.",
    "weighed": "Whether the weights of the members are counted, not their number.",
    "negated": "Whether it is that they are not met.",
    "side": "On which side of it: at least, at most and so on; empty where the rule does not say.",
    "total": "Whether the sum of points is taken, their mean, or their share of the most.",
    "bound": "What the points, or the value, have to be.",
    "low": "The lowest number.",
    "high": "The highest number.",
    "terms": "The indicators that the value is worked out from.",
    "weight": "How much it weighs.",
    "lowest": "How many are taken, the lowest first; null for all.",
    "percent": "How much of the target, null for all of it; or how far from a number, either way.",
    "but": "How many, the worst first, are left out.",
    "condition": "When, or unless when, it holds.",
    "of": "Of which members it says what is done.",
    "instead": "The group whose members take their place; null for none.",
    "remain": "How many have to be left; null where the rule does not say.",
}
"""The meaning of the fields of the forms of rule."""


def form_schema(name: str) -> Json:
    """A form of rule as its class has it, without its places."""
    form = FORMS[name]
    first_line = (form.__doc__ or "").partition("\n")[0]
    kind = {"description": FIELDS["form"], "const": name}
    described = {
        key: {"description": FIELDS[key], **_of(hint)} for key, hint in fields_of(form).items()
    }
    properties = {"form": kind, **described}
    return {
        "description": first_line,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of(hint: Any) -> Json:  # noqa: ANN401 - types of every kind
    """The schema of a field by its type."""
    plain: Mapping[Any, Json] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        NoneType: {"type": "null"},
        Decimal: NUMBER,
    }
    if hint in plain:
        return plain[hint]
    kind, inside = get_origin(hint), get_args(hint)
    if kind is Literal:
        return {"enum": list(inside)}
    if kind is tuple:
        return {"type": "array", "items": _of(inside[0])}
    if kind in (Union, UnionType):
        return {"anyOf": [_of(each) for each in inside]}
    return {"$ref": f"#/$defs/form-{hint.__name__.lower()}"}
