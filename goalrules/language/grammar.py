"""The one grammar, made into a parser of tokens in whichever human language.

The table of the parser is worked out by Lark. It comes with the package as data, and is worked out
anew where it is not that of the grammar and the keywords beside it, as while they are changed.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args
from zlib import crc32

from goalrules.language.lalr import Node, ParseTable, Reduction, Token
from goalrules.limits import stepping
from goalrules.resources import read_table, read_text
from goalrules.text.languages import LANGUAGES

if TYPE_CHECKING:
    from lark import Lark
    from lark.grammar import Rule

GRAMMAR = "grammar/goalrules.lark"
TABLE = "grammar/goalrules.table.json"

Start = Literal["sentence", "condition"]


def parse_tokens(tokens: Iterable[Token], start: Start) -> Node:
    """The tree of a sentence or a condition; `UnexpectedTokenError` where there is none."""
    return _table().parse(stepping(tokens), start)


def accepted(tokens: Sequence[Token], start: Start) -> frozenset[str]:
    """The types of token that may follow these; "$END" where they may be all."""
    return _table().accepted(stepping(tokens), start)


@lru_cache
def leads() -> frozenset[str]:
    """The types of token that can begin a sentence."""
    return accepted((), "sentence")


def declaring(rules: str) -> str:
    """The rules of a grammar, with a terminal for each keyword of the tables."""
    keywords = read_table(f"grammar/{LANGUAGES[0]}.toml")["keywords"]
    return f"{rules}%declare {' '.join(keywords)}\n"


@lru_cache
def _table() -> ParseTable:
    text = declaring(read_text(GRAMMAR))
    kept = json.loads(read_text(TABLE))
    return table_of(kept if kept["made_of"] == crc32(text.encode()) else worked_out(text))


def table_of(kept: Mapping[str, Any]) -> ParseTable:
    """The table that is kept in a document."""
    reductions = [
        Reduction(origin, data, size, tuple((at, bool(inlined)) for at, inlined in parts), passes)
        for origin, data, size, parts, passes in kept["reductions"]
    ]
    return ParseTable(kept["starts"], kept["ends"], tuple(reductions), tuple(kept["states"]))


# The table worked out


def built(text: str) -> "Lark":
    """The parser that Lark makes of a grammar; a form that can be read in two ways is an error."""
    from lark import Lark  # noqa: PLC0415 - it takes as long to import as rules to be read
    from lark.lexer import Lexer  # noqa: PLC0415

    class GivenTokens(Lexer):
        """Tokens that were read before, passed on as they are."""

        def __init__(self, _conf: object) -> None:
            """Need nothing of the grammar's configuration."""

        def lex(self, data: Any, _state: object = None) -> Iterator[Any]:  # noqa: ANN401 - as Lark has it
            """The tokens themselves."""
            return iter(data)

    return Lark(
        text, parser="lalr", lexer=GivenTokens, start=list(get_args(Start)), strict=True,
        maybe_placeholders=False,
    )  # fmt: skip


def worked_out(text: str) -> dict[str, Any]:
    """The document that holds the table of a grammar."""
    made = built(text)
    frontend: Any = made.parser
    table = frontend.parser._parse_table  # noqa: SLF001 - else it is told in Lark's own form alone
    rules = {rule: ~number for number, rule in enumerate(made.rules)}
    numbers = _numbers(
        {
            number: {name: to for name, (_, to) in sorted(state.items())}
            for number, state in table.states.items()
        },
        (table.start_states[start] for start in get_args(Start)),
    )
    return {
        "made_of": crc32(text.encode()),
        "starts": {name: numbers[state] for name, state in sorted(table.start_states.items())},
        "ends": {name: numbers[state] for name, state in sorted(table.end_states.items())},
        "reductions": [_reduction(rule) for rule in made.rules],
        "states": [
            {
                name: numbers[to] if to in numbers else rules[to]
                for name, (_, to) in sorted(table.states[state].items())
            }
            for state in numbers
        ],
    }


def _numbers(states: Mapping[int, Mapping[str, object]], starts: Iterable[int]) -> dict[int, int]:
    """Numbers of states in the order in which they are reached: Lark's differ from run to run."""
    found = dict.fromkeys(starts)
    waiting = deque(found)
    while waiting:
        for to in states[waiting.popleft()].values():
            if isinstance(to, int) and to not in found:
                found[to] = None
                waiting.append(to)
    return {state: number for number, state in enumerate(found)}


def _reduction(rule: "Rule") -> tuple[str, str, int, list[tuple[int, int]], bool]:
    """A rule of the grammar, as `lalr.Reduction` has it."""
    symbols: Sequence[Any] = rule.expansion
    kept = [
        (at, int(not each.is_term and each.name.startswith("_")))
        for at, each in enumerate(symbols)
        if rule.options.keep_all_tokens or not (each.is_term and each.filter_out)
    ]
    passes = rule.options.expand1 and not rule.alias
    origin = str(rule.origin.name)
    return origin, rule.alias or origin, len(rule.expansion), kept, passes
