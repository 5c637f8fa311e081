"""The worlds that goals are tried in: scales of two to six levels, weights, points, readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .world import Points, World

NAMES = ("a", "b", "c", "d", "e", "f")

RISING: Points = {"green": 2, "yellow": 1, "red": 0}
BELOW_NOUGHT: Points = {"green": 3, "yellow": Decimal("0.5"), "red": -2}
FALLING: Points = {"green": 0, "yellow": 5, "red": 20}
WEIGHTS: Points = {"a": Decimal("2.5"), "c": Decimal("0.5"), "d": 3}
LOW_HIGH = ("low", "high")
RATINGS = ("inadequate", "requires improvement", "good", "outstanding")
STARS = ("0", "0.5", "2", "3", "4.5", "5")
STEPS = ("stuck", "begun", "soon", "done")


@dataclass(frozen=True)
class Place:
    """A world, whether a rule given alone can say all of it, and the levels that rules speak of."""

    title: str
    world: World
    tops: tuple[str, str, str] = ("red", "yellow", "green")  # the worst, one between, the best
    alone: bool = False

    @property
    def numbered(self) -> bool:
        """Whether the levels are numbers, which stand only after `at least` and the like."""
        return self.tops[0].isdecimal()

    @property
    def kinds(self) -> Mapping[str, int]:
        """Every level of the goal's scale, with how often it is drawn."""
        return dict.fromkeys(self.world.scale, 2)


LAST_STANDS_IN = {"c": ("c",)}
GROUPS = {"g": ("b", "c")}

PLACES = (
    Place("colours", World(groups=LAST_STANDS_IN), alone=True),
    Place("points", World(points=RISING, groups=LAST_STANDS_IN), alone=True),
    Place("points below nought", World(points=BELOW_NOUGHT, weights=WEIGHTS, groups=GROUPS)),
    Place(
        "points that fall",
        World(
            points=FALLING,
            own_points={"b": {"green": -5, "yellow": 0, "red": 10}},
            weights={"a": 2},
            met="yellow",
            groups=GROUPS,
        ),
    ),
    Place("two levels", World(LOW_HIGH, groups=LAST_STANDS_IN), ("low", "low", "high"), alone=True),
    Place(
        "four levels",
        World(RATINGS, groups=LAST_STANDS_IN),
        ("inadequate", "good", "outstanding"),
        alone=True,
    ),
    Place("six levels", World(STARS, groups=LAST_STANDS_IN), ("0", "3", "5"), alone=True),
    Place(
        "scales read as another",
        World(
            scales={"b": STEPS, "c": LOW_HIGH},
            reads={
                "b": {"stuck": "red", "begun": "yellow", "done": "green"},
                "c": {"low": "red", "high": "green"},
            },
            points={**RISING, "stuck": 0, "begun": 1, "soon": 1, "done": 3, "low": 0, "high": 2},
            groups=GROUPS,
        ),
    ),
)
