"""Which levels members have together that come of the same figures, or of each other.

The figures are parted where a level changes, or the way in which a value comes of its terms: in
each part every value is linear in the figures, and every level known. So the parts that some
figures lie in (`analyse.linear`) have every way in which the members can stand, and no other.

What is linear in no part is taken to be free: a product of two figures, a quotient of them that
goes into another value, a degree of fulfilment, and whether a target is reached that is measured
from another figure. Then there may be ways that no figures give. An indicator of an earlier period
has figures of its own; what it came of, and what it was judged by, is not looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import combinations, product
from math import ceil, prod
from typing import NamedTuple, assert_never

from goalrules.analyse.diagram import Budget, OverBudgetError, Together, Way
from goalrules.analyse.linear import Below, Linear, at_most, can_hold, minus, times, total
from goalrules.assess.assessment import case_of
from goalrules.assess.binding import BoundRows
from goalrules.assess.formulas import Given, Input, decimal_of
from goalrules.assess.indicator_case import IndicatorCase, IndicatorProgram, IndicatorRule
from goalrules.assess.level_of import around, at_value, by_value, cuts_of, target_member
from goalrules.assess.plan_program import GoalProgram, PlanProgram
from goalrules.assess.to_date import whole_year
from goalrules.core.scales import Ends, known, unknown
from goalrules.core.vocabulary import PERIOD_CLASSES, PeriodClass
from goalrules.data.period import Period
from goalrules.language.plan import GoalEntry, Home, Plan, StepKind, better_side, sharing
from goalrules.language.statements import Clause, Expected, Possible, Target
from goalrules.language.syntax import OF_LEVELS, Change, Compared, Fact, Formula
from goalrules.text.names import folded

MOST_STEPS_OF_CELLS = 3_000
"""The steps in which the ways of members that are joined have to be found."""

ANY_YEAR = 2000
"""The year of targets that are of no year."""

Edge = tuple[Fraction, bool]
"""A number with the greater ones, and whether it is among them."""


class Value(NamedTuple):
    """A value: a linear form, divided by another that is above nought where that is not None.

    `passed_on` is what goes into other values; None where that is not linear.
    """

    form: Linear
    over: Linear | None
    passed_on: Linear | None


class Region(NamedTuple):
    """The values from one edge up to another that give the same: levels, and if they reach."""

    first: Edge | None
    after: Edge | None
    ends: Ends
    reached: bool | None


class MembersTogether:
    """The members of the goals of a plan that are joined, those of each goal worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._programs: dict[PeriodClass, PlanProgram] = {}
        self._known: dict[tuple[str, PeriodClass | None], tuple[Together, ...]] = {}

    def of(self, goal: GoalEntry, class_: PeriodClass | None) -> tuple[Together, ...]:
        """Those of a goal in a class of period, those that are joined with each other at a time."""
        key = goal.id, class_
        if key not in self._known:
            self._known[key] = tuple(self._found(goal, class_))
        return self._known[key]

    def _found(self, goal: GoalEntry, class_: PeriodClass | None) -> Iterator[Together]:
        assess = self._plan.assess
        said = [each.body for each in assess.statements] if assess else []
        differ = class_ is None and any(isinstance(each, Clause) and each.period for each in said)
        classes = PERIOD_CLASSES if differ else (class_ or "annual",)
        aims = [each.first(Target) for each in goal.indicators]
        dated = {int(each.year) for aim in aims if aim for each in aim.aims if each.year}
        for names in goal.joined():
            ways, exact, budget = set[Way](), True, Budget(MOST_STEPS_OF_CELLS)
            try:
                for of_class, year in product(classes, dated or {ANY_YEAR}):
                    if of_class not in self._programs:
                        self._programs[of_class] = PlanProgram(self._plan, of_class)
                    program, period = self._programs[of_class], whole_year(year)
                    of_goal = program.goals[goal.id]
                    steps = (each for each in program.steps if each[1] is of_goal)
                    in_order = [each for what, _, each in steps if what == "value"]
                    cells = Cells(program.rule, in_order, names, period, budget)
                    cells.walk(0, (), {}, {})
                    ways |= cells.ways | cells.ways_if_missing(_counted_as(of_goal))
                    exact = exact and cells.exact and (class_ == "annual" or cells.of_one_pace)
            except OverBudgetError:
                ways, exact = set(), False
            if exact or len(names) > 1:  # one alone is not taken apart from any other
                yield Together(names, frozenset(ways), exact)


