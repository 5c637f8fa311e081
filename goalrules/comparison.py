"""Two rule sets compared for every possible outcome, and two states of outcomes cell by cell."""

from collections.abc import Iterable, Mapping
from typing import Any

from goalrules.answer import Answer
from goalrules.api import RuleSet
from goalrules.bounded import bounded
from goalrules.compare.on_outcomes import judge_anew
from goalrules.compare.outcome_changes import ChangeFinder, unread_in
from goalrules.compare.outcome_changes_result import CellChange, OutcomeChanges
from goalrules.compare.pairing import pair_plans
from goalrules.compare.plans import Plans
from goalrules.compare.result import ComparedFile, Difference, Differences, OnOutcomes
from goalrules.data.outcome import Outcomes, rows_from_python
from goalrules.data.pairs import Pair
from goalrules.data.period import Period, stored_period
from goalrules.data.records import Place
from goalrules.document import to_json
from goalrules.language.statements import PlanHead
from goalrules.language.years import Regime
from goalrules.lazily import frozen
from goalrules.limits import Limits
from goalrules.refusal import OutcomeError, QuestionError, RuleError, fault, refuse
from goalrules.report.changes import render_changes
from goalrules.report.diff.document import in_words
from goalrules.report.diff.markdown import render_markdown
from goalrules.report.diff.text import render_text
from goalrules.text.languages import DEFAULT_LANGUAGE, Language, spoken
from goalrules.text.names import nearest

Pairs = Mapping[str, str | None] | Iterable[Pair | tuple[str | None, str | None]]
"""What in the old rules is what in the new: goals `"1"` and members `"1/budget"`; None for gone."""


