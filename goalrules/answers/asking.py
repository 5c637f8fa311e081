"""What is asked about a goal, from the words that people ask in to places and keys."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from goalrules.answers.expanded_rule import ExpandedRule, MemberRef
from goalrules.assess.result import GoalTrace
from goalrules.core.vocabulary import LANGUAGES
from goalrules.data.values import LevelWord, read_level
from goalrules.language.keywords import words
from goalrules.text.names import folded


def place_of(goal: GoalTrace, level: str) -> int | None:
    """The place of a level by its name, by its word in either language, or by that for met."""
    by_fold = {folded(each): place for place, each in enumerate(goal.levels)}
    if folded(level) in by_fold:
        return by_fold[folded(level)]
    read = read_level(level)
    if isinstance(read, LevelWord) and read.level in goal.levels:
        return goal.levels.index(read.level)
    meanings = (words(language).meaning(level) for language in LANGUAGES)
    is_met = any(each and each.type == "MET" for each in meanings)
    return goal.levels.index(goal.met) if is_met else None


def names_of(ref: MemberRef) -> tuple[str, str]:
    """What a member can be asked for by: its name, alone and after the goal that it is of."""
    return ref.member.name, f"{ref.goal}/{ref.member.name}"


def keys_of(expanded: ExpandedRule, names: Iterable[str]) -> frozenset[str]:
    """The keys of the members that some names stand for."""
    folds = {folded(name) for name in names}
    return frozenset(
        key
        for key, ref in expanded.refs.items()
        if folds & {folded(name) for name in names_of(ref)}
    )


def costs_of(expanded: ExpandedRule, costs: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The costs of members by their keys; the name after a goal goes before the name alone."""
    found: dict[str, Decimal] = {}
    for name in sorted(costs, key=lambda each: "/" in each):
        found |= dict.fromkeys(keys_of(expanded, [name]), costs[name])
    return found
