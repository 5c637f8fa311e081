"""Two plans compared: goal by goal, for every possible outcome of the members of both."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import evolve

from goalrules.assess.possible import STAND_INS, Possible, possibilities, unsaid_rule
from goalrules.compare.facts import (
    facts_of_goals,
    facts_of_items,
    facts_of_rules,
    facts_of_statings,
    goal_item,
    thing,
)
from goalrules.compare.pairing import GoalPair, MovedEntry, PairedEntry, Pairing, items_of
from goalrules.compare.result import ChangeKind, Difference, FactChange, PlanItem
from goalrules.compare.rules import Rules, Things, compare_rules
from goalrules.core.vocabulary import PERIOD_CLASSES, PeriodClass
from goalrules.language.levels import scales_of
from goalrules.language.lower import PLAN_STATUS, TARGET
from goalrules.language.naming import (
    PlanNames,
    goal_key,
    levels_of_entry,
    plan_names,
)
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.language.statements import ShownOnly
from goalrules.lazily import frozen
from goalrules.text.names import folded

EACH: Mapping[str, str] = {TARGET: TARGET, PLAN_STATUS: PLAN_STATUS}
"""The members of the rule of every indicator, which are the same in every file."""


@frozen
class Plans:
    """Two plans, with what in one is what in the other."""

    old: Plan
    new: Plan
    pairing: Pairing

    def differences(self) -> Iterator[Difference]:
        """What became of the rule of every indicator, and of every goal."""
        before, after = _rules_of(self.old), _rules_of(self.new)
        each = self._of_indicators(before.get("", {}), after.get("", {}))
        goals = [
            self._of_goal(pair, before.get(_key(pair.old), {}), after.get(_key(pair.new), {}))
            for pair in self.pairing.goals
        ]
        yield from each
        yield from self._with_below(goals)

    def _of_indicators(self, old: Rules, new: Rules) -> Iterator[Difference]:
        if old or new:
            rules = _filled(old, self.old), _filled(new, self.new)
            found = tuple(compare_rules(*rules, EACH, {}))
            facts = tuple(facts_of_statings(self.old, self.new))
            own = PlanItem("indicators", "")
            yield Difference(own, own, _whole([each.kind for each in found]), found, facts=facts)

    def _of_goal(self, pair: GoalPair, old: Rules, new: Rules) -> Difference:
        if not (pair.old and pair.new):
            return self._alone(pair)
        keys = self._keys(pair)
        things = _things(pair, self.pairing)
        found = tuple(compare_rules(old, new, keys, things))
        went, came = _apart(pair.old, pair, 0), _apart(pair.new, pair, 1)
        return Difference(
            _goal(pair.old),
            _goal(pair.new),
            _whole([each.kind for each in found]),
            found,
            tuple(self._arrived(each, pair.new) for each in came),
            tuple(map(thing, went)),
            (_counted(pair.old), _counted(pair.new)),
            (
                *facts_of_goals((pair.old, self.old), (pair.new, self.new)),
                *_beside(old, new, keys),
                *self._of_members(pair, keys),
            ),
        )

    def _alone(self, pair: GoalPair) -> Difference:
        """A goal without a counterpart; if it is new, with the members that moved to it."""
        kind: ChangeKind = "removed" if pair.old else "new"
        came = tuple(thing(is_, was.id) for was, _, _, is_ in self._moved_to(pair.new))
        facts = tuple(self._of_members(pair, {}))
        return Difference(_goal(pair.old), _goal(pair.new), kind, came=came, facts=facts)

    def _moved_to(self, goal: GoalEntry | None) -> list[MovedEntry]:
        """The members of a goal that were in another one."""
        return [each for each in self.pairing.moved if each[2] is goal]

    def _keys(self, pair: GoalPair) -> dict[str, str]:
        """What the new file calls each member that a goal of the old one can count."""
        keys = {
            one: other
            for items in pair.items
            for one, other in zip(*map(_keys_of, items), strict=False)
        }
        goals = [(each.old, each.new) for each in self.pairing.goals]
        return keys | {
            goal_key(one.id): goal_key(other.id) for one, other in goals if one and other
        }

    def _of_members(self, pair: GoalPair, keys: Mapping[str, str]) -> Iterator[FactChange]:
        plans = self.old, self.new
        for old, new in pair.items:
            yield from facts_of_items(old, new, plans, keys)
            yield from self._rescaled(pair, old, new)
        for _, was, _, is_ in self._moved_to(pair.new):
            yield from facts_of_items(was, is_, plans, keys)

    @cached_property
    def names(self) -> tuple[PlanNames, PlanNames]:
        """What is known throughout each plan."""
        old, new = (plan_names(plan, scales_of(plan)) for plan in (self.old, self.new))
        return old, new

    def _rescaled(self, pair: GoalPair, *items: PairedEntry) -> Iterator[FactChange]:
        """That a member has other levels than before."""
        goals = [each for each in (pair.old, pair.new) if each]
        old, new = (
            levels_of_entry(*each).scale.levels
            for each in zip(items, goals, self.names, strict=True)
        )
        if old != new:
            yield FactChange("member-scale", old, new, thing(items[-1]))

    def _arrived(self, item: PairedEntry, goal: GoalEntry) -> PlanItem:
        """A member that a goal has now, with the goal that it came from if there is one."""
        homes = [was.id for was, _, _, is_ in self._moved_to(goal) if is_ is item]
        return thing(item, next(iter(homes), ""))

    def _with_below(self, goals: Sequence[Difference]) -> Iterator[Difference]:
        """The goals, each with those that its rule rests on and that are judged otherwise now."""
        changed = {
            goal_key(each.new.name): each
            for each in goals
            if each.old and each.new and each.kind != "unchanged"
        }
        rules = _rules_of(self.new)
        for each in goals:
            asked = dict.fromkeys(
                key
                for rule in rules.get(folded(each.new.name) if each.new else "", {}).values()
                for key in rule.goal_state.query.members
            )
            below = [changed[key].thing for key in asked if key in changed]
            facts = [FactChange("below", member=one) for one in below if each.old]
            yield evolve(each, facts=(*each.facts, *facts))


def _rules_of(plan: Plan) -> dict[str, Rules]:
    """The rules of a plan by the folded id of their goal; that of every indicator under none."""
    found: dict[str, dict[PeriodClass, Possible]] = {}
    for each in possibilities(plan):
        classes = (each.period,) if each.period else PERIOD_CLASSES
        found.setdefault(_key(each.goal), {}).update(dict.fromkeys(classes, each))
    return dict(found)


def _filled(rules: Rules, plan: Plan) -> Rules:
    """The rule of every indicator, with what holds where the file does not say."""
    return {**dict.fromkeys(PERIOD_CLASSES, unsaid_rule(plan)), **rules}


def _key(goal: GoalEntry | None) -> str:
    return folded(goal.id) if goal else ""


def _goal(goal: GoalEntry | None) -> PlanItem | None:
    return goal_item(goal) if goal else None


def _keys_of(item: PairedEntry) -> list[str]:
    """The keys that a rule over every possible outcome has for a member."""
    name = item.name
    if isinstance(item, IndicatorEntry):
        return [name]
    return [f"{name}/{n}" for n in range(1, STAND_INS + 1)]


def _apart(goal: GoalEntry, pair: GoalPair, side: int) -> list[PairedEntry]:
    """The members of a goal that its counterpart does not have."""
    known = [items[side] for items in pair.items]
    return [each for each in items_of(goal) if not any(each is one for one in known)]


def _counted(goal: GoalEntry) -> int:
    """How many indicators a goal counts."""
    return sum(not each.first(ShownOnly) for each in goal.indicators)


def _things(pair: GoalPair, pairing: Pairing) -> Things:
    goals = [("<", each.old) for each in pairing.goals] + [
        (">", each.new) for each in pairing.goals
    ]
    found = {f"{side}{goal_key(goal.id)}": _goal(goal) for side, goal in goals if goal}
    own = [("<", pair.old), (">", pair.new)]
    items = {
        f"{side}{key}": _member(item, key) for side, goal in own if goal
        for item in items_of(goal) for key in _keys_of(item)
    }  # fmt: skip
    return {key: each for key, each in {**found, **items}.items() if each}


def _member(item: PairedEntry, key: str) -> PlanItem:
    """A member; one of those that a group is taken to have goes by its number."""
    found = thing(item)
    return found if found.kind == "indicator" else evolve(found, title=key.replace("/", " "))


def _beside(old: Rules, new: Rules, keys: Mapping[str, str]) -> tuple[FactChange, ...]:
    """What is said differently beside the rule, in any class of period; each once."""
    found = (
        fact
        for class_ in PERIOD_CLASSES
        if class_ in old and class_ in new
        for fact in facts_of_rules(old[class_], new[class_], keys)
    )
    return tuple(dict.fromkeys(found))


def _whole(kinds: Collection[ChangeKind]) -> ChangeKind:
    """What became of a goal, by what became of its rule in each class of period."""
    differing = {each for each in kinds if each != "unchanged"}
    lost = differing & {"new", "removed"}
    if len(differing) <= 1 and not (lost and len(kinds) > 1):
        return next(iter(differing), "unchanged")
    return "incomparable" if differing <= {"stricter", "milder", "incomparable"} else "reshaped"
