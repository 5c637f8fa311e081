"""The work that every engine is given: three sets of goals, a function by hand for each, and rows.

A row gives each indicator one of the three levels; none is missing, since only goalrules has a
verdict that is open. The answer is the level of the rule, or those of the goals above.
"""

from collections.abc import Callable, Mapping
from itertools import product
from random import Random

from attrs import frozen

LEVELS = ("red", "yellow", "green")
"""Worst first."""

WEIGHTS = (2, 3, 6)
"""How often each of them is drawn."""

Row = Mapping[str, str]
Answer = str | tuple[str, ...]
Decide = Callable[[Row], Answer]


@frozen
class Goal:
    """Green when at least so many of its members are; yellow when at most one is red.

    For green, those that are included must be green, and with a floor none may be red.
    """

    id: str
    members: tuple[str, ...]
    least: int
    included: tuple[str, ...] = ()
    floor: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Its rule in the words of a rule file, one sentence a line."""
        of = f"at least {self.least} of {len(self.members)} green"
        including = f" including {', '.join(self.included)}" if self.included else ""
        rest = ", rest at least yellow" if self.floor else ""
        return (
            f"green when {of}{including}{rest}",
            "yellow when at most 1 red",
            "otherwise red",
        )

    def level(self, row: Row) -> str:
        """Its level, said once for all goals and not to be quick."""
        levels = [row[name] for name in self.members]
        red, green = levels.count("red"), levels.count("green")
        included = all(row[name] == "green" for name in self.included)
        if green >= self.least and included and not (self.floor and red):
            return "green"
        return "yellow" if red <= 1 else "red"


@frozen
class Workload:
    """Goals over indicators, the goals above them by the ids of those they are the worst of."""

    name: str
    goals: tuple[Goal, ...]
    above: Mapping[str, tuple[str, ...]]
    by_hand: Decide

    @property
    def members(self) -> tuple[str, ...]:
        """All its indicators."""
        return tuple(name for goal in self.goals for name in goal.members)

    def rows(self, count: int, seed: int = 5) -> list[Row]:
        """So many rows, drawn."""
        dice = Random(seed)  # noqa: S311 - drawn to be timed, keeps no secret
        drawn = [dice.choices(LEVELS, WEIGHTS, k=len(self.members)) for _ in range(count)]
        return [dict(zip(self.members, levels, strict=True)) for levels in drawn]

    def never_met(self, seed: int = 7) -> list[Row]:
        """As many rows as can be had of which no two give any goal the same case."""
        dice = Random(seed)  # noqa: S311 - as above
        cases = [list(product(LEVELS, repeat=len(goal.members))) for goal in self.goals]
        for each in cases:
            dice.shuffle(each)
        joined = (sum(row, ()) for row in zip(*cases, strict=False))
        return [dict(zip(self.members, levels, strict=True)) for levels in joined]


def _names(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"i{number}" for number in range(first, last + 1))


# The three by hand: as quick as Python says it, each goal's members counted once


def _three_of_five(row: Row) -> str:
    first = row["i1"]
    levels = (first, row["i2"], row["i3"], row["i4"], row["i5"])
    if first == "green" and levels.count("green") >= 3:  # noqa: PLR2004 - the rule's own
        return "green"
    return "yellow" if levels.count("red") <= 1 else "red"


def _two_of_three(row: Row) -> str:
    levels = (row["i1"], row["i2"], row["i3"])
    red = levels.count("red")
    if not red and levels.count("green") >= 2:  # noqa: PLR2004 - the rule's own
        return "green"
    return "yellow" if red <= 1 else "red"


def _enough(levels: tuple[str, ...], least: int) -> str:
    if levels.count("green") >= least:
        return "green"
    return "yellow" if levels.count("red") <= 1 else "red"


def _enough_and_none_red(levels: tuple[str, ...], least: int) -> str:
    red = levels.count("red")
    if not red and levels.count("green") >= least:
        return "green"
    return "yellow" if red <= 1 else "red"


def _plan(row: Row) -> tuple[str, ...]:
    one = _enough((row["i1"], row["i2"], row["i3"], row["i4"]), 3)
    two = _enough((row["i5"], row["i6"], row["i7"], row["i8"]), 3)
    three = _enough((row["i9"], row["i10"], row["i11"], row["i12"]), 3)
    four = _enough_and_none_red((row["i13"], row["i14"], row["i15"]), 2)
    five = _enough_and_none_red((row["i16"], row["i17"]), 1)
    first = row["i18"]
    last = (first, row["i19"], row["i20"], row["i21"], row["i22"])
    six = _enough(last, 3 if first == "green" else len(last) + 1)
    worst = one if one == two else "red" if "red" in (one, two) else "yellow"
    return worst, three, four, five, six


RULE = Workload(
    "a rule: 3 of 5 green including the first",
    (Goal("1", _names(1, 5), 3, included=("i1",)),),
    {},
    _three_of_five,
)
FLOOR = Workload(
    "a rule: 2 of 3 green, rest at least yellow",
    (Goal("1", _names(1, 3), 2, floor=True),),
    {},
    _two_of_three,
)
PLAN = Workload(
    "a plan: 6 goals over 22 indicators, 5 goals above",
    (
        Goal("1", _names(1, 4), 3),
        Goal("2", _names(5, 8), 3),
        Goal("3", _names(9, 12), 3),
        Goal("4", _names(13, 15), 2, floor=True),
        Goal("5", _names(16, 17), 1, floor=True),
        Goal("6", _names(18, 22), 3, included=("i18",)),
    ),
    {"A": ("1", "2"), "B": ("3",), "C": ("4",), "D": ("5",), "E": ("6",)},
    _plan,
)
WORKLOADS = (RULE, FLOOR, PLAN)


def worst_of(levels: Mapping[str, str], goals: tuple[str, ...]) -> str:
    """The worst of the levels of some goals, in the order of the levels."""
    return min((levels[goal] for goal in goals), key=LEVELS.index)


def plan_text(workload: Workload, title: str = "Plan") -> str:
    """The goals of a workload as a rule file."""
    lines = ["goalrules 1 en", f'plan "{title}"', "valid 2025"]
    for goal in workload.goals:
        lines += ["", f'goal {goal.id} "Goal {goal.id}"']
        lines += [f"  indicator {name}" for name in goal.members]
        lines += [f"  {sentence}" for sentence in goal.words]
    for above, below in workload.above.items():
        lines += ["", f'goal {above} "Goal {above}"']
        rule = f"worst of goal {', '.join(below)}" if len(below) > 1 else f"same as goal {below[0]}"
        lines += [f"  {rule}"]
    return "\n".join([*lines, ""])
