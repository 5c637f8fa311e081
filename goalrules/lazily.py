"""Frozen attrs classes of which the methods are made when they are first used.

Attrs writes and compiles the methods of each class, which was a third of every start; and most
classes are not met in one call of the command. So a class has its slots at once, and the methods
that attrs gives it when it is first made, compared, hashed, shown or asked for its fields.
"""

from functools import cached_property, partial
from inspect import get_annotations, signature
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, get_origin

import attrs
from attrs.exceptions import FrozenInstanceError

__all__ = ["frozen"]

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls=None, **options):  # noqa: ANN001, ANN003, ANN201 - it has the types of attrs
        """`attrs.frozen`, with the methods made when they are first used."""
        if cls is None:
            return partial(frozen, **options)
        waits = options.keys() <= WITH and _can_wait(cls)
        return _Waiting(cls, options).made if waits else attrs.frozen(cls, **options)


WITH = frozenset({"eq", "kw_only"})
OWN = frozenset({"__eq__", "__hash__", "__init__", "__setattr__", "__getstate__", "__setstate__"})
"""The options that a class can be made later with, and the methods that it cannot have then."""


def _can_wait(cls: type) -> bool:
    """Whether nothing of a class, or of its bases, is upset when it is made again."""
    body = vars(cls)
    upset = [
        each
        for each in body.values()
        if isinstance(each, cached_property)
        or (isinstance(each, FunctionType) and "__class__" in each.__code__.co_freevars)
    ]
    told = any("__init_subclass__" in vars(base) for base in cls.__mro__[1:-1])
    return not (upset or told or OWN & body.keys())


_Field: Any = type(attrs.field())
_OF_PLAIN = frozenset({"__dict__", "__weakref__"})
"""What a class has where it has no slots."""


def _refuse_change(self: object, name: str, *_: object) -> NoReturn:  # noqa: ARG001 - as Python calls it
    raise FrozenInstanceError


def _state(self: Any) -> dict[str, object]:  # noqa: ANN401 - an instance of any class
    return {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}


def _take_state(self: object, state: dict[str, object]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)


_FROZEN = {
    "__setattr__": _refuse_change,
    "__delattr__": _refuse_change,
    "__getstate__": _state,
    "__setstate__": _take_state,
}


class _OnClass:
    """What a class is asked for that is known when it can make instances."""

    def __init__(self, waiting: "_Waiting", name: str) -> None:
        self.waiting, self.name = waiting, name

    def __get__(self, _instance: object, _owner: object) -> object:
        return getattr(self.waiting.with_init(), self.name)


class _Waiting:
    """A class as it was written, and the one with slots that is `made` of it."""

    def __init__(self, cls: type, options: dict[str, bool]) -> None:
        self.options, self.bases = options, cls.__bases__
        self.body = {key: each for key, each in vars(cls).items() if key not in _OF_PLAIN}
        self.body["__qualname__"] = cls.__qualname__
        hints: dict[str, Any] = get_annotations(cls)
        of_class: Any = ClassVar
        own = [name for name, hint in hints.items() if get_origin(hint) is not of_class]
        held = {each for base in cls.__mro__[1:-1] for each in getattr(base, "__slots__", ())}
        slots = (*own, "__weakref__")
        self.made: Any = type(cls)(
            cls.__name__,
            cls.__bases__,
            {
                **self._methods(),
                "__match_args__": (*getattr(cls, "__match_args__", ()), *self._by_place(own)),
                **{key: each for key, each in self.body.items() if key not in own},
                "__slots__": tuple(each for each in slots if each not in held),
                **_FROZEN,
            },
        )

    def _by_place(self, own: list[str]) -> list[str]:
        """The fields that are given by their place."""
        if self.options.get("kw_only"):
            return []
        said = {name: self.body[name] for name in own if type(self.body.get(name)) is _Field}
        by_name = {name for name, each in said.items() if each.kw_only or not each.init}
        return [name for name in own if name not in by_name]

    def _methods(self) -> dict[str, object]:
        """What stands in the place of each method until it is made."""

        def __init__(self: object, *given: object, **named: object) -> None:  # noqa: N807
            waiting.with_init().__init__(self, *given, **named)

        def __repr__(self: object) -> str:  # noqa: N807
            return str(waiting.with_rest().__repr__(self))

        def __eq__(self: object, other: object) -> object:  # noqa: N807
            return waiting.with_rest().__eq__(self, other)

        def __hash__(self: object) -> int:  # noqa: N807
            return int(waiting.with_rest().__hash__(self))

        waiting = self
        compared = {"__eq__": __eq__, "__hash__": __hash__} if self.options.get("eq", True) else {}
        return {
            "__attrs_attrs__": _OnClass(self, "__attrs_attrs__"),
            "__signature__": _OnClass(self, "__signature__"),
            "__init__": __init__,
            "__repr__": __repr__,
            **compared,
        }

    def with_init(self) -> Any:  # noqa: ANN401 - a class, of which attrs says nothing
        """The class when it can make instances, and knows its fields."""
        found = self._by_attrs({"eq": False, "repr": False})
        self.made.__attrs_attrs__ = found.__attrs_attrs__
        self.made.__signature__ = signature(found)
        self.made.__init__ = found.__init__
        return self.made

    def with_rest(self) -> Any:  # noqa: ANN401 - as above
        """The class when its instances can be compared, hashed and shown."""
        found = self._by_attrs({})
        for name in ("__repr__", "__eq__", "__hash__"):
            if name in vars(found):
                setattr(self.made, name, vars(found)[name])
        return self.made

    def _by_attrs(self, options: dict[str, bool]) -> Any:  # noqa: ANN401 - as above
        """The class as attrs makes it."""
        plain = type(self.made)(self.made.__name__, self.bases, dict(self.body))
        by_attrs: Any = attrs.frozen
        return by_attrs(plain, **(self.options | options))
