"""A comparison of two rule files in words: a summary, a table, and what there is to say of each.

It is made of the result alone. How it is laid out, as text or as Markdown, is another matter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from goalrules.compare.result import (
    ChangeKind,
    ComparedFile,
    Difference,
    Differences,
    OnOutcomes,
    Rejudged,
    RuleComparison,
    RuleOutcome,
    SameCount,
    Transition,
)
from goalrules.core.vocabulary import VERDICTS
from goalrules.data.period import show_period, stored_period
from goalrules.language.syntax import Count
from goalrules.lazily import frozen
from goalrules.report.diff.words import DiffWords, Escape, diff_words
from goalrules.report.wording import sentence_case
from goalrules.report.years import years_text
from goalrules.text.languages import Language

KINDS = get_args(ChangeKind)
"""What can become of a goal, in the order in which the summary tells it."""


# The shape of a report


Block = str | tuple[str, ...]
"""A paragraph, or the lines of a list."""


@frozen
class GoalSection:
    """What there is to say of one goal: a heading, its title, and paragraphs or lists of lines."""

    heading: str
    title: str
    blocks: tuple[Block, ...]


@frozen
class Table:
    """A table: its headings and its rows."""

    headings: list[str]
    rows: list[list[str]]


@frozen
class OutcomesSection:
    """The verdicts on outcomes by the old rules and by the new."""

    heading: str
    sentences: tuple[str, ...]
    table: Table


@frozen
class Report:
    """A comparison in words, in the order in which it is read."""

    title: str
    body: str
    summary: tuple[str, ...]
    table: Table
    sections: tuple[GoalSection, ...]
    outcomes: OutcomesSection | None


def report_of(found: Differences, language: Language, own: Escape) -> Report:
    """A comparison in the words of a language; `own` writes what stands in the rule files."""
    words = diff_words(language, own)

    def called(side: ComparedFile) -> str:
        # with the years of its rules where others have others
        name = side.plan or side.file
        return own(
            f"{name} ({years_text([side.years], words.wording.language)})" if side.years else name
        )

    old, new = called(found.old), called(found.new)
    columns = ("old", "new", "kind", "moves", "facts")
    # of a goal about which nothing has changed there is something to say where counts are the same
    told = (
        each
        for each in found.goals
        if each.changed or any(comparison.same for comparison in each.comparisons)
    )
    return Report(
        words.say("title", "plans" if old != new else "same-plan", old=old, new=new),
        own(found.new.body),
        tuple(_summary(found, words)),
        Table(
            [words.say("table", each) for each in columns],
            [_row(each, words) for each in found.goals],
        ),
        tuple(_section(each, words) for each in told),
        _outcomes_section(found.on_outcomes, words) if found.on_outcomes else None,
    )


# The summary and the table


def _summary(found: Differences, words: DiffWords) -> Iterator[str]:
    """What became of the rule of every indicator, and how many goals became what."""
    if not found.changed:
        yield words.say("title", "nothing")
        return
    goals = [each for each in found.goals if each.thing.kind != "indicators"]
    for each in found.goals:
        if each not in goals:
            yield words.say("title", "indicators", kind=words.kind_of(each))
    if goals:
        yield words.say("title", "summary", counts=", ".join(_counts(goals, words)))
    unchanged = [each for each in goals if each.kind == "unchanged"]
    for key in ("beside", "apart"):
        count = sum(getattr(each, key) for each in unchanged)
        if count:
            yield words.say("title", key, count=count)
    if any(each.comparisons for each in found.goals):
        yield words.say("title", "legend")


def _counts(goals: Iterable[Difference], words: DiffWords) -> Iterator[str]:
    """How many goals became what, the kinds in their order."""
    counted = Counter((each.kind, each.counts) for each in goals)
    in_order = sorted(counted, key=lambda pair: [KINDS.index(each or pair[0]) for each in pair])
    for kind, counts in in_order:
        number = counted[kind, counts]
        named = words.say("kind", counts) if counts else ""
        yield words.say(
            "one" if number == 1 else "many", "counts" if counts else kind,
            count=number, kind=named,
        )  # fmt: skip


def _row(difference: Difference, words: DiffWords) -> list[str]:
    """A goal in the table: what became of its rule, how many outcomes move, and what else has."""
    names = [words.goal(each) if each else "–" for each in (difference.old, difference.new)]
    moved = [
        words.say(
            "table",
            "of",
            moved=words.wording.number(sum(move.outcomes for move in _moving(each))),
            outcomes=words.wording.number(each.outcomes),
        )
        for each in difference.comparisons
        if each.outcomes and each.claim != "reshaped"
    ]
    codes = Counter(
        each.code if each.code in ("target", "below") else "other" for each in difference.facts
    )
    besides = [
        words.say("table", f"facts-{code}", count=codes[code])
        for code in ("target", "other", "below")
        if codes[code]
    ]
    return [*names, words.kind_of(difference), ", ".join(moved), ", ".join(besides)]


# One goal


def _section(difference: Difference, words: DiffWords) -> GoalSection:
    """A goal's part of the report."""
    thing, old = difference.thing, difference.old
    heading = words.say(
        "headline",
        "renamed" if old and old.name != thing.name else "same",
        goal=words.goal(thing),
        old=words.goal(old) if old else "",
        kind=words.kind_of(difference),
    )
    facts = tuple(words.fact(each) for each in difference.facts)
    blocks = [
        *_claims(difference, words),
        *_members(difference, words),
        *([facts] if facts else []),
    ]
    return GoalSection(sentence_case(heading), words.own(thing.title), tuple(blocks))


