"""What a command writes: results on standard output or whole to a file, messages beside it."""

import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TextIO

from goalrules.text.languages import Language

if TYPE_CHECKING:
    import argparse

    from goalrules.data.records import Progress
    from goalrules.refusal import GoalrulesError

DONE, FAULTS, USAGE, NOT_WRITTEN, INTERRUPTED = 0, 1, 2, 74, 130

STDOUT = "stdout"
DASH = "-"
"""What is given in the place of a file where standard input or standard output is meant."""

LARGE = 2_000_000
"""So many bytes of a file take long enough to be shown how far their reading has come."""


def refused(error: "GoalrulesError", format_: str, language: Language | None) -> int:
    """Tell every fault of what the command was given."""
    tell_error(error, format_, language)
    return FAULTS


def tell_error(error: "GoalrulesError", format_: str, language: Language | None) -> None:
    """Tell faults on the error stream: a line for each, or one document where JSON is asked for."""
    as_json = format_ == "json"
    tell(json_text(error.to_dict(language)).rstrip() if as_json else error.text(language))


def plain(text: str) -> str:
    """The text with a sign in the place of each character that steers a terminal."""
    from goalrules.report.layout import shown

    return "\n".join(map(shown, text.split("\n")))


def json_text(document: object) -> str:
    """The document as JSON, with an escape for each character that steers a terminal."""
    return _plain_json(json.dumps(document, ensure_ascii=False, indent=2))


def json_line(document: object) -> str:
    """The same on one line."""
    return _plain_json(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def _plain_json(text: str) -> str:
    from goalrules.text.source import UNSEEN

    steers = re.compile(f"{UNSEEN.pattern}|[\x85\u2028\u2029\ud800-\udfff]")
    return steers.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


class Answer(Protocol):
    """What a command answers with, as text or as JSON."""

    def text(self, language: Language) -> str:
        """The answer in a language."""

    def to_dict(self) -> Mapping[str, object]:
        """The answer as JSON has it."""


class Accounted(Protocol):
    """What knows what of its inputs was used, and what not."""

    def inputs_text(self, language: Language) -> str:
        """The whole account of the inputs in a language."""


def put_answer(
    answer: Answer, options: "argparse.Namespace", language: Language, beside: str = ""
) -> int:
    """Write an answer in the form that is asked for; a text has beside it what is asked for too."""
    as_json = options.format == "json"
    told = "" if as_json else "\n".join(filter(None, (answer.text(language), beside)))
    text = json_text(answer.to_dict()) if as_json else plain(told)
    return put(text, options.output, language, options.format)


def with_inputs(
    text: str, answer: "Accounted", options: "argparse.Namespace", language: Language
) -> str:
    """A text with the account of its inputs below it, if that is asked for; JSON has it always."""
    if not options.inputs or options.format == "json":
        return text
    return f"{text}\n{plain(answer.inputs_text(language))}"


def put(text: str, output: str | None, language: Language, format_: str = "") -> int:
    """Write the result to standard output, or whole to a file; the format is that of faults."""
    if output is None:
        return _print(text, language, format_)
    return put_file(text, output, language, format_)


def put_file(text: str | bytes, output: str, language: Language, format_: str = "") -> int:
    """Write a text, or bytes, whole to a file."""
    from goalrules.files import FileFault, write_whole

    try:
        write_whole(output, text)
    except FileFault as fault:
        return unwritten(fault.code, output, language, format_)
    return DONE


def put_lines(lines: Iterable[str], output: str | None, language: Language) -> int:
    """Write lines one by one to standard output, each whole, or all of them to a file."""
    from goalrules.files import FileFault, write_whole

    if output is None:
        for line in lines:
            with _uninterrupted():
                written = _print(line, language, "")
            if written:
                return written
        return DONE
    try:
        write_whole(output, _encoded(lines))
    except FileFault as fault:
        return unwritten(fault.code, output, language)
    except _BrokenOffError as broken:
        raise broken.error from None
    return DONE


class _BrokenOffError(Exception):
    """That what is to be written broke off, for an error that is none of the writing."""

    def __init__(self, error: "GoalrulesError") -> None:
        super().__init__()
        self.error = error


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    from goalrules.refusal import GoalrulesError

    try:
        for line in lines:
            yield line.encode("utf-8", "backslashreplace")
    except GoalrulesError as error:  # which may be an `OSError` too
        raise _BrokenOffError(error) from error


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep an interrupt from the keyboard waiting, where the system can, until a line is out."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def _print(text: str, language: Language, format_: str) -> int:
    """Write to standard output; if nobody reads on, as after `| head`, there is nobody to tell."""
    if sys.stdout is None:
        return unwritten("not-writable", STDOUT, language, format_)
    try:
        _write_all(text, sys.stdout)
    except OSError as fault:
        # The interpreter's last flush goes nowhere, since it could not be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        nobody_reads = isinstance(fault, BrokenPipeError)
        if nobody_reads:
            return NOT_WRITTEN
        return unwritten("not-writable", STDOUT, language, format_)
    return DONE


def _write_all(text: str, stream: TextIO) -> None:
    """Write all of a text, also where a stream has no buffer and takes some of it at a time."""
    stream.flush()
    binary = getattr(stream, "buffer", None)
    if binary is None:
        stream.write(text)
    else:
        left = memoryview(text.encode("utf-8", "backslashreplace"))
        while left:
            left = left[binary.write(left) or 0 :]
    stream.flush()


def unwritten(code: str, file: str, language: Language, format_: str = "") -> int:
    """Tell that a file could not be written."""
    from goalrules.refusal import FileError, fault

    tell_error(FileError([fault(code, file, file=file)], language), format_, language)
    return NOT_WRITTEN


def tell(message: str) -> None:
    """Write a message to standard error, where there is one that takes it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()


@contextlib.contextmanager
def progress_of(path: str) -> Iterator["Progress | None"]:
    """A bar on the error stream while a large file is read, where that is a terminal."""
    stream = sys.stderr
    if stream is None or path == DASH or not stream.isatty() or _size(path) < LARGE:
        yield None
        return
    # What the environment says of bars may be anything: it costs the bar, and not the command.
    try:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # a thread would watch over it
        name = plain(os.path.split(path)[1])
        bar = tqdm(file=stream, unit="", leave=False, mininterval=0, desc=name)
    except Exception:  # noqa: BLE001 - whatever a setting is refused with
        yield None
        return

    def move(done: int, rows: int) -> None:
        with contextlib.suppress(Exception):
            bar.total = rows
            bar.update(done - bar.n)

    try:
        yield move
    finally:
        with contextlib.suppress(Exception):
            bar.close()


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - no more than a number
    except (OSError, ValueError):
        return 0
