"""The whole rule of a goal for one period, and what exact questions are asked of once it is judged.

A rule is policies, gates, clauses, limits and remarks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TypeVar

from attrs import evolve, field

from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.clauses import bodies, policies_of_plan
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.policies import assessed, gates
from goalrules.core.ends import asked_of
from goalrules.core.nodes import AtLeast, LevelRule, Part, Reaches, every, members_of
from goalrules.core.trace import Member
from goalrules.language import statements as st
from goalrules.language.levels import LevelScale
from goalrules.language.lower import UNSAID, LevelClauses, lower_condition, lower_remark, lower_rule
from goalrules.language.naming import Naming
from goalrules.language.plan import Plan
from goalrules.lazily import frozen

Kind = TypeVar("Kind", bound=st.Body)


@frozen
class GoalRule:
    """What is done with a goal's members before its rule, what the rule gives, and what beside it.

    `quorums` are what `requires` asks for, of members that are assessed; `remaining` is what the
    policies ask to be left once they are applied. `of_levels` are quorums that some level asks for,
    with its place. `remarks` are texts, each with what holds where it is not made.
    """

    level_rule: LevelRule
    names: Naming
    policies: tuple[st.Policy, ...] = ()
    requires: tuple[st.Requires, ...] = ()
    quorums: tuple[AtLeast, ...] = ()
    of_levels: tuple[tuple[int, AtLeast], ...] = ()
    remaining: tuple[AtLeast, ...] = ()
    remarks: tuple[tuple[str, AtLeast], ...] = ()


def goal_rule(
    clauses: Sequence[st.Clause],
    others: Sequence[st.Body],
    names: Naming,
    levels: LevelScale,
) -> GoalRule:
    """The rule of some clauses and what else is said of the goal in the period."""
    limits, shifts = _all(others, st.Limit), _all(others, st.Shift)
    level_rule = lower_rule(LevelClauses(clauses, limits, levels, shifts), names)
    all_names = names.with_shown()
    made = [
        (each.text, lower_remark(each, level_rule, all_names)) for each in _all(others, st.Remark)
    ]
    policies, requires = _all(others, st.Policy), _all(others, st.Requires)
    own = tuple(Part(Reaches(key, 0)) for key in names.own)
    return GoalRule(
        level_rule,
        names,
        tuple(policies),
        tuple(requires),
        tuple(lower_condition(each.condition, names) for each in requires),
        tuple(_quorum_of_level(each, names, levels) for each in _all(others, st.RequiresFor)),
        tuple(
            AtLeast(int(each.remain), Fraction(0), own, role="remain", form=each)
            for each in policies
            if each.remain is not None
        ),
        tuple((text, node) for text, node in made if node),
    )


def _quorum_of_level(
    said: st.RequiresFor, names: Naming, levels: LevelScale
) -> tuple[int, AtLeast]:
    """The place of a level, and how many it asks for; it is called as the goal's scale has it."""
    place = levels.place(said.level.text) or 0
    form = evolve(said, level=evolve(said.level, text=levels.scale.levels[place]))
    return place, every([lower_condition(said.count, names)], "quorum", form, said.count.span)


def rule_of(
    plan: Plan,
    clauses: Iterable[st.Statement],
    others: Sequence[st.Statement],
    names: Naming,
    levels: LevelScale,
) -> GoalRule:
    """The rule of a goal of a plan, by what the file says for a class of period."""
    said = (*(each.body for each in others), *policies_of_plan(plan, others))
    return goal_rule(bodies(clauses), said, with_reserves(names, _all(said, st.Policy)), levels)


def with_reserves(names: Naming, policies: Iterable[st.Policy]) -> Naming:
    """The names, with the reported members that may take the place of others among its own."""
    reserves = (names.find(each.instead) or () for each in policies if each.instead)
    own = dict.fromkeys([*names.own, *chain.from_iterable(reserves)])
    return evolve(names, own=tuple(own))


def _all(bodies: Iterable[st.Body], kind: type[Kind]) -> list[Kind]:
    return [each for each in bodies if isinstance(each, kind)]


# Where a judged goal stands


@frozen(slots=False)
class GoalState:
    """The rule of a goal, and its members as the policies of the file have them.

    The members are by the keys that the rule has for them; `UNSAID` is one of them. What is `own`
    is as their own outcomes have them, before the policies. The `cases` are what the file and the
    data say of those that are indicators. Those that are `settled` are where they are whatever the
    data may come to say.
    """

    rule: GoalRule
    members: Mapping[str, Member]
    own: Mapping[str, Member]
    cases: Mapping[str, IndicatorCase] = field(factory=dict)
    settled: Collection[str] = ()

    @cached_property
    def query(self) -> RuleQuery:
        """What a question is asked of."""
        rule = self.rule
        quorums = (*rule.quorums, *(node for _, node in rule.of_levels))
        counted = [key for node in quorums for key in members_of(node)]
        asked = dict.fromkeys((*asked_of(rule.level_rule), *counted))
        fixed = {UNSAID, *self.settled}
        return RuleQuery(
            level_rule=rule.level_rule,
            ends={key: self.members[key].ends for key in asked},
            tops={key: len(self.members[key].levels) - 1 for key in asked if key not in fixed},
            unsaid=(UNSAID,),
            quorums=rule.quorums,
            of_levels=rule.of_levels,
            assessed={key: assessed(self.own[key]).ends for key in counted},
            barred=any(gate.fails for gate in gates((), rule.remaining, {}, self.members)),
        )
