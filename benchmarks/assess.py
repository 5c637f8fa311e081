"""How fast outcomes are read, plans assessed and rules evaluated, beside Python's own CSV reader.

The figures to compare between machines are the ratios: both sides are timed in the same run.
"""

import csv
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import goalrules
from goalrules.data.outcomes import read_outcomes

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
COPIES = 400
RULE = "3 of 5 green including budget, rest at least yellow"
LEVELS = {"budget": "green", "a": "green", "b": None, "c": "yellow", "d": "red"}


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """The median time of some work."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def example() -> bytes:
    """The example outcomes of 2025."""
    return (ROOT / "examples" / "utfall-2025.csv").read_bytes()


def many_rows() -> bytes:
    """The rows of the example many times over."""
    title, headings, *rows = example().splitlines(keepends=True)
    return title + headings + b"".join(rows) * COPIES


def plainly(data: bytes) -> list[list[str]]:
    """The cells as Python's own reader gives them, with nothing understood."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def reading() -> None:
    """Print the rows that are read in a second."""
    data = many_rows()
    rows = len(plainly(data)) - 2
    plain, read = seconds(lambda: plainly(data)), seconds(lambda: read_outcomes(data, "utfall.csv"))
    print(f"reading {rows} rows: {rows / read:,.0f} rows/s, csv.reader {rows / plain:,.0f} rows/s")
    print(f"    ratio {read / plain:.0f}: each cell is understood, and its place is kept")


def assessing() -> None:
    """Print the assessments of the whole plan of 2025 in a second."""
    rules = goalrules.load(ROOT / "rulesets" / "socialnamnden-2025.goals")
    data = example()
    rows, _ = read_outcomes(data, "utfall-2025.csv")
    plain = seconds(lambda: [plainly(data) for _ in range(100)]) / 100
    one = seconds(lambda: [rules.assess(rows) for _ in range(20)]) / 20
    told = seconds(lambda: rules.assess(rows).text("sv"))
    print(f"assessing the plan of 2025 ({len(rules.goals)} goals, {len(rows)} rows):")
    print(f"    {1 / one:,.0f} assessments/s, {len(rows) / one:,.0f} rows/s")
    print(f"    ratio {one / plain:.0f} to reading the same file with csv.reader alone")
    print(f"    with every explanation: {1 / told:,.0f} assessments/s")


def evaluating() -> None:
    """Print the rules given alone that are evaluated in a second."""
    ready = goalrules.rule(RULE, LEVELS)
    whole = seconds(lambda: [goalrules.evaluate(RULE, LEVELS) for _ in range(50)]) / 50
    again = seconds(lambda: [ready.evaluate(LEVELS) for _ in range(200)]) / 200
    print(f"evaluating a rule given alone: {1 / whole:,.0f}/s; made once: {1 / again:,.0f}/s")
    print(f"    ratio {whole / again:.1f}: what reading the rule each time costs")


def main() -> int:
    """Print all figures."""
    reading()
    assessing()
    evaluating()
    return 0


if __name__ == "__main__":
    sys.exit(main())
