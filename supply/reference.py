"""Write the reference for people in Swedish and English, out of `docs/reference`: `make reference`.

What people wrote stands there once: the texts of each construct in both languages, its rule and
its outcomes in Swedish. The rule in English is what the formatter makes of it; verdicts and
explanations are what the engine gives. `tests/test_reference_pages.py` holds the pages against it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from textwrap import dedent
from typing import Any

import goalrules
from goalrules.core.trace import Member
from goalrules.files import write_whole
from goalrules.language.format import format_file
from goalrules.language.keywords import newer_than
from goalrules.language.parser import parse_file
from goalrules.report.explain.explanation import explain_goal
from goalrules.report.explain.open_causes import barred
from goalrules.report.explain.table import verdict_text
from goalrules.report.wording import Wording, sentence_case, wording
from goalrules.resources import read_table
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded
from goalrules.text.source import Source

DOCS = Path(__file__).resolve().parent.parent / "docs"
SOURCE = DOCS / "reference"
BEGINS = 'goalrules 2 sv\nplan "Verksamhetsplan 2025"\ngäller 2025\n'
"""What a rule file of the reference begins with, where the example does not say it itself."""

NOTHING: Mapping[str, str] = {}
OTHER: Mapping[Language, Language] = {"sv": "en", "en": "sv"}
NUMBER = re.compile(r"[−-]?[\d ]*\d(,\d+)?( %)?")
IN_CELLS = ("statuses", "levels", "plan", "reached")
"""The sections of the tables of words that hold what a cell of outcomes can say."""


@dataclass(frozen=True)
class Construct:
    """One thing that can be said in a rule file, as a page of the reference tells it.

    `forms` are those of the grammar that it is about. `texts` has those of each language: `page`
    (its name), `title`, `says`, `plan`, and perhaps `note`. `cases` are outcomes by indicator, each
    with what it comes to on a row of the page; `table` is instead a CSV table of outcomes, assessed
    in `period`. `shows` are the goals and indicators whose results are shown, `explain` the number
    of the case that is explained, `names` those of its names that have another English than
    elsewhere. `ways` are other sentences with what they mean; one without a text in a language only
    has another word for it, and is left out there.
    """

    id: str
    forms: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]
    rules: str
    cases: tuple[str, ...] = ()
    table: str = ""
    period: str = ""
    shows: tuple[str, ...] = ()
    explain: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Mapping[str, str], ...] = ()

    def path(self, language: Language) -> Path:
        """Its page in a language."""
        return DOCS / language / f"{self.texts[language]['page']}.md"


@dataclass(frozen=True)
class Subject:
    """Some constructs under one heading of the index, in their order."""

    title: Mapping[str, str]
    constructs: tuple[Construct, ...]


@cache
def read(name: str) -> Mapping[str, Any]:
    """One of the files of the source."""
    return tomllib.loads((SOURCE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def subjects() -> tuple[Subject, ...]:
    """All subjects in order: each stands in a file whose name begins with its number."""
    return tuple(_subject(read(path.stem)) for path in sorted(SOURCE.glob("[0-9]*.toml")))


def _subject(table: Mapping[str, Any]) -> Subject:
    found = []
    for entry in table["construct"]:
        given = {key: value for key, value in entry.items() if key not in LANGUAGES}
        lists = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
        said: dict[str, Mapping[str, str]] = {each: entry[each] for each in LANGUAGES}
        found.append(Construct(texts=said, **(given | lists)))
    return Subject({each: table[each] for each in LANGUAGES}, tuple(found))


def constructs() -> tuple[Construct, ...]:
    """Every construct, in the order of the index."""
    return tuple(each for subject in subjects() for each in subject.constructs)


def construct(id_: str) -> Construct:
    """The construct with that id."""
    return next(each for each in constructs() if each.id == id_)


# One language's words for another's


def named(text: str, language: Language, own: Mapping[str, str] = NOTHING) -> str:
    """A text with the names and titles of the examples, or an example's own, in a language."""
    names: Mapping[str, str] = read("names")["names"] | own
    if language == "sv":
        return text
    longest = sorted(names, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest))
    return re.sub(rf"(?<![\w-])({pattern})(?![\w-])", lambda found: names[found[0]], text)


def _whole(text: str) -> str:
    """The rule file that a piece of one stands for, in Swedish."""
    return text if text.startswith("goalrules ") else BEGINS + text


