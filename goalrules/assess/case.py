"""One indicator in one period: what the file says of it, and the rows that speak of it."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from goalrules.assess.binding import Bound, Slot
from goalrules.assess.targets import aim_of, aimed, reference_of
from goalrules.core.judged import Judged
from goalrules.core.scales import COLOURS, PLAN, Ends
from goalrules.core.trace import Aimed
from goalrules.data.outcome import Row
from goalrules.data.period import Period
from goalrules.language.lower import lower_clauses
from goalrules.language.naming import naming
from goalrules.language.plan import Entry, IndicatorEntry
from goalrules.language.statements import Clause, Stating, Unit, When
from goalrules.language.syntax import Fact, Name

DEFAULT_RULE = (When(Name("green"), Fact("target reached")),)
"""How an indicator gets its level where the file does not say."""

CLAIMED = {"plan followed": True, "efforts begun": False, "efforts planned": False}
"""How each fact is taken when nobody has stated it, where the file does not say."""

PLACES: Mapping[str, int] = {
    "efforts planned": PLAN.place("planned"),
    "efforts begun": PLAN.place("begun"),
    "plan followed": PLAN.place("followed"),
}


@frozen
class IndicatorRule:
    """How every indicator gets its level, and how far a plan that nobody has stated may be."""

    judged: Judged
    unstated: Ends


def indicator_rule(assess: Entry | None, clauses: Iterable[Clause]) -> IndicatorRule:
    """The rule of a file's `assess indicators`, or the default one."""
    rule = tuple(clauses) or DEFAULT_RULE
    judged = lower_clauses(rule, naming((), {}, {}), COLOURS, COLOURS.top)
    statings = [each.body for each in assess.statements] if assess else []
    stated: dict[str, bool] = {
        each.fact.name: each.claimed for each in statings if isinstance(each, Stating)
    }
    taken: dict[str, bool] = CLAIMED | stated
    asked = [PLACES[name] for name, claimed in taken.items() if not claimed]
    return IndicatorRule(judged, Ends(0, max(asked, default=0)))


@frozen
class Case:
    """One indicator in one period: what the file says of it and the rows that speak of it."""

    goal: str
    indicator: IndicatorEntry
    bound: Bound
    period: Period
    rule: IndicatorRule

    @property
    def slot(self) -> Slot:
        """The indicator's own place among the rows."""
        return Slot(self.goal, self.indicator.name)

    @property
    def row(self) -> Row | None:
        """The row that speaks of the indicator, if one does."""
        return self.bound.now.get(self.slot)

    @property
    def unit(self) -> str:
        """The unit that the file declares."""
        unit = self.indicator.first(Unit)
        return unit.text if unit else ""

    @property
    def target(self) -> Aimed:
        """The target of the year, as bounds on the value."""
        reference = reference_of(self.indicator, self.bound.before.get(self.slot))
        return aimed(aim_of(self.indicator, self.period.year), self.indicator, reference)
