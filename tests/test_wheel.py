"""The package as it is handed out: its sdist, its wheel, and the wheel in an empty environment."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest

from goalrules import __version__

ROOT = Path(__file__).resolve().parent.parent
NAME = f"goalrules-{__version__}"
RUN_TIME = ("attrs", "lark", "tabulate")
MADE = {"PKG-INFO"}
"""What an sdist holds that is not in the repository: its own description."""

ABOUT = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
"""What a wheel holds of itself."""

DATA = ("grammar", "rulesets")
KINDS = {".py", ".typed", ".toml", ".lark", ".goals", ".md"}
IN_THE_ENVIRONMENT = """
import sys, goalrules
from goalrules import resources
assert goalrules.__file__.startswith(sys.prefix), goalrules.__file__
assert str(resources.PACKED).startswith(sys.prefix)
rules = goalrules.loads(resources.read_text("rulesets/socialnamnden-2025.goals"))
result = rules.assess({"5/budgetföljsamhet": -0.3, "5/avtalstrohet": 83.1, "5/omvandlingsgrad": 61})
print(result["5"].verdict, goalrules.evaluate("2 av 3 gröna", dict.fromkeys("abc", "grön")).verdict)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheel that was built from it."""
    return _build(tmp_path_factory.mktemp("built"))


def _build(folder: Path, *kinds: str) -> Path:
    _python("-m", "build", "--no-isolation", "--outdir", str(folder), *kinds, str(ROOT))
    return folder


def _python(*arguments: str, python: Path | str = sys.executable, folder: Path = ROOT) -> str:
    """What Python prints, run in a folder."""
    return _run(str(python), *arguments, folder=folder)


def _run(*command: str, folder: Path = ROOT) -> str:
    """What a command prints, with a steady date for archives and no path of Python's own."""
    unset = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    inherited = {name: text for name, text in os.environ.items() if name not in unset}
    settings = {"SOURCE_DATE_EPOCH": "1735689600"}
    done = subprocess.run(  # noqa: S603 - the tests' own commands
        command,
        cwd=folder,
        env=inherited | settings,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _wheel(folder: Path) -> Path:
    return folder / f"{NAME}-py3-none-any.whl"


def _sdist(folder: Path) -> Path:
    return folder / f"{NAME}.tar.gz"


def _files(folder: str) -> Iterator[Path]:
    """The files of a folder of the repository, without what Python leaves there."""
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT)


# What they hold


def test_the_wheel_holds_the_package_the_grammar_and_the_rule_sets_and_no_more(built: Path) -> None:
    about = {f"{NAME}.dist-info/{name}" for name in ABOUT}
    package = {path.as_posix() for path in _files("goalrules")}
    data = {f"goalrules/_data/{path.as_posix()}" for each in DATA for path in _files(each)}
    held = set(zipfile.ZipFile(_wheel(built)).namelist())
    assert held == package | data | about
    assert {"goalrules/py.typed", "goalrules/_data/grammar/goalrules.lark"} <= held
    assert {Path(name).suffix for name in held - about} <= KINDS


def test_the_sdist_holds_nothing_that_is_not_in_the_repository(built: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    command = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    known = set(_run(shutil.which("git") or "git", *command).split("\0"))
    with tarfile.open(_sdist(built)) as archive:
        held = {each.name.removeprefix(f"{NAME}/") for each in archive if each.isfile()}
    assert held - known == MADE
    assert {"Makefile", "constraints.txt", "LICENSE", "grammar/README.md"} <= held
    assert {path.as_posix() for each in ("tests", "goalrules", *DATA) for path in _files(each)} <= held


def test_the_same_source_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = _build(tmp_path / "again")
    straight = _build(tmp_path / "straight", "--wheel")  # not by way of the sdist
    assert _sdist(again).read_bytes() == _sdist(built).read_bytes()
    assert _wheel(again).read_bytes() == _wheel(built).read_bytes()
    assert _wheel(straight).read_bytes() == _wheel(built).read_bytes()


# In an environment that holds only the wheel and the three packages that it asks for


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in another folder, with the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(folder, symlinks=True)
    programs = folder / "bin"
    path = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(_python("-c", path, python=programs / "python").strip())
    for name in RUN_TIME:
        _copy(name, packages)
    pip = ("-m", "pip", "--disable-pip-version-check", "--python", str(programs / "python"))
    _python(*pip, "install", "--quiet", "--no-index", str(_wheel(built)))
    _python(*pip, "check")
    return programs


def _copy(name: str, packages: Path) -> None:
    """Copy an installed package, with its description, among the packages of another place."""
    for file in distribution(name).files or ():
        if ".." not in file.parts and file.suffix != ".pyc":
            (packages / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), packages / file)


def test_the_environment_holds_nothing_else(installed: Path) -> None:
    names = "from importlib.metadata import distributions as d; print(*sorted(x.name for x in d()))"
    found = _python("-c", names, python=installed / "python", folder=installed)
    assert found.split() == sorted(("goalrules", *RUN_TIME))


def test_the_installed_package_assesses(installed: Path, tmp_path: Path) -> None:
    code = ("-W", "error", "-c", IN_THE_ENVIRONMENT)
    said = _python(*code, python=installed / "python", folder=tmp_path)
    assert said.split() == ["met", "met"]


@pytest.mark.parametrize("start", [("goalrules",), ("python", "-m", "goalrules")])
def test_the_installed_command_assesses(
    installed: Path, tmp_path: Path, start: tuple[str, ...]
) -> None:
    shutil.copyfile(ROOT / "rulesets" / "socialnamnden-2024.goals", tmp_path / "våra mål.goals")
    shutil.copyfile(ROOT / "examples" / "utfall-2024.csv", tmp_path / "utfall.csv")
    files = ("våra mål.goals", "utfall.csv")
    program, *more = start
    said = _run(str(installed / program), *more, "assess", *files, "--period", "2024", folder=tmp_path)
    assert "Rätt insats till rätt person i rätt tid" in said


def test_the_installed_package_says_its_version(installed: Path) -> None:
    code = "import goalrules; from importlib.metadata import version; print(version('goalrules'))"
    said = _python("-c", code, python=installed / "python", folder=installed)
    assert said.strip() == __version__
