"""A clause, a cap, a floor or a step without which every outcome would give the same."""

from collections.abc import Callable, Iterator
from typing import Final

from goalrules.analyse.compiled_rules import CompiledRules, States
from goalrules.core.nodes import AtLeast
from goalrules.language.lower import lower_adjustment, lower_condition
from goalrules.language.statements import Adjustment, Limit, Shift, Statement, When
from goalrules.lint.level_never_reached import idle_places
from goalrules.lint.linted_rule import LintedRule, Witnesses, unless_absent
from goalrules.lint.result import Finding

CODE: Final = "clause-without-effect"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The clauses and limits that never decide, but for those of levels that are never reached."""
    idle = idle_places(linted)
    for statement in linted.said:
        own = own_nodes(statement, linted)
        if own and linted.is_left(statement) and linted.place(statement) not in idle:
            compiled = linted.compile(linted.changed(statement, None), nodes=own)
            if compiled.alike():
                shown = Witnesses(compiled, [where_it_speaks(statement, compiled)], "removed")
                found = linted.finding(CODE, [statement.span], shown)
                yield unless_absent(found, linted, never_decides(statement, None))


def never_decides(old: Statement, new: Statement | None) -> Callable[[LintedRule], bool]:
    """That a rule comes to the same with another statement in the place of one, or with none."""
    return lambda linted: linted.compile(linted.changed(old, new)).alike()


def own_nodes(statement: Statement, linted: LintedRule) -> list[AtLeast]:
    """What holds where a clause gives its level, a floor or a better step does, or no cap binds."""
    match statement.body:
        case When(condition=condition):
            return [lower_condition(condition, linted.naming)]
        case Limit() | Shift() as adjustment:
            return [lower_adjustment(adjustment, linted.naming)]
        case _:
            return []


def where_it_speaks(statement: Statement, compiled: CompiledRules) -> States | None:
    """The least case in which what raises the level holds, or the best in which a cap binds."""
    body = statement.body
    if isinstance(body, Adjustment) and body.kind in ("cap", "worse"):
        return compiled.most(compiled.conditions[0]) or compiled.worst()
    return compiled.least(compiled.conditions[0]) or compiled.best()
