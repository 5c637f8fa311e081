"""How many functions and files one question takes a reader through, and what an addition costs.

These are sizes and not times: the same Python counts the same on every machine.

**Functions and modules run.** Each question is asked in a fresh Python of its own. What it needs
beforehand (importing the package; reading the rules before judging; judging, and putting together
what was found on the way, before explaining) is done first and is not counted; nothing else has
been run. Judging stands in three rows. "make the rules ready" is what depends on the rules alone
and is done once for a rule set and a period (`RuleSet.compile`): the plan of the year, the names,
the rule of each goal. "judge a goal" is judging where that is done, with the diagram that its first
verdict takes; "ready the rules and judge" is both, as one who reads all of it would count.

A function is counted once, by its code (file, name, first line), and a module if one of its
functions was run. Comprehensions, lambdas and generator expressions are counted apart. The deepest
stack, and the frames that stand before the first node of the core is evaluated, are frames of the
package, these among them (from Python 3.12 on, comprehensions have none of their own).

**Places of an addition.** `ADDITIONS` names one thing of each kind that is there already. A place
is one of these, wherever it stands:

- a file that is named after it, or lies in a folder that is, whatever is in it;
- elsewhere in the code a function, a method, a field, the head of a class, an assignment, or one
  entry of a table that is assigned, in which one of its names stands as an identifier (leading
  underscores aside) or as a whole string; imports and docstrings are not counted, and what stands
  inside a function, or a class that is named so itself, belongs to that;
- a line of a TOML table, of the grammar or of a Markdown table that holds one of its names or
  words.

Tests, golden pages, decisions and the changelog are left out. What gives the thing its meaning
(works it out, checks it, tells of it) is listed apart from what reads and writes it, by the
patterns in that table, and so are the pages.

**Small private functions.** A function or method whose name begins with one `_`, to which its
module refers once, and whose body without its docstring has at most three lines of code.
"""

import argparse
import ast
import copy
import inspect
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import FrameType

from attrs import define, field, frozen
from tabulate import tabulate

import goalrules

PACKAGE = Path(goalrules.__file__).resolve().parent
ROOT = PACKAGE.parent
LAZILY = str(PACKAGE / "lazily.py")

RULES = """goalrules 1 sv
plan "P"
gäller 2025
mål 1 "M"
indikator a
indikator b
indikator c
grön när minst 2 av 3 är gröna
gul när minst 1 är grön
"""
OUTCOMES = {"a": "grön", "b": "röd", "c": "gul"}

NODES = ("reaches", "at_least")
"""The functions of the room `core` of which each evaluates one kind of node."""

FEW_LINES = 3
NOTHING = "(?!)"


@frozen
class Addition:
    """A kind of addition, and what is looked for of an example: names, other words, its files.

    `files` matches the names of folders, and of files without their ends; `meaning` is found in the
    paths and names of what gives it its meaning, and `apart` in the paths where its name stands for
    something else.
    Lines of tables are not looked through for what has tables of its own.
    """

    kind: str
    example: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    files: str = NOTHING
    meaning: str = NOTHING
    apart: str = NOTHING
    in_tables: bool = True


ADDITIONS = (
    Addition(
        "JSON field", "`coverage` of a goal", ("coverage",),
        meaning="/assess/(?!.* GoalTrace)|sentences|/goals.py",
    ),
    Addition(
        "JSON field", "`settles` of a gap", ("settles",),
        meaning="/analyse/|collect|Renderer",
    ),
    Addition(
        "rule form", "`Extreme`",
        ("Extreme", "extreme", "WORST_BUT", "worst_but"),
        ("extreme-in-condition", "worst but"),
        meaning="/(lower|validate|mistakes)|/(core|analyse|assess|answers|lint|compare|report)/",
    ),
    Addition(
        "plain form", "`DataSource`", ("DataSource", "data_source", "SOURCE"),
        meaning="/(lower|validate|mistakes)|/(core|analyse|assess|answers|lint|compare|report)/",
    ),
    Addition(
        "check", "`same-count`", ("same-count", "same_count"),
        files="same[-_]count", meaning=r"same_count\.py",
    ),
    Addition(
        "outcome column", "`comment`", ("comment",), ("kommentar",),
        meaning="/(core|assess|answers|report)/", apart="/language/",
    ),
    Addition(
        "command", "`influence`",
        ("influence", "Influence", "InfluenceReport"),
        files="influence([-_].*)?", meaning="/(analyse|answers|assess|compare|lint)/",
    ),
    Addition("keyword language", "`en`", ("en",), files="(.*-)?en", in_tables=False),
)  # fmt: skip


