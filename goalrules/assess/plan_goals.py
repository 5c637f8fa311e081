"""Goals of other plans as outcomes: the JSON document of an assessment, read as rows.

A goal is called by whose plan it is and its id there, as `Socialnämnden/5`. It keeps its openness:
a level that is not decided is the range that it lies in.
"""

from collections.abc import Collection, Mapping

from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.trace import PlanGoal, Receipt
from goalrules.core.vocabulary import ReceiptWarning
from goalrules.data.json_grid import document_and_lines
from goalrules.data.outcome import OutcomeRow, OutcomeRows, ReadRows
from goalrules.data.period import stored_period
from goalrules.data.read_files import FileRead
from goalrules.data.records import ENTRIES, Place, RefusedError
from goalrules.data.values import LevelRange, LevelWord, StatedLevel, Status
from goalrules.data.words import meaning
from goalrules.document import from_json

DOCUMENTS = "urn:goalrules:"
"""What the name of each document of goalrules begins with."""

MARKS = str.maketrans(dict.fromkeys(" .,;:-_()[]/\\", " "))
"""What parts the words of a title, or of a file's name."""


def read_plan_goals(data: bytes, file: str, texts: Collection[str] = ()) -> ReadRows | None:
    """The goals in an assessment as rows; None where the bytes are no document of goalrules.

    The `texts` are the SHA-256 of the rule files that it should be made by, where any are named.
    """
    try:
        document, lines, encoding = document_and_lines(data)
        if not isinstance(document, dict) or not _name_of(document).startswith(DOCUMENTS):
            return None
        trace = _trace(document)
    except RefusedError as refused:
        return OutcomeRows(), (refused.told(file),)
    receipt = _receipt(trace, document, texts)
    known = _lines_of_goals(document, lines)
    sheet = "" if len(known) == len({*known}) else ENTRIES
    numbered = zip(range(1, len(known) + 1) if sheet else known, trace.goals, strict=True)
    rows = (_row(goal, receipt, Place(file, line, sheet=sheet)) for line, goal in numbered)
    return OutcomeRows(rows, (FileRead(file, "json", encoding, receipt=receipt),)), ()


def _name_of(document: Mapping[str, object]) -> str:
    """The name of a document of goalrules; of another file whatever stands in its place."""
    return str(document.get("schema"))


def _trace(document: Mapping[str, object]) -> AssessmentTrace:
    """The assessment in a document.

    Raises:
        RefusedError: it is another document, or not as its schema says.
    """
    known = AssessmentTrace.__document__.rpartition(":")[0]
    if _name_of(document).rpartition(":")[0] != known:
        raise RefusedError("not-an-assessment", text=_name_of(document))
    try:
        found = from_json(AssessmentTrace, document)
        stored_period(found.period)
    except ValueError as error:  # as a `DocumentError` is
        raise RefusedError("broken-assessment", text=str(error)) from error
    return found


def _receipt(
    trace: AssessmentTrace, document: Mapping[str, object], texts: Collection[str]
) -> Receipt:
    """What the document says of itself, and what a reader has to know of that."""
    found: dict[ReceiptWarning, bool] = {
        "draft": any(map(_names_a_draft, (trace.plan, trace.rules))),
        "outside validity": trace.outside_validity,
        "other rules": bool(texts) and trace.rules_sha256 not in texts,
    }
    return Receipt(
        trace.plan,
        trace.body,
        trace.rules,
        trace.rules_sha256,
        trace.period,
        str(document.get("engine", "")),
        str(document.get("language_version", "")),
        tuple(each for each, holds in found.items() if holds),
    )


def _names_a_draft(title: str) -> bool:
    return any(meaning("versions", each) for each in title.translate(MARKS).split())


def _lines_of_goals(document: Mapping[str, object], lines: list[int]) -> list[int]:
    """The lines on which the goals begin, of those of all objects in what the document holds."""
    before = 0
    for name, each in document.items():
        inside = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        here = sum(isinstance(one, dict) for one in inside)
        if name == "goals":
            return lines[before : before + here]
        before += here
    return []


def _row(goal: GoalTrace, receipt: Receipt, place: Place) -> OutcomeRow:
    """A goal as a row, at the line on which it begins in the document."""
    decided = goal.decided
    assessed = PlanGoal(
        goal.id,
        goal.title,
        goal.verdict,
        receipt,
        goal.levels,
        goal.indication,
        decided.verdict if decided else "",
        decided.by if decided else "",
        decided.when.isoformat() if decided else "",
    )
    return OutcomeRow(
        indicator=f"{receipt.body or receipt.plan}/{goal.id}",
        period=stored_period(receipt.period),
        period_text=receipt.period,
        level=_level(goal),
        assessed=assessed,
        place=place,
    )


def _level(goal: GoalTrace) -> StatedLevel:
    """The level of a goal, or the two that it lies between; without a verdict why there is none."""
    worst, best = goal.worst, goal.best
    if worst is None or best is None:
        waived = goal.waiver is not None and goal.waiver.kind == "not applicable"
        return Status("not applicable" if waived else "missing")
    return LevelWord(worst, worst) if worst == best else LevelRange(worst, best, f"{worst}-{best}")
