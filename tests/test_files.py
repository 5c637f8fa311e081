"""Files: what is refused before it is read, and that a written file is the old or the new one."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalrules.files import FileFault, read_bytes, write_whole

LIMIT = 1_000_000
IN_TURN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


def code_of(action: Callable[[], object]) -> tuple[str, int]:
    with pytest.raises(FileFault) as caught:
        action()
    return caught.value.code, caught.value.limit


def refuse(_: object) -> None:
    raise OSError(28, "No space left on device")


def interrupt(_: object) -> None:
    raise KeyboardInterrupt


@IN_TURN
@given(st.text())
def test_what_is_written_is_read(tmp_path: Path, text: str) -> None:
    write_whole(tmp_path / "a", text)
    assert read_bytes(tmp_path / "a", LIMIT) == text.encode()
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"PK\x03\x04\xff\r\n")
    assert read_bytes(tmp_path / "a", LIMIT) == b"PK\x03\x04\xff\r\n"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none", "no-such-file"),
        ("file/none", "no-such-file"),
        ("nul\0", "no-such-file"),
        ("folder", "is-a-directory"),
        ("pipe", "not-a-regular-file"),
        ("x" * 300, "path-too-long"),
        ("~$plan.xlsx", "lock-file"),
        (".~lock.plan.XLSX#", "lock-file"),
        ("cloud.xlsx", "not-downloaded"),
        ("later.xlsx", "not-downloaded"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "cloud.xlsx").write_bytes(b"")
    (tmp_path / ".later.xlsx.icloud").write_bytes(b"plist")
    assert code_of(lambda: read_bytes(str(tmp_path / name), LIMIT)) == (code, 0)


def of_windows(number: int) -> OSError:
    """What Python raises of Windows: the number of its fault stands beside that of C."""
    fault = PermissionError() if number == 32 else OSError()
    setattr(fault, "winerror", number)  # noqa: B010 - other systems do not have it
    return fault


@pytest.mark.parametrize(
    ("lock", "fault", "code"),
    [
        ("~$plan.xlsx", PermissionError(), "open-elsewhere"),
        ("~$an.xlsx", PermissionError(), "open-elsewhere"),
        (".~lock.plan.xlsx#", PermissionError(), "open-elsewhere"),
        ("", PermissionError(), "not-readable"),
        ("~$plan.xlsx", OSError(), "not-readable"),
        ("", of_windows(32), "open-elsewhere"),
        ("", of_windows(362), "not-downloaded"),
        ("", of_windows(206), "path-too-long"),
        ("", OSError(errno.EDEADLK, "deadlock"), "not-downloaded"),
        ("", OSError(errno.EIO, "io"), "not-readable"),
    ],
)
def test_why_a_file_is_refused_is_told(
    tmp_path: Path, lock: str, fault: OSError, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    (tmp_path / "plan.xlsx").write_bytes(b"PK")
    if lock:
        (tmp_path / lock).write_bytes(b"user")
    monkeypatch.setattr("os.open", refuse)
    assert code_of(lambda: read_bytes(tmp_path / "plan.xlsx", LIMIT)) == (code, 0)


@pytest.mark.parametrize(("name", "code"), [("n" * 250, "path-too-long"), ("n", "no-such-file")])
def test_a_long_path_that_windows_does_not_find(
    tmp_path: Path, name: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / name)
    monkeypatch.setattr("goalrules.files.ON_WINDOWS", True)
    monkeypatch.setattr("goalrules.files.LONGEST_ON_WINDOWS", len(str(tmp_path)) + 20)
    assert code_of(lambda: read_bytes(path, LIMIT)) == (code, 0)


@pytest.mark.parametrize(("name", "size"), [("empty.csv", 0), ("~$notes.txt", 4)])
def test_other_files_are_read_as_they_are(tmp_path: Path, name: str, size: int) -> None:
    (tmp_path / name).write_bytes(b"x" * size)
    assert len(read_bytes(tmp_path / name, LIMIT)) == size


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none/x", "no-such-folder"),
        ("file/x", "no-such-folder"),
        ("folder", "is-a-directory"),
        ("pipe", "not-a-regular-file"),
        ("x" * 300, "path-too-long"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(tmp_path.iterdir())
    assert code_of(lambda: write_whole(tmp_path / name, "new")) == (code, 0)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * LIMIT)
    assert len(read_bytes(path, LIMIT)) == LIMIT
    with path.open("ab") as opened:
        opened.truncate(10**12)
    assert code_of(lambda: read_bytes(path, LIMIT)) == ("too-large", 1)


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"")
    small = path.stat()
    path.write_bytes(b"x" * 11)
    monkeypatch.setattr("os.fstat", lambda _: small)
    assert code_of(lambda: read_bytes(path, 10)) == ("too-large", 0)


@pytest.mark.parametrize("fails", ["os.fsync", "os.open", "pathlib.Path.replace"])
@pytest.mark.parametrize("old", [True, False])
def test_a_fault_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, *, old: bool
) -> None:
    path = tmp_path / "a"
    if old:
        path.write_text("old")
    monkeypatch.setattr(fails, lambda *given: refuse(given))
    assert code_of(lambda: write_whole(path, "new")) == ("not-writable", 0)
    monkeypatch.undo()
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == (
        {"a": "old"} if old else {}
    )


def test_an_interrupt_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, "new")
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {"a": "old"}


def test_the_mode_of_an_old_file_is_kept_and_the_umask_holds_for_a_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        write_whole(old, "1")
        write_whole(new, "1")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (old, new)] == [0o640, 0o640]
    old.chmod(0o604)
    write_whole(old, "2")
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


def test_a_link_stays_a_link_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "new\nline")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\nline"


def test_a_fault_names_its_file() -> None:
    assert str(FileFault("too-large", "x.csv", 50)) == "x.csv: too-large"


@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_file_that_is_read_only_is_not_written_over(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "file"
    target.write_text("old")
    target.chmod(mode)
    assert code_of(lambda: write_whole(target, "new")) == ("write-protected", 0)
    assert [target] == list(tmp_path.iterdir())
    assert target.read_text() == "old"


def test_what_killed_runs_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    names = {
        "old": ".goalrules-0123456789abcdef",
        "new": ".goalrules-fedcba9876543210",
        "long": ".goalrules-0123456789abcdef0",
        "other": ".goalrules-notes",
        "folder": ".goalrules-aaaaaaaaaaaaaaaa",
        "link": ".goalrules-bbbbbbbbbbbbbbbb",
    }
    (tmp_path / names["folder"]).mkdir()
    (tmp_path / names["link"]).symlink_to(tmp_path / names["other"])
    for each in ("old", "new", "long", "other"):
        (tmp_path / names[each]).write_text(each)
    for each in ("old", "long", "other", "folder"):
        os.utime(tmp_path / names[each], (0, 0))
    os.utime(tmp_path / names["link"], (0, 0), follow_symlinks=False)
    write_whole(tmp_path / "file", "whole")
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {"file", *names.values()} - {names["old"]}


def test_what_was_left_behind_and_cannot_be_removed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / ".goalrules-0123456789abcdef"
    left.write_text("left")
    os.utime(left, (0, 0))

    def refuse(_: Path, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    write_whole(tmp_path / "file", "whole")
    assert {each.name for each in tmp_path.iterdir()} == {"file", left.name}
