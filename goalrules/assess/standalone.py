"""A rule given alone: lowered once, and evaluated on the levels of its members."""

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from goalrules.assess.appraise import appraise_level
from goalrules.assess.binding import fault
from goalrules.assess.goal_rule import goal_rule
from goalrules.assess.goal_state import GoalState
from goalrules.assess.result import GoalTrace
from goalrules.assess.rule_program import RuleProgram
from goalrules.core.scales import unknown
from goalrules.core.trace import member
from goalrules.data.outcome import OutcomeRow
from goalrules.language.levels import LevelScale, own_points
from goalrules.language.naming import Naming, goal_key, naming
from goalrules.language.parser import ParsedRule
from goalrules.language.statements import Clause, Statement, When
from goalrules.language.syntax import Name
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded, nearest
from goalrules.text.source import NOWHERE


@frozen
class StandaloneRule:
    """A rule and the members that it may name, by their folds; each may also be a goal's id."""

    program: RuleProgram
    names: Naming
    members: Mapping[str, str]


def standalone_naming(
    members: Iterable[str], statements: Iterable[Statement], levels: LevelScale
) -> Naming:
    """The names that a rule given alone may use: each as a member, and as a goal."""
    own = tuple(members)
    names = naming(own, {}, {goal_key(name): levels for name in own})
    return evolve(names, others=levels, points=own_points(each.body for each in statements))


def lower_standalone(parsed: ParsedRule, names: Naming) -> StandaloneRule:
    """The meaning of a rule given alone; a bare condition says when the top level is reached."""
    said = [each.body for each in parsed.statements]
    clauses = [each for each in said if isinstance(each, Clause)]
    if parsed.condition:
        clauses = [When(Name(names.others.scale.levels[-1]), parsed.condition)]
    rule = goal_rule(clauses, said, names, names.others)
    return StandaloneRule(RuleProgram(rule), names, {folded(name): name for name in names.own})


@frozen
class StandaloneEvaluation:
    """What a rule given alone came to, what is wrong with the outcomes, and where it stands."""

    trace: GoalTrace
    diagnostics: tuple[Diagnostic, ...]
    goal_state: GoalState


def evaluate_standalone(rule: StandaloneRule, rows: Iterable[OutcomeRow]) -> StandaloneEvaluation:
    """The verdict of a rule given alone, and what is wrong with the outcomes."""
    scale = rule.names.others.scale
    found = {
        name: member("reported", name, scale, unknown(scale), "missing")
        for name in rule.members.values()
    }
    diagnostics: list[Diagnostic] = []
    for row in rows:
        name = rule.members.get(folded(row.indicator))
        if name is None:
            close = nearest(row.indicator, rule.members.values())
            diagnostics.append(fault(row, "unknown-indicator", text=row.indicator, nearest=close))
        else:
            found[name], faults = appraise_level(name, row, scale)
            diagnostics += faults
    members = {**found, **{goal_key(name): each for name, each in found.items()}}
    trace, goal_state = rule.program.trace(members)
    blank = GoalTrace("", "rule", "", "", tuple(found.values()), (), (), NOWHERE)
    goal = rule.program.outcome(members).of_goal(blank, trace)
    return StandaloneEvaluation(goal, tuple(diagnostics), goal_state)
