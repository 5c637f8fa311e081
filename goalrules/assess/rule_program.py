"""A goal's rule made ready: what it comes to in every case, each worked out once.

What a rule comes to follows from the states of its members alone, and a member is in one of few. So
a case is a tuple of states, and all assessments in which the members are in equal states share one
`Outcome`. Its verdict is worked out at once; what else follows, when it is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from attrs import evolve

from goalrules.analyse.diagram import OverBudgetError
from goalrules.analyse.rule_query import VerdictDiagram, deciding, verdict_diagrams
from goalrules.assess.goal_rule import GoalRule, GoalState
from goalrules.assess.level_of import nothing_said
from goalrules.assess.policies import Gate, apply_policies, coverage, gates, quorum_gates
from goalrules.assess.result import Fork, GoalTrace, JustifyingMember, OpenCause, Remarked
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.ends import EndsOf, MemberState, asked_of, ends_of, state_of
from goalrules.core.evaluate import Evaluation, Tracing, evaluate
from goalrules.core.nodes import AtLeast, Meaning, fold, members_of
from goalrules.core.scales import Ends, verdict_of
from goalrules.core.trace import LevelTest, Member, RuleTrace, Step
from goalrules.core.vocabulary import (
    GoalKind,
    MemberReason,
    OpenCauseCode,
    OpenReason,
    Verdict,
)
from goalrules.language.lower import UNSAID

Members = Mapping[str, Member]
"""The members of a rule by their keys."""

Case = tuple[MemberState, ...]
"""The states of the members of a rule, in their order."""

MOST_OUTCOMES = 512
"""The outcomes that are kept of one rule; when there are more, they are worked out anew."""

MOST_DIAGRAMS = 64
"""The sets of members that apply for which the diagrams of a rule's verdicts are kept."""


class RuleProgram:
    """A goal's rule, and what it came to in the cases that were met.

    The members are always given by the same keys, in the same order.
    """

    def __init__(self, rule: GoalRule) -> None:
        self.rule = rule
        self.unsaid = nothing_said(rule.level_rule.scale)
        self.asked = frozenset(_asked_of(rule))
        """The keys of all members that the rule, its quorums and its remarks ask for."""
        self.plain = not rule.policies and not rule.requires and not rule.of_levels
        self._unsaid, self._ends_of = state_of(self.unsaid), cast("EndsOf | None", None)
        self.cases: dict[Case, Outcome] = {}
        self._diagrams: dict[tuple[bool, tuple[bool, ...]], VerdictDiagram | None] = {}

    def outcome(self, members: Members, case: Case | None = None) -> "Outcome":
        """What the rule comes to on some members, in the case of their states."""
        if case is None:
            case = tuple(map(state_of, members.values()))
        found = self.cases.get(case)
        if found is None:
            if len(self.cases) >= MOST_OUTCOMES:
                self.cases.clear()
            found = self.cases[case] = Outcome(self, members, case)
        return found

    def taken(self, members: Members) -> Members:
        """The members as the policies have them, and what stands for what the plan leaves out."""
        rule = self.rule
        own = apply_policies(members, rule.policies, rule.names) if rule.policies else members
        return {**own, UNSAID: self.unsaid}

    def ends(self, taken: Members) -> Ends:
        """The ends of the level, on members as the policies have them."""
        return self._ends(taken)([state_of(each) for each in taken.values()])

    def plain_ends(self, members: Members, case: Case) -> Ends:
        """The same where there are no policies, so that members are as they are given."""
        ends = self._ends_of or self._ends((*members, UNSAID))
        return ends((*case, self._unsaid))

    def _ends(self, keys: Iterable[str]) -> EndsOf:
        """What gives the ends; the members come in the order of the first that were given."""
        if self._ends_of is None:
            self._ends_of = ends_of(self.rule.level_rule, keys)
        return self._ends_of

    def failing(self, members: Members, taken: Members) -> list[Gate]:
        """What there would have to be for a verdict, and is not."""
        found = gates(self.rule.quorums, self.rule.remaining, members, taken)
        return [each for each in found if each.fails]

    def diagram(
        self, verdict: Verdict, members: Members, taken: Mapping[str, MemberState]
    ) -> VerdictDiagram:
        """The diagram of a verdict that is decided, drawn once for all cases of who applies.

        `OverBudgetError` where it has more cases than are looked at.
        """
        applies, met = tuple([each.applies for each in taken.values()]), verdict == "met"
        try:
            found = self._diagrams[met, applies]
        except KeyError:
            if len(self._diagrams) >= MOST_DIAGRAMS:
                self._diagrams.clear()
            query = GoalState(self.rule, self.taken(members), members).query
            try:
                drawn = verdict_diagrams(query, met=met)
            except OverBudgetError:
                self._diagrams[met, applies] = None
                raise
            self._diagrams.update({(each, applies): one for each, one in drawn.items()})
            return drawn[met]
        if found is None:
            raise OverBudgetError
        return found

    def trace(self, members: Members) -> tuple[RuleTrace, GoalState]:
        """What is found on the way to the verdict on some members, and where they stand."""
        taken = self.taken(members)
        found = evaluate(self.rule.level_rule, taken)
        barring = gates(self.rule.quorums, self.rule.remaining, members, taken)
        steps = tuple(each.step for each in barring)
        if self.rule.of_levels:
            of_levels = quorum_gates((node for _, node in self.rule.of_levels), members)
            steps = (*steps, *(gate.step for gate in of_levels))
        return RuleTrace(found.steps, found.caps, steps), GoalState(self.rule, taken, members)


