"""The table of a year: each goal month by month, with what was decided of it in brackets."""

from collections.abc import Iterator, Sequence

from goalrules.assess.result import AssessmentTrace, GoalTrace, OverDecided, Projection
from goalrules.assess.year_result import YearTrace, goals_by_month
from goalrules.core.decisions import Decided
from goalrules.data.period import stored_period
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue
from goalrules.report.explain.table import narrow
from goalrules.report.explain.text import MARKS
from goalrules.report.shape import goal_gender
from goalrules.report.wording import Wording

MONTHS = range(1, 13)
LONGEST_NAME = 30
LETTERS = 3


def table(trace: YearTrace, words: Wording, texts: Catalogue) -> str:
    """A row for each goal, and below them what the marks mean and how far the outcomes reach."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    months = [_letters(month, texts) for month in MONTHS]
    longer = [_longer(each, texts) for each in _longer_periods(trace)]
    headers = [texts.say("year", "goal"), *months, *longer, texts.say("year", "forecast")]
    rows = [_row(trace, goal, words) for goal in trace.annual.goals]
    drawn = tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True)
    return "\n".join([drawn, "", *_legend(trace, texts)]) + "\n"


def _letters(month: int, texts: Catalogue) -> str:
    return shown("months", str(month), texts.language)[:LETTERS]


def _longer_periods(trace: YearTrace) -> list[AssessmentTrace]:
    """The longer periods that have come to their end, or of which something was decided."""
    return [
        each
        for each in (*trace.interims, trace.annual)
        if stored_period(each.period).last[1] <= trace.reached
        or any(goal.decided for goal in each.goals)
    ]


def _longer(assessment: AssessmentTrace, texts: Catalogue) -> str:
    """What a period longer than a month is called at the head of a column."""
    period = stored_period(assessment.period)
    if period.kind == "year":
        return texts.say("year", "annual")
    return "–".join(_letters(month, texts) for _, month in (period.first, period.last))


def _row(trace: YearTrace, goal: GoalTrace, words: Wording) -> list[str]:
    months, longer = goals_by_month(trace, goal.id), _in_longer(trace, goal.id)
    cells = [_cell(each, words) for each in months] + [""] * (len(MONTHS) - len(months))
    name = narrow(f"{goal.id} {goal.title}", LONGEST_NAME)
    ahead = months[-1].ahead if months else None
    forecast = _mark(ahead, months[-1], words) if ahead else ""
    return [name, *cells, *(_cell(each, words) for each in longer), forecast]


def _in_longer(trace: YearTrace, id_: str) -> tuple[GoalTrace, ...]:
    """One goal in every longer period of the table."""
    periods = _longer_periods(trace)
    return tuple(goal for period in periods for goal in period.goals if goal.id == id_)


def _cell(goal: GoalTrace, words: Wording) -> str:
    """What the rule gave, and what was decided of the goal and, in other brackets, below it."""
    if goal.waiver:
        return f"({MARKS['none']})"
    parts = [_mark(goal, goal, words)]
    if goal.decided:
        departs = "*" if goal.decided.departs else ""
        parts.append(f"({_mark(goal.decided, goal, words)}{departs})")
    if goal.over_decided:
        parts.append(f"[{_mark(goal.over_decided, goal, words)}]")
    return " ".join(parts)


def _mark(
    judged: GoalTrace | Projection | Decided | OverDecided, goal: GoalTrace, words: Wording
) -> str:
    """The mark of a verdict on a goal, and the level where that says more."""
    levels = goal.levels if isinstance(judged, Projection) else judged.levels
    says_more = judged.level and judged.level != levels[-1]
    level = words.level(judged.level, goal_gender(goal.kind)) if judged.level and says_more else ""
    return f"{MARKS[judged.verdict or 'none']} {level}".rstrip()


def _legend(trace: YearTrace, texts: Catalogue) -> Iterator[str]:
    yield texts.say("year", "legend")
    ids = [each.id for each in trace.annual.goals]
    shown_ = [
        goal for id_ in ids for goal in (*goals_by_month(trace, id_), *_in_longer(trace, id_))
    ]
    decided = [texts.say("decided", key) for key in _said_of(shown_)]
    if decided:
        yield "   ".join(decided)
    if not trace.reached:
        yield texts.say("year", "none-reached")
    elif trace.reached < len(MONTHS):
        month = shown("months", str(trace.reached), texts.language)
        yield texts.say("year", "reached", month=month)


def _said_of(goals: Sequence[GoalTrace]) -> Iterator[str]:
    """What was decided of some goals, by what a reader has to be told of the marks for it."""
    if any(each.decided for each in goals):
        yield "judged"
    if any(each.decided and each.decided.departs for each in goals):
        yield "departs"
    if any(each.over_decided for each in goals):
        yield "over"
    if any(each.waiver for each in goals):
        yield "waived"
