"""The size of things, and the sentence that each begins with.

A function is as long as the lines of its body that hold code: its docstring, blank lines and
lines with nothing but a comment are not counted; the functions inside it are. A file is as
long as its lines that are not blank.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from imports import ROOT, trees

MEDIAN, MOST, LONGEST = 6, 20, 40
SHARE_OF_MOST = 0.9
LONGEST_FILE = 300

FILES = sorted(path for folder in ("goalrules", "tests") for path in (ROOT / folder).rglob("*.py"))
VAGUE = re.compile(
    r"\b(handles?|manages?|process(es)?|helpers?|utilit(y|ies)|misc)\b", re.IGNORECASE
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function, list[str]]]:
    """Each function of the package: its place, its tree, and the lines of its file."""
    for module, tree in trees().items():
        lines = (ROOT / "goalrules" / _path(module)).read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{module}.{node.name}", node, lines


def _path(module: str) -> Path:
    """The file of a module."""
    folder = Path(*module.split("."))
    whole = folder / "__init__.py"
    return whole if (ROOT / "goalrules" / whole).is_file() else folder.with_suffix(".py")


def length(function: Function, lines: list[str]) -> int:
    """The lines of code in the body of a function."""
    said = ast.get_docstring(function) is not None
    body = function.body[1:] if said else function.body
    if not body:
        return 0
    inside = lines[body[0].lineno - 1 : function.end_lineno]
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in inside)


def test_functions_are_short() -> None:
    lengths = {name: length(node, lines) for name, node, lines in functions()}
    longer = {name: size for name, size in lengths.items() if size > MOST}
    assert {name: size for name, size in longer.items() if size > LONGEST} == {}
    assert median(lengths.values()) <= MEDIAN
    assert len(longer) <= (1 - SHARE_OF_MOST) * len(lengths), longer


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum(bool(line.strip()) for line in lines) <= LONGEST_FILE


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