def _counted_as(goal: GoalProgram) -> dict[str, int]:
    """The places that indicators of a goal count as where they are missing, by fold."""
    if not goal.clauses:
        return {}
    rule = goal.rule(dict.fromkeys(goal.groups, ())).rule
    levels = [each.level.text for each in rule.policies if each.of == "missing" and each.level]
    return {
        each.fold: rule.names.levels(each.entry.name).stands_for(level) or 0
        for each in goal.indicators
        for level in levels
    }


def standing_together(cases: Mapping[str, IndicatorCase]) -> Iterator[Together]:
    """The ways in which indicators of a period can stand, by the keys of their cases.

    Those that come of the same figures, or of each other, are one of them; others stand alone.
    """
    comes_of: dict[str, dict[Home, IndicatorProgram]] = {}
    for key, case in cases.items():
        before, left = list[IndicatorProgram](), [case]
        while left:  # what it comes of goes before it
            one = left.pop()
            before.insert(0, one.stands_for or one.program)
            left += () if one.stands_for else (*one.terms, *one.others.values())
        comes_of[key] = {each.home: each for each in before}
    for keys in sharing(comes_of):
        own = {home: each for key in keys for home, each in comes_of[key].items()}
        some, ways, exact = [cases[each] for each in keys], frozenset[Way](), False
        case = next((each for each in some if not each.stands_for), some[0])
        members = [each.stands_for or each.program for each in some]
        of, *others = members
        if not others and not of.formula and of.entry.first(Possible) is None:
            regions = regions_of(of, case.period, case.rule)
            places = {n for each in regions for n in range(each.ends.worst, each.ends.best + 1)}
            ways, exact = frozenset((place,) for place in places), True
        elif len({each.goal for each in own.values()}) == 1:
            with suppress(OverBudgetError):
                names, budget = [each.entry.name for each in members], Budget(MOST_STEPS_OF_CELLS)
                cells = Cells(case.rule, tuple(own.values()), names, case.period, budget)
                cells.walk(0, (), {}, {})
                ways, exact = frozenset(cells.ways), cells.exact
        if ways or others:
            yield Together(tuple(keys), ways, exact)


def regions_of(program: IndicatorProgram, period: Period, rule: IndicatorRule) -> Iterator[Region]:
    """The values of an indicator in a period that give the same, in their order."""
    scale = program.levels.scale
    by_then = program.original is not None and not program.has_rule_for_numbers
    if by_then or isinstance(program.aim(period.year), Change | Compared):
        yield Region(None, None, unknown(scale), None)
        return
    case = case_of(program, BoundRows({}, {}, {}, {}), period, rule)
    cuts = sorted({*cuts_of(case)})
    edges: list[Edge | None] = [None]
    edges += ((cut, closed) for cut in cuts for closed in (True, False))
    starts = list[tuple[Edge | None, tuple[Ends, bool | None]]]()
    for edge, number in zip(edges, around(cuts), strict=True):
        one = at_value(case, number)
        target = target_member(one)
        reached = target.best == target.levels[-1] if target.decided else None
        found = by_value(one).ends, reached
        if not starts or starts[-1][1] != found:
            starts.append((_unrounded(edge, program), found))
    ends = [*(edge for edge, _ in starts[1:]), None]
    for (edge, found), end in zip(starts, ends, strict=True):
        yield Region(edge, end, *found)


