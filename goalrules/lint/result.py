"""What a check of rules came to: findings, each with cases that show it, and no text."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from attrs import field, frozen
from attrs.converters import optional

from goalrules.core.vocabulary import Language, PeriodClass, Verdict
from goalrules.text.diagnostics import DiagnosticFact
from goalrules.text.source import Span

Severity = Literal["fault", "note"]
"""Whether a check fails by a finding, or only says it."""

RefusedCode = Literal["needs-too-many", "wrong-size", "included-outside", "rest-above-level"]
"""What is found of a count when a file is read, which is refused for it."""

FindingCode = (
    Literal[
        "goal-never-met", "goal-always-met", "level-never-reached", "clause-without-effect",
        "part-without-effect", "uncovered-outcomes", "overlapping-levels", "weight-without-effect",
        "member-without-influence", "same-count", "open-both-ways", "goals-in-conflict",
        "counted-twice", "too-large-to-check",
    ]
    | RefusedCode
)  # fmt: skip
"""What is found, each with a page in `grammar/checks/` of that name."""

RuledKind = Literal["goal", "contribution", "indicator"]
"""What a rule gives a level: a goal, a contribution, or every indicator."""

ExampleKind = Literal[
    "indicator", "reported", "goal", "contribution", "target", "plan", "worked out"
]
"""What a member of an example is; "worked out" where its value follows from those of others."""

ComparedWith = Literal["", "removed", "weight", "quantity", "above"]
"""With what the rules are compared: without what the finding stands at, with the weight 1 there,
with the same quantity as where `quantity` says, or without the clauses above a level."""


@frozen
class ExampleMember:
    """A member at a level, or an indicator with a value; `goal` is whose member it is."""

    kind: ExampleKind
    member: str
    goal: str
    level: str = ""
    value: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class ExampleOutcome:
    """What a goal comes to, or an indicator (of no goal): its verdict, and between which levels."""

    kind: RuledKind
    goal: str
    verdict: Verdict
    worst: str
    best: str


@frozen
class Example:
    """Where the members are, what comes of it, and what would with the change of the finding.

    The members that are not named are at their best in a case of values, and not there else.
    """

    members: tuple[ExampleMember, ...]
    outcomes: tuple[ExampleOutcome, ...]
    changed: tuple[ExampleOutcome, ...] = ()


@frozen
class Finding:
    """One thing that a check found in the rules of a goal; of every indicator where `goal` is "".

    `periods` are the classes of period that it
    is true in, none where it is true in all. `facts` are what its text names, `about` the places
    that it is about, the first of which is where it stands (`span`, in `line`). `reported` are
    the groups of which it was tried with a number of members that stand in for those reported.
    `interpretations` are what the file says beside it. It is not so where the indicator `unless`
    does not apply. `years` are those that it is true in, as `2024` or `2024/2026`; none where it
    is true in all years of the plan.
    """

    code: FindingCode
    severity: Severity
    goal: str
    kind: RuledKind
    about: tuple[Span, ...]
    facts: Mapping[str, DiagnosticFact] = field(factory=dict)
    witness: tuple[Example, ...] = ()
    change: ComparedWith = ""
    periods: tuple[PeriodClass, ...] = ()
    reported: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    line: str = ""
    unless: str = ""
    years: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where the finding stands."""
        return self.about[0]

    @property
    def fails(self) -> bool:
        """Whether the check fails by it: it is a fault, and no interpretation stands beside it."""
        return self.severity == "fault" and not self.interpretations


@frozen
class LintReport:
    """What a check of a rule file came to: the findings in its order, and what was checked.

    `goals` is the number of goals whose rules were tried, `cases` that of their possible
    outcomes.
    """

    file: str
    language: Language
    findings: tuple[Finding, ...]
    goals: int
    cases: int

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings by which the check fails."""
        return tuple(each for each in self.findings if each.fails)


def inside(span: Span, other: Span) -> bool:
    """Whether a stretch lies in another."""
    after = (other.line, other.column) <= (span.line, span.column)
    return after and (span.end_line, span.end_column) <= (other.end_line, other.end_column)