def _asked_of(rule: GoalRule) -> Iterator[str]:
    yield from asked_of(rule.level_rule)
    of_levels = (node for _, node in rule.of_levels)
    for node in (*rule.quorums, *of_levels, *(node for _, node in rule.remarks)):
        yield from members_of(node)


class Outcome:
    """What a rule comes to in one case of its members' states.

    `verdict`, `worst`, `best` and `level` are known at once, the rest when it is asked for. From
    `met` on the level counts as met. `unsure` are the quorums of levels that are reached and for
    which too few are assessed.
    """

    def __init__(self, program: RuleProgram, members: Members, case: Case) -> None:
        self.program, self.members = program, members
        self._level_rule = level_rule = program.rule.level_rule
        self.levels = level_rule.scale.levels
        self.met = self.levels[level_rule.met]
        self._failing: Sequence[Gate] = ()
        self.unsure: Sequence[Gate] = ()
        self._reasons: tuple[OpenCause, ...] | None = None
        if program.plain:
            ends = program.plain_ends(members, case)
        else:
            self._failing = program.failing(members, self.taken)
            ends = Ends(0, level_rule.scale.top) if self._failing else program.ends(self.taken)
            if program.rule.of_levels and not self._failing:
                ends = self._sure(ends)
        self.verdict: Verdict = "open" if self._failing else verdict_of(ends, level_rule.met)
        self.worst, self.best = self.levels[ends.worst], self.levels[ends.best]
        self.level = self.worst if ends.decided else None

    def _sure(self, ends: Ends) -> Ends:
        """The ends of the level; one for which too few are assessed is open from the one below."""
        places, nodes = zip(*self.program.rule.of_levels, strict=True)
        of_levels = zip(places, quorum_gates(nodes, self.members), strict=True)
        failing = [(at, gate) for at, gate in of_levels if gate.fails and at <= ends.worst]
        self.unsure = [gate for _, gate in failing]
        return Ends(min([ends.worst, *(place - 1 for place, _ in failing)]), ends.best)

    @cached_property
    def taken(self) -> Members:
        """The members as the policies have them, and what stands for what the plan leaves out."""
        return self.program.taken(self.members)

    @property
    def barred(self) -> bool:
        """Whether there is no verdict since too few members are assessed, or left."""
        return bool(self._failing)

    def of_goal(self, goal: GoalTrace, trace: RuleTrace) -> GoalTrace:
        """What is known of a goal with what its rule came to, and what was found on the way."""
        if self._reasons is None:
            self._reasons = tuple(self._causes(trace))
        return evolve(
            goal,
            verdict=self.verdict,
            met=self.met,
            levels=self.levels,
            worst=self.worst,
            best=self.best,
            trace=trace,
            reasons=self.reasons,
            deciding=self.deciding,
            deciding_exact=self.deciding_exact,
            forks=self.forks,
            remarks=self.remarks,
            coverage=self.coverage,
            why=self.why,
        )

    @cached_property
    def evaluation(self) -> Evaluation:
        """The steps of the rule, on members of which no more is known than their states."""
        return evaluate(self._level_rule, self.taken)

    @property
    def reasons(self) -> tuple[OpenCause, ...]:
        """Why the level or the verdict is open, and what a decided one rests on."""
        if self._reasons is None:
            found = self.evaluation
            self._reasons = tuple(self._causes(RuleTrace(found.steps, found.caps)))
        return self._reasons

    def _causes(self, trace: RuleTrace) -> Iterator[OpenCause]:
        """Why it is open, or what it rests on, by the steps of the rule, each with the members."""
        failing = (*self._failing, *self.unsure)
        yield from (OpenCause(gate.reason, gate.members) for gate in failing)
        by_code: dict[OpenCauseCode, list[str]] = {}
        unclaimed: list[str] = []
        steps = (*trace.steps, *trace.caps)
        gated = self._failing or self.unsure
        settled = self.program.ends(self.taken).decided if gated else self.level is not None
        for member in () if settled else _open_members(steps):
            named = [] if member.kind == "unsaid" else [member.name]
            reason = cast(OpenReason, member.reason or "open")  # an open member applies
            by_code.setdefault(reason, []).extend(named)
        for step in _every(steps):
            if isinstance(step, Step):
                if step.undefined:
                    by_code.setdefault(step.undefined, []).extend(_not_applying(step))
            elif step.member.unclaimed:
                unclaimed.append(step.member.name)
        if unclaimed:
            by_code["unclaimed"] = unclaimed
        for code, names in by_code.items():
            yield OpenCause(code, tuple(dict.fromkeys(names)))

    @property
    def remarks(self) -> tuple[Remarked, ...]:
        """The remarks that are made, or may be; none that no open level can bring about."""
        found: list[Remarked] = []
        for text, node in self.program.rule.remarks:
            tracing: Meaning[Step | LevelTest] = Tracing(self.taken)
            step = fold(node, tracing)
            if not step.low and (not step.high or self._deciding(node) != frozenset()):
                found.append(Remarked(text, sure=not step.high and not self._failing))
        return tuple(found)

    @property
    def coverage(self) -> tuple[int, int] | None:
        """Of how many of its members their own outcomes are taken, if not of all."""
        return coverage(self.taken, self.program.rule.names)

    @property
    def deciding(self) -> tuple[str, ...]:
        """The members that can still decide an open verdict, by name."""
        return tuple([self.taken[key].name for key in self._waits_for[0]])

    @property
    def deciding_exact(self) -> bool:
        """Whether those are just the members that can; else they are all that are open."""
        return self._waits_for[1]

    @cached_property
    def _waits_for(self) -> tuple[tuple[str, ...], bool]:
        """The members that can still decide, by key; and whether just these can.

        None where the verdict is decided, or waits for a gate.
        """
        if self.verdict != "open" or self._failing:
            return (), True
        if self.unsure and self.program.ends(self.taken).worst >= self._level_rule.met:
            return (), True
        keys = self._deciding(cast(AtLeast, self._level_rule.meets))  # what is open can be not met
        steps = (*self.evaluation.steps, *self.evaluation.caps)
        names = {each.name for each in _open_members(steps)} if keys is None else keys
        ordered = (key for key in self.taken if key in names and key != UNSAID)
        return tuple(ordered), keys is not None

    def _deciding(self, node: AtLeast) -> frozenset[str] | None:
        return deciding(node, {key: each.ends for key, each in self.taken.items()}, {UNSAID})

    @property
    def forks(self) -> tuple[Fork, ...]:
        """The verdict for each level that the one member can still take that decides alone."""
        keys = () if self.unsure else self._waits_for[0]
        return tuple(self._forks(*keys)) if len(keys) == 1 else ()

    def _forks(self, key: str) -> Iterator[Fork]:
        member = self.taken[key]
        for place in range(member.ends.worst, member.ends.best + 1):
            level = member.levels[place]
            taken = {**self.taken, key: evolve(member, worst=level, best=level)}
            yield Fork(level, verdict_of(self.program.ends(taken), self._level_rule.met))

    @cached_property
    def why(self) -> tuple[JustifyingMember, ...]:
        """The smallest sufficient reason of a verdict that is decided."""
        if self.verdict == "open":
            return ()
        states = {key: state_of(each) for key, each in self.taken.items()}
        try:
            found = self.program.diagram(self.verdict, self.members, states).smallest(states)
        except OverBudgetError:
            return ()
        members = [(each, self.taken[each.member]) for each in found]
        return tuple(
            JustifyingMember(member.name, member.kind, each.side, member.levels[each.place])
            for each, member in members
        )