class Cells:
    """The parts of all figures in which no level of some members changes, walked one by one.

    A figure is known by the number of the step that takes it in.
    """

    def __init__(
        self,
        rule: IndicatorRule,
        programs: Sequence[IndicatorProgram],
        names: Sequence[str],
        period: Period,
        budget: Budget,
    ) -> None:
        """Take members and, in the order of working out, programs that theirs are among."""
        self.budget = budget
        self.members = [folded(each) for each in names]
        own = {each.fold: each for each in programs}
        below, left = {*self.members}, [*self.members]
        while left:
            new = {each.fold for each in own[left.pop()].terms} & own.keys() - below
            below |= new
            left += new
        needed = [each for each in programs if each.fold in below]
        self.terms = {term.fold for each in needed for term in each.terms}
        self.judged = {
            term.fold
            for each in needed
            if each.formula and each.formula.kind in OF_LEVELS
            for term in each.terms
        }
        asked = self.judged | {*self.members}
        both: tuple[StepKind, StepKind] = ("value", "level")
        self.steps = [
            (what, each) for each in needed for what in (both if each.fold in asked else both[:1])
        ]
        self.regions = {
            each.fold: tuple(regions_of(each, period, rule))
            for what, each in self.steps
            if what == "level"
        }
        paces = [(each.entry.first(Expected), each.calendar) for each in needed if not each.formula]
        self.of_one_pace = all(each == paces[0] for each in paces)
        self.exact = not any(
            each.original or isinstance(each.aim(period.year), Compared) for each in needed
        )
        self.ways = set[Way]()

    def walk(
        self,
        at: int,
        bounds: tuple[Below, ...],
        values: Mapping[str, Value],
        levels: Mapping[str, Region],
    ) -> None:
        """Take a step in every way that some figures go; at the end keep how the members stand."""
        if at == len(self.steps):
            ends = [levels[each].ends for each in self.members]
            every = [range(each.worst, each.best + 1) for each in ends]
            self.budget.take(prod(map(len, every)))
            self.ways.update(product(*every))
            return
        what, program = self.steps[at]
        fold = program.fold
        if what == "value":
            for more, value in self._values(at, program, values, levels):
                if not more or can_hold((*bounds, *more), self.budget):
                    self.walk(at + 1, (*bounds, *more), {**values, fold: value}, levels)
            return
        for region in self.regions[fold]:
            more = tuple(_within(values[fold], region))
            if can_hold((*bounds, *more), self.budget):
                places = range(region.ends.worst, region.ends.best + 1)
                for each in map(known, places) if fold in self.judged else (region.ends,):
                    found = {**levels, fold: region._replace(ends=each)}
                    self.walk(at + 1, (*bounds, *more), values, found)

    def ways_if_missing(self, counted_as: Mapping[str, int]) -> set[Way]:
        """The ways where some figures are missing, and what comes of them counts as a level.

        Values that leave out what is missing may still be there, so then some ways may be none.
        """
        if not self.members or self.members[0] not in counted_as:
            return set()
        programs = {each.fold: each for _, each in self.steps}
        lost = {frozenset[str]()}
        for figure in (each.fold for each in programs.values() if not each.formula):
            gone = {figure}
            for fold, each in programs.items():
                if any(term.fold in gone for term in each.terms):
                    gone.add(fold)
                    lacking = each.formula and each.formula.lacking
                    self.exact = self.exact and not lacking
            lost |= {each | gone.intersection(self.members) for each in lost}
            self.budget.take(len(lost))
        return {
            tuple(
                counted_as[fold] if fold in each else place
                for fold, place in zip(self.members, way, strict=True)
            )
            for each in lost
            for way in self.ways
        }

    def _values(
        self,
        at: int,
        program: IndicatorProgram,
        values: Mapping[str, Value],
        levels: Mapping[str, Region],
    ) -> Iterator[tuple[tuple[Below, ...], Value]]:
        """What a value comes to, each way with where the figures have to lie for it."""
        figure = tuple(Fraction(n == at) for n in range(len(self.steps) + 1))
        free = Value(figure, None, figure)
        formula, possible = program.formula, program.entry.first(Possible)
        if formula is None:
            low = None if possible is None else possible.low
            high = None if possible is None else possible.high
            edges = (
                None if low is None else (Fraction(low), True),
                None if high is None else (Fraction(high), False),
            )
            yield tuple(_within(free, Region(*edges, known(0), None))), free
            return
        forms = list[Form]()
        if formula.kind in OF_LEVELS:
            number = _of_levels(program, formula, levels)
            forms += () if number is None else [((), self._number(number), None)]
        else:
            terms = [
                self._number(Fraction(each.number))
                if each.number is not None
                else values[each.fold].passed_on
                for each in program.terms
            ]
            linear = [each for each in terms if each is not None]
            forms += _forms(program, formula, linear) if len(linear) == len(terms) else ()
        if not forms:
            self.exact = False
            yield (), free
        for bounds, form, over in forms:
            if over is not None:
                yield bounds, Value(form, over, None)
            elif program.decimals is None or not any(form[:-1]):
                yield bounds, Value(form, None, form)
            else:  # rounded, it is a figure of its own that lies near; how near is not told apart
                half = Fraction(1, 2 * 10 ** int(program.decimals))
                near = self._number(half)
                above = at_most(minus(figure, form), near)
                below = at_most(minus(form, figure), near)
                self.exact = self.exact and program.fold not in self.terms
                yield (*bounds, above, below), Value(form, None, figure)

    def _number(self, number: Fraction) -> Linear:
        return (*(Fraction(0) for _ in self.steps), number)


