"""The sentence that each thing begins with, and how few small private functions there are.

How long a function or a file may be is not counted: a function is as long as one thought. What is
counted is doors: a private function of three lines with one caller is one more to open.
"""

import ast
import re
from collections.abc import Iterator

from imports import ROOT, script, trees

MOST_SMALL = 60
"""The number of private functions with one caller and at most three lines that there may be."""

VAGUE = re.compile(
    r"\b(handles?|manages?|process(es)?|helpers?|utilit(y|ies)|misc)\b", re.IGNORECASE
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def documented() -> Iterator[tuple[str, ast.Module | ast.ClassDef | Function]]:
    """Every module, and every class and public function at any depth of a class or module."""
    for module, tree in trees().items():
        yield module or "goalrules", tree
        yield from _inside(module, tree)


def _inside(
    place: str, tree: ast.Module | ast.ClassDef
) -> Iterator[tuple[str, ast.ClassDef | Function]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield f"{place}.{node.name}", node
            yield from _inside(f"{place}.{node.name}", node)
        elif isinstance(node, Function) and not node.name.startswith("_"):
            yield f"{place}.{node.name}", node


def test_the_first_line_says_what_the_thing_is() -> None:
    first = {
        place: (ast.get_docstring(node) or "").split("\n\n")[0] for place, node in documented()
    }
    assert [place for place, said in first.items() if not said.endswith((".", ":"))] == []
    assert {place: said for place, said in first.items() if VAGUE.search(said)} == {}


def test_few_private_functions_are_small_and_called_once() -> None:
    doors = script(ROOT / "benchmarks" / "doors.py")
    assert len(doors.small_private()) < MOST_SMALL
