"""A comparison with what it quotes of the rule files in words, as a document has it."""

from attrs import evolve

from goalrules.compare.result import Difference, Differences, FactChange, RuleComparison
from goalrules.report.diff.words import DiffWords, diff_words, statement_text


def in_words(found: Differences) -> Differences:
    """A comparison with forms of rule and statements in the language of the new rule file."""
    words = diff_words(found.language, str)
    return evolve(found, goals=tuple(_goal(each, words) for each in found.goals))


def _goal(found: Difference, words: DiffWords) -> Difference:
    return evolve(
        found,
        comparisons=tuple(_comparison(each, words) for each in found.comparisons),
        facts=tuple(_fact(each, words) for each in found.facts),
    )


def _comparison(found: RuleComparison, words: DiffWords) -> RuleComparison:
    gone, added = (
        tuple(evolve(each, form=words.form_text(each.role, each.form)) for each in pieces)
        for pieces in (found.gone, found.added)
    )
    same = tuple(
        evolve(
            each,
            old=words.form_text("count", each.old),
            new=words.form_text("count", each.new),
        )
        for each in found.same
    )
    return evolve(found, gone=gone, added=added, same=same)


def _fact(fact: FactChange, words: DiffWords) -> FactChange:
    old, new = (
        tuple(statement_text(each, words.wording.format) for each in said)
        for said in (fact.old, fact.new)
    )
    return evolve(fact, old=old, new=new)