@frozen
class Comparison(Answer[Differences]):
    """What changed between two rule sets, goal by goal."""

    trace: Differences
    _render = staticmethod(render_text)

    def __repr__(self) -> str:
        return f"Comparison({self.trace.old.file!r}, {self.trace.new.file!r})"

    @property
    def language(self) -> Language:
        """That of the new rules."""
        return self.trace.language

    @property
    def goals(self) -> tuple[Difference, ...]:
        """What became of the rule of every indicator, and of each goal."""
        return self.trace.goals

    @property
    def on_outcomes(self) -> OnOutcomes | None:
        """What the new rules come to on the outcomes that were given."""
        return self.trace.on_outcomes

    @property
    def changed(self) -> bool:
        """Whether anything differs that is not only how it is written."""
        return self.trace.changed

    def only(self, goals: Iterable[str]) -> "Comparison":
        """The same comparison of some goals alone, by their ids in either file; of all if none.

        Raises:
            QuestionError: a goal that neither file has.
        """
        wanted = dict.fromkeys(goals)
        known = {thing.name for each in self.goals for thing in (each.old, each.new) if thing}
        unknown = [
            fault("unknown-goal", "goal", text=goal, nearest=nearest(goal, known))
            for goal in wanted
            if goal not in known
        ]
        refuse(QuestionError, unknown, self.language)
        return Comparison(self.trace.only(wanted)) if wanted else self

    def markdown(self, language: Language | None = None) -> str:
        """The comparison as Markdown, to be put into a meeting paper."""
        return render_markdown(self.trace, language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON has it (`goalrules schema diff` prints its schema)."""
        return to_json(in_words(self.trace))


@frozen
class ChangedOutcomes(Answer[OutcomeChanges]):
    """Which cells changed between two states of a file of outcomes."""

    trace: OutcomeChanges
    _render = staticmethod(render_changes)

    def __repr__(self) -> str:
        return f"ChangedOutcomes({self.trace.old!r}, {self.trace.new!r}, {len(self.changes)})"

    @property
    def language(self) -> Language:
        """That of the rules, or that which was asked for."""
        return self.trace.language

    @property
    def changes(self) -> tuple[CellChange, ...]:
        """The cells that changed, as they stand in the new file, and then those that are gone."""
        return self.trace.changes

    @property
    def changed(self) -> bool:
        """Whether anything changed."""
        return self.trace.changed


def compare_outcomes(  # noqa: PLR0913 - what it is about, and its limits
    old: Outcomes,
    new: Outcomes,
    rules: RuleSet | None = None,
    period: str | int | Period | None = None,
    *,
    language: Language | None = None,
    limits: Limits | None = None,
) -> ChangedOutcomes:
    """Which cells changed between two states of outcomes, as `read_outcomes` gives them.

    Args:
        old: the outcomes before.
        new: the outcomes after.
        rules: the rules by which they are judged. An indicator is then the same by whichever of
            its names, and what the rules hide is not told.
        period: a period in the year that is meant; the rules' own where none is given.
        language: that of its words; that of the rules if none is given.
        limits: how much it may take.

    Raises:
        OutcomeError: the outcomes have faults.
        QuestionError: the period is none.
        LimitError: it would take more than it may.
    """
    told = spoken(language, rules.language if rules else DEFAULT_LANGUAGE)
    with bounded(limits, told):
        finder = ChangeFinder()
        if rules:
            finder = ChangeFinder(rules._programs.binder, rules.year_of(period))  # noqa: SLF001
        read = [rows_from_python(each, name) for each, name in ((old, "old"), (new, "new"))]
        refuse(OutcomeError, [fault for _, faults in read for fault in faults], told)
        (before, _), (after, _) = read
        names = (next((e.file for e in each.files), "outcomes") for each in (before, after))
        return ChangedOutcomes(
            OutcomeChanges(
                next(names),
                next(names),
                told,
                tuple(finder.changes(before, after)),
                unread_in((before, after)),
                rules.file if rules else "",
                rules.sha256 if rules else "",
            )
        )


def diff(  # noqa: PLR0913 - what it is about, and its limits
    old: RuleSet,
    new: RuleSet,
    pairs: Pairs = (),
    outcomes: Outcomes | None = None,
    period: str | int | Period | None = None,
    *,
    language: Language | None = None,
    limits: Limits | None = None,
) -> Comparison:
    """What changed between two rule sets, for every possible outcome of their members.

    Args:
        old: the rules before, as they are in the year of `period`; else in their first.
        new: the rules after, likewise. Two years of one rule set are `rules.in_year(2024)` and
            `rules.in_year(2025)`.
        pairs: what in the old rules is what in the new, where it goes by another name; goals and
            members of the same name are paired anyway.
        outcomes: outcomes for the old rules, on which the new ones are tried as well.
        period: the period of the outcomes, as `RuleSet.assess` takes it.
        language: that of the message of an error; that of the new rules if none is given.
        limits: how much it may take.

    Raises:
        RuleError: pairs that speak of what there is not, or of one thing twice.
        OutcomeError: the outcomes have faults.
        QuestionError: the period is none, or none of the rules'.
        LimitError: it would take more than it may.
    """
    told = spoken(language, new.language)
    with bounded(limits, told):
        before, after = (
            each._regime(period, told)  # noqa: SLF001 - not for callers
            for each in (old, new)
        )
        plans = before.plan, after.plan
        pairing, faults = pair_plans(*plans, _pairs(pairs))
        refuse(RuleError, faults, told, new.language)
        compared = Plans(*plans, pairing)
        anew = None
        if outcomes is not None:
            trace = old.assess(outcomes, period, language=told).trace
            anew = judge_anew(plans[1], pairing, trace, stored_period(trace.period))
        goals = tuple(compared.differences())
        sides = _side(old.file, before), _side(new.file, after)
        return Comparison(Differences(*sides, new.language, goals, anew))


def _pairs(given: Pairs) -> list[Pair]:
    """The pairs; the path of one from Python is its key, or its number from 0."""
    if isinstance(given, Mapping):
        return [_pair(*each, at, each[0]) for at, each in enumerate(given.items(), 1)]
    return [
        each if isinstance(each, Pair) else _pair(*each, at + 1, at)
        for at, each in enumerate(given)
    ]


def _pair(old: str | None, new: str | None, line: int, key: str | int) -> Pair:
    text = f"{old or ''}: {new or ''}"
    return Pair(old or "", new or "", Place("pairs", line, text, words="pair", path=(key,)))


def _side(file: str, rules: Regime) -> ComparedFile:
    head = next(iter(rules.plan.all(PlanHead)), PlanHead(""))
    return ComparedFile(file, head.title, head.body, rules.told, rules.plan.sha256)
