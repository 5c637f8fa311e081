"""The closed vocabularies: the words that verdicts, reasons, kinds and other fields can hold.

They are the words of the Python interface and of the JSON documents, in English whatever the
language of the rule file. An empty text stands where there is nothing to say. The languages
themselves are known to the room below too (`text.languages`).
"""

from typing import Literal, TypeAlias, get_args

Verdict: TypeAlias = Literal["met", "not met", "open"]
"""What is said of a goal: open while the levels that are left lie on both sides of met."""

VERDICTS: tuple[Verdict, ...] = ("not met", "open", "met")
"""The verdicts, worst first."""

DecidedVerdict: TypeAlias = Literal["met", "not met"]
"""What a board decides of a goal as a whole."""

GoalKind: TypeAlias = Literal["goal", "contribution"]
"""A goal of the plan, or the board's contribution to a goal of the council."""

GOAL_KINDS: tuple[GoalKind, ...] = get_args(GoalKind)

RuleKind: TypeAlias = Literal["goal", "contribution", "rule"]
"""What a verdict is of: a goal, a contribution, or a rule given alone."""

GoalStatus: TypeAlias = Literal["judged", "followed up", "waived", "not judged"]
"""Whether a goal has a verdict, or why it has none: the plan only follows it up, it was decided not
to judge it, or there is no rule for the period."""

MemberKind: TypeAlias = Literal[
    "indicator", "reported", "part", "goal", "contribution", "unit", "target", "plan", "unsaid"
]
"""What a member of a rule is: an indicator of the file, one that only the data name, a part of an
indicator, another goal, the goal itself in one unit, how far the target is reached or the plan
followed, or what the plan does not say."""

StepKind: TypeAlias = Literal[
    "level", "rule", "count", "member", "including", "rest", "and", "or", "fact", "same", "parts",
    "extreme", "floor", "cap", "score", "lowest", "remain", "met", "moved", "shift",
    "quorum",
]  # fmt: skip
"""Which step of a rule a node is. "moved" is a way in which a level is reached: the level that the
clauses give, as a "level", and each "shift" that it takes up, or is spared down. "quorum" is how
many have to be assessed for a level. "met" joins a level with its caps, and stands in no trace."""

PlanStatus: TypeAlias = Literal["not begun", "planned", "begun", "followed"]
"""How far the plan for an indicator has come, worst first: the levels of `core.scales.PLAN`."""

PLAN_STATUSES: tuple[PlanStatus, ...] = get_args(PlanStatus)

NonVerdict: TypeAlias = Literal["missing", "not measured", "withheld", "not applicable"]
"""What data can say instead of a value or a level."""

OpenReason: TypeAlias = Literal[
    "missing", "not measured", "withheld", "blank", "no reference", "no target", "not in force",
    "reference is nought", "nothing expected", "efforts unstated", "range", "unsaid", "open",
    "quorum", "too few terms", "divided by nought",
]  # fmt: skip
"""Why more than one level of a member is left."""

MISSING_REASONS: tuple[OpenReason, ...] = (
    "missing", "not measured", "withheld", "blank", "quorum", "too few terms",
)  # fmt: skip
"""The reasons for which the outcome of a member is missing."""

MemberReason: TypeAlias = OpenReason | Literal["not applicable", ""]
"""Why more than one level of a member is left, or that it does not apply."""

UndefinedReason: TypeAlias = Literal["empty", "unreported", "too few"]
"""Why a count has no meaning with the members that are left."""

UnitsKnown: TypeAlias = Literal["known", "found"]
"""Whether it is known which units there are, or only which the data name."""

GateReason: TypeAlias = Literal["quorum", "too few remain"]
"""What there has to be before there is a verdict, and is not."""

GATE_REASONS: tuple[GateReason, ...] = get_args(GateReason)

OpenCauseCode: TypeAlias = OpenReason | UndefinedReason | GateReason | Literal["unclaimed"]
"""Why a level or a verdict is open; "unclaimed" is what a decided one rests on."""

PolicyEffect: TypeAlias = Literal["left out", "counts as", "replaced", "reserve"]
"""What a policy of the file has done with a member that is missing or does not apply."""

TargetForm: TypeAlias = Literal[
    "at least", "at most", "over", "under", "within", "around", "range", "increase", "decrease",
    "maintain", "compared", "parts", "between",
]  # fmt: skip
"""What a target asks of a value; "compared" is measured from another indicator, and "between" is
only of what is expected by the end of a period."""

ReferenceOrigin: TypeAlias = Literal["year before", "baseline", "indicator"]
"""Where the number that a target is measured from comes from; "indicator" is another one."""

ForecastBasis: TypeAlias = Literal["stated", "pace"]
"""Whether a forecast stands in the data or follows from the pace so far."""

HiddenReason: TypeAlias = Literal["small", "no count", "small in units"]
"""Why a value is left out: it is of few people or cases, or may be."""

