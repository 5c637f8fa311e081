"""The public face: rule sets and single rules, checked and ready to be evaluated.

Only `load` reads a file. Nothing reads a clock or the network; everything that is handed out is
immutable and can be shared between threads.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from itertools import chain
from textwrap import shorten
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, cast, get_args

from attrs import evolve, field

from goalrules.answer import Influence
from goalrules.assess.accounting import unused_faults
from goalrules.assess.assessment import PlanAssessment, assess
from goalrules.assess.binding import RowsOfYear, Slot
from goalrules.assess.input_account import InputAccount, merged
from goalrules.assess.over_units import goals_over_units
from goalrules.assess.period_program import GivenCase, GivenOutcomes
from goalrules.assess.plan_columns import PlanColumns
from goalrules.assess.plan_program import PlanPrograms
from goalrules.assess.rule_columns import RuleColumns
from goalrules.assess.standalone import (
    StandaloneRule,
    evaluate_standalone,
    lower_standalone,
    names_twice,
    standalone_naming,
    unusable_names,
)
from goalrules.assess.to_date import has_annual, reached_month, whole_year
from goalrules.assess.unit_totals import hidden_in, totals_that_differ
from goalrules.bounded import bounded
from goalrules.core.scales import COLOURS, MOST_LEVELS, Scale
from goalrules.core.vocabulary import VERDICTS, UnitsKnown, Verdict
from goalrules.data.buffers import vectors_of
from goalrules.data.judgements import JudgementRow, Judgements, judgements_from_python
from goalrules.data.outcome import (
    IsMissing,
    OutcomeRow,
    OutcomeRows,
    Outcomes,
    files_of,
    rows_from_python,
    without_missing,
)
from goalrules.data.period import Period, is_period, period_in
from goalrules.data.records import BYTES_IN_MEGABYTE
from goalrules.data.units import (
    MOST_NAMED,
    files_of_unit,
    is_of_all,
    is_whole,
    several_units,
    units_of,
)
from goalrules.data.values import CellFault, period_cell
from goalrules.data.vectors import Columns
from goalrules.data.words import make_ready
from goalrules.frozen import FrozenMap
from goalrules.goals import Goal, goals_of
from goalrules.language.levels import LevelScale
from goalrules.language.naming import Naming
from goalrules.language.parser import ParsedRule, keywords_in, parse_rule
from goalrules.language.plan import Plan, together_of
from goalrules.language.read import read_plan
from goalrules.language.statements import Units as ListedUnits
from goalrules.language.statements import Validity
from goalrules.language.validate import validate_rule
from goalrules.language.years import Regime, Years, in_year, of_years, regime_of, years_of_plan
from goalrules.lazily import frozen
from goalrules.limits import Limits, stepping
from goalrules.reading import MOST_BYTES, Input, read_rules
from goalrules.refusal import (
    GoalrulesError,
    LimitError,
    OutcomeError,
    QuestionError,
    RuleError,
    fault,
    refuse,
)
from goalrules.results import (
    Assessment,
    GoalResult,
    Kept,
    Later,
    PlanVerdicts,
    Verdicts,
    assessment_of,
    result_of,
    wanted_goals,
)
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import DEFAULT_LANGUAGE, LANGUAGES, Language, spoken
from goalrules.text.names import folded, nearest
from goalrules.text.source import Source
from goalrules.units import Units
from goalrules.year import Year, interims_of

if TYPE_CHECKING:
    from goalrules.assess.data_check_result import DataCheck
    from goalrules.checked import Checked, CheckedData

MOST_PERIODS = 512
"""The texts of periods that are kept with what they mean."""
LONGEST_SHOWN = 80
"""So many characters of a rule are shown where Python shows it."""


Given = TypeVar("Given")
Key = TypeVar("Key")
OnError = Literal["keep", "raise"]
AnyPeriod: TypeAlias = str | int | Period | dt.date | None
ToAssess: TypeAlias = Outcomes | GoalrulesError
Case: TypeAlias = (
    tuple[Key, ToAssess]
    | tuple[Key, ToAssess, AnyPeriod]
    | tuple[Key, ToAssess, AnyPeriod, Judgements | None]
)
"""One of many cases: its key, its outcomes, and its own period and judgements if it has any."""

NOTHING: Mapping[str, object] = FrozenMap({})


@frozen
class RuleSet:
    """The rules of a plan, checked and ready to assess outcomes.

    Where rules, indicators or goals hold for some years only, an assessment is made by those of
    the year of its period. `goals` are those of the plan's first year, and so is what is asked
    without a year: `in_year` gives those of another one.
    """

    file: str
    language: Language
    goals: Mapping[str, Goal] = field(repr=False, eq=False)
    _plan: Plan = field(repr=False, eq=False)
    _text: str = field(repr=False)
    _year: int | None = None
    _programs: PlanPrograms = field(init=False, eq=False, repr=False)

    _given: GivenOutcomes = field(init=False, eq=False, repr=False)
    _periods: dict[object, Period] = field(init=False, factory=dict, eq=False, repr=False)
    _forms: dict[str, str] = field(init=False, factory=dict, eq=False, repr=False)

    @_programs.default
    def _of_plan(self) -> PlanPrograms:
        return PlanPrograms(self._plan)

    @_given.default
    def _of_programs(self) -> GivenOutcomes:
        return GivenOutcomes(self._programs)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits."""
        return self._plan.sha256

    def __repr__(self) -> str:
        year = "" if self._year is None else f", {self._year}"
        return f"RuleSet({self.file!r}{year}, {len(self.goals)} goals)"

    @property
    def judges_units(self) -> bool:
        """Whether some goal has a rule over units, by which `assess_units` judges all together."""
        return any(together_of(goal) for goal in self._plan.goals)

    def in_year(self, year: int | str, *, language: Language | None = None) -> "RuleSet":
        """The rules as they are in one year of the plan, alone.

        The language is that of the message of an error; the rules' own if none is given.

        Raises:
            QuestionError: a year in which the plan is not valid, or what is no year.
        """
        told = spoken(language, self.language)
        year = self.period_of(year, told).year
        if year not in years_of_plan(self._plan):
            refused = fault("not-valid-then", "year", year=year)
            raise QuestionError([refused], told, self.language)
        plan = of_years(regime_of(self._plan, year).plan, Years(year, year))
        return evolve(self, goals=goals_of(plan), plan=plan, year=year)

    def assess(  # noqa: PLR0913 - what is assessed, and how it may be
        self,
        outcomes: Outcomes,
        period: AnyPeriod = None,
        judgements: Judgements = (),
        *,
        overrides: Mapping[str, object] = NOTHING,
        missing: IsMissing | None = None,
        language: Language | None = None,
        limits: Limits | None = None,
        strict: bool = False,
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
            overrides: other outcomes for some indicators, by name: each stands in the place of all
                that is reported of its indicator in the year.
            missing: a function that says whether a value is missing, as `pandas.isna` does: it is
                then read as None. Without it `nan` and the like are refused.
            language: that of the message of an error; the rules' own if none is given.
            limits: how much it may take. What is put together when it is looked at is not in it.
            strict: whether what a table would say was not used is a fault: rows for another year,
                those of which another one counts, columns and sheets that are not read.

        Raises:
            OutcomeError: with a diagnostic for each fault of the outcomes or the judgements.
            QuestionError: the period is none.
            LimitError: it would take more than it may.
        """
        told = spoken(language, self.language)
        if missing:
            outcomes = without_missing(_entries(outcomes), missing)
            overrides = cast(Mapping[str, object], without_missing(overrides, missing))
        when = self.period_of(period, told)
        alone = judgements == () and not overrides and limits is None and not strict
        if isinstance(outcomes, dict) and alone:
            known = self._given.case(outcomes, when)
            if known is not None:
                by_name = _GivenSource(self, known)
                return Assessment(known.outcomes, Later(by_name.found), self.language, by_name)
        with bounded(limits, told):
            bound = self.bind(outcomes, when.year, judgements, language=told)
            if overrides:
                return bound.overridden(overrides, when, strict=strict)
            came = bound.found(when, strict=strict).outcomes
        again = partial(self.bind, bound.rows, when.year, bound.judgements)
        source = _Source(again, when)
        return Assessment(came, Later(source.found), self.language, source)

    def assess_many(  # noqa: PLR0913 - as above
        self,
        cases: Iterable[Case[Key]],
        period: AnyPeriod = None,
        judgements: Judgements = (),
        *,
        on_error: OnError = "keep",
        missing: IsMissing | None = None,
        language: Language | None = None,
        limits: Limits | None = None,
    ) -> Iterator[tuple[Key, Assessment | GoalrulesError]]:
        """The assessment of each of many cases by its key, one after the other as they are taken.

        Args:
            cases: a key and outcomes each, then a period and judgements where the case has its
                own, all as `assess` takes them. In the place of outcomes may stand the error that
                reading them ended with, which is then that of the case.
            period: that of the cases without their own; the plan's own year if none is given.
            judgements: those of the cases without their own.
            on_error: "keep" gives the error in the place of an assessment, so that one failure
                hides no other; "raise" raises it, with the key in a note.
            missing: as in `assess`.
            language: that of the messages of errors; the rules' own if none is given.
            limits: how much each case may take.

        Raises:
            ValueError: another word for `on_error`, or a case of fewer or more parts.
        """
        if on_error not in get_args(OnError):
            raise ValueError(f'on_error is "keep" or "raise", not {on_error!r}')
        common = judgements if isinstance(judgements, Mapping) else tuple(_entries(judgements))

        def assessed(case: Case[Key]) -> tuple[Key, Assessment | GoalrulesError]:
            key, outcomes, own, decided = _parts(case)
            when, what = period if own is None else own, common if decided is None else decided
            try:
                if not isinstance(outcomes, GoalrulesError):
                    found = self.assess(
                        outcomes, when, what, missing=missing, language=language, limits=limits
                    )
                    return key, found
                error = outcomes
            except GoalrulesError as failed:
                error = failed.with_traceback(None)  # which would keep all that it went through
            except Exception as mistake:
                mistake.add_note(f"in the case {key!r}")
                raise
            if on_error == "keep":
                return key, error
            error.add_note(f"in the case {key!r}")
            raise error

        return map(assessed, cases)

    def assess_units(  # noqa: PLR0913 - as above
        self,
        outcomes: Mapping[str, Outcomes] | Iterable[OutcomeRow],
        period: AnyPeriod = None,
        judgements: Mapping[str, Judgements] | Iterable[JudgementRow] | None = None,
        *,
        units: Iterable[str] = (),
        missing: IsMissing | None = None,
        language: Language | None = None,
        limits: Limits | None = None,
        strict: bool = False,
    ) -> Units:
        """What the rules come to in each of many units, in one period.

        Args:
            outcomes: by unit, the outcomes of each as `assess` takes them; or rows of several units
                as `read_outcomes` gives them.
            period: as in `assess`.
            judgements: by unit, those of it as `assess` takes them; or rows that say their units.
            units: units that there are, which are in the answer without outcomes too.
            missing: as in `assess`.
            language: that of the messages of errors; the rules' own if none is given.
            limits: how much each unit may take.
            strict: as in `assess`.

        Raises:
            OutcomeError: the rows say no units, or some of them none; or no unit has outcomes
                without faults. The faults of single units stand in the answer.
            QuestionError: the period is none, judgements are of a unit that there is not, or no
                unit that is named has outcomes.
        """
        told = spoken(language, self.language)
        when = self.period_of(period, told)
        of_units = outcomes if isinstance(outcomes, Mapping) else self._by_unit(outcomes, told)
        plan = self._programs.of(when).plan
        names = [name.text for each in plan.all(ListedUnits) for name in each.names]
        listed = {folded(each): each for each in names}
        unlisted = [
            fault("unit-not-listed", "outcomes", text=unit, nearest=nearest(unit, names))
            for unit in of_units
            if listed and folded(unit) not in listed and not is_whole(unit)
        ]
        refuse(OutcomeError, unlisted, told, self.language)
        if not of_units:
            refuse(OutcomeError, [fault("no-units", "outcomes")], told, self.language)
        known, files = tuple(of_units), files_of(outcomes)
        there = {*map(folded, known)}
        asked = {folded(each): each for each in units}
        strange = {fold: unit for fold, unit in asked.items() if fold not in there | listed.keys()}
        silent = [unit for fold, unit in (strange | listed).items() if fold not in there]
        empty = {unit: OutcomeRows((), files_of_unit(files, unit)) for unit in silent}
        of_units = {**of_units, **empty}
        decided = self._by_unit_decided(judgements or {}, {folded(e): e for e in of_units}, told)
        faults = [
            fault("no-such-unit", name, text=unit, found=known[:MOST_NAMED])
            for name, unit in (
                *(("unit", each) for each in strange.values() if len(strange) == len(asked)),
                *(("judgements", each) for each in decided if each not in of_units),
            )
        ]
        refuse(QuestionError, faults, told, self.language)

        plans: dict[str, PlanAssessment] = {}

        def of_unit(unit: str, few: frozenset[Slot]) -> Assessment | GoalrulesError:
            try:
                with bounded(limits, told):
                    given, own = of_units[unit], decided.get(unit, ())
                    bound = self.bind(given, when.year, own, missing=missing, language=told)
                    bound._of_year.of_few = few  # noqa: SLF001 - its other half
                    plans[unit] = found = bound.found(when, strict=strict)
                    source = _Source(lambda: bound, when)
                    return Assessment(found.outcomes, Later(lambda: found), self.language, source)
            except GoalrulesError as error:
                return error.with_traceback(None)

        of_all = [unit for unit in of_units if is_of_all(unit)]
        came = {unit: of_unit(unit, frozenset()) for unit in of_units if unit not in of_all}
        own = [plans[unit] for unit in came if unit in plans and not is_whole(unit)]
        few = hidden_in(own) if of_all else frozenset()
        came |= {unit: of_unit(unit, few) for unit in of_all}
        totals = [
            total
            for unit in of_all
            if len(plans) == len(came)
            for total in totals_that_differ(unit, plans[unit], own)
        ]
        found = {unit: came[unit] for unit in of_units}
        all_known: UnitsKnown = "known" if listed or isinstance(outcomes, Mapping) else "found"
        return Units(found, (), tuple(totals), self._together(found, when, all_known))

    def _together(
        self,
        found: Mapping[str, Assessment | GoalrulesError],
        when: Period,
        known: UnitsKnown,
    ) -> Assessment | None:
        """The goals with a rule over units; None without such goals, or units to judge."""
        if not self.judges_units:
            return None
        traces = {
            unit: came.trace if isinstance(came, Assessment) else None
            for unit, came in found.items()
            if not is_whole(unit)
        }
        program = self._programs.of(when)
        first = next(filter(None, traces.values()), None)
        if first is None:
            return None
        goals, states = goals_over_units(program, traces, known)
        if not states:
            return None
        trace = evolve(first, goals=goals, reaches="", focus_areas=(), account=InputAccount())
        came = [each for each in found.values() if isinstance(each, Assessment)]
        return assessment_of(trace, states, Later(lambda: merged(each.inputs for each in came)))

    def _by_unit(self, rows: Iterable[OutcomeRow], told: Language) -> Mapping[str, OutcomeRows]:
        """Rows by the units that they say; without one they are of the only one of their file."""
        every, files = tuple(rows), files_of(rows)
        names = units_of(every, files)
        by_file: dict[str, dict[str, None]] = {file.file: {} for file in files}
        for file in files:
            by_file[file.file].update(dict.fromkeys(units_of((), (file,))))
        for row in every:
            by_file.setdefault(row.place.file, {})
            if row.unit:
                by_file[row.place.file][folded(row.unit)] = None
        found: dict[str, list[OutcomeRow]] = {unit: [] for unit in names.values()}
        without: dict[object, Diagnostic] = {}
        for row in stepping(every):
            own = by_file[row.place.file]
            if row.unit or len(own) == 1:
                found[names[folded(row.unit) or next(iter(own))]].append(row)
                continue
            code = "row-without-unit" if own else "file-without-unit" if names else "no-units"
            place = (row.place.file, row.place.line) if own else row.place.file
            without.setdefault(place, row.place.fault("indicator", CellFault(code)))
        refuse(OutcomeError, tuple(without.values()), told, self.language)
        return {unit: OutcomeRows(own, files_of_unit(files, unit)) for unit, own in found.items()}

    def _by_unit_decided(
        self,
        judgements: Mapping[str, Judgements] | Iterable[JudgementRow],
        units: Mapping[str, str],
        told: Language,
    ) -> Mapping[str, Judgements]:
        """Judgements by the units that they are of; the units that there are by their folds."""
        if isinstance(judgements, Mapping):
            return {units.get(folded(unit), unit): own for unit, own in judgements.items()}
        rows = tuple(judgements)
        without = tuple(
            each.fault("judgement-without-unit", "judgement") for each in rows if not each.unit
        )
        refuse(OutcomeError, without, told, self.language)
        found: dict[str, list[JudgementRow]] = {}
        for each in rows:
            found.setdefault(units.get(folded(each.unit), each.unit), []).append(each)
        return found

    def compile(self, period: AnyPeriod = None) -> "Program":
        """The rules made ready for a period, so that the first assessment takes no longer.

        Raises:
            QuestionError: the period is none.
        """
        when = self.period_of(period)
        self._given.case({}, when)
        return Program(self, when)

    def assess_year(  # noqa: PLR0913 - as above
        self,
        outcomes: Outcomes,
        year: int | None = None,
        judgements: Judgements = (),
        interims: Iterable[str | Period] = (),
        *,
        missing: IsMissing | None = None,
        language: Language | None = None,
        limits: Limits | None = None,
        strict: bool = False,
    ) -> Year:
        """Every month of a year, longer periods from January on, and the year, in one call.

        Args:
            outcomes: as in `assess`.
            year: the plan's own first year if none is given.
            judgements: as in `assess`.
            interims: the longer periods; to the end of April, and of August, if none is named.
                Those for which goals were judged as a whole are assessed as well.
            missing: as in `assess`.
            language: that of the message of an error; the rules' own if none is given.
            limits: how much it may take.
            strict: as in `assess`, of what no period of the year uses.

        Raises:
            OutcomeError: with a diagnostic for each fault of the outcomes or the judgements.
            QuestionError: the year, or an interim, is none.
            LimitError: it would take more than it may.
        """
        told = spoken(language, self.language)
        if missing:
            outcomes = without_missing(_entries(outcomes), missing)
        with bounded(limits, told):
            found = self._of_year(outcomes, year, judgements, interims, told)
            if strict:
                refuse(OutcomeError, tuple(unused_faults(found.inputs)), told, self.language)
            return found

    def _of_year(
        self,
        outcomes: Outcomes,
        year: int | None,
        judgements: Judgements,
        interims: Iterable[str | Period],
        told: Language,
    ) -> Year:
        """Every period of a year."""
        bound = self.bind(outcomes, year, judgements, language=told)
        whole = whole_year(bound.year)
        annual = bound.assess(whole)
        dated = [row for row in bound.rows if row.period]
        # what does not say when it is of is of the year, and of no month
        within = bound
        if len(dated) < len(bound.rows):
            within = self.bind(dated, year, bound.judgements, language=told)
        named = [self.period_of(each, told) for each in interims]
        longer = interims_of(whole, named, bound.judgements)
        return Year(
            reached_month(bound.rows, whole.year),
            tuple(within.assess(Period(each, each)) for each in whole.months),
            tuple(map(within.assess, longer)),
            annual,
            has_annual(bound.rows, whole.year),
        )

    def bind(  # noqa: PLR0913 - as above
        self,
        outcomes: Outcomes,
        year: int | None = None,
        judgements: Judgements = (),
        *,
        missing: IsMissing | None = None,
        language: Language | None = None,
        limits: Limits | None = None,
    ) -> "BoundOutcomes":
        """Outcomes read once, to be assessed in several periods of one year.

        The arguments are those of `assess`, and `year` the plan's own first one if none is given.
        What is wrong with single outcomes is told by `BoundOutcomes.assess`.

        Raises:
            QuestionError: the year is none.
            LimitError: it would take more than it may.
        """
        told = spoken(language, self.language)
        when = self.period_of(year, told).year
        if missing:
            outcomes = without_missing(_entries(outcomes), missing)
        with bounded(limits, told):
            rows, unread = rows_from_python(_entries(outcomes))
            decided, unfit = judgements_from_python(_entries(judgements))
            of_year = RowsOfYear(self._programs.binder, rows, when)
        faults = (*unread, *unfit, *several_units(rows, rows.files))
        return BoundOutcomes(self, when, rows, decided, faults, told, self._programs, of_year)

    def influence(
        self,
        goals: Iterable[str] = (),
        *,
        language: Language | None = None,
        limits: Limits | None = None,
    ) -> Influence:
        """In how many possible outcomes each member decides whether a goal is met.

        Args:
            goals: the ids of the goals that are meant; all, where none is named.
            language: that of the message of an error; the rules' own if none is given.
            limits: how much it may take.

        Raises:
            QuestionError: a goal that the plan does not have.
            LimitError: it would take more than it may.
        """
        from goalrules.answers.influence import report_of

        told = spoken(language, self.language)
        wanted = wanted_goals(goals, self.goals, told)
        with bounded(limits, told):
            return Influence(report_of(self._regime(None), self.file, wanted))

    def normal_form(self, goal: str, *, language: Language | None = None) -> str:
        """All that the verdicts of a goal follow from, as JSON that does not hang on its wording.

        It is the same in either language, with other words for the same, and in another order where
        there is none; two goals with the same normal form have the same verdict on any outcomes.
        `grammar/conformance/normal-form.md` tells what is in it. Remarks are, for they stand beside
        the verdict; titles, citations, interpretations and comments are not.

        Raises:
            QuestionError: a goal that the plan does not have.
        """
        from goalrules.assess.normal_form import normal_forms

        if not self._forms:
            self._forms.update(normal_forms(self._plan))
        [wanted] = wanted_goals((goal,), self._forms, spoken(language, self.language))
        return self._forms[wanted]

    def digest(self, goal: str, *, language: Language | None = None) -> str:
        """The SHA-256 of the normal form of a goal in UTF-8, in hexadecimal digits.

        Raises:
            QuestionError: a goal that the plan does not have.
        """
        from goalrules.assess.normal_form import digest_of

        return digest_of(self.normal_form(goal, language=language))

    def check(
        self,
        goals: Iterable[str] = (),
        *,
        language: Language | None = None,
        limits: Limits | None = None,
    ) -> "Checked":
        """What is wrong with the rules over every possible outcome, each with a case that shows it.

        Args:
            goals: the ids of the goals that are meant; all, where none is named.
            language: that of the message of an error; the rules' own if none is given.
            limits: how much it may take.

        Raises:
            QuestionError: a goal that the plan does not have.
            LimitError: it would take more than it may.
        """
        from goalrules.checked import Checked
        from goalrules.lint.run import lint_plan

        known = {each.id: each for each in self._plan.goals}
        told = spoken(language, self.language)
        wanted = wanted_goals(goals, known, told)
        with bounded(limits, told):
            return Checked(lint_plan(Source(self.file, self._text), self._plan, wanted))

    def check_data(  # noqa: PLR0913 - as above
        self,
        outcomes: Outcomes,
        period: AnyPeriod = None,
        faults: Iterable[Diagnostic] = (),
        *,
        missing: IsMissing | None = None,
        language: Language | None = None,
        limits: Limits | None = None,
    ) -> "CheckedData":
        """What is understood of some outcomes, and what is missing or odd in them; no verdicts.

        What is given is as in `assess`; `faults` are what was wrong with rows that could not be
        read, to be told with the rest.

        Raises:
            QuestionError: the period is none.
            LimitError: it would take more than it may.
        """
        from goalrules.checked import CheckedData

        told = spoken(language, self.language)
        when = self.period_of(period, told)
        bound = self.bind(outcomes, when.year, missing=missing, language=told, limits=limits)
        with bounded(limits, told):
            return CheckedData(bound.checked(when, faults))

    def template(
        self, year: int | None = None, language: Language | None = None, *, unit: str = ""
    ) -> bytes:
        """An XLSX workbook in which people fill in the outcomes of a year, for `read_outcomes`.

        The year is the plan's own first one, and the language that of the rule file, if none is
        given. Where it is made for a unit the workbook says so, and its rows are that unit's.
        `QuestionError` where there is no such year, or it would not be read as the unit's;
        `PackageError`, an `ImportError`, where
        openpyxl is not installed; `ValueError` for another language than "sv" and "en".
        """
        from goalrules.template.make import template_of

        told = spoken(language, self.language)
        return template_of(self._plan, self.period_of(year, told).year, told, unit)

    def year_of(self, period: AnyPeriod = None, *, language: Language | None = None) -> int:
        """The year of a period, or the plan's own where none is given: that of an outcome file.

        Raises:
            QuestionError: it is no period, or none is given and the plan says no year.
        """
        return self.period_of(period, spoken(language, self.language)).year

    def __reduce__(self) -> tuple[object, ...]:
        return _rules_again, (self._text, self.file, self._year)

    def __deepcopy__(self, _: object) -> "RuleSet":
        return self

    def _regime(self, period: AnyPeriod, language: Language | None = None) -> Regime:
        """The rules as they are at the end of a period; in the first year, where none is given."""
        found = regime_of(
            self._plan, None if period is None else self.period_of(period, language).last
        )
        return evolve(found, only=found.only and self._year is None)

    def period_of(self, period: AnyPeriod, language: Language | None = None) -> Period:
        """The period that is meant; the first year of the plan's own where none is given.

        One without a year, as `aug`, is of the plan's year where the plan has but one.
        """
        if not isinstance(period, str | int | Period | None):
            if isinstance(period, Sequence | Mapping | AbstractSet):
                raise TypeError(f"one period is asked for, and not a {type(period).__name__}")
            read = period_cell(period)
            period = read[0] if isinstance(read, tuple) else str(period)
        if isinstance(period, Period):
            return period
        known = self._periods.get(period)
        if known:
            return known
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
            refused = [fault(code, "period", text=text)]
            raise QuestionError(refused, language or self.language, self.language)
        if len(self._periods) >= MOST_PERIODS:
            self._periods.clear()
        self._periods[period] = found
        return found


@frozen
class Program:
    """The rules of a plan, ready for one period."""

    rules: RuleSet
    period: Period
    _columns: PlanColumns = field(init=False, eq=False, repr=False)

    @_columns.default
    def _of_period(self) -> PlanColumns:
        return PlanColumns(self.rules._given.of(self.period))  # noqa: SLF001 - its other half

    def verdicts(self, outcomes: Outcomes) -> dict[str, Verdict | None]:
        """The verdict of each goal alone; it takes and raises what `RuleSet.assess` does."""
        return self.assess(outcomes).verdicts()

    def assess(self, outcomes: Outcomes, judgements: Judgements = ()) -> Assessment:
        """What the rules come to in the period, as `RuleSet.assess` has it."""
        return self.rules.assess(outcomes, self.period, judgements)

    def codes(self, indicator: str) -> Mapping[str | None, int]:
        """The numbers of levels of an indicator in columns of bytes; None is a missing outcome.

        Raises:
            KeyError: it is none of the plan's, or its name stands in several goals.
        """
        words = self._columns.words(indicator)
        if words is None:
            raise KeyError(indicator)
        return FrozenMap({level: code for code, level in enumerate(words)})

    def assess_columns(self, columns: Columns, *, language: Language | None = None) -> PlanVerdicts:
        """The verdict of each goal in every row of some columns, one for each indicator.

        Args:
            columns: by the name of an indicator (`"5/budget"` where one name stands in two goals)
                a value for each row as `assess` takes it; numbers, or bytes with the `codes` of
                levels, in whatever has a buffer (an array of NumPy); a column of Arrow (of Polars,
                pandas or PyArrow). Or a table of Arrow, with columns of such names.
            language: that of the message of an error; the rules' own if none is given.

        Raises:
            OutcomeError: with the faults of the first row that has any, by its number.
            ValueError: columns that are not of one length, or of a type that is not read.
        """
        told = spoken(language, self.rules.language)
        given = self._columns.given(vectors_of(columns))
        verdicts, alone = self._columns.verdicts(given)
        if alone:
            codes = {goal: bytearray(each()) for goal, each in verdicts.items() if each}
            for row in alone:
                with _in_row(row, told):
                    found = self.assess(given.row(row))
                for goal, each in codes.items():
                    each[row] = VERDICTS.index(cast(Verdict, found[goal].verdict))
            verdicts |= {goal: partial(bytes, each) for goal, each in codes.items()}
        return PlanVerdicts(verdicts, given.rows, lambda row: self.assess(given.row(row)))

    def __reduce__(self) -> tuple[object, ...]:
        return self.rules.compile, (self.period,)


class _Source:
    """What binds the outcomes of a period again, to look at what was found, or to assess others.

    So an assessment keeps no more than its outcomes.
    """

    __slots__ = ("_bind", "_period")

    def __init__(self, bind: Callable[[], "BoundOutcomes"], period: Period) -> None:
        self._bind, self._period = bind, period

    def found(self) -> PlanAssessment:
        """What is found on the way to the verdicts."""
        return self._bind().found(self._period)

    def overridden(self, overrides: Mapping[str, object]) -> Assessment:
        """The assessment with other outcomes for some indicators."""
        return self._bind().overridden(overrides, self._period)


class _GivenSource:
    """The same of outcomes that were given by name: what each came to by itself is known."""

    __slots__ = ("_case", "_rules")

    def __init__(self, rules: RuleSet, case: GivenCase) -> None:
        self._rules, self._case = rules, case

    def found(self) -> PlanAssessment:
        """What is found on the way to the verdicts."""
        return self._case.program.found(self._case.given, self._rules.file)

    def overridden(self, overrides: Mapping[str, object]) -> Assessment:
        """The assessment with other outcomes for some indicators."""
        when = self._case.program.period
        return self._rules.bind(self._case.given, when.year).overridden(overrides, when)


@frozen
class BoundOutcomes:
    """Outcomes that were read once, to be assessed in any period of one year."""

    rules: RuleSet
    year: int
    rows: tuple[OutcomeRow, ...] = field(repr=False)
    judgements: tuple[JudgementRow, ...] = field(repr=False)
    _faults: tuple[Diagnostic, ...] = field(repr=False)
    _told: Language = field(repr=False)
    _programs: PlanPrograms = field(repr=False, eq=False)
    _of_year: RowsOfYear = field(repr=False, eq=False)

    def assess(self, period: AnyPeriod = None, *, limits: Limits | None = None) -> Assessment:
        """What the rules come to in a period of the year; in the whole of it, if none is given.

        Raises:
            OutcomeError: with a diagnostic for each fault of the outcomes or the judgements.
            QuestionError: the period is none.
            ValueError: it is of another year.
            LimitError: it would take more than it may.
        """
        period = self.year if period is None else period
        when = self.rules.period_of(period, self._told)
        source = _Source(lambda: self, when)
        with bounded(limits, self._told):
            outcomes = self.found(when).outcomes
        return Assessment(outcomes, Later(source.found), self.rules.language, source)

    def overridden(
        self, overrides: Mapping[str, object], period: Period, *, strict: bool = False
    ) -> Assessment:
        """The assessment of a period with other outcomes for some indicators."""
        rows, unread = rows_from_python(overrides, "overrides")
        over = self._of_year.overridden(self._programs.binder, rows, period)
        bound = evolve(self, of_year=over, faults=(*self._faults, *unread))
        if strict:
            bound.found(period, strict=True)
        return bound.assess(period)

    def checked(self, period: Period, faults: Iterable[Diagnostic] = ()) -> "DataCheck":
        """What is understood of the outcomes in a period of the year, and what is missing or odd.

        The faults are those of what could not be read.
        """
        from goalrules.assess.data_check import data_check

        file = self.rules.file
        found = assess(self._programs, self._of_year, period, file)
        return data_check(found, file, (*faults, *self._faults))

    def found(self, period: Period, *, strict: bool = False) -> PlanAssessment:
        """The same before it is told by goals; `assess` says what it raises."""
        if period.year != self.year:
            raise ValueError(f"{period.text} is not of {self.year}, for which the rows were bound")
        file, language = self.rules.file, self.rules.language
        found = assess(self._programs, self._of_year, period, file, self.judgements)
        refuse(OutcomeError, (*self._faults, *found.diagnostics), self._told, language)
        if strict:
            refuse(OutcomeError, tuple(unused_faults(found.inputs)), self._told, language)
        return found


@frozen
class Rule:
    """A rule given alone, checked and ready to be evaluated on the levels of its members."""

    text: str
    language: Language
    members: tuple[str, ...]
    _levels: tuple[str, ...] = field(repr=False)
    _rule: StandaloneRule = field(repr=False, eq=False)
    _columns: RuleColumns = field(init=False, repr=False, eq=False)

    @_columns.default
    def _of_rule(self) -> RuleColumns:
        return RuleColumns(self._rule)

    def __repr__(self) -> str:
        return f"Rule({shorten(self.text, LONGEST_SHOWN)!r}, {len(self.members)} members)"

    def evaluate(
        self,
        outcomes: Outcomes,
        *,
        language: Language | None = None,
        limits: Limits | None = None,
    ) -> GoalResult:
        """The verdict on some outcomes, by member.

        `OutcomeError` where they have faults; `LimitError` where it takes more than it may.
        """
        told = self.language if language is None else spoken(language, self.language)
        if isinstance(outcomes, dict) and limits is None:
            known = self._rule.known(outcomes)
            if known is not None:
                return GoalResult("", known.outcome, known.found, self.language)
        with bounded(limits, told):
            kept = self._found(outcomes, told)
        return result_of(kept.goals[""], kept, self.language)

    def verdict(self, outcomes: Outcomes) -> Verdict:
        """The verdict alone; `OutcomeError` where outcomes have faults."""
        known = self._rule.known(outcomes) if isinstance(outcomes, dict) else None
        return known.outcome.verdict if known else cast(Verdict, self.evaluate(outcomes).verdict)

    def evaluate_many(
        self, cases: Iterable[Outcomes], *, limits: Limits | None = None
    ) -> list[GoalResult]:
        """The verdict on each of some outcomes; `OutcomeError` for the first that have faults.

        `LimitError` where all of them take more than they may.
        """
        with bounded(limits, self.language):
            return [self.evaluate(each) for each in stepping(cases)]

    @property
    def codes(self) -> Mapping[str | None, int]:
        """The numbers of levels in columns of bytes; None is a missing outcome."""
        return FrozenMap({level: code for code, level in enumerate(self._columns.words)})

    def verdicts(self, columns: Columns, *, language: Language | None = None) -> Verdicts:
        """The verdict of every row of some columns, one for each member that has outcomes.

        Args:
            columns: by member, a value for each row as `evaluate` takes it; or bytes with the
                `codes` of levels, in whatever has a buffer of them (an array of NumPy); or a column
                of Arrow (of Polars, pandas or PyArrow). Or a table of Arrow.
            language: that of the message of an error; the rule's own if none is given.

        Raises:
            OutcomeError: with the faults of the first row that has any, by its number.
            ValueError: columns that are not of one length, or of a type that is not read.
        """
        told = spoken(language, self.language)
        given = self._columns.given(vectors_of(columns))
        codes, alone = self._columns.verdicts(given)
        if alone:
            changed = bytearray(codes)
            for row in alone:
                with _in_row(row, told):
                    changed[row] = VERDICTS.index(self.verdict(given.row(row)))
            codes = bytes(changed)
        return Verdicts(codes, lambda row: self.evaluate(given.row(row)))

    def _found(self, outcomes: Outcomes, told: Language, file: str = "outcomes") -> Kept:
        """What is found on some outcomes; `OutcomeError` where they have faults."""
        rows, faults = rows_from_python(_entries(outcomes), file)
        found = evaluate_standalone(self._rule, rows)
        refuse(OutcomeError, (*faults, *found.diagnostics), told, self.language)
        return Kept(FrozenMap({"": found.trace}), FrozenMap({"": found.goal_state}))

    def __reduce__(self) -> tuple[object, ...]:
        return rule, (self.text, self.members, self._levels)

    def __deepcopy__(self, _: object) -> "Rule":
        return self


def _parts(case: Case[Key]) -> tuple[Key, ToAssess, AnyPeriod, Judgements | None]:
    """The parts of a case; None for a period or judgements that it has not."""
    match case:
        case (key, outcomes):
            return key, outcomes, None, None
        case (key, outcomes, period):
            return key, outcomes, period, None
        case (key, outcomes, period, judgements):
            return key, outcomes, period, judgements
    raise ValueError(f"a case is a key and outcomes, then a period and judgements: {case!r:.80}")


@contextmanager
def _in_row(row: int, told: Language) -> Iterator[None]:
    """Say of the faults of outcomes in which row of some columns they are."""
    try:
        yield
    except OutcomeError as error:
        file = f"outcomes, row {row + 1}"
        moved = [evolve(each, file=file, language=told) for each in error.diagnostics]
        raise OutcomeError(moved, told) from None


def _entries(given: Given) -> Given:
    """What is given one by one; what cannot be is one entry, and is refused as such."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        return cast(Given, (given,))
    return given


def load(
    file: Input,
    *,
    name: str = "",
    language: Language | None = None,
    limits: Limits | None = None,
) -> RuleSet:
    """The rule set in a file.

    Args:
        file: its path, its bytes, or a file that is open for reading bytes.
        name: what it is called in messages and in JSON; its path if none is given.
        language: that of the message of an error; the file's own if none is given.
        limits: how much it may take.

    Raises:
        RuleError: with a diagnostic for each fault.
        FileError, LimitError: the file cannot be read, or is too large.
    """
    with bounded(limits, spoken(language, DEFAULT_LANGUAGE)):
        named, text = read_rules(file, name, language)
        return loads(text, named, language=language)


def loads(
    text: str,
    name: str = "rules",
    *,
    language: Language | None = None,
    limits: Limits | None = None,
) -> RuleSet:
    """The rule set that a text holds, otherwise as `load`; `TypeError` for bytes."""
    if not isinstance(text, str):
        raise TypeError(f"loads takes a text, not {type(text)}: load takes a path, bytes or a file")
    make_ready()
    told = spoken(language, DEFAULT_LANGUAGE)
    if len(text) > MOST_BYTES:
        large = fault("too-large", name, file=name, limit=MOST_BYTES // BYTES_IN_MEGABYTE)
        raise LimitError([large], told)
    with bounded(limits, told):
        source = Source(name, text)
        plan, faults = read_plan(source)
    refuse(RuleError, faults, spoken(language, plan.language), plan.language)
    plan = evolve(plan, sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return RuleSet(name, plan.language, goals_of(in_year(plan, None)), plan, text)


def _rules_again(text: str, file: str, year: int | None) -> RuleSet:
    """A rule set of which a pickle holds the text alone: it is read again where it arrives."""
    rules = loads(text, file)
    return rules if year is None else rules.in_year(year)


def rule(
    text: str,
    members: Iterable[str],
    levels: Iterable[str] = (),
    *,
    language: Language | None = None,
    limits: Limits | None = None,
) -> Rule:
    """A rule given alone, in Swedish or English, over some members.

    Args:
        text: a condition, or sentences that say when each level is reached.
        members: the names that it may use.
        levels: the levels of its scale, worst first, where they are not red, yellow and green.
        language: that of the message of an error; that which knows more of the rule's words if
            none is given.
        limits: how much it may take.

    Raises:
        RuleError: with a diagnostic for each fault of the rule, or of the members' names.
        ValueError: levels that make no scale.
        LimitError: it would take more than it may.
    """
    make_ready()
    scale = _scale(tuple(levels)) if levels else COLOURS
    source = Source("rule", text)
    with bounded(limits, spoken(language, DEFAULT_LANGUAGE)):
        own = _named(members)
        best = _best_try(source, own, scale)
        told = spoken(language, best.language)
        unusable = (*unusable_names(own, "members"), *names_twice(own, "members"))
        refuse(RuleError, unusable or best.faults, told, best.language)
        lowered = lower_standalone(best.parsed, best.names)
        return Rule(text, best.language, best.names.own, scale.levels, lowered)


def _named(members: Iterable[str]) -> tuple[str, ...]:
    """The names of members, each a text."""
    own = tuple(stepping(members))
    for name in own:
        if not isinstance(name, str):
            raise TypeError(f"a member is named by a text, not {type(name)}")
    return own


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


def _best_try(source: Source, members: tuple[str, ...], scale: Scale) -> _Try:
    """The rule in the language that reads it without faults, or that knows more of its words."""
    levels = () if scale == COLOURS else scale.levels
    by_words = sorted(LANGUAGES, key=lambda each: -keywords_in(source, each, levels))
    tries = (_try(source, language, members, scale) for language in by_words)
    first = next(tries)
    return next((each for each in chain((first,), tries) if not each.faults), first)


def _try(source: Source, language: Language, members: tuple[str, ...], scale: Scale) -> _Try:
    parsed = parse_rule(source, language, () if scale == COLOURS else scale.levels)
    names = standalone_naming(members, parsed.statements, LevelScale(scale, scale.top))
    faults = parsed.diagnostics or validate_rule(source, parsed.condition, parsed.statements, names)
    return _Try(language, parsed, names, faults)


def evaluate(
    rule_text: str,
    outcomes: Mapping[str, object],
    *,
    language: Language | None = None,
    limits: Limits | None = None,
) -> GoalResult:
    """The verdict of a rule, in Swedish or English, on the levels of its members.

    The language is that of the message of an error, as in `rule`, and so are the limits.

    Raises:
        RuleError: the rule has faults.
        OutcomeError: the outcomes have.
        LimitError: it would take more than it may.
    """
    with bounded(limits, spoken(language, DEFAULT_LANGUAGE)):
        own = _named(outcomes)
        unusable = tuple(unusable_names(own, "outcomes"))
        if unusable:
            best = _best_try(Source("rule", rule_text), own, COLOURS).language
            refuse(OutcomeError, unusable, spoken(language, best), best)
        members = {folded(name): name for name in own}
        found = rule(rule_text, members.values(), language=language)
        return found.evaluate(outcomes, language=language)
