"""An assessment as a table: what a person wants first."""

from collections.abc import Iterator

from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.trace import Member
from goalrules.report.because import reaches
from goalrules.report.explain import Explaining, members_of
from goalrules.report.steps import all_steps
from goalrules.report.text import MARKS, title_lines
from goalrules.report.wording import GOALS, Wording, wording

COLUMNS = ("goal", "verdict", "level", "count", "missing")
WIDTHS = (44, None, None, None, 44)


def render_table(trace: AssessmentTrace, language: str) -> str:
    """Each goal with its verdict, its level, how many of how many, and what is missing."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    words = wording(language)
    rows = [_row(goal, words) for goal in trace.goals]
    table = tabulate(
        rows,
        headers=[words.say("table", column) for column in COLUMNS],
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=list(WIDTHS),
    )
    legend = words.say("assessment", "legend")
    return "\n".join([*title_lines(trace, words), "", table, "", legend]) + "\n"


def _row(goal: GoalTrace, words: Wording) -> list[str]:
    verdict = goal.verdict or "none"
    key = "followed-up" if goal.followed_up else verdict.replace(" ", "-")
    return [
        f"{goal.id} {goal.title}",
        f"{MARKS[verdict]} {words.say('short', key)}",
        words.levels(goal, "neuter") if goal.verdict else "",
        _count(goal, words),
        "; ".join(_missing(goal, words)),
    ]


def _count(goal: GoalTrace, words: Wording) -> str:
    """How many of the goal's members are at the level that counts, of how many."""
    counted = _counted(goal)
    low = sum(member.applies and member.worst == member.levels[-1] for member in counted)
    high = sum(member.applies and member.best == member.levels[-1] for member in counted)
    of = sum(member.applies for member in counted)
    if not counted:
        return ""
    if low == high:
        return words.say("table", "count-of", got=low, of=of)
    return words.say("table", "count-range", low=low, high=high, of=of)


def _counted(goal: GoalTrace) -> list[Member]:
    """The members that the goal's rule counts; all of its own where it has no verdict."""
    step = Explaining(goal, wording("en")).deciding_step
    if step is None:
        return list(goal.members)
    counts = [each for each in all_steps(step) if each.kind == "count"]
    own = [child.member for child in reaches(counts[0])] if counts else []
    return own or [each for each in members_of(step) if each.kind != "unsaid"]


def _missing(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """What an open verdict waits for, else what is missing though it does not matter."""
    names = set(goal.deciding)
    step = Explaining(goal, wording("en")).deciding_step
    members = members_of(step) if step else list(goal.members)
    for member in members:
        wanted = member.name in names if names else member.reason in words.texts.texts["fact"]
        if wanted and member.kind != "unsaid":
            yield _wanted(member, words)


def _wanted(member: Member, words: Wording) -> str:
    facts = words.texts.texts["fact"]
    if member.kind in GOALS or member.reason not in facts:
        return words.member(member)
    return f"{words.member(member)} ({words.say('fact', member.reason)})"
