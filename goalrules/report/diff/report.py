"""A comparison of two rule files in words: a summary, a table, and what there is to say of each.

It is made of the result alone. How it is laid out, as text or as Markdown, is another matter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from attrs import frozen

from goalrules.compare.result import (
    ChangeKind,
    ComparedFile,
    Difference,
    Differences,
    RuleComparison,
)
from goalrules.report.diff.claims import ClaimRenderer
from goalrules.report.diff.facts import fact_line
from goalrules.report.diff.outcomes import anew_of
from goalrules.report.diff.shape import Block, GoalSection, Report, Table
from goalrules.report.diff.words import DiffWords, Escape, diff_words
from goalrules.report.years import years_text

KINDS = get_args(ChangeKind)
"""What can become of a goal, in the order in which the summary tells it."""


def report_of(found: Differences, language: str, own: Escape) -> Report:
    """A comparison in the words of a language; `own` writes what stands in the rule files."""
    words = diff_words(language, own)
    old, new = (own(_called(each, language)) for each in (found.old, found.new))
    title = words.say("title", "plans" if old != new else "same-plan", old=old, new=new)
    return Report(
        title,
        own(found.new.body),
        tuple(_summary(found, words)),
        _table(found.goals, words),
        tuple(GoalDiffRenderer(each, words).section() for each in found.goals if _is_told(each)),
        anew_of(found.on_outcomes, words) if found.on_outcomes else None,
    )


def _called(side: ComparedFile, language: str) -> str:
    """What a plan is called, with the years of its rules where others have others."""
    name = side.plan or side.file
    return f"{name} ({years_text([side.years], language)})" if side.years else name


def _is_told(difference: Difference) -> bool:
    """Whether there is more to say of a goal than that nothing about it has changed."""
    return difference.changed or any(each.same for each in difference.comparisons)


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
    counted = Counter((each.counts or "", each.kind) for each in goals)
    for (counts, kind), number in sorted(counted.items(), key=_order):
        named = words.say("kind", counts) if counts else ""
        yield words.say(
            "one" if number == 1 else "many", "counts" if counts else kind,
            count=number, kind=named,
        )  # fmt: skip


def _order(counted: tuple[tuple[str, str], int]) -> list[int]:
    (counts, kind), _ = counted
    return [KINDS.index(each) for each in (kind, counts or kind)]


def _table(goals: Iterable[Difference], words: DiffWords) -> Table:
    columns = ("old", "new", "kind", "moves", "facts")
    headings = [words.say("table", each) for each in columns]
    return Table(headings, [_row(each, words) for each in goals])


def _row(difference: Difference, words: DiffWords) -> list[str]:
    names = [words.goal(each) if each else "–" for each in (difference.old, difference.new)]
    moved = [_moved(each, words) for each in difference.comparisons if _is_claimed(each)]
    return [
        *names,
        words.kind_of(difference),
        ", ".join(moved),
        ", ".join(_besides(difference, words)),
    ]


def _is_claimed(comparison: RuleComparison) -> bool:
    """Whether something is claimed of every possible outcome."""
    return bool(comparison.outcomes) and comparison.claim != "reshaped"


def _besides(difference: Difference, words: DiffWords) -> Iterator[str]:
    """What else has changed, in few words."""
    codes = Counter(
        code if code in ("target", "below") else "other"
        for code in (each.code for each in difference.facts)
    )
    for code in ("target", "other", "below"):
        if codes[code]:
            yield words.say("table", f"facts-{code}", count=codes[code])


def _moved(comparison: RuleComparison, words: DiffWords) -> str:
    """How many possible outcomes are judged otherwise."""
    moving = (each.outcomes for each in comparison.transitions if each.old != each.new)
    moved, outcomes = words.whole(sum(moving)), words.whole(comparison.outcomes)
    return words.say("table", "of", moved=moved, outcomes=outcomes)


@frozen
class GoalDiffRenderer:
    """What there is to say of one goal."""

    difference: Difference
    words: DiffWords

    @property
    def of_goal(self) -> bool:
        """Whether it is of a goal, and not of every indicator."""
        return self.difference.thing.kind != "indicators"

    def section(self) -> GoalSection:
        """The goal's part of the report."""
        difference = self.difference
        facts = tuple(fact_line(each, self.words) for each in difference.facts)
        blocks = [*self._claims(), *self._members(), *([facts] if facts else [])]
        return GoalSection(self._heading(), self.words.own(difference.thing.title), tuple(blocks))

    def _heading(self) -> str:
        difference, words = self.difference, self.words
        old, goal = difference.old, words.goal(difference.thing)
        renamed = old and old.name != difference.thing.name
        was = words.goal(old) if old else ""
        key, kind = "renamed" if renamed else "same", words.kind_of(difference)
        return _capital(words.say("headline", key, goal=goal, old=was, kind=kind))

    def _claims(self) -> Iterator[Block]:
        """What is said of the rule, for each class of period that has one of its own."""
        difference, words = self.difference, self.words
        if difference.alone:
            yield words.say("claim", f"{difference.kind}-{difference.thing.kind}")
        elif not difference.comparisons:
            yield words.say("claim", "no-rule")
        for each in difference.comparisons:
            claim = ClaimRenderer(each, words, of_goal=self.of_goal)
            yield f"{self._periods(each)}{' '.join(claim.sentences())}"
            yield from claim.after()

    def _periods(self, comparison: RuleComparison) -> str:
        """For which classes of period a rule holds."""
        write = self.words.words.format.words.write
        names = [write(each.upper()) for each in comparison.periods]
        return f"{_capital(self.words.listed(names))}: " if names else ""

    def _members(self) -> Iterator[str]:
        """Which members came and went, and how many there are."""
        difference, words = self.difference, self.words
        for key, things in (("came", difference.came), ("went", difference.went)):
            if things:
                yield words.say("members", key, members=words.members(things))
        old, new = difference.counted
        if old != new:
            yield words.say("members", "counted", old=old, new=new)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
