"""Answers as Python sees them: as values, as text in either language, and as JSON.

All that is asked of a rule set, an assessment or a goal is answered by an `Answer`. Those about
what is missing, what can be lost, what to find out and who decides stand here; an assessment, a
year, a check and a comparison stand with what gives them.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from goalrules.answers import result as rs
from goalrules.answers.influence_result import GoalInfluence, InfluenceReport
from goalrules.document import from_json, to_json
from goalrules.lazily import frozen
from goalrules.report.gap.text import render_collect, render_gap, render_margin, render_reach
from goalrules.report.influence import render_influence
from goalrules.text.languages import Language

Trace_co = TypeVar("Trace_co", covariant=True)


class Answer(Generic[Trace_co]):
    """What was asked, answered."""

    __slots__ = ()

    _render: "ClassVar[staticmethod[[Any, Language], str]]"
    """The text of what was found, in a language."""

    @property
    @abstractmethod
    def trace(self) -> Trace_co:
        """All that was found, as values without words."""

    @property
    @abstractmethod
    def language(self) -> Language:
        """The language of its text where no other is asked for: that of the rules."""

    def text(self, language: Language | None = None) -> str:
        """The answer in Swedish ("sv") or English ("en")."""
        return self._render(self._told, language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """The answer as the JSON contract has it (`goalrules schema` prints the schemas)."""
        return to_json(self._told)

    @property
    def _told(self) -> Trace_co:
        """What is written: all that was found, and what is worked out only for that."""
        return self.trace


Asked = TypeVar("Asked", rs.ReachAnswer, rs.MarginAnswer, rs.CollectAnswer)


@frozen
class GoalAnswer(Answer[Asked]):
    """An answer about one goal."""

    trace: Asked
    language: Language

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.trace.goal.id!r}, {self.state!r})"

    @property
    def state(self) -> rs.State:
        """Whether there are ways, or none, and why: see `goalrules.types.State`."""
        return self.trace.state


InWays = TypeVar("InWays", rs.ReachAnswer, rs.MarginAnswer)


@frozen(repr=False)
class AnswerInWays(GoalAnswer[InWays]):
    """An answer of minimal sets of members that move, in families."""

    @property
    def ways(self) -> tuple[rs.Way, ...]:
        """The families of sets, those that cost, or lose, least first."""
        return self.trace.ways

    @property
    def sets(self) -> int:
        """How many minimal sets there are."""
        return self.trace.sets


@frozen(repr=False)
class ToReach(AnswerInWays[rs.ReachAnswer]):
    """What is missing before a goal is surely at a level: every minimal set of improvements."""

    _render = staticmethod(render_reach)


@frozen(repr=False)
class Margin(AnswerInWays[rs.MarginAnswer]):
    """What can be lost before a level is no longer sure: every minimal set of losses."""

    _render = staticmethod(render_margin)


@frozen(repr=False)
class ToCollect(GoalAnswer[rs.CollectAnswer]):
    """What to find out before a goal can be decided, what settles it most often first."""

    _render = staticmethod(render_collect)

    @property
    def unknowns(self) -> tuple[rs.Unknown, ...]:
        """The open members that can decide, with what would follow from each of their levels."""
        return self.trace.unknowns


@frozen
class Gap(Answer[rs.GapReport]):
    """What is missing, what can be lost and what to find out, goal by goal."""

    trace: rs.GapReport
    _render = staticmethod(render_gap)

    def __repr__(self) -> str:
        return f"Gap({self.trace.assessment.period}, {len(self.goals)} goals)"

    @property
    def language(self) -> Language:
        """That of the rules."""
        return self.trace.assessment.language

    @property
    def goals(self) -> tuple[rs.GoalGap, ...]:
        """The answers about each goal, in the order of the file."""
        return self.trace.goals

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> "Gap":
        """The answers that a document is of; `DocumentError` where it is none."""
        return cls(from_json(rs.GapReport, document))

    @property
    def refused(self) -> tuple[rs.GoalGap, ...]:
        """The goals about which a question takes more steps than are taken."""
        return tuple(each for each in self.goals if each.limit)


@frozen
class Influence(Answer[InfluenceReport]):
    """In how many possible outcomes each member of a plan's goals decides. No probabilities."""

    trace: InfluenceReport
    _render = staticmethod(render_influence)

    def __repr__(self) -> str:
        return f"Influence({self.trace.rules!r}, {len(self.goals)} goals)"

    @property
    def language(self) -> Language:
        """That of the rules."""
        return self.trace.language

    @property
    def goals(self) -> tuple[GoalInfluence, ...]:
        """The goals that have a verdict, in the order of the file."""
        return self.trace.goals

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> "Influence":
        """The influence that a document is of; `DocumentError` where it is none."""
        return cls(from_json(InfluenceReport, document))
