"""What was decided beside the rules, in words: judgements of goals as a whole, and waivers."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from goalrules.assess.result import GoalTrace, OverDecided
from goalrules.core.decisions import Decided, Decision, Waiver
from goalrules.core.trace import Member
from goalrules.data.period import show_period, stored_period
from goalrules.language.syntax import Level, Name, Side
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.counts import sentence_case
from goalrules.report.shape import GOALS, goal_gender, members_of
from goalrules.report.wording import Wording


@frozen
class JudgementText:
    """What is said of a judgement: the verdict that was decided, a headline, and sentences."""

    verdict: str
    headline: str
    sentences: tuple[str, ...]


@frozen
class DecisionRenderer:
    """What is said of the decisions about one goal and its members."""

    goal: GoalTrace
    words: Wording

    @property
    def texts(self) -> Catalogue:
        """The texts about decisions in the language of the words."""
        return _texts(self.words)

    # The goal as a whole

    def judged(self) -> JudgementText | None:
        """What was decided of the goal as a whole, if anything was."""
        decided = self.goal.decided
        if decided is None:
            return None
        headline = self.texts.say(
            "judged",
            self._beside_rule(decided),
            by=decided.by,
            goal=self._named(),
            said=self._said(decided),
            levels=self._levels(),
        )
        sentences = [*self._decision(decided), *self._stands(decided)]
        return JudgementText(decided.verdict, sentence_case(headline), tuple(sentences))

    def _beside_rule(self, decided: Decided) -> str:
        """How a judgement lies to what the rule gives."""
        goal = self.goal
        if decided.departs:
            return "departs"
        if goal.verdict is None or goal.verdict == "open":
            return goal.verdict or "none"
        return "within" if decided.stated and goal.level is None else "agrees"

    def _said(self, decided: Decided) -> str:
        """What was decided, as it is said of the goal: `uppfyllt`, `gult`."""
        gender = goal_gender(self.goal.kind)
        if decided.stated:
            return self.words.level(decided.stated, gender)
        return self._met(decided, decided.verdict)

    def _met(self, scaled: Decided | OverDecided, verdict: str) -> str:
        """A verdict as it is said of the goal: `uppfyllt`, `inte grönt`."""
        key = f"{self.goal.kind}-{verdict.replace(' ', '-')}"
        side: Side = "" if scaled.met == scaled.levels[-1] else "at least"
        level = self.words.format.predicate(Level(Name(scaled.met), side), "neuter")
        return self.texts.say("said", key, level=level)

    def _levels(self) -> str:
        """The levels that the rule leaves."""
        goal = self.goal
        return self.words.levels(goal, goal_gender(goal.kind)) if goal.verdict else ""

    def _stands(self, decided: Decided) -> Iterator[str]:
        """What the rule gives, which a departure does not change: its level where one was named."""
        verdict = self.goal.verdict
        if decided.departs and verdict:
            said = self._levels() if decided.stated else self._met(decided, verdict)
            yield self.texts.say("decision", "stands", said=said)

    def _decision(self, decision: Decision) -> Iterator[str]:
        """When it was decided, for what, why, and on what grounds."""
        key = "decision-reference" if decision.reference else "decision"
        period = show_period(stored_period(decision.period), self.words.language)
        day, say = decision.when.isoformat(), self.texts.say
        yield say("decision", key, date=day, reference=decision.reference, period=period)
        yield say("decision", "reason", reason=decision.reason.removesuffix("."))
        if decision.source:
            yield say("decision", "source", source=decision.source.removesuffix("."))

    def over(self) -> Iterator[str]:
        """What the rule gives over what was decided of the goals below."""
        over = self.goal.over_decided
        if over:
            known = over.verdict != "open"
            said = self._met(over, over.verdict) if known else ""
            yield self.texts.say(
                "over", over.verdict.replace(" ", "-"), goal=self._named(), said=said
            )

    def _named(self) -> str:
        return self.words.goal(self.goal.kind, self.goal.id)

    # What is not judged

    def waived(self) -> tuple[str, ...]:
        """The headline of a goal that is not judged, and what is said of the decision."""
        waiver = self.goal.waiver
        if waiver is None:
            return ()
        headline = self.texts.say("waived", waiver.kind, by=waiver.by, goal=self._named())
        return sentence_case(headline), *self._decision(waiver), *self._otherwise(waiver)

    def _otherwise(self, waiver: Waiver) -> Iterator[str]:
        """What the rule gives without the decision not to judge the goal."""
        if waiver.worst:
            would = evolve(self.goal, **_ends(waiver))
            levels = self.words.levels(would, goal_gender(self.goal.kind))
            yield self.texts.say("decision", "otherwise", levels=levels)

    def waivers(self) -> Iterator[tuple[str, ...]]:
        """The members that are not judged, with who decided so, when and why: by decision."""
        asked = members_of((*self.goal.steps, *self.goal.caps))
        found: dict[Waiver, dict[str, Member]] = {}
        for member in (*self.goal.members, *asked):
            if member.waiver:
                found.setdefault(as_decided(member.waiver), {})[member.name] = member
        for waiver, members in found.items():
            yield self._waiver(waiver, list(members.values())), *self._decision(waiver)

    def _waiver(self, waiver: Waiver, members: Sequence[Member]) -> str:
        names = self.words.members(members)
        key = _inflected(waiver.kind, members, "members-")
        return sentence_case(self.texts.say("waived", key, by=waiver.by, members=names))


def as_decided(waiver: Waiver) -> Waiver:
    """A decision without what tells it from those that were made with it of other members."""
    alone = evolve(waiver, file="", line=1, column=1, sheet="")
    return evolve(alone, levels=(), worst="", best="")


def why_waived(members: Sequence[Member], words: Wording) -> str:
    """Why some members that are not judged are not counted, as it is said in brackets."""
    kinds = {each.waiver.kind for each in members if each.waiver}
    return _texts(words).say("why", _inflected("".join(kinds), members))


def waived_line(member: Member, name: str, words: Wording) -> str:
    """A member that is not judged, in the steps of a rule: what it would be, and its value."""
    say, why = _texts(words).say, why_waived([member], words)
    line = say("tree", "not-counted", member=name, why=why)
    if member.waiver and member.waiver.worst:
        would = evolve(member, **_ends(member.waiver))
        level = words.marked(would, goal_gender(member.kind))
        line = say("tree", "otherwise", line=line, level=level)
    facts = ", ".join(words.facts(member))
    return line + (words.say("tree", "facts", facts=facts) if facts else "")


def _ends(waiver: Waiver) -> dict[str, Any]:
    """The levels that there would be without a waiver."""
    return {"levels": waiver.levels, "worst": waiver.worst, "best": waiver.best}


def _texts(words: Wording) -> Catalogue:
    return catalogue("judgements", words.language)


def _inflected(kind: str, members: Sequence[Member], start: str = "") -> str:
    """The key of a text about members that are waived, or that do not apply."""
    if kind == "waived":
        return f"{start}{kind}"
    many = "-many" if len(members) > 1 else ""
    return f"{start}{kind}{many or ('-goal' if members[0].kind in GOALS else '')}"
