"""What is said of two rules that were compared: the claim, where they differ, and an example."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from goalrules.compare.result import RuleComparison, RuleOutcome, SameCount, Transition, Witness
from goalrules.language.syntax import Count
from goalrules.report.diff.shape import Block
from goalrules.report.diff.words import DiffWords

VERDICTS = ("not met", "open", "met")
"""The verdicts, the worst first."""


@frozen
class ClaimRenderer:
    """What is said of two rules that were compared."""

    comparison: RuleComparison
    words: DiffWords
    of_goal: bool

    def sentences(self) -> Iterator[str]:
        """The claim, and where the rules differ."""
        found, words = self.comparison, self.words
        if found.counts:
            count = words.words.count(found.members)
            yield words.say("claim", "counts", count=count, noun=self._noun())
        groups = words.listed(map(words.own, found.stand_ins)) if found.stand_ins else ""
        said = {"noun": self._noun(), "groups": groups, **self._numbers()}
        yield words.say("claim", self._key(), **said)
        if groups and found.by:
            yield words.say("claim", "stand-ins", groups=groups)
        if found.unless:
            key = "unless-one" if len(found.unless) == 1 else "unless-more"
            yield words.say("claim", key, members=words.members(found.unless))
        if self._levels_too():
            yield words.say("claim", "levels-too")
        yield from map(self._same, found.same)
        yield from self._where()

    def _key(self) -> str:
        found = self.comparison
        if found.claim == "reshaped":
            apart = "rescaled" if found.rescaled else "reshaped"
            if found.stand_ins:
                return "other-sizes"
            return "other-scale" if found.outcomes else apart
        if not found.by:
            return found.claim
        by_verdict = "open" if self._has_open() else "met"
        return f"{found.claim}-{'level' if found.by == 'level' else by_verdict}"

    def _noun(self) -> str:
        """What is counted."""
        return self.words.say("noun", "goals" if self.comparison.of_goals else "indicators")

    def _has_open(self) -> bool:
        """Whether an outcome moves to or from a verdict that the rules leave open."""
        return any(
            "open" in (each.old.verdict, each.new.verdict)
            for each in self.comparison.transitions
            if each.old.verdict != each.new.verdict
        )

    def _numbers(self) -> dict[str, object]:
        """How many outcomes there are, and how many move each way."""
        found = self.comparison
        up, down = (
            sum(each.outcomes for each in found.transitions if way in self._ways(each))
            for way in (1, -1)
        )
        met = self.words.say("verdict", "met") if self.of_goal else self.words.level(found.met)
        number = self.words.whole
        numbers = {"outcomes": found.outcomes, "up": up, "down": down}
        return {"met": met, **{name: number(each) for name, each in numbers.items()}}

    def _ways(self, each: Transition) -> tuple[int, ...]:
        """Which way the verdict moves, or the level where only that does."""
        if self.comparison.by == "level":
            return each.ways
        old, new = (VERDICTS.index(came.verdict) for came in (each.old, each.new))
        return ((new > old) - (new < old),)

    def _levels_too(self) -> bool:
        """Whether levels move where the verdict does not, beside verdicts that do."""
        found = self.comparison
        return found.by == "met" and any(
            each.old.verdict == each.new.verdict and each.old != each.new
            for each in found.transitions
        )

    def _same(self, same: SameCount) -> str:
        """That two counts come to the same."""
        words = self.words
        numbers = {"need": same.need, "of": same.of}
        percent = [
            form.quantity.number
            for form in (same.old, same.new)
            if isinstance(form, Count) and form.quantity.kind == "percent"
        ]
        said = words.say(
            "where",
            "same",
            old=words.quoted("count", same.old),
            new=words.quoted("count", same.new),
            **numbers,
        )
        return " ".join(
            [said, *(self._percent(each, same) for each in percent), *self._fewer(same)]
        )

    def _fewer(self, same: SameCount) -> Iterator[str]:
        """That they differ where some members do not apply."""
        if same.fewer:
            of, old, new = same.fewer
            yield self.words.say("where", "fewer", of=of, old=old, new=new)

    def _percent(self, percent: Decimal, same: SameCount) -> str:
        exact = Fraction(percent) * same.of / 100
        key = f"percent{'' if exact == same.need else '-rounded'}"
        return self.words.say(
            "where", key, of=same.of, need=same.need,
            percent=self.words.words.number(percent),
            exact=self.words.words.number(_decimal(exact)),
        )  # fmt: skip

    def _where(self) -> Iterator[str]:
        """What has gone, come or been replaced; nothing by what is written just as it was."""
        found, words = self.comparison, self.words
        before, after = (list(map(self.words.piece, each)) for each in (found.gone, found.added))
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

    def after(self) -> Iterator[Block]:
        """The moves and the witnesses."""
        found = self.comparison
        moving = [each for each in found.transitions if each.old != each.new]
        if moving:
            yield self.words.say("moves", "head")
            yield tuple(map(self._move, moving))
        keys = ("up", "down") if len(found.witnesses) > 1 else ("example",)
        for key, witness in zip(keys, found.witnesses, strict=False):
            yield self._witness(key, witness)

    def _move(self, move: Transition) -> str:
        count, outcomes = map(self.words.whole, (move.outcomes, self.comparison.outcomes))
        old, new = self._came(move.old), self._came(move.new)
        return self.words.say("moves", "move", count=count, outcomes=outcomes, old=old, new=new)

    def _witness(self, key: str, witness: Witness) -> str:
        members = self.words.witness(witness)
        old, new = self._came(witness.old), self._came(witness.new)
        return self.words.say("witness", key, members=members, old=old, new=new)

    def _came(self, came: RuleOutcome) -> str:
        return self.words.came(came, goal=self.of_goal)


def _decimal(exact: Fraction) -> Decimal:
    """A share of a whole number as the decimal that it is: percents are decimals."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)
