"""A year as text: a table of the goals month by month, why each changed, and what was decided."""

from collections.abc import Iterator

from goalrules.assess.result import GoalTrace
from goalrules.assess.year_result import GoalChange, YearTrace, changes_of, goals_by_month
from goalrules.core.trace import Member
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.decided import waived_line
from goalrules.report.explain.explanation import explain_goal
from goalrules.report.explain.text import MARKS, wrapped
from goalrules.report.wording import Wording, wording
from goalrules.report.year.decided import decided_through
from goalrules.report.year.table import table


def render_year(trace: YearTrace, language: str) -> str:
    """Each goal month by month, with the changes below, under the title of the plan."""
    words, texts = wording(language), catalogue("year", language)
    parts = [_title(trace, texts), table(trace, words, texts)]
    for goal in trace.annual.goals:
        parts += _goal(trace, goal, words, texts)
    return "\n".join(parts)


def _title(trace: YearTrace, texts: Catalogue) -> str:
    plan = texts.say("year", "title", plan=trace.annual.plan, body=trace.annual.body)
    return f"{plan.rstrip(' –')}\n{texts.say('year', 'year', year=trace.year)}\n"


def _goal(trace: YearTrace, goal: GoalTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """How a goal went through the year, and what was decided of it beside that."""
    lines = [*_changes(trace, goal, words, texts)]
    for said in decided_through(trace, goal.id, words):
        lines += wrapped(f"  {said}", "    ")
    if lines:
        yield "\n".join([*wrapped(f"{words.subject(goal)}: {goal.title}"), *lines]) + "\n"


def _changes(trace: YearTrace, goal: GoalTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """What a goal came to in the first month, and in each month in which it changed."""
    months = goals_by_month(trace, goal.id)
    if not any(each.verdict for each in months):
        return
    yield from _told(1, months[0], [], words)
    for change in changes_of(trace, goal.id):
        yield from _told(change.month, change.goal, list(_moves(change, words, texts)), words)


def _told(month: int, goal: GoalTrace, moves: list[str], words: Wording) -> Iterator[str]:
    """A month, the reason why the goal came to what it did in it, and what moved."""
    name = shown("months", str(month), words.language)
    headline = explain_goal(goal, words.language).headline
    yield from wrapped(f"  {MARKS[goal.verdict or 'none']} {name}: {headline}", "    ")
    for move in moves:
        yield from wrapped(f"    • {move}", "      ")


def _moves(change: GoalChange, words: Wording, texts: Catalogue) -> Iterator[str]:
    """The members that changed, each from what it was to what it is."""
    return (_move(*each, words, texts) for each in change.moved)


def _move(before: Member, member: Member, words: Wording, texts: Catalogue) -> str:
    if not member.applies and member.waiver:
        return waived_line(member, words.member(member), words)
    if not member.applies:
        return texts.say("year", "left", member=words.member(member))
    was, is_ = (words.levels(each) for each in (before, member))
    key = "move" if before.applies else "back"
    said = texts.say("year", key, member=words.member(member), before=was, now=is_)
    facts = ", ".join(words.numbers(member))
    return texts.say("year", "facts", said=said, facts=facts) if facts else said
