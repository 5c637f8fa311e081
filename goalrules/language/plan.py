"""A rule file as the plan it describes: each goal with its indicators and clauses."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import UnionType
from typing import Literal, TypeAlias, TypeVar, cast

from attrs import evolve, field

from goalrules.core.vocabulary import BetterSide
from goalrules.language import statements as st
from goalrules.language.statements import Body, GoalHead, Statement
from goalrules.language.syntax import (
    OF_JUDGED,
    OF_LEVELS,
    Bound,
    Change,
    Compared,
    Condition,
    Count,
    Formula,
    Joined,
    Name,
    Score,
    Single,
    TargetSpec,
    Term,
)
from goalrules.lazily import frozen
from goalrules.text.languages import Language
from goalrules.text.names import folded
from goalrules.versions import RULE_LANGUAGE

Kind = TypeVar("Kind", bound=Body)
Key = TypeVar("Key")

StepKind: TypeAlias = Literal["value", "level"]
Home: TypeAlias = tuple[str, str]
"""The goal that an indicator belongs to, and the fold of its name."""

Step: TypeAlias = tuple[StepKind, Home]
"""The value or the level of an indicator as a step of working out."""


@frozen
class Entry:
    """A statement that others belong to, and those, in the order of the file."""

    head: Statement
    statements: tuple[Statement, ...] = ()
    _firsts: dict[type, Body | None] = field(init=False, factory=dict, eq=False, repr=False)
    """The first statement of each kind that was asked for, which is asked again and again."""

    def all(self, kind: type[Body] | UnionType) -> tuple[Statement, ...]:
        """The statements of a kind, or of any of several."""
        return tuple(each for each in self.statements if isinstance(each.body, kind))

    def first(self, kind: type[Kind]) -> Kind | None:
        """What the first statement of a kind says, or None where there is none."""
        if kind not in self._firsts:
            bodies = (each.body for each in self.statements)
            self._firsts[kind] = next((body for body in bodies if isinstance(body, kind)), None)
        return cast("Kind | None", self._firsts[kind])


@frozen
class IndicatorEntry(Entry):
    """An indicator and what the file says of it; `shared` is the goal that it is taken from.

    `earlier` says which other one it is, and how many years before, where it is one of an earlier
    period.
    """

    indicator: st.Indicator = field(kw_only=True)
    shared: Name | None = None
    earlier: st.Earlier | None = None

    @property
    def label(self) -> Name:
        """The indicator's name and where it stands."""
        return self.indicator.names[0]

    @property
    def name(self) -> str:
        """The indicator's name, which is unique within its goal."""
        return self.label.text

    @property
    def is_table(self) -> bool:
        """Whether it has its level from a table, and no number."""
        worked_out = self.first(st.WorkedOut)
        return worked_out is not None and worked_out.formula.kind == "table"


@frozen
class GroupEntry(Entry):
    """A group that the data fill in, and what the file says of each of its members."""

    group: st.Group = field(kw_only=True)

    @property
    def name(self) -> str:
        """The group's name, which is unique within its goal."""
        return self.group.name.text

    @property
    def shown_only(self) -> bool:
        """Whether its members are shown and not counted."""
        return self.first(st.ShownOnly) is not None


