"""The public face: rule sets and single rules, checked and ready to be evaluated.

Only `load` reads a file. Nothing reads a clock or the network; everything that is handed out is
immutable and can be shared between threads.
"""

import os
from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from attrs import evolve, field, frozen

from goalrules.answers.influence import report_of
from goalrules.assess.assessment import assess
from goalrules.assess.standalone import (
    StandaloneRule,
    evaluate_standalone,
    lower_standalone,
    standalone_naming,
)
from goalrules.assess.to_date import reached_month, whole_year
from goalrules.bounded import bounded
from goalrules.checked import Checked
from goalrules.core.scales import COLOURS, MOST_LEVELS, Scale
from goalrules.data.judgements import Judgements, judgements_from_python
from goalrules.data.outcome import Outcomes, rows_from_python
from goalrules.data.period import Period, is_period, period_in
from goalrules.data.values import CellFault
from goalrules.data.words import make_ready
from goalrules.goals import Goal, goals_of
from goalrules.language.levels import LevelScale
from goalrules.language.naming import Naming
from goalrules.language.parser import ParsedRule, parse_rule
from goalrules.language.plan import Plan
from goalrules.language.read import read_plan
from goalrules.language.statements import Validity
from goalrules.language.validate import validate_rule
from goalrules.language.years import Regime, Years, in_year, of_years, regime_of, years_of_plan
from goalrules.limits import Limits
from goalrules.lint.run import lint_plan
from goalrules.reading import read_rules
from goalrules.refusal import fault, refusal, refuse
from goalrules.results import Assessment, GoalResult, Influence, assessment_of, wanted_goals
from goalrules.template.make import template_of
from goalrules.text.diagnostics import Diagnostic, OutcomeError, RuleError
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source
from goalrules.year import Year, interims_of, year_of

NO_PERIOD = CellFault("row-without-period")

Given = TypeVar("Given")


