"""The forms of rule that a step of a trace comes from, as JSON, and back."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from attrs import fields

from goalrules.language import statements as st
from goalrules.language import syntax as sx

FORMS: Mapping[str, type] = {
    form.__name__.lower(): form
    for form in (
        sx.Around, sx.Assessed, sx.Band, sx.Bound, sx.Count, sx.Fact, sx.Formula, sx.Included,
        sx.Joined, sx.Level, sx.Met, sx.Name, sx.Quantity, sx.Range, sx.Rest, sx.Scope, sx.Score,
        sx.Single, sx.Term, sx.Within,
        st.Extreme, st.Limit, st.Policy, st.SameAs,
    )
}  # fmt: skip
"""The forms of rule that a trace can hold, by the name they have in JSON."""

Json = dict[str, Any]


def form_to_dict(form: Any) -> Any:  # noqa: ANN401 - forms of every class
    """A form of rule as it was written, without its places."""
    if isinstance(form, tuple):
        return [form_to_dict(each) for each in form]
    if type(form) not in FORMS.values():
        return format(form, "f") if isinstance(form, Decimal) else form
    kind = type(form).__name__.lower()
    own = {name: form_to_dict(getattr(form, name)) for name in fields_of(FORMS[kind])}
    return {"form": kind, **own}


def form_from_dict(data: Any) -> Any:  # noqa: ANN401 - as above
    """A form of rule from its JSON."""
    if isinstance(data, list):
        return tuple(form_from_dict(each) for each in data)
    if not isinstance(data, dict):
        return data
    form = FORMS[data["form"]]
    own = {key: form_from_dict(each) for key, each in data.items() if key != "form"}
    return form(**own | dict(_decimals(form, own)))


def _decimals(form: type, own: Json) -> Iterator[tuple[str, Decimal]]:
    """The fields of a form that are numbers, which JSON has as text."""
    for name in _numbers_of(form):
        if own[name] is not None:
            yield name, Decimal(own[name])


@lru_cache
def _numbers_of(form: type) -> tuple[str, ...]:
    hints = fields_of(form)
    return tuple(name for name, hint in hints.items() if Decimal in (hint, *get_args(hint)))


@lru_cache
def fields_of(form: type) -> Mapping[str, Any]:
    """The fields of a form by name, without its place, and the type of each."""
    hints = get_type_hints(form)
    return {each.name: hints[each.name] for each in fields(form) if each.name != "span"}
