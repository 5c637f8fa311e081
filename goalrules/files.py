"""Files as they are read and written: regular files, and standard input, within a limit; whole."""

import contextlib
import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

BYTES_IN_MEGABYTE = 1_000_000
NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
MODE_BEFORE_UMASK = 0o666
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
LEFT_BEHIND = re.compile(r"\.goalrules-[0-9a-f]{16}")
"""The name of a file that is being written, and of one whose writer was killed."""

SECONDS_OF_WRITING = 3_600
"""No file takes so long to write; one that is so much older was left behind."""

NOTE_ENDING = ".toml"
"""What stands after the name of a file in that of the note beside it."""

WORKBOOKS = (".xlsx", ".xlsm")
LOCKS = ("~$", ".~lock.")
"""How the names begin of what Excel and LibreOffice leave beside a workbook that is open."""

InFolder: TypeAlias = Literal["temporary", "copy", "conflict copy", "other kind", "folder", ""]
"""Why what lies in a folder is not read; the empty text where it is."""

OF_DATA = (*WORKBOOKS, ".csv", ".tsv", ".txt", ".json", ".xls", ".xlsb", ".ods")
"""How the names end of files in a folder that are read; of some it is told what to do with them."""

TEMPORARY = (".tmp", ".temp", ".bak", ".part", ".partial", ".crdownload", ".download", "~", "#")
CONFLICT = re.compile(
    r"conflict(ed)?[ _-]?copy|konfliktkopia|konfliktkopie|i konflikt\)|\(konflikt|\(conflict"
    r"|[-.]sync-conflict-|\[conflict|_conf\(\d|case conflict",
    re.IGNORECASE,
)
"""How Dropbox, Nextcloud, OneDrive, Google Drive, Syncthing and others name the copy of a file that
two have changed at once."""

COPY = re.compile(
    r"(?:kopia av|copy of) (.+)|(.+?)(?:[ _]?\(\d+\)|[ _]?[-\u2013_ ][ _]?(?:kopia|copy)(?: \d+)?)",
    re.IGNORECASE,
)
"""How systems and browsers name a further copy of a file: `utfall (1)`, `utfall - kopia`, and what
it is a copy of."""

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What the name of a file cannot have, and cannot be, on Windows."""

ON_WINDOWS = os.name == "nt"
LONGEST_ON_WINDOWS = 259
TOO_LONG_FOR_WINDOWS = 206
SHARING_VIOLATION = 32
CLOUD_FAULTS = range(358, 405)
"""The faults of Windows: ERROR_FILENAME_EXCED_RANGE, ERROR_SHARING_VIOLATION, and those of files of
cloud drives, from ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING on."""

STDIN = "stdin"
"""What standard input is called where a file would be."""


class FileFault(Exception):  # noqa: N818 - a fault is what the reader of a message meets
    """A file that cannot be read or written: a code, the file, and the limit in MB if there is one.

    The codes are `no-such-file`, `no-such-folder`, `is-a-directory`, `not-a-regular-file`,
    `too-large`, `not-readable`, `not-writable`, `write-protected`, `lock-file`, `open-elsewhere`,
    `not-downloaded` and `path-too-long`.
    """

    def __init__(self, code: str, file: str, limit: int = 0) -> None:
        super().__init__(f"{file}: {code}")
        self.code = code
        self.file = file
        self.limit = limit


def is_folder(path: str) -> bool:
    """Whether there is a folder of that name; not, where that cannot be told."""
    return os.path.isdir(path)  # noqa: PTH112 - raises nothing


def files_in(folder: str) -> Iterator[tuple[str, InFolder]]:
    """What lies in a folder, by name, each with why it is not read if it is not.

    What is read with a file, as the note beside it, is none of them.

    Raises:
        FileFault: the folder cannot be read.
    """
    with _faults_of(folder, "not-readable"):
        names = sorted(os.listdir(folder), key=str.casefold)  # noqa: PTH208 - told as it was given
    known = {_plain(each) for each in names}
    for name in names:
        path = os.path.join(folder, name)  # noqa: PTH118 - as above
        is_note = name.endswith(NOTE_ENDING) and _plain(name).removesuffix(NOTE_ENDING) in known
        if not is_note:
            yield path, _why_unread(name, path, known)


def _why_unread(name: str, path: str, known: AbstractSet[str]) -> InFolder:
    """Why a file of a folder is not read: it is none of outcomes, or a copy that a program left."""
    plain = _plain(name)
    if plain.startswith((".", "~", "#")) or plain.endswith(TEMPORARY):
        return "temporary"
    if is_folder(path):
        return "folder"
    if not plain.endswith(OF_DATA):
        return "other kind"
    if CONFLICT.search(plain):
        return "conflict copy"
    stem, _, ending = plain.rpartition(".")
    while made := COPY.fullmatch(stem):
        stem = made[1] or made[2]
        if f"{stem}.{ending}" in known:
            return "copy"
    return ""


def _plain(name: str) -> str:
    """What two spellings of a file's name share."""
    return unicodedata.normalize("NFC", name).casefold()


