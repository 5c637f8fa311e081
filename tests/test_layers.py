"""What may import what, and what is absent from the package: the invariants of architecture.md."""

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

import pytest
from cases import on_every
from imports import ROOT, calls, inner, outer, room, trees

ROOMS: Mapping[str, str] = {
    "frozen": "",
    "document": "frozen versions",
    "lazily": "",
    "limits": "",
    "versions": "",
    "text": "frozen document resources limits",
    "resources": "",
    "files": "",
    "core": "document text",
    "language": "document text resources core versions limits",
    "data": "frozen text resources core limits",
    "analyse": "core limits",
    "assess": "frozen document text core analyse language data limits",
    "answers": "frozen document text core analyse language data assess limits",
    "lint": "frozen document text core analyse language data assess limits",
    "compare": "frozen document text core analyse language data assess limits",
    "report": "resources text core language data assess answers lint compare",
    "refusal": "frozen document text report limits",
    "bounded": "text limits refusal",
    "template": "text core language data assess report refusal",
    "answer": "document text answers report",
    "checked": "document text core assess lint report answer",
    "questions": "frozen text core analyse assess answers refusal answer limits",
    "results": "frozen document text core assess report refusal questions limits bounded answer",
    "year": "document text data assess report results answer",
    "units": "frozen document text data assess report refusal results answer",
    "goals": "frozen text core language",
    "reading": "assess text core language data lint files refusal limits bounded",
    "api": "frozen text core analyse language data assess answers lint compare report refusal"
    " checked results year units template goals reading limits bounded answer",
    "comparison": "document text language data compare report refusal api limits bounded answer",
    "types": "frozen text core data assess answers lint compare questions reading refusal"
    " api comparison limits",
    "commands": "document text core analyse language data assess answers lint compare report files"
    " versions limits refusal checked results reading api comparison units",
    "cli": "report commands",
    "__main__": "cli",
    "": "versions document limits text refusal checked goals answer reading api results year"
    " comparison units",
}
"""What each room may import beside itself; "" is the package's own `__init__`."""

RESULTS = frozenset(
    {
        "assess.result",
        "assess.year_result",
        "assess.input_account",
        "assess.data_check_result",
        "assess.units_result",
        "answers.result",
        "answers.influence_result",
        "lint.result",
        "compare.result",
        "compare.outcome_changes_result",
    }
)
"""All that the reports know of how an assessment, an answer, a check or a comparison is made."""

MADE = ("assess", "answers", "lint", "compare")
"""The rooms in which they are made."""

LANGUAGE = """
    keywords lalr grammar syntax statements tokens mistakes build parser plan years gather taken
    levels naming lower validate_rules validate_tables validate_indicators validate_years
    other_readings validate
    read format
""".split()
"""The stages of the language in order: each knows only those before it."""

AT_THE_EDGE = ("files", "resources", "cli", "commands.output", "__main__", "report.catalogue")
"""The rooms and modules that open files, print, or read what comes with the package."""

OUTSIDE = frozenset(
    """
    asyncio atexit builtins codeop ctypes ftplib glob http importlib.resources io logging
    mmap multiprocessing os pathlib platform select selectors shutil signal smtplib socket
    socketserver sqlite3 ssl subprocess sys tempfile threading urllib urllib.request
    webbrowser
    """.split()
)
"""The modules of the library that reach the world outside a calculation."""

IN_MEMORY = ("data.xlsx_package", "template.workbook")
"""The modules that take bytes for a file, and open no more than the parts packed in it."""

BY_ADDRESS = ("data.arrow",)
"""The module that reads columns of other libraries where these hold them in memory."""

FOR_NAMES_OF_FILES = {"PathLike", "fspath"}
"""What `api` uses of `os`: a path that it is given, as text."""

UNSTEADY = frozenset("datetime.now locale random time uuid secrets zoneinfo".split())
UNSAFE = frozenset("code marshal pickle shelve dill cloudpickle".split())
NEVER_CALLED = frozenset("__import__ compile eval exec setrecursionlimit".split())
CLOCKS = frozenset("now today utcnow monotonic perf_counter".split())
PRINTS = frozenset("breakpoint input open print".split())

MODULES = sorted(trees())
on_every_module = on_every(MODULES, at_least=150)


# Who may know whom


