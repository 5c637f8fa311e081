"""Conditions and targets as text, in either language: the rule's own words.

What is printed always says `minst` / `at least`: "3 of 5" alone reads as exactly three.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import assert_never

from attrs import frozen

from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement, Words, words
from goalrules.language.tokens import is_too_long, read_tokens
from goalrules.text.numbers import MOST_DIGITS, decimal_mark
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
    plain: bool = True

    def condition(self, condition: sx.Condition) -> str:
        """A condition."""
        match condition:
            case sx.Count():
                return self._count(condition)
            case sx.Single():
                return self._single(condition)
            case sx.Score():
                return self._score(condition)
            case sx.Fact():
                return self.fact(condition)
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

    def fact(self, fact: sx.Fact) -> str:
        """A fact; a share of the target with its percent."""
        if fact.percent is None:
            return self.words.write(FACTS[fact.name])
        return f"{self._share(fact.percent)} {self.words.write('OF_TARGET')}"

    def _share(self, percent: Decimal) -> str:
        return f"{self.words.write('AT_LEAST')} {self.number(percent)} %"

    def _count(self, count: sx.Count) -> str:
        agreement = _agreement(count)
        included = [self.included(each) for each in count.including]
        head = _line(
            self.quantity(count.quantity, _gender(count)),
            self.words.write("OF_WEIGHT") if count.weighed else "",
            self.scope(count.scope),
            self.predicate(count.predicate, agreement),
            *included,
        )
        return head + self._rest(count.rest)

    def _score(self, score: sx.Score) -> str:
        of, low = self.words.write("OF"), score.lowest
        which = f"{of} {self.words.write('THE')}"
        lowest = "" if low is None else f"{which} {self.number(low)} {self.words.write('LOWEST')}"
        among = _line(self.scope(score.scope), lowest)
        if score.total == "share":
            share = self._share(score.bound.number)
            return _line(share, self.words.write("OF_POINTS"), among)
        total = self.words.write(f"{score.total.upper()}_POINTS")
        return _line(total, among, self.bound(score.bound))

    def bound(self, bound: sx.Bound) -> str:
        """A bound on a number."""
        word = self.words.write(bound.side.replace(" ", "_").upper())
        return f"{word} {self.signed(bound.number)}"

    def quantity(self, quantity: sx.Quantity, gender: Agreement = "common") -> str:
        """How many."""
        write, number = self.words.write, self.number(quantity.number)
        match quantity.kind:
            case "number":
                return f"{write('AT_LEAST')} {number}"
            case "at most":
                return f"{write('AT_MOST')} {number}"
            case "percent":
                return self._share(quantity.number)
            case "half":
                return f"{write('AT_LEAST')} {write('HALF')}"
            case "majority" | "all":
                return write(quantity.kind.upper())
            case "any" | "none":
                return write("ANY" if quantity.kind == "any" else "NO", gender)
            case _:
                assert_never(quantity.kind)

    def scope(self, scope: sx.Scope) -> str:
        """Among whom."""
        of = self.words.write("OF")
        if scope.goals:
            return _line(of, self.goals(scope.names))
        if scope.names:
            return _line(of, self.names(scope.names))
        return _line(of, self.number(scope.size)) if scope.size is not None else ""

    def predicate(self, predicate: sx.Predicate, agreement: Agreement = "common") -> str:
        """What is asked of a member."""
        write = self.words.write
        match predicate:
            case sx.Met(negated):
                return write("NOT_MET" if negated else "MET", agreement)
            case sx.Assessed():
                return write("ASSESSED", agreement)
            case sx.Level(name, ""):
                return self.level(name, agreement)
            case sx.Level(name, side):
                return f"{write(side.replace(' ', '_').upper())} {self.place(name, agreement)}"
            case _:
                assert_never(predicate)

    def place(self, level: sx.Name, agreement: Agreement = "common") -> str:
        """The word or the number of a level, where a number can only be a level."""
        return level.text if is_number(level.text) else self.level(level, agreement)

    def level(self, level: sx.Name, agreement: Agreement = "common") -> str:
        """The word for a level; in quotes where it would be read as something else."""
        if level.text == sx.MET:
            return self.words.write("MET", "neuter")
        word = self.words.write(level.text, agreement)
        meaning = self.words.meaning(word)
        known = meaning is not None and meaning.type == "LEVEL"
        return word if self.plain or known else self.name(level.text)

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
        return f"{write('REST')} {write('AT_LEAST')} {self.place(rest.level, 'plural')}"

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
        return format(number, "f").replace(".", decimal_mark(self.words.language))

    def signed(self, number: Decimal) -> str:
        """A number that may be below nought."""
        return self.number(number).replace("-", "\u2212")


def is_number(text: str) -> bool:
    """Whether a text is read as a number where it stands without quotes."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def formatter(language: str) -> Format:
    """The forms of the language in explanations, in "sv" or "en"."""
    return Format(words(language))


def file_formatter(language: str, levels: Iterable[str]) -> Format:
    """The forms of the language in a rule file that has some levels of its own."""
    return Format(words(language).with_levels(levels), plain=False)


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
