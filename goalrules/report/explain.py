"""From the trace of a goal to its explanation: first what and why, then the numbers.

Everything is made from the trace alone; nothing is known here of rule files or outcomes.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from goalrules.assess.result import Fork, GoalTrace
from goalrules.core.trace import Member, Step
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.report.because import Because, reaches
from goalrules.report.counts import count_sentence
from goalrules.report.steps import Item, all_steps, form_text, goal_gender, items
from goalrules.report.wording import MOST_NAMED, Wording, wording

WAITING = ("missing", "not measured", "withheld", "blank", "open")
"""The reasons of members whose outcomes are still to come."""


@frozen
class Explanation:
    """What is said of one goal: headline, sentences, the rule step by step, what it rests on."""

    verdict: str
    headline: str
    title: str
    sentences: tuple[str, ...]
    steps: tuple[Item, ...]
    notes: tuple[str, ...]


def explain_goal(goal: GoalTrace, language: str) -> Explanation:
    """The explanation of a goal in "sv" or "en"."""
    return Explaining(goal, wording(language)).explanation()


@frozen
class Explaining:
    """One goal being explained in the words of one language."""

    goal: GoalTrace
    words: Wording

    def explanation(self) -> Explanation:
        """The whole explanation."""
        goal = self.goal
        return Explanation(
            verdict=goal.verdict or "none",
            headline=self._headline(),
            title=goal.title,
            sentences=tuple(self._sentences()),
            steps=tuple(items(goal, self.words)),
            notes=tuple(
                self.words.say("tree", "interpretation", text=text) for text in goal.interpretations
            ),
        )

    @property
    def deciding_step(self) -> Step | None:
        """The step of the level from which the goal counts as met."""
        above_floor = len(self.goal.levels) - len(self.goal.steps)
        place = self.goal.levels.index(self.goal.met) if self.goal.met else 0
        index = place - above_floor
        return self.goal.steps[index] if 0 <= index < len(self.goal.steps) else None

    def _headline(self) -> str:
        goal, say = self.goal, self.words.say
        if goal.verdict is None:
            key = "followed-up" if goal.followed_up else "no-clause"
            return say("headline", key, subject=self.words.subject(goal))
        verdict = self._verdict(goal.verdict)
        reason = self._reason()
        if not reason:
            return say("headline", "plain", verdict=verdict)
        key = "open" if goal.verdict == "open" else "because"
        if goal.verdict == "not met" and self._waits():
            key = "whatever"
        return say("headline", key, verdict=verdict, reason=reason)

    def _verdict(self, verdict: str) -> str:
        goal = self.goal
        key = f"{goal.kind}-{verdict.replace(' ', '-')}"
        subject = self.words.subject(goal)
        return self.words.say("verdict", key, subject=subject, level=self._met_word())

    def _reason(self) -> str:
        step = self.deciding_step
        if step is None:
            return ""
        if self.goal.verdict == "open":
            return "; ".join(self._open_reasons())
        because = Because(self.words)
        reasons = because.holds(step) if self.goal.verdict == "met" else because.fails(step)
        return self.words.texts.listed(reasons) if reasons else ""

    def _waits(self) -> bool:
        """Whether the step that decides asks for members whose outcomes are still to come."""
        step = self.deciding_step
        members = members_of(step) if step else []
        return any(each.reason in WAITING for each in members)

    def _open_reasons(self) -> Iterator[str]:
        """What an open verdict waits for, by reason."""
        by_reason: dict[str, list[Member]] = {}
        for member in self._deciding():
            by_reason.setdefault(member.reason or "open", []).append(member)
        for reason, members in by_reason.items():
            yield self.words.say("open", reason, members=self.words.members(members))
        yield from self.gaps()

    def gaps(self) -> list[str]:
        """Why counts of the rule have no meaning with the members that are left."""
        step = self.deciding_step
        found = [self._gap(each) for each in all_steps(step) if each.gap] if step else []
        return list(dict.fromkeys(found))

    def _gap(self, step: Step) -> str:
        if step.kind == "member":
            members = self.words.members(reach.member for reach in reaches(step))
            return self.words.say("open", "not applicable", members=members)
        return self.words.say("open", step.gap, group=self.unreported())

    def unreported(self) -> str:
        """The name of the group of which the data report nothing."""
        step = self.deciding_step
        gaps = [each.form for each in all_steps(step) if each.gap == "unreported"] if step else []
        counts = [form for form in gaps if isinstance(form, sx.Count)]
        names = dict.fromkeys(name.text for count in counts for name in count.scope.names)
        return self.words.texts.listed(names) if names else ""

    def _deciding(self) -> list[Member]:
        step = self.deciding_step
        names = set(self.goal.deciding)
        return [each for each in members_of(step) if each.name in names] if step else []

    def _sentences(self) -> Iterator[str]:
        if self.goal.verdict is None:
            return
        yield from self._rules()
        yield from self._counts()
        yield from self._values()
        yield from self._what_decides()
        yield from self._level()
        yield from self._rests_on()

    def _rules(self) -> Iterator[str]:
        """The clause of the level that counts as met, in the rule's own words."""
        step = self.deciding_step
        source = self.words.cited(self.goal.sources)
        children = step.children if step else ()
        for clause in [child for child in children if isinstance(child, Step)]:
            yield self.words.say("sentence", "rule", rule=self._clause(clause), source=source)

    def _clause(self, step: Step) -> str:
        """The words of a clause: `grönt om minst 3 av 4 gröna`, or `samma som mål 2`."""
        write, text = self.words.format.words.write, form_text(step, self.words.format)
        if isinstance(step.form, st.SameAs):
            return text
        return f"{write(self.goal.met, goal_gender(self.goal.kind))} {write('WHEN')} {text}"

    def _counts(self) -> Iterator[str]:
        step = self.deciding_step
        for each in all_steps(step) if step else ():
            if each.kind == "count" and not each.gap and each.of:
                yield count_sentence(each, self.words)

    def _values(self) -> Iterator[str]:
        """The numbers of the members that the verdict turns on."""
        step = self.deciding_step
        for member in turning_members(step, self.goal) if step else ():
            finding = member.finding
            if finding and (finding.value is not None or finding.reached is not None):
                facts = ", ".join(self.words.numbers(member))
                name = self.words.member(member)
                yield self.words.say("sentence", "values", member=name, facts=facts)

    def _what_decides(self) -> Iterator[str]:
        """What each level of the one deciding member would mean; or the members, where many."""
        goal, members = self.goal, self._deciding()
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
        then = say("fork", f"{self.goal.kind}-{verdict.replace(' ', '-')}", level=self._met_word())
        who = say("fork", f"it-{goal_gender(member.kind)}")
        key = f"{self.goal.kind}-{'first' if first else 'next'}"
        return say("fork", key, levels=listed, verdict=then, it=who)

    def _met_word(self) -> str:
        return self.words.level(self.goal.met, "neuter")

    def _level(self) -> Iterator[str]:
        goal = self.goal
        if goal.worst != goal.best and goal.verdict != "open":
            codes = {reason.code for reason in goal.reasons}
            key = f"level-unsaid-{goal.kind}" if "unsaid" in codes else "level-open"
            yield self.words.say("sentence", key, levels=self.words.levels(goal))

    def _rests_on(self) -> Iterator[str]:
        """What the verdict rests on beside the numbers: claims, and parts of the period."""
        yield from self._claims()
        yield from self._partial()

    def _claims(self) -> Iterator[str]:
        """The members that would have another level if somebody had stated more of their plan."""
        rests = [each for each in self.goal.reasons if each.code == "unclaimed"]
        names = {name for each in rests for name in each.members}
        by_claim: dict[str, list[Member]] = {}
        for member in self.goal.members:
            if member.name in names:
                by_claim.setdefault(member.unclaimed, []).append(member)
        for claim, members in by_claim.items():
            named = self.words.members(members)
            yield self.words.say("sentence", f"unclaimed-{claim}", members=named)

    def _partial(self) -> Iterator[str]:
        """The members whose outcomes are for less than the period."""
        by_period: dict[str, list[Member]] = {}
        for member in self.goal.members:
            row = member.finding.row if member.finding else None
            if row and row.partial:
                by_period.setdefault(row.period, []).append(member)
        for period, members in by_period.items():
            named = self.words.members(members)
            yield self.words.say("sentence", "partial", members=named, period=period)


def turning_members(step: Step, goal: GoalTrace) -> list[Member]:
    """The members that the verdict turns on: those that fail an unmet rule, or can still decide."""
    if goal.verdict == "met":
        return []
    names = set(goal.deciding)
    return [
        each
        for each in members_of(step)
        if each.name in names or (goal.verdict == "not met" and _fails(step, each))
    ]


def _fails(step: Step, member: Member) -> bool:
    return any(
        child.member.name == member.name and not child.high
        for each in all_steps(step)
        if not each.high
        for child in reaches(each)
    )


def members_of(step: Step) -> list[Member]:
    """The members that a step and those below it ask for, each once."""
    found = {child.member.name: child.member for each in all_steps(step) for child in reaches(each)}
    return list(found.values())