def test_the_architecture_page_tells_the_same_of_the_rooms() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("| room | holds | may import |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:]]
    told = {room_[1:-1]: re.findall(r"`(\w+)`", imports) for _, room_, _, imports, _ in rows}
    assert set(told) == ROOMS.keys() - {"", "__main__"}
    in_words = {"answers", "lint", "compare", "report", "api", "commands"}
    assert {name: set(each) for name, each in told.items() if name not in in_words} == {
        name: set(ROOMS[name].split()) for name in told if name not in in_words
    }


@on_every_module
def test_a_module_lies_in_a_room_that_is_known(module: str) -> None:
    assert room(module) in ROOMS, "give the new room its place in ROOMS and in architecture.md"


@on_every_module
def test_a_room_imports_only_those_below_it(module: str) -> None:
    own = room(module)
    allowed = {own, "lazily", *ROOMS[own].split()}
    assert {name for name in inner(module) if room(name) not in allowed} == set()


@on_every_module
def test_nobody_imports_the_command_line(module: str) -> None:
    assert module == "__main__" or "cli" not in inner(module)


@on_every_module
def test_a_report_knows_results_and_not_how_they_are_made(module: str) -> None:
    if room(module) == "report":
        assert {name for name in inner(module) if room(name) in MADE} <= RESULTS


def test_the_stages_of_the_language_stand_in_order() -> None:
    found = [name.removeprefix("language.") for name in MODULES if name.startswith("language.")]
    assert sorted(found) == sorted(LANGUAGE), "a new stage has a place in LANGUAGE"
    for at, stage in enumerate(LANGUAGE):
        known = {name for name in inner(f"language.{stage}") if room(name) == "language"}
        assert known <= {f"language.{each}" for each in LANGUAGE[:at]}, stage


def test_the_stages_of_the_language_are_told_in_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("| stage | holds |")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == LANGUAGE


def test_the_grammars_parser_is_known_in_the_language_alone() -> None:
    assert {name for name in MODULES if "lark" in map(room, outer(name))} == {"language.grammar"}


def test_no_modules_import_each_other_in_a_ring() -> None:
    graph = {name: inner(name) - {name} for name in MODULES}
    assert set(TopologicalSorter(graph).static_order()) == set(MODULES)


# What is absent


@on_every_module
def test_only_the_edge_reaches_outside(module: str) -> None:
    if {module, room(module)} & set(AT_THE_EDGE):
        return
    allowed = {"os"} if module in ("api", "reading") else {"io"} if module in IN_MEMORY else set()
    allowed = {"ctypes"} if module in BY_ADDRESS else allowed
    assert outer(module) & OUTSIDE <= allowed
    opened = {"open"} if module in IN_MEMORY else set()
    assert {name for name, _ in calls(trees()[module])} & PRINTS <= opened


@pytest.mark.parametrize("module", IN_MEMORY)
def test_what_is_packed_stays_in_memory(module: str) -> None:
    imports = [node for node in ast.walk(trees()[module]) if isinstance(node, ast.ImportFrom)]
    assert {name.name for node in imports if node.module == "io" for name in node.names} == {
        "BytesIO"
    }
    opened = [call.func for name, call in calls(trees()[module]) if name == "open"]
    assert all(isinstance(each, ast.Attribute) for each in opened)


def test_the_api_takes_only_the_name_of_a_path_from_the_system() -> None:
    assert set(_attributes(trees()["api"], "os")) <= FOR_NAMES_OF_FILES


@on_every_module
def test_no_clock_and_no_chance(module: str) -> None:
    if module == "files":  # the name of a temporary file is drawn
        return
    clock = {"time"} if module == "limits" else set()  # read where there is a deadline
    assert outer(module) & UNSTEADY == clock
    assert ({name for name, _ in calls(trees()[module])} & CLOCKS != set()) == bool(clock)


@on_every_module
def test_nothing_is_run_or_unpickled(module: str) -> None:
    called = [
        name
        for name, call in calls(trees()[module])
        if name in NEVER_CALLED and not _is_pattern(call)
    ]
    assert called == []
    assert outer(module) & UNSAFE == set()


@on_every_module
def test_lark_keeps_no_cache_on_disk(module: str) -> None:
    kept = [
        keyword.arg
        for _, call in calls(trees()[module])
        for keyword in call.keywords
        if keyword.arg == "cache" and not _is(keyword.value, value=False)
    ]
    assert kept == []


@on_every_module
def test_tabulate_never_reads_numbers(module: str) -> None:
    for name, call in calls(trees()[module]):
        if name == "tabulate":
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            assert "disable_numparse" in given
            assert _is(given["disable_numparse"], value=True)


def _is_pattern(call: ast.Call) -> bool:
    """Whether a call is `re.compile`, which compiles a pattern and not code."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "compile"


def _is(node: ast.expr, *, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _attributes(tree: ast.AST, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name == module:
                yield attribute
            case _:
                continue
