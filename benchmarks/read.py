"""How fast files of outcomes are read, and in how much memory, beside the plain libraries.

100 000 rows as CSV and as XLSX. The plain libraries (`csv.reader`, `openpyxl` read-only) give the
same cells with nothing understood, in the same run. Memory is that of Python's own objects at its
highest, counted in a run of its own, since counting takes time.
"""

import csv
import io
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

import goalrules

ROWS = 100_000
MEGABYTE = 1_000_000
HEADINGS = ("mål", "indikator", "period", "utfall", "bedömning", "plan", "kommentar", "källa")
Work = Callable[[Path], object]


def rows() -> list[tuple[object, ...]]:
    """Made-up outcomes: sixty indicators, a few years of months, a comment each."""
    return [
        (
            str(n % 9 + 1),
            f"indikator {n % 60}",
            f"{2020 + n % 5}-{n % 12 + 1:02}",
            n % 1000 + n % 10 / 10,
            "grön" if n % 3 else None,
            "följs",
            f"kommentar till rad {n}",
            "ERP",
        )
        for n in range(ROWS)
    ]


def write_csv(path: Path) -> None:
    """The rows as Excel saves them with Swedish settings."""
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(HEADINGS)
        for row in rows():
            writer.writerow(str(each or "").replace(".", ",") for each in row)


def write_xlsx(path: Path) -> None:
    """The rows as a workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Utfall")
    sheet.append(HEADINGS)
    for row in rows():
        sheet.append(row)
    book.save(path)


def plain_csv(path: Path) -> int:
    """The number of rows that Python's own reader gives."""
    with io.StringIO(path.read_text(encoding="utf-8-sig"), newline="") as opened:
        return sum(1 for _ in csv.reader(opened, delimiter=";"))


def plain_xlsx(path: Path) -> int:
    """The number of rows that openpyxl gives, in read-only mode."""
    book = load_workbook(path, read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def seconds(work: Work, path: Path) -> float:
    """How long some work on a file takes."""
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def megabytes(work: Work, path: Path) -> float:
    """How much memory some work on a file takes at most."""
    tracemalloc.start()
    kept = work(path)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return highest / MEGABYTE


def main() -> int:
    """Print rows a second, ratios and megabytes for each kind of file."""
    kinds: tuple[tuple[str, Work, Work, str], ...] = (
        ("csv", write_csv, plain_csv, "csv.reader"),
        ("xlsx", write_xlsx, plain_xlsx, "openpyxl"),
    )
    with TemporaryDirectory() as folder:
        for kind, write, plainly, library in kinds:
            path = Path(folder, f"utfall.{kind}")
            write(path)
            plain, ours = seconds(plainly, path), seconds(goalrules.read_outcomes, path)
            memory = megabytes(goalrules.read_outcomes, path)
            size = path.stat().st_size / MEGABYTE
            print(f"{ROWS:,} rows of {kind} ({size:.1f} MB): {ROWS / ours:,.0f} rows/s", end=", ")
            print(f"{library} {ROWS / plain:,.0f} rows/s: ratio {ours / plain:.2f}")
            print(f"    at most {memory:.0f} MB while it is read, with the rows that come of it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
