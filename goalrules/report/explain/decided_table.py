"""The columns of a table for what was decided beside the rules; none where nothing was."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from goalrules.assess.result import GoalTrace
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.text import MARKS
from goalrules.report.shape import grouped
from goalrules.report.wording import Wording


@frozen
class Column:
    """A column of a table: its heading, and its cell for each goal."""

    heading: str
    cells: tuple[str, ...]


def decided_columns(goals: Sequence[GoalTrace], words: Wording) -> tuple[Column, ...]:
    """What was decided of each goal, and what its rule gives over what was decided below it."""
    texts = catalogue("judgements", words.language)
    decided = tuple("; ".join(_decided(goal, words, texts)) for goal in goals)
    over = tuple(_over(goal, words) for goal in goals)
    columns = (
        Column(texts.say("table", "decided"), decided),
        Column(texts.say("table", "over"), over),
    )
    return tuple(each for each in columns if any(each.cells))


def decided_legend(goals: Sequence[GoalTrace], words: Wording) -> tuple[str, ...]:
    """What the column of what was decided means, where there is a judgement."""
    texts = catalogue("judgements", words.language)
    return (texts.say("table", "legend"),) if any(each.decided for each in goals) else ()


def _decided(goal: GoalTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """What was decided of a goal, or that it is not judged, and its members that are not."""
    if goal.decided:
        verdict, stated = _marked(goal.decided.verdict, words), goal.decided.stated
        level = words.level(stated) if stated else ""
        departs = texts.say("table", "departs") if goal.decided.departs else ""
        yield ", ".join(each for each in (verdict, level, departs) if each)
    if goal.waiver:
        yield f"{MARKS['none']} {texts.say('table', goal.waiver.kind)}"
    waived = [each for each in goal.members if each.waiver]
    for kind, members in grouped(waived, lambda each: each.waiver.kind if each.waiver else ""):
        names = ", ".join(each.name for each in members)
        yield texts.say("table", f"member-{kind}", members=names)


def _over(goal: GoalTrace, words: Wording) -> str:
    return _marked(goal.over_decided.verdict, words) if goal.over_decided else ""


def _marked(verdict: str, words: Wording) -> str:
    """A verdict with its mark."""
    return f"{MARKS[verdict]} {words.say('short', verdict.replace(' ', '-'))}"
