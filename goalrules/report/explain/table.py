"""An assessment as a table: what a person wants first."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from goalrules.assess.result import AssessmentTrace, GoalTrace, own_word
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Member, Step
from goalrules.core.vocabulary import GOAL_KINDS, Verdict
from goalrules.lazily import frozen
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.explain.counts import is_weighed, points_got, weight_got, weight_of
from goalrules.report.explain.decided import stated_level
from goalrules.report.explain.justification import SCORED, deciding_of
from goalrules.report.explain.open_causes import barred, undefined_counts
from goalrules.report.explain.sentences import about_rows, partial_notes
from goalrules.report.explain.text import (
    MARKS,
    marks_legend,
    reached_lines,
    title_lines,
    verdict_mark,
)
from goalrules.report.inputs import inputs_line
from goalrules.report.layout import wrapped
from goalrules.report.shape import counted, grouped, reaches, steps_of, sub_steps
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language

WIDTH = 44
MISSING = ("missing", "not measured", "withheld", "blank")

FIGURES = ("count", *SCORED)
"""The kinds of steps that have figures."""


@frozen
class Basis:
    """The figures of a verdict; `are_top` where they say how many members are green."""

    figures: str = ""
    are_top: bool = False


@frozen
class Column:
    """A column of the table: its heading, and its cell for each goal."""

    heading: str
    cells: tuple[str, ...]


def render_table(trace: AssessmentTrace, language: Language) -> str:
    """Each goal with its verdict, its level, how many of how many, and what is missing.

    What was decided of the goals stands just after their levels.
    """
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    words, goals = wording(language), trace.goals
    bases = [_basis(goal, words) for goal in goals]
    green = all(each.are_top or not each.figures for each in bases) and any(
        each.figures for each in bases
    )

    def column(key: str, cells: Iterator[str]) -> Column:
        return Column(words.say("table", key), tuple(cells))

    columns = [
        column("goal", (narrow(goal.in_tables) for goal in goals)),
        column("verdict", (verdict_text(goal, words) for goal in goals)),
        column("level", (words.marked(goal) if goal.verdict else "" for goal in goals)),
        *_decided_columns(goals, words),
        column(
            "count" if green else "basis",
            (_figures_text(each, words, green=green) for each in bases),
        ),
        column("missing", (narrow("; ".join(_waiting(goal, words))) for goal in goals)),
    ]
    table = tabulate(
        list(zip(*(each.cells for each in columns), strict=True)),
        headers=[each.heading for each in columns],
        tablefmt="simple",
        disable_numparse=True,
    )
    marks = (verdict_mark(each, goal) for goal in goals for each in (goal, goal.decided) if each)
    legend = [marks_legend(marks, words)]
    if any(each.decided for each in goals):
        legend.append(catalogue("judgements", words.language).say("table", "legend"))
    told = lines_below(trace, words)
    return "\n".join([*title_lines(trace, words), "", table, "", *legend, *told]) + "\n"


def lines_below(trace: AssessmentTrace, words: Wording) -> list[str]:
    """What a reader of the verdicts has to know of the rows that they rest on, each once."""
    told = reached_lines(trace.reaches, words)
    notes = [note for goal in trace.goals if goal.indication for note in partial_notes(goal, words)]
    members = [each for goal in trace.goals for each in goal.members]
    for note in (*dict.fromkeys(notes), *about_rows(members, words)):
        told += wrapped(note, "  ")
    return [*told, *inputs_line(trace.account, trace.period, words.language)]


def narrow(text: str, width: int = WIDTH) -> str:
    """A text in lines of a column's width, with no name cut at a hyphen."""
    return "\n".join(wrap(text, width, break_on_hyphens=False, break_long_words=False))


def verdict_text(goal: GoalTrace, words: Wording) -> str:
    """The verdict of a goal with its mark; or why it has none."""
    key = "barred" if barred(goal, words) else "followed-up" if goal.followed_up else ""
    verdict = words.say("short", key) if key else words.short_verdict(goal)
    said = f"{verdict_mark(goal, goal)} {verdict}"
    return words.say("short", "indication", verdict=said) if goal.indication else said