UntoldReason: TypeAlias = Literal["hidden", "faults"]
"""Why it is not told what a goal would come to: people are few, or the rows would have faults."""

AddsUpKind: TypeAlias = Literal["total", "average", "latest", "survey"]
"""How an indicator adds up through the year."""

PeriodClass: TypeAlias = Literal["monthly", "interim", "annual"]
"""The classes of period that a rule can be of."""

PERIOD_CLASSES: tuple[PeriodClass, ...] = get_args(PeriodClass)

BetterSide: TypeAlias = Literal["higher", "lower"]
"""Which way an indicator's numbers get better."""

WaiverKind: TypeAlias = Literal["waived", "not applicable"]
"""What was decided of a member or a goal that is not judged."""

CitedPart: TypeAlias = Literal["section", "appendix"]
"""The kind of part of a document that is cited."""

BoundSide: TypeAlias = Literal["at least", "at most"]
"""On which side of a level a member lies."""

InputRole: TypeAlias = Literal[
    "outcome",
    "level",
    "plan",
    "forecast",
    "count",
    "comment",
    "part",
    "reported",
    "year before",
    "earlier year",
]
"""As what an entry of a row of data is used, or would be: "part" and "reported" are outcomes of a
part of an indicator and of a member that only the data name, and "year before" is an outcome that
a change is measured from, and "earlier year" one of an indicator of then."""

UnusedReason: TypeAlias = Literal[
    "another year", "another period", "only another period", "not due", "earlier", "superseded",
    "of more months", "not the period", "overlapped", "told by month", "undated", "no member",
    "outcome instead", "forecast not used", "no small counts", "waived", "judged by parts",
    "not applicable",
]  # fmt: skip
"""Why an entry of a row of data is not used in an assessment: it is of another time (of which alone
there is something, or not); nothing is due then; a later row counts, where the file does not say
which ("earlier") or says so ("superseded"); another row of the same end is of fewer months, is of
just the period, or has the same months in a sum; its months have rows of their own; it does not
say when it is of, and others do; it is of a whole, and the target is of its parts; it says that the
indicator does not apply then, and that of the month before counts; or nothing asks for it."""

ColumnRole: TypeAlias = Literal[
    "indicator", "key", "goal", "group", "period", "year", "value", "level", "plan", "forecast",
    "count", "comment", "source", "responsible", "due", "kind", "measure", "unit", "sex", "target",
    "baseline", "budget", "definition", "analysis", "action", "action status", "reported by",
    "reported on", "text", "chosen",
]  # fmt: skip
"""As what a column of a table of outcomes is read: as a field of its rows; as what says the kind of
a row's figure, its unit of measure, the organisational unit or the sex that it is of; as a figure
or a text that stands beside it and changes nothing; "chosen" where rows are chosen by it."""

ReportState: TypeAlias = Literal[
    "reported", "said not to be", "earlier", "partly", "only forecast", "blank", "missing",
    "not due",
]  # fmt: skip
"""Whether there is an outcome of an indicator for a period: there is; the data say why there is
none; there is one of an earlier month alone; some months lack one; there is a forecast alone, or a
row without an outcome, or nothing; or it is not measured before a later month."""

Oddity: TypeAlias = Literal[
    "share as percent", "over hundred percent", "below nought", "beyond bands", "far from target",
    "jump", "unchanged",
]  # fmt: skip
"""What is odd with a figure: it is below 1 where figures are percent and others are not; over 100
percent, or below nought, where all that is known of the indicator is not; beyond the end of the
best of its bands; ten times its target or a tenth of it; ten times the figure before or a tenth of
it; or the same for three periods or more."""

ReceiptWarning: TypeAlias = Literal["draft", "outside validity", "other rules"]
"""What a reader has to know of an assessment that is taken as outcomes: its plan or its rule file
is called a draft; it was made for a year in which the plan is not valid; or it was made by another
rule text than those that were named."""

ToTick: TypeAlias = Literal["faults", "missing", "odd"]
"""What there can be to tick off in a check of outcomes: what is wrong, or not read or used; what is
not reported; and what is odd."""

UnitPlace: TypeAlias = Literal["title", "sheet", "file"]
"""What beside the rows of a table says their unit: a title above it, or a name."""

UnreadReason: TypeAlias = Literal[
    "unknown heading", "no heading", "no cells", "target or budget", "hidden", "no headings",
    "text alone", "note", "section", "not chosen", "another unit", "no outcome",
    "hidden without table", "as noted", "temporary", "copy", "conflict copy", "other kind",
    "folder",
]  # fmt: skip
"""Why a column, a sheet or a row of a file, or a file of a folder, is not read."""

UndefinedIf: TypeAlias = Literal["above", "below", ""]
"""When a count of too few members is undefined: the need above them, below nought, or never."""

Month: TypeAlias = tuple[int, int]
"""A year, and a month in it by its number."""

JANUARY, DECEMBER = 1, 12
