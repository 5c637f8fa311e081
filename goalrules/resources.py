"""The texts that come with the package: grammar, word tables and rule sets.

In an installed package they lie in it, under `_data`; in a checkout the same folders lie
beside the package.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def package_folder(file: str) -> "Traversable":
    """The folder of the package in which a module lies, also where that is packed in a zip."""
    folder = Path(file).resolve().parent
    if folder.is_dir():
        return folder
    from importlib.resources import files  # noqa: PLC0415 - it takes long to import, and is for zips

    return files("goalrules")


FOLDERS = ("grammar", "rulesets")
PACKAGE = package_folder(__file__)
PACKED = PACKAGE.joinpath("_data")
BESIDE = Path(__file__).resolve().parent.parent


def read_text(path: str) -> str:
    """The text of a file such as `grammar/data-sv.toml`.

    Raises:
        FileNotFoundError: there is no such file among those that come with the package.
    """
    found = _found(path)
    if not found.is_file():
        raise FileNotFoundError(path)
    return found.read_text(encoding="utf-8")


@cache
def read_table(path: str) -> Mapping[str, Any]:
    """The sections of a table such as `grammar/data-sv.toml`, read once.

    Raises:
        FileNotFoundError: there is no such file among those that come with the package.
    """
    return tomllib.loads(read_text(path))


def names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder such as `rulesets`, in order.

    Raises:
        FileNotFoundError: there is no such folder among those that come with the package.
    """
    found = _found(folder)
    if not found.is_dir():
        raise FileNotFoundError(folder)
    return tuple(sorted(each.name for each in found.iterdir() if each.is_file()))


def _found(path: str) -> "Traversable":
    parts = PurePosixPath(path).parts
    if not parts or parts[0] not in FOLDERS or ".." in parts:
        raise FileNotFoundError(path)
    packed = PACKED.joinpath(*parts)
    return packed if packed.is_file() or packed.is_dir() else BESIDE.joinpath(*parts)
