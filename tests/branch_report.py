"""Which lines and branches of the package the tests did not run: `make suite` ends with it.

It reads what SlipCover counted (JSON) and exits with 1 where anything was left. What cannot be run
is not asked for: a line of `UNREACHED`, and a branch from it or to it.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TypedDict

from tabulate import tabulate

UNREACHED = re.compile(
    r"""
    ^\ *(?:case\ \w+:\n\ *)?assert_never\(.*  # mypy shows that nothing comes here
    | ^if\ not\ TYPE_CHECKING:.*  # true whenever it runs
    | ^if\ __name__\ ==\ "__main__":\n.*  # of a process of its own
    """,
    re.MULTILINE | re.VERBOSE,
)


class Counted(TypedDict):
    """What was run of a file, and what was not: lines, and branches from one line to another."""

    executed_lines: list[int]
    missing_lines: list[int]
    executed_branches: list[tuple[int, int]]
    missing_branches: list[tuple[int, int]]


def left_out(counted: Counted, text: str) -> list[str]:
    """The lines and branches of a file that were not run, a branch as `from->to`."""
    exempt = {
        text.count("\n", 0, each.start()) + line
        for each in UNREACHED.finditer(text)
        for line in range(1, each.group().count("\n") + 2)
    }
    lines = [str(line) for line in counted["missing_lines"] if line not in exempt]
    branches = [
        f"{start}->{end}"
        for start, end in counted["missing_branches"]
        if start not in exempt and end not in exempt
    ]
    return lines + branches


def main() -> int:
    """Tell what was left out, by file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counted", type=Path, help="what SlipCover counted, as JSON")
    files: dict[str, Counted] = json.loads(parser.parse_args().counted.read_text("utf-8"))["files"]
    left = {name: left_out(each, Path(name).read_text("utf-8")) for name, each in files.items()}
    rows = [(name, ", ".join(missing)) for name, missing in left.items() if missing]
    lines = sum(len(each["executed_lines"]) for each in files.values())
    branches = sum(len(each["executed_branches"]) for each in files.values())
    told = (
        tabulate(rows, headers=("file", "not run"), maxcolwidths=(None, 60)) + "\n" if rows else ""
    )
    sys.stdout.write(f"{told}{lines:,} lines and {branches:,} branches of {len(files)} files run\n")
    return 1 if rows or not files else 0


if __name__ == "__main__":
    sys.exit(main())
