"""Tokens to a tree, by a table of shifts and reductions that was worked out of a grammar before.

Only what the one grammar needs is here. The table is data that comes with the package, so that
reading rules neither works it out again nor imports what works it out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self, TypeAlias, cast

END = "$END"
"""The type of the token that stands for the end of what is read."""


class Token(str):
    """A word or a sign with its type and its place: offsets, and lines and columns from 1.

    `level` is the level that it is where it stands for one, as its scale has it; empty for none.
    """

    __slots__ = (
        "column", "end_column", "end_line", "end_pos", "level", "line", "start_pos", "type",
    )  # fmt: skip

    type: str
    level: str
    start_pos: int
    line: int
    column: int
    end_line: int
    end_column: int
    end_pos: int

    def __new__(  # noqa: PLR0913, PLR0917 - a place has as many parts
        cls, value: str, type_: str = "", start_pos: int = 0, line: int = 1, column: int = 1,
        end_line: int = 1, end_column: int = 1, end_pos: int = 0,
    ) -> Self:  # fmt: skip
        """The word, with what is known of it."""
        token = super().__new__(cls, value)
        token.type, token.start_pos, token.end_pos, token.level = type_, start_pos, end_pos, ""
        token.line, token.column = line, column
        token.end_line, token.end_column = end_line, end_column
        return token

    def update(self, type_: str, value: str) -> "Token":
        """A token of another type and with another word at the same place."""
        return Token(
            value, type_, self.start_pos, self.line, self.column, self.end_line, self.end_column,
            self.end_pos,
        )  # fmt: skip


class Tree:
    """What a rule of the grammar was read from: its name, its parts, its first and last token.

    `outer` are those of all that was read, where a rule only passed the tree on: as the brackets
    around it.
    """

    __slots__ = ("children", "data", "first", "last", "outer")

    def __init__(self, data: str, children: "Sequence[Node]", first: Token, last: Token) -> None:
        self.data, self.children = data, children
        self.first, self.last, self.outer = first, last, (first, last)

    def subtrees(self) -> "Iterator[Tree]":
        """The tree, and those in it."""
        yield self
        for each in self.children:
            if isinstance(each, Tree):
                yield from each.subtrees()


Node: TypeAlias = Tree | Token


class UnexpectedTokenError(Exception):
    """A token with which what was read cannot go on, and the state in which it was met."""

    def __init__(self, token: Token, state: int) -> None:
        super().__init__(f"{token!r} ({token.type}) in state {state}")
        self.token, self.state = token, state


class Reduction(NamedTuple):
    """A rule of the grammar, by which what was read last is one part of something else.

    `origin` is what it is a rule of and `size` how many parts it has; `data` names its tree. Of the
    parts `kept` are in the tree, each by its place and whether it is its own parts that are; a rule
    that `passes` has no tree where that is one part.
    """

    origin: str
    data: str
    size: int
    kept: tuple[tuple[int, bool], ...]
    passes: bool

    def node(self, parts: Sequence[Node]) -> Node:
        """What the parts are together."""
        children: list[Node] = []
        for at, inlined in self.kept:
            part = parts[at]
            if inlined and isinstance(part, Tree):
                children += part.children
            else:
                children.append(part)
        first, last = _outer(parts[0])[0], _outer(parts[-1])[1]
        if not self.passes or len(children) != 1:
            return Tree(self.data, children, first, last)
        only = cast(Tree, children[0])  # a rule that passes it on is of no word alone
        only.outer = first, last
        return only


def _outer(node: Node) -> tuple[Token, Token]:
    return node.outer if isinstance(node, Tree) else (node, node)


class ParseTable(NamedTuple):
    """Where each type of token leads from each state: to a state, or (below 0) to a reduction.

    `starts` and `ends` are the states in which what can be read begins, and is read.
    """

    starts: Mapping[str, int]
    ends: Mapping[str, int]
    reductions: tuple[Reduction, ...]
    states: tuple[Mapping[str, int], ...]

    def parse(self, tokens: Iterable[Token], start: str) -> Node:
        """The tree of some tokens; `UnexpectedTokenError` where there is none."""
        nodes: list[Node] = []
        states = self._read(tokens, start, nodes)
        if not self._leads_on(states, END, start, nodes):
            raise UnexpectedTokenError(Token("", END), states[-1])
        return nodes[-1]

    def accepted(self, tokens: Iterable[Token], start: str) -> frozenset[str]:
        """The types of token that may follow some that can be read; "$END" where they may be all.

        Raises:
            UnexpectedTokenError: they cannot be read.
        """
        states = self._read(tokens, start, [])
        types = filter(str.isupper, self.states[states[-1]])
        return frozenset(each for each in types if self._leads_on(states.copy(), each, start, None))

    def _read(self, tokens: Iterable[Token], start: str, nodes: list[Node]) -> list[int]:
        """The states after some tokens, of which the nodes are added."""
        states = [self.starts[start]]
        for token in tokens:
            if not self._leads_on(states, token.type, start, nodes):
                raise UnexpectedTokenError(token, states[-1])
            states.append(self.states[states[-1]][token.type])
            nodes.append(token)
        return states

    def _leads_on(
        self, states: list[int], type_: str, start: str, nodes: list[Node] | None
    ) -> bool:
        """Whether a type of token can follow, after all that is reduced before it."""
        while (state := self.states[states[-1]].get(type_)) is not None and state < 0:
            rule = self.reductions[~state]
            del states[-rule.size :]
            if nodes is not None:
                nodes[-rule.size :] = [rule.node(nodes[-rule.size :])]
            states.append(self.states[states[-1]][rule.origin])
            if type_ == END and states[-1] == self.ends[start]:
                return True
        return state is not None
