"""Classes whose methods are made when they are first used are as attrs makes them at once."""

import copy
import inspect
import pickle
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from goalrules.lazily import frozen


def tuple_of(given: Iterable[int]) -> tuple[int, ...]:
    """The numbers that are given."""
    return tuple(given)


@frozen
class Base:
    """A class with what fields can be."""

    kind: ClassVar[str] = "base"
    a: int
    b: str = "b"
    c: tuple[int, ...] = attrs.field(factory=tuple, converter=tuple_of)
    d: int = attrs.field(default=0, kw_only=True, repr=False)
    _e: int = attrs.field(init=False, eq=False)

    @_e.default
    def _twice(self) -> int:
        return 2 * self.a


@frozen
class Wider(Base):
    """A class of it with one field more."""

    f: int = 1


@frozen(eq=False)
class Apart:
    """A class whose instances are equal to themselves alone."""

    a: int


@frozen(kw_only=True)
class Named:
    """A class all of whose fields are named."""

    a: int


@frozen
class Owning:
    """A class that compares by what it says itself, and remembers."""

    a: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Owning)

    def __hash__(self) -> int:
        return 1


@frozen
class Remembering:
    """A class with a value that is kept."""

    a: int

    @cached_property
    def twice(self) -> int:
        """Twice the number."""
        return 2 * self.a


def test_what_is_made_later_is_as_if_it_were_made_at_once() -> None:
    assert list(inspect.signature(Base).parameters) == ["a", "b", "c", "d"]
    one, other = Base(1, c=[1, 2]), Base(1, "b", (1, 2))
    assert (one, hash(one), repr(one)) == (other, hash(other), "Base(a=1, b='b', c=(1, 2), _e=2)")
    assert one != Base(2)
    assert one != object()
    assert attrs.evolve(one, a=3, d=4) == Base(3, c=(1, 2), d=4)
    assert [each.name for each in attrs.fields(Base)] == ["a", "b", "c", "d", "_e"]
    assert attrs.has(Wider)
    assert Base.__match_args__ == ("a", "b", "c")
    match one:
        case Base(1, text):
            assert text == "b"
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - our own
        assert again == one
    assert not hasattr(one, "__dict__")


def test_nothing_can_be_changed() -> None:
    held: Any = Base(1)
    with pytest.raises(FrozenInstanceError):
        held.a = 2
    with pytest.raises(FrozenInstanceError):
        del held.a


def test_options_and_what_a_class_has_itself_are_kept() -> None:
    assert Apart(1) != Apart(1)
    assert repr(Apart(1)).startswith("Apart(")
    assert Wider(1) == Wider(1) != Wider(1, f=2)
    assert repr(Wider(1, f=3)) == "Wider(a=1, b='b', c=(), _e=2, f=3)"
    assert Named.__match_args__ == ()
    assert Named(a=1) == Named(a=1)
    assert Owning(1) == Owning(2)
    assert Remembering(2).twice == 4
    assert Base.kind == "base"