@define
class Seen:
    """What is run of the package while one question is answered: its code, and how deep."""

    codes: set[tuple[str, str, int]] = field(factory=set)
    depth: int = 0
    deepest: int = 0
    before_node: int | None = None

    def see(self, frame: FrameType, event: str, _: object) -> None:
        """Count a frame of the package as it begins or ends; modules and classes have none."""
        code = frame.f_code
        # What makes the methods of a class when they are first used stands in the place of attrs.
        inside = code.co_filename.startswith(f"{PACKAGE}/") and code.co_filename != LAZILY
        if not inside or not code.co_flags & inspect.CO_OPTIMIZED:
            return
        if event == "return":
            self.depth -= 1
        elif event == "call":
            if self.before_node is None and code.co_name in NODES and "/core/" in code.co_filename:
                self.before_node = self.depth
            self.codes.add((code.co_filename, code.co_name, code.co_firstlineno))
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)


def judged() -> goalrules.Assessment:
    """The small rule file, judged in full."""
    return looked_at(goalrules.loads(RULES).assess(OUTCOMES))


def judged_plan() -> goalrules.Assessment:
    """A whole plan, judged in full."""
    rules = goalrules.load(ROOT / "rulesets" / "socialnamnden-2025.goals")
    return looked_at(rules.assess(goalrules.read_outcomes(ROOT / "examples" / "utfall-2025.csv")))


def looked_at(assessment: goalrules.Assessment) -> goalrules.Assessment:
    """An assessment of which everything that was found is put together, as after judging it."""
    assert assessment.trace  # noqa: S101 - it is put together when it is first looked at
    return assessment


def in_full(rules: goalrules.RuleSet) -> object:
    """Everything that is worked out of one goal of three indicators."""
    result = rules.assess(OUTCOMES)["1"]
    return result.level, result.trace.steps, result.reasons, result.why


def gap_text(assessment: goalrules.Assessment) -> str:
    """What is missing, what can be lost and what to find out."""
    return assessment.gap().text("sv")


QUESTIONS: Mapping[str, Callable[[], Callable[[], object]]] = {
    "read a small rule file": lambda: partial(goalrules.loads, RULES),
    "make the rules ready": lambda: goalrules.loads(RULES).compile,
    "judge a goal": lambda: partial(in_full, goalrules.loads(RULES).compile().rules),
    "ready the rules and judge": lambda: partial(in_full, goalrules.loads(RULES)),
    "explain it": lambda: partial(judged()["1"].text, "sv"),
    "its gap": lambda: partial(gap_text, judged()),
    "the gap of the plan of 2025": lambda: partial(gap_text, judged_plan()),
}
"""What is asked: each prepares, and gives what is then asked and counted."""


