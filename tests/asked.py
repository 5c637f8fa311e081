"""Questions about rules in short: outcomes as letters, and ways as they read."""

from oracle.analysis_engine import query_of
from oracle.engine import inside

import goalrules
from goalrules.analyse.minimal_sets import MinimalSets, SetFamily
from goalrules.analyse.rule_query import RuleQuery
from goalrules.core.scales import COLOURS

OUTCOMES = {
    "r": "red",
    "y": "yellow",
    "g": "green",
    "~": "red–yellow",
    "?": None,
    "-": "not applicable",
}
NAMES = "abcdefghijklmnopqrstuvwxyz"
RED, YELLOW, GREEN = range(3)


def query_on(rule: str, letters: str) -> RuleQuery:
    """What questions about a rule are asked of, where its members a, b, c … have these outcomes."""
    outcomes = {name: OUTCOMES[each] for name, each in zip(NAMES, letters, strict=False)}
    return query_of(inside(goalrules.rule(rule, list(outcomes))), outcomes)


def told(found: MinimalSets) -> list[str]:
    """Each family of ways: so many of which members to which level, and how many ways that is."""
    return [f"{_moves(way)}: {way.sets}" for way in found.families]


def _moves(way: SetFamily) -> str:
    moves = (
        f"{each.number} of {''.join(each.group)} {COLOURS.levels[each.to]}" for each in way.moves
    )
    return ", ".join(moves) or "nothing"
