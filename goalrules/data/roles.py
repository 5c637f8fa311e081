"""The roles of columns of outcomes: what each says of a row, and where its words stand.

Headings, reading notes, the check of data, the account and the JSON documents speak of columns by
these roles, and people by the first word of each in the word tables. `docs/files.md` tells them.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from goalrules.core.vocabulary import ColumnRole
from goalrules.data.words import shown
from goalrules.text.languages import Language

Says: TypeAlias = Literal["of what", "figure", "what it is", "beside", "of the plan"]
"""What a column says of a row: what it is about, a figure or a level of that, what kind of figure
that is and whose; something beside it, which changes nothing; or what the rule file says of the
indicator, which is read of that alone."""

ROLES: Mapping[ColumnRole, tuple[str, Says]] = {
    "indicator": ("headings", "of what"),
    "key": ("headings", "of what"),
    "goal": ("headings", "of what"),
    "group": ("headings", "of what"),
    "period": ("headings", "of what"),
    "year": ("headings", "of what"),
    "value": ("headings", "figure"),
    "level": ("headings", "figure"),
    "plan": ("headings", "figure"),
    "forecast": ("headings", "figure"),
    "count": ("headings", "figure"),
    "kind": ("columns", "what it is"),
    "measure": ("columns", "what it is"),
    "unit": ("columns", "what it is"),
    "sex": ("columns", "what it is"),
    "comment": ("headings", "beside"),
    "source": ("headings", "beside"),
    "responsible": ("headings", "beside"),
    "due": ("headings", "beside"),
    "analysis": ("columns", "beside"),
    "action": ("columns", "beside"),
    "action status": ("columns", "beside"),
    "reported by": ("columns", "beside"),
    "reported on": ("columns", "beside"),
    "target": ("beside", "of the plan"),
    "baseline": ("beside", "of the plan"),
    "budget": ("beside", "of the plan"),
    "definition": ("columns", "of the plan"),
    "text": ("columns", "beside"),
}
"""The section of the word tables that has the words of each role, and what it says."""


def role_word(role: ColumnRole, language: Language) -> str:
    """What people call a role; the column that rows are chosen by has none."""
    return shown(ROLES[role][0], role, language)
