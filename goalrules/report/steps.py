"""The rule of a goal step by step: what each step asks in the rule's words, and what it found."""

from collections.abc import Iterator

from attrs import frozen

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member, Reach, Step
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format
from goalrules.language.keywords import Agreement
from goalrules.report.because import counted
from goalrules.report.wording import GOALS, Wording


@frozen
class Item:
    """One line of the steps, with a mark for how it came out, and the lines below it."""

    mark: str
    text: str
    children: tuple["Item", ...] = ()


def items(goal: GoalTrace, words: Wording) -> Iterator[Item]:
    """The steps of a goal's rule, the best level first; its members where it has no verdict."""
    steps = _Steps(words)
    for step in reversed(goal.steps):
        yield from steps.level(step, goal)
        if any(_is_same(child) for child in step.children):
            break
    if goal.verdict is None:
        yield from (Item("none", steps.member(member)) for member in goal.members)


@frozen
class _Steps:
    """The lines in the words of one language."""

    words: Wording

    def level(self, step: Step, goal: GoalTrace) -> Iterator[Item]:
        """What is said of one level; nothing where the plan says nothing."""
        for child in step.children:
            if isinstance(child, Step):
                yield self._clause(step, child, goal)

    def _clause(self, level: Step, child: Step, goal: GoalTrace) -> Item:
        found = self.step(child)
        if _is_same(child) or not isinstance(level.form, sx.Level):
            return found
        write = self.words.format.words.write
        when = f"{write(level.form.name.text, goal_gender(goal.kind))} {write('WHEN')}"
        return Item(found.mark, f"{when} {found.text}", found.children)

    def step(self, step: Step) -> Item:
        """One step and those below it."""
        text = rule_text(step, self.words.format)
        if step.gap:
            text = f"{text}: {self.words.say('tree', f'gap-{step.gap}')}"
        elif step.kind in ("count", "including", "rest", "parts") and not _gap_below(step):
            text = self.words.say("tree", "count", rule=text, got=_got(step), of=step.of)
        return Item(mark(low=step.low, high=step.high), text, tuple(self._children(step)))

    def _children(self, step: Step) -> Iterator[Item]:
        """What stands below a step; of a floor and of included members only those that fall short.

        They are counted members too, and have been shown as such with all that is known of them.
        """
        if step.kind in ("including", "rest"):
            for short in _short(step):
                yield Item(held(short), self.member(short.member, facts=False))
        else:
            yield from map(self._child, step.children)

    def _child(self, child: Step | Reach) -> Item:
        if isinstance(child, Step):
            return self.step(child)
        below = tuple(self.step(step) for step in parts_of(child.member))
        return Item(held(child), self.member(child.member), below)

    def member(self, member: Member, *, facts: bool = True) -> str:
        """A member, its level, and what that rests on."""
        say, name = self.words.say, self.words.member(member)
        if not member.applies:
            return say("tree", "not-applicable", member=name)
        level = self.words.levels(member, goal_gender(member.kind))
        found = ", ".join(self.words.facts(member)) if facts else ""
        key = "member-facts" if found else "member"
        return say("tree", key, member=name, level=level, facts=found)


def _gap_below(step: Step) -> bool:
    return any(isinstance(child, Step) and child.gap for child in step.children)


def _is_same(child: Step | Reach) -> bool:
    """Whether a level is said to be that of another goal, as every level then is."""
    return isinstance(child, Step) and isinstance(child.form, st.SameAs)


def goal_gender(kind: str) -> Agreement:
    """The gender of a goal, a contribution or a member, which its level agrees with."""
    return "neuter" if kind in GOALS else "common"


def _short(step: Step) -> Iterator[Reach]:
    """The members that a step asks for and that do not surely reach it.

    A floor does not ask for those that do not apply.
    """
    for child in step.children:
        if isinstance(child, Step):
            yield from _short(child)
        elif not child.low and (child.member.applies or step.kind != "rest"):
            yield child


def rule_text(step: Step, writer: Format) -> str:
    """What a step asks, in the rule's own words."""
    match step.form:
        case sx.Count() as count if step.kind == "count":
            return writer.condition(sx.Count(count.quantity, count.scope, count.predicate))
        case sx.Single() as single if step.kind == "member":
            return writer.condition(sx.Single(single.member, single.predicate, single.goal))
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
        case sx.Count() | sx.Single() | sx.Fact() | sx.Joined():
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


def held(reach: Reach) -> str:
    """How a member came out against what it was asked for, if it applies."""
    return mark(low=reach.low, high=reach.high) if reach.member.applies else "none"


def _got(step: Step) -> str:
    low, high = counted(step)
    return str(low) if low == high else f"{low}–{high}"


def parts_of(member: Member) -> tuple[Step, ...]:
    """The count of an indicator's parts, where its target is that all of them reach their own."""
    targets = [
        child.member
        for step in member.steps
        for each in all_steps(step)
        for child in each.children
        if isinstance(child, Reach) and child.member.kind == "target"
    ]
    return targets[0].steps if targets else ()


def all_steps(step: Step) -> Iterator[Step]:
    """A step and those below it, from the top."""
    yield step
    for child in step.children:
        if isinstance(child, Step):
            yield from all_steps(child)
