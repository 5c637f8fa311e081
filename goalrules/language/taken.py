"""What a sentence takes over from another place in the file: named bands, the rule of a goal.

It is copied by what it says, so that nothing that comes after knows of names. A copy stands where
its words do, and says at which sentence it is taken over.
"""

from collections.abc import Mapping

from attrs import Factory, define, evolve

from goalrules.language import statements as st
from goalrules.language.plan import GoalEntry, Plan, everything_said
from goalrules.language.statements import Statement
from goalrules.language.years import ALL_YEARS, validity_of, years_of
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, in_source
from goalrules.text.names import folded, nearest
from goalrules.text.source import Source, Span

TAKEN_OR_TAKING = (st.NamedBands, st.ValueBands, st.RuleAs)
"""The statements that name what is taken over, or may take it over."""


def with_taken(source: Source, plan: Plan) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """A plan with all that its sentences take over, and the faults of those that cannot."""
    if not any(isinstance(each.body, TAKEN_OR_TAKING) for each in everything_said(plan)):
        return plan, ()
    bands: dict[str, Statement] = {}
    taking = _Taking(source, plan, bands, {goal.id: goal for goal in plan.goals})
    for statement in plan.statements:
        if isinstance(statement.body, st.NamedBands):
            name = statement.body.name
            first = bands.setdefault(folded(name.text), statement)
            if first is not statement:
                taking.fault("bands-twice", name.span, text=name.text, line=first.span.line)
    goals = tuple(map(taking.goal, plan.goals))
    return evolve(plan, goals=goals), tuple(taking.diagnostics)


@define
class _Taking:
    """A plan as it is written, the bands and the goals in it by name, and the faults found."""

    source: Source
    plan: Plan
    bands: Mapping[str, Statement]
    goals: Mapping[str, GoalEntry]
    diagnostics: list[Diagnostic] = Factory(list)

    def fault(self, code: str, span: Span, **facts: DiagnosticFact) -> None:
        """Note a fault."""
        self.diagnostics.append(in_source(self.source, code, span, **facts))

    def goal(self, goal: GoalEntry) -> GoalEntry:
        """A goal with the rule that it takes over, and the bands of its indicators."""
        indicators = tuple(
            evolve(entry, statements=tuple(map(self.with_bands, entry.statements)))
            for entry in goal.indicators
        )
        statements: list[Statement] = []
        broken = goal.broken
        for each in goal.statements:
            statements.append(each)
            if isinstance(each.body, st.RuleAs):
                other = self.goals.get(each.body.goal.text)
                broken = broken or (other is not None and other.broken)
                statements += self.rule(each, each.body, goal, other)
        return evolve(goal, indicators=indicators, statements=tuple(statements), broken=broken)

    def rule(
        self, taking: Statement, body: st.RuleAs, goal: GoalEntry, other: GoalEntry | None
    ) -> list[Statement]:
        """The rule that a goal takes over from another, each part in the years of both."""
        years = years_of(taking).shared(years_of(goal.head))
        of_other = other.all(st.Clause | st.Adjustment) if other and other.all(st.Clause) else ()
        found: list[Statement] = []
        for each in of_other:
            shared = years_of(each).shared(years) if years else None
            if shared:
                notes: list[st.Note] = [e for e in each.notes if not isinstance(e, st.Validity)]
                if shared != ALL_YEARS:
                    notes.append(validity_of(shared, taking.span))
                found.append(evolve(each, notes=tuple(notes), taken_at=taking.span))
        rules = (each for each in goal.all(st.Clause | st.RuleAs) if each is not taking)
        same = (each for each in rules if years_of(each).shared(years_of(taking)))
        beside, name = next(same, None), body.goal
        if beside:
            if isinstance(beside.body, st.Clause):
                self.fault("rule-taken-and-more", taking.span, line=beside.span.line)
            return []  # what is said twice is told where statements are gathered
        if other is None and not self.plan.broken:
            close = nearest(name.text, self.goals)
            self.fault("unknown-goal", name.span, text=name.text, nearest=close)
        elif other and not found and not self.plan.broken and not other.broken:
            self.fault("no-rule-to-take", name.span, text=name.text)
        return found

    def with_bands(self, statement: Statement) -> Statement:
        """A statement with the bands that it takes over by their name."""
        body = statement.body
        if not isinstance(body, st.ValueBands) or body.named is None:
            return statement
        found = self.bands.get(folded(body.named.text))
        if found is None or not isinstance(found.body, st.NamedBands):
            if not self.plan.broken:
                close = nearest(body.named.text, self.bands)
                span, text = body.named.span, body.named.text
                self.fault("unknown-bands", span, text=text, nearest=close)
            return statement
        taken = evolve(body, bands=found.body.bands)
        notes = (*found.notes, *statement.notes)
        return evolve(statement, body=taken, notes=notes, span=found.span, taken_at=statement.span)