@frozen
class GoalEntry(Entry):
    """A goal, or the board's contribution to a council goal, with its indicators and rule.

    `reported` are its groups that the data fill in. `broken` says that a sentence of it could not
    be read, so that it is not known whole.
    """

    goal: GoalHead = field(kw_only=True)
    area: str = ""
    indicators: tuple[IndicatorEntry, ...] = ()
    reported: tuple[GroupEntry, ...] = ()
    broken: bool = False
    kind_called: str = ""
    """What the plan calls every goal of its kind; empty where it has no word for them."""

    @property
    def called(self) -> str:
        """The file's own word for what it is, which stands before its id; empty for none."""
        own = self.first(st.Called)
        return own.text if own else self.kind_called

    @property
    def id(self) -> str:
        """The goal's id, which is unique within the plan."""
        return self.goal.id.text

    @property
    def groups(self) -> tuple[st.Group, ...]:
        """The goal's groups of members."""
        return tuple(each.body for each in self.statements if isinstance(each.body, st.Group))

    def terms_of(self, formula: Formula) -> Iterator[tuple[str, Term]]:
        """The names that the terms of a value stand for, each with its term.

        A group stands for those of its members that are no terms themselves; one that the data fill
        in, for itself.
        """
        listed = {folded(each.name.text): each for each in self.groups if not each.reported}
        named = {folded(term.name.text) for term in formula.terms}
        for term in formula.terms:
            if term.number is not None:
                continue
            group = listed.get(folded(term.name.text))
            if group is None:
                yield term.name.text, term
            for each in group.members if group else ():
                if folded(each.text) not in named:
                    named.add(folded(each.text))
                    yield each.text, term

    def original(self, entry: IndicatorEntry) -> IndicatorEntry | None:
        """The indicator of the goal that an earlier one is; None where there is no such."""
        wanted = folded(entry.earlier.of.text) if entry.earlier else ""
        return next(
            (each for each in self.indicators if folded(each.name) == wanted and not each.earlier),
            None,
        )

    def joined(self) -> tuple[tuple[str, ...], ...]:
        """Its own indicators that count and come of the same ones, or of each other, put together.

        That is their values, or the targets that they are compared with. A table stands alone too,
        since it may not have all levels.
        """
        own = [each for each in self.indicators if not each.shared]
        comes_of: dict[str, set[str]] = {}
        for each in own:
            worked_out, fold = each.first(st.WorkedOut), folded(each.name)
            terms = self.terms_of(worked_out.formula) if worked_out else ()
            comes_of[fold] = {fold, *compared_with(each), *(folded(name) for name, _ in terms)}
        counted = [each for each in own if each.first(st.ShownOnly) is None]
        found = [
            [each for each in counted if folded(each.name) in one] for one in sharing(comes_of)
        ]
        return tuple(
            tuple(each.name for each in one)
            for one in found
            if len(one) > 1 or any(each.is_table for each in one)
        )

    @property
    def followed_up_only(self) -> bool:
        """Whether the plan gives the goal no verdict."""
        return self.first(st.FollowedUp) is not None


def sharing(found: Mapping[Key, Collection[object]]) -> list[list[Key]]:
    """Those that have something in common, or have it through others, put together."""
    clusters: list[tuple[list[Key], set[object]]] = []
    for key, own in found.items():
        keys, things = [key], set(own)
        for cluster in [each for each in clusters if not each[1].isdisjoint(things)]:
            clusters.remove(cluster)
            keys, things = [*cluster[0], *keys], things | cluster[1]
        clusters.append((keys, things))
    return [keys for keys, _ in clusters]


@frozen
class Plan:
    """The whole of a rule file: what it says of the plan, of every indicator, and each goal.

    `assess_again` are further rules for every indicator, each for other years than the first.
    `broken` says that a sentence of it could not be read, so that it is not known whole;
    `broken_scale` that such a one was a scale, so that its levels are not known; `broken_years`
    that such a one said in which years something holds.
    """

    language: Language
    statements: tuple[Statement, ...] = ()
    assess: Entry | None = None
    goals: tuple[GoalEntry, ...] = ()
    broken: bool = False
    broken_scale: bool = False
    broken_years: bool = False
    assess_again: tuple[Entry, ...] = ()
    version: str = RULE_LANGUAGE
    """Of the rule language, as the first line of the file names it."""
    calls_goals: bool = False
    """Whether any goal is called by a word of the file's own."""
    other_readings: tuple[st.Interpretation, ...] = ()
    """The interpretations that state another reading, each once, wherever they stand."""
    sha256: str = field(default="", eq=False, repr=False)
    """Of the text of the file, in hexadecimal digits; empty where it is not known."""

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """What the statements of a kind say."""
        return tuple(each.body for each in self.statements if isinstance(each.body, kind))


def called_goals(plan: Plan) -> dict[str, str]:
    """What goals are called by the file's own words, by their ids."""
    return {goal.id: goal.called for goal in plan.goals if goal.called}


def is_even(indicator: IndicatorEntry) -> bool:
    """Whether an indicator is measured as often all through the year, the last time at its end."""
    measured = indicator.first(st.Measured)
    months = measured.months if measured else st.ALL_MONTHS
    return months == tuple(range(months[0], len(st.ALL_MONTHS) + 1, months[0]))


