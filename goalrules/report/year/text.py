"""A year as text: a table of the goals month by month, why each changed, and what was decided."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from goalrules.assess.result import AssessmentTrace, GoalTrace, OverDecided, Projection, RuleChange
from goalrules.assess.year_result import YearTrace, changes_of, goals_by_month, goals_of_year
from goalrules.core.decisions import Decided
from goalrules.core.trace import Member, RuleTrace
from goalrules.data.period import stored_period
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.decided import (
    as_decided,
    judged_text,
    waived_goal,
    waived_line,
    waived_members,
)
from goalrules.report.explain.explanation import headline
from goalrules.report.explain.sentences import about_rows
from goalrules.report.explain.table import narrow
from goalrules.report.explain.text import MARKS, marks_legend, verdict_mark
from goalrules.report.inputs import inputs_line
from goalrules.report.layout import wrapped
from goalrules.report.shape import goal_gender, members_of
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language

MONTHS = range(1, 13)
LONGEST_NAME = 30
LETTERS = 3


def render_year(trace: YearTrace, language: Language) -> str:
    """Each goal month by month, with the changes below, under the title of the plan."""
    words = wording(language, trace.annual.called)
    texts = catalogue("year", language)
    plan = texts.say("year", "title", plan=trace.annual.plan, body=trace.annual.body)
    title = f"{plan.rstrip(' –')}\n{texts.say('year', 'year', year=trace.year)}\n"
    parts = [title, _table(trace, words, texts)]
    for goal in goals_of_year(trace):
        lines = [*_changes(trace, goal, words, texts)]
        for said in _decided_through(trace, goal.id, words):
            lines += wrapped(f"  {said}", "    ")
        if lines:
            heading = wrapped(f"{words.subject(goal)}: {goal.title}")
            parts.append("\n".join([*heading, *lines]) + "\n")
    return "\n".join(parts)


# The table, with what was decided in brackets


def _table(trace: YearTrace, words: Wording, texts: Catalogue) -> str:
    """A row for each goal, and below them what the marks mean and how far the outcomes reach."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    months = [_letters(month, texts) for month in MONTHS]
    longer = [_longer(each, texts) for each in _longer_periods(trace)]
    headers = [texts.say("year", "goal"), *months, *longer, texts.say("year", "forecast")]
    rows = [_row(trace, goal, words) for goal in goals_of_year(trace)]
    drawn = tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True)
    return "\n".join([drawn, "", *_legend(trace, texts)]) + "\n"


def _letters(month: int, texts: Catalogue) -> str:
    """The first letters of a month."""
    return shown("months", str(month), texts.language)[:LETTERS]


def _longer_periods(trace: YearTrace) -> list[AssessmentTrace]:
    """The longer periods that have come to their end, or of which something was decided."""
    return [
        each
        for each in (*trace.interims, trace.annual)
        if stored_period(each.period).last[1] <= trace.reached
        or (each is trace.annual and trace.annual_given)
        or any(goal.decided for goal in each.goals)
    ]


def _longer(assessment: AssessmentTrace, texts: Catalogue) -> str:
    """What a period longer than a month is called at the head of a column."""
    period = stored_period(assessment.period)
    if period.kind == "year":
        return texts.say("year", "annual")
    return "–".join(_letters(month, texts) for _, month in (period.first, period.last))


def _row(trace: YearTrace, goal: GoalTrace, words: Wording) -> list[str]:
    by_month, longer = goals_by_month(trace, goal.id), _in_longer(trace, goal.id)
    months = [*by_month.values()]
    cells = [_cell(by_month[n], words) if n in by_month else "" for n in range(1, len(MONTHS) + 1)]
    name = narrow(goal.in_tables, LONGEST_NAME)
    # the year itself is no forecast
    ahead = months[-1].ahead if months and not trace.annual_given else None
    forecast = _mark(ahead, months[-1], words) if ahead else ""
    ends = (
        f"{_cell(each, words)}{' ~' if each.indication else ''}" if each else "" for each in longer
    )
    return [name, *cells, *ends, forecast]


def _in_longer(trace: YearTrace, id_: str) -> tuple[GoalTrace | None, ...]:
    """One goal in every longer period of the table; None where the plan has it not."""
    return tuple(
        next((goal for goal in period.goals if goal.id == id_), None)
        for period in _longer_periods(trace)
    )


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
    levels, said = goal.levels if isinstance(judged, Projection) else judged.levels, ""
    if judged.level and judged.level != levels[-1]:
        own = goal.verdict_words[levels.index(judged.level)] if goal.verdict_words else ""
        said = own or words.level(judged.level, goal_gender(goal.kind))
    return f"{verdict_mark(judged, goal)} {said}".rstrip()


