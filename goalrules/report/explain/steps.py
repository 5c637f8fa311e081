"""The rule of a goal step by step: what each step asks in the rule's words, and what it found.

The clauses stand first, the best level first; then limits, what the goal requires, and the rest.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, cast

from attrs import evolve

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import UndefinedReason, Verdict
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format
from goalrules.language.statements import is_of_bad
from goalrules.lazily import frozen
from goalrules.report.explain.counts import (
    Points,
    is_weighed,
    points_got,
    points_of,
    weight_got,
    weight_of,
    weight_of_member,
)
from goalrules.report.explain.decided import waived_line, why_waived
from goalrules.report.explain.justification import SCORED, Move, deciding_of
from goalrules.report.explain.open_causes import gate_text, not_assessed
from goalrules.report.shape import (
    adjustment_of,
    counted,
    floors_of,
    goal_gender,
    members_of,
    steps_of,
    sub_steps,
)
from goalrules.report.wording import Wording

COUNTED = ("count", "including", "rest", "parts")
"""The kinds of steps that say how many of how many there are."""

Mark = Verdict | Literal["none", "counts"]
"""How a step came out, that there is nothing to say of that, or that a member counts points."""


@frozen
class StepLine:
    """One line of the steps, with a mark for how it came out, and the lines below it."""

    mark: Mark
    text: str
    children: tuple["StepLine", ...] = ()


# The lines of a goal


def goal_lines(goal: GoalTrace, words: Wording) -> tuple[StepLine, ...]:
    """The steps of a goal's rule, as they are used; its members where it has no verdict."""
    if goal.verdict is None:
        return tuple(StepLine("none", _shown(member, words)) for member in goal.members)
    beside = [each for each in goal.members if not each.counted]
    shown = tuple(StepLine("none", _shown(member, words)) for member in beside)
    limits = (*floors_of(goal.steps), *goal.caps)
    return (
        *_clause_lines(goal, words),
        *_extreme_lines(goal, words),
        *(_limit_line(each.step, goal, words, each) for each in deciding_of(goal).moves),
        *(_limit_line(each, goal, words) for each in limits),
        *(
            # what there has to be before there is a verdict, and the members that are not there
            StepLine(
                "met" if each.low else "not met",
                gate_text(each, words),
                tuple(StepLine("none", absent) for absent in not_assessed(each, words)),
            )
            for each in goal.gates
        ),
        *([StepLine("none", words.say("tree", "shown-only"), shown)] if shown else []),
    )


def _shown(member: Member, words: Wording) -> str:
    """A member that is not counted, with its level where something is known of that."""
    facts = ", ".join(words.shown(member))
    any_level = (member.worst, member.best) == (member.levels[0], member.levels[-1])
    if member.counted or not (any_level and facts and member.applies):
        return _member_text(member, words)
    return words.say("tree", "member", member=words.member(member), level=facts)


def _clause_lines(goal: GoalTrace, words: Wording) -> Iterator[StepLine]:
    """The clauses of each level down to the one that surely holds; those below say no more."""
    for level in reversed(deciding_of(goal).every):
        for clause in sub_steps(level):
            if clause.kind == "same":
                yield _step_line(clause, words)
                return
            if clause.kind not in ("extreme", "floor"):
                yield _step_line(clause, words, level_head(level, goal, words))
        if level.low:
            return


def _extreme_lines(goal: GoalTrace, words: Wording) -> Iterator[StepLine]:
    """The worst or the best of some members, once for all levels.

    Each has its level, and is marked by whether that is enough to be met.
    """
    found: dict[object, list[Step]] = {}
    for level in deciding_of(goal).every:
        for step in sub_steps(level):
            if step.kind == "extreme":
                found.setdefault(step.form, []).append(step)
    for form, steps in found.items():
        below = len(goal.levels) - len(steps) - 1
        worst, best = below + sum(s.low for s in steps), below + sum(s.high for s in steps)
        level_text = words.marked(evolve(goal, worst=goal.levels[worst], best=goal.levels[best]))
        text = f"{words.format.clause(cast(st.Extreme, form))}: {level_text}"
        # the step at the level that decides whether the goal is met
        deciding = deciding_of(goal).base[:1]
        at_met = [each for level in deciding for each in sub_steps(level) if each in steps]
        count = sub_steps((at_met or steps[-1:])[0])[0]
        if count.undefined:
            text = f"{text} ({words.say('tree', f'gap-{count.undefined}')})"
        met = goal.levels.index(goal.met)
        mark = _mark(low=worst >= met, high=best >= met)
        yield StepLine(mark, text, tuple(_lines_below(count, words)))


def _limit_line(step: Step, goal: GoalTrace, words: Wording, move: Move | None = None) -> StepLine:
    """A cap, a floor or a step, whether it is in force, where to, and what its condition found."""
    limit, condition = adjustment_of(step), sub_steps(step)[0]
    is_cap, bad = limit.kind in ("cap", "worse"), is_of_bad(limit)
    sure, never = (not step.high, step.low) if is_cap else (step.low, not step.high)
    key = "in-force" if sure else ("not-in-force" if never else "may-be-in-force")
    text = words.say("tree", key, limit=words.format.clause(limit))
    if move and sure and move.before.decided:
        before, after = (words.level(goal.levels[e.worst]) for e in (move.before, move.after))
        text += words.say(
            "tree", "stays" if before == after else "moves", before=before, after=after
        )
    if condition.kind in ("count", *SCORED) and not condition.undefined:
        text += f" ({_amount(condition, words, bad=bad)})"
    above = {each.name for each in members_of(goal.steps)}
    seen = is_cap and all(each.name in above for each in members_of([condition]))
    short = seen and condition.kind == "count"
    lines = tuple(_lines_below(condition, words, bad=bad, short=short))
    mark: Mark = "none" if never and not is_cap else _mark(low=step.low, high=step.high)
    return StepLine(mark, text, lines)


