"""goalrules beside other engines that are given the same work: `make peers`.

Each engine first answers many rows as the function by hand does; one that does not is told as
wrong and is not timed, and one that is not installed is told as such. Then each is timed between
two runs of the function by hand, in rounds, and the figure to compare between machines is the
median of the ratios within a round. Time is the processor's, so that what else the machine runs
counts little.

Any engine's answers can be remembered by its user, so rows that were met before and rows whose
every goal has a case that was never met stand side by side, and so does a table of known rows.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import time
import tracemalloc
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from attrs import frozen
from engines import (
    COLUMNS,
    ROW_BY_ROW,
    ROWS,
    WAYS,
    DecideAll,
    all_of,
    goalrules_by,
    is_right,
    zen_result,
)
from workloads import LEVELS, PLAN, RULE, WORKLOADS, Decide, Row, Workload, plan_text

import goalrules

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("goalrules", "zen-engine", "datalogic-py", "polars", "duckdb", "numpy")
HAND = "by hand"
COMPARED = 400
MOST_FRESH = 8
UNITS, MONTHS = 290, 12

COMPILED = {key: each for key, each in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""What a process is given, so that what it imports is compiled once, as when it is installed."""

VERDICTS = bytes.maketrans(b"\0\1\2", b"\0\0\2")
"""The levels as verdicts: not met, open and met."""

numbers = count()
"""Each rule set that is made is another than those before."""


@frozen
class Settings:
    """How much is done: rounds, seconds for each contender in each, rows of columns."""

    rounds: int
    budget: float
    rows: int
    whole: bool


@frozen
class Timed:
    """The median microseconds of one piece of work, and the median ratio to that of by hand."""

    micros: float
    ratio: float


Outcome = Timed | str
"""What was timed, or why it was not."""


# Time


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that some work takes, commands that it starts too.

    No garbage is collected in between; what others run on the machine counts as little as it can.
    """
    gc.collect()
    gc.disable()
    start = used()
    work()
    taken = used() - start
    gc.enable()
    return taken


def used() -> float:
    """The seconds of the processor that this process and those it has waited for have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def ready_made(work: Callable[[], object]) -> Callable[[], object]:
    """What is to be timed and needs no making each time."""
    return work


def each_row(decide: Callable[[Row], object], rows: Sequence[Row]) -> None:
    """Decide every row."""
    for row in rows:
        decide(row)


def each_of(every: Sequence[Decide], rows: Sequence[Row]) -> None:
    """Decide every row by each."""
    for decide in every:
        each_row(decide, rows)


def compared(
    ready: Callable[[], Callable[[], object]], base: Callable[[], object], per: tuple[int, int],
    rounds: int,
) -> Timed:  # fmt: skip
    """Some work between two runs of other work, in rounds.

    `ready` makes what is to be timed, unseen by the clock; `per` is by how much each is divided.
    """
    times, ratios = [], []
    for _ in range(rounds):
        work = ready()
        before, taken, after = seconds(base), seconds(work), seconds(base)
        times.append(taken / per[0])
        ratios.append(taken / per[0] * 2 / ((before + after) / per[1]))
    return Timed(median(times) * 1e6, median(ratios))


def fitting(decide: Callable[[Row], object], rows: Sequence[Row], budget: float) -> Sequence[Row]:
    """As many of the rows as are decided in about that time, at least three."""
    few = 3
    while few < len(rows) and seconds(partial(each_row, decide, rows[:few])) < budget / 4:
        few *= 4
    return rows[:few]


# One row at a time


Make = Callable[[Workload], Decide | None]


def contenders() -> Mapping[str, Make]:
    """All that decides one row: goalrules by each of its ways, and the others."""
    ours = {
        f"goalrules, {way}": lambda load, way=way: goalrules_by(way, load, next(numbers))
        for way in WAYS
    }
    return {HAND: lambda load: load.by_hand, **ours, **ROWS}


def known(make: Make, load: Workload, settings: Settings) -> Outcome:
    """Rows that were all met before."""
    rows = load.rows(4000)
    decide = made(make, load, rows[:COMPARED])
    if isinstance(decide, str):
        return decide
    own = fitting(decide, rows, settings.budget)
    each_row(decide, own)
    work, hand = partial(each_row, decide, own), partial(each_row, load.by_hand, rows)
    return compared(partial(ready_made, work), hand, (len(own), len(rows)), settings.rounds)


