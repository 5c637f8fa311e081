"""Diagnostics as people read them: what is wrong, where it stands, and what to do about it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import assert_never

from goalrules.data.records import ENTRIES, letters
from goalrules.data.words import shown as data_word
from goalrules.language.format import Format
from goalrules.language.keywords import Words, words
from goalrules.language.validate_rules import TAKEN
from goalrules.language.validate_years import IN_YEARS
from goalrules.lazily import frozen
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.diagnostics.declarations import declarations
from goalrules.report.diagnostics.edits import END, meant_by
from goalrules.report.layout import first_line, marked_line, shown
from goalrules.report.years import span_text
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.languages import Language
from goalrules.text.numbers import show_number

EXAMPLES = ("example", "other", "third")
"""The texts of a code that are pieces of rules, which the others may name."""

LONGEST_FACT = 80

WHOLE = {"PLAN": "sentence", "ALL": "condition", "INCREASE": "target"}
"""The tokens that show that anything of a kind may begin here: what else is expected is of it."""

COVERED = (
    ("head", {"HEAD"}, {"HEAD"}),
    ("limit", {"CAP"}, {"CAP", "FLOOR"}),
    (
        "formula",
        {"SUM_OF", "SHARE"},
        {"SUM_OF", "MEAN_OF", "BEST_OF", "WORST_OF", "SHARE", "DIFFERENCE"},
    ),
    (
        "bound",
        {"AT_LEAST", "OVER"},
        {"AT_LEAST", "AT_MOST", "OVER", "UNDER", "PLUSMINUS", "WITHIN", "BETWEEN"},
    ),
    (
        "level",
        {"LEVEL"},
        {"LEVEL", "NAME", "STRING", "AT_LEAST", "AT_MOST", "MET", "NOT_MET", "WORSE_THAN"},
    ),
    ("name", {"NAME"}, {"NAME", "STRING"}),
    ("text", {"STRING"}, {"STRING"}),
    ("number", {"NUMBER"}, {"NUMBER", "DASH"}),
    ("month", {"MONTH"}, {"MONTH"}),
    ("day", {"DATE"}, {"DATE"}),
)
"""The groups in reading order: a name, the tokens that show it, and the tokens that it covers."""

JOINING = ("AND", "OR")
SAME = {"GE": "AT_LEAST", "LE": "AT_MOST", "LESSTHAN": "UNDER"}
"""The signs that mean the same as a word."""

SIGNS = {
    "COMMA": ",",
    "SEMICOLON": ";",
    "DASH": "–",
    "PLUSMINUS": "±",
    "LPAR": "(",
    "RPAR": ")",
    "GE": "≥",
    "LE": "≤",
    "LESSTHAN": "<",
    "EQUAL": "=",
    "COLON": ":",
    "PARAGRAPH": "§",
}
"""The tokens that are written alike in every language."""


def plain_text(
    diagnostics: Iterable[Diagnostic], language: Language, words_language: Language | None = None
) -> str:
    """The diagnostics in order, each as `render` shows it."""
    return "\n".join(render(each, language, words_language) for each in diagnostics)


def texts_of(
    diagnostic: Diagnostic, language: Language, words_language: Language | None = None
) -> tuple[str, str]:
    """The message and the hint of a diagnostic; the hint may be empty.

    Pieces of rules in them are in the language of the rule file.
    """
    spoken_of = words_language if diagnostic.marked else language
    known, levels = words(spoken_of or language), diagnostic.facts.get("own_levels")
    known = known.with_levels(map(str, levels)) if isinstance(levels, tuple) else known
    return _Renderer(catalogue("diagnostics", language), known).texts(diagnostic)


def render(
    diagnostic: Diagnostic, language: Language, words_language: Language | None = None
) -> str:
    """A diagnostic in a language; pieces of rules in it are in the language of the rule file.

    Its first line is `file:line:column: message [code]`. A fault in the text of a rule shows the
    place below, and then what to do; another fault is one line, with what to do in brackets.
    """
    message, hint = texts_of(diagnostic, language, words_language)
    span = diagnostic.span
    if not diagnostic.marked:
        said = f"{message} ({hint})" if hint else message
        return first_line(diagnostic.file, span, said, diagnostic.code)
    first = first_line(diagnostic.file, span, message, diagnostic.code)
    marked = marked_line(diagnostic.line, span) if diagnostic.line else ()
    return "\n".join((first, *marked, *([f"   = {hint}"] if hint else [])))


@frozen
class _Renderer:
    """The texts of one language, and the words of the rule file that is spoken of."""

    texts_of: Catalogue
    words: Words

    def texts(self, diagnostic: Diagnostic) -> tuple[str, str]:
        """The message and the hint of a diagnostic."""
        declared = declarations()[diagnostic.code]
        own = declared.texts[self.texts_of.language]
        meant = meant_by(diagnostic, self.words) if "hint-nearest" in own else None
        facts = {**diagnostic.facts, "nearest": meant.text if meant else ""}
        fields = self._fields(declared.texts[self.words.language], facts)
        message = own["message"].format(**fields)
        if IN_YEARS in facts:
            years = self.show(facts[IN_YEARS], "and")
            message += f" ({self.texts_of.say('terms.years', 'some', years=years)})"
        if diagnostic.sheet == ENTRIES:
            place = self.texts_of.say("terms.cell", "entry", number=str(diagnostic.span.line))
            message = place + message
        elif diagnostic.sheet:
            cell = f"{letters(diagnostic.span.column)}{diagnostic.span.line}"
            sheet = _short(shown(diagnostic.sheet))
            message = self.texts_of.say("terms.cell", "place", sheet=sheet, cell=cell) + message
        if TAKEN in facts:
            message += f" ({self.texts_of.say('terms.taken', 'words', line=str(facts[TAKEN]))})"
            return message, self.texts_of.say("terms.taken", "hint")
        return message, own["hint-nearest" if meant else "hint"].format(**fields)

    def _fields(
        self, examples: Mapping[str, str], facts: Mapping[str, DiagnosticFact]
    ) -> dict[str, object]:
        """What a text may name: the facts, keywords in capitals, and the code's examples."""
        fields: dict[str, object] = dict(self.words.written)
        fields |= {name: _Shown(fact, self) for name, fact in facts.items()}
        own = [each for each in EXAMPLES if each in examples]
        return fields | {each: examples[each].format(**fields) for each in own}

    def show(self, fact: DiagnosticFact, form: str) -> str:
        """A fact in words.

        Its form is "number"; "name", "id" or, of a list, "names", as a rule file has them; or the
        word that joins the last of a list.
        """
        match fact:
            case str() | int() if form == "number":
                return show_number(Decimal(fact), self.texts_of.language)
            case str() if form in ("name", "id"):
                return Format(self.words).name(fact, id_=form == "id")
            case tuple() if form == "names":
                return ", ".join(Format(self.words).name(str(each)) for each in fact)
            case tuple():
                words = [each for each in fact if isinstance(each, WordRef)]
                tokens = [each.key for each in words if each.kind == "token"]
                said = [self.expected(each) for each in groups(tokens)] or map(self.term, words)
                return self.texts_of.listed(said if words else map(_quoted, fact), form)
            case WordRef():
                return self.term(fact)
            case _:
                return _short(shown(str(fact)))

    def expected(self, key: str) -> str:
        """A group of tokens, or a token, in words."""
        texts = self.texts_of.texts["terms.expected"]
        if key in texts:
            return texts[key].format(**self.words.written)
        return f"`{SIGNS.get(key) or self.words.write(key)}`"

    def term(self, term: WordRef) -> str:
        """The word for something that each language has its own word for."""
        kind, key, language = term.kind, term.key, self.texts_of.language
        match kind:
            case "token" | "level":
                word = self.words.write(key)
            case "years":
                word = span_text(key, self.texts_of)
            case "place" | "home" | "gap":
                word = self.texts_of.say(f"terms.{kind}", key, **self.words.written)
            case "heading" | "judgement" | "pair" | "boolean":
                word = data_word(f"{kind}s", key, language)
            case "plan":
                word = data_word("plan", key, language)
            case "member" | "indicator" | "goal" | "contribution":
                word = _quoted(key)
            case "number":
                word = show_number(Decimal(key), language)
            case _:
                assert_never(kind)
        return word


@frozen
class _Shown:
    """A fact that a text can name, as in `{text}`, `{number:number}` or `{levels:or}`."""

    fact: DiagnosticFact
    renderer: _Renderer

    def __format__(self, form: str) -> str:
        return self.renderer.show(self.fact, form)


def groups(tokens: Iterable[str]) -> Iterator[str]:
    """What some types of token are, in reading order: groups, then tokens left over, then the end.

    A group has a small name; tokens that are in none keep theirs. Where only the end is
    expected, that means another sentence.
    """
    left = {SAME[token] if SAME.get(token) in set(tokens) else token for token in tokens}
    whole = [group for token, group in WHOLE.items() if token in left]
    if whole or left == {END}:
        yield from whole or ["sentence"]
        return
    for group, shown_by, covers in COVERED:
        if shown_by <= left:
            yield group
            left -= covers
    yield from sorted(left - {END}, key=lambda token: (token not in JOINING, token))
    yield from ["end"] if END in left else []


def _quoted(text: object) -> str:
    return f"`{_short(shown(str(text)))}`"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"