# One step; `bad` below a condition of bad levels


def _step_line(step: Step, words: Wording, head: str = "", *, bad: bool = False) -> StepLine:
    """One step and those below it; `head` is what its level says before it."""
    text = f"{head} {_rule_text(step, words.format)}".lstrip()
    below = undefined_below(step) if step.kind in SCORED else iter(())
    undefined = step.undefined or next(below, "")
    if undefined:
        text = f"{text}: {words.say('tree', f'gap-{undefined}')}"
    elif not any(child.undefined for child in sub_steps(step)):
        if step.kind in (*COUNTED, *SCORED):
            text += words.say("tree", "found", found=_amount(step, words, bad=bad))
        elif bad:
            key = "so" if not step.high else ("not-so" if step.low else "may-be-so")
            text += words.say("tree", key)
    mark = _mark(low=step.low, high=step.high)
    return StepLine(mark, text, tuple(_lines_below(step, words, bad=bad)))


def _amount(step: Step, words: Wording, *, bad: bool = False) -> str:
    """How many of how many, how much weight, or how many points."""
    if step.kind in SCORED:
        return points_got(step, words)
    if is_weighed(step):
        got = weight_got(step, words, bad=bad)
        return words.say("tree", "of", got=got, of=weight_of(step, words))
    low, high = counted(step, bad=bad)
    got = str(low) if low == high else f"{low}–{high}"
    return words.say("tree", "of", got=got, of=step.of)


def _lines_below(
    step: Step, words: Wording, *, bad: bool = False, short: bool = False
) -> Iterator[StepLine]:
    """What stands below a step; of a floor and of included members only those that fall short.

    They are counted members too, and have been shown as such with all that is known of them.
    """
    if short or step.kind in ("including", "rest"):
        for test in _falling_short(step):
            name = _name(test.member, step, words)
            yield StepLine(_held(test), _member_text(test.member, words, name, facts=False))
    elif step.kind in SCORED:
        for member in Points(step).members:
            own = points_of(member, step, words) if member.applies else ""
            text = _member_text(member, words, points=own)
            counts: Mark = "counts" if member.decided else "open"
            yield StepLine(counts if member.applies else "none", text)
    else:
        for child in step.children:
            if isinstance(child, Step):
                yield _step_line(child, words, bad=bad)
            else:
                text = _member_text(child.member, words, _name(child.member, step, words))
                parts = (_step_line(part, words, bad=bad) for part in _parts_of(child.member))
                yield StepLine(_held(child), text, tuple(parts))


def _name(member: Member, step: Step, words: Wording) -> str:
    """What a member is called, with its weight where weight is counted."""
    name = words.member(member)
    if not is_weighed(step):
        return name
    weight = weight_of_member(member, step, words)
    return words.say("tree", "weight", member=name, weight=weight)


def _member_text(
    member: Member, words: Wording, name: str = "", *, points: str = "", facts: bool = True
) -> str:
    """A member, its level, and what that rests on."""
    say, name = words.say, name or words.member(member)
    decided = [why_waived([member], words)] if member.waiver else []
    found = ", ".join([*words.facts(member), *decided]) if facts else ""
    tail = say("tree", "facts", facts=found) if found else ""
    if not member.applies and member.waiver and not member.policy:
        return waived_line(member, name, words)
    if not member.applies and member.reason == "not applicable":
        return say("tree", "not-applicable", member=name)
    level = words.marked(member, goal_gender(member.kind))
    level = ", ".join(each for each in (level, points) if each)
    key = f"policy-{member.policy}" if member.policy else "member"
    return say("tree", key, member=name, level=level) + tail


def undefined_below(step: Step) -> Iterator[UndefinedReason]:
    """Why a step, or one below it, has no meaning with the members that are left."""
    return (each.undefined for each in steps_of([step]) if each.undefined)


def _falling_short(step: Step) -> Iterator[LevelTest]:
    """The members that a step asks for and that do not surely reach it.

    A floor does not ask for those that do not apply.
    """
    for child in step.children:
        if isinstance(child, Step):
            yield from _falling_short(child)
        elif not child.low and (child.member.applies or step.kind != "rest"):
            yield child


def _parts_of(member: Member) -> tuple[Step, ...]:
    """The count of an indicator's parts, where its target is that all of them reach their own."""
    targets = [
        child.member
        for each in steps_of(member.steps)
        for child in each.children
        if isinstance(child, LevelTest) and child.member.kind == "target"
    ]
    return targets[0].steps if targets else ()


def _mark(*, low: bool, high: bool) -> Verdict:
    """How a step came out: it holds, it does not, or it can still do either."""
    if low:
        return "met"
    return "open" if high else "not met"


def _held(test: LevelTest) -> Mark:
    """How a member came out against what it was asked for, if it applies."""
    return _mark(low=test.low, high=test.high) if test.member.applies else "none"


# The words of the rule


def level_head(level: Step, goal: GoalTrace, words: Wording) -> str:
    """What a level says before its condition: `grönt om`."""
    name = cast(sx.Level, level.form).name
    place = words.format.place(name, goal_gender(goal.kind))
    return f"{place} {words.format.words.write('WHEN')}"


def _rule_text(step: Step, writer: Format) -> str:
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
        case _ if step.need < step.of:
            return writer.aim(sx.PartsReached(Decimal(step.need)))
        case _:
            return writer.aim(sx.PartsReached())
