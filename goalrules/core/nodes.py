"""The core: the two kinds of node that every rule comes down to, and the one fold over them.

Both are monotone: a better level of a member never makes a node false that was true.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Protocol, TypeVar

from attrs import field

from goalrules.core.scales import Scale
from goalrules.core.vocabulary import StepKind, UndefinedIf
from goalrules.document import Variants
from goalrules.lazily import frozen
from goalrules.text.source import NOWHERE, Span


class Form(Variants, tag="form", says="Which form of rule it is."):
    """A form of rule that a node comes from, as the language has it; it does not change a node."""

    __slots__ = ()


@frozen
class Reaches:
    """True if the member is at this level or a better one."""

    member: str
    level: int
    span: Span = field(default=NOWHERE, eq=False)


@frozen
class Part:
    """A node that counts with a whole-number weight.

    `size` is what it adds to the whole that a share is taken of, where that is not its weight.
    A negative weight stands only with a node that is true whenever its member applies.
    """

    node: "Node"
    weight: int = 1
    size: int | None = None

    @property
    def adds(self) -> int:
        """What the part adds to the whole if it applies."""
        return self.weight if self.size is None else self.size


@frozen
class Worth:
    """What a member's levels are worth."""

    member: Annotated[str, "The member's name; `goal` and the id of a goal."]
    weight: Annotated[Decimal, "What the member weighs."]
    points: Annotated[tuple[Decimal, ...], "What each level is worth, worst first."]


@frozen
class AtLeast:
    """True if the true weight is at least `need` + `share` × the size of the parts that apply.

    `strict` asks for more than that (a majority is strictly over one half). `if_empty` is what it
    comes to where no part applies; without it that is open. So it is where fewer than
    `min_applying` parts apply, or where the need lies above what they can have (`undefined_if` is
    "above"; "below" in what stands for a count that does not hold, where the need is then nought;
    or never: "").
    `per` is how many units of weight make one of what is counted. `role`, `form` and `worth` say
    which step of the rule the node is, in which words, and what members are worth; they do not
    change what it means, so they are not compared.
    """

    need: int
    share: Fraction
    parts: tuple[Part, ...]
    strict: bool = False
    if_empty: bool | None = None
    min_applying: int = 0
    undefined_if: UndefinedIf = "above"
    per: int = 1
    role: StepKind = field(default="rule", eq=False)
    form: Form | None = field(default=None, eq=False)
    worth: tuple[Worth, ...] = field(default=(), eq=False)
    span: Span = field(default=NOWHERE, eq=False)
    weights: tuple[int, ...] = field(init=False, eq=False, repr=False)
    """Those of the parts, where they are not all 1."""
    needs: dict[int, tuple[int, Fraction]] = field(init=False, factory=dict, eq=False, repr=False)
    """What is asked of parts of a size, rounded up and exact, for the sizes that were met."""

    @weights.default
    def _of_parts(self) -> tuple[int, ...]:
        weights = tuple(part.weight for part in self.parts)
        return weights if any(weight != 1 for weight in weights) else ()


Node = Reaches | AtLeast

Result = TypeVar("Result")


class Meaning(Protocol[Result]):
    """One use of a rule: what each kind of node comes to, given what its parts came to."""

    def reaches(self, node: Reaches) -> Result:
        """What a member at a level comes to."""

    def at_least(self, node: AtLeast, parts: Sequence[Result]) -> Result:
        """What a count of parts comes to."""


def fold(node: Node, meaning: Meaning[Result]) -> Result:
    """What the node comes to in this meaning, worked out from the members up."""
    if isinstance(node, Reaches):
        return meaning.reaches(node)
    return meaning.at_least(node, [fold(part.node, meaning) for part in node.parts])


def members_of(node: Node) -> Iterator[str]:
    """The members that a node asks for, in its order, each as often as it does."""
    if isinstance(node, Reaches):
        yield node.member
    else:
        for part in node.parts:
            yield from members_of(part.node)


def every(
    parts: Sequence[Node], role: StepKind, form: Form | None = None, span: Span = NOWHERE
) -> AtLeast:
    """True if all of the parts are."""
    return AtLeast(0, Fraction(1), tuple(map(Part, parts)), role=role, form=form, span=span)


def some(
    parts: Sequence[Node], role: StepKind, form: Form | None = None, span: Span = NOWHERE
) -> AtLeast:
    """True if one of the parts is."""
    return AtLeast(1, Fraction(0), tuple(map(Part, parts)), role=role, form=form, span=span)


# A thing that a rule gives a level


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
