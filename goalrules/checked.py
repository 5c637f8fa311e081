"""What checks give back, of rules and of outcomes: what was found, as values, text and JSON."""

from collections.abc import Mapping
from typing import Annotated, Any

from attrs import asdict, evolve, field

from goalrules.answer import Answer
from goalrules.assess.data_check_result import CheckedIndicator, DataCheck, DataFault, OddFigure
from goalrules.core.vocabulary import ToTick
from goalrules.document import from_json, to_json
from goalrules.lazily import frozen
from goalrules.lint import result as wordless
from goalrules.lint.result import LintReport
from goalrules.report.check.text import render_check, render_finding, texts_of_finding
from goalrules.report.data_check import render_data_check, texts_of_fault
from goalrules.text.diagnostics import Edit
from goalrules.text.languages import Language, spoken


@frozen
class Finding(wordless.Finding):
    """One thing that a check found, which says itself in the language of the rules or another."""

    file: Annotated[str, "The rule file, as it was named to the program."] = field(kw_only=True)
    language: Annotated[Language, "The language of its words."] = field(kw_only=True)

    def __repr__(self) -> str:
        return f"Finding({self.code!r}, {self.file!r}, line {self.span.line}, {self.goal!r})"

    def message(self, language: Language | None = None) -> str:
        """What is wrong, in Swedish ("sv") or English ("en")."""
        return self._texts(language)[0]

    def example(self, language: Language | None = None) -> str:
        """The case that shows it; empty where none has to be shown."""
        return self._texts(language)[1]

    def hint(self, language: Language | None = None) -> str:
        """What to do about it, or what the file says beside it."""
        return self._texts(language)[2]

    def text(self, language: Language | None = None) -> str:
        """All of it, as the command tells it: place, message, code, the line, case and hint."""
        return render_finding(self, self.file, spoken(language, self.language), self.language)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The changes that mend it: none, since what was meant is for its author to say."""
        return ()

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """The finding as JSON has it in a check, with its message, its case and its hint."""
        message, example, hint = self._texts(language)
        return {**to_json(self), "message": message, "example": example, "hint": hint}

    def _texts(self, language: Language | None) -> tuple[str, str, str]:
        return texts_of_finding(self, spoken(language, self.language), self.language)


@frozen
class Checked(Answer[LintReport]):
    """What is wrong with the rules of a rule set, over every possible outcome."""

    trace: LintReport
    _render = staticmethod(render_check)

    def __repr__(self) -> str:
        return f"Checked({self.trace.rules!r}, {len(self.findings)} findings)"

    @property
    def language(self) -> Language:
        """That of the rules."""
        return self.trace.language

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, in the order of the file."""
        return tuple(
            Finding(
                **asdict(each, recurse=False),
                file=self.trace.rules,
                language=self.language,
            )
            for each in self.trace.findings
        )

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings by which the check fails: faults that no interpretation stands beside."""
        return tuple(each for each in self.findings if each.fails)

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> "Checked":
        """The check that a document is of; `DocumentError` where it is none."""
        return cls(from_json(LintReport, document))


@frozen
class CheckedData(Answer[DataCheck]):
    """What is understood of outcomes, and what is missing or odd in them; no verdicts."""

    trace: DataCheck
    _render = staticmethod(render_data_check)

    def __repr__(self) -> str:
        return f"CheckedData({self.trace.period}, to tick: {', '.join(self.to_tick) or 'nothing'})"

    @property
    def language(self) -> Language:
        """That of the rules."""
        return self.trace.language

    @property
    def to_tick(self) -> tuple[ToTick, ...]:
        """What there is to tick off: "faults", "missing" and "odd", each where there is any."""
        return self.trace.to_tick

    @property
    def missing(self) -> tuple[CheckedIndicator, ...]:
        """What is not reported for the period, or not wholly."""
        return self.trace.missing

    @property
    def odd(self) -> tuple[OddFigure, ...]:
        """The figures that somebody should look at."""
        return self.trace.odd

    @property
    def faults(self) -> tuple[DataFault, ...]:
        """What is wrong, and what was not read or used."""
        return self.trace.faults

    @property
    def _told(self) -> DataCheck:
        faults = (
            evolve(each, message=message, hint=hint)
            for each in self.faults
            for message, hint in [texts_of_fault(each, self.language)]
        )
        return evolve(self.trace, faults=tuple(faults))

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> "CheckedData":
        """The check that a document is of; `DocumentError` where it is none."""
        return cls(from_json(DataCheck, document))
