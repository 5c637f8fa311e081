"""How long the command takes to start: `goalrules --help` beside an empty Python, in turn.

The bar is three times the empty Python plus 100 ms. Both are timed in the same run, one after
the other, so that a busy machine slows both.
"""

import subprocess
import sys
import time
from statistics import median

TIMES = 11
MOST_RATIO, MOST_MORE = 3, 0.100

EMPTY = ["-c", "pass"]
HELP = ["-m", "goalrules", "--help"]


def seconds(arguments: list[str]) -> float:
    """How long one Python takes with these arguments."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return time.perf_counter() - start


def main() -> int:
    """Print the medians, their ratio and difference, and the bar; 1 if it is not met."""
    seconds(HELP), seconds(EMPTY)  # the first ones fill the caches
    pairs = [(seconds(EMPTY), seconds(HELP)) for _ in range(TIMES)]
    empty, help_ = (median(each) for each in zip(*pairs, strict=True))
    bar = MOST_RATIO * empty + MOST_MORE
    print(f"python -c pass              {empty * 1000:7.1f} ms")
    print(f"python -m goalrules --help  {help_ * 1000:7.1f} ms")
    print(f"ratio {help_ / empty:.2f}, difference {(help_ - empty) * 1000:.1f} ms")
    print(f"bar   {MOST_RATIO} x + {MOST_MORE * 1000:.0f} ms = {bar * 1000:.1f} ms:", end=" ")
    print("met" if help_ <= bar else "not met")
    return int(help_ > bar)


if __name__ == "__main__":
    sys.exit(main())
