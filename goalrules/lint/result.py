"""What a check of rules came to: findings, each with cases that show it, and no text."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from attrs import field
from attrs.converters import optional

from goalrules.core.vocabulary import PeriodClass, Verdict
from goalrules.document import Mark, Whole, shown
from goalrules.frozen import FrozenMap
from goalrules.lazily import frozen
from goalrules.text.diagnostics import DiagnosticFact, frozen_facts
from goalrules.text.languages import Language
from goalrules.text.source import Span

Severity = Literal["fault", "note"]
"""Whether a check fails by a finding, or only says it."""

RefusedCode = Literal["needs-too-many", "wrong-size", "included-outside", "rest-above-level"]
"""What is found of a count when a file is read, which is refused for it."""

FindingCode = (
    Literal[
        "goal-never-met", "goal-always-met", "level-never-reached", "clause-without-effect",
        "part-without-effect", "uncovered-outcomes", "overlapping-levels", "weight-without-effect",
        "member-without-influence", "same-count", "open-both-ways", "percent-left-out",
        "share-as-percent", "adding-up-unsaid", "goals-in-conflict", "counted-twice",
        "too-large-to-check",
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
    """A member at a level, or an indicator with a value."""

    kind: Annotated[ExampleKind, "What it is."]
    member: Annotated[str, "Its name in the file, or the id of the goal that it is."]
    goal: Annotated[str, "The goal whose member it is."]
    level: Annotated[str, "Its level; empty where it has a value."] = ""
    value: Annotated[Decimal | None, "Its value; null where it has a level."] = field(
        default=None, converter=optional(Decimal)
    )


@frozen
class ExampleOutcome:
    """What a goal comes to, or an indicator."""

    kind: Annotated[RuledKind, "What it is."]
    goal: Annotated[str, "The goal; empty for an indicator."]
    verdict: Annotated[Verdict, "Its verdict."]
    worst: Annotated[str, "The worst level that it can have."]
    best: Annotated[str, "The best level that it can have."]


@frozen
class Example:
    """Where the members are, and what comes of it.

    The members that are not named are at their best in a case of values, and not there else.
    """

    members: Annotated[tuple[ExampleMember, ...], "The members that matter."]
    outcomes: Annotated[tuple[ExampleOutcome, ...], "What each goal comes to."]
    changed: Annotated[
        tuple[ExampleOutcome, ...], "What each would come to with the change of the finding."
    ] = ()


@frozen
class Finding:
    """One thing that a check found in the rules of a goal, or of every indicator."""

    code: Annotated[FindingCode, "Its code; each has a page in `grammar/checks`."]
    severity: Annotated[Severity, "Whether the check fails by it."]
    goal: Annotated[str, "The goal; empty for the rule by which every indicator gets its level."]
    kind: Annotated[RuledKind, "What it is of."]
    about: Annotated[
        tuple[Span, ...], "The places that it is about, the first of which is where it stands."
    ]
    facts: Annotated[
        Mapping[str, DiagnosticFact], "What its text names: levels, members, numbers, lines."
    ] = field(factory=dict, converter=frozen_facts)
    witness: Annotated[tuple[Example, ...], "The cases that show it."] = ()
    change: Annotated[
        ComparedWith, "With what the rules are compared in the witness; empty for nothing."
    ] = ""
    periods: Annotated[
        tuple[PeriodClass, ...], "The classes of period that it is true in; none where in all."
    ] = ()
    reported: Annotated[
        tuple[str, ...], "The groups of which three members stand in for those reported."
    ] = ()
    joined: Annotated[
        tuple[str, ...],
        "The indicators that are taken to be independent, though they are worked out from the same"
        " figures or from each other.",
    ] = ()
    interpretations: Annotated[tuple[str, ...], "What the file says beside it."] = ()
    source_line: Annotated[str, "The line of the rule file where it stands, as it is there."] = ""
    taken_at: Annotated[
        Span | None, "Where the goal takes its words over from another place; else null."
    ] = None
    unless: Annotated[
        str, "The indicator that has to apply for it to be so; empty where none has to."
    ] = ""
    called: Annotated[
        FrozenMap[str, str], "What goals are called by the file's own words, by their ids."
    ] = FrozenMap({})
    years: Annotated[
        tuple[str, ...],
        "The years that it is true in, as `2024` or `2024/2026`; none where it is in all.",
    ] = ()

    @property
    @shown
    def span(self) -> Span:
        """Where the finding stands."""
        return self.about[0]

    @property
    @shown
    def fails(self) -> bool:
        """Whether the check fails by it: it is a fault, and no interpretation stands beside it."""
        return self.severity == "fault" and not self.interpretations


@frozen
class LintReport:
    """What a check of a rule file came to."""

    __title__ = "Check"
    __document__ = "urn:goalrules:check:0"

    rules: Annotated[str, "The rule file, as it was named to the program."]
    language: Annotated[Language, "The language of its words."]
    findings: Annotated[tuple[Finding, ...], "What was found, in the order of the file."]
    goals: Annotated[Whole, "The number of goals whose rules were tried."]
    cases: Annotated[int, Mark.AS_TEXT, "The number of possible outcomes of them all."]
    rules_sha256: Annotated[
        str, "The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits."
    ] = ""

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings by which the check fails."""
        return tuple(each for each in self.findings if each.fails)

    @property
    @shown
    def passed(self) -> bool:
        """Whether every fault has an interpretation beside it."""
        return not self.faults
