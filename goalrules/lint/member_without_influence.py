"""A member that could be at any level without any level of the goal being another."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, cast

from goalrules.analyse.bdd_queries import support
from goalrules.analyse.compiled_rules import States
from goalrules.core.nodes import members_of
from goalrules.core.vocabulary import GoalKind
from goalrules.language.naming import goal_key
from goalrules.language.plan import GoalEntry, compared_with, goals_named
from goalrules.language.statements import ShownOnly, WorkedOut
from goalrules.lint.goal_always_met import is_always_met
from goalrules.lint.goal_never_met import is_never_met
from goalrules.lint.linted_rule import LintedRule, Witnesses, unless_absent
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef
from goalrules.text.names import folded
from goalrules.text.source import Span

CODE: Final = "member-without-influence"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The members without influence, unless nothing at all has any."""
    goal = linted.possible.goal
    if goal is None or is_always_met(linted) or is_never_met(linted):
        return
    used = {*_influential(linted), *_used_beside(linted, goal)}
    for keys, name, span in _candidates(linted, goal):
        if all(linted.members[key].applies for key in keys) and not used & {*keys}:
            found = _finding(linted, keys[0], name, span)
            yield unless_absent(found, linted, _never_matter(keys))


def _never_matter(keys: Iterable[str]) -> Callable[[LintedRule], bool]:
    """That no level of a rule asks for some members."""
    return lambda linted: {*keys}.isdisjoint(_influential(linted))


def _influential(linted: LintedRule) -> Iterator[str]:
    """The members that some level of the goal asks for, whatever they come of."""
    compiled = linted.compile(together=())
    for each in (*compiled.rules[0].surely, *compiled.rules[0].possibly):
        for index in support(compiled.order.diagrams, each):
            yield compiled.order.names[index]


def _used_beside(linted: LintedRule, goal: GoalEntry) -> Iterator[str]:
    """The members that a remark or a quorum counts, or that another is, or is worked out, from.

    That is by its value, by its target, or by what it was in an earlier period.
    """
    rule = linted.possible.goal_state.rule
    of_levels = (node for _, node in rule.of_levels)
    for node in (*rule.quorums, *of_levels, *(node for _, node in rule.remarks)):
        yield from members_of(node)
    terms = {
        folded(name)
        for entry in goal.indicators
        for statement in entry.all(WorkedOut)
        if isinstance(statement.body, WorkedOut)
        for name, _ in goal.terms_of(statement.body.formula)
    }
    terms.update(other for entry in goal.indicators for other in compared_with(entry))
    terms.update(folded(each.earlier.of.text) for each in goal.indicators if each.earlier)
    yield from (name for name in rule.names.own if folded(name) in terms)
    yield from (key for key, group in linted.stand_ins.items() if folded(group) in terms)


def _candidates(
    linted: LintedRule, goal: GoalEntry
) -> Iterator[tuple[tuple[str, ...], WordRef, Span]]:
    """What could have influence: indicators, groups as reported, and goals that are named."""
    for entry in goal.indicators:
        if entry.first(ShownOnly) is None:
            yield (entry.name,), WordRef("member", entry.name), entry.head.span
    for group in goal.reported:
        if not group.shown_only:
            keys = linted.naming.members[folded(group.name)] or ()
            yield keys, WordRef("member", group.name), group.head.span
    for name in {name.text: name for name in goals_named(linted.judging)}.values():
        key = goal_key(name.text)
        yield (key,), WordRef(cast(GoalKind, linted.members[key].kind), name.text), name.span


def _finding(linted: LintedRule, key: str, name: WordRef, span: Span) -> Finding:
    compiled = linted.compile(more=[key], together=())
    index = compiled.order.index(key)
    others = compiled.least(compiled.rules[0].surely[linted.level_rule.met]) or compiled.best()
    witness: list[States] = [
        [state if n == index else each for n, each in enumerate(others)]
        for state in (0, compiled.order.variables[index].size - 1)
    ]
    why = "group" if key in linted.stand_ins else ""
    return linted.finding(CODE, [span], Witnesses(compiled, witness), member=name, why=why)
