"""Answers about goals as text: what to find out, what is missing, and what can be lost."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from string import ascii_uppercase
from typing import assert_never

from attrs import evolve

from goalrules.answers.result import (
    CollectAnswer,
    GapReport,
    GoalGap,
    MarginAnswer,
    Mover,
    ReachAnswer,
    Unknown,
    Way,
)
from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member
from goalrules.report.explain.explanation import headline
from goalrules.report.explain.text import title_lines, verdict_mark
from goalrules.report.gap.words import (
    FEW,
    GapWords,
    ToldWays,
    gap_words,
    great_groups,
    movers_of,
    only_mover,
)
from goalrules.report.layout import wrapped
from goalrules.report.shape import goal_gender
from goalrules.report.wording import Wording, sentence_case
from goalrules.text.languages import Language

MOST_SHOWN = 12
"""The number of ways, and of members in numbers, up to which a text has them all."""


def render_reach(reach: ReachAnswer, language: Language) -> str:
    """What is missing for a level, under the verdict of the goal."""
    words = gap_words(language, reach.goal.called, reach.goal.id if reach.depth > 1 else None)
    return _text([*_head(reach.goal, words.wording), *_reach(reach, words)])


def render_margin(margin: MarginAnswer, language: Language) -> str:
    """What can be lost, under the verdict of the goal."""
    words = gap_words(language, margin.goal.called, margin.goal.id if margin.depth > 1 else None)
    return _text([*_head(margin.goal, words.wording), *_margin(margin, words)])


def render_collect(collect: CollectAnswer, language: Language) -> str:
    """What to find out, under the verdict of the goal."""
    words = gap_words(language, collect.goal.called)
    return _text([*_head(collect.goal, words.wording), *_collect(collect, words)])


def render_gap(report: GapReport, language: Language) -> str:
    """The answers about every goal, under the title of the assessment."""
    words = gap_words(language, report.assessment.called)
    blocks = [list(title_lines(report.assessment, words.wording))]
    for each in report.goals:
        own = evolve(words, home=each.goal.id if report.depth > 1 else None)
        blocks.append([*_head(each.goal, words.wording), *_goal(each, own)])
    return "\n".join(_text(block) for block in blocks)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _head(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The verdict with its reason, and the goal's title."""
    yield from wrapped(f"{verdict_mark(goal, goal)} {headline(goal, words)}", "  ")
    if goal.title:
        yield f"  {goal.title}"


def _paragraph(text: str) -> list[str]:
    return wrapped(f"  {text}", "  ")


def _bullet(text: str, mark: str = "•") -> list[str]:
    return wrapped(f"  {mark} {text}", "    ")


def _goal(gap: GoalGap, words: GapWords) -> Iterator[str]:
    """Everything that is answered about one goal."""
    if gap.limit:
        limit = words.wording.number(gap.limit)
        yield from _paragraph(words.say("goal", "over-budget", limit=limit))
    if gap.lacks:
        yield from _paragraph(words.say("goal", "lacks", level=gap.lacks))
    if gap.collect:
        yield from _collect(gap.collect, words)
    if gap.reach and not (gap.margin and gap.reach.level == gap.goal.met):
        yield from _reach(gap.reach, words)
    if gap.margin:
        yield from _margin(gap.margin, words)


def _known(members: Iterable[Member], words: GapWords) -> str:
    """Some members that are held as they are, as a list in words; nothing where there are none."""
    named = list(map(words.known, members))
    return words.wording.listed(named) if named else ""


# What is missing


def _reach(reach: ReachAnswer, words: GapWords) -> Iterator[str]:
    """What is missing for a level."""
    match reach.state:
        case "none":
            return
        case "ways":
            yield from _ways_to_reach(reach, words)
        case "there":
            level = words.wording.at_least(reach.level or "", reach.goal.levels, "common")
            yield from _paragraph(words.say("reach", "there", level=level))
        case "barred" | "impossible" | "lowest":
            key = "barred" if reach.state == "barred" else reach.obstacle
            level = sentence_case(words.wording.at_least(reach.level or "", reach.goal.levels))
            members, groups = _known(reach.blocking, words), words.unreported(reach.goal)
            said = words.say("impossible", key, level=level, members=members, groups=groups)
            yield from _paragraph(said)
        case _:
            assert_never(reach.state)
    # the members that are held as they are
    locked = tuple(each for each in reach.locked if each not in reach.blocking)
    out = ("left out", "replaced")
    fixed = tuple(
        each for each in reach.held if each.policy not in out and each not in reach.blocking
    )
    held = tuple(each for each in reach.held if each.policy in out)
    for key, members_held in (("locked", locked), ("fixed", fixed), ("held", held)):
        if members_held:
            yield from _paragraph(words.say("reach", key, members=_known(members_held, words)))


