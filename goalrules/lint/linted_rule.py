"""What is checked: the rule of a goal, or of every indicator, over every possible outcome."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import cast

from attrs import evolve, field

from goalrules.analyse.bdd_queries import count_cases
from goalrules.analyse.compiled_rules import (
    CompiledRules,
    Joint,
    States,
    compile_rules,
    formulas_of,
)
from goalrules.analyse.diagram import Budget, VariableOrder
from goalrules.analyse.pseudo_boolean import Variable, pseudo_boolean
from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.goal_rule import rule_of
from goalrules.assess.joint import MembersTogether, Together, as_joint
from goalrules.assess.possible import Possible, without
from goalrules.core.nodes import AtLeast, LevelRule, members_of
from goalrules.core.scales import verdict_of
from goalrules.core.trace import Member
from goalrules.language.levels import LevelScale
from goalrules.language.naming import Naming, PlanNames, goal_key
from goalrules.language.plan import Plan
from goalrules.language.statements import Adjustment, Clause, Otherwise, Statement, When
from goalrules.lazily import frozen
from goalrules.lint.result import (
    ComparedWith,
    Example,
    ExampleKind,
    ExampleMember,
    ExampleOutcome,
    Finding,
    FindingCode,
    RuledKind,
    Severity,
)
from goalrules.text.diagnostics import DiagnosticFact, WordRef
from goalrules.text.names import folded
from goalrules.text.source import Span


@frozen
class Witnesses:
    """Cases that show a finding, among rules as diagrams, and with what the rule is compared."""

    compiled: CompiledRules
    cases: Sequence[States | None]
    change: ComparedWith = ""


MAY_BE_IMPOSSIBLE: tuple[FindingCode, ...] = ("overlapping-levels", "uncovered-outcomes")
"""What is found by a case alone, which figures may never give where they are not all looked at."""

ASKED_IN_A_STEP = 20
"""How often members are asked for in as much work as one step of a question is."""


def _size(query: RuleQuery) -> int:
    """How often a rule asks for its members."""
    level_rule = query.level_rule
    nodes = (*level_rule.reach, *(cap.node for cap in level_rule.caps))
    return sum(1 for node in nodes for _ in members_of(node))


@frozen
class LintedRule:
    """A rule that is checked, in a class of period, with the plan that it stands in.

    All checks of it share one `budget`, and all those of it where some member does not apply
    another. How members stand together is worked out once for all rules of the plan.
    """

    plan: Plan
    names: PlanNames
    possible: Possible
    budget: Budget = field(factory=Budget, repr=False)
    absent_budget: Budget = field(factory=Budget, repr=False)
    together_in: MembersTogether = field(kw_only=True, eq=False, repr=False)
    _orders: list[VariableOrder] = field(factory=list, eq=False, repr=False)

    @property
    def goal(self) -> str:
        """The goal's id; empty for the rule of every indicator."""
        return self.possible.goal.id if self.possible.goal else ""

    @property
    def kind(self) -> RuledKind:
        """What is given a level: "goal", "contribution" or "indicator"."""
        return self.possible.goal.goal.kind if self.possible.goal else "indicator"

    @property
    def term(self) -> WordRef:
        """The goal, to be named in a text."""
        return WordRef(self.kind, self.goal)

    @property
    def level_rule(self) -> LevelRule:
        """What gives the level."""
        return self.possible.goal_state.rule.level_rule

    @property
    def naming(self) -> Naming:
        """The names that the rule may use."""
        return self.possible.goal_state.rule.names

    @property
    def levels(self) -> LevelScale:
        """The levels that are given."""
        if self.possible.goal is None:
            return self.names.scales.own
        return self.names.goals[goal_key(self.goal)]

    @property
    def members(self) -> Mapping[str, Member]:
        """The members by their keys, each at any of its levels."""
        return self.possible.goal_state.members

    @property
    def cases(self) -> int:
        """The number of its possible outcomes."""
        if not self.together:
            return prod(each.size for each in self.query.variables)
        return count_cases(self.compiled.order.diagrams, self.compiled.always)

    @property
    def said(self) -> tuple[Statement, ...]:
        """What the file says of the goal in the period."""
        return (*self.possible.clauses, *self.possible.others)

    @property
    def judging(self) -> tuple[Statement, ...]:
        """The clauses, and what changes the level that they give."""
        return tuple(each for each in self.said if isinstance(each.body, Clause | Adjustment))

    @property
    def start(self) -> Span:
        """Where the goal, or the rule of every indicator, begins."""
        goal = self.possible.goal
        return goal.head.span if goal else self.said[0].span

    @cached_property
    def query(self) -> RuleQuery:
        """What questions about the rule are asked of."""
        return self.possible.goal_state.query

    @cached_property
    def together(self) -> tuple[Together, ...]:
        """The members that come of the same figures, and how they can stand."""
        goal = self.possible.goal
        return self.together_in.of(goal, self.possible.period) if goal else ()

    @cached_property
    def compiled(self) -> CompiledRules:
        """The rule alone."""
        return self.compile()

    def reported(self, compiled: CompiledRules) -> tuple[str, ...]:
        """The groups as the data report them of which members stand in."""
        asked = (self.stand_ins.get(name) for name in compiled.order.names)
        return tuple(dict.fromkeys(each for each in asked if each))

    def said_at(self, place: int) -> list[Statement]:
        """The clauses that say when the level at a place is reached."""
        return [each for each in self.possible.clauses if self.place(each) == place]

    def place(self, clause: Statement) -> int | None:
        """The place of the level that a clause is about; None where it is about every one."""
        body = clause.body
        return self.levels.place(body.level.text) if isinstance(body, When | Otherwise) else None

    def varied(
        self,
        clauses: Iterable[Statement] | None = None,
        others: Sequence[Statement] | None = None,
        naming: Naming | None = None,
    ) -> RuleQuery:
        """What questions would be asked of, if other things were said."""
        said = self.possible.clauses if clauses is None else tuple(clauses)
        beside = self.possible.others if others is None else others
        rule = rule_of(self.plan, said, beside, naming or self.naming, self.levels)
        return evolve(self.possible.goal_state, rule=rule).query

    def is_left(self, statement: Statement) -> bool:
        """Whether a clause is left without a statement."""
        return self.possible.clauses != (statement,)

    def changed(self, old: Statement, new: Statement | None) -> RuleQuery:
        """The rule with another statement in the place of one, or none."""
        clauses, others = (
            [new if each is old else each for each in said]
            for said in (self.possible.clauses, self.possible.others)
        )
        kept = [each for each in clauses if each]
        return self.varied(kept, [each for each in others if each])

    def compile(
        self,
        *others: RuleQuery,
        nodes: Iterable[AtLeast] = (),
        more: Iterable[str] = (),
        joint: Iterable[Joint] | None = None,
    ) -> CompiledRules:
        """The rule, other ones, and some nodes, over the members of them all, and some more.

        They stand in the ways in which figures let them, or in the `joint` ones.
        """
        queries = (self.query, *others)
        # To make the formulas is work too, which grows with all that the rules ask for.
        self.budget.take(sum(map(_size, queries)) // ASKED_IN_A_STEP)
        tops = {name: each.tops[name] for each in queries for name in each.members}
        tops |= {name: len(self.members[name].levels) - 1 for name in more}
        variables = [Variable(name, top) for name, top in tops.items()]
        ends = {key: each.ends for key, each in self.members.items()}
        own = tops.keys() == set(self.query.members)
        compiled = compile_rules(
            [formulas_of(each, variables) for each in queries],
            [pseudo_boolean(each, variables, ends) for each in nodes],
            variables,
            budget=self.budget,
            order=self._orders[0] if own and self._orders else None,
            joint=as_joint(self.together) if joint is None else joint,
        )
        if own:
            self._orders[:] = [compiled.order]
        return compiled

    def case(self, compiled: CompiledRules, states: States) -> Example:
        """A case, with what the rule comes to there, and the one that it is compared with."""
        met, levels = self.level_rule.met, self.level_rule.scale.levels
        outcomes = [
            ExampleOutcome(
                self.kind, self.goal, verdict_of(ends, met), levels[ends.worst], levels[ends.best]
            )
            for ends in (compiled.ends(rule, states) for rule in compiled.rules)
        ]
        places = compiled.order.case(states)
        members = [
            ExampleMember(
                # What the plan does not say has no variable, and parts are no members of a goal.
                "reported" if key in self.stand_ins else cast(ExampleKind, member.kind),
                member.name,
                self.goal,
                member.levels[places[key]],
            )
            for key, member in self.members.items()
            if key in places
        ]
        return Example(tuple(members), (outcomes[0],), tuple(outcomes[1:2]))

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """The members that stand in for those that the data report, each with its group."""
        return {
            key: group
            for group in self.naming.groups
            for key in self.naming.members[folded(group)] or ()
        }

    def finding(
        self,
        code: FindingCode,
        about: Sequence[Span],
        shown: Witnesses,
        severity: Severity = "fault",
        **facts: DiagnosticFact,
    ) -> Finding:
        """A finding with the cases that show it.

        It is a note where members stand in for others, or where no outcome may give the case.
        """
        reported = self.reported(shown.compiled)
        asked = shown.compiled.order.names
        joined = [
            [name for name in each.members if name in asked]
            for each in self.together
            if not each.exact
        ]
        assumed = tuple(name for each in joined if len(each) > 1 for name in each)
        periods = (self.possible.period,) if self.possible.period else ()
        return Finding(
            code,
            "note" if reported or (assumed and code in MAY_BE_IMPOSSIBLE) else severity,
            self.goal,
            self.kind,
            tuple(about),
            facts,
            tuple(self.case(shown.compiled, each) for each in shown.cases if each is not None),
            shown.change,
            periods,
            reported,
            assumed,
        )


def unless_absent(
    finding: Finding, linted: LintedRule, claim: Callable[[LintedRule], bool]
) -> Finding:
    """A finding, or a note if a fault of the rule is none where some one does not apply."""
    if finding.severity == "note":
        return finding
    unless = next((member for member, other in _absent(linted) if not claim(other)), "")
    return evolve(finding, severity="note", unless=unless) if unless else finding


def _absent(linted: LintedRule) -> Iterator[tuple[str, LintedRule]]:
    """Each indicator that the file names, and the rule where it does not apply but others do."""
    asked = linted.query.members
    for key in asked if len(asked) > 1 else ():
        if linted.members[key].kind == "indicator" and key not in linted.stand_ins:
            possible = evolve(
                linted.possible, goal_state=without(linted.possible.goal_state, {key})
            )
            yield (
                key,
                LintedRule(
                    linted.plan,
                    linted.names,
                    possible,
                    linted.absent_budget,
                    together_in=linted.together_in,
                ),
            )
