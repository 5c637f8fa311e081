"""A year as text: a table of the goals month by month, and why each of them changed."""

from collections.abc import Iterator

from goalrules.assess.result import Ahead, AssessmentTrace, GoalTrace
from goalrules.assess.year_result import Change, YearTrace, changes_of, goals_by_month
from goalrules.core.trace import Member
from goalrules.data.period import stored_period
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain import explain_goal
from goalrules.report.shape import goal_gender
from goalrules.report.table import narrow
from goalrules.report.text import MARKS, wrapped
from goalrules.report.wording import Wording, wording

MONTHS = range(1, 13)
LONGEST_NAME = 30
LETTERS = 3


def render_year(trace: YearTrace, language: str) -> str:
    """Each goal month by month, with the changes below, under the title of the plan."""
    words, texts = wording(language), catalogue("year", language)
    parts = [_title(trace, texts), _table(trace, words, texts), _legend(trace, texts)]
    for goal in trace.annual.goals:
        parts += _goal(trace, goal, words, texts)
    return "\n".join(parts)


def _title(trace: YearTrace, texts: Catalogue) -> str:
    plan = texts.say("year", "title", plan=trace.annual.plan, body=trace.annual.body)
    return f"{plan.rstrip(' –')}\n{texts.say('year', 'year', year=trace.year)}\n"


def _table(trace: YearTrace, words: Wording, texts: Catalogue) -> str:
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    months = [_letters(month, texts) for month in MONTHS]
    longer = [_longer(each, texts) for each in _longer_periods(trace)]
    headers = [texts.say("year", "goal"), *months, *longer, texts.say("year", "forecast")]
    rows = [_row(trace, goal, words) for goal in trace.annual.goals]
    return tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True) + "\n"


def _letters(month: int, texts: Catalogue) -> str:
    return shown("months", str(month), texts.language)[:LETTERS]


def _longer_periods(trace: YearTrace) -> list[AssessmentTrace]:
    """The interims that have come to their end, and the year if it has."""
    periods = (*trace.interims, trace.annual)
    return [each for each in periods if stored_period(each.period).last[1] <= trace.reached]


def _longer(assessment: AssessmentTrace, texts: Catalogue) -> str:
    """What a period longer than a month is called at the head of a column."""
    period = stored_period(assessment.period)
    if period.kind == "year":
        return texts.say("year", "annual")
    return "–".join(_letters(month, texts) for _, month in (period.first, period.last))


def _row(trace: YearTrace, goal: GoalTrace, words: Wording) -> list[str]:
    months = goals_by_month(trace, goal.id)
    cells = [_cell(each, words) for each in months] + [""] * (len(MONTHS) - len(months))
    longer = [
        _cell(each, words)
        for period in _longer_periods(trace)
        for each in period.goals
        if each.id == goal.id
    ]
    name = narrow(f"{goal.id} {goal.title}", LONGEST_NAME)
    ahead = months[-1].ahead if months else None
    return [name, *cells, *longer, _cell(months[-1], words, ahead) if ahead else ""]


def _cell(goal: GoalTrace, words: Wording, ahead: Ahead | None = None) -> str:
    """The mark of the verdict, now or ahead, and the level where that says more."""
    judged = ahead or goal
    says_more = judged.level and judged.level != goal.levels[-1]
    level = words.level(judged.level, goal_gender(goal.kind)) if judged.level and says_more else ""
    return f"{MARKS[judged.verdict or 'none']} {level}".rstrip()


def _legend(trace: YearTrace, texts: Catalogue) -> str:
    lines = [texts.say("year", "legend")]
    if not trace.reached:
        lines.append(texts.say("year", "none-reached"))
    elif trace.reached < len(MONTHS):
        month = shown("months", str(trace.reached), texts.language)
        lines.append(texts.say("year", "reached", month=month))
    return "\n".join(lines) + "\n"


def _goal(trace: YearTrace, goal: GoalTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """What a goal came to in the first month, and in each month in which it changed."""
    months = goals_by_month(trace, goal.id)
    if not months or months[0].verdict is None:
        return
    lines = wrapped(f"{words.subject(goal)}: {goal.title}")
    lines += _told(1, months[0], [], words)
    for change in changes_of(trace, goal.id):
        lines += _told(change.month, change.goal, list(_moves(change, words, texts)), words)
    if len(lines) > 1:
        yield "\n".join(lines) + "\n"


def _told(month: int, goal: GoalTrace, moves: list[str], words: Wording) -> Iterator[str]:
    """A month, the reason why the goal came to what it did in it, and what moved."""
    name = shown("months", str(month), words.language)
    headline = explain_goal(goal, words.language).headline
    yield from wrapped(f"  {MARKS[goal.verdict or 'none']} {name}: {headline}", "    ")
    for move in moves:
        yield from wrapped(f"    • {move}", "      ")


def _moves(change: Change, words: Wording, texts: Catalogue) -> Iterator[str]:
    """The members that changed, each from what it was to what it is."""
    return (_move(*each, words, texts) for each in change.moved)


def _move(before: Member, member: Member, words: Wording, texts: Catalogue) -> str:
    if not member.applies:
        return texts.say("year", "left", member=words.member(member))
    was, is_ = (words.levels(each) for each in (before, member))
    said = texts.say("year", "move", member=words.member(member), before=was, now=is_)
    facts = ", ".join(words.numbers(member))
    return texts.say("year", "facts", said=said, facts=facts) if facts else said