def workbooks_in(folder: str, names: Sequence[str]) -> dict[str, str]:
    """For each name the path of a workbook called so in a folder; the empty text where it has none.

    It has none where another one's would be the same, or where it would not be read (`files_in`).
    """
    files = [_UNFIT.sub("-", name).strip(" .") for name in names]
    plain = [_plain(f"{file}.xlsx") for file in files]
    paths: dict[str, str] = {}
    for name, file, own in zip(names, files, plain, strict=True):
        path = os.path.join(folder, f"{file}.xlsx")  # noqa: PTH118 - as it was given
        unfit = not file or plain.count(own) > 1 or _RESERVED.fullmatch(file)
        paths[name] = "" if unfit or _why_unread(f"{file}.xlsx", path, {*plain}) else path
    return paths


def made_folder(path: str) -> None:
    """Make a folder if there is none.

    Raises:
        FileFault: it cannot be made, or a file has its name.
    """
    with _faults_of(path, "not-writable"):
        if is_taken(path):
            raise FileFault("no-such-folder", path)
        Path(path).mkdir(exist_ok=True)


def read_bytes(path: str | os.PathLike[str], limit: int) -> bytes:
    """The bytes of a regular file that has at most so many.

    Raises:
        FileFault: there is no such file, or it is of another kind, too large or unreadable.
    """
    file = os.fspath(path)
    _refuse_lock(file)
    with _faults_of(file, "not-readable"), _opened(file) as opened:
        _refuse_too_large(file, os.fstat(opened.fileno()).st_size, limit)
        data = opened.read(limit + 1)
    _refuse_too_large(file, len(data), limit)
    if not data and _is_workbook(file):
        raise FileFault("not-downloaded", file)
    return data


def read_lines(path: str | os.PathLike[str], longest: int) -> Iterator[bytes | None]:
    """The lines of a regular file one after the other; None for one of more than so many bytes.

    Raises:
        FileFault: as `read_bytes` does, but for the size of the file.
    """
    file = os.fspath(path)
    with _faults_of(file, "not-readable"), _opened(file) as opened:
        yield from _lines_in(opened, longest)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """A regular file, opened to be read."""
    _refuse_other_kinds(file, Path(file).stat().st_mode)
    with os.fdopen(os.open(file, os.O_RDONLY | NO_WAITING), "rb") as opened:
        _refuse_other_kinds(file, os.fstat(opened.fileno()).st_mode)
        yield opened


