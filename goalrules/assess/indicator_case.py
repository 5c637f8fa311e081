"""One indicator in one period: what the file says of it, and the rows that speak of it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from attrs import evolve, field

from goalrules.assess.binding import BoundRows, Slot
from goalrules.assess.expected import expected_share
from goalrules.assess.formulas import FormulaTerm, Given, Input, decimal_of, work_out
from goalrules.assess.targets import Reference, reference_of, resolve_target, target_for
from goalrules.assess.to_date import (
    ToDate,
    calendar_of,
    missing_reason,
    status_of,
    to_date,
    whole_year,
)
from goalrules.core.ends import MemberState
from goalrules.core.nodes import LevelRule
from goalrules.core.scales import PLAN, Ends, Scale
from goalrules.core.trace import Member, ResolvedTarget
from goalrules.core.vocabulary import MemberReason, Month
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.language.levels import Grid, LevelScale
from goalrules.language.lower import TARGET, LevelClauses, lower_rule, naming_of_facts
from goalrules.language.plan import Home, IndicatorEntry, Plan, better_side
from goalrules.language.statements import (
    Clause,
    Expected,
    Hidden,
    Rounded,
    ShownOnly,
    Statement,
    Stating,
    Target,
    Unit,
    ValueBands,
    When,
    WorkedOut,
)
from goalrules.language.syntax import (
    OF_JUDGED,
    Change,
    Compared,
    Fact,
    Formula,
    FormulaKind,
    Name,
    TargetSpec,
)
from goalrules.language.years import ALL_YEARS, Years, years_of_plan
from goalrules.lazily import frozen
from goalrules.text.names import folded
from goalrules.text.numbers import Amount

CLAIMED = {"plan followed": True, "efforts begun": False, "efforts planned": False}
"""How each fact is taken when nobody has stated it, where the file does not say."""

GROWING: tuple[FormulaKind, ...] = ("sum", "mean", "best", "worst", "difference")
"""The formulas of totals that are totals themselves."""

PLACES: Mapping[str, int] = {
    "efforts planned": PLAN.place("planned"),
    "efforts begun": PLAN.place("begun"),
    "plan followed": PLAN.place("followed"),
}


@frozen
class IndicatorRule:
    """How every indicator gets its level, and how far a plan that nobody has stated may be.

    `target` is the scale of how far a target can be reached, `years` those that the plan is for.
    """

    level_rule: LevelRule
    unstated: Ends
    target: Scale
    years: Years
    known: dict[tuple[MemberState, MemberState, bool], Member] = field(
        factory=dict, eq=False, repr=False
    )
    """What it came to in the cases of a target and a plan that were met: a member without name."""


def indicator_rule(plan: Plan, clauses: Iterable[Clause], levels: LevelScale) -> IndicatorRule:
    """The rule of a plan's `assess indicators`; else the best level if the target is reached."""
    best = Name(levels.scale.levels[-1])
    said = tuple(clauses) or (When(best, Fact("target reached")),)
    names = naming_of_facts(said)
    level_rule = lower_rule(LevelClauses(said, (), levels), names)
    statings = [each.body for each in plan.assess.statements] if plan.assess else []
    stated: dict[str, bool] = {
        each.fact.name: each.claimed for each in statings if isinstance(each, Stating)
    }
    taken: dict[str, bool] = CLAIMED | stated
    asked = [PLACES[name] for name, claimed in taken.items() if not claimed]
    unstated = Ends(0, max(asked, default=0))
    return IndicatorRule(level_rule, unstated, names.levels(TARGET).scale, years_of_plan(plan))


JUDGED_BY = (Target, ValueBands)
"""What the file says of how the number of an indicator is judged."""


