"""What the new rules come to on outcomes of the old plan: members keep the levels they had."""

from collections.abc import Iterator, Mapping
from typing import cast

from attrs import define, field

from goalrules.assess.plan_program import GoalProgram, PlanProgram, PlanPrograms
from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.assess.rule_program import Outcome, as_member
from goalrules.compare.facts import goal_item
from goalrules.compare.pairing import GoalPair, Pairing, items_of
from goalrules.compare.result import LeftOut, OnOutcomes, Rejudged, RuleOutcome
from goalrules.core.trace import Member
from goalrules.core.vocabulary import Verdict
from goalrules.data.period import Period
from goalrules.language.naming import PlanNames, goal_key, indicator_levels, levels_of_group
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.language.statements import ShownOnly

MembersAndInterpretations = tuple[dict[str, Member], dict[str, tuple[str, ...]]]
"""Members by their keys, and the keys of those of each group."""


def judge_anew(new: Plan, pairing: Pairing, trace: AssessmentTrace, period: Period) -> OnOutcomes:
    """What the new rules come to where every member that they count has a level by the old ones.

    A goal that rests on others does so as those are judged by the new rules.
    """
    program = PlanPrograms(new).of(period)
    judging = _Judging(program, pairing, {goal.id: goal for goal in trace.goals})
    return OnOutcomes(trace.period, tuple(judging.run()))


@define
class _Judging:
    """The goals of a new plan on outcomes of an old one, those first that others rest on."""

    program: PlanProgram
    pairing: Pairing
    old: Mapping[str, GoalTrace]
    done: dict[str, Outcome | LeftOut] = field(factory=dict)
    """By the id of a new goal what it came to, or why its rule was not asked."""

    def run(self) -> Iterator[Rejudged]:
        """Each goal of the old plan that has a verdict."""
        pairs = {each.new.id: each for each in self.pairing.goals if each.new}
        for id_ in self.program.order:
            self.done[id_] = self._judged(pairs[id_], self.program.goals[id_])
        for pair in self.pairing.goals:
            if pair.old and self.old[pair.old.id].verdict:
                yield self._rejudged(pair.old, pair.new)

    def _judged(self, pair: GoalPair, goal: GoalProgram) -> Outcome | LeftOut:
        """What a goal comes to, or why its rule is not asked."""
        if pair.old is None or not goal.clauses:
            return "no rule" if pair.old else "new"
        above = dict(self._above(goal))
        if len(above) < len(goal.below):
            return "below"
        found = self._members(pair, self.program.names)
        if found is None:
            return "members"
        members, groups = found
        return goal.rule(groups).outcome(members | above)

    def _above(self, goal: GoalProgram) -> Iterator[tuple[str, Member]]:
        """The goals that a goal rests on as members of its rule, those that came to something."""
        for id_ in goal.below:
            found, below = self.done[id_], self.program.goals[id_]
            if isinstance(found, Outcome):
                yield goal_key(id_), as_member(below.blank, below.levels, found)

    def _members(self, pair: GoalPair, names: PlanNames) -> MembersAndInterpretations | None:
        """The members that a new goal counts, by its own names; None where one has no level."""
        goal, old = cast(GoalEntry, pair.new), cast(GoalEntry, pair.old)
        there = {each.name: each for each in self.old[old.id].members}
        members: dict[str, Member] = {}
        groups: dict[str, tuple[str, ...]] = {}
        for item in items_of(goal):
            was = next((one for one, other in pair.items if other is item), None)
            if isinstance(item, IndicatorEntry):
                level = there[was.name] if was else None
                if level and level.levels == indicator_levels(item, goal, names).scale.levels:
                    members[item.name] = level
                elif not item.first(ShownOnly):
                    return None
            elif was is None and not item.shown_only:
                return None
            elif was:
                start = f"{was.name}/"
                own = {name: each for name, each in there.items() if name.startswith(start)}
                scale = levels_of_group(item, goal, names).scale
                if any(each.levels != scale.levels for each in own.values()):
                    return None
                groups[item.name] = tuple(own)
                members |= own
        return members, groups

    def _rejudged(self, old: GoalEntry, new: GoalEntry | None) -> Rejudged:
        """A goal before and after, or why there is no after."""
        before = _came(self.old[old.id])
        found: Outcome | LeftOut = self.done[new.id] if new else "new"
        there = goal_item(new) if new else None
        own = goal_item(old)
        if isinstance(found, str):
            return Rejudged(own, there, before, left_out=found)
        return Rejudged(own, there, before, _came(found))


def _came(goal: GoalTrace | Outcome) -> RuleOutcome:
    """What a goal that has a verdict came to."""
    return RuleOutcome(goal.worst or "", goal.best or "", cast(Verdict, goal.verdict))