def _claims(difference: Difference, words: DiffWords) -> Iterator[Block]:
    """What is said of the rule, for each class of period that has one of its own."""
    if difference.alone:
        yield words.say("claim", f"{difference.kind}-{difference.thing.kind}")
    elif not difference.comparisons:
        yield words.say("claim", "no-rule")
    of_goal = difference.thing.kind != "indicators"
    for each in difference.comparisons:
        write = words.wording.format.words.write
        names = [write(period.upper()) for period in each.periods]
        periods = f"{sentence_case(words.listed(names))}: " if names else ""
        yield f"{periods}{' '.join(_claim_sentences(each, words, of_goal=of_goal))}"
        yield from _moves(each, words, of_goal=of_goal)


def _members(difference: Difference, words: DiffWords) -> Iterator[str]:
    """Which members came and went, and how many there are."""
    for key, things in (("came", difference.came), ("went", difference.went)):
        if things:
            yield words.say("members", key, members=words.members(things))
    old, new = difference.counted
    if old != new:
        yield words.say("members", "counted", old=old, new=new)


# Two rules that were compared; `of_goal` where they are those of a goal, not of every indicator


def _claim_sentences(found: RuleComparison, words: DiffWords, *, of_goal: bool) -> Iterator[str]:
    """The claim, and where the rules differ."""
    noun = words.say("noun", "goals" if found.of_goals else "indicators")
    if found.counts:
        yield words.say("claim", "counts", count=words.wording.count(found.members), noun=noun)
    groups = words.listed(map(words.own, found.stand_ins)) if found.stand_ins else ""
    up, down = (
        words.wording.number(
            sum(each.outcomes for each in found.transitions if way in _ways(each, found))
        )
        for way in (1, -1)
    )
    yield words.say(
        "claim",
        _claim_key(found),
        noun=noun,
        groups=groups,
        met=words.say("verdict", "met") if of_goal else words.level(found.met),
        outcomes=words.wording.number(found.outcomes),
        up=up,
        down=down,
    )
    if groups and found.by:
        yield words.say("claim", "stand-ins", groups=groups)
    if found.unless:
        key = "unless-one" if len(found.unless) == 1 else "unless-more"
        yield words.say("claim", key, members=words.members(found.unless))
    if found.by == "met" and any(each.old.verdict == each.new.verdict for each in _moving(found)):
        yield words.say("claim", "levels-too")
    for same in found.same:
        yield _same_count(same, words)
    yield from _where(found, words)


def _claim_key(found: RuleComparison) -> str:
    """The text that makes the claim."""
    if found.claim == "reshaped":
        apart = "rescaled" if found.rescaled else "reshaped"
        if found.stand_ins:
            return "other-sizes"
        return "other-scale" if found.outcomes else apart
    if not found.by:
        return found.claim
    opens = any(
        "open" in (each.old.verdict, each.new.verdict)
        for each in found.transitions
        if each.old.verdict != each.new.verdict
    )
    by_verdict = "open" if opens else "met"
    return f"{found.claim}-{'level' if found.by == 'level' else by_verdict}"


def _moving(found: RuleComparison) -> list[Transition]:
    """The outcomes that come to another thing by the new rule."""
    return [each for each in found.transitions if each.old != each.new]


def _ways(move: Transition, found: RuleComparison) -> tuple[int, ...]:
    """Which way the verdict moves, or the level where only that does."""
    if found.by == "level":
        return move.ways
    old, new = (VERDICTS.index(came.verdict) for came in (move.old, move.new))
    return ((new > old) - (new < old),)


