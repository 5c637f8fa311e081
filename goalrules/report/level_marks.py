"""How a level is marked so that its place on its scale is seen without colour.

The three colours are known by their names. A level that is a number tells its place itself. Any
other has a dot for each level of its scale, filled up to its own: `delvis ●●○○`.
"""

from collections.abc import Sequence

from goalrules.core.scales import COLOURS


def level_mark(level: str, levels: Sequence[str]) -> str:
    """The dots of a level; nothing for one that tells its place itself."""
    if tuple(levels) == COLOURS.levels or level.isdecimal():
        return ""
    filled = levels.index(level) + 1
    return "●" * filled + "○" * (len(levels) - filled)