def _waiting(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """What an open verdict waits for, by reason; else what is missing though it decides nothing."""
    bars = barred(goal, words)
    if bars:
        yield bars
        return
    deciding = deciding_of(goal)
    members = deciding.members if deciding.steps else list(goal.members)
    by_reason: dict[str, list[str]] = {}
    for member in members:
        if member.name in goal.deciding or (not goal.deciding and member.reason in MISSING):
            # its name is shorter than its title
            name = words.member(member) if member.kind in GOAL_KINDS else member.name
            by_reason.setdefault(member.reason or "open", []).append(name)
    for reason, names in by_reason.items():
        yield words.say("waiting", reason, members=", ".join(names))
    yield from undefined_counts(goal, words)


# What a verdict rests on in a few figures: how many of how many, points, or weight


def _basis(goal: GoalTrace, words: Wording) -> Basis:
    """The figures of the condition that decides whether a goal is met."""
    step = deciding_of(goal).step
    steps = [*steps_of(sub_steps(step))] if step else []
    telling = (each for each in steps if each.kind in ("same", "extreme", "floor", *FIGURES))
    first = next(telling, None)
    if first is None:
        return _green(list(goal.members), words)
    return _figures(first, words) if first.kind in FIGURES else Basis()


def _figures(step: Step, words: Wording) -> Basis:
    """The figures of a count, of weight or of points."""
    say = words.say
    if step.kind in SCORED:
        return Basis(say("table", "points", points=points_got(step, words)))
    if is_weighed(step):
        return Basis(say("table", "weight", got=weight_got(step, words), of=weight_of(step, words)))
    members = [reach.member for reach in reaches(step)]
    if all(each.levels == COLOURS.levels for each in members):
        return _green(members, words)
    level = BecauseRenderer(words).predicate(step, "plural")
    figures = _of(*counted(step), step.of, words)
    return Basis(say("table", "at-level", figures=figures, level=level) if step.of else "")


def _green(members: list[Member], words: Wording) -> Basis:
    """How many of some members are green; nothing where none of them can be."""
    applying = [each for each in members if each.applies and each.counted]
    if not applying or any(each.levels != COLOURS.levels for each in applying):
        return Basis()
    low = sum(each.worst == each.levels[-1] for each in applying)
    high = sum(each.best == each.levels[-1] for each in applying)
    return Basis(_of(low, high, len(applying), words), are_top=True)


def _of(low: int, high: int, of: int, words: Wording) -> str:
    if low == high:
        return words.say("table", "count-of", got=low, of=of)
    return words.say("table", "count-range", low=low, high=high, of=of)


def _figures_text(basis: Basis, words: Wording, *, green: bool) -> str:
    """The figures; with the word where the column is not of green ones alone."""
    if green or not basis.are_top:
        return basis.figures
    level = words.level(COLOURS.levels[-1], "plural")
    return words.say("table", "at-level", figures=basis.figures, level=level)


# What was decided beside the rules


def _decided_columns(goals: Sequence[GoalTrace], words: Wording) -> Iterator[Column]:
    """What was decided of each goal, and what its rule gives over what was decided below it.

    No column of which nothing is to be said.
    """
    texts = catalogue("judgements", words.language)
    decided = tuple(narrow("; ".join(decided_texts(goal, words, texts))) for goal in goals)
    over = tuple(
        narrow(_marked(each.over_decided.verdict, words)) if each.over_decided else ""
        for each in goals
    )
    if any(decided):
        yield Column(texts.say("table", "decided"), decided)
    if any(over):
        yield Column(texts.say("table", "over"), over)


def decided_texts(goal: GoalTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """What was decided of a goal, or that it is not judged, and its members that are not."""
    if goal.decided:
        verdict, stated = _marked(goal.decided.verdict, words), goal.decided.stated
        level = stated_level(goal, stated, words) if stated else ""
        if stated and own_word(stated, goal.decided.levels, goal.verdict_words):
            verdict, level = f"{verdict_mark(goal.decided, goal)} {level}", ""
        departs = texts.say("table", "departs") if goal.decided.departs else ""
        yield ", ".join(each for each in (verdict, level, departs) if each)
    if goal.waiver:
        yield f"{MARKS['none']} {texts.say('table', goal.waiver.kind)}"
    waived = [each for each in goal.members if each.waiver]
    for kind, members in grouped(waived, lambda each: each.waiver.kind if each.waiver else ""):
        names = ", ".join(each.name for each in members)
        yield texts.say("table", f"member-{kind}", members=names)


def _marked(verdict: Verdict, words: Wording) -> str:
    """A verdict with its mark."""
    return f"{MARKS[verdict]} {words.say('short', verdict.replace(' ', '-'))}"