def _same_count(same: SameCount, words: DiffWords) -> str:
    """That two counts come to the same, and where they do not."""
    old, new = words.quoted("count", same.old), words.quoted("count", same.new)
    said = [words.say("where", "same", old=old, new=new, need=same.need, of=same.of)]
    for form in (same.old, same.new):
        if isinstance(form, Count) and form.quantity.kind == "percent":
            share = Fraction(form.quantity.number) * same.of / 100
            # percents are decimals, and so is such a share of a whole number
            exact = words.wording.number(Decimal(share.numerator) / Decimal(share.denominator))
            percent = words.wording.number(form.quantity.number)
            key = "percent" if share == same.need else "percent-rounded"
            said.append(
                words.say("where", key, of=same.of, need=same.need, percent=percent, exact=exact)
            )
    if same.fewer:
        of, fewer_old, fewer_new = same.fewer
        said.append(words.say("where", "fewer", of=of, old=fewer_old, new=fewer_new))
    return " ".join(said)


def _where(found: RuleComparison, words: DiffWords) -> Iterator[str]:
    """What has gone, come or been replaced; nothing by what is written just as it was."""
    before, after = (list(map(words.piece, each)) for each in (found.gone, found.added))
    same = [each for each in before if each in after]
    if same:
        yield words.say("where", "same-words", same=words.listed(same))
    gone, added = (
        words.listed(each for each in some if each not in same) if {*some} - {*same} else ""
        for some in (before, after)
    )
    key = "replaced" if gone and added else ("gone" if gone else "added")
    if gone or added:
        yield words.say("where", key, gone=gone, added=added)


def _moves(found: RuleComparison, words: DiffWords, *, of_goal: bool) -> Iterator[Block]:
    """How many possible outcomes come to what, and the witnesses."""

    def came(outcome: RuleOutcome) -> str:
        return words.came(outcome, goal=of_goal)

    moving = _moving(found)
    if moving:
        yield words.say("moves", "head")
        outcomes = words.wording.number(found.outcomes)
        yield tuple(
            words.say(
                "moves",
                "move",
                count=words.wording.number(move.outcomes),
                outcomes=outcomes,
                old=came(move.old),
                new=came(move.new),
            )
            for move in moving
        )
    keys = ("up", "down") if len(found.witnesses) > 1 else ("example",)
    for key, witness in zip(keys, found.witnesses, strict=False):
        members = words.witness(witness)
        yield words.say(
            "witness", key, members=members, old=came(witness.old), new=came(witness.new)
        )


# The verdicts on outcomes by the old rules and by the new


def _outcomes_section(found: OnOutcomes, words: DiffWords) -> OutcomesSection:
    """How many goals would have been judged otherwise, and a table of them all."""
    period = show_period(stored_period(found.period), words.wording.language)
    columns = ("goal", "before", "after", "differs")
    return OutcomesSection(
        words.say("outcomes", "heading", period=period),
        (_otherwise(found, words), words.say("outcomes", "note")),
        Table(
            [words.say("outcomes", each) for each in columns],
            [_outcome_row(each, words) for each in found.goals],
        ),
    )


def _otherwise(found: OnOutcomes, words: DiffWords) -> str:
    """How many goals have another verdict, or the same at another level."""
    tried = [each for each in found.goals if each.after]
    count = sum(each.differs for each in tried)
    key = ("some" if count else "none") if tried else "no-goals"
    verdicts = words.say("outcomes", key, count=count, of=len(tried))
    levels = sum(each.relevels for each in tried)
    if not levels:
        return verdicts
    also = words.say("outcomes", "levels-one" if levels == 1 else "levels-more", count=levels)
    return f"{verdicts} {also}"


def _outcome_row(each: Rejudged, words: DiffWords) -> list[str]:
    goal = words.goal(each.old)
    if each.new and each.new.name != each.old.name:
        goal = words.say("words", "arrow", old=goal, new=words.goal(each.new))
    before = _came(each.before, words)
    if each.after is None:
        return [goal, before, words.say("outcomes", each.left_out.replace(" ", "-")), ""]
    differs = "level" if each.relevels else ("yes" if each.differs else "no")
    return [goal, before, _came(each.after, words), words.say("outcomes", differs)]


def _came(came: RuleOutcome, words: DiffWords) -> str:
    """A verdict, with the level where it is decided."""
    if came.verdict == "open":
        return words.say("outcomes", "open")
    verdict = words.say("verdict", came.verdict)
    if came.worst != came.best:
        return verdict
    return words.say("moves", "goal", verdict=verdict, level=words.level(came.worst, "neuter"))
