"""Examples for counts that are refused when a file is read: a case that shows why each is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from goalrules.analyse.pseudo_boolean import pseudo_boolean
from goalrules.core.scales import Ends, known, verdict_of
from goalrules.language import syntax as sx
from goalrules.language.levels import scales_of
from goalrules.language.lower import lower_condition
from goalrules.language.naming import Naming, goal_naming, plan_names
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.statements import When
from goalrules.language.validate_years import first_year_of
from goalrules.language.years import in_year
from goalrules.lazily import frozen
from goalrules.lint.result import (
    Example,
    ExampleMember,
    ExampleOutcome,
    Finding,
    RefusedCode,
)
from goalrules.text.diagnostics import Diagnostic, WordRef

REFUSED: tuple[RefusedCode, ...] = get_args(RefusedCode)
"""The codes of counts that cannot be as they are written."""

PlaceByMember = Mapping[str, int]


@frozen
class Refused:
    """A count, or what is asked of one member, that is refused; and the goal that it is of."""

    form: sx.Count | sx.Single
    goal: GoalEntry
    naming: Naming

    @property
    def members(self) -> tuple[str, ...]:
        """The members that are counted."""
        if isinstance(self.form, sx.Single):
            return self.naming.own
        return self.naming.counted(self.form.scope) or ()


def show_refused(plan: Plan, faults: Iterable[Diagnostic]) -> list[Finding | None]:
    """For each fault what shows it, where it is one of a count of members that are known."""
    return [
        next(
            (
                _finding(code, fault, each)
                for code in REFUSED
                if code == fault.code
                for each in _counts(in_year(plan, first_year_of(fault)))
                if each.members and each.form.span.holds(fault.span)
            ),
            None,
        )
        for fault in faults
    ]


def _counts(plan: Plan) -> Iterator[Refused]:
    names = plan_names(plan, scales_of(plan))
    for goal in plan.goals:
        naming = goal_naming(goal, names)
        for statement in goal.statements:
            if isinstance(statement.body, When) and statement.taken_at is None:
                for form in _forms(statement.body.condition):
                    yield Refused(form, goal, naming)


def _forms(condition: sx.Condition) -> Iterator[sx.Count | sx.Single]:
    if isinstance(condition, sx.Count | sx.Single):
        yield condition
    for part in condition.parts if isinstance(condition, sx.Joined) else ():
        yield from _forms(part)


def _finding(code: RefusedCode, fault: Diagnostic, refused: Refused) -> Finding:
    goal, cases = refused.goal, tuple(_cases(code, refused))
    names = tuple(
        WordRef("goal" if key in refused.naming.goals else "member", key.removeprefix("goal "))
        for key in refused.members
    )
    return Finding(
        code, "fault", goal.id, goal.goal.kind, (fault.span,),
        {"members": names, "size": len(names)}, cases, source_line=fault.line,
    )  # fmt: skip


def _cases(code: RefusedCode, refused: Refused) -> Iterator[Example]:
    """The case that shows it: with every member at its best, or at the level that is counted."""
    naming = refused.naming
    best = {key: naming.levels(key).scale.top for key in refused.members}
    if code == "needs-too-many":
        yield from _case(best, refused)
    if code == "included-outside" and isinstance(refused.form, sx.Count):
        scope, asked = refused.form.scope, refused.form.including
        keys = {key for each in asked for key in naming.among(each, scope) or ()}
        yield from _case({**best, **dict.fromkeys(keys - {*best}, 0)}, refused)
    if code == "rest-above-level" and isinstance(refused.form.predicate, sx.Level):
        level = refused.form.predicate.name.text
        yield from _case({key: naming.levels(key).place(level) or 0 for key in best}, refused)


def _case(places: PlaceByMember, refused: Refused) -> Iterator[Example]:
    """A case with what the condition comes to there, where it does not hold."""
    ends = {key: known(place) for key, place in places.items()}
    node = lower_condition(refused.form, refused.naming)
    low, high = (pseudo_boolean(node, (), ends, undefined=undefined) for undefined in (False, True))
    verdict = verdict_of(Ends(bool(low), bool(high)), 1)
    if verdict == "met":
        return
    goal, naming = refused.goal, refused.naming
    members = [
        ExampleMember(
            "goal" if key in naming.goals else "indicator",
            key.removeprefix("goal "),
            goal.id,
            naming.levels(key).scale.levels[place],
        )
        for key, place in places.items()
    ]
    outcome = ExampleOutcome(goal.goal.kind, goal.id, verdict, "", "")
    yield Example(tuple(members), (outcome,))
