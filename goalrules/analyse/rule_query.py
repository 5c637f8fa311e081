"""The exact questions about one rule where its members stand: gains, losses, why, and what decides.

- `gains`, `losses`: the minimal changes that raise a level, or that lower it, and their cost;
- `verdict_diagrams`, `why_met`, `why_not_met`: the smallest sufficient reason of a verdict;
- `undecided`, `deciding`: the open members that can still decide, and what would follow.
"""

from collections.abc import Collection, Container, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import prod
from operator import ge

from attrs import evolve, field

from goalrules.analyse.bdd_queries import (
    ONE_MEMBER,
    Cost,
    cheapest,
    holds,
    in_all_above,
    joint_influences,
    less,
    restrict,
    support,
)
from goalrules.analyse.diagram import (
    FALSE,
    TRUE,
    Budget,
    OverBudgetError,
    Together,
    VariableOrder,
    variable_order,
)
from goalrules.analyse.minimal_sets import MinimalSetQuery, MinimalSets
from goalrules.analyse.pseudo_boolean import (
    Leaf,
    PseudoBoolean,
    ToPseudoBoolean,
    Variable,
    pseudo_boolean,
    summed,
)
from goalrules.core.ends import Standing
from goalrules.core.nodes import AtLeast, LevelRule, Meaning, Node, Reaches, fold
from goalrules.core.scales import Ends, known, verdict_of
from goalrules.core.vocabulary import BoundSide, Verdict
from goalrules.lazily import frozen

MOST_CASES_TOGETHER = 243
"""The cases of members that come of the same figures up to which they are moved together."""


@frozen(slots=False)
class RuleQuery:
    """A rule with its members as they stand once the policies of the file are applied.

    `ends` are between which places each member lies, `tops` the best place of each that data can
    fill; `unsaid` are members that none can. `quorums` count members that are `assessed` by their
    own outcomes: each is then at the second of two places; those `of_levels` are asked for from a
    place on. Where the goal is `barred`, too few are left for any verdict, whatever they are.
    Members stand `together` only as the figures that they come of let them, also one alone.

    Three conditions can be asked of a place, each as a formula over given variables; members
    without a variable stay where they are:

    - `surely_reaches`: the worst end of the level is at the place or better;
    - `possibly_reaches`: its best end is, whatever no data can fill;
    - `judged_to_reach`: there is a verdict, and the worst end is at the place or better.
    """

    level_rule: LevelRule
    ends: Mapping[str, Ends]
    tops: Mapping[str, int]
    unsaid: Collection[str] = ()
    quorums: tuple[AtLeast, ...] = ()
    of_levels: tuple[tuple[int, AtLeast], ...] = ()
    assessed: Mapping[str, Ends] = field(factory=dict)
    barred: bool = False
    together: tuple[Together, ...] = ()

    @property
    def members(self) -> list[str]:
        """The members that apply and that data can fill, in order."""
        return [name for name, each in self.ends.items() if each.applies and name in self.tops]

    @property
    def variables(self) -> list[Variable]:
        """Those members, each free to be at any of its places."""
        return [Variable(name, self.tops[name]) for name in self.members]

    def surely_reaches(self, place: int, variables: Iterable[Variable]) -> PseudoBoolean:
        """That the level is a place or better with every member at the worst of its ends."""
        node = self.level_rule.at(place)
        return True if node is None else pseudo_boolean(node, variables, self.ends)

    def possibly_reaches(self, place: int, variables: Iterable[Variable]) -> PseudoBoolean:
        """That the level can be a place or better: with what no data can fill at its best."""
        node, ends = self.level_rule.at(place), with_best(self.ends, self.unsaid)
        return True if node is None else pseudo_boolean(node, variables, ends, undefined=True)

    def judged_to_reach(self, place: int, variables: Iterable[Variable]) -> PseudoBoolean:
        """That the level surely is a place or better, and that enough are assessed and left."""
        varying = list(variables)
        open_at = {each.member: each.at for each in varying if each.at is not None}
        are_assessed: Meaning[PseudoBoolean | None] = _Assessed(
            {}, self.assessed, undefined=False, open_at=open_at
        )
        of_levels = (node for at, node in self.of_levels if place >= at)
        quorums = [fold(each, are_assessed) for each in (*self.quorums, *of_levels)]
        wanted = [not self.barred, self.surely_reaches(place, varying), *quorums]
        return summed(len(wanted), [(1, each or False) for each in wanted])

    def waits_for(self, member: str) -> bool:
        """Whether a member has yet to be assessed, and it is required that some are."""
        return self.assessed.get(member) == known(0)


