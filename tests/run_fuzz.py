"""Fuzzing of the parser, the readers, assessments and the formatter: `make fuzz`.

Each target runs for a time in a process of its own, with inputs that atheris makes by what of the
package they reach. Where atheris is not installed, Hypothesis changes the seeds and aims at what
runs most of the package; which of them it was is told. What is found stays in `tests/fuzz/found`,
where `make test` tries it again, and what it was found from in `.fuzz`, so that the next run goes
on from there. Exits with 1 where anything is found.
"""

# ruff: noqa: T201, PLC0415 - a script, which prints, and imports what is watched where it is

import argparse
import importlib
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha1
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / "tests" / "fuzz" / "found"
CORPUS = ROOT / ".fuzz"
NAMES = ("rules", "rule", "formatting", "outcomes", "workbook", "assess", "given")
MOST_SECONDS, MOST_MEGABYTES = 20, 2048
"""What one input may take; more is a finding."""
RUNS = re.compile(r"number_of_executed_units: (\d+)")
COVERED = re.compile(r" cov: (\d+)")
SHOWN = 12
"""The last lines that are shown of a target in which something was found."""


# One target, in this process


def by_atheris(target: str, seconds: int) -> None:
    """Fuzz by what is covered; ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["goalrules"]):
        import goalrules

        for module in pkgutil.walk_packages(goalrules.__path__, "goalrules."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    from fuzz.seeds import MOST_BYTES, MOST_OF, dictionary, seeds
    from fuzz.targets import TARGETS

    with TemporaryDirectory() as folder:
        begin, words = Path(folder, "seeds"), Path(folder, "words")
        begin.mkdir()
        for number, seed in enumerate(seeds(target)):
            (begin / str(number)).write_bytes(seed)
        words.write_text("".join(f'"{quoted(each)}"\n' for each in dictionary()), encoding="ascii")
        options = {
            "max_total_time": seconds,
            "timeout": MOST_SECONDS,
            "rss_limit_mb": MOST_MEGABYTES,
            "max_len": MOST_OF.get(target, MOST_BYTES),
            "artifact_prefix": f"{made(FOUND / target)}/",
            "dict": words,
            "print_final_stats": 1,
        }
        said = [f"-{name}={value}" for name, value in options.items()]
        folders = [str(made(CORPUS / target)), str(begin)]
        atheris.Setup([sys.argv[0], *said, *folders], TARGETS[target])
        atheris.Fuzz()


def quoted(word: str) -> str:
    """A word as a dictionary of libFuzzer has it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def made(folder: Path) -> Path:
    """A folder, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def by_hypothesis(target: str, seconds: int) -> None:
    """Change seeds, aiming at inputs that run many functions; the one that fails is kept."""
    from fuzz.seeds import dictionary, seeds
    from fuzz.targets import TARGETS
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st
    from hypothesis import target as aim

    piece = st.binary(max_size=4) | st.sampled_from([each.encode() for each in dictionary()])
    changes = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), piece), min_size=1)
    runs, end = 0, time.monotonic() + seconds

    def law(data: bytes, changed: list[tuple[float, int, bytes]]) -> None:
        nonlocal runs
        for share, length, new in changed:
            at = int(share * len(data))
            data = data[:at] + new + data[at + length :]
        runs += 1
        try:
            aim(float(functions_run(TARGETS[target], data)))
        except Exception:
            (made(FOUND / target) / f"crash-{sha1(data).hexdigest()}").write_bytes(data)  # noqa: S324 - a name
            raise

    phases = [Phase.generate, Phase.target]
    few = settings(
        max_examples=50, deadline=None, database=None, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    for number in range(sys.maxsize):
        if time.monotonic() > end:
            break
        seed(number)(few(given(st.sampled_from(seeds(target)), changes)(law)))()
    print(f"number_of_executed_units: {runs}", file=sys.stderr)


def functions_run(target: Callable[[bytes], None], data: bytes) -> int:
    """How many functions of the package a target runs on some bytes."""
    found: set[CodeType] = set()

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "goalrules" in frame.f_code.co_filename:
            found.add(frame.f_code)

    sys.setprofile(watch)
    try:
        target(data)
    finally:
        sys.setprofile(None)
    return len(found)


# All of them


def tried(target: str, seconds: int, way: str) -> bool:
    """Run one target in a process of its own, and print what came of it; whether it is clean."""
    before = set(found_of(target))
    command = [sys.executable, __file__, "--one", target, "--seconds", str(seconds), "--by", way]
    done = subprocess.run(  # noqa: S603 - this script
        command, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    new = [each for each in found_of(target) if each not in before]
    runs, covered = RUNS.search(done.stderr), COVERED.findall(done.stderr)
    reached = f", {covered[-1]} branches reached" if covered else ""
    print(f"{target:12} {runs[1] if runs else '?':>8} inputs{reached}", flush=True)
    if done.returncode == 0 and not new:
        return True
    told = done.stdout if "Uncaught" in done.stdout else done.stderr
    lines = [line for line in told.splitlines() if line and not line.startswith(("#", "stat::"))]
    print("\n".join(f"    {line[:200]}" for line in lines[-SHOWN:]))
    print("\n".join(f"    kept: {each.relative_to(ROOT)}" for each in new), flush=True)
    return False


def found_of(target: str) -> list[Path]:
    """What was found by a target."""
    return sorted((FOUND / target).glob("*"))


def main() -> int:
    """Fuzz each target that is wanted; 1 where anything is found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("targets", nargs="*", metavar="target", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--by", choices=("atheris", "hypothesis"), help="what makes the inputs")
    parser.add_argument("--one", choices=NAMES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if unknown := set(given.targets) - set(NAMES):
        parser.error(f"no target {', '.join(unknown)}")
    way = given.by or ("atheris" if find_spec("atheris") else "hypothesis")
    if given.one:
        ways = {"atheris": by_atheris, "hypothesis": by_hypothesis}
        ways[way](given.one, given.seconds)
        return 0
    print(f"{way}, {given.seconds} s for each target", flush=True)
    clean = [tried(target, given.seconds, way) for target in given.targets or NAMES]
    return int(not all(clean))


if __name__ == "__main__":
    sys.exit(main())
