"""The goals of a rule set as Python sees them: what they rest on, their indicators, their rules."""

from collections.abc import Iterable, Mapping

from attrs import field

from goalrules.core.vocabulary import GoalKind
from goalrules.frozen import FrozenMap
from goalrules.language import statements as st
from goalrules.language.format import Format, file_formatter
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan, goals_named
from goalrules.lazily import frozen
from goalrules.text.languages import Language, spoken


@frozen
class Indicator:
    """An indicator of a goal: its name, and what the file says of it.

    `key` is what it is called where its figures come from. `goal` is the id of the goal that it is
    taken from, where it counts in several; empty in its own. The key is empty where the file has
    none, and the unit where it has none apart from the title. Where it is another indicator of the
    goal in an earlier period, `earlier` is the name of that, and `years` how many years before.
    """

    name: str
    title: str
    unit: str
    key: str
    goal: str
    _statements: tuple[st.Statement, ...] = field(repr=False)
    _writing: "_Writing" = field(repr=False)
    earlier: str = ""
    years: int = 0

    def target(self, language: Language | None = None) -> str:
        """What is aimed at, as `minst 80` or `2025 minst 80; 2026 ökar`; empty without a target."""
        said = (each.body for each in self._statements if isinstance(each.body, st.Target))
        write = self._writing.format(language)
        return "; ".join(write.aims(aims) for aims in (each.aims for each in said))

    def rule(self, language: Language | None = None) -> str:
        """All that the file says of it, a line for each sentence; empty where it says nothing."""
        return self._writing.lines(self._statements, language)


@frozen
class Goal:
    """A goal of a rule set, or the board's contribution to a council goal.

    `members` are the names of its indicators, and `rests_on` the ids of the goals that its rule
    asks for, each in the order of the file.
    """

    id: str
    kind: GoalKind
    title: str
    area: str
    members: tuple[str, ...] = field(repr=False)
    indicators: tuple[Indicator, ...] = field(repr=False)
    rests_on: tuple[str, ...]
    _statements: tuple[st.Statement, ...] = field(repr=False)
    _writing: "_Writing" = field(repr=False)

    def rule(self, language: Language | None = None) -> str:
        """The rule and what belongs to it, as in a rule file, a line for each sentence.

        In the language of the file, or in Swedish ("sv") or English ("en").
        """
        return self._writing.lines(self._statements, language)


@frozen
class _Writing:
    """How the sentences of a rule file are written: its language, and its own words for levels."""

    language: Language
    levels: tuple[str, ...]

    def format(self, language: Language | None) -> Format:
        """What writes sentences in a language, the file's own if none is asked for."""
        return file_formatter(spoken(language, self.language), self.levels)

    def lines(self, statements: Iterable[st.Statement], language: Language | None) -> str:
        """Some statements, each on a line."""
        write = self.format(language)
        return "\n".join(write.statement(each.body) for each in statements)


def goals_of(plan: Plan) -> Mapping[str, Goal]:
    """The goals of a plan by their ids, in the order of the file."""
    levels = (level.text for scale in plan.all(st.ScaleHead) for level in scale.levels)
    writing = _Writing(plan.language, tuple(levels))
    return FrozenMap({each.id: _goal(each, writing) for each in plan.goals})


def _goal(entry: GoalEntry, writing: _Writing) -> Goal:
    indicators = tuple(_indicator(each, writing) for each in entry.indicators)
    of_groups = {each.head.span: each.statements for each in entry.reported}
    return Goal(
        id=entry.id,
        kind=entry.goal.kind,
        title=entry.goal.title,
        area=entry.area,
        members=tuple(each.name for each in indicators),
        indicators=indicators,
        rests_on=tuple(dict.fromkeys(each.text for each in goals_named(entry.statements))),
        statements=tuple(
            said
            for each in entry.statements
            if not isinstance(each.body, st.RuleAs)  # what it takes over stands after it
            for said in (each, *of_groups.get(each.span, ()))
        ),
        writing=writing,
    )


def _indicator(entry: IndicatorEntry, writing: _Writing) -> Indicator:
    unit, key = entry.first(st.Unit), entry.first(st.Key)
    return Indicator(
        name=entry.name,
        title=entry.indicator.title,
        unit=unit.text if unit else "",
        key=key.text if key else "",
        goal=entry.shared.text if entry.shared else "",
        earlier=entry.earlier.of.text if entry.earlier else "",
        years=int(entry.earlier.years) if entry.earlier else 0,
        statements=entry.statements,
        writing=writing,
    )