def run_for(question: str) -> Seen:
    """What is run for a question, in this process."""
    work, seen = QUESTIONS[question](), Seen()
    sys.setprofile(seen.see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return seen


def ask(question: str) -> dict[str, int | None]:
    """The numbers of what is run for a question, in this process."""
    seen = run_for(question)
    named = [each for each in seen.codes if not each[1].startswith("<")]
    return {
        "functions": len(named),
        "modules": len({file for file, _, _ in named}),
        "unnamed": len(seen.codes) - len(named),
        "deepest": seen.deepest,
        "before a node": seen.before_node,
    }


def ask_afresh(question: str) -> dict[str, int | None]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--ask", question]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return dict(json.loads(done.stdout))


@frozen(order=True)
class Place:
    """A line of a file, and the definition, entry or text that stands there."""

    file: str
    line: int
    what: str = field(eq=False)


@cache
def trees() -> Mapping[str, ast.Module]:
    """The tree of each module by its path from the root."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def tables() -> Mapping[str, tuple[str, ...]]:
    """The lines of each table, of the grammar and of the tables in pages, by path from the root."""
    grammar = [each for each in (ROOT / "grammar").rglob("*.*") if each.parent.name != "decisions"]
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    starts = {".toml": r'[\w"\[ ]', ".lark": r"[^/]", ".md": r"\|"}
    return {
        str(path.relative_to(ROOT)): tuple(
            line if re.match(starts[path.suffix], line) else ""
            for line in path.read_text(encoding="utf-8").splitlines()
        )
        for path in sorted([*pages, *PACKAGE.rglob("*.toml"), *grammar])
        if path.suffix in starts
    }


@cache
def index() -> Mapping[str, tuple[tuple[str, Mapping[str, int]], ...]]:
    """Each definition of each module, with the first line on which each name stands in it."""
    return {
        file: tuple((what, mentions(node)) for what, node in definitions(tree))
        for file, tree in trees().items()
    }


def definitions(tree: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Each definition of a module, in classes too, and each entry of its tables, with its name."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                yield prefix + name, node
            case ast.ClassDef(name=name):
                head = copy.copy(node)
                head.body = []
                yield prefix + name, head
                yield from definitions(node, f"{prefix}{name}.")
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target):
                yield from ((prefix + ast.unparse(target), row) for row in rows(node))
            case _:
                continue


def rows(node: ast.expr | ast.stmt | None) -> list[ast.AST]:
    """The entries of a table that is assigned, as in `frozenset({...})`; else the assignment."""
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=value):
            return rows(value) or [node]
        case ast.Call(args=[inner]):
            return rows(inner)
        case ast.Dict(keys=keys, values=values):
            return [ast.Dict([key], [each]) for key, each in zip(keys, values, strict=True)]
        case ast.List(elts=entries) | ast.Tuple(elts=entries) | ast.Set(elts=entries):
            return [*entries]
        case _:
            return []


def mentions(node: ast.AST) -> dict[str, int]:
    """The identifiers and strings in a tree, each with the first line on which it stands."""
    found: dict[str, int] = {}
    for each in ast.walk(node):
        for word in said(each):
            line = getattr(each, "lineno", 0)
            found[word] = min(line, found.get(word, line))
    return found


def said(node: ast.AST) -> list[str]:
    """The identifier, the string, or the words of a table written as one text, of one node."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")):
            return text.split()
        case ast.Constant(value=str(text)):
            return [text]
        case (
            ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text)
            | ast.keyword(arg=str(text)) | ast.FunctionDef(name=text) | ast.ClassDef(name=text)
        ):  # fmt: skip
            return [text.lstrip("_")]
        case _:
            return []


def places(addition: Addition) -> list[Place]:
    """The places where the code, its tables and its pages know the example of an addition."""
    found: set[Place] = set()
    either = "|".join(re.escape(each) for each in (*addition.names, *addition.words))
    pattern = re.compile(rf"(?<![\w-])({either})(?![\w-])")
    for file in [*trees(), *tables()]:
        if any(re.fullmatch(addition.files, part) for part in Path(file).with_suffix("").parts):
            found.add(Place(file, 1, "the file"))
        elif file in trees() and not re.search(addition.apart, file):
            here: dict[str, Place] = {}
            for what, known in index()[file]:
                lines = [known[name] for name in addition.names if name in known]
                if lines and what.rpartition(".")[0] not in here:
                    here[f"{what}:{min(lines)}" if what in here else what] = Place(
                        file, min(lines), what
                    )
            found |= set(here.values())
        elif file in tables() and addition.in_tables:
            numbered = enumerate(tables()[file], 1)
            found |= {Place(file, n, line.strip()) for n, line in numbered if pattern.search(line)}
    return sorted(found)


