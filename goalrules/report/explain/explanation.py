"""From the trace of a goal to its explanation: first what and why, then the numbers.

Everything is made from the trace alone; nothing is known here of rule files or outcomes.
"""

from collections.abc import Iterator
from typing import Literal, assert_never

from goalrules.assess.result import GoalTrace
from goalrules.core.scales import COLOURS
from goalrules.core.vocabulary import Verdict
from goalrules.lazily import frozen
from goalrules.report.explain.because import why_met, why_not_met
from goalrules.report.explain.decided import JudgementText, judged_text, over_decided, waived_goal
from goalrules.report.explain.justification import deciding_of
from goalrules.report.explain.open_causes import barred, open_reasons
from goalrules.report.explain.other_readings import interpretation_notes
from goalrules.report.explain.sentences import verdict_sentences
from goalrules.report.explain.steps import StepLine, goal_lines
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language

WAITING = ("missing", "not measured", "withheld", "blank", "quorum", "open")
"""The reasons of members whose outcomes are still to come."""


@frozen
class Explanation:
    """What is said of one goal: headline, sentences, the rule step by step, what it rests on.

    What was decided of the goal as a whole stands beside it.
    """

    verdict: Verdict | Literal["none"]
    headline: str
    title: str
    sentences: tuple[str, ...]
    steps: tuple[StepLine, ...]
    notes: tuple[str, ...]
    judged: JudgementText | None = None


def explain_goal(goal: GoalTrace, language: Language) -> Explanation:
    """The explanation of a goal in "sv" or "en"; `ValueError` for another language."""
    words = wording(language, goal.called)
    if goal.verdict:
        sentences = tuple(verdict_sentences(goal, words))
    else:
        sentences = waived_goal(goal, goal.waiver, words)[1:] if goal.waiver else ()
        if goal.over_decided:
            sentences += (over_decided(goal, goal.over_decided, words),)
    return Explanation(
        verdict=goal.verdict or "none",
        headline=headline(goal, words),
        title=goal.title,
        sentences=sentences,
        steps=goal_lines(goal, words),
        notes=tuple(_notes(goal, words)),
        judged=judged_text(goal, goal.decided, words) if goal.decided else None,
    )


def headline(goal: GoalTrace, words: Wording) -> str:
    """The verdict of a goal and why, or who decided that it is not judged: the first sentence."""
    say = words.say
    if goal.waiver:
        return waived_goal(goal, goal.waiver, words)[0]
    bars = barred(goal, words) if goal.verdict else ""
    if bars:
        return say("headline", "open", verdict=_verdict(goal, "barred", words), reason=bars)
    match goal.verdict:
        case None:
            return _without_verdict(goal, words)
        case "open":
            key, reason = "open", open_reasons(goal, words)
        case "met":
            reasons = why_met(goal, words)
            key, reason = "because", words.listed(reasons) if reasons else ""
        case "not met":
            reasons = why_not_met(goal, words)
            members = deciding_of(goal).members
            to_come = any(each.reason in WAITING and not each.policy for each in members)
            key = "whatever" if to_come else "because"
            reason = words.listed(reasons) if reasons else ""
        case _:
            assert_never(goal.verdict)
    verdict = _verdict(goal, goal.verdict, words)
    return say("headline", key if reason else "plain", verdict=verdict, reason=reason)


def _verdict(goal: GoalTrace, verdict: Verdict | Literal["barred"], words: Wording) -> str:
    """The verdict in words: `Mål 1 är uppfyllt`."""
    key = f"{goal.kind}-{verdict.replace(' ', '-')}"
    subject = words.subject(goal)
    if goal.units:
        subject = words.say("subject", "together", subject=subject)
    is_plain = goal.levels == COLOURS.levels and not goal.verdict_words
    own = "" if verdict == "barred" or is_plain else words.verdict_word(goal)
    if own:
        key = "own-open" if verdict == "open" else "own"
        return words.say("verdict", key, subject=subject, word=own)
    return words.say("verdict", key, subject=subject, level=words.met(goal))


def _without_verdict(goal: GoalTrace, words: Wording) -> str:
    """Why there is no verdict in the period."""
    below = goal.unjudged
    without = "no-units" if goal.units else "no-clause"
    key = "followed-up" if goal.followed_up else without
    if below:
        key = "below-many" if len(below) > 1 else "below"
    named = [words.goal(each.kind, each.id) for each in below]
    goals = words.listed(named) if named else ""
    return words.say("headline", key, subject=words.subject(goal), goals=goals)


def _notes(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The remarks of the rule file, what the plan does not say, and which units are meant."""
    for remark in goal.remarks:
        key = "remark" if remark.sure else "remark-open"
        yield words.say("tree", key, text=remark.text)
    for source in goal.sources:
        if source.words:
            yield words.say("tree", "quotation", text=source.words, source=words.cited([source]))
    of_members = (reading for member in goal.members for reading in member.interpretations)
    readings = dict.fromkeys((*goal.interpretations, *of_members))
    if goal.other_readings:
        yield from interpretation_notes(goal, readings, words)
    else:
        for reading in readings:
            yield words.say("tree", "interpretation", text=words.reading(reading))
    if goal.units == "found":
        yield words.say("tree", "units-found", count=len(goal.members))
