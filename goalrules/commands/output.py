"""What a command writes: results on standard output or whole to a file, messages beside it."""

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from goalrules.text.languages import Language

if TYPE_CHECKING:
    import argparse

    from goalrules.data.records import Progress
    from goalrules.refusal import GoalrulesError

DONE, FAULTS, USAGE, NOT_WRITTEN, INTERRUPTED = 0, 1, 2, 74, 130

STDOUT = "stdout"
LARGE = 2_000_000
"""So many bytes of a file take long enough to be shown how far their reading has come."""


def refused(error: "GoalrulesError", language: Language | None) -> int:
    """Tell every fault on the error stream."""
    from goalrules.report.diagnostics.text import plain_text

    tell(plain_text(error.diagnostics, language or error.language, error.language))
    return FAULTS


def plain(text: str) -> str:
    """The text with a sign in the place of each character that steers a terminal."""
    from goalrules.report.layout import shown

    return "\n".join(map(shown, text.split("\n")))


def json_text(document: object) -> str:
    """The document as JSON, with an escape for each character that steers a terminal."""
    from goalrules.text.source import UNSEEN

    text = json.dumps(document, ensure_ascii=False, indent=2)
    steers = re.compile(f"{UNSEEN.pattern}|[\x85\u2028\u2029\ud800-\udfff]")
    return steers.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


class Answer(Protocol):
    """What a command answers with, as text or as JSON."""

    def text(self, language: Language) -> str:
        """The answer in a language."""

    def to_dict(self) -> Mapping[str, object]:
        """The answer as JSON has it."""


def put_answer(answer: Answer, options: "argparse.Namespace", language: Language) -> int:
    """Write an answer in the form that is asked for."""
    as_json = options.format == "json"
    text = json_text(answer.to_dict()) if as_json else plain(answer.text(language))
    return put(text, options.output, language)


def put(text: str, output: str | None, language: Language) -> int:
    """Write the result to standard output, or whole to a file."""
    if output is None:
        return _print(text, language)
    return put_file(text, output, language)


def put_file(text: str | bytes, output: str, language: Language) -> int:
    """Write a text, or bytes, whole to a file."""
    from goalrules.files import FileFault, write_whole

    try:
        write_whole(output, text)
    except FileFault as fault:
        return unwritten(fault.code, output, language)
    return DONE


def _print(text: str, language: Language) -> int:
    """Write to standard output; if nobody reads on, as after `| head`, there is nobody to tell."""
    if sys.stdout is None:
        return unwritten("not-writable", STDOUT, language)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as fault:
        # The interpreter's last flush goes nowhere, since it could not be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        nobody_reads = isinstance(fault, BrokenPipeError)
        return NOT_WRITTEN if nobody_reads else unwritten("not-writable", STDOUT, language)
    return DONE


def unwritten(code: str, file: str, language: Language) -> int:
    """Tell that a file could not be written."""
    from goalrules.report.diagnostics.text import plain_text
    from goalrules.text.diagnostics import Diagnostic
    from goalrules.text.source import NOWHERE

    tell(plain_text([Diagnostic(code, file, NOWHERE, "", {"file": file})], language))
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
    if stream is None or not stream.isatty() or _size(path) < LARGE:
        yield None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # a thread would watch over it
    name = plain(os.path.split(path)[1])
    with tqdm(file=stream, unit="", leave=False, mininterval=0, desc=name) as bar:

        def move(done: int, rows: int) -> None:
            bar.total = rows
            bar.update(done - bar.n)

        yield move


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - no more than a number
    except (OSError, ValueError):
        return 0
