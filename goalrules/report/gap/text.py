"""Answers about goals as text: what to find out, what is missing, and what can be lost."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import evolve, frozen

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
from goalrules.language.keywords import Agreement
from goalrules.report.explain.explanation import explain_goal
from goalrules.report.explain.text import MARKS, title_lines, wrapped
from goalrules.report.gap.ways import WaysRenderer, movers_of, only_mover, unreported
from goalrules.report.gap.words import FEW, GapWords, gap_words, great_groups, labelled
from goalrules.report.shape import goal_gender
from goalrules.report.wording import sentence_case

MOST_SHOWN = 12
"""The number of ways, and of members in numbers, up to which a text has them all."""


def render_reach(reach: ReachAnswer, language: str) -> str:
    """What is missing for a level, under the verdict of the goal."""
    said = GapRenderer(gap_words(language, _home(reach))).reach(reach)
    return _text([*_head(reach.goal, language), *said])


def render_margin(margin: MarginAnswer, language: str) -> str:
    """What can be lost, under the verdict of the goal."""
    said = GapRenderer(gap_words(language, _home(margin))).margin(margin)
    return _text([*_head(margin.goal, language), *said])


def render_collect(collect: CollectAnswer, language: str) -> str:
    """What to find out, under the verdict of the goal."""
    return _text(
        [*_head(collect.goal, language), *GapRenderer(gap_words(language)).collect(collect)]
    )


def render_gap(report: GapReport, language: str) -> str:
    """The answers about every goal, under the title of the assessment."""
    words = gap_words(language)
    blocks = [list(title_lines(report.assessment, words.words))]
    for each in report.goals:
        own = evolve(words, home=each.goal.id if report.depth > 1 else None)
        blocks.append([*_head(each.goal, language), *GapRenderer(own).goal(each)])
    return "\n".join(_text(block) for block in blocks)


def _home(answer: ReachAnswer | MarginAnswer) -> str | None:
    """The goal whose members need no telling of which goal they are of."""
    return answer.goal.id if answer.depth > 1 else None


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _head(goal: GoalTrace, language: str) -> Iterator[str]:
    """The verdict with its reason, and the goal's title."""
    explanation = explain_goal(goal, language)
    yield from wrapped(f"{MARKS[explanation.verdict]} {explanation.headline}", "  ")
    if goal.title:
        yield f"  {goal.title}"


def _paragraph(text: str) -> list[str]:
    return wrapped(f"  {text}", "  ")


def _bullet(text: str, mark: str = "•") -> list[str]:
    return wrapped(f"  {mark} {text}", "    ")