def better_side(indicator: IndicatorEntry) -> BetterSide | None:
    """Which way the indicator gets better: as declared, or as its targets show."""
    declared = indicator.first(st.Better)
    if declared:
        return declared.side
    target = indicator.first(st.Target)
    sides = {side_of(dated.aim) for dated in target.aims} - {None} if target else set()
    return sides.pop() if len(sides) == 1 else None


def compared_with(indicator: IndicatorEntry) -> tuple[str, ...]:
    """The folds of the names of the indicators that targets of one are measured from."""
    target, found = indicator.first(st.Target), list[str]()
    for dated in target.aims if target else ():
        if isinstance(dated.aim, Compared):
            found.append(folded(dated.aim.name.text))
    return tuple(found)


def homes_of(goal: GoalEntry, plan: Plan) -> dict[str, tuple[Home, IndicatorEntry]]:
    """Each indicator of a goal by fold: its home and what is said of it there, where it has one."""
    found: dict[str, tuple[Home, IndicatorEntry]] = {}
    for entry in goal.indicators:
        fold, id_ = folded(entry.name), entry.shared.text if entry.shared else goal.id
        home = goal if id_ == goal.id else next((e for e in plan.goals if e.id == id_), None)
        own = home.indicators if home else ()
        same = (each for each in own if folded(each.name) == fold and not each.shared)
        said = next(same, None) if entry.shared else entry
        if said:
            found[fold] = (id_, fold), said
    return found


def rests_on(goal: GoalEntry, plan: Plan) -> dict[str, tuple[Home, ...]]:
    """What each indicator of a goal rests on where a target is measured from another; by fold.

    That is where its own target is, or that of one that its value or its target comes of: then the
    numbers of all of these tell of each other. What it says of levels tells no number.
    """
    found: dict[str, tuple[Home, ...]] = {
        folded(e.name): () for e in goal.indicators if not e.shared
    }
    if not any(map(compared_with, goal.indicators)):
        return found
    goals = {goal.id: (goal, homes_of(goal, plan))}
    for start, entry in [each for each in goals[goal.id][1].values() if each[0][0] == goal.id]:
        known: dict[Home, None] = {start: None}
        left, is_compared = [(start[0], entry)], False
        while left:
            id_, said = left.pop()
            if id_ not in goals:
                other = next(each for each in plan.goals if each.id == id_)
                goals[id_] = other, homes_of(other, plan)
            (here, homes), worked_out = goals[id_], said.first(st.WorkedOut)
            takes = worked_out is not None and worked_out.formula.kind not in OF_LEVELS
            terms = here.terms_of(worked_out.formula) if worked_out and takes else ()
            compared = compared_with(said)
            is_compared = is_compared or bool(compared)
            for fold in (*(folded(name) for name, _ in terms), *compared):
                if fold in homes and homes[fold][0] not in known:
                    home, its = homes[fold]
                    known[home] = None
                    left.append((home[0], its))
        found[start[1]] = tuple(each for each in known if each != start) if is_compared else ()
    return found


def known_before(
    goal: GoalEntry, plan: Plan, others: Mapping[str, tuple[Home, ...]]
) -> dict[Step, list[Step]]:
    """What has to be known before the value, and the level, of each of a goal's own indicators.

    A value of numbers takes the values of its terms, one of how they are judged their levels too. A
    level takes the value, and the values of what it rests on where targets are compared (`others`).
    So three can be compared with their mean, but none with the number of them that are green. One
    of an earlier period takes the same of what it was then, which is known in the end where it
    could be known within one period.
    """
    found: dict[Step, list[Step]] = {}
    homes = homes_of(goal, plan) if any(each.earlier for each in goal.indicators) else {}
    for entry in goal.indicators:
        if entry.shared:
            continue
        fold, worked_out = folded(entry.name), entry.first(st.WorkedOut)
        terms = goal.terms_of(worked_out.formula) if worked_out else ()
        what: StepKind = "value"
        if worked_out and worked_out.formula.kind in OF_JUDGED:
            what = "level"
        folds = [each for each in (folded(name) for name, _ in terms) if each in others]
        home = goal.id, fold
        found["value", home] = [(what, (goal.id, each)) for each in folds]
        found["level", home] = [("value", each) for each in (home, *others[fold])]
        original = goal.original(entry) if entry.earlier else None
        if original and folded(original.name) in homes:
            then, _ = homes[folded(original.name)]
            found["value", home].append(("value", then))
            found["level", home].append(("level", then))
    return found


