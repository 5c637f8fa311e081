"""Why a verdict is open, in words: members that can still decide it, gates, and undefined counts.

A gate is what there has to be before there is a verdict: a quorum, or members that are left. A
count is undefined where it has no meaning with the members that are left.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from goalrules.assess.result import GoalTrace, place_of_gate
from goalrules.core.trace import Member, Step
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.explain.justification import deciding_of
from goalrules.report.shape import (
    gender,
    goal_gender,
    grouped,
    members_of,
    reaches,
    steps_of,
    sub_steps,
)
from goalrules.report.wording import Wording

NOT_ASSESSED = "not assessed"
"""What a member is in a quorum that has more than one level left."""

NAMING = ("member", "same", "including")
"""The kinds of steps that ask for members by name."""


def open_reasons(goal: GoalTrace, words: Wording) -> str:
    """What an open verdict waits for, by reason."""
    still = grouped(deciding_of(goal).still, lambda each: each.reason or "open")
    waiting = []
    for reason, members in still:
        said = words.of_members("open", reason, members)
        findings = [each.finding for each in members if each.finding]
        names = dict.fromkeys(name for each in findings for name in each.lacking)
        if names and reason == "no reference":
            said += f" ({words.say('fact', 'lacking', names=words.listed(names))})"
        waiting.append(said)
    return "; ".join([*waiting, *undefined_counts(goal, words), *unsure_levels(goal, words)])


def barred(goal: GoalTrace, words: Wording) -> str:
    """Why there can be no verdict, where what there has to be for one is not there."""
    failing = [gate for gate in goal.gates if not gate.low and gate.kind != "quorum"]
    return "; ".join(reason for gate in failing for reason in _gate_reasons(gate, words))


def unsure_levels(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """For which levels too few are assessed, where that leaves the verdict or the level open."""
    met, worst = goal.levels.index(goal.met), goal.levels.index(goal.worst or "")
    for gate in goal.gates:
        place = place_of_gate(gate, goal)
        matters = place <= met if goal.verdict == "open" else place == worst + 1
        if place and matters and not gate.low:
            name = cast(st.RequiresFor, gate.form).level
            level = words.format.place(name, goal_gender(goal.kind))
            for reason in _gate_reasons(gate, words):
                yield words.say("gate", "for-level", reason=reason, level=level)


def undefined_counts(goal: GoalTrace, words: Wording) -> list[str]:
    """Why counts of the rule have no meaning with the members that are left."""
    steps = [each for each in steps_of(deciding_of(goal).steps) if each.undefined]
    return list(dict.fromkeys(_undefined(each, words) for each in steps))


# Gates


def gate_text(gate: Step, words: Wording) -> str:
    """What a gate requires, in the rule's own words, and how many there are of how many."""
    if isinstance(gate.form, st.Policy):
        rule, of = words.format.statement(gate.form), len(gate.children)
        found = words.say("tree", "of", got=gate.got[0], of=of)
        return rule + words.say("tree", "remain", found=found)
    if isinstance(gate.form, st.RequiresFor):
        rule = words.format.statement(gate.form)
    else:
        rule = words.format.requires(cast(sx.Condition, gate.form))
    if isinstance(gate.form, sx.Single | sx.Joined):
        return rule
    step = next((each for each in steps_of([gate]) if each.kind == "count"), gate)
    found = words.say("tree", "of", got=step.got[0], of=step.of)
    return rule + words.say("tree", "found", found=found)


def not_assessed(gate: Step, words: Wording) -> Iterator[str]:
    """The members that a gate asks for and that are not assessed, by reason."""
    members = [each for each in members_of([gate]) if each.applies]
    short = [each for each in members if each.worst == NOT_ASSESSED]
    for reason, those in grouped(short, lambda each: each.reason or "open"):
        yield words.say("waiting", reason, members=words.members(those))