def never_met(make: Make, load: Workload, settings: Settings) -> Outcome:
    """Rows of which every goal's case is new to what was just made, some makings at a time.

    The first row, by which an engine may make itself ready, is not timed.
    """
    first, *rows = load.never_met()
    decide = made(make, load, rows[:COMPARED])
    if isinstance(decide, str):
        return decide
    own = fitting(decide, rows, settings.budget)
    taken = seconds(partial(each_row, decide, own))
    times = max(1, min(MOST_FRESH, int(settings.budget / max(taken, 1e-6))))

    def ready() -> Callable[[], object]:
        fresh = [made(make, load, [first]) for _ in range(times)]
        return partial(each_of, [each for each in fresh if not isinstance(each, str)], own)

    base = rows * max(1, COMPARED * 10 // len(rows))
    hand = partial(each_row, load.by_hand, base)
    return compared(ready, hand, (times * len(own), len(base)), settings.rounds)


def made(make: Make, load: Workload, rows: Sequence[Row]) -> Decide | str:
    """What decides, once it has answered some rows rightly; or why it does not."""
    try:
        decide = make(load)
    except ImportError as error:
        return f"not installed: {error.name}"
    if decide is None:
        return ""
    wrong = sum(not is_right(decide(row), load.by_hand(row)) for row in rows)
    return f"wrong: {wrong} of {len(rows)} answers" if wrong else decide


def one_by_one(settings: Settings) -> bool:
    """A table for each workload; whether goalrules was right everywhere."""
    right = True
    for load in WORKLOADS:
        say(f"### {load.name}", "")
        say("| by | known: times by hand | µs | never met: times by hand | µs |")
        say("|---|---|---|---|---|")
        found = {
            name: (known(make, load, settings), never_met(make, load, settings))
            for name, make in contenders().items()
        }
        for name, (one, other) in sorted(found.items(), key=lambda each: order(each[1][0])):
            if one:
                say(f"| {name} | {cells(one)} | {cells(other)} |")
                right &= not (name.startswith("goalrules") and isinstance(one, str))
        say("")
    return right


def order(outcome: Outcome) -> float:
    """The ratio, and last of all what was not timed."""
    return outcome.ratio if isinstance(outcome, Timed) else float("inf")


def cells(outcome: Outcome) -> str:
    """The ratio and the microseconds as two cells; or why there are none."""
    if isinstance(outcome, str):
        return f"{outcome} | –"
    return f"{short(outcome.ratio)} | {short(outcome.micros)}"


def short(number: float) -> str:
    """A number with three digits that count."""
    if number >= 100:  # noqa: PLR2004 - three digits already
        return f"{number:,.0f}"
    return f"{number:.3g}"


# Columns of rows


def in_columns(settings: Settings) -> bool:
    """A table of the time for so many rows in columns; whether goalrules was right."""
    right = True
    first = next(iter(COLUMNS))
    say(f"### {settings.rows:,} rows in columns of bytes", "")
    say("| by | workload | times numpy's table | ms |", "|---|---|---|---|")
    for load in (RULE, PLAN):
        columns = drawn_columns(load, settings.rows)
        wanted = expected(load, columns)
        try:
            base = COLUMNS[first](load, columns)
        except ImportError as error:
            say(f"| {first} | {load.name} | not installed: {error.name} | – |")
            continue
        for name, make in COLUMNS.items():
            share = min(settings.rows, 20_000) if name in ROW_BY_ROW else settings.rows
            given = {each: codes[:share] for each, codes in columns.items()}
            try:
                decide = make(load, given)
            except ImportError as error:
                say(f"| {name} | {load.name} | not installed: {error.name} | – |")
                continue
            if not agrees(decide, wanted):
                right &= not name.startswith("goalrules")
                say(f"| {name} | {load.name} | wrong | – |")
                continue
            per = share / settings.rows
            found = compared(partial(ready_made, decide), base, (1, 1), settings.rounds)
            note = "" if share == settings.rows else f", from {share:,} rows one by one"
            figures = f"{short(found.ratio / per)} | {short(found.micros / per / 1000)}"
            say(f"| {name}{note} | {load.name} | {figures} |")
    say("")
    return right


def numbers_in_columns(settings: Settings) -> None:
    """The time for so many numbers that become levels in columns, and the verdicts of these."""
    say("| numbers, all green | ms |", "|---|---|")
    program = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  indicator a\n    target at least 75\n'
        "  green when all green\n"
    ).compile("2025")
    drawn = [each / 7 for each in range(1024)]
    column: object = array("d", drawn * -(-settings.rows // len(drawn)))[: settings.rows]
    ways = {"in a buffer of the standard library": column}
    try:
        ways["in an array of numpy"] = import_module("numpy").frombuffer(column)
    except ImportError as error:
        say(f"| in an array of numpy | not installed: {error.name} |")
    for name, given in ways.items():
        work = partial(program.assess_columns, {"a": given})
        times = [seconds(work) for _ in range(settings.rounds)]
        say(f"| {settings.rows:,}, {name} | {short(median(times) * 1000)} |")
    say("")


def drawn_columns(load: Workload, rows: int) -> dict[str, bytes]:
    """The rows of a workload as columns of bytes: some thousands of them, over and over."""
    drawn = load.rows(4096)
    times = -(-rows // len(drawn))
    return {
        name: (bytes(LEVELS.index(row[name]) for row in drawn) * times)[:rows]
        for name in load.members
    }


def expected(load: Workload, columns: Mapping[str, bytes]) -> Sequence[bytes]:
    """The first answers in bytes, by hand."""
    few = {name: codes[:COMPARED] for name, codes in columns.items()}
    return COLUMNS[HAND](load, few)()


def agrees(decide: DecideAll, wanted: Sequence[bytes]) -> bool:
    """Whether the first answers are those: levels, or verdicts, met where the level is the best."""
    return all(
        one and one[: len(other)] in (other[: len(one)], other[: len(one)].translate(VERDICTS))
        for one, other in zip(decide(), wanted, strict=True)
    )


# What else an assessment costs


def units(settings: Settings) -> None:
    """The plan for every month of many units."""
    say(f"### {UNITS} units in {MONTHS} months: {UNITS * MONTHS:,} assessments of a plan", "")
    say("| by | times by hand | s |", "|---|---|---|")
    rows = PLAN.rows(UNITS * MONTHS, seed=11)
    rules = goalrules.loads(plan_text(PLAN))
    few = rows if settings.whole else fitting(partial(rules.assess, period="2025"), rows, 8.0)
    hand = partial(each_row, PLAN.by_hand, rows)
    ways: dict[str, tuple[Callable[[], object], int]] = {
        HAND: (hand, len(rows)),
        "goalrules, one by one": (lambda: [rules.assess(row, "2025") for row in few], len(few)),
    }
    if assess_many := getattr(rules, "assess_many", None):
        keyed = [(number, row, "2025") for number, row in enumerate(rows)]
        ways["goalrules, assess_many"] = lambda: list(assess_many(keyed)), len(rows)
    for name, (work, share) in ways.items():
        found = compared(partial(ready_made, work), hand, (share, len(rows)), settings.rounds)
        note = "" if share == len(rows) else f", from {share}"
        whole = found.micros * len(rows) / 1e6
        say(f"| {name}{note} | {short(found.ratio)} | {short(whole)} |")
    say("")


def example() -> tuple[goalrules.RuleSet, Any, Any]:
    """The plan of 2025 with its outcomes, and those month by month."""
    rules = goalrules.load(ROOT / "rulesets" / "socialnamnden-2025.goals")
    year = goalrules.read_outcomes(ROOT / "examples" / "utfall-2025-manader.xlsx", 2025)
    return rules, goalrules.read_outcomes(ROOT / "examples" / "utfall-2025.csv", 2025), year


def real_plan(settings: Settings) -> None:
    """The plan of 2025 on its example outcomes and through its year, and what comes of them."""
    say("### The plan of 2025 on its example outcomes", "")
    say("| what | times a plan by hand | ms |", "|---|---|---|")
    rules, outcomes, year = example()
    base = PLAN.rows(1000)
    hand = partial(each_row, PLAN.by_hand, base)
    works: dict[str, Callable[[], object]] = {
        "assess, verdicts": lambda: verdicts(rules.assess(outcomes, "2025")),
        "assess, steps, reasons and why": lambda: looked_at(rules.assess(outcomes, "2025")),
        f"assess_year, {len(year)} rows, verdicts": lambda: [
            verdicts(each) for each in periods(rules.assess_year(year, 2025))
        ],
        "assess_year, steps, reasons and why": lambda: [
            looked_at(each) for each in periods(rules.assess_year(year, 2025))
        ],
    }
    if bind := getattr(rules, "bind", None):
        bound: Any = bind(outcomes, 2025)
        works["assess, rows bound before, verdicts"] = lambda: verdicts(bound.assess("2025"))
    for name, work in works.items():
        first = compared(partial(ready_made, work), hand, (1, len(base)), settings.rounds)
        say(f"| {name} | {short(first.ratio)} | {short(first.micros / 1000)} |")
    say("", "| document | compact JSON, kB |", "|---|---|")
    for name, found in (
        ("an assessment", rules.assess(outcomes, "2025").to_dict()),
        ("a year", rules.assess_year(year, 2025).to_dict()),
    ):
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        say(f"| {name} | {len(text.encode()) / 1000:,.1f} |")
    say("")


def verdicts(found: goalrules.Assessment) -> list[object]:
    """The verdict of each goal, and no more."""
    return [found[goal].verdict for goal in found]


def looked_at(found: goalrules.Assessment) -> goalrules.Assessment:
    """An assessment of which all that was found on the way has been asked for."""
    for goal in found:
        all_of(found[goal])
    return found


def periods(year: goalrules.Year) -> Sequence[goalrules.Assessment]:
    """Every period of a year."""
    return (*year.months, *year.interims, year.annual)


def kept() -> None:
    """The memory that the result of a known case keeps, beside its input."""
    say(
        "### Memory kept by the result of a known case, beside its input",
        "",
        "| of | kB |",
        "|---|---|",
    )
    rule = goalrules.rule("\n".join(RULE.goals[0].words), RULE.members)
    rules = goalrules.loads(plan_text(PLAN))
    big, outcomes, _ = example()
    works: dict[str, tuple[Callable[[Row], object], Sequence[Row]]] = {
        "goalrules, a rule": (rule.evaluate, RULE.rows(300)),
        "goalrules, a plan": (lambda row: rules.assess(row, "2025"), PLAN.rows(60)),
        "goalrules, the plan of 2025": (lambda _: big.assess(outcomes, "2025"), PLAN.rows(300)),
        "… steps, reasons and why": (
            lambda _: looked_at(big.assess(outcomes, "2025")),
            PLAN.rows(20),
        ),
        "the answer by hand, a plan": (PLAN.by_hand, PLAN.rows(300)),
    }
    try:
        works["zen-engine, with trace, a plan"] = zen_result(PLAN, trace=True), PLAN.rows(60)
    except ImportError as error:
        say(f"| zen-engine, with trace | not installed: {error.name} |")
    for name, (work, rows) in works.items():
        each_row_kept = [work(row) for row in rows]  # what equal cases share is there already
        gc.collect()
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        each_row_kept += [work(row) for row in rows]
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        say(f"| {name} | {short((after - before) / len(rows) / 1000)} |")
    say("")


def starting(settings: Settings) -> None:
    """Whole commands beside an empty Python."""
    say("### Whole commands", "", "| command | times python -c pass | ms |", "|---|---|---|")
    rules, outcomes = "rulesets/socialnamnden-2025.goals", "examples/utfall-2025.csv"
    empty = ["-c", "pass"]
    commands = {
        "python -c pass": empty,
        "import goalrules": ["-c", "import goalrules"],
        "goalrules --help": ["-m", "goalrules", "--help"],
        "goalrules assess": ["-m", "goalrules", "assess", rules, outcomes, "--period", "2025"],
        "goalrules check": ["-m", "goalrules", "check", rules],
    }
    for name, arguments in commands.items():
        run(arguments)
        work, base = partial(run, arguments), partial(run, empty)
        found = compared(partial(ready_made, work), base, (1, 1), max(3, settings.rounds))
        say(f"| {name} | {short(found.ratio)} | {short(found.micros / 1000)} |")
    say("")


def run(arguments: Sequence[str]) -> None:
    """One Python with these arguments."""
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=COMPILED, check=False)  # noqa: S603


# The whole


def versions() -> Iterator[str]:
    """What is installed of what is compared."""
    for package in PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} not installed"


def say(*lines: str) -> None:
    """Print lines at once."""
    print(*lines, sep="\n", flush=True)


def main() -> int:
    """Print all tables; 1 if goalrules gives a wrong answer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed")
    parser.add_argument("--budget", type=float, default=0.05, help="seconds for each, each time")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows in columns")
    parser.add_argument("--whole", action="store_true", help="draw on no sample, however slow")
    given = parser.parse_args()
    settings = Settings(given.rounds, given.budget, given.rows, given.whole)
    say(f"Python {sys.version.split()[0]}: {', '.join(versions())}.", "")
    right = one_by_one(settings)
    right &= in_columns(settings)
    numbers_in_columns(settings)
    units(settings)
    real_plan(settings)
    kept()
    starting(settings)
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())
