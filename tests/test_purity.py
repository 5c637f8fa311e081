"""What the package leaves alone: the network, processes, files to write, and what surrounds it.

Each test runs a Python of its own, in which an audit hook sees all that the interpreter does.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache

import pytest
from imports import ROOT

RULES = ROOT / "rulesets" / "socialnamnden-2025.goals"
OUTCOMES = ROOT / "examples" / "utfall-2025.csv"


def python(code: str, **environment: str) -> str:
    """What a Python of its own prints; it must not fail."""
    done = subprocess.run(  # noqa: S603 - the code is this file's
        [sys.executable, "-X", "utf8=0", "-c", code],
        check=False,
        capture_output=True,
        env={**os.environ, **environment},
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


WATCHED = f"""
import sys
seen = set()
text = "a green or 2 of 3 green"

def watch(event, args):
    if event == "compile":
        source, name = map(str, args)
        if not name.endswith((".py'", ".py")) and ("green" in source or "grön" in source):
            seen.add(event)
    elif event == "open":
        path, mode, flags = args
        if (isinstance(mode, str) and set(mode) & set("wax+")) or flags & 3:
            seen.add(f"open {{path}} {{mode}} {{flags}}")
    elif event.split(".")[0] in WATCHED:
        seen.add(event)

WATCHED = (
    "socket subprocess pickle marshal_load shutil tempfile ftplib urllib http smtplib sqlite3"
    " webbrowser ctypes winreg".split()
)
WATCHED += ["os"]
QUIET = {{"os.listdir", "os.scandir", "os.fspath", "os.walk", "os.fwalk", "os.listxattr"}}
sys.dont_write_bytecode = True
sys.addaudithook(watch)

import goalrules
import goalrules.api

rules = goalrules.load({str(RULES)!r})
result = rules.assess(goalrules.read_outcomes({str(OUTCOMES)!r}))
for goal in result.values():
    goal.text("sv"), goal.text("en"), goal.to_dict()
result.table(), result.text(), result.to_dict()
goalrules.evaluate(text, {{"a": "green", "b": None, "c": "red"}}).text("en")
print(sorted(seen - QUIET))
"""


def test_nothing_is_done_beyond_reading() -> None:
    assert python(WATCHED) == "[]\n"


@pytest.mark.parametrize(
    "deed",
    ["open('/dev/null', 'w')", "__import__('subprocess').run(['true'])", "exec('green = 1')",
     "__import__('pickle').loads(b'cos\\ngetpid\\n.')", "__import__('socket').socket()",
     "__import__('os').remove('/nowhere')"],
)  # fmt: skip
def test_the_watch_sees(deed: str) -> None:
    before, _, _ = WATCHED.partition("import goalrules\n")
    tried = f"try:\n    {deed}\nexcept OSError:\n    pass\n"
    assert python(f"{before}{tried}print(sorted(seen - QUIET))") != "[]\n"


# What surrounds the program, and must not change a byte

ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "C": {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0"},
    "POSIX without UTF-8": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "Swedish": {"LC_ALL": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8", "LANGUAGE": "sv"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "Latin-1": {"LC_ALL": "sv_SE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    "Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "Niue": {"TZ": "Pacific/Niue"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 2": {"PYTHONHASHSEED": "2"},
    "a narrow terminal": {"COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1"},
}


COMMAND = f"""
from goalrules.cli import main
for format_ in ("json", "tree", "table"):
    main(["assess", {str(RULES)!r}, {str(OUTCOMES)!r}, "--format", format_])
"""


@cache
def assessed(environment: tuple[tuple[str, str], ...] = ()) -> bytes:
    """What the command prints for the plan of 2025, in every format."""
    return subprocess.run(  # noqa: S603 - the command is this file's
        [sys.executable, "-c", COMMAND],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "0", **dict(environment)},
    ).stdout


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_surroundings_change_nothing(environment: str) -> None:
    given = tuple(ENVIRONMENTS[environment].items())
    assert assessed(given) == assessed()
    assert "grön".encode() in assessed(given)


# What must not be there until it is needed

HEAVY = (
    "lark",
    "attrs",
    "attr",
    "tabulate",
    "tomllib",
    "goalrules.api",
    "json.tool",
    "csv",
    "tqdm",
)


def loaded(code: str) -> set[str]:
    """The modules that are there after some code."""
    return set(python(f"import sys\n{code}\nprint(*sys.modules, sep='\\n')").splitlines())


@pytest.mark.parametrize(
    "code",
    ["import goalrules", "import goalrules.cli",
     "from goalrules.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"],
)  # fmt: skip
def test_asking_for_help_is_cheap(code: str) -> None:
    assert loaded(code) & set(HEAVY) == set()


def test_importing_opens_no_door() -> None:
    doors = {"socket", "ssl", "http.client", "urllib.request", "multiprocessing", "asyncio"}
    assert loaded("import goalrules.api") & (doors | {"subprocess"}) == set()
