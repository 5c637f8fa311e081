"""A clause, a cap or a floor without which every outcome would give the same."""

from collections.abc import Callable, Iterator

from goalrules.core.nodes import AtLeast
from goalrules.language.lower import lower_condition, lower_limit
from goalrules.language.statements import Limit, Statement, When
from goalrules.lint.applying import tried
from goalrules.lint.level_never_reached import idle_places
from goalrules.lint.result import Finding
from goalrules.lint.subject import CompiledRules, States, Subject, Witnesses

CODE = "clause-without-effect"


def find(subject: Subject) -> Iterator[Finding]:
    """The clauses and limits that never decide, but for those of levels that are never reached."""
    idle = idle_places(subject)
    for statement in subject.said:
        own = own_nodes(statement, subject)
        if own and subject.is_left(statement) and subject.place(statement) not in idle:
            drawn = subject.draw(subject.changed(statement, None), nodes=own)
            if drawn.same:
                shown = Witnesses(drawn, [where_it_speaks(statement, drawn)], "removed")
                found = subject.finding(CODE, [statement.span], shown)
                yield tried(found, subject, never_decides(statement, None))


def never_decides(old: Statement, new: Statement | None) -> Callable[[Subject], bool]:
    """That a rule comes to the same with another statement in the place of one, or with none."""
    return lambda subject: subject.draw(subject.changed(old, new)).same


def own_nodes(statement: Statement, subject: Subject) -> list[AtLeast]:
    """What holds where a clause gives its level, or a floor its own, or where no cap binds."""
    match statement.body:
        case When(condition=condition):
            return [lower_condition(condition, subject.naming)]
        case Limit() as limit:
            return [lower_limit(limit, subject.naming)]
        case _:
            return []


def where_it_speaks(statement: Statement, drawn: CompiledRules) -> States | None:
    """The least case in which a clause or a floor holds, or the best in which a cap binds."""
    body = statement.body
    if isinstance(body, Limit) and body.kind == "cap":
        return drawn.most(drawn.nodes[0]) or drawn.worst()
    return drawn.least(drawn.nodes[0]) or drawn.best()
