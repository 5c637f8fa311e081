"""What exact questions about a judged goal are asked of: its rule and where its members stand."""

from collections.abc import Collection, Mapping
from functools import cached_property

from attrs import field

from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.goal_rule import GoalRule
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.policies import assessed, gates
from goalrules.core.ends import asked_of
from goalrules.core.nodes import members_of
from goalrules.core.trace import Member
from goalrules.language.lower import UNSAID
from goalrules.lazily import frozen


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
        counted = [key for node in rule.quorums for key in members_of(node)]
        asked = dict.fromkeys((*asked_of(rule.level_rule), *counted))
        fixed = {UNSAID, *self.settled}
        return RuleQuery(
            level_rule=rule.level_rule,
            ends={key: self.members[key].ends for key in asked},
            tops={key: len(self.members[key].levels) - 1 for key in asked if key not in fixed},
            unsaid=(UNSAID,),
            quorums=rule.quorums,
            assessed={key: assessed(self.own[key]).ends for key in counted},
            barred=any(gate.fails for gate in gates((), rule.remaining, {}, self.members)),
        )
