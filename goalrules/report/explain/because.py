"""Why a rule holds, or fails, in a few words each: what stands after *because*.

Of a condition of bad levels (`bad`) the steps are those of its opposite, and the words its own.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_never, cast

from attrs import evolve, field

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement
from goalrules.language.statements import is_of_bad
from goalrules.lazily import frozen
from goalrules.report.explain.counts import points_asked, weight_reason
from goalrules.report.explain.justification import Justification, deciding_of
from goalrules.report.shape import (
    adjustment_of,
    agreeing,
    agreeing_with,
    all_known,
    asks_met,
    at_top,
    counts_bad,
    form_of_count,
    gender,
    goal_gender,
    limit_of,
    reaches,
    sub_steps,
)
from goalrules.report.wording import MOST_NAMED, Wording

StepOrTest = TypeVar("StepOrTest", Step, LevelTest)

BOTH = 2
"""The number of those that are called both."""


# Why a goal is met or not met


def why_met(goal: GoalTrace, words: Wording) -> list[str]:
    """Why a goal is met: by the smallest reason that is sufficient."""
    step = deciding_of(goal).step
    return BecauseRenderer(words, Justification(goal.why)).holds(step) if step else []


def why_not_met(goal: GoalTrace, words: Wording) -> list[str]:
    """Why a goal is not met: the cap that binds, or what the rule lacks, by the smallest reason."""
    because, caps = BecauseRenderer(words, Justification(goal.why)), told_caps(goal)
    return [because.limit(cap) for cap in caps] or _lacking(goal, because)


def also_enough(goal: GoalTrace, words: Wording) -> list[str]:
    """What else the rule lacks, which the smallest reason does not need.

    Where steps move the level, what is lacked on one way may be needless on another.
    """
    if deciding_of(goal).moves:
        return []
    told = why_not_met(goal, words)
    return [each for each in _lacking(goal, BecauseRenderer(words)) if each not in told]


def _lacking(goal: GoalTrace, because: "BecauseRenderer") -> list[str]:
    """Why the base of the rule does not hold, and no floor lifts the goal."""
    deciding = deciding_of(goal)
    step = deciding.step
    fails = because.fails(step) if step and not step.high else []
    floors = deciding.floors if fails else ()
    fails += [each for floor in floors for each in because.not_lifted(floor)]
    return list(dict.fromkeys(fails))


def told_caps(goal: GoalTrace) -> tuple[Step, ...]:
    """The caps that the headline gives as the reason why a goal is not met: the lowest of them.

    None where the base of the rule is the smallest reason.
    """
    if goal.verdict != "not met":
        return ()
    deciding, justification = deciding_of(goal), Justification(goal.why)
    base = deciding.step
    binding = [cap for cap in deciding.caps if not cap.high]
    enough = list(filter(justification.fails, binding))
    if base is not None and not base.high and (justification.fails(base) or not enough):
        return ()

    def place(cap: Step) -> int:
        level = limit_of(cap).level.text
        return goal.levels.index(level) if level in goal.levels else 0

    return tuple(sorted(enough or binding, key=place)[:1])


# Why a step holds or fails


@frozen
class BecauseRenderer:
    """The reasons in the words of one language."""

    wording: Wording
    justification: Justification = field(factory=Justification)
    bad: bool = False
    several: bool = False

    def holds(self, step: Step) -> list[str]:
        """Why a step surely holds."""
        match step.kind:
            case "floor":
                found = [self.limit(step)]
            case "count":
                found = [self._count_holds(step)]
            case "moved":
                found = self._moved(step)
            case "extreme":
                found = [self._extreme_holds(step)]
            case "score" | "lowest":
                found = [self._points(step)]
            case "rest":
                level = self.wording.level(cast(sx.Rest, step.form).level.text)
                found = [self.wording.say("reason", "rest-holds", level=level)]
            case "or" | "level" | "same":
                held = [each for each in step.children if each.low]
                child = next(filter(self.justification.holds, held), held[0])
                found = self.part(child, step)
            case (
                "met" | "remain" | "quorum" | "member" | "including" | "fact" | "parts" | "cap"
                | "shift" | "and" | "rule"
            ):  # fmt: skip
                held = [child for child in step.children if child.low]
                each = self._one_of(held)
                found = [text for child in held for text in each.part(child, step)]
            case _:
                assert_never(step.kind)
        return list(dict.fromkeys(found))

    def _one_of(self, parts: Sequence[object]) -> "BecauseRenderer":
        """The reasons where they are of so many parts."""
        return evolve(self, several=self.several or len(parts) > 1)

    def _points(self, step: Step) -> str:
        return points_asked(step, self.wording, bad=self.bad, several=self.several)

    def fails(self, step: Step) -> list[str]:
        """Why a step surely does not hold."""
        match step.kind:
            case "and" | "rule" | "or" | "level":
                # a floor no more than lifts a level
                asking = [child for child in sub_steps(step) if child.kind != "floor"]
                # those included among so many bad ones are some of them
                asking = asking[:1] if self.bad and step.kind == "rule" else asking
                failing = self._enough([child for child in asking if not child.high])
                each = self._one_of(failing)
                found = [reason for child in failing for reason in each.fails(child)]
            case "moved":
                found = self.fails(self._enough([e for e in sub_steps(step) if not e.high])[0])
            case "shift":
                worse = adjustment_of(step).kind == "worse"
                found = [self.shift(step)] if worse else self.not_lifted(step)
            case "extreme":
                found = self._extreme_fails(step)
            case "count":
                found = [self._count_fails(step)]
            case "score" | "lowest":
                found = [self._points(step)]
            case (
                "met" | "remain" | "quorum" | "including" | "rest" | "fact" | "same" | "parts"
                | "floor" | "cap" | "member"
            ):  # fmt: skip
                found = list(self._members_fail(step))
            case _:
                assert_never(step.kind)
        return list(dict.fromkeys(found))

    def _enough(self, failing: list[StepOrTest]) -> list[StepOrTest]:
        """Those parts that do not hold for the smallest reason; all, where none does for it."""
        return list(filter(self.justification.fails, failing)) or failing

    def limit(self, step: Step) -> str:
        """Why a cap binds, or a floor holds, and what the level then is."""
        limit = limit_of(step)
        level = self.wording.format.place(limit.level)
        return self.wording.say("reason", limit.kind, reason=self.of_limit(step), level=level)

    def shift(self, step: Step) -> str:
        """Why a step better or worse is taken, and what the level then is."""
        moved = self.wording.format.shift(cast(st.Shift, step.form))
        return self.wording.say("reason", "shift", reason=self.of_limit(step), shift=moved)

    def _moved(self, step: Step) -> list[str]:
        """What the clauses give, and the steps better; or else that there is no step worse."""
        level, *shifts = sub_steps(step)
        up = [each for each in shifts if adjustment_of(each).kind == "better"]
        found = [*(self.holds(level) if level.children else ()), *map(self.shift, up)]
        if found:
            return found
        return [reason for each in shifts for reason in self.not_lowered(each)]

    def not_lowered(self, step: Step) -> list[str]:
        """Why a step worse is not taken."""
        within = evolve(self, bad=is_of_bad(adjustment_of(step)), several=True)
        return within.holds(sub_steps(step)[0])

    def not_lifted(self, step: Step) -> list[str]:
        """Why a floor does not hold, or a step better is not taken."""
        within = evolve(self, bad=is_of_bad(adjustment_of(step)), several=True)
        return within.fails(sub_steps(step)[0])

    def of_limit(self, step: Step) -> str:
        """Why a cap binds, a floor holds, or a step better or worse is taken."""
        lowers = adjustment_of(step).kind in ("cap", "worse")
        return self.wording.listed(self.not_lifted(step) if lowers else self.not_lowered(step))

    def part(self, child: Step | LevelTest, step: Step) -> list[str]:
        """Why one part of a step holds."""
        return self.holds(child) if isinstance(child, Step) else [self._is(child.member, step)]

    def _is(self, member: Member, step: Step) -> str:
        """The level of a member, as far as it is known; or that a goal is met."""
        say, name = self.wording.say, self.wording.member(member)
        if member.kind in GOAL_KINDS and asks_met(step) and not self.bad:
            return say("reason", "goal-met", goal=name)
        levels = self.wording.levels(member, goal_gender(member.kind))
        return say("reason", "member-is", member=name, level=levels)

    def _members_fail(self, step: Step) -> Iterator[str]:
        """The members that are not, and cannot be, where a step asks for them."""
        below = [child for child in sub_steps(step) if not child.high]
        for each in self._enough(below):
            yield from self._members_fail(each)
        fallen = [child for child in reaches(step) if child.member.applies and not child.high]
        for child in self._enough(fallen):
            yield self._fallen(child.member, step)

    def _fallen(self, member: Member, step: Step) -> str:
        say, name = self.wording.say, self.wording.member(member)
        if member.kind in GOAL_KINDS and asks_met(step):
            return say("reason", "goal-not-met", goal=name)
        key = "member-is" if member.worst == member.best else "member-at-best"
        level = self.wording.level(member.best, goal_gender(member.kind))
        return say("reason", key, member=name, level=level)

    def _extreme_holds(self, step: Step) -> str:
        """That the best is at a level; or that all of them are, or all but so many."""
        count = sub_steps(step)[0]
        if form_of_count(count).quantity.kind != "any":
            return self._count_holds(count)
        held = [child.member for child in reaches(count) if child.member.applies and child.low]
        highest = max(each.ends.worst for each in held)
        best = [each for each in held if each.ends.worst == highest]
        return self._are(best, form_of_count(count).predicate, count)

    def _at(self, members: Sequence[Member], level: str, count: Step, key: str) -> str:
        """That some members have a level, and no other."""
        word = self.wording.level(level, agreeing_with(members, count))
        named, verb = self.wording.members(members), self.wording.verb(len(members))
        return self.wording.say("reason", key, members=named, verb=verb, level=word)

    def _are(self, members: Sequence[Member], predicate: sx.Predicate, count: Step) -> str:
        """That some members are at a level, or that they are not met."""
        agreement = agreeing_with(members, count)
        named, verb = self.wording.members(members), self.wording.verb(len(members))
        if isinstance(predicate, sx.Met) and predicate.negated:
            met = self.wording.format.predicate(sx.Met(), agreement)
            return self.wording.say("reason", "not-met", members=named, verb=verb, met=met)
        levels = {each.worst for each in members}
        if len(levels) == 1 and all(each.decided for each in members):
            return self._at(members, members[0].worst, count, "are")
        level = self._predicate(predicate, count, agreement)
        return self.wording.say("reason", "are", members=named, verb=verb, level=level)

    def _extreme_fails(self, step: Step) -> list[str]:
        """The worst of them; or that none of them, or too many, are at a level."""
        count = sub_steps(step)[0]
        fallen = [child.member for child in reaches(count) if not child.high]
        fallen = [each for each in fallen if each.applies]
        if form_of_count(count).quantity.kind != "all" or not all(each.decided for each in fallen):
            return self.fails(count)
        lowest = min(fallen, key=lambda each: each.ends.worst)
        worst = [each for each in fallen if each.worst == lowest.worst]
        return [self._at(worst, lowest.worst, count, "worst")]

    def _count_holds(self, step: Step) -> str:
        if form_of_count(step).weighed:
            level = self.predicate(step, "plural")
            return weight_reason(step, level, self.wording, bad=self.bad)
        got = step.got[0]
        if step.of == 1:
            return self._is(_applying(step)[0], step)
        if counts_bad(step, bad=self.bad):
            few = "few-bad" if got == step.got[1] else "few-may"
            return self._bad(step, step.of - got, "none-bad" if got == step.of else few)
        key = "some-are"
        if got == step.of:
            key = "both-are" if got == BOTH else "all-are"
        return self._counted(step, got, key)

    def _count_fails(self, step: Step) -> str:
        low, high = step.got
        if form_of_count(step).weighed:
            level = self.predicate(step, "plural")
            return weight_reason(step, level, self.wording, bad=self.bad)
        if counts_bad(step, bad=self.bad):
            return self._too_many(step)
        if step.of == 0:
            return self.wording.say("reason", "no-majority")
        if step.of == 1:
            return self._fallen(_applying(step)[0], step)
        if high == 0:
            return self._counted(
                step, 0, "none-are" if low == high and all_known(step) else "none-can"
            )
        return self._counted(step, high, "only-are" if low == high else "at-best")

    def _counted(self, step: Step, got: int, key: str) -> str:
        noun = self.noun(step, the=key == "both-are")
        return self._text(step, got, key, noun=noun, got=self._number(step, got))

    def _bad(self, step: Step, bad: int, key: str) -> str:
        most = self._number(step, step.of - step.need)
        noun = self.noun(step)
        return self._text(step, bad, key, noun=noun, bad=self._number(step, bad), most=most)

    def _too_many(self, step: Step) -> str:
        """The members at a bad level, where none or too many are."""
        fallen = [each.member for each in reaches(step) if each.member.applies and not each.high]
        if self.bad and len(fallen) <= MOST_NAMED:
            return self._are(fallen, form_of_count(step).predicate, step)
        if self.bad:
            return self._counted(step, len(fallen), "some-are")
        if step.need == step.of:
            return self._text(step, len(fallen), "any-bad", fallen)
        return self._bad(step, len(fallen), "too-many-bad")

    def _text(
        self, step: Step, number: int, key: str, named: Sequence[Member] = (), **fields: str
    ) -> str:
        """A reason that speaks of so many, or of some by name, with which its words agree."""
        text = self.wording.say(
            "reason",
            key,
            of=self._number(step, step.of),
            none=self.wording.no_one(gender(step)),
            verb=self.wording.verb(number),
            level=self.predicate(
                step, agreeing_with(named, step) if named else agreeing(step, number)
            ),
            members=self.wording.members(named) if named else "",
            **fields,
        )
        return " ".join(text.split())

    def _number(self, step: Step, number: int) -> str:
        return self.wording.count(number, gender(step))

    def noun(self, step: Step, *, the: bool = False) -> str:
        """What is counted: indicators, goals, or the members of a group by its name."""
        form = step.form
        scope = form.scope if isinstance(form, sx.Count) else sx.Scope()
        if len(scope.names) == 1 and not scope.goals and not scope.beside:
            return scope.names[0].text
        kinds = {child.member.kind for child in reaches(step)}
        if kinds == {"reported"}:
            key = "the-members" if the else "members"
        elif kinds == {"unit"}:
            key = "the-units" if the else "units"
        elif kinds <= set(GOAL_KINDS):
            key = "the-goals" if the else "goals"
        elif kinds & set(GOAL_KINDS):
            key = "the-members" if the else "indicators-and-goals"
        else:
            key = "the-indicators" if the else "indicators"
        return self.wording.say("noun", key)

    def predicate(self, step: Step, agreement: Agreement) -> str:
        """What a count asks of those counted."""
        return self._predicate(form_of_count(step).predicate, step, agreement)

    def _predicate(self, predicate: sx.Predicate, step: Step, agreement: Agreement) -> str:
        """A level in words; `at least` or `at most` is said of one that is not the last."""
        if not isinstance(predicate, sx.Level):
            return self.wording.format.predicate(predicate, agreement)
        if predicate.side in ("", "at least") and not counts_bad(step, bad=self.bad):
            side: sx.Side = "" if at_top(step) else "at least"
        elif predicate.side:
            side = predicate.side
        else:
            worst = predicate.name.text
            at_bottom = all(child.member.levels[0] == worst for child in reaches(step))
            side = "" if at_bottom else "at most"
        agreement = "common" if side == "worse than" else agreement
        return self.wording.format.predicate(sx.Level(predicate.name, side), agreement)


def _applying(step: Step) -> list[Member]:
    """The members that a step counts and that apply."""
    return [reach.member for reach in reaches(step) if reach.member.applies]
