"""How long many units by one plan take, from one file: months of all that each of them reports.

290 units with twelve months of the plan of 2025, as `goalrules units` reads, judges and shows them,
in a process of its own; in seconds and megabytes, beside `csv.reader` alone on the same file.
"""

import csv
import io
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "rulesets" / "socialnamnden-2025.goals"
OUTCOMES = ROOT / "examples" / "utfall-2025.csv"
UNITS, MONTHS = 290, 12
MOST_SECONDS, MOST_MEGABYTES = 20, 500
KILOBYTES_IN_MEGABYTE = 1_000


def write(path: Path) -> int:
    """The outcomes of the example in each unit and month; how many rows there are."""
    with io.StringIO(OUTCOMES.read_text(encoding="utf-8-sig"), newline="") as opened:
        _, headings, *rows = csv.reader(opened, delimiter=";")
    at = headings.index("period")
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(["enhet", *headings])
        for unit in range(UNITS):
            for month in range(1, MONTHS + 1):
                for row in rows:
                    when = f"2025-{month:02}"
                    writer.writerow([f"Enhet {unit + 1}", *row[:at], when, *row[at + 1 :]])
    return UNITS * MONTHS * len(rows)


def plain(path: Path) -> float:
    """How long Python's own reader takes."""
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as opened:
        sum(1 for _ in csv.reader(opened, delimiter=";"))
    return time.perf_counter() - start


def main() -> int:
    """Print the time and the memory; 1 where a bar is not met."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "units.csv"
        rows, beside = write(path), plain(path)
        command = [sys.executable, "-m", "goalrules", "units", str(PLAN), str(path)]
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        took = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTES_IN_MEGABYTE
    print(f"{UNITS} units, {MONTHS} months, {rows} rows: {took:.1f} s, {memory:.0f} MB")
    print(f"  {took / beside:.0f} times csv.reader ({beside:.2f} s)")
    return int(took > MOST_SECONDS or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
