"""Mappings that cannot be changed: what is handed out can be shared, hashed, copied and pickled."""

from collections.abc import Iterator, Mapping
from typing import TypeVar, cast

Key = TypeVar("Key")
Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - a value is a value


class FrozenMap(Mapping[Key, Value]):
    """A mapping that stays as it was made, in that order; it is equal to any mapping of the same.

    It has a hash where all that it holds has one.
    """

    __slots__ = ("_held",)

    def __init__(self, given: Mapping[Key, Value]) -> None:
        self._held = dict(given)

    def __getitem__(self, key: Key) -> Value:
        return self._held[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    def __repr__(self) -> str:
        return repr(self._held)

    def __reduce__(self) -> tuple[type["FrozenMap[Key, Value]"], tuple[dict[Key, Value]]]:
        return FrozenMap, (dict(self._held),)


def frozen_map(given: Mapping[Key, Value]) -> FrozenMap[Key, Value]:
    """A mapping as one that cannot be changed: itself where it is one already."""
    known = type(given) is FrozenMap  # to ask by `isinstance` takes long of what is made a million
    return cast("FrozenMap[Key, Value]", given) if known else FrozenMap(given)
