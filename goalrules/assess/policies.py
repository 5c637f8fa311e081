"""What the file says is done with members that are missing or do not apply, before its rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from attrs import evolve

from goalrules.core.evaluate import Tracing
from goalrules.core.nodes import AtLeast, Meaning, fold
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import MISSING_REASONS, GateReason
from goalrules.language.naming import Naming
from goalrules.language.statements import Policy
from goalrules.lazily import frozen

ASSESSED = ("not assessed", "assessed")
"""The scale on which a quorum counts."""

Members = Mapping[str, Member]


def apply_policies(members: Members, policies: Sequence[Policy], names: Naming) -> Members:
    """The members as the policies have them; of other goals only those barred or not judged.

    What is shown only is no member of the rule, and no policy is about it.
    """
    shown = {key for keys in names.shown.values() for key in keys or ()}
    own = {
        key: each
        for key, each in members.items()
        if key not in shown
        and (key not in names.goals or each.reason == "quorum" or not each.applies)
    }
    idle = _idle(own, policies, names)
    # A group of which nothing is reported takes nobody's place.
    policies = [each for each in policies if not each.instead or _reserve(each, names)]
    spared = {key: evolve(own[key], applies=False, reason="", policy="reserve") for key in idle}
    taken = {
        key: _taken(policy, key, each, names)
        for policy in policies
        for key, each in own.items()
        if key not in idle and key not in _reserve(policy, names) and _is_meant(each, policy)
    }
    return {**members, **taken, **spared}


def _idle(members: Members, policies: Iterable[Policy], names: Naming) -> set[str]:
    """The members that would take the place of others, none of which is gone."""
    reserves = {key for policy in policies for key in _reserve(policy, names)}
    others = [each for key, each in members.items() if key not in reserves]
    called = {
        key
        for policy in policies
        for key in _reserve(policy, names)
        if any(_is_meant(each, policy) for each in others)
    }
    return reserves - called


def _reserve(policy: Policy, names: Naming) -> tuple[str, ...]:
    return (names.find(policy.instead) or ()) if policy.instead else ()


def _is_meant(member: Member, policy: Policy) -> bool:
    if policy.of == "not applicable":
        return not member.applies and member.reason == "not applicable"
    return member.applies and not member.decided and member.reason in MISSING_REASONS


def _taken(policy: Policy, key: str, member: Member, names: Naming) -> Member:
    """One member as a policy has it."""
    if policy.instead or not policy.level:
        return evolve(member, applies=False, policy="replaced" if policy.instead else "left out")
    level = member.levels[names.levels(key).stands_for(policy.level.text) or 0]
    return evolve(member, worst=level, best=level, applies=True, policy="counts as")


@frozen(slots=False)
class Gate:
    """A quorum, or a least number that has to be left: without it there is no verdict."""

    reason: GateReason
    step: Step
    members: tuple[str, ...]

    @property
    def fails(self) -> bool:
        """Whether there are too few."""
        return not self.step.low


def gates(
    quorums: Sequence[AtLeast], remaining: Sequence[AtLeast], own: Members, taken: Members
) -> Iterator[Gate]:
    """What there has to be for a verdict: by the members' own outcomes, and by what is left."""
    if quorums:
        yield from quorum_gates(quorums, own)
    are_left: Meaning[Step | LevelTest] = Tracing(taken)
    for node in remaining:
        yield _gate("too few remain", fold(node, are_left))


def quorum_gates(quorums: Iterable[AtLeast], own: Members) -> Iterator[Gate]:
    """How many have to be assessed, by the members' own outcomes."""
    counted = {key: assessed(each) for key, each in own.items()}
    are_assessed: Meaning[Step | LevelTest] = Tracing(counted)
    for node in quorums:
        yield _gate("quorum", fold(node, are_assessed))


def assessed(member: Member) -> Member:
    """A member on the scale on which a quorum counts."""
    level = ASSESSED[member.decided]
    return evolve(member, levels=ASSESSED, worst=level, best=level, steps=())


def _gate(reason: GateReason, found: Step | LevelTest) -> Gate:
    step = cast(Step, found)
    return Gate(reason, step, tuple(dict.fromkeys(_absent(step))))


def _absent(step: Step) -> Iterator[str]:
    """The members that would have to be there for the gate to hold."""
    for child in step.children:
        if isinstance(child, Step):
            yield from _absent(child)
        elif not child.low or not child.member.applies:
            yield child.member.name


def coverage(members: Members, names: Naming) -> tuple[int, int] | None:
    """Of how many of its members a verdict takes their own outcomes, if not of all."""
    reported = [key for group in names.members.values() for key in group or ()]
    keys = dict.fromkeys([*names.own, *reported])
    own = [members[key] for key in keys if members[key].policy != "reserve"]
    taken = sum(each.applies and not each.policy for each in own)
    return (taken, len(own)) if taken < len(own) else None
