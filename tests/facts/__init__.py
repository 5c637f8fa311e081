"""What the two founding plans say, typed from the plans themselves and not from the rule files.

A target is written `≥ 75`, `≤ 15`, `± 0,5`, `80–100`, `minska 5 %`, `delar` (all parts reach
targets of their own) or as the plan's own word; a baseline as a number or in words with its
period in brackets, and `*` where the plan prints none. Rules are in English, which the rule
files are not, and call an indicator by its printed title.
"""

from dataclasses import dataclass

Indicator = tuple[str, str, str, str, str, str]
"""The printed title, the baseline, the targets of three years, and the source."""


@dataclass(frozen=True)
class Goal:
    """A board goal, or the board's contribution to a council goal."""

    id: str
    area: str
    section: str
    title: str
    rule: str
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Facts:
    """One year's plan.

    A focus area is given by words of its title and the goals that it is followed through, a
    footnote by its goal, its indicator and numbers that it prints. `interpreted` says where
    each thing that the plan leaves open is taken up, and words by which it is known: "plan",
    "assess", a goal, or a goal and an indicator's title.
    """

    year: int
    document: str
    assess_section: str
    assess: str
    goals: tuple[Goal, ...]
    focus_section: str
    focus: tuple[tuple[str, tuple[str, ...]], ...]
    footnotes: tuple[tuple[str, str, str], ...]
    interpreted: tuple[tuple[str, str], ...]

    @property
    def years(self) -> tuple[int, int, int]:
        """The years that the plan prints targets for."""
        return self.year, self.year + 1, self.year + 2


ONLY_FOLLOWED_UP = "only followed up"
UP, DOWN, KEEP = "öka", "minska", "bibehålla"
