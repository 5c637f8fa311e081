"""Two engines on the same cases, each in a process of its own: `make compare`.

The older one is built from a commit and installed in an environment of its own. Drawn rules, drawn
outcomes of both plans, years and what golden pages give are answered by both, plans and pages as
they are in the older commit, some at a time, and nothing is kept but counts and the first
differences. What is to differ stands with its reason in
`expected_differences.toml`. Exits with 1 where anything else does.
"""

# ruff: noqa: T201 - a script, and prints

import argparse
import json
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from attrs import field, frozen
from engine_cases import Case, batches, given_on_pages, plans, rules

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "tests" / "engine_answers.py"
MENDS = ROOT / "tests" / "expected_differences.toml"
ENVIRONMENTS = ROOT / ".venv-engines"
BEFORE = "a655e03"
"""The last commit before targets from other figures and rules that are taken over."""
FULL = 10_000
SPACE = re.compile(r"(?:\\n|\s)+")
"""Ends of lines, as JSON, and blanks: a line with something more ends elsewhere."""
SHOWN = 400
"""The characters of an answer that are shown, about where the two begin to differ."""


# The older engine


def installed(commit: str) -> Path:
    """An environment that has the package as it was in a commit, and the tree of it in `source`."""
    known = output("git", "rev-parse", "--verify", f"{commit}^{{commit}}")[:12]
    home = ENVIRONMENTS / known
    python, ready, source = python_of(home), home / ".ready", home / "source"
    if ready.exists() and source.exists():
        return home
    print(f"building the engine of {known} …", file=sys.stderr, flush=True)
    output(sys.executable, "-m", "venv", "--clear", str(home))
    pip = (str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    with TemporaryDirectory() as folder:
        archive = Path(folder, "source.tar")
        output("git", "archive", "--output", str(archive), known)
        source.mkdir()
        output("tar", "-xf", str(archive), "-C", str(source))
    pinned = ("--constraint", str(source / "constraints.txt"))
    output(*pip, *pinned, "hatchling")
    output(*pip, *pinned, "--no-build-isolation", str(source))
    ready.touch()
    return home


def python_of(home: Path) -> Path:
    """The Python of such an environment."""
    return home / "bin" / "python"


def output(*command: str) -> str:
    """What a command prints; it has to succeed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stderr}")
    return done.stdout.strip()


class Engine(AbstractContextManager["Engine"]):
    """A process that answers cases, a line of them at a time."""

    def __init__(self, python: str, *options: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - a script of this project
            [python, *options, str(ANSWERS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.version, self.place = self.answers()

    def ask(self, cases: Sequence[Case]) -> None:
        """Give it cases; the answers are read later, so that two engines work at once."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(cases) + "\n")
        self._process.stdin.flush()

    def answers(self) -> list[Any]:
        """What it answers to the cases that were given last."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            sys.exit("an engine has ended before it had answered")
        found: list[Any] = json.loads(line)
        return found

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()


# What differs


@frozen
class Mend:
    """A difference that is wanted, why, and what it makes of an older answer.

    What this engine has `added` is taken out of both answers, in each of which lines are joined.
    Without that, and without what is old and new, any answer is right to the cases that it is
    about.
    """

    reason: str
    question: str
    old: str = ""
    new: str = ""
    added: str = ""
    case: str = ""

    def __attrs_post_init__(self) -> None:
        if not (self.old or self.added or self.case):
            raise ValueError(f"neither an older answer nor a case: {self.reason}")

    def applied(self, question: str, answer: str, case: Case, now: str) -> tuple[str, str]:
        """Both answers, the older as it is to be now, or both without what is added."""
        if not re.fullmatch(self.question, question.partition(" | ")[0]):
            return answer, now
        if self.case and not re.search(self.case, json.dumps(case, ensure_ascii=False)):
            return answer, now
        if self.added:
            one, other = (re.sub(self.added, "", SPACE.sub(" ", each)) for each in (answer, now))
            return one, other
        return (re.sub(self.old, self.new, answer) if self.old else now), now


def mends() -> tuple[Mend, ...]:
    """The differences that are listed."""
    listed = tomllib.loads(MENDS.read_text(encoding="utf-8"))
    return tuple(Mend(**each) for each in listed.get("mend", ()))


@frozen
class Difference:
    """A question that two engines answer differently, and the case."""

    kind: str
    case: Case
    question: str
    old: str
    new: str

    def shown(self) -> str:
        """The case in short, and both answers about where they begin to differ."""
        at = next(
            (n for n, (a, b) in enumerate(zip(self.old, self.new, strict=False)) if a != b),
            min(len(self.old), len(self.new)),
        )
        start = max(0, at - SHOWN // 2)
        case = {name: given for name, given in self.case.items() if name != "rules"}
        given = json.dumps(case, ensure_ascii=False)[:SHOWN]
        return (
            f"{self.kind}: {self.question}\n  given  {given}\n"
            f"  before …{self.old[start : start + SHOWN]}\n"
            f"  now    …{self.new[start : start + SHOWN]}"
        )


@frozen
class Comparison:
    """How much was compared, what differed unlisted, and how often each mend was met."""

    shown: int
    mends: tuple[Mend, ...] = field(factory=mends)
    compared: Counter[str] = field(factory=Counter)
    differing: Counter[str] = field(factory=Counter)
    mended: Counter[str] = field(factory=Counter)
    first: list[Difference] = field(factory=list)

    def add(self, kind: str, case: Case, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare the answers to one case."""
        self.compared[f"{kind}: cases"] += len(case["outcomes"]) if kind == "rules" else 1
        self.compared[f"{kind}: refused before"] += "refused" in old
        if "broke down" in old or "broke down" in new:
            self.differing[f"{kind}: broke down"] += 1
            self.first.insert(0, Difference(kind, case, "refused", str(old), str(new)))
            del self.first[self.shown :]
        for question in dict.fromkeys([*old, *new]):
            one, other = (
                json.dumps(each.get(question, "no answer"), ensure_ascii=False, sort_keys=True)
                for each in (old, new)
            )
            self.compared[f"{kind}: answers"] += 1
            if one != other and not self._is_mended(question, case, one, other):
                self.differing[f"{kind}: {question.split(' | ')[0]}"] += 1
                if len(self.first) < self.shown:
                    self.first.append(Difference(kind, case, question, one, other))

    def _is_mended(self, question: str, case: Case, old: str, new: str) -> bool:
        met = []
        for each in self.mends:
            changed = each.applied(question, old, case, new)
            if changed != (old, new):
                met.append(each.reason)
            old, new = changed
        if old == new:
            self.mended.update(met)
        return old == new

    def report(self) -> str:
        """The counts and the first differences."""
        lines = [f"{count:>12,}  {what}" for what, count in self.compared.items()]
        lines += [f"{self.mended[each.reason]:>12,}  mended: {each.reason}" for each in self.mends]
        lines += [f"{count:>12,}  differ in {what}" for what, count in self.differing.items()]
        lines += [each.shown() for each in self.first]
        return "\n".join([*lines, f"{self.differing.total():,} differences that are not listed"])


# The whole


def workload(given: argparse.Namespace, tree: Path) -> Iterator[tuple[str, Case]]:
    """Every case with its kind, drawn one by one; plans and pages as they are in a tree."""
    kinds: dict[str, Iterable[Case]] = {
        "pages": given_on_pages(tree),
        "plans": plans(tree, given.n, given.seed),
        "rules": rules(given.rules, given.cases, given.seed),
    }
    return chain.from_iterable(((kind, case) for case in kinds[kind]) for kind in given.of or kinds)


def options() -> argparse.Namespace:
    """How much is compared, with what."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--old", default=BEFORE, metavar="COMMIT", help="the older engine")
    parser.add_argument("--n", type=int, help="drawn outcomes of each plan (120)")
    parser.add_argument("--rules", type=int, default=1000, help="drawn rules")
    parser.add_argument("--cases", type=int, help="cases of each rule; 0: every case (4)")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--show", type=int, default=5, help="differences that are shown")
    parser.add_argument("--full", action="store_true", help=f"--n {FULL} --cases 0: hours")
    parser.add_argument("--of", action="append", choices=("pages", "plans", "rules"))
    given = parser.parse_args()
    if given.n is None:
        given.n = FULL if given.full else 120
    if given.cases is None:
        given.cases = 0 if given.full else 4
    return given


def main() -> int:
    """Compare, and print what came of it; 1 where something differs that is not listed."""
    given = options()
    home, start = installed(given.old), time.monotonic()
    result = Comparison(given.show)
    with Engine(str(python_of(home)), "-I") as old, Engine(sys.executable) as new:
        print(f"before: {old.place}\nnow:    {new.place}", flush=True)
        if old.place == new.place:
            sys.exit("that is one engine, twice")
        for some in batches(workload(given, home / "source"), 8):
            cases = [case for _, case in some]
            old.ask(cases)
            new.ask(cases)
            for (kind, case), one, other in zip(some, old.answers(), new.answers(), strict=True):
                result.add(kind, case, one, other)
    print(result.report())
    print(f"{time.monotonic() - start:.0f} s")
    return int(bool(result.differing))


if __name__ == "__main__":
    sys.exit(main())
