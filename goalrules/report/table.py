"""An assessment as a table: what a person wants first."""

from collections.abc import Iterator
from textwrap import wrap

from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.trace import Member
from goalrules.report.because import reaches
from goalrules.report.explain import Explaining, members_of
from goalrules.report.steps import all_steps
from goalrules.report.text import MARKS, title_lines
from goalrules.report.wording import GOALS, Wording, wording

COLUMNS = ("goal", "verdict", "level", "count", "missing")
WIDTH = 44
MISSING = ("missing", "not measured", "withheld", "blank")


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
    )
    legend = words.say("assessment", "legend")
    return "\n".join([*title_lines(trace, words), "", table, "", legend]) + "\n"


def _row(goal: GoalTrace, words: Wording) -> list[str]:
    verdict = goal.verdict or "none"
    key = "followed-up" if goal.followed_up else verdict.replace(" ", "-")
    return [
        _narrow(f"{goal.id} {goal.title}"),
        f"{MARKS[verdict]} {words.say('short', key)}",
        words.levels(goal) if goal.verdict else "",
        _count(goal, words),
        _narrow("; ".join(_waiting(goal, words))),
    ]


def _narrow(text: str) -> str:
    """A text in lines of a column's width, with no name cut at a hyphen."""
    return "\n".join(wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False))


def _count(goal: GoalTrace, words: Wording) -> str:
    """How many of those that the rule counts are at the best level, of how many."""
    applying = [member for member in _counted(goal, words) if member.applies]
    low = sum(member.worst == member.levels[-1] for member in applying)
    high = sum(member.best == member.levels[-1] for member in applying)
    if not applying:
        return ""
    if low == high:
        return words.say("table", "count-of", got=low, of=len(applying))
    return words.say("table", "count-range", low=low, high=high, of=len(applying))


def _counted(goal: GoalTrace, words: Wording) -> list[Member]:
    """The members that the goal's rule counts first; all of its own where it counts none."""
    step = Explaining(goal, words).deciding_step
    steps = list(all_steps(step)) if step else []
    if any(each.kind == "same" for each in steps):
        return []
    counts = [[child.member for child in reaches(each)] for each in steps if each.kind == "count"]
    return counts[0] if counts else list(goal.members)


def _waiting(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """What an open verdict waits for, by reason; else what is missing though it decides nothing."""
    explaining = Explaining(goal, words)
    step = explaining.deciding_step
    members = members_of(step) if step else list(goal.members)
    by_reason: dict[str, list[str]] = {}
    for member in members:
        if member.name in goal.deciding or (not goal.deciding and member.reason in MISSING):
            by_reason.setdefault(member.reason or "open", []).append(_name(member, words))
    for reason, names in by_reason.items():
        yield words.say("waiting", reason, members=", ".join(names))
    yield from explaining.gaps()


def _name(member: Member, words: Wording) -> str:
    """What a member is called in a narrow column: its name, which is shorter than its title."""
    return words.member(member) if member.kind in GOALS else member.name