GROUPS = ("to read and write it", "its meaning", "its pages")


def grouped(addition: Addition) -> dict[str, list[Place]]:
    """The places of an addition by what they are for."""
    groups: dict[str, list[Place]] = {group: [] for group in GROUPS}
    for place in places(addition):
        means = re.search(addition.meaning, f"{place.file} {place.what}") is not None
        group = "its pages" if place.file.endswith(".md") else GROUPS[means]
        groups[group].append(place)
    return groups


def small_private() -> list[Place]:
    """The private functions of at most three lines to which their module refers once."""
    found: list[Place] = []
    for file, tree in trees().items():
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        nodes = [*ast.walk(tree)]
        used = Counter(each.id for each in nodes if isinstance(each, ast.Name))
        used += Counter(each.attr for each in nodes if isinstance(each, ast.Attribute))
        found += [
            Place(file, each.lineno, each.name)
            for each in nodes
            if isinstance(each, ast.FunctionDef) and re.match("_(?!_)", each.name)
            if used[each.name] == 1 and body_lines(each, lines) <= FEW_LINES
        ]
    return sorted(found)


def body_lines(function: ast.FunctionDef, lines: list[str]) -> int:
    """The lines of a body that hold code, without its docstring."""
    body = function.body[ast.get_docstring(function) is not None :]
    inside = lines[body[0].lineno - 1 : function.end_lineno] if body else []
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in inside)


def in_files(found: list[Place]) -> str:
    """How many places there are, and in how many files."""
    return f"{len(found)} in {len({each.file for each in found})}"


def show(cells: Sequence[Sequence[object]], heads: list[str], title: str) -> None:
    """Print a table under a title."""
    print(f"{title}\n\n{tabulate(cells, heads, disable_numparse=True)}\n")


def listed(title: str, found: list[Place]) -> None:
    """Print each place, so that it can be opened."""
    print(f"{title}: {len(found)}")
    for each in found:
        print(f"  {each.file}:{each.line} {each.what[:60]}")


def main() -> None:
    """Print the three counts, or answer one question for the process that counts."""
    parser = argparse.ArgumentParser(description="how much there is to open, and to edit")
    parser.add_argument("--list", action="store_true", help="each small private function as well")
    parser.add_argument("--ask", choices=QUESTIONS, help="answer one question, in this process")
    parser.add_argument("--run", choices=QUESTIONS, help="each function that is run for a question")
    options = parser.parse_args()
    if options.run:
        found = [
            Place(str(Path(file).relative_to(ROOT)), line, name)
            for file, name, line in run_for(options.run).codes
            if not name.startswith("<")
        ]
        listed(options.run, sorted(found))
        return
    if options.ask:
        print(json.dumps(ask(options.ask)))
        return
    runs = {question: ask_afresh(question) for question in QUESTIONS}
    heads = ["question", *runs["its gap"]]
    show([[name, *run.values()] for name, run in runs.items()], heads, "What is run for a question")
    known = [(each, grouped(each)) for each in ADDITIONS]
    cells = [[each.kind, each.example, *map(in_files, by.values())] for each, by in known]
    show(cells, ["addition", "example", *GROUPS], "Places of an addition, in how many files")
    for each, by in known:
        for group, found in by.items():
            listed(f"{each.kind}, {each.example}, {group}", found)
    small = small_private()
    title = f"\nPrivate functions with one caller and at most {FEW_LINES} lines"
    if options.list:
        listed(title, small)
    else:
        print(f"{title}: {len(small)}")


if __name__ == "__main__":
    main()
