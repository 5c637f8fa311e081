"""The fulfilment rules of the two plans, one plain function each, over definite levels.

A member is "green", "yellow", "red", or None where it is not applicable; members stand in the order
of the plan's tables. The answer is True (met), False (not met), or None: open for a reason of its
own, which no completion of missing data can remove.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Levels = Sequence[str | None]
Verdict = bool | None


@dataclass(frozen=True)
class Rule:
    """One goal's rule: what it says of definite levels, and how many members the plan lists."""

    says: Callable[[Levels], Verdict]
    members: int


def kleene_and(*parts: Verdict) -> Verdict:
    """False when any part is false, else open when any part is open, else true."""
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def kleene_or(*parts: Verdict) -> Verdict:
    """True when any part is true, else open when any part is open, else false."""
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False


def applicable(levels: Levels) -> list[str]:
    """The levels of the members that apply."""
    return [level for level in levels if level is not None]


def number_green(number: int, levels: Levels) -> Verdict:
    """At least so many green; open when fewer than that are left."""
    left = applicable(levels)
    return None if len(left) < number else left.count("green") >= number


def percent_green(percent: int, levels: Levels) -> Verdict:
    """At least so many percent of the applicable green; open when none is left."""
    left = applicable(levels)
    return left.count("green") * 100 >= percent * len(left) if left else None


def no_red(levels: Levels) -> Verdict:
    """The rest at least yellow, that is nobody red; open when none is left."""
    left = applicable(levels)
    return "red" not in left if left else None


def green(level: str | None) -> Verdict:
    """One named member green; open when it is not applicable."""
    return None if level is None else level == "green"


def majority_green(levels: Levels) -> Verdict:
    """More than half green: open when nothing is reported, false when nothing reported applies."""
    left = applicable(levels)
    return left.count("green") * 2 > len(left) if levels else None


def goal_1_2024(levels: Levels) -> Verdict:
    """Goal 1 of 2024: at least 75 percent green, and the rest yellow."""
    return kleene_and(percent_green(75, levels), no_red(levels))


def goal_2_2024(levels: Levels) -> Verdict:
    """Goal 2 of 2024: at least 60 percent green, and the rest yellow."""
    return kleene_and(percent_green(60, levels), no_red(levels))


def goal_3_2024(levels: Levels) -> Verdict:
    """Goal 3 of 2024: at least 60 percent green, and the rest yellow."""
    return kleene_and(percent_green(60, levels), no_red(levels))


def goal_4_2024(levels: Levels) -> Verdict:
    """Goal 4 of 2024: at least 60 percent green, and the rest yellow."""
    return kleene_and(percent_green(60, levels), no_red(levels))


def goal_5_2024(levels: Levels) -> Verdict:
    """Goal 5 of 2024, the whole year: Genomförandegrad tillsyn green and the rest yellow."""
    return kleene_and(green(levels[0]), no_red(levels))


def goal_5_2024_monthly(levels: Levels) -> Verdict:
    """Goal 5 of 2024, a month: only Genomförandegrad tillsyn, green."""
    return green(levels[0])


def goal_6_2024(levels: Levels) -> Verdict:
    """Goal 6 of 2024: at least 50 percent green, and the rest yellow."""
    return kleene_and(percent_green(50, levels), no_red(levels))


def goal_7_2024(indicator: str | None, activities: Levels) -> Verdict:
    """Goal 7 of 2024: the indicator green, or the status of a majority of the activities is."""
    return kleene_or(green(indicator), majority_green(activities))


def goal_8_2024(levels: Levels) -> Verdict:
    """Goal 8 of 2024: at least 60 percent green, and the rest yellow."""
    return kleene_and(percent_green(60, levels), no_red(levels))


def goal_9_2024(levels: Levels) -> Verdict:
    """Goal 9 of 2024: at least 60 percent green, and the rest yellow."""
    return kleene_and(percent_green(60, levels), no_red(levels))


def goal_1_1_2025(levels: Levels) -> Verdict:
    """Goal 1.1 of 2025: at least 3 of 4 indicators are green."""
    return number_green(3, levels)


def goal_1_2_2025(levels: Levels) -> Verdict:
    """Goal 1.2 of 2025: at least 3 of 4 green."""
    return number_green(3, levels)


def goal_2_2025(levels: Levels) -> Verdict:
    """Goal 2 of 2025: at least 3 of 4 green."""
    return number_green(3, levels)


def goal_3_2025(levels: Levels) -> Verdict:
    """Goal 3 of 2025: at least 2 of 3 green, the third at least yellow."""
    return kleene_and(number_green(2, levels), no_red(levels))


def goal_4_2025(levels: Levels) -> Verdict:
    """Goal 4 of 2025: at least 1 of 2 green, the other at least yellow."""
    return kleene_and(number_green(1, levels), no_red(levels))


def goal_5_2025(levels: Levels) -> Verdict:
    """Goal 5 of 2025: at least 3 of 5 green, one of them Nämndens budgetföljsamhet (the first)."""
    return kleene_and(number_green(3, levels), green(levels[0]))


def contribution(goals: Sequence[Verdict]) -> Verdict:
    """A contribution to a council goal: all its board goals met, so one gives its own verdict."""
    return kleene_and(*goals)


RULES_2024 = {
    "1": Rule(goal_1_2024, 4),
    "2": Rule(goal_2_2024, 4),
    "3": Rule(goal_3_2024, 4),
    "4": Rule(goal_4_2024, 5),
    "5": Rule(goal_5_2024, 2),
    "6": Rule(goal_6_2024, 2),
    "7": Rule(lambda levels: goal_7_2024(levels[0], levels[1:]), 1),  # then the activities
    "8": Rule(goal_8_2024, 3),
    "9": Rule(goal_9_2024, 4),
}
RULES_2025 = {
    "1.1": Rule(goal_1_1_2025, 4),
    "1.2": Rule(goal_1_2_2025, 4),
    "2": Rule(goal_2_2025, 4),
    "3": Rule(goal_3_2025, 3),
    "4": Rule(goal_4_2025, 2),
    "5": Rule(goal_5_2025, 5),
}
CONTRIBUTIONS_2024: dict[str, tuple[str, ...]] = {f"KF{goal}": (goal,) for goal in RULES_2024}
CONTRIBUTIONS_2025: dict[str, tuple[str, ...]] = {
    "KF1": ("1.1", "1.2"),
    **{f"KF{goal}": (goal,) for goal in "2345"},
}
