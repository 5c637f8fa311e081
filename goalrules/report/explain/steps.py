"""The rule of a goal step by step: what each step asks in the rule's words, and what it found."""

from collections.abc import Iterator
from typing import cast

from attrs import evolve, frozen

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import UndefinedReason
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format
from goalrules.language.statements import is_of_bad
from goalrules.report.explain.decided import waived_line, why_waived
from goalrules.report.explain.points import PointsRenderer
from goalrules.report.explain.weights import WeightRenderer, is_weighed
from goalrules.report.shape import (
    all_steps,
    counted,
    goal_gender,
    limit_of,
    sub_steps,
)
from goalrules.report.wording import Wording

COUNTED = ("count", "including", "rest", "parts")
"""The kinds of steps that say how many of how many there are."""


SCORED = ("score", "lowest")
"""The kinds of steps that count points."""


@frozen
class StepLine:
    """One line of the steps, with a mark for how it came out, and the lines below it."""

    mark: str
    text: str
    children: tuple["StepLine", ...] = ()


@frozen
class StepsRenderer:
    """The lines in the words of one language; `bad` below a condition of bad levels."""

    words: Wording
    bad: bool = False

    def within(self, step: Step) -> "StepsRenderer":
        """The lines of the condition of a limit."""
        return evolve(self, bad=is_of_bad(limit_of(step)))

    def step(self, step: Step, head: str = "") -> StepLine:
        """One step and those below it; `head` is what its level says before it."""
        text = f"{head} {rule_text(step, self.words.format)}".lstrip()
        below = undefined_below(step) if step.kind in SCORED else iter(())
        undefined = step.undefined or next(below, "")
        if undefined:
            text = f"{text}: {self.words.say('tree', f'gap-{undefined}')}"
        elif not _undefined_below(step):
            text += self._found(step)
        return StepLine(mark(low=step.low, high=step.high), text, tuple(self.children(step)))

    def _found(self, step: Step) -> str:
        """What a step found, after its words."""
        if step.kind in (*COUNTED, *SCORED):
            return self.words.say("tree", "found", found=self.amount(step))
        if self.bad:
            key = "so" if not step.high else ("not-so" if step.low else "may-be-so")
            return self.words.say("tree", key)
        return ""

    def amount(self, step: Step) -> str:
        """How many of how many, how much weight, or how many points."""
        if step.kind in SCORED:
            return PointsRenderer(step, self.words).got()
        if is_weighed(step):
            weights = WeightRenderer(step, self.words, bad=self.bad)
            return self.words.say("tree", "of", got=weights.got(), of=weights.of())
        low, high = counted(step, bad=self.bad)
        got = str(low) if low == high else f"{low}–{high}"
        return self.words.say("tree", "of", got=got, of=step.of)

    def children(self, step: Step, *, short: bool = False) -> Iterator[StepLine]:
        """What stands below a step; of a floor and of included members only those that fall short.

        They are counted members too, and have been shown as such with all that is known of them.
        """
        if short or step.kind in ("including", "rest"):
            for reach in _short(step):
                name = self._name(reach.member, step)
                yield StepLine(held(reach), self.member(reach.member, name, facts=False))
        elif step.kind in SCORED:
            yield from self._scored(step)
        else:
            for child in step.children:
                yield self.step(child) if isinstance(child, Step) else self._reach(child, step)

    def _reach(self, reach: LevelTest, step: Step) -> StepLine:
        member = reach.member
        below = tuple(self.step(step) for step in parts_of(member))
        return StepLine(held(reach), self.member(member, self._name(member, step)), below)

    def _name(self, member: Member, step: Step) -> str:
        """What a member is called, with its weight where weight is counted."""
        name = self.words.member(member)
        if not is_weighed(step):
            return name
        weight = WeightRenderer(step, self.words).of_member(member)
        return self.words.say("tree", "weight", member=name, weight=weight)

    def _scored(self, step: Step) -> Iterator[StepLine]:
        """The members whose points are taken, each with its own."""
        points = PointsRenderer(step, self.words)
        for member in points.members():
            own = points.of(member) if member.applies else ""
            bullet = "counts" if member.decided else "open"
            yield StepLine(bullet if member.applies else "none", self.member(member, points=own))

    def member(
        self, member: Member, name: str = "", *, points: str = "", facts: bool = True
    ) -> str:
        """A member, its level, and what that rests on."""
        say, name = self.words.say, name or self.words.member(member)
        decided = [why_waived([member], self.words)] if member.waiver else []
        found = ", ".join([*self.words.facts(member), *decided]) if facts else ""
        tail = say("tree", "facts", facts=found) if found else ""
        if not member.applies and member.waiver and not member.policy:
            return waived_line(member, name, self.words)
        if not member.applies and member.reason == "not applicable":
            return say("tree", "not-applicable", member=name)
        level = self.words.marked(member, goal_gender(member.kind))
        level = ", ".join(each for each in (level, points) if each)
        key = f"policy-{member.policy}" if member.policy else "member"
        return say("tree", key, member=name, level=level) + tail


def _undefined_below(step: Step) -> bool:
    return any(child.undefined for child in sub_steps(step))


def undefined_below(step: Step) -> Iterator[UndefinedReason]:
    """Why a step, or one below it, has no meaning with the members that are left."""
    return (each.undefined for each in all_steps(step) if each.undefined)


def _short(step: Step) -> Iterator[LevelTest]:
    """The members that a step asks for and that do not surely reach it.

    A floor does not ask for those that do not apply.
    """
    for child in step.children:
        if isinstance(child, Step):
            yield from _short(child)
        elif not child.low and (child.member.applies or step.kind != "rest"):
            yield child


def level_head(level: Step, goal: GoalTrace, words: Wording) -> str:
    """What a level says before its condition: `grönt om`."""
    name = cast(sx.Level, level.form).name
    place = words.format.place(name, goal_gender(goal.kind))
    return f"{place} {words.format.words.write('WHEN')}"


def rule_text(step: Step, writer: Format) -> str:
    """What a step asks, in the rule's own words, without what the steps beside it ask."""
    match step.form:
        case sx.Count() as count if step.kind == "count":
            alone = evolve(count, including=(), rest=())
            return writer.condition(alone)
        case sx.Single() as single if step.kind == "member":
            return writer.condition(evolve(single, rest=()))
        case sx.Included():
            return writer.included(step.form)
        case sx.Rest():
            return writer.floor(step.form)
        case _:
            return form_text(step, writer)


def form_text(step: Step, writer: Format) -> str:
    """The whole form of rule that a step comes from, in the rule's own words."""
    write = writer.words.write
    match step.form:
        case sx.Count() | sx.Single() | sx.Score() | sx.Fact() | sx.Joined():
            return writer.condition(step.form)
        case st.SameAs(name):
            return f"{write('SAME_AS')} {write('GOAL', 'neuter')} {name.text}"
        case _:
            return write("ALL_PARTS_REACHED")


def mark(*, low: bool, high: bool) -> str:
    """How a step came out: it holds, it does not, or it can still do either."""
    if low:
        return "met"
    return "open" if high else "not met"


def held(reach: LevelTest) -> str:
    """How a member came out against what it was asked for, if it applies."""
    return mark(low=reach.low, high=reach.high) if reach.member.applies else "none"


def parts_of(member: Member) -> tuple[Step, ...]:
    """The count of an indicator's parts, where its target is that all of them reach their own."""
    targets = [
        child.member
        for step in member.steps
        for each in all_steps(step)
        for child in each.children
        if isinstance(child, LevelTest) and child.member.kind == "target"
    ]
    return targets[0].steps if targets else ()
