"""Many units as text: a matrix of their verdicts, goal by goal."""

from collections.abc import Iterator

from goalrules.assess.units_result import GoalOfUnits, UnitGoal, UnitsTrace, UnitVerdicts
from goalrules.data.units import MOST_NAMED
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.explanation import explain_goal
from goalrules.report.explain.table import narrow
from goalrules.report.explain.text import (
    MARKS,
    marks_legend,
    reached_lines,
    verdict_mark,
)
from goalrules.report.inputs import inputs_line
from goalrules.report.layout import shown, wrapped
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language


def render_units(trace: UnitsTrace, language: Language) -> str:
    """A line for each unit with its goals, how many units meet each, and all units together."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    words, texts = wording(language), catalogue("units", language)
    period = words.period(trace.period)
    title = [trace.plan] if trace.plan else []
    own = [each for each in trace.units if not each.whole]
    together = [each for each in trace.units if each.whole]
    verdicts = {
        goal.id: [came.verdict for unit in own for came in unit.goals if came.goal == goal.id]
        for goal in trace.goals
    }
    judged = [[*filter(None, each)] for each in verdicts.values()]
    counted = [texts.say("units", "of", number=e.count("met"), of=len(e)) for e in judged]
    met = [texts.say("units", "met"), *counted, ""]
    rows = [*(_row(each, trace, words, texts) for each in own), met]
    if trace.together:
        whole = {each.id: UnitGoal(each.id, each.verdict, each.worst, each.best)
                 for each in trace.together}  # fmt: skip
        cells = [_cell(whole[e.id], e, words) if e.id in whole else "" for e in trace.goals]
        rows.append([texts.say("units", "together"), *cells, ""])
    rows += [_row(each, trace, words, texts) for each in together]
    goals = [each.id for each in trace.goals]
    headers = [texts.say("units", "unit"), *goals, texts.say("units", "reported")]
    table = tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True)
    told = reached_lines(trace.reaches, words)
    told += [line for each in _told(trace, words, texts) for line in wrapped(each, "  ")]
    told += inputs_line(trace.account, trace.period, language)
    named = [line for each in trace.goals for line in wrapped(f"{each.id} {each.title}", "  ")]
    known = {each.id: each for each in trace.goals}
    marks = [verdict_mark(e, known[e.goal]) for unit in trace.units for e in unit.goals]
    marks += [verdict_mark(each, each) for each in trace.together]
    legend = marks_legend(marks, words)
    legend = "\n".join([legend, *_explained(trace, texts, language)])
    head = [*title, texts.say("units", "period", period=period), ""]
    return "\n".join([*head, table, "", *named, "", legend, *told]) + "\n"


def _explained(trace: UnitsTrace, texts: Catalogue, language: Language) -> Iterator[str]:
    """Why the goals with a rule over units come to what they do in all units together."""
    if trace.together:
        yield from ("", texts.say("units", "explained"))
    for goal in trace.together:
        found = explain_goal(goal, language)
        yield from wrapped(f"{verdict_mark(goal, goal)} {found.headline}", "  ")
        for said in filter(None, (" ".join(found.sentences), *found.notes)):
            yield from (f"  {line}" for line in wrapped(said))
    if trace.together:
        yield ""


def _row(unit: UnitVerdicts, trace: UnitsTrace, words: Wording, texts: Catalogue) -> list[str]:
    """The line of a unit."""
    if unit.faults:
        faulty = texts.say("units", "faulty")
        return [narrow(unit.unit), *(faulty for _ in trace.goals), ""]
    reported = texts.say("units", "of", number=unit.reported, of=unit.of)
    cells = (_cell(*each, words) for each in zip(unit.goals, trace.goals, strict=True))
    return [narrow(unit.unit), *cells, reported]


def _cell(came: UnitGoal, goal: GoalOfUnits, words: Wording) -> str:
    """What a goal came to: its mark and its level, or the worst and the best that are left.

    A level by the plan's own word for a goal with it, where it has one.
    """
    if came.verdict is None or came.worst is None or came.best is None:
        return MARKS["none"]
    said = dict(zip(goal.levels, goal.verdict_words, strict=False))
    ends = [said.get(e) or words.level(e) for e in dict.fromkeys((came.worst, came.best))]
    mark = " ~" if came.indication else ""
    return f"{verdict_mark(came, goal)} {'–'.join(ends)}{mark}"


def _told(trace: UnitsTrace, words: Wording, texts: Catalogue) -> Iterator[str]:
    """Who has not reported, whose outcomes have faults, what does not add up, who is not shown."""
    faulty = [each.unit for each in trace.units if each.faults]
    goals = [(each.unit, goal) for each in trace.units for goal in each.goals]
    undated = dict.fromkeys(unit for unit, goal in goals if goal.undated)
    if any(goal.indication for _, goal in goals):
        yield texts.say("units", "indication")
    if undated:
        yield texts.say("units", "undated", units=texts.listed(undated))
    if trace.not_reported:
        yield texts.say("units", "not-reported", units=texts.listed(trace.not_reported))
    if faulty:
        yield texts.say("units", "with-faults", units=texts.listed(faulty))
    for each in trace.totals:
        yield texts.say(
            "units",
            "total",
            whole=shown(each.whole),
            total=words.number(each.total),
            name=shown(each.name),
            goal=each.goal,
            summed=words.number(each.summed),
        )
    if trace.others:
        named = [*trace.others[:MOST_NAMED]]
        if len(trace.others) > MOST_NAMED:
            named.append(texts.say("units", "more", number=len(trace.others) - MOST_NAMED))
        yield texts.say("units", "others", units=texts.listed(named))
