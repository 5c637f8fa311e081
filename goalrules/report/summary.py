"""The short form of an assessment: a line for each goal, or a document of a few keys for each."""

from collections.abc import Iterator
from typing import Annotated

from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.vocabulary import GOAL_KINDS, DecidedVerdict, GoalStatus, RuleKind, Verdict
from goalrules.lazily import frozen
from goalrules.report.catalogue import catalogue
from goalrules.report.explain.justification import deciding_of
from goalrules.report.explain.table import decided_texts, verdict_text
from goalrules.report.layout import shown
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language


@frozen
class GoalSummary:
    """What the rule of one goal came to, in short."""

    __title__ = "Brief"

    id: Annotated[str, "The goal's id in the rule file."]
    kind: Annotated[RuleKind, "What it is: a contribution is to a council goal."]
    title: Annotated[str, "The goal's title in the rule file."]
    status: Annotated[GoalStatus, "Whether it was judged, or why it has no verdict."]
    verdict: Annotated[Verdict | None, "The verdict; null where the plan gives none in the period."]
    level: Annotated[str | None, "The level; null where it is not decided."]
    worst: Annotated[str | None, "The worst level that it can have; null without a verdict."]
    best: Annotated[str | None, "The best level that it can have; null without a verdict."]
    decides: Annotated[
        tuple[str, ...],
        "The members that decide, by name: of an open verdict those that still can, of another the"
        " smallest sufficient reason.",
    ]
    decided: Annotated[
        DecidedVerdict | None, "What was decided of it beside the rule; null without a judgement."
    ]
    indication: Annotated[
        bool, "Whether a decided verdict rests on an outcome for less than the period."
    ] = False
    verdict_word: Annotated[
        str | None, "The plan's own word for its level; null where it has none."
    ] = None


@frozen
class Summary:
    """What one assessment of a plan came to, in short."""

    __document__ = "urn:goalrules:summary:0"

    plan: Annotated[str, "The plan's title in the rule file; empty where it has none."]
    rules: Annotated[str, "The rule file, as it was named to the program."]
    rules_sha256: Annotated[
        str,
        "The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits; empty where the text"
        " is not known.",
    ]
    period: Annotated[str, "The period assessed: a year, a month, or from month to month."]
    goals: Annotated[tuple[GoalSummary, ...], "The goals, in the order of the rule file."]


def summary_of(trace: AssessmentTrace) -> Summary:
    """An assessment in short."""
    goals = tuple(
        GoalSummary(
            goal.id,
            goal.kind,
            goal.title,
            _status(goal),
            goal.verdict,
            goal.level,
            goal.worst,
            goal.best,
            _deciding(goal),
            goal.decided.verdict if goal.decided else None,
            goal.indication,
            goal.verdict_word,
        )
        for goal in trace.goals
    )
    return Summary(trace.plan, trace.rules, trace.rules_sha256, trace.period, goals)


def _status(goal: GoalTrace) -> GoalStatus:
    if goal.verdict:
        return "judged"
    if goal.waiver:
        return "waived"
    return "followed up" if goal.followed_up else "not judged"


def _deciding(goal: GoalTrace) -> tuple[str, ...]:
    return goal.deciding if goal.verdict == "open" else tuple(each.member for each in goal.why)


def render_summary(trace: AssessmentTrace, language: Language) -> str:
    """A line for each goal, with tabs between what is said of it.

    Its id, its title, its verdict, its level or those that are left, and the members that decide.
    Last stands what was decided of it, where anything was decided of any goal.
    """
    words, texts = wording(language), catalogue("judgements", language)
    decided = ["; ".join(decided_texts(goal, words, texts)) for goal in trace.goals]
    lines = []
    for goal, beside in zip(trace.goals, decided, strict=True):
        cells = [
            goal.id,
            goal.short or goal.title,
            verdict_text(goal, words),
            words.marked(goal) if goal.verdict else "",
            ", ".join(_names(goal, words)),
            *([beside] if any(decided) else []),
        ]
        lines.append("\t".join(" ".join(shown(cell).split()) for cell in cells).rstrip("\t"))
    return "".join(f"{line}\n" for line in lines)


def _names(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """What the members that decide are called: goals as in a sentence, others by their names."""
    kinds = {each.name: each.kind for each in deciding_of(goal).members}
    kinds |= {each.member: each.kind for each in goal.why}
    for name in _deciding(goal):
        kind = kinds.get(name, "indicator")
        yield words.goal(kind, name) if kind in GOAL_KINDS else name
