"""Diagnostics as people read them: what is wrong, where it stands, and what to do about it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from attrs import frozen

from goalrules.data.records import letters
from goalrules.data.words import shown as data_word
from goalrules.language.keywords import Words, words
from goalrules.language.validate_years import IN_YEARS
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.diagnostics.expected import SIGNS, groups
from goalrules.report.diagnostics.misspelt import misspelt
from goalrules.report.diagnostics.source_line import marked_line, shown
from goalrules.report.years import span_text
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.numbers import show_number

SUBJECT = "diagnostics"
EXAMPLES = ("example", "other", "third")
LONGEST_FACT = 80

SAME_FACT = {"name": "character"}
"""A fact that the reader of rules calls otherwise than the reader of data."""


def plain_text(
    diagnostics: Iterable[Diagnostic], language: str, words_language: str | None = None
) -> str:
    """The diagnostics in order, each as `render` shows it."""
    return "\n".join(render(each, language, words_language) for each in diagnostics)


def render(diagnostic: Diagnostic, language: str, words_language: str | None = None) -> str:
    """A diagnostic in a language; pieces of rules in it are in the language of the rule file.

    On its first line stands `file:line:column: code message`. A fault in the text of a rule
    shows the place below, and then what to do; another fault is one line.
    """
    spoken_of = words_language if diagnostic.marked else language
    speech = _DiagnosticRenderer(catalogue(SUBJECT, language), words(spoken_of or language))
    message, hint = speech.texts(diagnostic)
    span = diagnostic.span
    place = f"{shown(diagnostic.file)}:{span.line}:{span.column}"
    first = f"{place}: {diagnostic.code} {speech.in_sheet(diagnostic)}{message}"
    if not diagnostic.marked:
        return f"{first} ({hint})" if hint else first
    marked = marked_line(diagnostic.line, span) if diagnostic.line else ()
    return "\n".join((first, *marked, *([f"   = {hint}"] if hint else [])))


@frozen
class _DiagnosticRenderer:
    """The texts of one language, and the words of the rule file that is spoken of."""

    texts_of: Catalogue
    words: Words

    def texts(self, diagnostic: Diagnostic) -> tuple[str, str]:
        """The message and the hint of a diagnostic."""
        code = diagnostic.code
        near = diagnostic.facts.get("nearest") or misspelt(diagnostic, self.words)
        fields = self._fields(code, {**diagnostic.facts, "nearest": near})
        with_near = near and "hint-nearest" in self.texts_of.texts[code]
        keys = ("message", "hint-nearest" if with_near else "hint")
        message, hint = (self.texts_of.say(code, key, **fields) for key in keys)
        return message + self._in_years(diagnostic), hint

    def _in_years(self, diagnostic: Diagnostic) -> str:
        """In which years it is so, where it is so in some only."""
        if IN_YEARS not in diagnostic.facts:
            return ""
        years = self.show(diagnostic.facts[IN_YEARS], "and")
        return f" ({self.texts_of.say('terms.years', 'some', years=years)})"

    def in_sheet(self, diagnostic: Diagnostic) -> str:
        """Where a fault of a workbook stands, as people find it there: its sheet and cell."""
        if not diagnostic.sheet:
            return ""
        cell = f"{letters(diagnostic.span.column)}{diagnostic.span.line}"
        sheet = _short(shown(diagnostic.sheet))
        return self.texts_of.say("terms.cell", "place", sheet=sheet, cell=cell)

    def _fields(self, code: str, facts: Mapping[str, DiagnosticFact]) -> dict[str, object]:
        """What a text may name: the facts, keywords in capitals, and the code's examples."""
        fields: dict[str, object] = dict(self.words.written)
        fields |= {SAME_FACT.get(name, name): _Shown(fact, self) for name, fact in facts.items()}
        examples = catalogue(SUBJECT, self.words.language)
        own = [each for each in EXAMPLES if each in examples.texts[code]]
        return fields | {each: examples.say(code, each, **fields) for each in own}

    def show(self, fact: DiagnosticFact, form: str) -> str:
        """A fact in words; its form is "number", or the word that joins the last of a list."""
        match fact:
            case str() | int() if form == "number":
                return show_number(Decimal(fact), self.texts_of.language)
            case tuple():
                return self._list(fact, form)
            case WordRef():
                return self.term(fact)
            case _:
                return _short(shown(str(fact)))

    def _list(self, facts: tuple[str | WordRef, ...], form: str) -> str:
        tokens = [each.key for each in facts if isinstance(each, WordRef) and each.kind == "token"]
        items = [self.expected(each) for each in groups(tokens)] or map(self._item, facts)
        return self.texts_of.listed(items, form)

    def _item(self, item: str | WordRef) -> str:
        return self.term(item) if isinstance(item, WordRef) else f"`{_short(shown(item))}`"

    def expected(self, key: str) -> str:
        """A group of tokens, or a token, in words."""
        texts = self.texts_of.texts["terms.expected"]
        if key in texts:
            return texts[key].format(**self.words.written)
        return f"`{SIGNS.get(key) or self.words.write(key)}`"

    def term(self, term: WordRef) -> str:
        """A term in the word that its kind has."""
        return TERMS[term.kind](self, term.key)


def _keyword(speech: _DiagnosticRenderer, key: str) -> str:
    return speech.words.write(key)


def _of_texts(section: str) -> Callable[[_DiagnosticRenderer, str], str]:
    return lambda speech, key: speech.texts_of.say(section, key, **speech.words.written)


def _of_data(section: str) -> Callable[[_DiagnosticRenderer, str], str]:
    return lambda speech, key: data_word(section, key, speech.texts_of.language)


TERMS: Mapping[str, Callable[[_DiagnosticRenderer, str], str]] = {
    "token": _keyword,
    "pair": _of_data("pairs"),
    "level": _keyword,
    "years": lambda speech, key: span_text(key, speech.texts_of),
    "place": _of_texts("terms.place"),
    "home": _of_texts("terms.home"),
    "gap": _of_texts("terms.gap"),
    "heading": _of_data("headings"),
    "judgement": _of_data("judgements"),
    "plan": _of_data("plan"),
    "boolean": _of_data("booleans"),
}
"""The word for a term, by its kind."""


@frozen
class _Shown:
    """A fact that a text can name, as in `{text}`, `{number:number}` or `{levels:or}`."""

    fact: DiagnosticFact
    speech: _DiagnosticRenderer

    def __format__(self, form: str) -> str:
        return self.speech.show(self.fact, form)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"