def _of_levels(
    program: IndicatorProgram, formula: Formula, levels: Mapping[str, Region]
) -> Fraction | None:
    """What the levels of terms come to, or the targets that they reach; None for unknown."""
    given = list[Given]()
    for term in program.terms:
        region = levels.get(term.fold)
        if region is None or (region.reached is None and isinstance(formula.asked, Fact)):
            return None
        worth = term.worth[region.ends.worst] if term.worth else Fraction(bool(region.reached))
        given.append(Given(term.name, Input(decimal_of(worth), ends=(worth, worth)), term.weight))
    found = program.work_out(formula, given).low
    return found if isinstance(found, Fraction) else None


def _unrounded(edge: Edge | None, program: IndicatorProgram) -> Edge | None:
    """The edge of what is rounded to the values above one: half of the last decimal below them.

    Halves are rounded away from nought.
    """
    if edge is None or program.decimals is None:
        return edge
    number, closed = edge
    step = Fraction(1, 10 ** int(program.decimals))
    least = ceil(number / step) * step
    if least == number and not closed:
        least += step
    return least - step / 2, least > 0


def _within(value: Value, region: Region) -> Iterator[Below]:
    """That a value lies in a region; its form compared with the edge times what divides it."""
    over = value.over or (*(Fraction(0) for _ in value.form[:-1]), Fraction(1))
    if region.first:
        number, closed = region.first
        yield at_most(times(over, number), value.form, strictly=not closed)
    if region.after:
        number, closed = region.after
        yield at_most(value.form, times(over, number), strictly=closed)


Form = tuple[tuple[Below, ...], Linear, Linear | None]
"""Where some figures have to lie, the form that a value has there, and what divides it."""


def _forms(program: IndicatorProgram, formula: Formula, terms: Sequence[Linear]) -> Iterator[Form]:
    """The forms of a value, one for each way in which it comes of its terms; none where unknown."""
    weights, side = [each.weight for each in program.terms], better_side(program.entry)
    match formula.kind:
        case "sum" | "mean":
            few = formula.few
            size = int(few.number) if few else len(terms)
            lowest = few is not None and (few.kind == "worst") == (side == "higher")
            for taken in combinations(range(len(terms)), size):
                left = [each for n, each in enumerate(terms) if n not in taken]
                pairs = [(terms[n], each) for n in taken for each in left]
                bounds = [at_most(*(pair if lowest else reversed(pair))) for pair in pairs]
                form = total(times(terms[n], weights[n]) for n in taken)
                whole = sum((weights[n] for n in taken), Fraction(0))
                yield tuple(bounds), form if formula.kind == "sum" else times(form, 1 / whole), None
        case "best" | "worst":
            highest = (formula.kind == "best") == (side == "higher")
            for one in terms:
                others = ((each, one) if highest else (one, each) for each in terms)
                yield tuple(at_most(*pair) for pair in others), one, None
        case "difference":
            yield (), minus(*terms), None
        case "product" | "share" | "quotient":
            yield from _products(formula, *terms)
        case (
            "sum of points" | "mean of points" | "share of members" | "number of members"
            | "fulfilment" | "table"
        ):  # fmt: skip
            return
        case _:
            assert_never(formula.kind)


def _products(formula: Formula, one: Linear, other: Linear) -> Iterator[Form]:
    """The forms of a product, of which one term is a number, and of a quotient.

    What divides is above or below nought: there is no value where it is nought.
    """
    if formula.kind == "product":
        if any(one[:-1]):
            one, other = other, one
        if not any(one[:-1]):
            yield (), times(other, one[-1]), None
        return
    form = times(one, Fraction(100 if formula.kind == "share" else 1))
    nought = times(other, Fraction(0))
    if any(other[:-1]) or not other[-1]:
        less = Fraction(-1)
        yield (at_most(nought, other, strictly=True),), form, other
        yield (at_most(other, nought, strictly=True),), times(form, less), times(other, less)
    else:
        yield (), times(form, 1 / other[-1]), None
