"""Mutants of the grammar: each with one small change, of which the tests have to find out.

Run by `make mutants`, not by pytest. Prints the mutants that no test tells from the grammar,
and the share of those that one does.
"""

# ruff: noqa: T201 - a script, and prints

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from lark.exceptions import LarkError

from goalrules.language.grammar import built, declaring

ROOT = Path(__file__).resolve().parent.parent
GRAMMAR = Path("grammar", "goalrules.lark")
FOLDERS = ("goalrules", "grammar", "rulesets", "examples", "tests", "docs")
TESTS = (
    "tests/test_reading.py", "tests/test_words_of_time.py", "tests/test_golden.py",
    "tests/test_keyword_tables.py", "tests/test_format_laws.py", "tests/test_no_silent_misparse.py",
    "tests/test_conformance.py",
)  # fmt: skip
WANTED = 0.95

SWAPS = (
    "AT_LEAST AT_MOST", "GE LE", "AND OR", "ALL ANY", "ANY NO", "MAJORITY HALF", "MONTHLY ANNUAL",
    "INCREASE DECREASE", "DECREASE MAINTAIN", "HIGHER_BETTER LOWER_BETTER", "CLAIMED ASKED",
    "TOTAL AVERAGE", "SECTION APPENDIX", "TARGET_REACHED PLAN_FOLLOWED", "INCLUDING REST",
    "EFFORTS_BEGUN EFFORTS_PLANNED", "WHEN OTHERWISE", "NAME NUMBER", "STRING NUMBER",
    "names ids", "name id",
)  # fmt: skip


def mutants(grammar: str) -> Iterator[tuple[str, str]]:
    """Every mutant with the line that it changes."""
    end = grammar.index("%declare")
    for found in _changes(grammar[:end]):
        start, stop, new = found
        first = grammar.rfind("\n", 0, start) + 1
        last = grammar.find("\n", max(start, stop - 1))
        changed = grammar[:start] + new + grammar[stop:]
        yield f"{grammar[first:last].strip()}  [{grammar[start:stop].strip()} → {new}]", changed


def _changes(rules: str) -> Iterator[tuple[int, int, str]]:
    """Where each change is, and what stands there after it."""
    code = re.sub(r"//.*", lambda found: " " * len(found.group()), rules)
    for found in re.finditer(r"(?<=[\w)])[?*+]", code):
        yield found.start(), found.end(), ""
    for found in re.finditer(r'"[,;]"', code):
        yield found.start(), found.end(), ""
    for found in re.finditer(r"\n +\|[^\n]*", code):
        yield found.start(), found.end(), ""
    for found in re.finditer(r"(?<=[:|(]) [^|:\n()]+ \|", code):
        yield found.start(), found.end(), ""
    for found in re.finditer(r" \| \w+(?= \||\)|\n)", code):
        yield found.start(), found.end(), ""
    for pair in SWAPS:
        one, other = pair.split()
        for found in re.finditer(rf"\b(?:{one}|{other})\b(?!:)", code):
            yield found.start(), found.end(), other if found.group() == one else one


def builds(grammar: str) -> bool:
    """Whether a parser can be made of it, without conflicts."""
    try:
        built(declaring(grammar))
    except LarkError:
        return False
    return True


def copied(project: Path, copy: Path) -> None:
    """Copy what the tests need of a project."""
    for name in FOLDERS:
        shutil.copytree(project / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(project / "pyproject.toml", copy)


def survives(project: Path, grammar: str) -> bool:
    """Whether all tests pass in a copy of the project with this grammar."""
    with TemporaryDirectory() as folder:
        copied(project, Path(folder))
        Path(folder, GRAMMAR).write_text(grammar, encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - the tests of this project
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *TESTS],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder, "HYPOTHESIS_PROFILE": "mutants"},
            capture_output=True,
            check=False,
        )
    return done.returncode == 0


def main() -> int:
    """Try every mutant that is a grammar at all, on the project as it is now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one mutant of N")
    step: int = parser.parse_args().every
    with TemporaryDirectory() as folder:
        project = Path(folder)
        copied(ROOT, project)
        grammar = (project / GRAMMAR).read_text(encoding="utf-8")
        if not survives(project, grammar):
            sys.exit("the grammar itself does not pass")
        every = list(mutants(grammar))
        tried = [(change, mutant) for change, mutant in every if builds(mutant)][::step]
        surviving = 0
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(partial(survives, project), [mutant for _, mutant in tried])
            for (change, _), alive in zip(tried, results, strict=True):
                surviving += alive
                if alive:
                    print("survives:", change, flush=True)
    share = 1 - surviving / len(tried)
    print(f"{len(every)} mutants, {len(tried)} of them tried; {share:.1%} of those", end=" ")
    print(f"are found out (wanted: {WANTED:.0%})")
    return int(share < WANTED)


if __name__ == "__main__":
    sys.exit(main())
