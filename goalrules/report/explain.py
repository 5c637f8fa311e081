"""From the trace of a goal to its explanation: first what and why, then the numbers.

Everything is made from the trace alone; nothing is known here of rule files or outcomes.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from goalrules.assess.result import Fork, GoalTrace
from goalrules.core.trace import Member, Reach, Step
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.report.because import Because, gender, reaches
from goalrules.report.steps import Item, all_steps, items
from goalrules.report.wording import Wording, wording

REASONS_FOR_GAPS = ("empty", "unreported", "too few")


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
        level = self.words.level(goal.met, "neuter")
        return self.words.say("verdict", key, subject=self.words.subject(goal), level=level)

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
        """Whether the step that decides asks for members whose level is still open."""
        step = self.deciding_step
        return step is not None and any(
            not each.decided and each.applies for each in members_of(step)
        )

    def _open_reasons(self) -> Iterator[str]:
        """What an open verdict waits for, by reason."""
        by_reason: dict[str, list[Member]] = {}
        for member in self._deciding():
            by_reason.setdefault(member.reason or "open", []).append(member)
        for reason, members in by_reason.items():
            yield self.words.say("open", reason, members=self.words.members(members))
        for reason in self.goal.reasons:
            if reason.code in REASONS_FOR_GAPS:
                yield self.words.say("open", reason.code, group=self._unreported())

    def _unreported(self) -> str:
        """The name of the group of which the data report nothing."""
        step = self.deciding_step
        forms = [each.form for each in all_steps(step) if each.gap == "unreported"] if step else []
        names = [
            name.text for form in forms if isinstance(form, sx.Count) for name in form.scope.names
        ]
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
        for child in step.children if step else ():
            rule = clause_text(child, self.goal, self.words)
            if rule:
                yield self.words.say("sentence", "rule", rule=rule, source=source)

    def _counts(self) -> Iterator[str]:
        step = self.deciding_step
        for each in all_steps(step) if step else ():
            if each.kind == "count" and not each.gap and each.of:
                yield count_sentence(each, self.words)

    def _values(self) -> Iterator[str]:
        """The numbers of the members that the verdict turns on."""
        step = self.deciding_step
        turning = turning_members(step, self.goal) if step else []
        for member in turning:
            facts = self.words.facts(member)
            if (
                facts
                and member.finding
                and (member.finding.value is not None or member.finding.aimed)
            ):
                name = self.words.member(member)
                yield self.words.say("sentence", "values", member=name, facts=", ".join(facts))

    def _what_decides(self) -> Iterator[str]:
        goal, say = self.goal, self.words.say
        if goal.forks:
            member = self.words.members(self._deciding())
            yield say("sentence", "fork", member=member, branches=self._branches(goal.forks))
        elif goal.verdict == "open" and goal.deciding:
            members = self.words.texts.listed(
                [self.words.member(each) for each in self._deciding()]
            )
            key = "deciding" if goal.deciding_exact else "deciding-may"
            yield say("sentence", key, members=members)

    def _branches(self, forks: Sequence[Fork]) -> str:
        """The verdict for each level that the one deciding member can take: best first."""
        by_verdict: dict[str, list[str]] = {}
        for fork in reversed(forks):
            by_verdict.setdefault(fork.verdict, []).append(self.words.level(fork.level))
        subject = self.words.goal(self.goal.kind, self.goal.id) if self.goal.kind != "rule" else ""
        branches = []
        for verdict, levels in by_verdict.items():
            key = f"fork-{verdict.replace(' ', '-')}"
            then = self.words.say("sentence", key, subject=subject)
            word = "fork-next" if branches else "fork-first"
            listed = self.words.texts.listed(levels[::-1], "or")
            branches.append(self.words.say("sentence", word, levels=listed, verdict=then))
        return ", ".join(branches)

    def _level(self) -> Iterator[str]:
        goal = self.goal
        if goal.worst != goal.best and goal.verdict != "open":
            codes = {reason.code for reason in goal.reasons}
            key = "level-unsaid" if "unsaid" in codes else "level-open"
            yield self.words.say("sentence", key, levels=self.words.levels(goal, "neuter"))

    def _rests_on(self) -> Iterator[str]:
        say = self.words.say
        unclaimed = [
            each for each in self.goal.members if each.unclaimed and self._rests_on_claims()
        ]
        if unclaimed:
            yield say("sentence", "unclaimed", members=self.words.members(unclaimed))
        by_period: dict[str, list[Member]] = {}
        for member in self.goal.members:
            row = member.finding.row if member.finding else None
            if row and row.partial:
                by_period.setdefault(row.period, []).append(member)
        for period, members in by_period.items():
            yield say("sentence", "partial", members=self.words.members(members), period=period)

    def _rests_on_claims(self) -> bool:
        return any(reason.code == "unclaimed" for reason in self.goal.reasons)


def clause_text(child: Step | Reach, goal: GoalTrace, words: Wording) -> str:
    """The words of a clause: `grön om minst 3 av 4 gröna`, or `samma som mål 2`."""
    if not isinstance(child, Step):
        return ""
    write = words.format.words.write
    match child.form:
        case st.SameAs(name):
            return f"{write('SAME_AS')} {write('GOAL')} {name.text}"
        case sx.Count() | sx.Single() | sx.Fact() | sx.Joined():
            level = write(goal.met, "neuter" if goal.kind in ("goal", "contribution") else "common")
            return f"{level} {write('WHEN')} {words.format.condition(child.form)}"
        case _:
            return ""


def count_sentence(step: Step, words: Wording) -> str:
    """How many are needed of how many, how that was worked out, and how many there are."""
    form = step.form
    if not isinstance(form, sx.Count):
        return ""
    got = _got(step, words)
    exact, key = _exact(form.quantity, step.of)
    fields = {
        "got": got,
        "of": words.count(step.of, gender(step)),
        "need": words.count(step.need, gender(step)),
        "exact": words.number(exact),
        "percent": words.number(form.quantity.number),
    }
    sentence = words.say("sentence", key, **fields)
    return sentence[0].upper() + sentence[1:]


def _exact(quantity: sx.Quantity, of: int) -> tuple[Decimal, str]:
    """The need before it is rounded up to whole members, and the sentence that says it."""
    match quantity.kind:
        case "percent":
            exact = quantity.number * of / 100
            return exact, "percent" if exact % 1 else "percent-whole"
        case "half":
            return Decimal(of) / 2, "half" if of % 2 else "half-whole"
        case "none" | "at most":
            return Decimal(0), "bad"
        case _:
            return Decimal(0), quantity.kind


def _got(step: Step, words: Wording) -> str:
    """How many there are, and how many more there can be."""
    low, high = step.got
    form = step.form
    key = (
        ("got-may" if high > low else "got-none")
        if low == 0
        else ("got-more" if high > low else "got")
    )
    agreement = "plural" if low > 1 else gender(step)
    bare = isinstance(form, sx.Count) and form.quantity.kind in ("none", "at most")
    level = Because(words).predicate(step, agreement)
    if bare:
        low, high = step.of - high, step.of - low
    return words.say(
        "sentence", key, count=words.count(low, gender(step)),
        more=words.count(high - low, gender(step)), level=level,
    )  # fmt: skip


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