def rule_in(text: str, language: Language, own: Mapping[str, str] = NOTHING) -> str:
    """A piece of a rule file, or a whole one, which is given in Swedish, in a language."""
    if language == "sv":
        return text.strip("\n")
    whole = _whole(text)
    written = _formatted(named(whole, language, own), language)
    begins = "" if whole is text else _formatted(named(BEGINS, language), language)
    return dedent(written.removeprefix(begins).strip("\n")).lstrip()


def _formatted(text: str, language: Language) -> str:
    parsed = parse_file(Source("reference", text))
    if parsed.diagnostics:
        raise ValueError(f"{[each.code for each in parsed.diagnostics]} in\n{text}")
    return format_file(parsed.file, language)


def file_in(text: str, language: Language, own: Mapping[str, str] = NOTHING) -> str:
    """The whole rule file that an example stands for, in a language."""
    whole = _whole(text)
    return whole if language == "sv" else _formatted(named(whole, language, own), language)


def is_newer(text: str) -> bool:
    """Whether a piece of a rule file has what version 1 of the language has not."""
    whole = _whole(text)
    parsed = parse_file(Source("reference", whole.replace("goalrules 2", "goalrules 1", 1)))
    return bool(parsed.diagnostics)


def line_in(text: str, language: Language, own: Mapping[str, str] = NOTHING) -> str:
    """Some sentences on one line, in a language; so are the rows of a table, after its colon."""
    lines = (" ".join(line.split()) for line in rule_in(text, language, own).splitlines())
    return "; ".join(line for line in lines if line).replace(":; ", ": ")


@cache
def _cell_words() -> Mapping[str, str]:
    swedish, english = (read_table(f"grammar/data-{each}.toml") for each in LANGUAGES)
    return {
        word: english[section][key][0]
        for section in IN_CELLS
        for key, all_ in swedish[section].items()
        for word in all_
    }


def cell_in(cell: str, language: Language, own: Mapping[str, str] = NOTHING) -> str:
    """What a cell of outcomes says, which is given in Swedish, in a language."""
    if language == "sv":
        return cell
    if NUMBER.fullmatch(cell):
        return cell.replace(",", ".")
    return _cell_words().get(cell) or named(cell, language, own)


def _heading_in(heading: str, language: Language) -> str:
    tables = {each: read_table(f"grammar/data-{each}.toml") for each in LANGUAGES}
    found = (
        tables[language][section][key][0]
        for section in ("headings", "columns", "months")
        for key, all_ in tables["sv"][section].items()
        if heading in all_
    )
    return next(found, heading)


# What comes of the examples


def cells_of(case: str) -> dict[str, str]:
    """The cells of a case, such as `kö grön; enkät 74,9 (påbörjade)`, by the names before them."""
    return {name: cell for name, _, cell in (each.partition(" ") for each in case.split("; "))}


def outcomes_in(
    case: str, language: Language, own: Mapping[str, str] = NOTHING
) -> dict[str, object]:
    """The outcomes of a case, by the names and in the words of a language.

    What stands in brackets is how the plan is followed; `period` is what is assessed.
    """
    return {
        named(name, language, own): dict(
            zip(("value", "plan"), _said_in(cell, language, own), strict=False)
        )
        for name, cell in cells_of(case).items()
        if name != "period"
    }


def _said_in(cell: str, language: Language, own: Mapping[str, str]) -> list[str]:
    return [cell_in(each, language, own) for each in cell.removesuffix(")").split(" (")]


def assessed(of: Construct, case: str, language: Language) -> goalrules.Assessment:
    """What the rules of a construct come to in a case."""
    rules = goalrules.loads(file_in(of.rules, language, of.names))
    period = cells_of(case).get("period") or of.period or None
    return rules.assess(outcomes_in(case, language, of.names), period)


def results(of: Construct, found: goalrules.Assessment, language: Language) -> list[str]:
    """What a case comes to, for each goal and indicator that the page shows."""
    words = wording(language)
    members = {each.name: each for goal in found.values() for each in goal.trace.members}
    return [
        _goal_result(found[name], words)
        if name in found
        else _member_result(members[named(name, language)], words)
        for name in _shown(of, found)
    ]


def _shown(of: Construct, found: goalrules.Assessment) -> Sequence[str]:
    return of.shows or list(found)


def _goal_result(goal: goalrules.GoalResult, words: Wording) -> str:
    said = verdict_text(goal.trace, words)
    if not goal.verdict or barred(goal.trace, words):
        return said
    levels = words.levels(goal.trace, "neuter")
    return said if said.endswith(f" {levels}") else f"{said} ({levels})"


