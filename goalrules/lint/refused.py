"""What a count that is refused when it is read would come to: a case that shows why it is."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from goalrules.analyse.pseudo_boolean import pseudo_boolean
from goalrules.core.scales import known
from goalrules.language import syntax as sx
from goalrules.language.levels import scales_of
from goalrules.language.lower import lower_condition
from goalrules.language.naming import Naming, goal_naming, plan_names
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.statements import When
from goalrules.language.validate_years import first_year_of
from goalrules.language.years import in_year
from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, Finding, inside
from goalrules.text.diagnostics import Diagnostic, WordRef

TOO_MANY, SIZE, OUTSIDE, FLOOR = (
    "needs-too-many", "wrong-size", "included-outside", "rest-above-level",
)  # fmt: skip
REFUSED = (TOO_MANY, SIZE, OUTSIDE, FLOOR)
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
    return [_shown(each, plan) if each.code in REFUSED else None for each in faults]


def _shown(fault: Diagnostic, plan: Plan) -> Finding | None:
    counts = [each for each in _counts(in_year(plan, first_year_of(fault))) if each.members]
    at = (each for each in counts if inside(fault.span, each.form.span))
    return next((_finding(fault, each) for each in at), None)


def _counts(plan: Plan) -> Iterator[Refused]:
    names = plan_names(plan, scales_of(plan))
    for goal in plan.goals:
        naming = goal_naming(goal, names)
        for statement in goal.statements:
            if isinstance(statement.body, When):
                for form in _forms(statement.body.condition):
                    yield Refused(form, goal, naming)


def _forms(condition: sx.Condition) -> Iterator[sx.Count | sx.Single]:
    if isinstance(condition, sx.Count | sx.Single):
        yield condition
    for part in condition.parts if isinstance(condition, sx.Joined) else ():
        yield from _forms(part)


def _finding(fault: Diagnostic, refused: Refused) -> Finding:
    goal, cases = refused.goal, tuple(_cases(fault, refused))
    names = tuple(_term(each, refused.naming) for each in refused.members)
    return Finding(
        fault.code, "fault", goal.id, goal.goal.kind, (fault.span,),
        {"members": names, "size": len(names)}, cases, line=fault.line,
    )  # fmt: skip


def _term(key: str, naming: Naming) -> WordRef:
    return WordRef("goal" if key in naming.goals else "member", key.removeprefix("goal "))


def _cases(fault: Diagnostic, refused: Refused) -> Iterator[Example]:
    """The case that shows it: with every member at its best, or at the level that is counted."""
    naming = refused.naming
    best = {key: naming.levels(key).scale.top for key in refused.members}
    if fault.code == TOO_MANY:
        yield from _case(best, refused)
    if fault.code == OUTSIDE and isinstance(refused.form, sx.Count):
        asked = [name for each in refused.form.including for name in each.names]
        outside = set(naming.among(asked, refused.form.scope) or ()) - {*best}
        yield from _case({**best, **dict.fromkeys(outside, 0)}, refused)
    if fault.code == FLOOR and isinstance(refused.form.predicate, sx.Level):
        level = refused.form.predicate.name.text
        yield from _case({key: naming.levels(key).place(level) or 0 for key in best}, refused)


def _case(places: PlaceByMember, refused: Refused) -> Iterator[Example]:
    """A case with what the condition comes to there, where it does not hold."""
    ends = {key: known(place) for key, place in places.items()}
    node = lower_condition(refused.form, refused.naming)
    low, high = (pseudo_boolean(node, (), ends, undefined=undefined) for undefined in (False, True))
    verdict = "met" if low else ("open" if high else "not met")
    outcome = ExampleOutcome(refused.goal.goal.kind, refused.goal.id, verdict, "", "")
    case = Example(tuple(_at(key, place, refused) for key, place in places.items()), (outcome,))
    if verdict != "met":
        yield case


def _at(key: str, place: int, refused: Refused) -> ExampleMember:
    kind = "goal" if key in refused.naming.goals else "indicator"
    level = refused.naming.levels(key).scale.levels[place]
    return ExampleMember(kind, key.removeprefix("goal "), refused.goal.id, level)
