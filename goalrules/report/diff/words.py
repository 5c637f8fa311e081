"""The words for what a comparison holds: goals, members, levels, and pieces of rules."""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from attrs import evolve

from goalrules.compare.result import (
    Difference,
    FactChange,
    MemberAtLevel,
    Piece,
    PlanItem,
    RuleComparison,
    RuleOutcome,
    Said,
    Witness,
)
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format
from goalrules.language.keywords import Agreement
from goalrules.lazily import frozen
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.shape import goal_gender
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language

FACTS = ("target", "plan")
"""The kinds of members that are facts about an indicator."""

Escape = Callable[[str], str]
"""How a text that is not ours is written in a format."""


@frozen
class DiffWords(Catalogue):
    """The words of comparisons in one language; `own` writes what stands in the rule files."""

    wording: Wording
    own: Escape

    def goal(self, thing: PlanItem) -> str:
        """What a goal is called within a sentence."""
        if thing.kind == "indicators":
            return self.say("kind", "indicators")
        return self.wording.goal(thing.kind, self.own(thing.name), self.own(thing.called))

    def member(self, thing: PlanItem) -> str:
        """What a member is called: its title without the unit, or its name."""
        if thing.kind in GOAL_KINDS:
            return self.goal(thing)
        name = self.own((thing.title or thing.name).removesuffix(" (%)"))
        if not thing.goal:
            return name
        return self.say("members", "from", member=name, goal=self.own(thing.goal))

    def members(self, things: Iterable[PlanItem]) -> str:
        """Some members as a list in words."""
        return self.listed(map(self.member, things))

    def level(self, level: str, agreement: Agreement = "common") -> str:
        """The word for a level."""
        return self.own(self.wording.level(level, agreement))

    def came(self, came: RuleOutcome, *, goal: bool = True) -> str:
        """What a rule comes to: for a goal the verdict, and the level or those that are left."""
        agreement: Agreement = "neuter" if goal else "common"
        ends = dict.fromkeys((came.worst, came.best))
        level = self.listed([self.level(each, agreement) for each in ends], "or")
        if len(ends) > 1:
            level = self.say("moves", "either", level=level)
        if not goal:
            return level
        return self.say("moves", "goal", verdict=self.say("verdict", came.verdict), level=level)

    def kind(self, comparison: RuleComparison) -> str:
        """What became of a rule, in a word or two."""
        claim = self.say("kind", comparison.claim)
        if comparison.by == "level":
            claim = self.say("kind", "level", kind=claim)
        return self.say("kind", "counts", kind=claim) if comparison.counts else claim

    def kind_of(self, difference: Difference) -> str:
        """What became of a goal, and of its rule if that can be said of all periods at once."""
        kinds = {self.kind(each) for each in difference.comparisons}
        if len(kinds) == 1:
            return kinds.pop()
        if difference.alone:
            return self.say("kind", f"{difference.kind}-{difference.thing.kind}")
        return self.say("kind", difference.kind if kinds else "no-rule")

    def witness(self, witness: Witness) -> str:
        """A possible outcome: `tre gröna och en röd`, or member by member."""
        if witness.alike and len(witness.members) > 1:
            # how many members are at each level, the most first
            ordered = sorted(_by_level(witness.members).values(), key=len, reverse=True)
            return self.listed(map(self._group, ordered))
        placed = [
            self._at(level, [each.new for each in some])
            for level, some in _by_level(witness.members).items()
        ]
        return "; ".join(placed)

    def _group(self, members: Sequence[MemberAtLevel]) -> str:
        gender = goal_gender(members[0].new.kind)
        agreement: Agreement = "plural" if len(members) > 1 else gender
        count = self.wording.count(len(members), gender)
        level = self.level(members[0].level, agreement)
        return self.say("witness", "group", count=count, level=level)

    def _at(self, level: str, things: Sequence[PlanItem]) -> str:
        """That some members are at a level."""
        first = things[0]
        if first.kind in FACTS:
            if level.endswith("%"):
                return self.say("target", "share", share=level)
            return self.say(first.kind, level)
        word = self.level(level, "plural" if len(things) > 1 else goal_gender(first.kind))
        verb = self.wording.verb(len(things))
        return self.say("witness", "are", members=self.members(things), verb=verb, level=word)

    def piece(self, piece: Piece) -> str:
        """A part of a rule in its own words, in quotes; with the number that it comes to."""
        text, form = self.quoted(piece.role, piece.form), piece.form
        if isinstance(form, sx.Count) and piece.of and form.quantity.kind != "number":
            return self.say("where", "count", text=text, need=piece.need, of=piece.of)
        return text

    def quoted(self, role: str, form: object) -> str:
        """A form of rule in its own words, in quotes."""
        return self.say("words", "quoted", text=self.own(self.form_text(role, form)))

    def form_text(self, role: str, form: object) -> str:
        """A form of rule in its own words, without what stands beside it as a part of its own."""
        writer = self.wording.format
        match form:
            case sx.Included():
                return writer.included(form)
            case sx.Rest():
                return writer.floor(form)
            case st.Extreme():
                return writer.clause(form)
            case st.SameAs() | st.Limit() | st.Shift():
                return writer.statement(form)
            case _:
                return writer.condition(_alone(role, cast(sx.Condition, form)))

    def fact(self, fact: FactChange) -> str:
        """One thing that is said differently beside the rules, in the rule files' own words."""

        def own(said: Iterable[Said]) -> str:
            texts = [statement_text(each, self.wording.format) for each in said]
            return self.own("; ".join(texts)) if texts else self.say("words", "nothing")

        member = self.member(fact.member) if fact.member else ""
        return self.say("fact", fact.code, old=own(fact.old), new=own(fact.new), member=member)


def statement_text(said: Said, writer: Format) -> str:
    """A statement of a rule file, or a level, as the formatter writes it."""
    match said:
        case str():
            return writer.place(sx.Name(said))
        case st.Target():
            return writer.statement(said).removeprefix(f"{writer.words.write('TARGET')} ")
        case _:
            return writer.statement(said)


def _alone(role: str, form: sx.Condition) -> sx.Condition:
    """A condition without the members and the floors that are parts by themselves."""
    match form:
        case sx.Count() if role == "count":
            return evolve(form, including=(), rest=())
        case sx.Single() if role == "member":
            return evolve(form, rest=())
        case _:
            return form


def _by_level(members: Iterable[MemberAtLevel]) -> dict[str, list[MemberAtLevel]]:
    """Some members by their levels, in order."""
    found: dict[str, list[MemberAtLevel]] = {}
    for each in members:
        found.setdefault(each.level, []).append(each)
    return found


def diff_words(language: Language, own: Escape) -> DiffWords:
    """The words of comparisons in "sv" or "en"."""
    return DiffWords(language, catalogue("diff", language).texts, wording(language), own)