def _ways_to_reach(reach: ReachAnswer, words: GapWords) -> Iterator[str]:
    """The ways to a level, and what may only take finding out or reporting."""
    told = ToldWays("reach", "raised", reach.ways, reach.sets, reach.complete, reach.priced)
    yield from _told(
        told, words, level=words.wording.at_least(reach.level or "", reach.goal.levels)
    )
    told_of = (mover for way in told.ways[:MOST_SHOWN] for mover in movers_of(way))
    if any(each.findable for each in told_of):
        yield from _paragraph(words.say("reach", "star"))
    yield from _figures(reach, words)
    groups = words.unreported(reach.goal)
    if groups:
        yield from _paragraph(words.say("reach", "unreported", groups=groups))


# What can be lost


def _margin(margin: MarginAnswer, words: GapWords) -> Iterator[str]:
    """What can be lost before a goal is no longer surely at a level."""
    match margin.state:
        case "none":
            return
        case "ways":
            goal, level = margin.goal, margin.level or ""
            if level == goal.met:
                met = words.wording.at_least(level, goal.levels)
                lost = words.say("lost", f"{goal.kind}-met", level=met)
            else:
                lost = words.say(
                    "lost", "level", level=words.wording.at_least(level, goal.levels, "common")
                )
            told = ToldWays("margin", "lowered", margin.ways, margin.sets, margin.complete)
            yield from _told(told, words, lost=lost)
            if margin.tolerates:
                key = "tolerates" if margin.tolerates > 1 else "tolerates-one"
                count = words.wording.number(margin.tolerates)
                yield from _paragraph(words.say("margin", key, count=count))
            yield from _figures(margin, words)
        case "there" | "impossible" | "barred" | "lowest":
            yield from _paragraph(words.say("margin", margin.state))
        case _:
            assert_never(margin.state)


# Ways of either kind


def _figures(found: ReachAnswer | MarginAnswer, words: GapWords) -> Iterator[str]:
    """Members that move together, since they come of the same figures, or are taken apart."""
    apart = found.apart
    together = tuple(each for each in found.together if each not in apart)
    for key, members in (("together", together), ("apart", apart)):
        if members:
            named = words.wording.listed(map(words.wording.member, members))
            yield from _paragraph(words.say("way", key, members=named))


def _told(told: ToldWays, words: GapWords, **fields: object) -> Iterator[str]:
    """The ways to something, and what they take in numbers."""
    first = told.ways[0]
    if told.is_group:
        yield from _group(told, first, words, **fields)
        return
    great = great_groups(told.ways[:MOST_SHOWN])
    words = evolve(words, labels=dict(zip(great, ascii_uppercase, strict=False)))
    said = words.say(
        told.section,
        told.key,
        **fields,
        way=words.way(first, told.do),
        need=_need(told, told.exact, words) if told.exact else "",
        sets=words.wording.number(told.sets),
        count=words.wording.number(len(told.ways)),
        cost=words.cost(first),
    )
    yield from _paragraph(said)
    if told.priced and told.listed:
        yield from _paragraph(words.say("reach", "others"))
    yield from _bullets(told, [_way(each, told, words) for each in told.listed], words)
    for group, label in words.labels.items():
        members = words.members(great[group].group)
        yield from _paragraph(words.say("way", "label", label=label, members=members))
    yield from _measures(told, words)


def _group(told: ToldWays, way: Way, words: GapWords, **fields: object) -> Iterator[str]:
    """So many of one group: each of them on a line of its own where that says more."""
    group = way.moves[-1].group
    several = told.sets > 1 and way.members > 1
    sets = words.say("way", "sets", sets=words.wording.number(told.sets)) if several else ""
    fields = {**fields, "way": words.of_group(way, told.do), "sets": sets}
    said = words.say(told.section, "group", **fields)
    if len(group) <= FEW or any(each.need for each in group):
        yield from _paragraph(said)
        together = zip(*(move.group for move in reversed(way.moves)), strict=True)
        yield from _bullets(told, [_one_of(each, told, words) for each in together], words)
    else:
        yield from _paragraph(f"{said} {words.members(group)}.")


def _one_of(movers: tuple[Mover, ...], told: ToldWays, words: GapWords) -> str:
    """A member of a group, and what each level that it may be moved to takes."""
    stated = words.stated(next((each for each in movers if each.findable), movers[0]))
    needs = [(each, _need(told, each, words)) for each in movers if each.need]
    if len(movers) > 1 and told.section == "reach":
        said = [
            words.say("reach", "level", level=words.level_of(each), need=need)
            for each, need in needs
        ]
    else:
        said = [need for _, need in needs]
    return f"{stated}: {'; '.join(said)}" if said else stated