def rests_on_levels(goal: GoalEntry, fold: str) -> bool:
    """Whether the value of an indicator of a goal comes of how others are judged."""
    own = {folded(each.name): each.first(st.WorkedOut) for each in goal.indicators}
    known, left = {fold}, [fold]
    while left:
        worked_out = own.get(left.pop())
        if worked_out and worked_out.formula.kind in OF_JUDGED:
            return True
        terms = goal.terms_of(worked_out.formula) if worked_out else ()
        new = {folded(name) for name, _ in terms} - known
        known |= new
        left += new
    return False


def side_of(aim: TargetSpec) -> BetterSide | None:
    """Which way a target shows the indicator to get better."""
    match aim:
        case Change("increase" | "decrease", at_most=at_most):
            return "higher" if (aim.direction == "increase") != at_most else "lower"
        case Compared(side=side, way=way):
            return "higher" if (side in ("at least", "over")) == (way != "under") else "lower"
        case Bound("at least" | "over"):
            return "higher"
        case Bound("at most" | "under"):
            return "lower"
        case _:
            return None


def assessments(plan: Plan) -> tuple[Entry, ...]:
    """The rules by which every indicator gets its level, each for years of its own."""
    return (plan.assess, *plan.assess_again) if plan.assess else ()


def everything_said(plan: Plan) -> Iterator[Statement]:
    """Every statement of a plan; one that is said of several indicators once for each."""
    yield from plan.statements
    for entry in assessments(plan):
        yield from (entry.head, *entry.statements)
    for goal in plan.goals:
        yield from said_of_goal(goal)


def together_of(goal: GoalEntry) -> tuple[Statement, ...]:
    """What is said of a goal in all units together, as it is said of one elsewhere."""
    return tuple(
        evolve(each, body=each.body.said)
        for each in goal.statements
        if isinstance(each.body, st.Together)
    )


def said_of_goal(goal: GoalEntry) -> Iterator[Statement]:
    """Every statement of a goal, of its indicators and of its groups."""
    for entry in (goal, *goal.indicators):
        yield from (entry.head, *entry.statements)
    for group in goal.reported:  # the head of which is a statement of the goal
        yield from group.statements


def goals_named(statements: Iterable[Statement]) -> Iterator[Name]:
    """The other goals that some clauses name."""
    for statement in statements:
        match statement.body:
            case (
                st.When(condition=condition)
                | st.Requires(condition)
                | st.RequiresFor(count=condition)
            ):
                yield from _named(condition, goals=True)
            case (
                st.Limit(condition=condition)
                | st.Shift(condition=condition)
                | st.Remark(condition=condition)
            ) if condition:
                yield from _named(condition, goals=True)
            case st.SameAs(name):
                yield name
            case st.Extreme():
                yield from _named(statement.body, goals=True)
            case _:
                continue


def members_named(statements: Iterable[Statement]) -> Iterator[Name]:
    """The members and groups that some clauses name, or that take the place of others."""
    for statement in statements:
        match statement.body:
            case (
                st.When(condition=condition)
                | st.Requires(condition)
                | st.RequiresFor(count=condition)
            ):
                yield from _named(condition, goals=False)
            case st.Limit(condition=condition) | st.Shift(condition=condition):
                yield from _named(condition, goals=False)
            case st.Extreme():
                yield from _named(statement.body, goals=False)
            case st.Policy(instead=name) if name:
                yield name
            case _:
                continue


def _named(condition: Condition | st.Extreme, *, goals: bool) -> Iterator[Name]:
    match condition:
        case Count(scope=scope) | Score(scope=scope) | st.Extreme(scope=scope):
            yield from scope.names if scope.goals == goals else ()
            yield from scope.beside if goals else ()
        case Single(member=name, goal=goal) if goal == goals:
            yield name
        case Joined(parts=parts):
            for part in parts:
                yield from _named(part, goals=goals)
        case _:
            return
