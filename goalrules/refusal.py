"""Errors that say every fault: what the package raises where it cannot use what it was given.

Each class says whose fault it is: of the rules, of the outcomes, of the question, of a limit, of
the file system, or of what is installed. All of them are `GoalrulesError`, and hold diagnostics.
"""

import errno
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, Literal

from attrs import asdict, field

from goalrules.document import to_json
from goalrules.frozen import FrozenMap
from goalrules.lazily import frozen
from goalrules.limits import LIMITS, LimitName
from goalrules.report.diagnostics.declarations import Severity, declarations
from goalrules.report.diagnostics.edits import edits_of
from goalrules.report.diagnostics.text import render, texts_of
from goalrules.text import diagnostics as wordless
from goalrules.text.diagnostics import DiagnosticFact, Edit, PathKey
from goalrules.text.languages import Language, spoken
from goalrules.text.source import NOWHERE, Span

MOST_SHOWN = 5
"""So many codes of faults are shown where Python shows an error."""

Blamed = Literal["rules", "outcomes", "question", "limit", "file", "package"]
"""Whose fault an error is, or what it lies in."""


@frozen
class DiagnosticInWords:
    """One fault: what it is, where it stands, and what to do about it, in words of a language."""

    __title__ = "Diagnostic"

    code: Annotated[str, "Its code, which stays the same whatever the words are."]
    severity: Annotated[Severity, "How grave it is."]
    message: Annotated[str, "What is wrong."]
    hint: Annotated[str, "What to do about it; empty where that goes without saying."]
    file: Annotated[str, "The file or the argument that it is in, as it was named."]
    sheet: Annotated[str, "The sheet, where the file has several."]
    span: Annotated[Span, "The place: characters of a line, or cells of a row."]
    marked: Annotated[bool, "Whether the columns of the place count characters of the line."]
    line: Annotated[str, "The line as it stands there; empty for the file as a whole."]
    path: Annotated[
        tuple[PathKey, ...], "The entry and the field in values from Python; none in a file."
    ]
    facts: Annotated[FrozenMap[str, DiagnosticFact], "What the message names."]
    edits: Annotated[tuple[Edit, ...], "The changes of the rule file that mend it."]


@frozen
class Faults:
    """Why something that was given could not be used: every fault that was found."""

    __document__ = "urn:goalrules:faults:0"

    blamed: Annotated[Blamed, "Whose fault it is, or what it lies in."]
    language: Annotated[Language, "The language of the messages."]
    diagnostics: Annotated[tuple[DiagnosticInWords, ...], "Every fault, in the order found."]


