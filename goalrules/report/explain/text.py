"""Explanations and assessments as plain text: a mark and a word, never colour alone."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Protocol

from goalrules.assess.result import AssessmentTrace, GoalTrace, OverDecided, own_word
from goalrules.core.decisions import Decided
from goalrules.core.vocabulary import Verdict
from goalrules.data.period import show_period, stored_period
from goalrules.report.catalogue import Catalogue
from goalrules.report.explain.decided import JudgementText
from goalrules.report.explain.explanation import Explanation, explain_goal
from goalrules.report.explain.other_readings import of_all_goals
from goalrules.report.explain.steps import Mark, StepLine
from goalrules.report.inputs import inputs_line
from goalrules.report.layout import wrapped
from goalrules.report.wording import Wording, sentence_case, wording
from goalrules.text.languages import Language

MARKS: Mapping[Mark, str] = {"met": "✓", "not met": "✗", "open": "?", "none": "–", "counts": "•"}
PARTLY = "◐"
"""The mark of what is not met, and is not at the lowest level either."""


class Judged(Protocol):
    """What a goal came to, or what was decided of it, or is forecast."""

    @property
    def verdict(self) -> Verdict | None:
        """The verdict; None where there is none."""

    @property
    def worst(self) -> str | None:
        """The worst level that is left; None without a verdict."""


class OnScale(Protocol):
    """A goal with the levels that it can have, and the plan's words for them."""

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels, worst first; none where nobody has judged it."""

    @property
    def verdict_words(self) -> tuple[str, ...]:
        """What it is said to be with each of them; none where there are no words."""


def verdict_mark(judged: Judged, goal: OnScale) -> str:
    """The mark of a verdict on a goal. Colours without words are told by their names alone."""
    levels = judged.levels if isinstance(judged, Decided | OverDecided) else goal.levels
    if judged.verdict == "not met" and judged.worst and judged.worst != levels[0]:
        return PARTLY if own_word(judged.worst, levels, goal.verdict_words) else MARKS["not met"]
    return MARKS[judged.verdict or "none"]


def marks_legend(marks: Iterable[str], texts: Catalogue, section: str = "assessment") -> str:
    """What the marks of verdicts mean; of the one between met and not met, where it is used."""
    legend = texts.say(section, "legend")
    return texts.say(section, "legend-partly", legend=legend) if PARTLY in marks else legend


def render_goal(goal: GoalTrace, language: Language) -> str:
    """The explanation of a goal: what was decided, and the headline, sentences, steps and notes."""
    explanation = explain_goal(goal, language)
    told: list[tuple[str, Explanation | JudgementText]] = [(verdict_mark(goal, goal), explanation)]
    if goal.decided and explanation.judged:
        mark = verdict_mark(goal.decided, goal)
        told.insert(0, (mark, explanation.judged))
    blocks = [
        block
        for mark, each in told
        for block in (
            [*wrapped(f"{mark} {each.headline}", "  ")],
            [*wrapped(" ".join(each.sentences))],
        )
    ]
    blocks += [
        [*_tree(explanation.steps)],
        [line for note in explanation.notes for line in wrapped(note, "  ")],
    ]
    if explanation.title:
        blocks[0] += [f"  {explanation.title}"]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def render_tree(trace: AssessmentTrace, language: Language) -> str:
    """The explanation of the goals of an assessment, under its title, with what they rest on."""
    words = wording(language, trace.called)
    parts = ["\n".join([*title_lines(trace, words), *reached_lines(trace.reaches, words)]) + "\n"]
    for area, goals in groupby(trace.goals, key=lambda goal: goal.area):
        if area:
            parts.append(words.say("assessment", "area", area=area) + "\n")
        parts += [render_goal(goal, language) for goal in goals]
    parts += [_focus(trace, words), _general(trace, words)]
    beside = inputs_line(trace.account, trace.period, language)
    parts += ["\n".join(beside) + "\n"] if beside else []
    return "\n".join(part for part in parts if part)


def reached_lines(reaches: str, words: Wording) -> list[str]:
    """The month that outcomes reach of a year that is assessed whole, and how to ask for that."""
    if not reaches:
        return []
    month = words.period(reaches)
    return wrapped(words.say("assessment", "reaches", month=month, period=reaches))


def _focus(trace: AssessmentTrace, words: Wording) -> str:
    """The focus areas of the plan, with the verdicts of their goals."""
    if not trace.focus_areas:
        return ""
    goals = {goal.id: goal for goal in trace.goals}
    lines = [words.say("assessment", "focus")]
    for focus in trace.focus_areas:
        known = [goals[id_] for id_ in focus.goals if id_ in goals]
        lines += wrapped(f"• {_focus_line(focus.title, known, words)}", "  ")
    return "\n".join(lines) + "\n"


def _focus_line(title: str, goals: Iterable[GoalTrace], words: Wording) -> str:
    found = [
        words.say(
            "assessment",
            "focus-goal",
            goal=words.goal(goal.kind, goal.id),
            verdict=words.short_verdict(goal),
        )
        for goal in goals
    ]
    if not found:
        return words.say("assessment", "focus-none", title=title)
    return words.say("assessment", "focus-goals", title=title, goals=", ".join(found))


def title_lines(trace: AssessmentTrace, words: Wording) -> Iterator[str]:
    """The plan, whose it is, and the period that is assessed."""
    say = words.say
    if trace.plan:
        yield say("assessment", "title", plan=trace.plan, body=trace.body).rstrip(" –")
    if trace.adopted:
        yield sentence_case(words.decision("adopted", trace.adopted))
    period = show_period(stored_period(trace.period), words.language)
    yield say("assessment", "period", period=period)
    if trace.outside_validity:
        yield say("assessment", "outside", period=period)


def _general(trace: AssessmentTrace, words: Wording) -> str:
    """The interpretations of the plan as a whole, and of how an indicator is assessed."""
    lines: list[str] = []
    for key, said in (("of-indicators", trace.of_indicators), ("general", trace.interpretations)):
        if said:
            lines += ["", words.say("tree", key)]
            told = (of_all_goals(each, trace.goals, words) for each in said)
            lines += [line for each in told for line in wrapped(f"• {each}", "  ")]
    return "\n".join(lines[1:]) + "\n" if lines else ""


def _tree(items: Iterable[StepLine], depth: int = 0) -> Iterator[str]:
    for item in items:
        margin = "  " * (depth + 1)
        yield from wrapped(f"{margin}{MARKS[item.mark]} {item.text}", margin + "    ")
        yield from _tree(item.children, depth + 1)
