"""What two rule files say differently beside the rules of goals, as lines of text."""

from collections.abc import Iterable

from goalrules.compare.result import Fact
from goalrules.language import statements as st
from goalrules.language.format import FACTS, Format
from goalrules.language.format_indicator import OfIndicator, format_of_indicator
from goalrules.language.format_rule import clause_text, members_text
from goalrules.language.syntax import Name
from goalrules.report.diff_words import DiffWords


def fact_line(fact: Fact, words: DiffWords) -> str:
    """One thing that is said differently."""
    old, new = (_said(each, words) for each in (fact.old, fact.new))
    member = words.member(fact.member) if fact.member else ""
    return words.say("fact", fact.code, old=old, new=new, member=member)


def _said(said: Iterable[object], words: DiffWords) -> str:
    """Some statements in the rule's own words, or that nothing is said."""
    texts = [statement_text(each, words.words.format) for each in said]
    return words.own("; ".join(texts)) if texts else words.say("words", "nothing")


def statement_text(said: object, writer: Format) -> str:
    """A statement of a rule file, or a level, as the formatter writes it."""
    match said:
        case str():
            return writer.place(Name(said))
        case st.Target():
            return format_of_indicator(said, writer).removeprefix(
                f"{writer.words.write('TARGET')} "
            )
        case st.Remark():
            return clause_text(said, writer)
        case st.Points() | st.Policy() | st.Requires():
            return members_text(said, writer)
        case st.Stating(fact, claimed):
            write = writer.words.write
            return f"{write(FACTS[fact.name])} {write('CLAIMED' if claimed else 'ASKED')}"
        case _ if isinstance(said, OfIndicator):
            return format_of_indicator(said, writer)
        case _:
            raise TypeError(f"no statement of a rule file: {said!r}")
