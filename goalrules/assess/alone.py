"""A rule given alone: lowered once, and evaluated on the levels of its members."""

from collections.abc import Iterable, Mapping

from attrs import asdict, evolve, frozen

from goalrules.assess.appraise import appraise_level
from goalrules.assess.binding import fault
from goalrules.assess.judging import give_verdict
from goalrules.assess.result import GoalTrace
from goalrules.core.judged import Judged
from goalrules.core.scales import COLOURS, unknown
from goalrules.core.trace import Member, member
from goalrules.data.outcome import Row
from goalrules.language.lower import lower_clauses
from goalrules.language.naming import GoalLevels, Naming, goal_key, naming
from goalrules.language.parser import ParsedRule
from goalrules.language.statements import Clause, When
from goalrules.language.syntax import Name
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded, nearest
from goalrules.text.source import NOWHERE

TOP = COLOURS.levels[COLOURS.top]


@frozen
class RuleAlone:
    """A rule and the members that it may name, by their folds; each may also be a goal's id."""

    judged: Judged
    members: Mapping[str, str]


def alone_naming(members: Iterable[str]) -> Naming:
    """The names that a rule given alone may use: each as a member, and as a goal."""
    names = tuple(members)
    levels = GoalLevels(COLOURS, COLOURS.top)
    return naming(names, {}, {goal_key(name): levels for name in names})


def lower_alone(parsed: ParsedRule, names: Naming) -> RuleAlone:
    """The meaning of a rule given alone; a bare condition says when the top level is reached."""
    clauses = [each.body for each in parsed.statements if isinstance(each.body, Clause)]
    if parsed.condition:
        clauses = [When(Name(TOP), parsed.condition)]
    judged = lower_clauses(clauses, names, COLOURS, COLOURS.top)
    return RuleAlone(judged, {folded(name): name for name in names.own})


def evaluate_alone(
    rule: RuleAlone, rows: Iterable[Row]
) -> tuple[GoalTrace, tuple[Diagnostic, ...]]:
    """The verdict of a rule given alone, and what is wrong with the outcomes."""
    found = {
        name: member("reported", name, COLOURS, unknown(COLOURS), "missing")
        for name in rule.members.values()
    }
    diagnostics: list[Diagnostic] = []
    for row in rows:
        name = rule.members.get(folded(row.indicator))
        if name is None:
            close = nearest(row.indicator, rule.members.values())
            diagnostics.append(fault(row, "unknown-indicator", text=row.indicator, nearest=close))
        else:
            found[name], faults = appraise_level(name, row)
            diagnostics += faults
    return _trace(rule.judged, found), tuple(diagnostics)


def _trace(judged: Judged, members: Mapping[str, Member]) -> GoalTrace:
    as_goals = {goal_key(name): each for name, each in members.items()}
    verdict = give_verdict(judged, {**members, **as_goals})
    trace = GoalTrace("", "rule", "", "", tuple(members.values()), (), (), NOWHERE)
    return evolve(trace, **asdict(verdict, recurse=False))