def _bullets(told: ToldWays, texts: list[str], words: GapWords) -> Iterator[str]:
    """Some texts as a list, cut short where they are many."""
    for text in texts[:MOST_SHOWN]:
        yield from _bullet(text)
    if len(texts) > MOST_SHOWN:
        more = words.wording.number(len(texts) - MOST_SHOWN)
        yield from _bullet(words.say(told.section, "more", count=more), "…")


def _way(way: Way, told: ToldWays, words: GapWords) -> str:
    """One way among others, with what it costs, and what the one member of it takes."""
    text = words.way(way, told.do)
    if told.priced:
        text = words.say("reach", "priced", way=text, cost=words.cost(way))
    only = only_mover(way)
    return f"{text}: {_need(told, only, words)}" if only and only.need else text


def _measures(told: ToldWays, words: GapWords) -> Iterator[str]:
    """What the levels take in numbers, of each member once, where no way has said it."""
    measured = {
        (each.goal, each.member.name, each.to): each
        for way in told.ways[:MOST_SHOWN]
        for each in movers_of(way)
        if each.need and not only_mover(way)
    }
    if measured:
        yield from _paragraph(words.say(told.section, "measures"))
    texts = [
        words.say(
            told.section,
            "measure",
            member=words.wording.member(each.member),
            level=words.level_of(each),
            need=_need(told, each, words),
        )
        for each in measured.values()
    ]
    yield from _bullets(told, texts, words)


def _need(told: ToldWays, mover: Mover, words: GapWords) -> str:
    """What would give a member its level; of a loss, what keeps it above that to fall to."""
    if told.section == "reach":
        return words.need(mover)
    limits = words.limits(mover)
    return words.say("margin", "need" if limits["value"] else "need-hidden", **limits)


# What to find out


def _collect(collect: CollectAnswer, words: GapWords) -> Iterator[str]:
    """What to find out, and what would follow."""
    match collect.state:
        case "none":
            return
        case "ways" if len(collect.unknowns) == 1:
            (only,) = collect.unknowns
            member, forks = words.known(only.member), _forks(only, collect.goal, words)
            yield from _paragraph(words.say("collect", "one", member=member, forks=forks))
        case "ways":
            yield from _paragraph(words.say("collect", "many"))
            for number, each in enumerate(collect.unknowns, 1):
                yield from _bullet(_unknown(each, collect.goal, words), f"{number}.")
        case "there" | "impossible" | "barred" | "lowest":
            yield from _paragraph(_before_all(collect, words))
        case _:
            assert_never(collect.state)


def _before_all(collect: CollectAnswer, words: GapWords) -> str:
    """What has to be known first, or that nothing decides."""
    required = collect.required
    if not required:
        groups = words.unreported(collect.goal)
        key = "unreported" if groups else "there" if collect.state == "there" else "impossible"
        return words.say("collect", key, groups=groups)
    if not collect.least:
        key = "barred"
    elif collect.least >= len(required):
        key = "barred-all"
    else:
        key = "barred-one" if collect.least == 1 else "barred-some"
    count, members = words.wording.number(collect.least), _known(required, words)
    return words.say("collect", key, members=members, count=count)


def _unknown(unknown: Unknown, goal: GoalTrace, words: GapWords) -> str:
    """A member to find out among others, how often it decides, and what would follow."""
    count, of = map(words.wording.number, unknown.decides.as_integer_ratio())
    member = words.known(unknown.member)
    if not unknown.settles:
        return words.say("collect", "with-others", member=member, count=count, of=of)
    decides = words.say("collect", "often", count=count, of=of)
    forks = _forks(unknown, goal, words)
    return words.say("collect", "item", member=member, forks=forks, decides=decides)


def _forks(unknown: Unknown, goal: GoalTrace, words: GapWords) -> str:
    """The verdict that would follow from each level that a member can still have."""
    say, listed = words.wording.say, words.wording.listed
    gender, met = goal_gender(unknown.member.kind), words.wording.met(goal)
    it = say("fork", f"it-{gender}")
    branches: list[str] = []
    for verdict, alike in groupby(unknown.forks, key=lambda fork: fork.verdict):
        levels = listed([words.wording.level(each.level, gender) for each in alike], "or")
        key = f"{goal.kind}-{'next' if branches else 'first'}"
        said = say("fork", f"{goal.kind}-{verdict.replace(' ', '-')}", level=met)
        branches.append(say("fork", key, levels=levels, verdict=said, it=it))
    return say("sentence", "fork", member=it, branches=say("words", "next").join(branches))
