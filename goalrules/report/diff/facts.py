"""What two rule files say differently beside the rules of goals, as lines of text."""

from collections.abc import Iterable

from goalrules.compare.result import FactChange, Said
from goalrules.language.format import Format
from goalrules.language.statements import Target
from goalrules.language.syntax import Name
from goalrules.report.diff.words import DiffWords


def fact_line(fact: FactChange, words: DiffWords) -> str:
    """One thing that is said differently."""
    old, new = (_said(each, words) for each in (fact.old, fact.new))
    member = words.member(fact.member) if fact.member else ""
    return words.say("fact", fact.code, old=old, new=new, member=member)


def _said(said: Iterable[Said], words: DiffWords) -> str:
    """Some statements in the rule's own words, or that nothing is said."""
    texts = [statement_text(each, words.words.format) for each in said]
    return words.own("; ".join(texts)) if texts else words.say("words", "nothing")


def statement_text(said: Said, writer: Format) -> str:
    """A statement of a rule file, or a level, as the formatter writes it."""
    match said:
        case str():
            return writer.place(Name(said))
        case Target():
            return writer.statement(said).removeprefix(f"{writer.words.write('TARGET')} ")
        case _:
            return writer.statement(said)