def _gate_reasons(gate: Step, words: Wording) -> Iterator[str]:
    """Why there is no verdict by one gate."""
    if gate.kind == "remain":
        key, of = f"remain-{cast(st.Policy, gate.form).of}", len(gate.children)
        yield _too_few("remain-few" if of == gate.got[0] else key, gate, of, words)
        return
    for step in steps_of([gate]):
        if step.kind == "count" and not step.low and step.of == step.need == 1:
            applying = [each for each in members_of([step]) if each.applies]
            yield from _named_not_assessed(applying, step, words)
        elif step.kind == "count" and not step.low:
            few = "quorum-few" if step.need > step.of else "quorum"
            yield _too_few(few if step.of else "quorum-empty", step, step.of, words)
        elif step.kind == "member" and isinstance(step.form, sx.Single) and not step.low:
            applying = [each for each in members_of([step]) if each.applies]
            if applying:
                yield from _named_not_assessed(applying, step, words)
            else:
                yield words.say("gate", "quorum-empty")
        elif step.kind == "including" and not step.low:
            yield from _included_not_assessed(step, words)


def _too_few(key: str, step: Step, of: int, words: Wording) -> str:
    """That too few are assessed, or are left."""
    got, agreement = step.got[0], gender(step)
    text = words.say(
        "gate",
        key,
        got=words.count(got, agreement) if got else words.no_one(agreement),
        only=words.say("words", "only") if got else "",
        of=words.count(of, agreement),
        noun=BecauseRenderer(words).noun(step),
        verb=words.verb(got),
        assessed=_assessed(got, step, words),
        need=words.count(step.need, agreement),
    )
    return " ".join(text.split())


def _assessed(number: int, step: Step, words: Wording) -> str:
    """The word *assessed* as it is said of so many."""
    agreement = "plural" if number > 1 else gender(step)
    return words.format.words.write("ASSESSED", agreement)


def _included_not_assessed(step: Step, words: Wording) -> Iterator[str]:
    """That a member that has to be assessed is not; or too few of some."""
    named = [reach.member for each in (step, *sub_steps(step)) for reach in reaches(each)]
    if not step.need or sub_steps(step):
        yield from _named_not_assessed(named, step, words)
        return
    got = step.got[0]
    yield words.say(
        "gate",
        "some",
        got=words.count(got) if got else words.no_one(gender(step)),
        members=words.members(named),
        need=words.count(step.need),
        assessed=_assessed(got, step, words),
        verb=words.verb(got),
    )


def _named_not_assessed(members: Iterable[Member], step: Step, words: Wording) -> Iterator[str]:
    """That some members that have to be assessed are not, or do not apply."""
    lacking = [each for each in members if each.worst == NOT_ASSESSED]
    short = [each for each in lacking if each.applies]
    if short:
        verb, assessed = words.verb(len(short)), _assessed(len(short), step, words)
        yield words.say("gate", "named", members=words.members(short), verb=verb, assessed=assessed)
    out = [each for each in lacking if not each.applies]
    if out:
        many = "-many" if len(out) > 1 else ""
        yield words.say("gate", f"not applicable{many}", members=words.members(out))


# Undefined counts


def _undefined(step: Step, words: Wording) -> str:
    """Why a step has no meaning without the members that are not left.

    They do not apply by what the data say or by a decision, are waived by one, or are left out by
    a policy; each is told as what it is.
    """
    if step.undefined == "unreported":
        form = cast(sx.Count | sx.Score, step.form)
        groups = dict.fromkeys(n.text for n in form.scope.names)
        key = "unreported" if groups else "unreported-all"
        return words.say("open", key, group=words.listed(groups) if groups else "")
    gone = [each for each in members_of([step]) if not each.applies]
    if not gone:
        return words.say("open", f"{step.undefined}-reported")
    whys = {_why_gone(each) for each in gone}
    if step.kind in NAMING or (whys == {"waived"} and step.undefined == "empty"):
        key = whys.pop() if len(whys) == 1 else "left out"
    elif whys <= {"not applicable", "decided"}:
        key = step.undefined
    else:
        key = f"{step.undefined}-waived" if whys == {"waived"} else f"{step.undefined}-left"
    return words.of_members("open", key, gone)


def _why_gone(member: Member) -> str:
    """Why a member is not counted."""
    if member.waiver:
        return "waived" if member.waiver.kind == "waived" else "decided"
    return "not applicable" if member.reason == "not applicable" else "left out"