class IndicatorProgram:
    """An indicator of a goal: what the file says of it, whatever the data say.

    `terms` are those that it is worked out from. `others` are those that its target, or that of one
    that its value or its target comes of, is measured from, and all that those come of; `compared`
    has the homes of those that its own targets name, by fold. It is `asked` for its own number
    where others are worked out, or measured, from that. `original` is what it is in an earlier
    period, where it is such a one. It hides figures `few_below` some number. Looked up in a table
    it has its `grid`.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a plan says of it
        self,
        goal: str,
        entry: IndicatorEntry,
        levels: LevelScale,
        terms: tuple[FormulaTerm, ...],
        others: tuple[Home, ...],
        compared: Mapping[str, Home],
        grid: Grid = (),
        original: tuple[Home, IndicatorEntry] | None = None,
    ) -> None:
        self.goal, self.entry, self.levels = goal, entry, levels
        self.slot, self.fold = Slot(goal, entry.name), folded(entry.name)
        self.terms, self.calendar = terms, calendar_of(entry)
        self.others, self.compared, self.asked, self.grid = others, compared, False, grid
        self.original = original[0] if original else None
        hides = (original[1] if original else entry).first(Hidden)
        self.few_below = hides.below if hides else None
        self.home: Home = goal, self.fold
        unit, worked_out, rounded = entry.first(Unit), entry.first(WorkedOut), entry.first(Rounded)
        self.unit = unit.text if unit else ""
        self.formula = worked_out.formula if worked_out else None
        self.decimals = rounded.decimals if rounded else None
        of_numbers = self.formula is not None and self.formula.kind not in OF_JUDGED
        self.number_terms: tuple[Home, ...] = tuple(
            (goal, term.fold) for term in terms if of_numbers and term.number is None
        )
        """Those that its value is worked out from by their numbers."""
        self.has_rule_for_numbers = bool(entry.first(Target) or entry.first(ValueBands))
        # A figure that is shown, and of which no level is said, is a number whatever it is.
        self.is_figure = entry.first(ShownOnly) is not None and entry.indicator.scale is None
        self._aims: dict[int, TargetSpec | None] = {}

    def judged_by(self, statements: Iterable[Statement]) -> "IndicatorProgram":
        """The same indicator with other bands and targets than its own."""
        said = [each for each in self.entry.statements if not isinstance(each.body, JUDGED_BY)]
        own = [each for each in statements if isinstance(each.body, JUDGED_BY)]
        entry = evolve(self.entry, statements=(*said, *own))
        return IndicatorProgram(self.goal, entry, self.levels, self.terms, (), {}, self.grid)

    def in_force(self, when: Month, rule: IndicatorRule) -> bool:
        """Whether the plan says by what a figure is judged that is of the time until a month.

        That is where it holds then, or the target names that year.
        """
        target = self.entry.first(Target)
        dated = target is not None and any(each.year == when[0] for each in target.aims)
        return dated or rule.years == ALL_YEARS or when in rule.years

    def work_out(self, formula: Formula, given: Sequence[Given]) -> Input:
        """Its value by its formula."""
        return work_out(formula, given, better_side(self.entry), self.decimals, self.grid)

    def aim(self, year: int) -> TargetSpec | None:
        """What is aimed at in a year."""
        if year not in self._aims:
            self._aims[year] = target_for(self.entry, year)
        return self._aims[year]


@frozen(slots=False)
class IndicatorCase:
    """One indicator in one period: what the file says of it and the rows that speak of it.

    `worked` is its value where it is worked out from others, `through` what it comes to by the end
    of the period where the file says how it adds up through the year. `terms` are those that it
    is worked out from, and `others` those of its program. `stands_for` is the indicator of an
    earlier period that this is, where it is one. A figure `few_below` which it is small is hidden,
    by what the file says of its period or of that which is assessed.
    """

    program: IndicatorProgram
    bound: BoundRows
    period: Period
    rule: IndicatorRule
    worked: Input | None = None
    through: ToDate | None = None
    terms: tuple["IndicatorCase", ...] = ()
    others: Mapping[Home, "IndicatorCase"] = field(factory=dict)
    stands_for: IndicatorProgram | None = None
    few_below: Decimal | None = None

    @property
    def indicator(self) -> IndicatorEntry:
        """The indicator, and what the file says of it."""
        return self.program.entry

    @property
    def slot(self) -> Slot:
        """What it is in the period that is assessed: the goal that counts it, and its name."""
        return (self.stands_for or self.program).slot

    @property
    def scale(self) -> Scale:
        """The scale of the indicator's level."""
        return self.program.levels.scale

    @property
    def number(self) -> Decimal | None:
        """The value as a number, from the row or worked out."""
        if self._known:
            return self._known.number
        value = self.row.value if self.row else None
        return value.number if isinstance(value, Amount) else None

    @property
    def applies(self) -> bool:
        """Whether the data, or those that it is worked out from, say that it applies."""
        if self.through:
            return self.through.worked.applies
        own = self.worked.applies if self.worked else True
        return own and status_of(self.row) != "not applicable"

    @property
    def missing(self) -> MemberReason:
        """Why there is no value, where there is none."""
        return self._known.reason if self._known else missing_reason(self.row)

    @property
    def _known(self) -> Input | None:
        """The value where it does not stand in one row."""
        return self.worked or (self.through.worked if self.through else None)

    @cached_property
    def share(self) -> Fraction | None:
        """How much of the target of the year is expected by the end of the period.

        A value that is worked out of totals is a total: expected of it is what is of all of them.
        One that is measured from itself in an earlier year is compared as both are by now.
        """
        said = self.program.calendar or self.indicator.first(Expected)
        if said or not self.is_total:
            found = expected_share(self.indicator, self.period, self.aim)
            if found is None and self.other and self.other.program.slot == self.program.slot:
                return Fraction(1)
            return found
        shares = {each.share if each.is_total else None for each in self.terms}
        return shares.pop() if len(shares) == 1 else None

    @property
    def is_total(self) -> bool:
        """Whether the value grows through the year: it, or what it is worked out of, is a total."""
        if self.program.calendar:
            return self.program.calendar.adds_up.kind == "total"
        formula = self.program.formula
        adds = formula is not None and formula.kind in GROWING
        return adds and any(each.is_total for each in self.terms)

    @property
    def exact(self) -> Fraction | None:
        """The value as it was worked out, which no decimals may hold."""
        if self.number is None:
            return None
        return Fraction(self._known.low if self._known else self.number)

    @cached_property
    def paced(self) -> Fraction | None:
        """What the value comes to for the whole target at the pace that is expected."""
        exact, share = self.exact, self.share
        if exact is None or not share:
            return None
        return exact if share == 1 else exact / share

    @property
    def rows(self) -> tuple[OutcomeRow, ...]:
        """Every row that speaks of the indicator."""
        return self.bound.every.get(self.program.slot, ())

    @cached_property
    def row(self) -> OutcomeRow | None:
        """The row that speaks of the indicator, if one does."""
        return self.through.row if self.through else self.bound.now.get(self.program.slot)

    @cached_property
    def target(self) -> ResolvedTarget:
        """The target, as bounds on the value.

        It is the same in all periods of a year, but where it is measured from another indicator.
        """
        if isinstance(self.aim, Compared):
            return resolve_target(self.aim, self.indicator, self._of_other)
        known, key = self.bound.of_year.targets, (self.program.slot, self.period.year)
        found = known.get(key)
        if found is None:
            before, of = None, ""
            if isinstance(self.aim, Change):
                before, of = self._before[0], self._reference_period()
            reference = reference_of(self.indicator, before, of)
            found = known[key] = resolve_target(self.aim, self.indicator, reference)
        return found

    @property
    def other(self) -> "IndicatorCase | None":
        """The indicator that the target of the year is measured from, if it is from one."""
        aim = self.aim
        home = (
            self.program.compared.get(folded(aim.name.text)) if isinstance(aim, Compared) else None
        )
        return self.others.get(home) if home else None

    @property
    def _of_other(self) -> Reference | None:
        """The value of the other indicator, as what it comes to for the year; None for none.

        A total of which the file does not say what is expected is taken to come as this one does.
        """
        other = self.other
        if other is None or not other.applies or other.program.slot in other.bound.waived:
            return None
        exact, share = other.exact, other.share or self.share
        if exact is None or not share:
            return None
        return Reference(decimal_of(exact / share), "indicator")

    @property
    def partial(self) -> bool:
        """Whether its outcome, or one that it is worked out from, is of another time than asked."""
        if self.through is None and self.row and self.row.period not in (None, self.period):
            return True
        others = (self.other,) if self.others else ()
        return any(each.partial for each in (*self.terms, *filter(None, others)))

    @property
    def aim(self) -> TargetSpec | None:
        """What is aimed at in the year."""
        return self.program.aim(self.period.year)

    @property
    def number_counts(self) -> bool:
        """Whether a number of its own is judged, or one that others are worked out from."""
        return self.program.asked or self.target.form != "parts"

    @property
    def used(self) -> tuple[OutcomeRow, ...]:
        """The rows that the value, or the level, is of."""
        if self.through:
            return self.through.counted
        return (self.row,) if self.row else ()

    @cached_property
    def _before(self) -> tuple[Decimal | None, tuple[OutcomeRow, ...]]:
        """The outcome of the year before, as far as it is known, and the rows that it is of."""
        if self.program.calendar:
            dated = [each for each in self.rows if each.period]
            found = to_date(dated, self.program.calendar, whole_year(self.period.year - 1))
            return found.worked.number, found.counted
        row = self.bound.before.get(self.program.slot)
        return (row.value.number, (row,)) if row and isinstance(row.value, Amount) else (None, ())

    @property
    def reference_rows(self) -> tuple[OutcomeRow, ...]:
        """The rows of the year before that the target is measured from."""
        return self._before[1] if self.target.reference_from == "year before" else ()

    def _reference_period(self) -> str:
        """What the outcome of the year before is of, where it is not of that whole year."""
        number, rows = self._before
        period = rows[0].period if len(rows) == 1 and not self.program.calendar else None
        if number is None or period in (None, whole_year(self.period.year - 1)):
            return ""
        return period.text if period else ""
