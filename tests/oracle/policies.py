"""What becomes of members before the rule is asked, and of verdicts with too few assessed."""

from collections.abc import Mapping

from .completions import Ranges
from .forms import Condition, holds
from .goals import Goal, Policy
from .world import World

Outcomes = Mapping[str, str | None]

NOT_APPLICABLE = "not applicable"
MISSING = {None, "missing", "not measured yet", "withheld"}
ASSESSED = World(("not assessed", "assessed"))


def range_of(outcome: str | None, levels: tuple[str, ...]) -> tuple[str, ...] | None:
    """The levels that a member can still have by its own outcome; None if it does not apply."""
    if outcome == NOT_APPLICABLE:
        return None
    if outcome in MISSING:
        return levels
    assert outcome
    low, _, high = outcome.partition("–")
    return levels[levels.index(low) : levels.index(high or low) + 1]


def ranges(goal: Goal, outcomes: Outcomes, world: World) -> Ranges[str]:
    """The levels that each member can still have as the policies have it."""
    idle = {name for group in _idle(goal, outcomes, world) for name in world.groups[group]}
    return [
        None if name in idle else _taken(goal, name, outcome, world)
        for name, outcome in outcomes.items()
    ]


def _falls(policy: Policy, outcome: str | None) -> bool:
    """Whether the policy is about such an outcome."""
    return outcome in MISSING if policy.of == "missing" else outcome == NOT_APPLICABLE


def _idle(goal: Goal, outcomes: Outcomes, world: World) -> set[str]:
    """The groups that would replace others, where there is no other to replace."""
    standing_in = [each for each in goal.policies if each.group]
    called = {
        policy.group
        for policy in standing_in
        for name, outcome in outcomes.items()
        if name not in world.groups[policy.group] and _falls(policy, outcome)
    }
    return {each.group for each in standing_in} - called


def _taken(goal: Goal, name: str, outcome: str | None, world: World) -> tuple[str, ...] | None:
    """One member as the policy for its outcome has it; as it is where there is none."""
    own = range_of(outcome, world.levels(name))
    policy = next((each for each in goal.policies if _falls(each, outcome)), None)
    if policy is None or name in world.groups.get(policy.group, ()):
        return own
    return (_counted_as(policy.level, name, world),) if policy.level else None


def _counted_as(level: str, name: str, world: World) -> str:
    """The member's lowest level that is read as the policy's."""
    own = world.levels(name)
    return level if level in own else next(each for each in own if world.read(name, each) == level)


def barred(goal: Goal, outcomes: Outcomes, left: Ranges[str], world: World) -> bool:
    """Whether too few are assessed, or left, for there to be a verdict."""
    return too_few_remain(goal, left) or not are_enough(goal, assessed(outcomes, world))


def too_few_remain(goal: Goal, left: Ranges[str]) -> bool:
    """Whether fewer are left than a policy asks for."""
    remaining = sum(each is not None for each in left)
    return any(remaining < policy.remain for policy in goal.policies)


def assessed(outcomes: Outcomes, world: World) -> dict[str, bool | None]:
    """Whether each member has one level by its own outcome; None where it does not apply."""
    own = {name: range_of(outcome, world.levels(name)) for name, outcome in outcomes.items()}
    return {name: None if each is None else len(each) == 1 for name, each in own.items()}


def are_enough(goal: Goal, assessed: Mapping[str, bool | None]) -> bool:
    """Whether as many of those that apply are assessed as is required."""
    return all(is_kept(requires, assessed) for requires in goal.requires)


def is_kept(quorum: Condition, assessed: Mapping[str, bool | None]) -> bool:
    """Whether as many of those that apply are assessed as a quorum asks for."""
    levels = {
        name: None if each is None else ASSESSED.scale[each] for name, each in assessed.items()
    }
    return holds(quorum, levels, ASSESSED) is True


def surely(goal: Goal, outcomes: Outcomes, world: World, worst: int) -> int:
    """The worst place; one below each level that asks for more to be assessed than there are."""
    own = assessed(outcomes, world)
    unsure = [
        world.scale.index(level) - 1
        for level, quorum in goal.for_levels
        if world.scale.index(level) <= worst and not is_kept(quorum, own)
    ]
    return min([worst, *unsure])
