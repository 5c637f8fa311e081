"""From the trace of a goal to its explanation: first what and why, then the numbers.

Everything is made from the trace alone; nothing is known here of rule files or outcomes.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from goalrules.assess.result import GoalTrace
from goalrules.report.explain.decided import DecisionRenderer, JudgementText
from goalrules.report.explain.deciding import Deciding
from goalrules.report.explain.gates import GateRenderer
from goalrules.report.explain.reasons import why_met, why_not_met
from goalrules.report.explain.sentences import SentenceRenderer
from goalrules.report.explain.steps import StepLine
from goalrules.report.explain.tree import items
from goalrules.report.explain.undefined import UndefinedRenderer
from goalrules.report.shape import grouped, steps_of
from goalrules.report.wording import Wording, wording

WAITING = ("missing", "not measured", "withheld", "blank", "quorum", "open")
"""The reasons of members whose outcomes are still to come."""


@frozen
class Explanation:
    """What is said of one goal: headline, sentences, the rule step by step, what it rests on.

    What was decided of the goal as a whole stands beside it.
    """

    verdict: str
    headline: str
    title: str
    sentences: tuple[str, ...]
    steps: tuple[StepLine, ...]
    notes: tuple[str, ...]
    judged: JudgementText | None = None


def explain_goal(goal: GoalTrace, language: str) -> Explanation:
    """The explanation of a goal in "sv" or "en"."""
    return GoalExplainer(goal, wording(language)).explanation()


@frozen
class GoalExplainer:
    """One goal being explained in the words of one language."""

    goal: GoalTrace
    words: Wording

    @property
    def deciding(self) -> Deciding:
        """The parts of the trace that decide the verdict."""
        return Deciding(self.goal)

    def explanation(self) -> Explanation:
        """The whole explanation."""
        goal = self.goal
        waived = DecisionRenderer(goal, self.words).waived()
        return Explanation(
            verdict=goal.verdict or "none",
            headline=waived[0] if waived else self._headline(),
            title=goal.title,
            sentences=tuple(self._sentences(waived)),
            steps=items(goal, self.words),
            notes=tuple(self._notes()),
            judged=DecisionRenderer(goal, self.words).judged(),
        )

    def _sentences(self, waived: Sequence[str]) -> Iterator[str]:
        """What is said beside the headline; of a goal without a verdict only what was decided."""
        if self.goal.verdict:
            yield from SentenceRenderer(self.goal, self.words).all()
            return
        yield from waived[1:]
        yield from DecisionRenderer(self.goal, self.words).over()

    def _notes(self) -> Iterator[str]:
        """The remarks of the rule file, and what the plan does not say."""
        for remark in self.goal.remarks:
            key = "remark" if remark.sure else "remark-open"
            yield self.words.say("tree", key, text=remark.text)
        for text in self.goal.interpretations:
            yield self.words.say("tree", "interpretation", text=text)

    def _headline(self) -> str:
        goal, say = self.goal, self.words.say
        if goal.verdict is None:
            return self._without_verdict()
        barred = self.barred()
        if barred:
            return say("headline", "open", verdict=self._verdict("barred"), reason=barred)
        verdict, reason = self._verdict(goal.verdict), self._reason()
        if not reason:
            return say("headline", "plain", verdict=verdict)
        key = "open" if goal.verdict == "open" else "because"
        if goal.verdict == "not met" and self._waits():
            key = "whatever"
        return say("headline", key, verdict=verdict, reason=reason)

    def _without_verdict(self) -> str:
        """Why there is no verdict in the period."""
        goal, below = self.goal, self.goal.unjudged
        key = "followed-up" if goal.followed_up else "no-clause"
        if below:
            key = "below-many" if len(below) > 1 else "below"
        named = [self.words.goal(each.kind, each.id) for each in below]
        goals = self.words.texts.listed(named) if named else ""
        return self.words.say("headline", key, subject=self.words.subject(goal), goals=goals)

    def barred(self) -> str:
        """Why there can be no verdict, where what there has to be for one is not there."""
        gates = [GateRenderer(step, self.words) for step in self.deciding.failing_gates]
        return "; ".join(reason for gate in gates for reason in gate.reasons())

    def _verdict(self, verdict: str) -> str:
        goal, met = self.goal, self.words.met(self.goal)
        key = f"{goal.kind}-{verdict.replace(' ', '-')}"
        return self.words.say("verdict", key, subject=self.words.subject(goal), level=met)

    def _reason(self) -> str:
        if self.goal.verdict == "open":
            return "; ".join(self._open_reasons())
        why = why_met if self.goal.verdict == "met" else why_not_met
        reasons = why(self.goal, self.words)
        return self.words.texts.listed(reasons) if reasons else ""

    def _waits(self) -> bool:
        """Whether the steps that decide ask for members whose outcomes are still to come."""
        return any(each.reason in WAITING and not each.policy for each in self.deciding.members)

    def _open_reasons(self) -> Iterator[str]:
        """What an open verdict waits for, by reason."""
        for reason, members in grouped(self.deciding.still, lambda each: each.reason or "open"):
            yield self.words.of_members("open", reason, members)
        yield from self.gaps()

    def gaps(self) -> list[str]:
        """Why counts of the rule have no meaning with the members that are left."""
        steps = [each for each in steps_of(self.deciding.steps) if each.undefined]
        return list(dict.fromkeys(UndefinedRenderer(each, self.words).text() for each in steps))
