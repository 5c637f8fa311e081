"""A member that could be at any level without any level of the goal being another."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from goalrules.analyse.bdd_queries import support
from goalrules.core.nodes import members_of
from goalrules.core.vocabulary import GoalKind
from goalrules.language.lower import lower_condition
from goalrules.language.naming import goal_key
from goalrules.language.plan import GoalEntry, goals_named
from goalrules.language.statements import Group, ShownOnly, WorkedOut
from goalrules.language.syntax import Name
from goalrules.lint.applying import tried
from goalrules.lint.met import is_always_met, is_never_met
from goalrules.lint.result import Finding
from goalrules.lint.subject import States, Subject, Witnesses
from goalrules.text.diagnostics import WordRef
from goalrules.text.names import folded
from goalrules.text.source import Span

CODE = "member-without-influence"


def find(subject: Subject) -> Iterator[Finding]:
    """The members without influence, unless nothing at all has any."""
    goal = subject.possible.goal
    if goal is None or is_always_met(subject) or is_never_met(subject):
        return
    used = {*_influential(subject), *_used_beside(subject, goal)}
    for keys, name, span in _candidates(subject, goal):
        if all(subject.members[key].applies for key in keys) and not used & {*keys}:
            yield tried(_finding(subject, keys[0], name, span), subject, _never_matter(keys))


def _never_matter(keys: Iterable[str]) -> Callable[[Subject], bool]:
    """That no level of a rule asks for some members."""
    return lambda subject: {*keys}.isdisjoint(_influential(subject))


def _influential(subject: Subject) -> Iterator[str]:
    """The members that some level of the goal asks for."""
    drawn = subject.drawn
    for each in (*drawn.kept[0], *drawn.can[0]):
        for variable in support(drawn.space.diagrams, each):
            yield drawn.space.names[variable]


def _used_beside(subject: Subject, goal: GoalEntry) -> Iterator[str]:
    """The members that a remark or a quorum counts, or another's value is worked out from."""
    rule = subject.possible.goal_state.rule
    nodes = [node for _, node in rule.remarks]
    nodes += [lower_condition(each.count, rule.names) for each in rule.requires]
    for node in nodes:
        yield from members_of(node)
    terms = {
        folded(term.name.text)
        for entry in goal.indicators
        for statement in entry.all(WorkedOut)
        if isinstance(statement.body, WorkedOut)
        for term in statement.body.formula.terms
    }
    yield from (name for name in rule.names.own if folded(name) in terms)


def _candidates(
    subject: Subject, goal: GoalEntry
) -> Iterator[tuple[tuple[str, ...], WordRef, Span]]:
    """What could have influence: indicators, groups as reported, and goals that are named."""
    for entry in goal.indicators:
        if entry.first(ShownOnly) is None:
            yield (entry.name,), WordRef("member", entry.name), entry.head.span
    for statement in goal.all(Group):
        group = statement.body
        if isinstance(group, Group) and group.reported:
            keys = subject.naming.members[folded(group.name.text)] or ()
            yield keys, WordRef("member", group.name.text), statement.span
    for name in _each_once(goals_named(subject.judging)):
        key = goal_key(name.text)
        yield (key,), WordRef(cast(GoalKind, subject.members[key].kind), name.text), name.span


def _each_once(names: Iterable[Name]) -> Iterable[Name]:
    return {name.text: name for name in names}.values()


def _finding(subject: Subject, key: str, name: WordRef, span: Span) -> Finding:
    drawn = subject.draw(more=[key])
    variable = drawn.space.variable(key)
    others = drawn.least(drawn.kept[0][subject.level_rule.met]) or drawn.best()
    witness: list[States] = [
        [state if n == variable else each for n, each in enumerate(others)]
        for state in (0, drawn.space.digits[variable].size - 1)
    ]
    return subject.finding(
        CODE, [span], Witnesses(drawn, witness), member=name, why=_why(subject, key)
    )


def _why(subject: Subject, key: str) -> str:
    return "group" if key in subject.stand_ins else ""
