"""What the new rules come to on outcomes of the old plan: members keep the levels they had."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import cast

from attrs import asdict, define, evolve, field

from goalrules.assess.as_member import as_member
from goalrules.assess.clauses import beside, class_of, clauses_for
from goalrules.assess.goal_evaluation import evaluate_goal
from goalrules.assess.goal_rule import rule_of
from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.compare.pairing import GoalPair, Pairing, items_of, name_of
from goalrules.compare.result import LeftOut, OnOutcomes, PlanItem, Rejudged, RuleOutcome
from goalrules.core.trace import Member
from goalrules.core.vocabulary import Verdict
from goalrules.data.period import Period
from goalrules.language.levels import scales_of
from goalrules.language.naming import PlanNames, goal_key, goal_naming, indicator_levels, plan_names
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan, goals_named
from goalrules.language.statements import ShownOnly, Statement

MembersAndInterpretations = tuple[dict[str, Member], dict[str, tuple[str, ...]]]
"""Members by their keys, and the keys of those of each group."""


def judge_anew(new: Plan, pairing: Pairing, trace: AssessmentTrace, period: Period) -> OnOutcomes:
    """What the new rules come to where every member that they count has a level by the old ones.

    A goal that rests on others does so as those are judged by the new rules.
    """
    judging = _Judging(new, pairing, period, {goal.id: goal for goal in trace.goals})
    return OnOutcomes(trace.period, tuple(judging.run()))


@define
class _Judging:
    """The goals of a new plan on outcomes of an old one, those first that others rest on."""

    plan: Plan
    pairing: Pairing
    period: Period
    old: Mapping[str, GoalTrace]
    done: dict[str, GoalTrace | LeftOut] = field(factory=dict)
    """By the id of a new goal what it came to, or why its rule was not asked."""

    def run(self) -> Iterator[Rejudged]:
        """Each goal of the old plan that has a verdict."""
        names = plan_names(self.plan, scales_of(self.plan))
        pairs = {each.new.id: each for each in self.pairing.goals if each.new}
        below = {
            id_: [name.text for said in self._rules(each.new) for name in goals_named(said)]
            for id_, each in pairs.items()
            if each.new
        }
        for id_ in TopologicalSorter(below).static_order():
            self.done[id_] = self._judged(pairs[id_], below[id_], names)
        for pair in self.pairing.goals:
            if pair.old and self.old[pair.old.id].verdict:
                yield self._rejudged(pair.old, pair.new)

    def _rules(self, goal: GoalEntry) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """What the new plan says of a goal in the period: its clauses, and what stands beside."""
        class_ = class_of(self.period)
        return clauses_for(goal.statements, class_), beside(goal.statements, class_)

    def _judged(
        self, pair: GoalPair, below: Sequence[str], names: PlanNames
    ) -> GoalTrace | LeftOut:
        """What a goal comes to, or why its rule is not asked."""
        goal = cast(GoalEntry, pair.new)
        under = [self.done[each] for each in below]
        known = [each for each in under if isinstance(each, GoalTrace)]
        clauses, others = self._rules(goal)
        if pair.old is None or not clauses:
            return "no rule" if pair.old else "new"
        if len(known) < len(under):
            return "below"
        found = self._members(pair, names)
        if found is None:
            return "members"
        members, groups = found
        naming = goal_naming(goal, names, groups)
        rule = rule_of(self.plan, clauses, others, naming, names.goals[goal_key(goal.id)])
        above = {goal_key(each.id): as_member(each, names) for each in known}
        verdict, _ = evaluate_goal(rule, members | above)
        own = GoalTrace(goal.id, goal.goal.kind, "", "", (), (), (), goal.head.span)
        return evolve(own, **asdict(verdict, recurse=False))

    def _members(self, pair: GoalPair, names: PlanNames) -> MembersAndInterpretations | None:
        """The members that a new goal counts, by its own names; None where one has no level."""
        goal, old = cast(GoalEntry, pair.new), cast(GoalEntry, pair.old)
        there = {each.name: each for each in self.old[old.id].members}
        members: dict[str, Member] = {}
        groups: dict[str, tuple[str, ...]] = {}
        for item in items_of(goal):
            was = next((one for one, other in pair.items if other is item), None)
            if isinstance(item, IndicatorEntry):
                level = there[name_of(was)] if was else None
                if level and level.levels == indicator_levels(item, goal, names).scale.levels:
                    members[item.name] = level
                elif not item.first(ShownOnly):
                    return None
            elif was is None:
                return None
            else:
                start = f"{name_of(was)}/"
                own = {name: each for name, each in there.items() if name.startswith(start)}
                groups[name_of(item)] = tuple(own)
                members |= own
        return members, groups

    def _rejudged(self, old: GoalEntry, new: GoalEntry | None) -> Rejudged:
        """A goal before and after, or why there is no after."""
        before = _came(self.old[old.id])
        found: GoalTrace | LeftOut = self.done[new.id] if new else "new"
        there = PlanItem(new.goal.kind, new.id, new.goal.title) if new else None
        own = PlanItem(old.goal.kind, old.id, old.goal.title)
        if isinstance(found, str):
            return Rejudged(own, there, before, left_out=found)
        return Rejudged(own, there, before, _came(found))


def _came(goal: GoalTrace) -> RuleOutcome:
    """What a goal that has a verdict came to."""
    return RuleOutcome(goal.worst or "", goal.best or "", cast(Verdict, goal.verdict))
