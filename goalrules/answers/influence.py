"""The influence of every member of every goal of a plan, from the rules alone."""

from collections.abc import Iterator, Mapping

from attrs import evolve

from goalrules.analyse.diagram import MOST_NODES, OverBudgetError
from goalrules.analyse.influence import influences
from goalrules.analyse.plain import Digit
from goalrules.analyse.space import Space, space_of
from goalrules.analyse.walks import holds, number_of
from goalrules.answers.influence_result import GoalInfluence, MemberInfluence
from goalrules.assess.possible import Possible, possibilities
from goalrules.core.trace import Member
from goalrules.language.plan import GoalEntry, Plan


def influence_of(plan: Plan) -> tuple[GoalInfluence, ...]:
    """The influence of the members of each goal that the plan gives a verdict."""
    found = ((each, each.goal) for each in possibilities(plan))
    return tuple(_of_goal(each, goal) for each, goal in found if goal)


def _of_goal(possible: Possible, goal: GoalEntry) -> GoalInfluence:
    blank = GoalInfluence(
        id=goal.id,
        kind=goal.goal.kind,
        title=goal.goal.title,
        period=possible.period or "",
        cases=1,
        met=0,
        members=(),
        stand_ins=tuple(group.name.text for group in goal.groups if group.reported),
    )
    try:
        return _counted(blank, possible, goal)
    except OverBudgetError:
        return evolve(blank, limit=MOST_NODES)


def _counted(blank: GoalInfluence, possible: Possible, goal: GoalEntry) -> GoalInfluence:
    ground = possible.standing.ground
    digits = [Digit(name, ground.tops[name]) for name in ground.members]
    met = ground.kept(ground.judged.met, digits)
    space = space_of(digits, [met])
    drawn = space.draw(met)
    titles = {entry.name: entry.indicator.title for entry in goal.indicators}
    found = dict(_members(space, drawn, possible.standing.members, titles))
    return evolve(
        blank,
        cases=space.cases,
        met=number_of(space.diagrams, drawn),
        members=tuple(found[key] for key in ground.members),
    )


def _members(
    space: Space, drawn: int, members: Mapping[str, Member], titles: Mapping[str, str]
) -> Iterator[tuple[str, MemberInfluence]]:
    """Each member by its key."""
    for variable, share in enumerate(influences(space.diagrams, drawn)):
        digit = space.digits[variable]
        member, others = members[digit.member], space.cases // digit.size
        needed = _needed(space, drawn, variable)
        yield (
            digit.member,
            MemberInfluence(
                name=member.name,
                kind=member.kind,
                title=titles.get(digit.member, ""),
                levels=member.levels,
                deciding=int(share * others),
                others=others,
                needed=member.levels[needed] if needed else "",
            ),
        )


def _needed(space: Space, drawn: int, variable: int) -> int:
    """The lowest place of a member with which a diagram can hold."""
    best = [each.size - 1 for each in space.digits]
    cases = ([*best[:variable], n, *best[variable + 1 :]] for n in range(best[variable] + 1))
    return next((n for n, each in enumerate(cases) if holds(space.diagrams, drawn, each)), 0)