@frozen
class RuleSet:
    """The rules of a plan, checked and ready to assess outcomes.

    Where rules, indicators or goals hold for some years only, an assessment is made by those of
    the year of its period. `goals` are those of the plan's first year, and so is what is asked
    without a year: `in_year` gives those of another one.
    """

    file: str
    language: Language
    goals: Mapping[str, Goal]
    _plan: Plan = field(repr=False)
    _text: str = field(repr=False)
    _of_one_year: bool = field(default=False, repr=False)

    def in_year(self, year: int | str) -> "RuleSet":
        """The rules as they are in one year of the plan, alone.

        Raises:
            OutcomeError: a year in which the plan is not valid, or what is no year.
        """
        year = self._period(year).year
        if year not in years_of_plan(self._plan):
            refused = fault("not-valid-then", "year", year=year)
            raise refusal(OutcomeError, [refused], self.language)
        plan = of_years(regime_of(self._plan, year).plan, Years(year, year))
        return evolve(self, goals=goals_of(plan), plan=plan, of_one_year=True)

    def assess(
        self,
        outcomes: Outcomes,
        period: str | int | Period | None = None,
        judgements: Judgements = (),
    ) -> Assessment:
        """What the rules come to on some outcomes, in a period (the plan's own year if none).

        Args:
            outcomes: by indicator name (`"5/avtalstrohet"` where one name stands in two goals),
                a level in Swedish or English, a number, None for a missing one, or a mapping
                with the fields of an outcome row; or rows as `read_outcomes` gives them.
            period: a year, a month or an interim period: `2025`, `2025-03`, `T1 2025`.
            judgements: what was decided beside the rules, by goal (or `"5/avtalstrohet"` for what
                is waived): mappings that say `judgement`, `period`, `by`, `date` and `reason`, and
                may say `reference` and `source`; or rows as `read_judgements` gives them.

        Raises:
            OutcomeError: with a diagnostic for each fault of the outcomes, the period or the
                judgements.
        """
        rows, faults = rows_from_python(_entries(outcomes))
        decisions, unread = judgements_from_python(_entries(judgements))
        when = self._period(period)
        found = assess(self._plan, rows, when, self.file, decisions)
        refuse(OutcomeError, (*faults, *unread, *found.diagnostics), self.language)
        return assessment_of(found.trace, found.goal_states)

    def assess_year(
        self,
        outcomes: Outcomes,
        year: int | None = None,
        judgements: Judgements = (),
        interims: Iterable[str | Period] = (),
    ) -> Year:
        """Every month of a year, longer periods from January on, and the year, in one call.

        Args:
            outcomes: as in `assess`.
            year: the plan's own first year if none is given.
            judgements: as in `assess`.
            interims: the longer periods; to the end of April, and of August, if none is named.
                Those for which goals were judged as a whole are assessed as well.

        Raises:
            OutcomeError: with a diagnostic for each fault of the outcomes or the judgements.
        """
        whole = whole_year(self._period(year).year)
        given = outcomes if isinstance(outcomes, Mapping) else tuple(_entries(outcomes))
        decided = judgements if isinstance(judgements, Mapping) else tuple(_entries(judgements))
        annual = self.assess(given, whole, decided)
        rows, _ = rows_from_python(given)
        undated = [row.place.fault("period", NO_PERIOD) for row in rows if row.period is None]
        refuse(OutcomeError, undated, self.language)
        judged, _ = judgements_from_python(decided)
        longer = interims_of(whole, [self._period(each) for each in interims], judged)
        return year_of(
            reached_month(rows, whole.year),
            [self.assess(rows, Period(each, each), decided) for each in whole.months],
            [self.assess(rows, each, decided) for each in longer],
            annual,
        )

    def influence(self, goals: Iterable[str] = (), *, limits: Limits | None = None) -> Influence:
        """In how many possible outcomes each member decides whether a goal is met.

        Args:
            goals: the ids of the goals that are meant; all, where none is named.
            limits: how much it may take.

        Raises:
            OutcomeError: a goal that the plan does not have.
            LimitError: it would take more than it may.
        """
        wanted = wanted_goals(goals, self.goals, self.language)
        with bounded(limits, self.language):
            return Influence(report_of(self._regime(None), self.file, wanted))

    def check(self, goals: Iterable[str] = (), *, limits: Limits | None = None) -> Checked:
        """What is wrong with the rules over every possible outcome, each with a case that shows it.

        Args:
            goals: the ids of the goals that are meant; all, where none is named.
            limits: how much it may take.

        Raises:
            OutcomeError: a goal that the plan does not have.
            LimitError: it would take more than it may.
        """
        known = {each.id: each for each in self._plan.goals}
        wanted = wanted_goals(goals, known, self.language)
        with bounded(limits, self.language):
            return Checked(lint_plan(Source(self.file, self._text), self._plan, wanted))

    def template(self, year: int | None = None, language: Language | None = None) -> bytes:
        """An XLSX workbook in which people fill in the outcomes of a year, for `read_outcomes`.

        The year is the plan's own first one, and the language that of the rule file, if none is
        given. `OutcomeError` where there is no such year, or openpyxl is not installed;
        `ValueError` for another language than "sv" and "en".
        """
        if language not in (None, *LANGUAGES):
            raise ValueError(f"no template in {language!r}: give 'sv' or 'en'")
        return template_of(self._plan, self._period(year).year, language or self.language)

    def year_of(self, period: str | int | Period | None = None) -> int:
        """The year of a period, or the plan's own where none is given: that of an outcome file.

        Raises:
            OutcomeError: it is no period, or none is given and the plan says no year.
        """
        return self._period(period).year

    def _regime(self, period: str | int | Period | None) -> Regime:
        """The rules as they are in the year of a period; in the first, where none is given."""
        found = regime_of(self._plan, None if period is None else self._period(period).year)
        return evolve(found, only=found.only and not self._of_one_year)

    def _period(self, period: str | int | Period | None) -> Period:
        """The period that is meant; the first year of the plan's own where none is given.

        One without a year, as `aug`, is of the plan's year where the plan has but one.
        """
        if isinstance(period, Period):
            return period
        years = [str(each.first) for each in self._plan.all(Validity)]
        text = str(period) if period is not None else (years[0] if years else "")
        whole = years_of_plan(self._plan)
        own = whole.first if whole.first == whole.last else None
        found = period_in(text, own) if text.strip() else None
        if found is None:
            code = "unknown-period"
            if period is None:
                code = "no-period"
            elif text.strip() and is_period(text):
                code = "period-lacks-year"
            raise refusal(OutcomeError, [fault(code, "period", text=text)], self.language)
        return found


