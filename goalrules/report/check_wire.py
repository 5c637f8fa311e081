"""A check as JSON, values only: every finding, with the cases that show it; and its schema."""

from typing import Any, get_args

from goalrules.language.statements import PeriodClass
from goalrules.lint.result import (
    ComparedWith,
    Example,
    ExampleMember,
    ExampleOutcome,
    Finding,
    LintReport,
    Severity,
)
from goalrules.report.schema_parts import (
    TEXTS,
    Json,
    a_flag,
    a_list,
    a_number,
    a_text,
    a_whole,
    a_word,
    an_object,
    document,
)
from goalrules.text.diagnostics import DiagnosticFact, WordRef

SCHEMA = "urn:goalrules:check:1"


def check_to_dict(found: LintReport) -> dict[str, Any]:
    """A check; `passed` says that no fault is left without an interpretation."""
    return {
        "schema": SCHEMA,
        "rules": found.file,
        "language": found.language,
        "passed": not found.faults,
        "goals": found.goals,
        "cases": str(found.cases),
        "findings": [_finding(each) for each in found.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    span = finding.span
    return {
        "code": finding.code,
        "severity": finding.severity,
        "fails": finding.fails,
        "goal": finding.goal,
        "periods": list(finding.periods),
        "years": list(finding.years),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "facts": {name: _fact(fact) for name, fact in finding.facts.items()},
        "change": finding.change,
        "witness": [_case(each) for each in finding.witness],
        "reported": list(finding.reported),
        "unless": finding.unless,
        "interpretations": list(finding.interpretations),
    }


def _fact(fact: DiagnosticFact) -> str | list[str]:
    match fact:
        case tuple():
            return [_text(each) for each in fact]
        case _:
            return _text(fact)


def _text(fact: str | int | WordRef) -> str:
    return fact.key if isinstance(fact, WordRef) else str(fact)


def _case(case: Example) -> dict[str, Any]:
    return {
        "members": [_at(each) for each in case.members],
        "outcomes": [_outcome(each) for each in case.outcomes],
        "changed": [_outcome(each) for each in case.changed],
    }


def _at(at: ExampleMember) -> dict[str, Any]:
    value = None if at.value is None else format(at.value, "f")
    return {
        "kind": at.kind, "member": at.member, "goal": at.goal,
        "level": at.level or None, "value": value,
    }  # fmt: skip


def _outcome(outcome: ExampleOutcome) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "goal": outcome.goal,
        "verdict": outcome.verdict,
        "worst": outcome.worst,
        "best": outcome.best,
    }


def check_schema() -> Json:
    """The schema of `check_to_dict`."""
    return document(
        SCHEMA,
        "What a check of a rule file came to",
        rules=a_text("The rule file."),
        language=a_text("The language of its words: `sv` or `en`."),
        passed=a_flag("Whether every fault has an interpretation beside it."),
        goals=a_whole("The number of goals whose rules were tried."),
        cases={**a_text("The number of possible outcomes of them all."), "pattern": "^[0-9]+$"},
        findings=a_list("What was found, in the order of the file.", _finding_schema()),
    )


def _finding_schema() -> Json:
    return an_object(
        "One thing that was found.",
        code=a_text("Its code; each has a page in `grammar/checks`."),
        severity=a_word("Whether the check fails by it.", *get_args(Severity)),
        fails=a_flag("Whether it is a fault that no interpretation stands beside."),
        goal=a_text("The goal; empty for the rule by which every indicator gets its level."),
        periods=a_list(
            "The classes of period that it is true in; none where it is in all.",
            a_word("A class of period.", *get_args(PeriodClass)),
        ),
        years=a_list(
            "The years that it is true in, as `2024` or `2024/2026`; none where it is in all.",
            TEXTS,
        ),
        line=a_whole("The line of the rule file where it stands.", 1),
        column=a_whole("The column.", 1),
        end_line=a_whole("The line where that ends.", 1),
        end_column=a_whole("The column after its end.", 1),
        facts=_facts_schema(),
        change=a_word("With what the rules are compared in the witness.", *get_args(ComparedWith)),
        witness=a_list("The cases that show it.", _case_schema()),
        reported=a_list("The groups of which three members stand in for those reported.", TEXTS),
        unless=a_text("The indicator that has to apply for it to be so; empty where none has to."),
        interpretations=a_list("What the file says beside it.", TEXTS),
    )


def _facts_schema() -> Json:
    one_or_several = {"anyOf": [TEXTS, {"type": "array", "items": TEXTS}]}
    return {
        "description": "What its text names: levels, members, numbers, lines.",
        "type": "object",
        "additionalProperties": one_or_several,
    }


def _case_schema() -> Json:
    return an_object(
        "A case: where members are, and what comes of it.",
        members=a_list("The members that matter.", _at_schema()),
        outcomes=a_list("What each goal comes to.", _outcome_schema()),
        changed=a_list("What each would come to with the change.", _outcome_schema()),
    )


def _at_schema() -> Json:
    kinds = ("indicator", "reported", "goal", "contribution", "target", "plan", "worked out")
    return an_object(
        "A member at a level, or with a value.",
        kind=a_word("What it is.", *kinds),
        member=a_text("Its name in the file, or the id of the goal that it is."),
        goal=a_text("The goal whose member it is."),
        level={"description": "Its level; null where it has a value.", "type": ["string", "null"]},
        value=a_number("Its value."),
    )


def _outcome_schema() -> Json:
    return an_object(
        "What a goal comes to, or an indicator.",
        kind=a_word("What it is.", "goal", "contribution", "indicator"),
        goal=a_text("The goal; empty for an indicator."),
        verdict=a_word("Its verdict.", "met", "not met", "open"),
        worst=a_text("The worst level that it can have."),
        best=a_text("The best level that it can have."),
    )