@frozen(slots=False)
class _Assessed(ToPseudoBoolean):
    """Whether members are assessed; one that is open is so from the state after that on."""

    open_at: Mapping[str, int]

    def reaches(self, node: Reaches) -> PseudoBoolean | None:
        """That the member is assessed."""
        at = self.open_at.get(node.member)
        return super().reaches(node) if at is None else Leaf(node.member, at + 1)


def with_best(ends: Mapping[str, Ends], unsaid: Container[str]) -> Mapping[str, Ends]:
    """The ends of members, with those that no data can fill at the best of theirs."""
    return {name: known(each.best) if name in unsaid else each for name, each in ends.items()}


# What would raise a level, and what would lower it


def gains(
    query: RuleQuery,
    place: int,
    locked: Collection[str] = (),
    costs: Mapping[str, Decimal] | None = None,
) -> MinimalSets:
    """The minimal improvements after which the level is surely a place or better.

    Open members start at their worst. Locked ones stay there. A member costs what `costs` has for
    each place that it is raised; 1, where they have nothing. One that a quorum waits for can be
    found out to be where it starts, which costs nothing.
    """
    variables = [improvable(name, query) for name in query.members]
    wanted = query.judged_to_reach(place, variables)
    exact = {name: Fraction((costs or {}).get(name, 1)) for name in query.members}
    # Whole numbers are quicker to count with.
    prices: dict[str, Cost] = {
        name: each.numerator if each.denominator == 1 else each for name, each in exact.items()
    }
    marks = {name: (query.ends[name].worst, name in locked, prices[name]) for name in query.members}
    order = variable_order(variables, [wanted], marks, together=query.together)
    starts = [query.ends[each.member].worst for each in order.variables]
    choices = [
        range(start, start + 1 if each.member in locked else each.size)
        for each, start in zip(order.variables, starts, strict=True)
    ]

    def price(index: int, state: int) -> Cost:
        variable = order.variables[index]
        return prices[variable.member] * (variable.place(state) - starts[index])

    def place_in(index: int, state: int) -> int:
        return order.variables[index].place(state)

    return _moved(query, MinimalSetQuery(order, order.compile(wanted), choices, place_in, price))


def improvable(member: str, query: RuleQuery) -> Variable:
    """A member as a variable; one that a quorum waits for can be assessed where it starts."""
    open_at = query.ends[member].worst if query.waits_for(member) else None
    return Variable(member, query.tops[member], at=open_at)


def losses(query: RuleQuery, place: int) -> MinimalSets:
    """The minimal losses, from the worst of every member, after which a level is not sure."""
    kept = query.surely_reaches(place, query.variables)
    marks = {name: query.ends[name].worst for name in query.members}
    order = variable_order(query.variables, [kept], marks, together=query.together)
    worst = [query.ends[each.member].worst for each in order.variables]
    choices = [
        range(each.last - start, each.last + 1)
        for each, start in zip(order.variables, worst, strict=True)
    ]

    def price(index: int, state: int) -> Cost:
        return state - choices[index][0]

    def place_in(index: int, state: int) -> int:
        return order.variables[index].last - state

    lost = order.diagrams.dual(order.compile(kept))
    return _moved(query, MinimalSetQuery(order, lost, choices, place_in, price))


