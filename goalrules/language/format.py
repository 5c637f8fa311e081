"""Conditions and targets as text, in either language: the rule's own words.

What is printed always says `minst` / `at least`: "3 of 5" alone reads as exactly three.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import assert_never

from attrs import frozen

from goalrules.core.scales import COLOURS
from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement, Words, words
from goalrules.language.tokens import is_too_long, read_tokens
from goalrules.text.source import Source

FACTS = {
    "target reached": "TARGET_REACHED",
    "plan followed": "PLAN_FOLLOWED",
    "efforts begun": "EFFORTS_BEGUN",
    "efforts planned": "EFFORTS_PLANNED",
}


@frozen
class Format:
    """The forms of the language as text, in the words of one human language."""

    words: Words

    def condition(self, condition: sx.Condition) -> str:
        """A condition."""
        match condition:
            case sx.Count():
                return self._count(condition)
            case sx.Single():
                return self._single(condition)
            case sx.Fact(name):
                return self.words.write(FACTS[name])
            case sx.Joined(word, parts):
                return self._joined(word, parts)
            case _:
                assert_never(condition)

    def _joined(self, word: str, parts: Iterable[sx.Condition]) -> str:
        texts = [
            f"({self.condition(part)})" if isinstance(part, sx.Joined) else self.condition(part)
            for part in parts
        ]
        return f" {self.words.write(word.upper())} ".join(texts)

    def _count(self, count: sx.Count) -> str:
        among = self._scope(count.scope)
        agreement = _agreement(count)
        predicate = self.predicate(count.predicate, agreement, bare=_counts_bad(count))
        included = [self.included(each) for each in count.including]
        head = _line(self._quantity(count.quantity, _gender(count)), among, predicate, *included)
        return head + self._rest(count.rest)

    def _quantity(self, quantity: sx.Quantity, gender: Agreement) -> str:
        write, number = self.words.write, self.number(quantity.number)
        match quantity.kind:
            case "number":
                return f"{write('AT_LEAST')} {number}"
            case "at most":
                return f"{write('AT_MOST')} {number}"
            case "percent":
                return f"{write('AT_LEAST')} {number} %"
            case "half":
                return f"{write('AT_LEAST')} {write('HALF')}"
            case "majority" | "all":
                return write(quantity.kind.upper())
            case "any" | "none":
                return write("ANY" if quantity.kind == "any" else "NO", gender)
            case _:
                assert_never(quantity.kind)

    def _scope(self, scope: sx.Scope) -> str:
        of = self.words.write("OF")
        if scope.goals:
            return _line(of, self.goals(scope.names))
        if scope.names:
            return _line(of, self.names(scope.names))
        return _line(of, self.number(scope.size)) if scope.size is not None else ""

    def predicate(
        self, predicate: sx.Predicate, agreement: Agreement = "common", *, bare: bool = False
    ) -> str:
        """What is asked of a member; below the top level, `at least` is said."""
        match predicate:
            case sx.Met():
                return self.words.write("MET", agreement)
            case sx.Level(name):
                level = self.level(name, agreement)
                at_top = name.text == COLOURS.levels[COLOURS.top]
                return level if bare or at_top else _line(self.words.write("AT_LEAST"), level)
            case _:
                assert_never(predicate)

    def level(self, level: sx.Name, agreement: Agreement = "common") -> str:
        """The word for a level."""
        known = level.text in COLOURS.levels
        return self.words.write(level.text, agreement) if known else self.name(level.text)

    def included(self, included: sx.Included) -> str:
        """The clause that names members who have to be among those counted."""
        need = "" if included.need is None else self.number(included.need)
        of = self.words.write("OF") if need else ""
        return _line(self.words.write("INCLUDING"), need, of, self.names(included.names))

    def _rest(self, rest: Iterable[sx.Rest]) -> str:
        return "".join(f", {self.floor(each)}" for each in rest)

    def floor(self, rest: sx.Rest) -> str:
        """The clause that says what every member must reach."""
        write = self.words.write
        return f"{write('REST')} {write('AT_LEAST')} {self.level(rest.level, 'plural')}"

    def _single(self, single: sx.Single) -> str:
        goal = self.words.write("GOAL") if single.goal else ""
        predicate = self.predicate(single.predicate, "neuter" if single.goal else "common")
        name = self.name(single.member.text, id_=single.goal)
        return _line(goal, name, predicate) + self._rest(single.rest)

    def names(self, names: Iterable[sx.Name], *, ids: bool = False) -> str:
        """Some names as a list."""
        return ", ".join(self.name(name.text, id_=ids) for name in names)

    def goals(self, ids: Sequence[sx.Name]) -> str:
        """Some goals by their ids."""
        agreement: Agreement = "plural" if len(ids) > 1 else "neuter"
        return f"{self.words.write('GOAL', agreement)} {self.names(ids, ids=True)}"

    def name(self, text: str, *, id_: bool = False) -> str:
        """A name, in quotes where it would be read as something else."""
        reading = read_tokens(Source("", text), self.words)
        plain = ("NAME", "NUMBER") if id_ else ("NAME",)
        fits = [each for each in reading.tokens if each.type in plain and not is_too_long(each)]
        bare = [str(token) for token in fits] == [text]
        return text if bare else self.text(text)

    def text(self, text: str) -> str:
        """A text in quotes."""
        return '"' + text.replace('"', '""') + '"'

    def number(self, number: Decimal) -> str:
        """A number with the language's decimal mark."""
        mark = "," if self.words.language == "sv" else "."
        return format(number, "f").replace(".", mark)


def formatter(language: str) -> Format:
    """The forms of the language as text in "sv" or "en"."""
    return Format(words(language))


def _counts_bad(count: sx.Count) -> bool:
    return count.quantity.kind in ("none", "at most")


def _agreement(count: sx.Count) -> Agreement:
    """The form of a level word beside a count: one thing, or several."""
    one = count.quantity.kind in ("any", "none") or (
        count.quantity.kind in ("number", "at most") and count.quantity.number == 1
    )
    return _gender(count) if one else "plural"


def _gender(count: sx.Count) -> Agreement:
    """The gender of one of those counted: a goal is neuter in Swedish, an indicator common."""
    return "neuter" if count.scope.goals else "common"


def _line(*texts: str) -> str:
    return " ".join(text for text in texts if text)
