"""The influence of members as text: for each goal, in how many cases each of them decides."""

from collections.abc import Iterator
from textwrap import wrap

from goalrules.answers.influence_result import GoalInfluence, InfluenceReport, MemberInfluence
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.shape import goal_gender
from goalrules.report.wording import Wording, wording
from goalrules.report.years import years_text
from goalrules.text.languages import Language

WIDTH, NAMES = 100, 60


def render_influence(report: InfluenceReport, language: Language) -> str:
    """A table for each goal, and what its numbers mean."""
    words, texts = wording(language, report.called), catalogue("influence", language)
    heading = [report.plan] if report.plan else []
    if report.years:
        years = years_text([report.years], words.language)
        heading.append(texts.say("years", "rules", years=years))
    blocks = [heading] if heading else []
    blocks += [list(_goal_lines(goal, words, texts)) for goal in report.goals]
    about = wrap(texts.say("about", "text"), WIDTH)
    return "\n\n".join("\n".join(lines) for lines in [*blocks, about]) + "\n"


def _goal_lines(goal: GoalInfluence, words: Wording, texts: Catalogue) -> Iterator[str]:
    """The lines about one goal."""
    say, key, met_from = texts.say, "none", ""
    if goal.levels:
        key = "too-many" if goal.limit else f"{goal.kind}-met"
        met_from = words.at_least(goal.met_from, goal.levels)
    yield say(
        "goal",
        key,
        subject=words.subject(goal),
        period=say("period", goal.period) if goal.period else "",
        level=met_from,
        met=goal.met,
        cases=goal.cases,
        limit=words.number(goal.limit),
    )
    yield f"  {goal.title}"
    if goal.stand_ins:
        groups = words.listed(goal.stand_ins)
        yield f"  {say('goal', 'stand-ins', groups=groups)}"
    if goal.joined:
        titles = {each.name: each.title or each.name for each in goal.members}
        members = words.listed([titles[each].removesuffix(" (%)") for each in goal.joined])
        yield from (f"  {line}" for line in wrap(say("goal", "joined", members=members), WIDTH - 2))
    if sum(each.kind in GOAL_KINDS for each in goal.members) > 1:
        yield f"  {say('goal', 'of-goals')}"
    if goal.members:
        yield from ("", *_table(goal, words, texts))


def _table(goal: GoalInfluence, words: Wording, texts: Catalogue) -> list[str]:
    """A row for each member: how often it decides, and the level that it has to reach."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    headers = [texts.say("table", each) for each in ("member", "deciding", "needed")]
    rows = [list(_row(each, words, texts)) for each in goal.members]
    table = tabulate(rows, headers, tablefmt="simple", disable_numparse=True)
    return [f"  {line}".rstrip() for line in table.split("\n")]


def _row(member: MemberInfluence, words: Wording, texts: Catalogue) -> Iterator[str]:
    name = member.title or member.name
    if member.kind in GOAL_KINDS:
        name = words.goal(member.kind, member.name)
    yield "\n".join(wrap(name.removesuffix(" (%)"), NAMES, break_on_hyphens=False))
    yield texts.say("table", "share", deciding=member.deciding, others=member.others)
    needed = words.level(member.needed, goal_gender(member.kind)) if member.needed else ""
    if needed and member.needed != member.levels[-1]:
        needed = texts.say("table", "at-least", level=needed)
    yield needed