@frozen
class Diagnostic(wordless.Diagnostic):
    """One fault that says itself: its code, the file and place, the line there, and its facts.

    `path` is where it stands in values from Python: the entry's key or number, and the field. It
    speaks `language` where no other is asked for; pieces of rules in it are in that of the file.
    """

    language: Language = field(kw_only=True)
    rule_language: Language = field(kw_only=True)

    def __repr__(self) -> str:
        where = f"{self.span.line}:{self.span.column}"
        return f"Diagnostic({self.code!r}, {self.file!r}, {where})"

    @property
    def severity(self) -> Severity:
        """How grave it is: "error", "warning" or "note"."""
        return declarations()[self.code].severity

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes of the rule file that mend it; none where what was meant is not certain."""
        return edits_of(self, self.rule_language)

    def message(self, language: Language | None = None) -> str:
        """What is wrong, in Swedish ("sv") or English ("en")."""
        return texts_of(self, spoken(language, self.language), self.rule_language)[0]

    def hint(self, language: Language | None = None) -> str:
        """What to do about it; empty where that goes without saying."""
        return texts_of(self, spoken(language, self.language), self.rule_language)[1]

    def text(self, language: Language | None = None) -> str:
        """All of it, as the command tells it: place, message, code, the line and what to do."""
        return render(self, spoken(language, self.language), self.rule_language)

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """The fault as JSON has it, with its message in a language."""
        return to_json(self.in_words(language))

    def in_words(self, language: Language | None = None) -> DiagnosticInWords:
        """The fault with its message in a language."""
        return DiagnosticInWords(
            code=self.code,
            severity=self.severity,
            message=self.message(language),
            hint=self.hint(language),
            file=self.file,
            sheet=self.sheet,
            span=self.span,
            marked=self.marked,
            line=self.line,
            path=self.path,
            facts=FrozenMap(self.facts),
            edits=self.edits,
        )


class GoalrulesError(Exception):
    """What was given cannot be used; `.diagnostics` holds the faults that were found.

    There are at most so many of them as can be worked on; the last tells of more. Its text says
    them all, in the language `.language`: that of the rules where no other was
    asked for.
    """

    _blamed: ClassVar[Blamed]

    def __init__(
        self,
        diagnostics: Iterable[wordless.Diagnostic],
        language: Language,
        rule_language: Language | None = None,
    ) -> None:
        super().__init__()
        own = rule_language or language
        self._diagnostics = tuple(
            each
            if isinstance(each, Diagnostic)
            else Diagnostic(**asdict(each, recurse=False), language=language, rule_language=own)
            for each in wordless.first_told(tuple(diagnostics))
        )
        self._language: Language = language

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every fault that was found."""
        return self._diagnostics

    @property
    def blamed(self) -> Blamed:
        """Whose fault it is, or what it lies in: "rules", "outcomes", "question" and so on."""
        return self._blamed

    @property
    def language(self) -> Language:
        """The language in which its text says them."""
        return self._language

    def text(self, language: Language | None = None) -> str:
        """All of the faults as the command tells them, in Swedish ("sv") or English ("en")."""
        return "\n".join(each.text(language) for each in self.diagnostics)

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """All of the faults as JSON has them."""
        told = tuple(each.in_words(language) for each in self.diagnostics)
        return to_json(Faults(self._blamed, spoken(language, self.language), told))

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        first = ", ".join(repr(each.code) for each in self.diagnostics[:MOST_SHOWN])
        more = ", …" if len(self.diagnostics) > MOST_SHOWN else ""
        return f"{type(self).__name__}({first}{more})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GoalrulesError) or type(other) is not type(self):
            return NotImplemented
        return (self.diagnostics, self.language) == (other.diagnostics, other.language)

    def __hash__(self) -> int:
        return hash((type(self), self.diagnostics, self.language))

    def __reduce__(self) -> tuple[type["GoalrulesError"], tuple[object, ...]]:
        return type(self), (self.diagnostics, self.language)


class RuleError(GoalrulesError):
    """A rule file, or a rule given alone, has faults; or what is paired of two rule files."""

    _blamed = "rules"


class OutcomeError(GoalrulesError):
    """The outcomes, or the judgements, have faults."""

    _blamed = "outcomes"


class QuestionError(GoalrulesError):
    """What is asked does not fit the rules: a goal, a member, a level, a period, a cost."""

    _blamed = "question"


class LimitError(GoalrulesError):
    """A file that is larger, or a question that takes more steps, than is looked at.

    Or a call that takes more than its `Limits` allow. `.limit` says which of them is meant.
    """

    _blamed = "limit"

    @property
    def limit(self) -> LimitName:
        """What there is too much of: "steps", "rows" or "bytes"; "deadline" for time."""
        first = self.diagnostics[0]
        if first.code == "limit-reached":
            return next(name for name in LIMITS if name == first.facts["limit"])
        return "bytes" if first.code == "too-large" else "steps"


class FileError(GoalrulesError, OSError):
    """A file cannot be read. It is the `OSError` too that it comes of, as `FileNotFoundError`."""

    _blamed = "file"
    _errno: ClassVar[int] = errno.EIO

    def __init__(
        self,
        diagnostics: Iterable[wordless.Diagnostic],
        language: Language,
        rule_language: Language | None = None,
    ) -> None:
        super().__init__(diagnostics, language, rule_language)
        self.errno = self._errno
        self.filename = self.diagnostics[0].file
        self.strerror = self.diagnostics[0].message()


class NoSuchFileError(FileError, FileNotFoundError):
    """There is no such file."""

    _errno = errno.ENOENT


class FolderError(FileError, IsADirectoryError):
    """A folder stands where a file is meant."""

    _errno = errno.EISDIR


class DeniedError(FileError, PermissionError):
    """The file may not be read."""

    _errno = errno.EACCES


class PackageError(GoalrulesError, ImportError):
    """A package that is needed for this is not installed."""

    _blamed = "package"


def fault(code: str, file: str, /, **facts: DiagnosticFact) -> wordless.Diagnostic:
    """A fault of a file, or of an argument, as a whole."""
    return wordless.Diagnostic(code, file, NOWHERE, "", facts)


def refuse(
    error: type[GoalrulesError],
    faults: Sequence[wordless.Diagnostic],
    language: Language,
    rule_language: Language | None = None,
) -> None:
    """Raise an error if there are faults."""
    if faults:
        raise error(faults, language, rule_language)
