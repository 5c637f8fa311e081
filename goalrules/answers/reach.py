"""What is missing before a goal is surely at a level: every minimal set of improvements."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from attrs import evolve, field, frozen

from goalrules.analyse.changes import digit_of, gains
from goalrules.analyse.ground import Ground
from goalrules.analyse.plain import Digit
from goalrules.analyse.space import space_of
from goalrules.analyse.walks import holds
from goalrules.answers.asking import costs_of, keys_of
from goalrules.answers.moves import ways_of
from goalrules.answers.needs import need_for
from goalrules.answers.result import Mover, Obstacle, Reach
from goalrules.answers.stage import Actor, Deep, Stage, Standings, stage_of
from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member, Step

GAPS = ("empty", "too few")
"""The reasons for which a count cannot be made with the members that are left."""

UNKNOWABLE = ("unsaid", "no target")
"""The reasons for which a level is open that no outcome can settle."""


@frozen
class Wish:
    """A place to reach, how deep to go, and by name what cannot change and what a step costs."""

    place: int
    locked: Collection[str] = ()
    costs: Mapping[str, Decimal] = field(factory=dict)
    depth: int = 1


@frozen
class _Asked:
    """The same by the keys of a stage."""

    place: int
    locked: Collection[str]
    costs: Mapping[str, Decimal]


def to_reach(goal: GoalTrace, standings: Standings, wish: Wish) -> Reach:
    """What is missing before a goal that has a verdict is surely at a place.

    A goal that is locked is not gone into.
    """
    locked = keys_of(stage_of(goal.id, standings, wish.depth), wish.locked)
    stage = stage_of(goal.id, standings, wish.depth, locked)
    asked = _Asked(wish.place, keys_of(stage, wish.locked), costs_of(stage, wish.costs))
    blank = Reach(
        goal,
        goal.levels[asked.place],
        "there",
        locked=tuple(
            stage.actors[key].member for key in stage.ground.members if key in asked.locked
        ),
        held=tuple(_held(stage)),
        priced=bool(asked.costs),
        depth=wish.depth,
    )
    if not is_barred(goal) and goal.levels.index(goal.worst or "") >= asked.place:
        return blank
    found = gains(stage.ground, asked.place, asked.locked, asked.costs)
    if not found:
        return _without_ways(blank, stage, asked, standings)
    ways = ways_of(found, stage, _raised)
    return evolve(blank, state="ways", ways=ways, sets=found.sets, complete=found.complete)


def is_barred(goal: GoalTrace) -> bool:
    """Whether what there has to be before there is a verdict is not there."""
    return any(not gate.low for gate in goal.gates)


def _held(stage: Stage) -> Iterator[Member]:
    """The members that a policy has taken out of the count, and those that it keeps at a level."""
    for key, ends in stage.ground.ends.items():
        actor = stage.actors.get(key)
        is_out = actor and not ends.applies and actor.member.policy in ("left out", "replaced")
        if actor and (is_out or actor.fixed):
            yield actor.member


def _raised(actor: Actor, place: int) -> Mover:
    """A member that is raised to a place."""
    return Mover(
        actor.goal,
        actor.member,
        actor.member.levels[place],
        findable=_findable(actor, place),
        need=need_for(actor.case, actor.own, place),
    )


def _findable(actor: Actor, place: int) -> bool:
    """Whether a member can still turn out to be at a place, by its own outcome."""
    open_ = actor.own.applies and not actor.own.decided and actor.own.reason not in UNKNOWABLE
    return open_ and place <= actor.own.ends.best


def _without_ways(blank: Reach, stage: Stage, asked: _Asked, standings: Standings) -> Reach:
    """Why there is no way."""
    blocking = _blocking(stage, asked)
    if blocking:
        members = tuple(stage.actors[key].member for key in blocking)
        return evolve(blank, state="impossible", obstacle="locked", blocking=members)
    if is_barred(blank.goal):
        return evolve(blank, state="barred")
    obstacle = _obstacle(blank, asked, standings)
    below = _stuck(stage) if obstacle == "unsaid" else ()
    return evolve(
        blank, state="impossible", obstacle="below" if below else obstacle, blocking=below
    )


def _blocking(stage: Stage, asked: _Asked) -> list[str]:
    """Locked members that stand in the way together, none of which could be spared."""
    ground = stage.ground
    digits = [digit_of(name, ground) for name in ground.members]
    wanted = ground.sure(asked.place, digits)
    space = space_of(digits, [wanted])
    diagram = space.draw(wanted)

    def blocks(locked: Collection[str]) -> bool:
        states = [
            ground.ends[each.member].worst if each.member in locked else each.size - 1
            for each in space.digits
        ]
        return not holds(space.diagrams, diagram, states)

    left = [name for name in space.names if name in asked.locked]
    if blocks(()):
        return []
    for name in tuple(left):
        fewer = [each for each in left if each != name]
        left = fewer if blocks(fewer) else left
    return left


def _obstacle(blank: Reach, asked: _Asked, standings: Standings) -> Obstacle:
    """Why a level cannot be reached even if every member is at its best."""
    stage = stage_of(blank.goal.id, standings)
    ground, goal = stage.ground, blank.goal
    lacks_report = any(map(_lacks_report, (*goal.steps, *goal.caps)))
    if not lacks_report and not any(ground.ends[key].applies for key in _own(stage)):
        return "empty"
    if not ground.possible(asked.place, _at_best(ground)):
        return "rule"
    if lacks_report:
        return "unreported"
    return "gap" if any(each.code in GAPS for each in goal.reasons) else "unsaid"


def _own(stage: Stage) -> Iterator[str]:
    """The members that data can fill, those that do not apply among them."""
    return (key for key in stage.ground.ends if key in stage.actors)


def _at_best(ground: Ground) -> list[Digit]:
    return [Digit(name, ground.tops[name], first=ground.tops[name]) for name in ground.members]


def _lacks_report(step: Step) -> bool:
    """Whether it counts a group of which the data report nothing."""
    steps = (each for each in step.children if isinstance(each, Step))
    return step.gap == "unreported" or any(map(_lacks_report, steps))


def _stuck(stage: Stage) -> tuple[Member, ...]:
    """The goals below that are not surely at their best even if all of their members are.

    None where that can be for what the plan does not say.
    """
    ground = stage.ground
    if not isinstance(ground, Deep) or any(key in ground.ends for key in ground.unsaid):
        return ()
    return tuple(
        stage.actors[key].member
        for key, each in ground.below.items()
        if not each.sure(each.judged.scale.top, _at_best(each))
    )
