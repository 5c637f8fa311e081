"""One indicator in one period: what the file says of it, and the rows that speak of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from attrs import frozen

from goalrules.assess.binding import Bound, Slot
from goalrules.assess.formulas import Input
from goalrules.assess.targets import aim_of, aimed, reference_of
from goalrules.core.judged import Judged
from goalrules.core.scales import PLAN, Ends, Scale
from goalrules.core.trace import Aimed
from goalrules.data.outcome import Row
from goalrules.data.period import Period
from goalrules.data.values import Status
from goalrules.language.levels import Levels
from goalrules.language.lower import TARGET
from goalrules.language.lower_clauses import Rule, lower_rule, naming_of_facts
from goalrules.language.plan import Entry, IndicatorEntry
from goalrules.language.statements import Clause, Stating, Unit, When
from goalrules.language.syntax import Fact, Name
from goalrules.text.numbers import Amount

CLAIMED = {"plan followed": True, "efforts begun": False, "efforts planned": False}
"""How each fact is taken when nobody has stated it, where the file does not say."""

PLACES: Mapping[str, int] = {
    "efforts planned": PLAN.place("planned"),
    "efforts begun": PLAN.place("begun"),
    "plan followed": PLAN.place("followed"),
}


REASONS = {"missing": "missing", "not_measured": "not measured", "withheld": "withheld"}


def status_of(row: Row | None) -> str:
    """The non-verdict that a row states, or the empty string."""
    cells = (row.value, row.level) if row else ()
    return next((cell.kind for cell in cells if isinstance(cell, Status)), "")


def missing_reason(row: Row | None) -> str:
    """Why there is no value: no row at all, a row left blank, or what the row says."""
    return "missing" if row is None else REASONS.get(status_of(row), "blank")


@frozen
class IndicatorRule:
    """How every indicator gets its level, and how far a plan that nobody has stated may be.

    `target` is the scale of how far a target can be reached.
    """

    judged: Judged
    unstated: Ends
    target: Scale


def indicator_rule(
    assess: Entry | None, clauses: Iterable[Clause], levels: Levels
) -> IndicatorRule:
    """The rule of a file's `assess indicators`; else the best level if the target is reached."""
    best = Name(levels.scale.levels[-1])
    said = tuple(clauses) or (When(best, Fact("target reached")),)
    names = naming_of_facts(said)
    judged = lower_rule(Rule(said, (), levels), names)
    statings = [each.body for each in assess.statements] if assess else []
    stated: dict[str, bool] = {
        each.fact.name: each.claimed for each in statings if isinstance(each, Stating)
    }
    taken: dict[str, bool] = CLAIMED | stated
    asked = [PLACES[name] for name, claimed in taken.items() if not claimed]
    return IndicatorRule(judged, Ends(0, max(asked, default=0)), names.levels(TARGET).scale)


@frozen
class Case:
    """One indicator in one period: what the file says of it and the rows that speak of it.

    `worked` is its value where it is worked out from others.
    """

    goal: str
    indicator: IndicatorEntry
    bound: Bound
    period: Period
    rule: IndicatorRule
    levels: Levels
    worked: Input | None = None

    @property
    def scale(self) -> Scale:
        """The scale of the indicator's level."""
        return self.levels.scale

    @property
    def number(self) -> Decimal | None:
        """The value as a number, from the row or worked out."""
        if self.worked:
            return self.worked.number
        value = self.row.value if self.row else None
        return value.number if isinstance(value, Amount) else None

    @property
    def applies(self) -> bool:
        """Whether the data, or those that it is worked out from, say that it applies."""
        own = self.worked.applies if self.worked else True
        return own and status_of(self.row) != "not_applicable"

    @property
    def missing(self) -> str:
        """Why there is no value, where there is none."""
        return self.worked.reason if self.worked else missing_reason(self.row)

    @property
    def slot(self) -> Slot:
        """The indicator's own place among the rows."""
        return Slot(self.goal, self.indicator.name)

    @cached_property
    def row(self) -> Row | None:
        """The row that speaks of the indicator, if one does."""
        return self.bound.now.get(self.slot)

    @property
    def unit(self) -> str:
        """The unit that the file declares."""
        unit = self.indicator.first(Unit)
        return unit.text if unit else ""

    @cached_property
    def target(self) -> Aimed:
        """The target of the year, as bounds on the value."""
        reference = reference_of(self.indicator, self.bound.before.get(self.slot))
        return aimed(aim_of(self.indicator, self.period.year), self.indicator, reference)
