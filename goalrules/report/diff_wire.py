"""A comparison of two rule files as JSON: the contract that other tools rely on.

Pieces of rules are text in the language of the new rule file, as the formatter writes them.
"""

from typing import Any

from attrs import asdict

from goalrules.compare.result import (
    Difference,
    Differences,
    FactChange,
    OnOutcomes,
    Piece,
    Rejudged,
    RuleComparison,
    SameCount,
)
from goalrules.report.diff.words import DiffWords, diff_words, statement_text

SCHEMA = "urn:goalrules:diff:1"
"""The name and version of the document; the version grows when a reader has to change."""

Json = dict[str, Any]


def differences_to_dict(found: Differences) -> Json:
    """A comparison as JSON has it."""
    words = diff_words(found.language, str)
    return {
        "schema": SCHEMA,
        "language": found.language,
        "old": asdict(found.old),
        "new": asdict(found.new),
        "changed": found.changed,
        "goals": [_goal(each, words) for each in found.goals],
        "outcomes": _outcomes(found.on_outcomes) if found.on_outcomes else None,
    }


def _goal(difference: Difference, words: DiffWords) -> Json:
    return {
        "old": asdict(difference.old) if difference.old else None,
        "new": asdict(difference.new) if difference.new else None,
        "kind": difference.kind,
        "changed": difference.changed,
        "comparisons": [_comparison(each, words) for each in difference.comparisons],
        "came": [asdict(each) for each in difference.came],
        "went": [asdict(each) for each in difference.went],
        "counted": list(difference.counted),
        "facts": [_fact(each, words) for each in difference.facts],
    }


def _comparison(found: RuleComparison, words: DiffWords) -> Json:
    return {
        "periods": list(found.periods),
        "kind": found.kind,
        "counts": found.counts,
        "by": found.by,
        "met": found.met,
        "members": found.members,
        "of_goals": found.of_goals,
        "rescaled": found.rescaled,
        "outcomes": found.outcomes,
        "transitions": [asdict(each) for each in found.transitions],
        "witnesses": [asdict(each) for each in found.witnesses],
        "gone": [_piece(each, words) for each in found.gone],
        "added": [_piece(each, words) for each in found.added],
        "same": [_same(each, words) for each in found.same],
        "stand_ins": list(found.stand_ins),
        "unless": [asdict(each) for each in found.unless],
    }


def _piece(piece: Piece, words: DiffWords) -> Json:
    text = words.form_text(piece.role, piece.form)
    return {"role": piece.role, "text": text, "need": piece.need, "of": piece.of}


def _same(same: SameCount, words: DiffWords) -> Json:
    old, new = (words.form_text("count", form) for form in (same.old, same.new))
    fewer = None if same.fewer is None else list(same.fewer)
    return {"old": old, "new": new, "need": same.need, "of": same.of, "fewer": fewer}


def _fact(fact: FactChange, words: DiffWords) -> Json:
    writer = words.words.format
    return {
        "code": fact.code,
        "member": asdict(fact.member) if fact.member else None,
        "old": [statement_text(each, writer) for each in fact.old],
        "new": [statement_text(each, writer) for each in fact.new],
    }


def _outcomes(found: OnOutcomes) -> Json:
    return {"period": found.period, "goals": [_rejudged(each) for each in found.goals]}


def _rejudged(each: Rejudged) -> Json:
    return {
        "old": asdict(each.old),
        "new": asdict(each.new) if each.new else None,
        "before": asdict(each.before),
        "after": asdict(each.after) if each.after else None,
        "differs": each.differs,
        "left_out": each.left_out,
    }