@frozen
class Rule:
    """A rule given alone, checked and ready to be evaluated on the levels of its members."""

    text: str
    language: Language
    members: tuple[str, ...]
    _rule: StandaloneRule = field(repr=False)

    def evaluate(self, outcomes: Outcomes) -> GoalResult:
        """The verdict on some outcomes, by member; `OutcomeError` where they have faults."""
        rows, faults = rows_from_python(_entries(outcomes))
        found = evaluate_standalone(self._rule, rows)
        refuse(OutcomeError, (*faults, *found.diagnostics), self.language)
        return GoalResult(found.trace, self.language, {"": found.goal_state})


def _entries(given: Given) -> Given:
    """What is given one by one; what cannot be is one entry, and is refused as such."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        return cast(Given, (given,))
    return given


def load(path: str | os.PathLike[str], *, limits: Limits | None = None) -> RuleSet:
    """The rule set in a file.

    Raises:
        RuleError: with a diagnostic for each fault; also where the file cannot be read.
        LimitError: it would take more than `limits` allow.
    """
    name = os.fspath(path)
    with bounded(limits):
        return loads(read_rules(name), name)


def loads(text: str, file: str = "rules", *, limits: Limits | None = None) -> RuleSet:
    """The rule set that a text holds; `RuleError` with a diagnostic for each fault.

    `LimitError` where it would take more than `limits` allow.
    """
    make_ready()
    with bounded(limits):
        source = Source(file, text)
        plan, faults = read_plan(source)
    refuse(RuleError, faults, plan.language)
    return RuleSet(file, plan.language, goals_of(in_year(plan, None)), plan, text)


def rule(text: str, members: Iterable[str], levels: Iterable[str] = ()) -> Rule:
    """A rule given alone, in Swedish or English, over some members.

    Args:
        text: a condition, or sentences that say when each level is reached.
        members: the names that it may use.
        levels: the levels of its scale, worst first, where they are not red, yellow and green.

    Raises:
        RuleError: with a diagnostic for each fault, in the language that knows more of its words.
        ValueError: levels that make no scale.
    """
    make_ready()
    scale = _scale(tuple(levels)) if levels else COLOURS
    source, own = Source("rule", text), tuple(members)
    tries = [_try(source, language, own, scale) for language in LANGUAGES]
    best = max(tries, key=lambda each: (not each.faults, each.parsed.keywords))
    refuse(RuleError, best.faults, best.language)
    return Rule(text, best.language, best.names.own, lower_standalone(best.parsed, best.names))


def _scale(levels: tuple[str, ...]) -> Scale:
    if not 2 <= len(set(levels)) == len(levels) <= MOST_LEVELS:  # noqa: PLR2004 - one parts nothing
        raise ValueError(f"a scale has 2 to {MOST_LEVELS} levels, each another: {levels}")
    return Scale(levels)


@frozen
class _Try:
    """A rule given alone as one language reads it, and what is wrong with it in that."""

    language: Language
    parsed: ParsedRule
    names: Naming
    faults: tuple[Diagnostic, ...]


def _try(source: Source, language: Language, members: tuple[str, ...], scale: Scale) -> _Try:
    parsed = parse_rule(source, language, () if scale == COLOURS else scale.levels)
    names = standalone_naming(members, parsed.statements, LevelScale(scale, scale.top))
    faults = parsed.diagnostics or validate_rule(source, parsed.condition, parsed.statements, names)
    return _Try(language, parsed, names, faults)


def evaluate(rule_text: str, outcomes: Mapping[str, object]) -> GoalResult:
    """The verdict of a rule, in Swedish or English, on the levels of its members.

    Raises:
        RuleError: the rule has faults.
        OutcomeError: the outcomes have.
    """
    return rule(rule_text, outcomes).evaluate(outcomes)
