"""An assessment as a table: what a person wants first."""

from collections.abc import Iterator
from textwrap import wrap

from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Member
from goalrules.report.explain.basis import Basis, basis_of
from goalrules.report.explain.decided_table import decided_columns, decided_legend
from goalrules.report.explain.explanation import GoalExplainer
from goalrules.report.explain.text import MARKS, title_lines
from goalrules.report.shape import GOALS
from goalrules.report.wording import Wording, wording

WIDTH = 44
MISSING = ("missing", "not measured", "withheld", "blank")


def render_table(trace: AssessmentTrace, language: str) -> str:
    """Each goal with its verdict, its level, how many of how many, and what is missing."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    words = wording(language)
    bases = [basis_of(goal, words) for goal in trace.goals]
    green = all(each.are_top or not each.figures for each in bases) and any(
        each.figures for each in bases
    )
    rows = [
        _row(goal, _basis(basis, words, green=green), words)
        for goal, basis in zip(trace.goals, bases, strict=True)
    ]
    columns = ("goal", "verdict", "level", "count" if green else "basis", "missing")
    headings = [words.say("table", column) for column in columns]
    decided = decided_columns(trace.goals, words)
    table = tabulate(
        [
            _beside_level(row, [narrow(column.cells[number]) for column in decided])
            for number, row in enumerate(rows)
        ],
        headers=_beside_level(headings, [column.heading for column in decided]),
        tablefmt="simple",
        disable_numparse=True,
    )
    legend = [words.say("assessment", "legend"), *decided_legend(trace.goals, words)]
    return "\n".join([*title_lines(trace, words), "", table, "", *legend]) + "\n"


def _beside_level(row: list[str], decided: list[str]) -> list[str]:
    """A row with what was decided just after the level."""
    return [*row[:3], *decided, *row[3:]]


def _basis(basis: Basis, words: Wording, *, green: bool) -> str:
    """The figures; with the word where the column is not of green ones alone."""
    if green or not basis.are_top:
        return basis.figures
    level = words.level(COLOURS.levels[-1], "plural")
    return words.say("table", "at-level", figures=basis.figures, level=level)


def _row(goal: GoalTrace, basis: str, words: Wording) -> list[str]:
    verdict = goal.verdict or "none"
    key = "followed-up" if goal.followed_up else verdict.replace(" ", "-")
    key = "barred" if GoalExplainer(goal, words).barred() else key
    return [
        narrow(f"{goal.id} {goal.title}"),
        f"{MARKS[verdict]} {words.say('short', key)}",
        words.marked(goal) if goal.verdict else "",
        basis,
        narrow("; ".join(_waiting(goal, words))),
    ]


def narrow(text: str, width: int = WIDTH) -> str:
    """A text in lines of a column's width, with no name cut at a hyphen."""
    return "\n".join(wrap(text, width, break_on_hyphens=False, break_long_words=False))


def _waiting(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """What an open verdict waits for, by reason; else what is missing though it decides nothing."""
    explaining = GoalExplainer(goal, words)
    barred = explaining.barred()
    if barred:
        yield barred
        return
    deciding = explaining.deciding
    members = deciding.members if deciding.steps else list(goal.members)
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
