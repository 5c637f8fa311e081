"""A year as Python sees it: every period of it assessed in one call."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import evolve, field

from goalrules.answer import Answer
from goalrules.assess.input_account import InputAccount, merged
from goalrules.assess.year_result import YearTrace
from goalrules.data.judgements import JudgementRow
from goalrules.data.period import Period
from goalrules.document import from_json
from goalrules.lazily import frozen
from goalrules.report.inputs import render_inputs
from goalrules.report.year.text import render_year
from goalrules.results import Assessment, assessment_of
from goalrules.text.languages import Language

INTERIM_ENDS = (4, 8)
"""The months at the end of which a year is usually followed up, beside its last."""


@frozen(slots=False)
class Year(Answer[YearTrace]):
    """What the rules came to in each period of a year, and how the goals developed through it.

    `months` are the twelve of them, in order; of those without outcomes yet as well. `interims`
    are from January to the end of April and of August, where no others were asked for, and those
    for which goals were judged as a whole. `annual_given` says that outcomes are of the whole year,
    or do not say when they are of.
    """

    reached: int
    months: tuple[Assessment, ...]
    interims: tuple[Assessment, ...]
    annual: Assessment
    annual_given: bool = False
    _account: InputAccount | None = field(default=None, eq=False, repr=False)
    _render = staticmethod(render_year)

    def __repr__(self) -> str:
        told = f"{self.annual.trace.period}, outcomes to month {self.reached}"
        return f"Year({self.annual.trace.rules!r}, {told}, {len(self.annual)} goals)"

    def only(self, goals: Iterable[str]) -> "Year":
        """The same year of some goals alone; of all where none is named.

        Raises:
            QuestionError: a goal that the plan does not have.
        """
        wanted = tuple(goals)
        months, interims = (
            tuple(each.only(wanted) for each in periods) for periods in (self.months, self.interims)
        )
        annual = self.annual.only(wanted)
        given, account = self.annual_given, self._account
        return Year(self.reached, months, interims, annual, given, account)

    @cached_property
    def trace(self) -> YearTrace:
        """All that was found in each of the periods."""
        return YearTrace(
            self.reached,
            tuple(each.trace for each in self.months),
            tuple(each.trace for each in self.interims),
            self.annual.trace,
            self.annual_given,
        )

    @cached_property
    def inputs(self) -> InputAccount:
        """What of every file and row any of the periods has used, and what none has, and why."""
        if self._account is not None:
            return self._account
        return merged(each.inputs for each in (*self.months, *self.interims, self.annual))

    @property
    def _told(self) -> YearTrace:
        """What was found in each of the periods, with the account of the inputs."""
        return evolve(self.trace, account=self.inputs)

    def inputs_text(self, language: Language | None = None) -> str:
        """The whole account of the inputs in words."""
        return render_inputs(self.inputs, language or self.language)

    @property
    def language(self) -> Language:
        """The language of its text where no other is asked for: that of the rules."""
        return self.annual.language

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> "Year":
        """The year that a document is of, which is told as it was; it knows no rules.

        Raises:
            DocumentError: it is no such document, or one of a later version.
        """
        trace = from_json(YearTrace, document)
        months, interims = (
            tuple(assessment_of(each, {}) for each in periods)
            for periods in (trace.months, trace.interims)
        )
        annual = assessment_of(trace.annual, {})
        given, account = trace.annual_given, trace.account
        return cls(trace.reached, months, interims, annual, given, account)


def interims_of(
    year: Period, named: Sequence[Period], judged: Iterable[JudgementRow]
) -> list[Period]:
    """The interims of a year, in order: those named, else the usual, and those of judgements."""
    usual = [Period(year.first, (year.year, month)) for month in INTERIM_ENDS]
    periods = (row.period for row in judged if not row.waives and row.period.within(year))
    own = (each for each in periods if each.kind not in ("month", "year"))
    return sorted({*(named or usual), *own}, key=lambda each: each.key)
