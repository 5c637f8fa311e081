"""The types of what is given and handed out, for annotations.

`from goalrules.types import Verdict, Row`: the words that fields can hold, as `Literal` types; what
functions take; and the values in results. Classes whose results have methods are in `goalrules`.
"""

from goalrules.answers.influence_result import GoalInfluence, MemberInfluence
from goalrules.answers.result import GoalGap, Move, Mover, State, Unknown, Way
from goalrules.api import Case
from goalrules.assess.data_check_result import (
    CheckedColumn,
    CheckedFile,
    CheckedIndicator,
    CheckedTable,
    DataCheck,
    DataFault,
    OddFigure,
)
from goalrules.assess.result import (
    AssessmentTrace,
    FocusArea,
    Fork,
    GoalTrace,
    JustifyingMember,
    OpenCause,
    OverDecided,
    Projection,
    Remarked,
    Unjudged,
)
from goalrules.assess.units_result import GoalOfUnits, UnitGoal, UnitsTrace, UnitVerdicts
from goalrules.assess.year_result import GoalChange, YearTrace
from goalrules.compare.result import Difference, Differences, OnOutcomes
from goalrules.comparison import Pairs
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.trace import (
    Cited,
    LevelTest,
    Member,
    Observation,
    PlanGoal,
    Receipt,
    ResolvedTarget,
    RuleTrace,
    Step,
    Voucher,
    YearProgress,
)
from goalrules.core.vocabulary import (
    BetterSide,
    ColumnRole,
    DecidedVerdict,
    ForecastBasis,
    GoalKind,
    HiddenReason,
    MemberKind,
    MemberReason,
    NonVerdict,
    Oddity,
    OpenCauseCode,
    OpenReason,
    PeriodClass,
    PlanStatus,
    PolicyEffect,
    ReceiptWarning,
    ReportState,
    RuleKind,
    StepKind,
    TargetForm,
    ToTick,
    Verdict,
)
from goalrules.data.judgements import JudgementRow, Judgements
from goalrules.data.outcome import OutcomeRow as Row
from goalrules.data.outcome import Outcomes
from goalrules.data.pairs import Pair
from goalrules.data.period import Period, PeriodKind
from goalrules.data.records import Place, Progress
from goalrules.frozen import FrozenMap
from goalrules.limits import LimitName
from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, FindingCode, Severity
from goalrules.questions import Costs
from goalrules.reading import BinaryFile, Input
from goalrules.refusal import Blamed, DiagnosticInWords, Faults
from goalrules.text.diagnostics import DiagnosticFact, Edit, PathKey, WordRef
from goalrules.text.languages import Language
from goalrules.text.source import Span

__all__ = [
    "AssessmentTrace",
    "BetterSide",
    "BinaryFile",
    "Blamed",
    "Case",
    "CheckedColumn",
    "CheckedFile",
    "CheckedIndicator",
    "CheckedTable",
    "Cited",
    "ColumnRole",
    "Costs",
    "DataCheck",
    "DataFault",
    "Decided",
    "DecidedVerdict",
    "DiagnosticFact",
    "DiagnosticInWords",
    "Difference",
    "Differences",
    "Edit",
    "Example",
    "ExampleMember",
    "ExampleOutcome",
    "Faults",
    "FindingCode",
    "FocusArea",
    "ForecastBasis",
    "Fork",
    "FrozenMap",
    "GoalChange",
    "GoalGap",
    "GoalInfluence",
    "GoalKind",
    "GoalOfUnits",
    "GoalTrace",
    "HiddenReason",
    "Input",
    "JudgementRow",
    "Judgements",
    "JustifyingMember",
    "Language",
    "LevelTest",
    "LimitName",
    "Member",
    "MemberInfluence",
    "MemberKind",
    "MemberReason",
    "Move",
    "Mover",
    "NonVerdict",
    "Observation",
    "OddFigure",
    "Oddity",
    "OnOutcomes",
    "OpenCause",
    "OpenCauseCode",
    "OpenReason",
    "Outcomes",
    "OverDecided",
    "Pair",
    "Pairs",
    "PathKey",
    "Period",
    "PeriodClass",
    "PeriodKind",
    "Place",
    "PlanGoal",
    "PlanStatus",
    "PolicyEffect",
    "Progress",
    "Projection",
    "Receipt",
    "ReceiptWarning",
    "Remarked",
    "ReportState",
    "ResolvedTarget",
    "Row",
    "RuleKind",
    "RuleTrace",
    "Severity",
    "Span",
    "State",
    "Step",
    "StepKind",
    "TargetForm",
    "ToTick",
    "UnitGoal",
    "UnitVerdicts",
    "UnitsTrace",
    "Unjudged",
    "Unknown",
    "Verdict",
    "Voucher",
    "Waiver",
    "Way",
    "WordRef",
    "YearProgress",
    "YearTrace",
]