def _open_members(steps: Sequence[Step | LevelTest]) -> list[Member]:
    """The members whose level is open in the steps that are open for it."""
    open_steps = [step for step in steps if step.low != step.high]
    found: dict[tuple[str, str], Member] = {}
    for step in open_steps:
        below = [step.member] if isinstance(step, LevelTest) else _open_members(step.children)
        found |= {(member.kind, member.name): member for member in below}
    return list(found.values())


def _every(steps: Sequence[Step | LevelTest]) -> Iterator[Step | LevelTest]:
    """Some steps and all below them, in the order of the rule."""
    left = [*reversed(steps)]
    while left:
        step = left.pop()
        yield step
        if isinstance(step, Step):
            left += reversed(step.children)


def _not_applying(step: Step) -> list[str]:
    reaches = [child for child in step.children if isinstance(child, LevelTest)]
    return [reach.member.name for reach in reaches if not reach.member.applies]


# A goal as a member of the rule of another


def as_member(
    goal: GoalTrace, levels: tuple[str, ...], outcome: Outcome | None, waiver: Waiver | None = None
) -> Member:
    """A goal as its own rule has it; one that is waived does not apply."""
    kind, worst, best = kind_of(goal), levels[0], levels[0]
    if waiver or outcome is None:
        return Member(
            kind, goal.id, levels, worst, best, goal.title, applies=False,
            reason="not applicable", waiver=waiver,
        )  # fmt: skip
    worst, best = outcome.worst, outcome.best
    is_open = outcome.verdict == "open" or outcome.unsure
    undecided: MemberReason = "open" if is_open else "unsaid"
    reason: MemberReason = "" if worst == best else ("quorum" if outcome.barred else undecided)
    return Member(kind, goal.id, levels, worst, best, goal.title, reason=reason)


def as_decided(goal: GoalTrace, decided: Decided) -> Member:
    """A goal as it was decided."""
    worst, best = decided.worst, decided.best
    reason: MemberReason = "" if worst == best else "unsaid"
    return Member(kind_of(goal), goal.id, decided.levels, worst, best, goal.title, reason=reason)


def kind_of(goal: GoalTrace) -> GoalKind:
    """The kind of a goal of a plan; a rule given alone is no member of another."""
    return cast(GoalKind, goal.kind)