def _member_result(member: Member, words: Wording) -> str:
    finding = member.finding
    if finding and finding.formula and finding.value is not None:
        return f"{words.levels(member)} ({words.number(finding.value)})"
    return words.levels(member)


def explained(goal: goalrules.GoalResult, language: Language) -> str:
    """The explanation of a goal without its steps: verdict, reason, sentences and notes."""
    found = explain_goal(goal.trace, language)
    mark = goal.text(language)[0]
    parts = [f"{mark} {found.headline}", " ".join(found.sentences), *found.notes]
    return "\n>\n".join(f"> {each}" for each in parts if each)


# The pages


def labels(language: Language) -> Mapping[str, str]:
    """The headings and sentences that every page has, in a language."""
    found: Mapping[str, str] = read("labels")[language]
    return found


def page(of: Construct, subject: Subject, language: Language) -> str:
    """The page of a construct in a language."""
    texts, say = of.texts[language], labels(language)
    place = f"[{say['all']}](README.md) › {subject.title[language]}"
    other = of.path(OTHER[language])
    parts = [
        f"# {texts['title']}",
        f"{place} · [{say['other']}](../{OTHER[language]}/{other.name})",
        texts["says"].strip(),
        say["newer"] if is_newer(of.rules) else "",
        f"**{say['plan']}**",
        "\n>\n".join(f"> {each}" for each in texts["plan"].strip().splitlines()),
        f"**{say['write']}**",
        f"```goalrules {language}\n{rule_in(of.rules, language, of.names)}\n```",
        *(_table_parts(of, language) if of.table else _case_parts(of, language)),
        *_way_parts(of, language),
        texts.get("note", "").strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table_parts(of: Construct, language: Language) -> Iterator[str]:
    rows = [row.split(";") for row in of.table.strip().splitlines()]
    headings = [
        " ".join(_heading_in(word, language) for word in heading.split()) for heading in rows[0]
    ]
    cells = [[cell_in(each, language) for each in row] for row in rows[1:]]
    yield f"**{labels(language)['table']}**"
    yield _table(headings, cells)
    text = "\n".join(";".join(row) for row in (headings, *cells)).encode()
    given = goalrules.read_outcomes(text, 2025, name="table", language=language)
    yield f"**{labels(language)['cases']}**"
    rules = goalrules.loads(file_in(of.rules, language, of.names))
    if "enhet" in rows[0]:
        yield f"```text\n{rules.assess_units(given).text(language).strip()}\n```"
    else:
        found = rules.assess(given, of.period or None)
        yield from (explained(found[name], language) for name in _shown(of, found))


def _case_parts(of: Construct, language: Language) -> Iterator[str]:
    say, words = labels(language), wording(language)
    found = [assessed(of, case, language) for case in of.cases]
    cells = [cells_of(case) for case in of.cases]
    names = list(dict.fromkeys(name for each in cells for name in each))

    def shown(name: str, cell: str) -> str:
        if name == "period":
            return words.period(cell)
        return ", ".join(_said_in(cell, language, of.names))

    yield f"**{say['cases']}**"
    yield _table(
        [say["period"] if name == "period" else named(name, language) for name in names]
        + [_result_heading(name, found[0], language) for name in _shown(of, found[0])],
        [
            [shown(name, each.get(name, "")) for name in names] + results(of, one, language)
            for each, one in zip(cells, found, strict=True)
        ],
    )
    number = of.explain or len(of.cases)
    one = found[number - 1]
    yield f"**{say['explain'].format(row=number)}**"
    if of.rules.startswith("goalrules "):
        head, _, _ = one.text(language).partition("\n\n")
        yield "\n>\n".join(f"> {line}" for line in head.splitlines())
    yield explained(one[next(name for name in _shown(of, one) if name in one)], language)


def _result_heading(name: str, found: goalrules.Assessment, language: Language) -> str:
    if name not in found:
        return labels(language)["becomes"].format(name=named(name, language))
    if len(found) == 1:
        return labels(language)["verdict"]
    goal = found[name].trace
    return wording(language, goal.called).goal(goal.kind, goal.id)


def _way_parts(of: Construct, language: Language) -> Iterator[str]:
    ways = [way for way in of.ways if language in way]
    if ways:
        say = labels(language)
        yield f"**{say['ways']}**"
        marked = not is_newer(of.rules)
        rows = [
            [
                f"`{line_in(way['rule'], language, of.names)}`",
                way[language]
                + (f" *({say['version']} 2)*" if marked and is_newer(way["rule"]) else ""),
            ]
            for way in ways
        ]
        yield _table([say["you-write"], say["means"]], rows)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def index(language: Language) -> str:
    """The page that leads to all others, by subject."""
    say = labels(language)
    parts = [
        f"# {say['index-title']}",
        f"[{say['other']}](../{OTHER[language]}/README.md)",
        say["index"].strip(),
        f"```goalrules {language}\n{file_in(BEGINS, language).strip()}\n```",
        say["index-more"].strip(),
    ]
    for subject in subjects():
        lines = [
            f"- [{each.texts[language]['title']}]({each.path(language).name})"
            for each in subject.constructs
        ]
        parts += [f"## {subject.title[language]}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


# The words


@dataclass(frozen=True)
class Word:
    """A word of a language, as the list of words has it.

    `canonical` is the one that is written for it, where this is another. `since` is the version of
    the language that first had it.
    """

    key: str
    word: str
    canonical: str
    synonyms: tuple[str, ...]
    since: str


def word_list(language: Language) -> list[Word]:
    """The words of a language in alphabetical order, also those that are understood for others."""
    table = read_table(f"grammar/{language}.toml")
    entries = table["keywords"] | table["levels"]
    found = []
    for key, all_ in entries.items():
        if key == "FILLER":
            continue
        first, *others = all_
        newer = newer_than("1")
        late = {folded(word) for each in newer for word in each["words"].get(language, ())}
        since = "2" if any(key in each["keys"] for each in newer) else "1"
        found.append(Word(key, first, "", tuple(others), since))
        begun = {_beginning(first)}
        for other in others:
            if _beginning(other) not in begun:
                begun.add(_beginning(other))
                version = "2" if folded(other) in late else since
                found.append(Word(key, other, first, (), version))
    return sorted(found, key=lambda each: alphabetical(each.word))


def _beginning(word: str) -> str:
    """What lets a reader find a word: another one that begins so stands beside it."""
    return folded(word).removeprefix("the ")[:3]


def alphabetical(word: str) -> list[int]:
    """By what a word is sorted: å, ä and ö come last, signs first."""
    order = " -abcdefghijklmnopqrstuvwxyzåäö"
    return [order.find(letter) for letter in folded(word)]


def words_page(language: Language) -> str:
    """The list of words with their meanings, by their first letters."""
    say, meanings = labels(language), read("words")
    parts = [
        f"# {say['words-title']}",
        _links(language, "words-page"),
        say["words"].strip(),
    ]
    letters: dict[str, list[Word]] = {}
    for each in word_list(language):
        letter = each.word[0].upper()
        letters.setdefault(letter if letter.isalpha() else say["signs"], []).append(each)
    for letter, listed in letters.items():
        rows = [_word_row(each, meanings[each.key], language) for each in listed]
        heading = [say["word"], say["means"], say["also"]]
        parts += [f"## {letter}", _table(heading, rows)]
    return "\n\n".join(parts) + "\n"


def _word_row(word: Word, meaning: Mapping[str, str], language: Language) -> list[str]:
    say = labels(language)
    late = f" *({say['version']} {word.since})*" if word.since != "1" else ""
    linked = construct(meaning["page"]).path(language).name
    if word.canonical:
        said = say["see"].format(word=word.canonical)
        return [f"[`{word.word}`]({linked}){late}", said, ""]
    synonyms = ", ".join(f"`{each}`" for each in word.synonyms)
    return [f"[`{word.word}`]({linked}){late}", meaning[language], synonyms]


def _links(language: Language, page: str) -> str:
    say, other = labels(language), OTHER[language]
    return f"[{say['all']}](README.md) · [{say['other']}](../{other}/{labels(other)[page]}.md)"


# What plans say


@dataclass(frozen=True)
class Phrase:
    """What a plan says, and the rule for it; perhaps with outcomes of one case.

    `of` is what the rule is: `goal` (clauses of a goal's rule), `indicator` (sentences of one), or
    `file` (anything else). `source` is the key of where such a wording stands.
    """

    sv: str
    en: str
    rule: str
    source: str
    page: str
    of: str = "goal"
    case: str = ""


@cache
def phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """The rows of the page, by the keys of their headings."""
    found = read("phrases")["rows"]
    return {key: tuple(Phrase(**each) for each in rows) for key, rows in found.items()}


def phrase_result(phrase: Phrase, language: Language) -> str:
    """What the case of a phrase comes to, with its outcomes; nothing where it has none."""
    if not phrase.case:
        return ""
    outcomes, cells = outcomes_in(phrase.case, language), cells_of(phrase.case)
    given = ", ".join(
        f"{named(name, language)} {cell_in(cell, language)}" for name, cell in cells.items()
    )
    words = wording(language)
    if phrase.of == "indicator":
        (name,) = cells
        rules = f'mål 1 "T"\n  indikator {name}\n{phrase.rule}\n  grön om {name} grön\n'
        goal = goalrules.loads(file_in(rules, language)).assess(outcomes)["1"]
        (member,) = goal.trace.members
        return f"{given} → {words.levels(member)}"
    rule = goalrules.rule(rule_in(phrase.rule, language), list(outcomes))
    return f"{given} → {_goal_result(rule.evaluate(outcomes), words)}"


def phrases_page(language: Language) -> str:
    """What plans say and what is written for it, by subject."""
    say = labels(language)
    parts = [
        f"# {say['phrases-title']}",
        _links(language, "phrases-page"),
        say["phrases"].strip(),
    ]
    for key, listed in phrases().items():
        rows = [
            [
                each.sv if language == "sv" else each.en,
                f"[`{line_in(each.rule, language)}`]({construct(each.page).path(language).name})",
                phrase_result(each, language),
            ]
            for each in listed
        ]
        heading = [say["plan-says"], say["you-write"], say["example"]]
        parts += [f"## {say['phrases-' + key]}", _table(heading, rows)]
    sources = [f"- {each}" for each in read("phrases")["sources"].values() if each]
    parts += [f"## {say['sources']}", say["wordings"].strip(), "\n".join(sources)]
    return "\n\n".join(parts) + "\n"


# What cannot be written so


@dataclass(frozen=True)
class Refused:
    """A sentence that is refused, in both languages, and what is written instead.

    `of` is what it stands in: `goal`, `indicator` or `plan`.
    """

    sv: str
    en: str
    write: str
    page: str
    of: str = "goal"

    def said(self, language: Language) -> str:
        """The sentence in a language."""
        return self.sv if language == "sv" else self.en


@cache
def refused() -> Mapping[str, tuple[Refused, ...]]:
    """The rows of the page, by the keys of their headings."""
    found = read("refused")["rows"]
    return {key: tuple(Refused(**each) for each in rows) for key, rows in found.items()}


def reason(of: Refused, language: Language) -> str:
    """What the program answers to a sentence, as a sentence of a text."""
    whole: str = read("refused")[of.of][language]
    try:
        goalrules.loads(whole.format(of.said(language)))
    except goalrules.RuleError as error:
        return sentence_case(error.diagnostics[0].message(language)) + "."
    raise ValueError(f"this is not refused: {of.said(language)}")


def refused_page(language: Language) -> str:
    """What cannot be written so, why, and what is written instead, by subject."""
    say = labels(language)
    parts = [f"# {say['refused-title']}", _links(language, "refused-page"), say["refused"].strip()]
    for key, listed in refused().items():
        rows = [
            [
                f"`{each.said(language)}`".replace("\n", "; "),
                reason(each, language),
                f"[`{line_in(each.write, language)}`]({construct(each.page).path(language).name})",
            ]
            for each in listed
        ]
        heading = [say["you-wrote"], say["why"], say["instead"]]
        parts += [f"## {say['phrases-' + key]}", _table(heading, rows)]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[Path, Callable[[], str]]:
    """Every page of the reference, and what makes its text."""
    found: dict[Path, Callable[[], str]] = {}
    for language in LANGUAGES:
        say = labels(language)
        found[DOCS / language / "README.md"] = partial(index, language)
        found[DOCS / language / f"{say['words-page']}.md"] = partial(words_page, language)
        found[DOCS / language / f"{say['phrases-page']}.md"] = partial(phrases_page, language)
        found[DOCS / language / f"{say['refused-page']}.md"] = partial(refused_page, language)
        for subject in subjects():
            for each in subject.constructs:
                found[each.path(language)] = partial(page, each, subject, language)
    return found


def main() -> None:
    """Write every page, and take away those of which nothing is left in the source."""
    made = pages()
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        write_whole(path, text())
    for language in LANGUAGES:
        for path in {*(DOCS / language).glob("*.md")} - set(made):
            path.unlink()


if __name__ == "__main__":
    main()
