"""Two quantities, written differently, that ask for the same number of the same members."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from goalrules.analyse.rule_query import RuleQuery
from goalrules.core.evaluate import whole_need
from goalrules.core.nodes import AtLeast, Reaches
from goalrules.language.lower import lower_condition
from goalrules.language.statements import Statement, When
from goalrules.language.syntax import Condition, Count, Joined
from goalrules.lazily import frozen
from goalrules.lint.linted_rule import LintedRule, Witnesses
from goalrules.lint.result import Finding

CODE: Final = "same-count"

KINDS = ("number", "percent", "majority", "half")


@frozen
class CountInClause:
    """A count, the clause that it stands in, and what it comes to without its other parts."""

    count: Count
    clause: When
    statement: Statement
    node: AtLeast

    @property
    def need(self) -> int:
        """The smallest number that is enough."""
        return whole_need(self.node, len(self.node.parts))


def find(linted: LintedRule) -> Iterator[Finding]:
    """The pairs of quantities that mean the same while every member applies."""
    seen: list[CountInClause] = []
    for each in _counted(linted):
        first = next((other for other in seen if _are_same(each, other)), None)
        seen.append(each)
        if first:
            yield _finding(linted, first, each)


def _counted(linted: LintedRule) -> Iterator[CountInClause]:
    """The counts of members of which it is known how many they are."""
    for statement in linted.possible.clauses:
        clause = statement.body
        if isinstance(clause, When):
            for count in counts(clause.condition):
                bare = evolve(count, including=(), rest=())
                node = lower_condition(bare, linted.naming)
                if count.quantity.kind in KINDS and not count.weighed and _fixed(node, linted):
                    yield CountInClause(count, clause, statement, node)


def _fixed(node: AtLeast, linted: LintedRule) -> bool:
    reaches = [part.node for part in node.parts]
    return not any(
        isinstance(each, Reaches) and each.member in linted.stand_ins for each in reaches
    )


def counts(condition: Condition) -> Iterator[Count]:
    """The counts in a condition, in order."""
    if isinstance(condition, Count):
        yield condition
    for part in condition.parts if isinstance(condition, Joined) else ():
        yield from counts(part)


def _are_same(one: CountInClause, other: CountInClause) -> bool:
    return (
        one.count.quantity != other.count.quantity
        and {*one.node.parts} == {*other.node.parts}
        and one.need == other.need
    )


def _finding(linted: LintedRule, first: CountInClause, second: CountInClause) -> Finding:
    """That one quantity in the place of the other gives the same, as where just so many count."""
    pair = (second, first)
    alike = evolve(second.count, quantity=first.count.quantity)
    compiled = linted.compile(_with(second, alike, linted), nodes=[first.node])
    return linted.finding(
        CODE,
        [*(each.count.quantity.span for each in pair), *(each.statement.span for each in pair)],
        Witnesses(compiled, [compiled.least(compiled.conditions[0])], "quantity"),
        "note",
        like=first.count.quantity.span.line,
        need=first.need,
        size=len(first.node.parts),
    )


def _with(counted: CountInClause, count: Count, linted: LintedRule) -> RuleQuery:
    """The rule with another count in the place of one."""
    old = counted.statement
    condition = _replaced(counted.clause.condition, counted.count, count)
    new = evolve(old, body=evolve(counted.clause, condition=condition))
    return linted.varied([new if each is old else each for each in linted.possible.clauses])


def _replaced(condition: Condition, old: Count, new: Count) -> Condition:
    if isinstance(condition, Joined):
        parts = tuple(_replaced(part, old, new) for part in condition.parts)
        return evolve(condition, parts=parts)
    return new if condition is old else condition