@frozen
class GapRenderer:
    """Answers in the words of one language, as lines."""

    words: GapWords

    def goal(self, gap: GoalGap) -> Iterator[str]:
        """Everything that is answered about one goal."""
        say = self.words.say
        if gap.limit:
            yield from _paragraph(say("goal", "over-budget", limit=self.words.number(gap.limit)))
        if gap.lacks:
            yield from _paragraph(say("goal", "lacks", level=gap.lacks))
        if gap.collect:
            yield from self.collect(gap.collect)
        if gap.reach and not (gap.margin and gap.reach.level == gap.goal.met):
            yield from self.reach(gap.reach)
        if gap.margin:
            yield from self.margin(gap.margin)

    # What is missing

    def reach(self, reach: ReachAnswer) -> Iterator[str]:
        """What is missing for a level."""
        match reach.state:
            case "none":
                return
            case "ways":
                yield from self._ways(reach)
            case "there":
                level = self.words.level(reach.level or "", reach.goal, "common")
                yield from _paragraph(self.words.say("reach", "there", level=level))
            case _:
                yield from self._no_way(reach)
        yield from self._kept(reach)

    def _kept(self, reach: ReachAnswer) -> Iterator[str]:
        """The members that are held as they are."""
        locked = tuple(each for each in reach.locked if each not in reach.blocking)
        fixed = tuple(each for each in reach.held if each.policy == "counts as")
        held = tuple(each for each in reach.held if each not in fixed)
        for key, members in (("locked", locked), ("fixed", fixed), ("held", held)):
            if members:
                yield from _paragraph(self.words.say("reach", key, members=self._known(members)))

    def _known(self, members: Iterable[Member]) -> str:
        named = list(map(self.words.known, members))
        return self.words.words.texts.listed(named) if named else ""

    def _no_way(self, reach: ReachAnswer) -> Iterator[str]:
        key = "barred" if reach.state == "barred" else reach.obstacle
        level = sentence_case(self.words.level(reach.level or "", reach.goal))
        members, groups = self._known(reach.blocking), self._groups(reach.goal)
        said = self.words.say("impossible", key, level=level, members=members, groups=groups)
        yield from _paragraph(said)

    def _groups(self, goal: GoalTrace) -> str:
        """The groups that the rule counts and that are not reported."""
        groups = unreported(goal)
        return self.words.words.texts.listed(groups) if groups else ""

    def _ways(self, reach: ReachAnswer) -> Iterator[str]:
        told = WaysRenderer("reach", "raised", reach.ways, reach.sets, reach.complete, reach.priced)
        level = self.words.level(reach.level or "", reach.goal)
        yield from self._told(told, level=level)
        told_of = (mover for way in told.ways[:MOST_SHOWN] for mover in movers_of(way))
        if any(each.findable for each in told_of):
            yield from _paragraph(self.words.say("reach", "star"))
        groups = self._groups(reach.goal)
        if groups:
            yield from _paragraph(self.words.say("reach", "unreported", groups=groups))

    # What can be lost

    def margin(self, margin: MarginAnswer) -> Iterator[str]:
        """What can be lost before a goal is no longer surely at a level."""
        if margin.state == "ways":
            told = WaysRenderer("margin", "lowered", margin.ways, margin.sets, margin.complete)
            yield from self._told(told, lost=self._lost(margin))
            if margin.tolerates:
                key = "tolerates" if margin.tolerates > 1 else "tolerates-one"
                count = self.words.number(margin.tolerates)
                yield from _paragraph(self.words.say("margin", key, count=count))
        elif margin.state != "none":
            yield from _paragraph(self.words.say("margin", margin.state))

    def _lost(self, margin: MarginAnswer) -> str:
        goal, level = margin.goal, margin.level or ""
        key = f"{goal.kind}-met" if level == goal.met else "level"
        agreement: Agreement = "common" if key == "level" else "neuter"
        return self.words.say("lost", key, level=self.words.level(level, goal, agreement))

    # Ways of either kind

    def _told(self, told: WaysRenderer, **fields: object) -> Iterator[str]:
        """The ways to something, and what they take in numbers."""
        first = told.ways[0]
        if told.is_group:
            yield from self._group(told, first, **fields)
            return
        great = great_groups(told.ways[:MOST_SHOWN])
        words = evolve(self.words, labels=labelled(great))
        numbers = {
            "way": words.way(first, told.do),
            "need": self._need(told, told.exact) if told.exact else "",
            "sets": words.number(told.sets),
            "count": words.number(len(told.ways)),
            "cost": words.cost(first),
        }
        yield from _paragraph(words.say(told.section, told.key, **fields, **numbers))
        if told.priced and told.listed:
            yield from _paragraph(words.say("reach", "others"))
        texts = [evolve(self, words=words).way(each, told) for each in told.listed]
        yield from self._bullets(told, texts)
        for move, label in zip(great, words.labels.values(), strict=False):
            members = words.listed(move.group)
            yield from _paragraph(words.say("way", "label", label=label, members=members))
        yield from self._measures(told)

    def _group(self, told: WaysRenderer, way: Way, **fields: object) -> Iterator[str]:
        """So many of one group: each of them on a line of its own where that says more."""
        words, group = self.words, way.moves[-1].group
        several = told.sets > 1 and way.members > 1
        sets = words.say("way", "sets", sets=words.number(told.sets)) if several else ""
        fields = {**fields, "way": words.of_group(way, told.do), "sets": sets}
        said = words.say(told.section, "group", **fields)
        if len(group) <= FEW or any(each.need for each in group):
            yield from _paragraph(said)
            together = zip(*(move.group for move in reversed(way.moves)), strict=True)
            yield from self._bullets(told, [self._one_of(each, told) for each in together])
        else:
            yield from _paragraph(f"{said} {words.listed(group)}.")

    def _one_of(self, movers: tuple[Mover, ...], told: WaysRenderer) -> str:
        """A member of a group, and what each level that it may be moved to takes."""
        stated = self.words.stated(next((each for each in movers if each.findable), movers[0]))
        needs = [(each, self._need(told, each)) for each in movers if each.need]
        if len(movers) > 1 and told.section == "reach":
            level, say = self.words.level_of, self.words.say
            said = [say("reach", "level", level=level(each), need=need) for each, need in needs]
        else:
            said = [need for _, need in needs]
        return f"{stated}: {'; '.join(said)}" if said else stated

    def _bullets(self, told: WaysRenderer, texts: list[str]) -> Iterator[str]:
        for text in texts[:MOST_SHOWN]:
            yield from _bullet(text)
        if len(texts) > MOST_SHOWN:
            more = self.words.number(len(texts) - MOST_SHOWN)
            yield from _bullet(self.words.say(told.section, "more", count=more), "…")

    def way(self, way: Way, told: WaysRenderer) -> str:
        """One way among others, with what it costs, and what the one member of it takes."""
        text = self.words.way(way, told.do)
        if told.priced:
            text = self.words.say("reach", "priced", way=text, cost=self.words.cost(way))
        only = only_mover(way)
        return f"{text}: {self._need(told, only)}" if only and only.need else text

    def _measures(self, told: WaysRenderer) -> Iterator[str]:
        """What the levels take in numbers, of each member once, where no way has said it."""
        measured = {
            (each.goal, each.member.name, each.to): each
            for way in told.ways[:MOST_SHOWN]
            for each in movers_of(way)
            if each.need and not only_mover(way)
        }
        if measured:
            yield from _paragraph(self.words.say(told.section, "measures"))
        texts = [self._measure(told, each) for each in measured.values()]
        yield from self._bullets(told, texts)

    def _need(self, told: WaysRenderer, mover: Mover) -> str:
        if told.section == "reach":
            return self.words.need(mover)
        limits = self.words.limits(mover)
        return self.words.say("margin", "need" if limits["value"] else "need-hidden", **limits)

    def _measure(self, told: WaysRenderer, mover: Mover) -> str:
        """A level of a member, and what it takes."""
        name, need = self.words.words.member(mover.member), self._need(told, mover)
        level = self.words.level_of(mover)
        return self.words.say(told.section, "measure", member=name, level=level, need=need)

    # What to find out

    def collect(self, collect: CollectAnswer) -> Iterator[str]:
        """What to find out, and what would follow."""
        say = self.words.say
        match collect.state:
            case "none":
                return
            case "ways" if len(collect.unknowns) == 1:
                (only,) = collect.unknowns
                member, forks = self.words.known(only.member), self._forks(only, collect.goal)
                yield from _paragraph(say("collect", "one", member=member, forks=forks))
            case "ways":
                yield from _paragraph(say("collect", "many"))
                for number, each in enumerate(collect.unknowns, 1):
                    yield from _bullet(self._item(each, collect.goal), f"{number}.")
            case _:
                yield from _paragraph(self._before_all(collect))

    def _before_all(self, collect: CollectAnswer) -> str:
        """What has to be known first, or that nothing decides."""
        required = collect.required
        if not required:
            groups = self._groups(collect.goal)
            key = "unreported" if groups else "there" if collect.state == "there" else "impossible"
            return self.words.say("collect", key, groups=groups)
        key = "barred"
        if collect.least:
            some = "-one" if collect.least == 1 else "-some"
            key += "-all" if collect.least >= len(required) else some
        count, members = self.words.number(collect.least), self._known(required)
        return self.words.say("collect", key, members=members, count=count)

    def _item(self, unknown: Unknown, goal: GoalTrace) -> str:
        share = unknown.decides
        count, of = map(self.words.number, share.as_integer_ratio())
        member = self.words.known(unknown.member)
        if not unknown.settles:
            return self.words.say("collect", "with-others", member=member, count=count, of=of)
        decides = self.words.say("collect", "often", count=count, of=of)
        forks = self._forks(unknown, goal)
        return self.words.say("collect", "item", member=member, forks=forks, decides=decides)

    def _forks(self, unknown: Unknown, goal: GoalTrace) -> str:
        """The verdict that would follow from each level that a member can still have."""
        words, gender = self.words.words, goal_gender(unknown.member.kind)
        branches: list[str] = []
        for verdict, alike in groupby(unknown.forks, key=lambda fork: fork.verdict):
            levels = words.texts.listed([words.level(each.level, gender) for each in alike], "or")
            key = f"{goal.kind}-{'next' if branches else 'first'}"
            said = words.say(
                "fork", f"{goal.kind}-{verdict.replace(' ', '-')}", level=words.met(goal)
            )
            it = words.say("fork", f"it-{gender}")
            branches.append(words.say("fork", key, levels=levels, verdict=said, it=it))
        branched = words.say("words", "next").join(branches)
        return words.say(
            "sentence", "fork", member=words.say("fork", f"it-{gender}"), branches=branched
        )