def _legend(trace: YearTrace, texts: Catalogue) -> Iterator[str]:
    """What the marks mean, those for decisions where there are any, and how far outcomes reach."""
    goals = [
        goal
        for each in goals_of_year(trace)
        for goal in (*goals_by_month(trace, each.id).values(), *_in_longer(trace, each.id))
        if goal
    ]
    marks = (verdict_mark(each, goal) for goal in goals for each in (goal, goal.decided) if each)
    yield marks_legend(marks, texts, "year")
    marked = {
        "judged": any(each.decided for each in goals),
        "departs": any(each.decided and each.decided.departs for each in goals),
        "over": any(each.over_decided for each in goals),
        "waived": any(each.waiver for each in goals),
    }
    decided = [texts.say("decided", key) for key, found in marked.items() if found]
    if decided:
        yield "   ".join(decided)
    longer = [each for goal in goals_of_year(trace) for each in _in_longer(trace, goal.id)]
    if any(each.indication for each in longer if each):
        yield texts.say("year", "indication")
    if not trace.reached:
        if not trace.annual_given:
            yield texts.say("year", "none-reached")
    elif trace.reached < len(MONTHS):
        month = shown("months", str(trace.reached), texts.language)
        key = "reached-and-year" if trace.annual_given else "reached"
        yield texts.say("year", key, month=month)
    members = [each for goal in trace.annual.goals for each in goal.members]
    for note in about_rows(members, wording(texts.language, trace.annual.called)):
        yield from wrapped(note, "  ")
    yield from inputs_line(trace.account, trace.annual.period, texts.language)


# Why a goal changed


def _changes(trace: YearTrace, goal: GoalTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """What a goal came to in the first month, and in each month in which it changed."""
    months = goals_by_month(trace, goal.id)
    if not any(each.verdict for each in months.values()):
        return
    first = min(months)
    yield from _told(first, months[first], [], words)
    for change in changes_of(trace, goal.id):
        moves = [_rule(each, texts) for each in change.rules]
        moves += [_move(*each, words, texts) for each in change.moved]
        yield from _told(change.month, change.goal, moves, words)


def _told(month: int, goal: GoalTrace, moves: Sequence[str], words: Wording) -> Iterator[str]:
    """A month, the reason why the goal came to what it did in it, and what moved."""
    name = shown("months", str(month), words.language)
    why = headline(goal, words)
    yield from wrapped(f"  {verdict_mark(goal, goal)} {name}: {why}", "    ")
    for move in moves:
        yield from wrapped(f"    • {move}", "      ")


def _rule(change: RuleChange, texts: Catalogue) -> str:
    """That the rule changed, of what, and by which decision."""
    key = "rule-of" if change.indicator else "rule"
    decided = f" ({change.decision.cited})" if change.decision else ""
    return texts.say("year", key, member=change.indicator, decided=decided)


def _move(before: Member, member: Member, words: Wording, texts: Catalogue) -> str:
    """A member that changed, from what it was to what it is."""
    if not member.applies and member.waiver:
        return waived_line(member, words.member(member), words)
    if not member.applies:
        return texts.say("year", "left", member=words.member(member))
    was, is_ = (words.levels(each) for each in (before, member))
    key = "move" if before.applies else "back"
    said = texts.say("year", key, member=words.member(member), before=was, now=is_)
    facts = ", ".join(words.numbers(member))
    return texts.say("year", "facts", said=said, facts=facts) if facts else said


# What was decided


def _decided_through(trace: YearTrace, id_: str, words: Wording) -> Iterator[str]:
    """Each decision through the year, once: its mark, what was decided by whom, when and why."""
    periods = (*trace.months, *trace.interims, trace.annual)
    goals = [goal for period in periods for goal in period.goals if goal.id == id_]
    none = MARKS["none"]
    # once for each decision not to judge the goal, without what it would be in a month
    waived = {as_decided(each.waiver): each for each in goals if each.waiver}
    for waiver, goal in waived.items():
        yield f"({none}) {' '.join(waived_goal(goal, waiver, words))}"
    for goal in goals:
        if goal.decided:
            judged = judged_text(goal, goal.decided, words)
            mark = verdict_mark(goal.decided, goal)
            yield f"({mark}) {' '.join((judged.headline, *judged.sentences))}"
    # the members in any of the periods, and those that the rule asks for
    members = tuple(
        each for goal in goals for each in (*goal.members, *members_of((*goal.steps, *goal.caps)))
    )
    for sentences in waived_members(evolve(goals[-1], members=members, trace=RuleTrace()), words):
        yield f"({none}) {' '.join(sentences)}"
