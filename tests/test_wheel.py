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
from goalrules.language.grammar import GRAMMAR, TABLE

ROOT = Path(__file__).resolve().parent.parent
NAME = f"goalrules-{__version__}"
RUN_TIME = ("attrs", "lark", "tabulate", "tqdm")
MADE = {"PKG-INFO"}
"""What an sdist holds that is not in the repository: its own description."""

ABOUT = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
"""What a wheel holds of itself."""

DATA = ("grammar", "rulesets")
LEFT = (".git", ".venv*", ".*_cache", ".hypothesis", ".counted.json")
"""What is not looked at: too large, or of a moment."""

KINDS = {".py", ".typed", ".toml", ".lark", ".json", ".goals", ".csv", ".md"}
USED = """
from goalrules import resources
rules = goalrules.loads(resources.read_text("rulesets/socialnamnden-2025.goals"))
result = rules.assess({"5/budgetföljsamhet": -0.3, "5/avtalstrohet": 83.1, "5/omvandlingsgrad": 61})
print(result["5"].verdict, goalrules.evaluate("2 av 3 gröna", dict.fromkeys("abc", "grön")).verdict)
assert result["5"].text("sv") and result.gap().text("en") and rules.check().text("sv")
"""
IN_THE_ENVIRONMENT = f"""
import sys, goalrules
{USED}
assert goalrules.__file__.startswith(sys.prefix), goalrules.__file__
assert str(resources.PACKED).startswith(sys.prefix)
"""
FROM_A_ZIP = f"""
import sys
sys.path.insert(0, sys.argv[1])
import goalrules
{USED}
assert goalrules.__file__.startswith(sys.argv[1]), goalrules.__file__
assert type(goalrules.__loader__).__name__ == "zipimporter"
assert str(resources.PACKED).startswith(sys.argv[1])
"""
NOTHING_WRITTEN = f"""
import os, sys

def watch(event, args):
    if event == "open":
        path, mode, flags = args
        written = isinstance(mode, str) and set(mode) & set("wax+")
        if written or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise PermissionError(path)
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"):
        raise PermissionError(args)

sys.addaudithook(watch)
import goalrules
{USED}
"""
"""That nothing is written shows for every user; that a folder is read-only does not for the first.
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it stands at one moment, with whatever lies about in it."""
    folder = tmp_path_factory.mktemp("source") / "goalrules"
    return Path(shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT)))


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheel that was built from it."""
    return _build(source, tmp_path_factory.mktemp("built"))


def _build(source: Path, folder: Path, *kinds: str) -> Path:
    _python("-m", "build", "--no-isolation", "--outdir", str(folder), *kinds, folder=source)
    return folder


def _python(*arguments: str, python: Path | str = sys.executable, folder: Path) -> str:
    """What Python prints, run in a folder."""
    return _run(str(python), *arguments, folder=folder)


def _run(*command: str, folder: Path) -> str:
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


def _files(source: Path, *folders: str) -> Iterator[str]:
    """The files of some folders of the project, without what Python leaves there."""
    for folder in folders:
        for path in (source / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(source).as_posix()


# What they hold


def test_the_wheel_holds_the_package_the_grammar_and_the_rule_sets_and_no_more(
    source: Path, built: Path
) -> None:
    about = {f"{NAME}.dist-info/{name}" for name in ABOUT}
    data = {f"goalrules/_data/{path}" for path in _files(source, *DATA)}
    held = set(zipfile.ZipFile(_wheel(built)).namelist())
    assert held == {*_files(source, "goalrules"), *data, *about}
    assert {"goalrules/py.typed", f"goalrules/_data/{GRAMMAR}", f"goalrules/_data/{TABLE}"} <= held
    assert {Path(name).suffix for name in held - about} <= KINDS


def test_the_sdist_holds_all_that_is_needed_to_test_it(source: Path, built: Path) -> None:
    folders = (".ci", "goalrules", "tests", "docs", "examples", *DATA)
    assert {*_files(source, *folders), "Makefile", "constraints.txt", "LICENSE"} <= _in_sdist(built)


def test_the_sdist_holds_nothing_that_is_not_in_the_repository(built: Path) -> None:
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    trusted = ("-c", f"safe.directory={ROOT}")
    command = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    known = set(_run(git, *trusted, *command, folder=ROOT).split("\0"))
    assert _in_sdist(built) - known == MADE


def _in_sdist(folder: Path) -> set[str]:
    with tarfile.open(_sdist(folder)) as archive:
        return {each.name.removeprefix(f"{NAME}/") for each in archive if each.isfile()}


def test_the_same_source_gives_the_same_bytes(source: Path, built: Path, tmp_path: Path) -> None:
    again = _build(source, tmp_path / "again")
    straight = _build(source, tmp_path / "straight", "--wheel")  # not by way of the sdist
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
    packages = Path(_python("-c", path, python=programs / "python", folder=folder).strip())
    for name in RUN_TIME:
        _copy(name, packages)
    pip = ("-m", "pip", "--disable-pip-version-check", "--python", str(programs / "python"))
    _python(*pip, "install", "--quiet", "--no-index", str(_wheel(built)), folder=folder)
    _python(*pip, "check", folder=folder)
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


def test_the_wheel_runs_from_a_zip(installed: Path, built: Path, tmp_path: Path) -> None:
    wheel = str(_wheel(built))
    code = ("-W", "error", "-c", FROM_A_ZIP, wheel)
    said = _python(*code, python=installed / "python", folder=tmp_path)
    assert said.split() == ["met", "met"]


def test_the_package_runs_where_nothing_can_be_written(installed: Path, tmp_path: Path) -> None:
    code = ("-B", "-W", "error", "-c", NOTHING_WRITTEN)
    said = _python(*code, python=installed / "python", folder=tmp_path)
    assert said.split() == ["met", "met"]
    tried = NOTHING_WRITTEN.replace("import goalrules", "open('x', 'w')")
    with pytest.raises(AssertionError, match="PermissionError"):
        _python("-B", "-c", tried, python=installed / "python", folder=tmp_path)


@pytest.mark.parametrize("start", [("goalrules",), ("python", "-m", "goalrules")])
def test_the_installed_command_assesses(
    installed: Path, tmp_path: Path, start: tuple[str, ...]
) -> None:
    shutil.copyfile(ROOT / "rulesets" / "socialnamnden-2024.goals", tmp_path / "våra mål.goals")
    shutil.copyfile(ROOT / "examples" / "utfall-2024.csv", tmp_path / "utfall.csv")
    files = ("våra mål.goals", "utfall.csv")
    program, *more = start
    said = _run(
        str(installed / program), *more, "assess", *files, "--period", "2024", folder=tmp_path
    )
    assert "Rätt insats till rätt person i rätt tid" in said


def test_the_installed_package_says_its_version(installed: Path) -> None:
    code = "import goalrules; from importlib.metadata import version; print(version('goalrules'))"
    said = _python("-c", code, python=installed / "python", folder=installed)
    assert said.strip() == __version__
