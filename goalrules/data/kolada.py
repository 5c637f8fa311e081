"""Records of Kolada, the municipalities' database of key figures, as its interface gives them.

Versions 2 and 3 have the same records: a key figure, a municipality or a unit, a year, and a value
for each sex and for all. Kolada keeps three kinds of missing apart, which its own tables explain
as `-` Bortfall, `.` Ej tillämplig and `..` Sekretess. `count` is how many members of a group of
municipalities a mean is of; it says nothing of how many people are behind a figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalrules.data.records import RefusedError
from goalrules.data.values import CellFault
from goalrules.data.words import meaning, shown
from goalrules.text.languages import DEFAULT_LANGUAGE
from goalrules.text.names import folded

WHOSE = ("municipality", "ou")
BODIES = {"municipality", "municipality_id", "ou", "ou_id"}
"""The fields of a flattened record that say of which body it is."""

NEXT = ("next_url", "next_page")
ALL = "T"

Numbered = tuple[int, Mapping[str, object]]


def is_kolada(entries: Sequence[Mapping[str, object]]) -> bool:
    """Whether every entry of a list is a record of Kolada's."""
    values = [each.get("values") if "kpi" in each else None for each in entries]
    return all(
        isinstance(given, list) and all(isinstance(each, dict) for each in given)
        for given in values
    )


def counts_members(headings: Iterable[str]) -> bool:
    """Whether a table is of Kolada's values, flattened, so that `count` counts municipalities."""
    named = {folded(each) for each in headings}
    return "kpi" in named and not named.isdisjoint(BODIES)


def kolada_rows(document: object, entries: Sequence[Numbered]) -> Iterator[Numbered]:
    """The fields of a row for each value that is for all, or for each sex where there is none such.

    Raises:
        RefusedError: there is more of the answer in other files.
    """
    if isinstance(document, dict) and any(document.get(each) for each in NEXT):
        raise RefusedError("one-page-of-several")
    for line, entry in entries:
        for fields in _rows(entry):
            yield line, fields


def _rows(entry: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    given = entry["values"]
    values = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    stated = [each for each in values if each.get("isdeleted") is not True]
    for_all = [each for each in stated if each.get("gender", ALL) == ALL]
    for each in for_all or stated or [{"gender": ALL}]:
        sex = each.get("gender", ALL)
        yield {
            "indicator": entry["kpi"] if sex == ALL else f"{entry['kpi']} {sex}",
            "period": entry.get("period"),
            "value": _value(each.get("value"), each.get("status")),
            "source": "Kolada",
            **{name: str(entry[name]) for name in WHOSE if name in entry},
        }


def _value(value: object, status: object) -> object:
    """A value, or why there is none, in the words that people write it in."""
    if value is not None and not status:
        return value
    kind = meaning("kolada", str(status or "-"))
    if value is not None or not kind:
        return CellFault("unknown-kolada-status", {"text": str(status)})
    return shown("statuses", kind, DEFAULT_LANGUAGE)