def _lines_in(opened: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """Lines without their ends. The rest of one that is too long is read in pieces and dropped."""
    while line := opened.readline(longest + 1):
        if line.endswith(b"\n") or len(line) <= longest:
            yield line.removesuffix(b"\n")
            continue
        while line and not line.endswith(b"\n"):
            line = opened.readline(longest)
        yield None


def read_stdin(limit: int) -> bytes:
    """The bytes of standard input, to its end, of which there are at most so many.

    Raises:
        FileFault: it is closed or cannot be read, or there is more of it.
    """
    with _stdin() as opened:
        data = opened.read(limit + 1)
    _refuse_too_large(STDIN, len(data), limit)
    return data


def read_stdin_lines(longest: int) -> Iterator[bytes | None]:
    """The lines of standard input, as `read_lines` gives those of a file."""
    with _stdin() as opened:
        yield from _lines_in(opened, longest)


@contextmanager
def _stdin() -> Iterator[BinaryIO]:
    """Standard input as bytes; `FileFault` where it is closed or cannot be read."""
    if sys.stdin is None:
        raise FileFault("not-readable", STDIN)
    try:
        yield sys.stdin.buffer
    except (OSError, ValueError) as fault:  # the latter where it was closed meanwhile
        raise FileFault("not-readable", STDIN) from fault


def is_taken(path: str | os.PathLike[str]) -> bool:
    """Whether something other than a folder has that name; not, where that cannot be told."""
    file = os.fspath(path)
    return os.path.exists(file) and not os.path.isdir(file)  # noqa: PTH110, PTH112 - raise nothing


def write_whole(path: str | os.PathLike[str], text: str | bytes | Iterable[bytes]) -> None:
    """Write a text, or bytes at once or in pieces, so that the file holds all, or is as before.

    Raises:
        FileFault: the target is no regular file, or it cannot be written or may not be.
    """
    whole = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text
    data = [whole] if isinstance(whole, bytes) else whole
    file = os.fspath(path)
    with _faults_of(file, "not-writable"):
        target = Path(os.path.realpath(file))
        if not target.parent.is_dir():
            raise FileFault("no-such-folder", file)
        mode = _mode_of(file, target)
        with _beside(target) as written:
            _write(written, data, mode)
            _clean_beside(written)
            written.replace(target)


def _mode_of(file: str, target: Path) -> int | None:
    """The mode of an existing target, a regular file that may be written; nothing for a new one."""
    if not target.exists():
        return None
    mode = target.stat().st_mode
    _refuse_other_kinds(file, mode)
    if not mode & WRITABLE or not os.access(target, os.W_OK):
        raise FileFault("write-protected", file)
    return stat.S_IMODE(mode)


def _clean_beside(written: Path) -> None:
    """Remove what killed runs have left in the folder: files of our own kind, which are old."""
    now = written.stat()
    for left in written.parent.iterdir():
        if not LEFT_BEHIND.fullmatch(left.name):
            continue
        with contextlib.suppress(OSError):  # another run may have removed it
            found = left.lstat()
            old = now.st_mtime - found.st_mtime > SECONDS_OF_WRITING
            if old and stat.S_ISREG(found.st_mode) and found.st_uid == now.st_uid:
                left.unlink()


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new name in the target's folder, where nothing is left if the writing is broken off."""
    import secrets  # noqa: PLC0415 - most calls write no file

    path = target.with_name(f".goalrules-{secrets.token_hex(8)}")
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(path: Path, data: Iterable[bytes], mode: int | None) -> None:
    with os.fdopen(os.open(path, NEW_FILE, MODE_BEFORE_UMASK), "wb") as opened:
        opened.writelines(data)
        opened.flush()
        os.fsync(opened.fileno())
    if mode is not None:
        path.chmod(mode)


@contextmanager
def _faults_of(file: str, code: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:
        raise FileFault(_code_of_missing(file), file) from fault
    except OSError as fault:
        raise FileFault(_code_of(fault, file) or code, file) from fault


def _code_of_missing(file: str) -> str:
    """Why a file is not there: a cloud drive has but its name, or its path is too long."""
    folder, name = os.path.split(file)
    if _is_there(folder, f".{name}.icloud"):
        return "not-downloaded"
    too_long = ON_WINDOWS and len(os.path.abspath(file)) > LONGEST_ON_WINDOWS  # noqa: PTH100
    return "path-too-long" if too_long else "no-such-file"


def _code_of(fault: OSError, file: str) -> str:
    """Why the system refuses a file, where it can be told what to do."""
    folder, name = os.path.split(file)
    number = getattr(fault, "winerror", None) or 0
    if fault.errno == errno.ENAMETOOLONG or number == TOO_LONG_FOR_WINDOWS:
        return "path-too-long"
    if number in CLOUD_FAULTS or fault.errno == errno.EDEADLK:
        return "not-downloaded"
    locks = (f"~${name}", f"~${name[2:]}", f".~lock.{name}#")
    locked = isinstance(fault, PermissionError) and any(_is_there(folder, each) for each in locks)
    return "open-elsewhere" if locked or number == SHARING_VIOLATION else ""


def _is_there(folder: str, name: str) -> bool:
    return os.path.exists(os.path.join(folder, name))  # noqa: PTH110, PTH118 - raise nothing


def _is_workbook(name: str) -> bool:
    return name.casefold().endswith(WORKBOOKS)


def _refuse_lock(file: str) -> None:
    """Refuse what a program leaves beside a workbook that is open in it."""
    name = os.path.basename(file)  # noqa: PTH119 - no more than a name
    if name.startswith(LOCKS) and _is_workbook(name.rstrip("#")):
        raise FileFault("lock-file", file)


def _refuse_other_kinds(file: str, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FileFault("is-a-directory", file)
    if not stat.S_ISREG(mode):
        raise FileFault("not-a-regular-file", file)


def _refuse_too_large(file: str, size: int, limit: int) -> None:
    if size > limit:
        raise FileFault("too-large", file, limit // BYTES_IN_MEGABYTE)