def _moved(query: RuleQuery, asked: MinimalSetQuery) -> MinimalSets:
    """The minimal sets of moves that figures let members make.

    Those that stand together with others are taken apart from them where they are in no way now,
    where figures that let them stand as they do bring it about already, or in too many ways.
    """
    order, diagram, choices = asked.order, asked.diagram, [*asked.choices]
    index_of = {name: index for index, name in enumerate(order.names)}
    together, apart = list[str](), list[str]()
    for each in query.together:
        found = {index_of[name]: n for n, name in enumerate(each.members) if name in index_of}
        indices = [*found]
        # Of two states of one place the first is that the level is not decided.
        state_at = {
            index: {asked.place(index, n): n for n in range(order.variables[index].size)}
            for index in indices
        }
        starts = [choices[index][0] for index in indices]
        stays = {n: start for n, start in enumerate(starts) if len(choices[indices[n]]) == 1}
        every = {tuple(state_at[index][way[n]] for index, n in found.items()) for way in each.ways}
        ways = [way for way in every if all(way[n] == start for n, start in stays.items())]
        if len(indices) > 1:
            few = prod(map(len, state_at.values())) <= MOST_CASES_TOGETHER
            can_be = few and any(all(map(ge, way, starts)) for way in ways)
            after = in_all_above(order.diagrams, diagram, indices, ways) if can_be else diagram
            if not can_be or holds(order.diagrams, after, [own[0] for own in choices]):
                apart += each.members
                continue
            diagram = after
            together += each.members
            apart += () if each.exact else each.members
        for n, index in enumerate(indices):
            own = {way[n] for way in ways}
            choices[index] = [choices[index][0], *(s for s in choices[index][1:] if s in own)]
    changed = evolve(asked, diagram=diagram, choices=choices)
    return evolve(changed.answer(), together=tuple(together), apart=tuple(apart))


# Why a verdict stands: a smallest prime implicant that the case satisfies, over ordered levels
# (Marques-Silva and Ignatiev, "Delivering Trustworthy AI through Formal XAI", AAAI 2022, call it an
# inflated abductive explanation): fewest members, then the least that is asked of them.


@frozen(slots=False)
class MemberBound:
    """That a member is at a place, or better (`at least`), or worse (`at most`)."""

    member: str
    side: BoundSide
    place: int


Justification = tuple[MemberBound, ...]
"""Members with their bounds, which give a verdict whatever the other members are."""


@frozen
class VerdictDiagram:
    """When a goal is met, or is not, whichever places the members that apply are at.

    It is the same for all cases in which the same members apply: the members of a kind stand in
    the same sums in the same way, so any of them may be in the place of another.
    """

    order: VariableOrder
    diagram: int
    side: BoundSide
    left: int
    """The steps that are left for each question."""

    def smallest(self, ends: Mapping[str, Standing]) -> Justification:
        """Members that decide it whatever the others are, as few as can be, where members stand.

        `OverBudgetError` where it takes too many steps.
        """
        met = self.side == "at least"
        places = {name: ends[name].worst if met else ends[name].best for name in self.order.names}
        # Those of a kind that are at the same place stand together.
        kinds: dict[int, dict[int, list[str]]] = {}
        for name, kind in zip(self.order.names, self.order.kinds, strict=True):
            kinds.setdefault(kind, {}).setdefault(places[name], []).append(name)
        names = [name for kind in kinds.values() for same in kind.values() for name in same]
        lasts = [each.last for each in self.order.variables]
        most = [
            places[name] if met else last - places[name]
            for name, last in zip(names, lasts, strict=True)
        ]
        choices = [range(each + 1) for each in most]
        found = cheapest(
            self.order.diagrams, self.diagram, FALSE, choices, lambda _, n: ONE_MEMBER + n,
            budget=Budget(self.left),
        )  # fmt: skip
        return tuple(
            MemberBound(names[n], self.side, state if met else lasts[n] - state)
            for n, state in (found.moves if found else ())
        )


def verdict_diagrams(query: RuleQuery, *, met: bool) -> dict[bool, VerdictDiagram]:
    """The diagram of a verdict, by whether it is met, where the members apply as in the query.

    With it that of the other verdict, where that is told by the same formula.
    """
    place, variables = query.level_rule.met, query.variables
    surely, possibly = (
        query.surely_reaches(place, variables),
        query.possibly_reaches(place, variables),
    )
    order = variable_order(variables, [surely if met else possibly])
    left = order.diagrams.budget
    found: dict[bool, VerdictDiagram] = {}
    if met or surely == possibly:
        found[True] = VerdictDiagram(order, order.compile(surely), "at least", left.left)
    if not met or surely == possibly:
        cannot = order.diagrams.dual(order.compile(possibly))
        found[False] = VerdictDiagram(order, cannot, "at most", left.left)
    return found


def why_met(query: RuleQuery) -> Justification:
    """Members that make a goal met whatever the others are, as few as can be."""
    return verdict_diagrams(query, met=True)[True].smallest(query.ends)


def why_not_met(query: RuleQuery) -> Justification:
    """Members that keep a goal from being met whatever the others are, as few as can be."""
    return verdict_diagrams(query, met=False)[False].smallest(query.ends)


# What can still decide an open verdict


