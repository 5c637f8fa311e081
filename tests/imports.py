"""The modules of the package as the tests read them: their trees, and what each imports."""

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "goalrules"
PREFIX = "goalrules."


@cache
def trees() -> Mapping[str, ast.Module]:
    """The tree of each module, by its name within the package; "" is the package itself."""
    return {
        _name(path): ast.parse(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """The room that a module lies in: its folder, or the module itself at the top level."""
    return module.split(".", maxsplit=1)[0]


@cache
def inner(module: str) -> frozenset[str]:
    """The modules of the package that a module imports."""
    return frozenset(
        name.removeprefix(PREFIX).removeprefix("goalrules")
        for name in _imported(trees()[module])
        if room(name) == "goalrules"
    )


@cache
def outer(module: str) -> frozenset[str]:
    """The modules from elsewhere that a module imports."""
    return frozenset(
        name.removesuffix(".*") for name in _imported(trees()[module]) if room(name) != "goalrules"
    )


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(source), names=names, level=0):
                yield from (_source(source, each.name) for each in names)
            case ast.ImportFrom():
                raise AssertionError("relative imports hide the rooms from the reader")
            case _:
                continue


def _source(source: str, name: str) -> str:
    """The module that a name is imported from, which may be the name itself."""
    whole = f"{source}.{name}"
    return whole if whole.removeprefix(PREFIX) in trees() else source


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a tree, and the last name of what it calls."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                yield name, node
            case _:
                continue


def script(path: Path) -> ModuleType:
    """A script of the project, such as a benchmark, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
