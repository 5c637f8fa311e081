"""Influence: in how large a share of the cases of the others a member decides. No probability.

For two levels this is the Banzhaf power of a voter (Banzhaf, "Weighted Voting Doesn't Work",
Rutgers Law Review 19, 1965).
"""

from collections import Counter
from fractions import Fraction

from goalrules.analyse.diagram import FALSE, TRUE, Diagrams


def influences(diagrams: Diagrams, diagram: int) -> list[Fraction]:
    """For each variable the share of the others' cases in which its ends differ in a diagram."""
    holding = {FALSE: 0, TRUE: 1}
    """The cases of the variables from the first that is asked for in which a diagram holds."""

    def after(variable: int, each: int) -> int:
        """The cases of the variables after one in which a diagram holds."""
        return holding[each] * diagrams.cases(variable + 1, diagrams.top(each))

    in_order = _in_order(diagrams, diagram)
    for each in reversed(in_order):
        top = diagrams.top(each)
        holding[each] = sum(after(top, child) for child in diagrams.children(each))
    deciding = [0 for _ in diagrams.sizes]
    ways = Counter({diagram: diagrams.cases(0, diagrams.top(diagram))})
    for each in in_order:
        top, children = diagrams.top(each), diagrams.children(each)
        deciding[top] += ways[each] * (after(top, children[-1]) - after(top, children[0]))
        for child in children:
            ways[child] += ways[each] * diagrams.cases(top + 1, diagrams.top(child))
    cases, sizes = diagrams.cases(), diagrams.sizes
    return [Fraction(number * size, cases) for number, size in zip(deciding, sizes, strict=True)]


def _in_order(diagrams: Diagrams, diagram: int) -> list[int]:
    """The diagrams that are asked for on the way, those that ask for earlier variables first."""
    found: set[int] = set()
    left = [diagram]
    while left:
        each = left.pop()
        if each not in found and diagrams.children(each):
            found.add(each)
            left.extend(diagrams.children(each))
    return sorted(found, key=diagrams.top)