@frozen
class PlaceFork:
    """A place that an open member can still take, and the verdict that would follow."""

    place: int
    verdict: Verdict


@frozen
class OpenMember:
    """An open member: what would follow from each place of it, and how often it decides.

    `settles` is the share of its places of which each settles the verdict alone. `influence` is
    the share of the cases of the other open members in which it decides whether the goal is
    surely met, or whether it can be: the greater of the two.
    """

    member: str
    forks: tuple[PlaceFork, ...]
    settles: Fraction
    influence: Fraction


@frozen
class Undecided:
    """The cases of the open members: in which a node is surely true, and in which it can be.

    Those that there are, as figures let members stand, are those in which `always` holds.
    """

    order: VariableOrder
    surely: int
    possibly: int
    always: int = TRUE

    @property
    def deciding(self) -> frozenset[str]:
        """The members of which some completion decides.

        Two completions that differ in such a member alone differ in being true, false, or open
        because a count has no meaning, or because of what no data can fill.
        """
        diagrams, names = self.order.diagrams, self.order.names
        return frozenset(
            names[n] for each in (self.surely, self.possibly) for n in support(diagrams, each)
        )

    def ranked(self) -> list[OpenMember]:
        """The members that can decide, those first that settle the verdict most often."""
        diagrams, always = self.order.diagrams, self.always
        both = (
            joint_influences(diagrams, diagrams.both(each, always), always)
            for each in (self.surely, self.possibly)
        )
        found: list[OpenMember] = []
        for index, ((deciding, others), (also, _)) in enumerate(zip(*both, strict=True)):
            share = Fraction(max(deciding, also), others)
            if share:
                variable = self.order.variables[index]
                forks = tuple(
                    PlaceFork(variable.place(state), self._verdict(index, state))
                    for state in range(variable.size)
                    if restrict(diagrams, always, index, state) != FALSE
                )
                settled = sum(each.verdict != "open" for each in forks)
                settles = Fraction(settled, len(forks))
                found.append(OpenMember(variable.member, forks, settles, share))
        return sorted(found, key=lambda each: (-each.settles, -each.influence))

    def _verdict(self, index: int, state: int) -> Verdict:
        """The verdict when one member is known: with the others at their worst, or their best."""
        diagrams, sizes = self.order.diagrams, self.order.diagrams.sizes
        if self.always == TRUE:
            worst, best = [0 for _ in sizes], [size - 1 for size in sizes]
            worst[index] = best[index] = state
            low, high = holds(diagrams, self.surely, worst), holds(diagrams, self.possibly, best)
            return verdict_of(Ends(low, high), 1)
        always, surely, possibly = (
            restrict(diagrams, each, index, state)
            for each in (self.always, self.surely, self.possibly)
        )
        low = less(diagrams, always, surely) == FALSE
        return verdict_of(Ends(low, diagrams.both(always, possibly) != FALSE), 1)


def undecided(
    node: Node,
    ends: Mapping[str, Ends],
    unsaid: Container[str] = (),
    together: Iterable[Together] = (),
) -> Undecided | None:
    """The cases of a node over the members that are open; None where they are too many."""
    variables = [
        Variable(name, each.best, each.worst)
        for name, each in ends.items()
        if each.applies and not each.decided and name not in unsaid
    ]
    surely = pseudo_boolean(node, variables, ends)
    possibly = pseudo_boolean(node, variables, with_best(ends, unsaid), undefined=True)
    try:
        order = variable_order(variables, [surely, possibly])
        left = (order.among(_left(each, ends)) for each in together)
        always = reduce(order.diagrams.both, left, TRUE)
        return Undecided(order, order.compile(surely), order.compile(possibly), always)
    except OverBudgetError:
        return None


def _left(together: Together, ends: Mapping[str, Ends]) -> Together:
    """The ways in which members can stand where each lies between its ends."""
    within = [ends.get(name) for name in together.members]
    left = (
        way
        for way in together.ways
        if all(
            own is None or not own.applies or own.worst <= place <= own.best
            for own, place in zip(within, way, strict=True)
        )
    )
    return evolve(together, ways=frozenset(left))


def deciding(
    node: Node, ends: Mapping[str, Ends], unsaid: Container[str] = ()
) -> frozenset[str] | None:
    """The open members of which some completion decides; None where they are too many."""
    found = undecided(node, ends, unsaid)
    return None if found is None else found.deciding
