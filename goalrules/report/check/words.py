"""The words of a check: subjects, levels, members and counts, in one language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from attrs import evolve

from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.language.keywords import Agreement, words
from goalrules.lazily import frozen
from goalrules.lint.result import ExampleMember, ExampleOutcome, Finding
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.wording import Wording, wording
from goalrules.text.diagnostics import DiagnosticFact, WordRef
from goalrules.text.languages import Language

SUBJECT = "check"


@frozen
class CheckWords(Catalogue):
    """The texts of checks in one language, and the words of explanations."""

    wording: Wording
    keywords: Mapping[str, str]

    def listed(self, items: Iterable[str], word: str = "and") -> str:
        """Some items as a list in words."""
        return self.wording.listed(items, word)

    def quoted(self, names: Iterable[str]) -> str:
        """Some names as a list in words, each as it stands in the file."""
        return self.listed(f"`{name}`" for name in names)

    def counted(self, key: str, number: int) -> str:
        """So many of something."""
        form = {0: "none", 1: "one"}.get(number, "more")
        return self.say("counted", f"{key}-{form}", number=self.wording.number(number))

    def subject(self, kind: str, goal: str) -> str:
        """What is given a level, within a sentence."""
        return self.wording.goal(kind, goal) if goal else self.say("subject", "indicator")

    def level(self, level: str, kind: str) -> str:
        """The word for a level of what a finding is about."""
        return self.wording.level(level, "common" if kind == "indicator" else "neuter")

    def of_members(self, level: str, members: Iterable[ExampleMember]) -> str:
        """The word for a level that one or several members have."""
        kinds = [each.kind for each in members]
        one: Agreement = "neuter" if kinds[0] in GOAL_KINDS else "common"
        return self.wording.level(level, "plural" if len(kinds) > 1 else one)

    def ends(self, outcome: ExampleOutcome, kind: str) -> Mapping[str, str]:
        """The level that something comes to, or those between which it lies."""
        low, high = (self.level(each, kind) for each in (outcome.worst, outcome.best))
        return {"level": low} if low == high else {"low": low, "high": high}

    def member(self, at: ExampleMember) -> str:
        """What a member is called: its name in the file, or the goal that it is."""
        if at.kind in GOAL_KINDS:
            return self.wording.goal(at.kind, at.member)
        return f"`{at.member}`"

    def value(self, at: ExampleMember) -> str:
        """The value of an indicator in figures; empty where it has none."""
        return "" if at.value is None else self.wording.number(at.value)

    def facts(self, finding: Finding) -> Mapping[str, str]:
        """The facts of a finding in words, what it is about, and the keywords of the file."""
        own = {name: self._fact(fact, finding.kind) for name, fact in finding.facts.items()}
        subject = self.subject(finding.kind, finding.goal)
        return {**self.keywords, "subject": subject, **own}

    def _fact(self, fact: DiagnosticFact, kind: str) -> str:
        match fact:
            case tuple():
                return self.listed(self._fact(each, kind) for each in fact)
            case WordRef():
                return self._word(fact, kind)
            case int():
                return self.wording.number(fact)
            case _:
                return fact

    def _word(self, fact: WordRef, kind: str) -> str:
        """A level, a member, a number or a goal that a finding names."""
        match fact:
            case WordRef("level", level):
                return self.level(level, kind)
            case WordRef("member", name):
                return f"`{name}`"
            case WordRef("number", number):
                return self.wording.number(Decimal(number))
            case _:
                return self.wording.goal(fact.kind, fact.key)


def check_words(
    language: Language, of_file: str, called: Mapping[str, str] | None = None
) -> CheckWords:
    """The words of checks in "sv" or "en", of a file that has the words of one of them.

    `called` is what goals are called by the file's own words, by their ids. `ValueError` for
    another language.
    """
    found = _check_words(language, of_file)
    return evolve(found, wording=wording(language, called)) if called else found


@lru_cache
def _check_words(language: Language, of_file: str) -> CheckWords:
    """The same without what is called so in a file."""
    texts = catalogue(SUBJECT, language).texts
    return CheckWords(language, texts, wording(language), words(of_file).written)
