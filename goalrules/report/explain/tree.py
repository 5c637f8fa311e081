"""The lines of a goal: its clauses the best level first, its limits, what it requires, the rest."""

from collections.abc import Iterator
from typing import cast

from attrs import evolve, frozen

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member, Step
from goalrules.language import statements as st
from goalrules.report.explain.deciding import Deciding
from goalrules.report.explain.gates import GateRenderer
from goalrules.report.explain.steps import SCORED, StepLine, StepsRenderer, level_head, mark
from goalrules.report.shape import floors_of, limit_of, members_of, sub_steps
from goalrules.report.wording import Wording


def items(goal: GoalTrace, words: Wording) -> tuple[StepLine, ...]:
    """The steps of a goal's rule; its members where it has no verdict."""
    if goal.verdict is None:
        return tuple(StepLine("none", shown(member, words)) for member in goal.members)
    return tuple(_Tree(goal, words).all())


def shown(member: Member, words: Wording) -> str:
    """A member that is not counted, with its level where something is known of that."""
    facts = ", ".join(words.shown(member))
    any_level = (member.worst, member.best) == (member.levels[0], member.levels[-1])
    if member.counted or not (any_level and facts and member.applies):
        return StepsRenderer(words).member(member)
    return words.say("tree", "member", member=words.member(member), level=facts)


@frozen
class _Tree:
    """The lines of one goal in the words of one language."""

    goal: GoalTrace
    words: Wording

    def all(self) -> Iterator[StepLine]:
        """Every line, in the order in which the rule is used."""
        yield from self._clauses()
        yield from self._extremes()
        limits = (*floors_of(self.goal.steps), *self.goal.caps)
        yield from map(self._limit, limits)
        yield from map(self._gate, self.goal.gates)
        beside = [each for each in self.goal.members if not each.counted]
        if beside:
            lines = (StepLine("none", shown(member, self.words)) for member in beside)
            yield StepLine("none", self.words.say("tree", "shown-only"), tuple(lines))

    def _clauses(self) -> Iterator[StepLine]:
        """The clauses of each level down to the one that surely holds; those below say no more."""
        steps = StepsRenderer(self.words)
        for level in reversed(self.goal.steps):
            for clause in sub_steps(level):
                if clause.kind == "same":
                    yield steps.step(clause)
                    return
                if clause.kind not in ("extreme", "floor"):
                    yield steps.step(clause, level_head(level, self.goal, self.words))
            if level.low:
                return

    def _extremes(self) -> Iterator[StepLine]:
        """The worst or the best of some members, once for all levels."""
        found: dict[object, list[Step]] = {}
        for level in self.goal.steps:
            for step in sub_steps(level):
                if step.kind == "extreme":
                    found.setdefault(step.form, []).append(step)
        for form, steps in found.items():
            yield self._extreme(cast(st.Extreme, form), steps)

    def _extreme(self, form: st.Extreme, steps: list[Step]) -> StepLine:
        """An extreme with its level, marked by whether that is enough to be met."""
        goal = self.goal
        below = len(goal.levels) - len(steps) - 1
        worst, best = below + sum(s.low for s in steps), below + sum(s.high for s in steps)
        judged = evolve(goal, worst=goal.levels[worst], best=goal.levels[best])
        level = self.words.marked(judged)
        text = f"{self.words.format.clause(form)}: {level}"
        count = sub_steps(self._at_met(steps))[0]
        if count.undefined:
            text = f"{text} ({self.words.say('tree', f'gap-{count.undefined}')})"
        lines = tuple(StepsRenderer(self.words).children(count))
        met = goal.levels.index(goal.met)
        return StepLine(mark(low=worst >= met, high=best >= met), text, lines)

    def _at_met(self, steps: list[Step]) -> Step:
        """The step of an extreme at the level that decides whether the goal is met."""
        deciding = Deciding(self.goal).levels
        own = [each for level in deciding[:1] for each in sub_steps(level) if each in steps]
        return next(iter(own), steps[-1])

    def _limit(self, step: Step) -> StepLine:
        """A cap or a floor, whether it is in force, and what its condition found."""
        limit, condition = limit_of(step), sub_steps(step)[0]
        steps = StepsRenderer(self.words).within(step)
        is_cap = limit.kind == "cap"
        sure, never = (not step.high, step.low) if is_cap else (step.low, not step.high)
        key = "in-force" if sure else ("not-in-force" if never else "may-be-in-force")
        text = self.words.say("tree", key, limit=self.words.format.clause(limit))
        if condition.kind in ("count", *SCORED) and not condition.undefined:
            text += f" ({steps.amount(condition)})"
        out = mark(low=step.low, high=step.high)
        above = {each.name for each in members_of(self.goal.steps)}
        seen = is_cap and all(each.name in above for each in members_of([condition]))
        lines = tuple(steps.children(condition, short=seen and condition.kind == "count"))
        return StepLine("none" if never and not is_cap else out, text, lines)

    def _gate(self, step: Step) -> StepLine:
        """What there has to be before there is a verdict, and the members that are not there."""
        gate = GateRenderer(step, self.words)
        got, of = gate.got()
        key = "remain" if step.kind == "remain" else "found"
        found = self.words.say("tree", "of", got=got, of=of)
        text = gate.rule() + self.words.say("tree", key, found=found)
        lines = tuple(StepLine("none", absent) for absent in gate.absent())
        return StepLine("met" if step.low else "not met", text, lines)
