"""A thing that a rule gives a level: for each level, the node that says when it is reached."""

from goalrules.core.nodes import AtLeast, every
from goalrules.core.scales import Scale
from goalrules.lazily import frozen


@frozen
class Cap:
    """The best level that there can be unless the node is true."""

    level: int
    node: AtLeast


@frozen
class LevelRule:
    """The levels of a scale from `floor` up, which is always reached but for the caps.

    `reach` holds a node for each level above the floor, worst first; each is true whenever a
    later one is. From the level `met` on, the thing counts as met.
    """

    scale: Scale
    met: int
    floor: int
    reach: tuple[AtLeast, ...]
    caps: tuple[Cap, ...] = ()

    @property
    def meets(self) -> AtLeast | None:
        """The node that says when it is met; None where it always is."""
        return self.at(self.met)

    def at(self, place: int) -> AtLeast | None:
        """The node that says when the level is this one or better; None where it always is."""
        base = self.reach[place - self.floor - 1 :][:1] if place > self.floor else ()
        nodes = [*base, *(cap.node for cap in self.caps if cap.level < place)]
        return every(nodes, "met") if nodes else None
