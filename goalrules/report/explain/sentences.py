"""The sentences of an explanation: the rule, the numbers, and what the verdict rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from attrs import frozen

from goalrules.assess.result import Fork, GoalTrace
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Member, Step
from goalrules.language import statements as st
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.explain.counts import count_sentence, sentence_case
from goalrules.report.explain.decided import DecisionRenderer, why_waived
from goalrules.report.explain.deciding import Deciding
from goalrules.report.explain.points import PointsRenderer
from goalrules.report.explain.reasons import also_enough, told_caps
from goalrules.report.explain.steps import SCORED, form_text, level_head, undefined_below
from goalrules.report.shape import (
    GOALS,
    floors_of,
    goal_gender,
    grouped,
    limit_of,
    members_of,
    sub_steps,
)
from goalrules.report.wording import MOST_NAMED, Wording


@frozen
class SentenceRenderer:
    """The sentences of one goal that has a verdict, in the words of one language."""

    goal: GoalTrace
    words: Wording

    @property
    def deciding(self) -> Deciding:
        """The parts of the trace that decide the verdict."""
        return Deciding(self.goal)

    def all(self) -> Iterator[str]:
        """Every sentence, in order."""
        yield from self._rules()
        yield from self._counts()
        yield from self._values()
        yield from self._what_decides()
        yield from self._also()
        yield from self._limits()
        yield from self._level()
        yield from self._scale()
        yield from self._rests_on()
        yield from chain.from_iterable(DecisionRenderer(self.goal, self.words).waivers())
        yield from self._claims()
        yield from self._partial()
        yield from self._ahead()
        yield from DecisionRenderer(self.goal, self.words).over()

    def _rules(self) -> Iterator[str]:
        """The clauses of the levels that count as met, and the limits, in the rule's own words."""
        levels = reversed(self.deciding.levels)
        clauses = [(each, level) for level in levels for each in sub_steps(level)]
        said = [self._clause(*each) for each in clauses if each[0].kind != "floor"]
        said += [
            self._limit_text(limit) for limit in (*floors_of(self.goal.steps), *self.goal.caps)
        ]
        if said:
            rule, source = "; ".join(dict.fromkeys(said)), self.words.cited(self.goal.sources)
            yield self.words.say("sentence", "rule", rule=rule, source=source)

    def _clause(self, step: Step, level: Step) -> str:
        """The words of a clause: `grönt om minst 3 av 4 gröna`, or `samma som mål 2`."""
        writer, form = self.words.format, step.form
        match form:
            case st.SameAs():
                return form_text(step, writer)
            case st.Extreme():
                return writer.clause(form)
            case _:
                return f"{level_head(level, self.goal, self.words)} {form_text(step, writer)}"

    def _counts(self) -> Iterator[str]:
        """How many, or how many points, are asked for, and are there."""
        step = self.deciding.step
        clauses = [each for each in sub_steps(step) if each.kind not in BESIDE] if step else []
        for each in told_steps(clauses):
            if next(undefined_below(each), ""):
                continue
            if each.kind == "count" and each.of:
                yield count_sentence(each, self.words)
            elif each.kind in SCORED and self.goal.verdict == "open":
                yield f"{sentence_case(PointsRenderer(each, self.words).text())}."

    def _values(self) -> Iterator[str]:
        """The numbers of the members that the verdict turns on."""
        for member in self.deciding.turning:
            finding = member.finding
            if finding and (finding.value is not None or finding.reached is not None):
                facts = ", ".join(self.words.numbers(member))
                name = self.words.member(member)
                yield self.words.say("sentence", "values", member=name, facts=facts)

    def _what_decides(self) -> Iterator[str]:
        """What each level of the one deciding member would mean; or the members, where many."""
        goal, members = self.goal, self.deciding.still
        if goal.forks:
            yield self._fork(members[0], goal.forks)
        elif len(members) > MOST_NAMED + 1:
            names = self.words.texts.listed(map(self.words.member, members))
            key = "deciding" if goal.deciding_exact else "deciding-may"
            yield self.words.say("sentence", key, members=names)

    def _fork(self, member: Member, forks: Sequence[Fork]) -> str:
        """The verdict for each level that the one deciding member can take."""
        by_verdict: dict[str, list[str]] = {}
        for fork in forks:
            level = self.words.level(fork.level, goal_gender(member.kind))
            by_verdict.setdefault(fork.verdict, []).append(level)
        branches = [
            self._branch(member, verdict, levels, first=not at)
            for at, (verdict, levels) in enumerate(reversed(by_verdict.items()))
        ]
        name = self.words.member(member)
        return self.words.say(
            "sentence", "fork", member=name, branches=self.words.say("words", "next").join(branches)
        )

    def _branch(self, member: Member, verdict: str, levels: Sequence[str], *, first: bool) -> str:
        say, listed = self.words.say, self.words.texts.listed(levels, "or")
        met = self.words.met(self.goal)
        then = say("fork", f"{self.goal.kind}-{verdict.replace(' ', '-')}", level=met)
        who = say("fork", f"it-{goal_gender(member.kind)}")
        key = f"{self.goal.kind}-{'first' if first else 'next'}"
        return say("fork", key, levels=listed, verdict=then, it=who)

    def _also(self) -> Iterator[str]:
        """What would be enough, too, for a goal not to be met."""
        reasons = also_enough(self.goal, self.words) if self.goal.verdict == "not met" else []
        if reasons:
            yield self.words.say("sentence", "also", reasons=self.words.texts.listed(reasons))

    def _limits(self) -> Iterator[str]:
        """The limits in force that the headline has not told of."""
        told, step = told_caps(self.goal), self.deciding.step
        if self.goal.verdict == "met" and step:
            told += tuple(each for each in sub_steps(step) if each.low)[:1]
        forces = [floor for floor in floors_of(self.goal.steps) if floor.low]
        forces += [cap for cap in self.goal.caps if not cap.high]
        for each in forces:
            if each not in told:
                limit, reason = self._limit_text(each), BecauseRenderer(self.words).of_limit(each)
                yield self.words.say("sentence", "limit", limit=limit, reason=reason)

    def _limit_text(self, step: Step) -> str:
        return self.words.format.clause(limit_of(step))

    def _level(self) -> Iterator[str]:
        goal = self.goal
        if goal.verdict == "open":
            return
        if goal.worst != goal.best:
            codes = {reason.code for reason in goal.reasons}
            key = f"level-unsaid-{goal.kind}" if "unsaid" in codes else "level-open"
            yield self.words.say("sentence", key, levels=self.words.levels(goal))
        elif len(self._levels_left()) > 1:
            yield self.words.say("sentence", "level-is", level=self.words.marked(goal))

    def _levels_left(self) -> tuple[str, ...]:
        """The levels that the verdict leaves."""
        levels, place = self.goal.levels, self.goal.levels.index(self.goal.met)
        return levels[place:] if self.goal.verdict == "met" else levels[:place]

    def _scale(self) -> Iterator[str]:
        """The scale of the goal, where that is not the one of colours, nor one of two levels."""
        goal = self.goal
        if goal.levels == COLOURS.levels or len(goal.levels) == TWO:
            return
        scale = " < ".join(map(self.words.level, goal.levels))
        met = self.words.level(goal.met)
        yield self.words.say("sentence", f"scale-{goal.kind}", scale=scale, met=met)

    def _rests_on(self) -> Iterator[str]:
        """Of how many members their own outcomes are taken, and how the others are."""
        if self.goal.rests_on:
            taken, whole = self.goal.rests_on
            kinds = {each.kind for each in self.goal.members}
            one = "-one" if whole == 1 else ""
            key = "rests-on-members" if kinds == {"reported"} else f"rests-on-indicators{one}"
            yield self.words.say("sentence", key, taken=taken, whole=whole)
        for (policy, reason, level), found in self._by_policy().items():
            yield self._taken(policy, reason, level, found)

    def _by_policy(self) -> Mapping[tuple[str, str, str], list[Member]]:
        """The members that do not count by their own outcome: what is done with them, and why."""
        asked = members_of((*self.goal.steps, *self.goal.caps))
        names = {each.name for each in asked}
        unasked = [each for each in self.goal.members if each.counted and each.name not in names]
        found: dict[tuple[str, str, str], list[Member]] = {}
        for member in (each for each in (*asked, *unasked) if not _is_waived(each)):
            if member.policy in TOLD or not (member.applies or member.policy):
                policy = member.policy or "left out"
                level = member.worst if policy == "counts as" else ""
                by_decision = f"decided {member.waiver.kind}" if member.waiver else ""
                found.setdefault((policy, by_decision or member.reason, level), []).append(member)
        return found

    def _taken(self, policy: str, reason: str, level: str, members: Sequence[Member]) -> str:
        """How some members are taken, and why."""
        many = "-many" if len(members) > 1 else ""
        agreement = "plural" if many else goal_gender(members[0].kind)
        word = self.words.level(level, agreement) if level else ""
        named, why = self.words.members(members), self._why_taken(reason, members, many)
        key = f"policy-{policy}{many}"
        said = self.words.say("sentence", key, members=named, why=why, level=word)
        return sentence_case(said) if members[0].kind in GOALS else said

    def _why_taken(self, reason: str, members: Sequence[Member], many: str) -> str:
        """Why some members do not count by their own outcome."""
        if members[0].waiver:
            return why_waived(members, self.words)
        known = self.words.texts.texts["fact"]
        return self.words.say("fact", reason + many if reason + many in known else reason)

    def _claims(self) -> Iterator[str]:
        """The members that would have another level if somebody had stated more of their plan."""
        rests = [each for each in self.goal.reasons if each.code == "unclaimed"]
        names = {name for each in rests for name in each.members}
        claiming = [each for each in self.goal.members if each.name in names]
        for claim, members in grouped(claiming, lambda each: each.unclaimed):
            named = self.words.members(members)
            yield self.words.say("sentence", f"unclaimed-{claim}", members=named)

    def _partial(self) -> Iterator[str]:
        """The members whose outcomes are for less than the period."""
        rows = [(each, each.finding.row) for each in self.goal.members if each.finding]
        partial = [(each, row) for each, row in rows if row and row.partial]
        periods = {each.name: row.period for each, row in partial}
        by_period = grouped([each for each, _ in partial], lambda each: periods[each.name])
        for period, members in by_period:
            named = self.words.members(members)
            yield self.words.say("sentence", "partial", members=named, period=period)

    def _ahead(self) -> Iterator[str]:
        """What the year would come to by the forecasts, apart from the verdict."""
        ahead = self.goal.ahead
        if ahead and ahead.verdict:
            verdict = self.words.say("short", ahead.verdict.replace(" ", "-"))
            level = (
                self.words.level(ahead.level, goal_gender(self.goal.kind)) if ahead.level else ""
            )
            key = "ahead-level" if level and len(self.goal.levels) > TWO else "ahead"
            yield self.words.say("sentence", key, verdict=verdict, level=level)


def _is_waived(member: Member) -> bool:
    """Whether a member is left out by a decision, which is told by itself."""
    return member.waiver is not None and member.policy in ("", "left out")


TWO = 2
"""The number of levels of a scale that needs no telling."""

BESIDE = ("extreme", "floor")
"""The kinds of steps that a level is said by beside the conditions of its clauses."""

TOLD = ("left out", "counts as", "replaced")
"""What is done with a member that does not count by its own outcome."""


def told_steps(steps: Iterable[Step]) -> Iterator[Step]:
    """Some steps and those below them, but for what a count of points is made of."""
    for step in steps:
        yield step
        if step.kind not in SCORED:
            yield from told_steps(sub_steps(step))
