"""The conformance suite, `grammar/conformance`, made of what the tests have, and never changed.

Run by `make conformance`. A case that is there stays as it is for ever, and what would contradict
it is refused; cases are only added. What has to come is never asked of the engine where somebody
else knows it: it comes from the naive oracle (`oracle/`), from the tables of the reference, which
people wrote, and from `conformance/written.md`, worked out by hand. Words and versions that these
do not use are put in the place of those that they do, which changes nothing of what comes.
"""

# ruff: noqa: T201 - a script, and prints

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from golden_pages import Block, expectations, pages
from imports import ROOT
from oracle import goal_wording
from oracle.goals import Goal
from oracle.naive import NaiveGoal
from oracle.pairs import Making
from oracle.worlds import NAMES, PLACES, Place
from test_reference import BLOCKS

import goalrules
from goalrules.language.format import format_file
from goalrules.language.grammar import leads, parse_tokens
from goalrules.language.keywords import newer_than, words
from goalrules.language.lalr import Tree
from goalrules.language.parser import parse_file
from goalrules.language.tokens import read_tokens, sentences
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded
from goalrules.text.source import Source
from goalrules.versions import RULE_LANGUAGES

Case = dict[str, Any]
"""A case as it stands in the suite; `case.schema.json` says what is in it."""

SUITE = ROOT / "grammar" / "conformance"
WRITTEN = Path(__file__).parent / "conformance" / "written.md"
MOST_TRIED = 6
"""So many outcomes of a rule of the oracle are taken: those on both sides of a border first."""

REFUSED_WORDS = frozenset({"EXACTLY", "NOT"})
"""Words that there are only so that what is written with them can be refused."""

HEADS: Mapping[str, tuple[str, ...]] = {
    "sv": ("gäller 2025", "mål", "indikator", "grön", "om"),
    "en": ("valid 2025", "goal", "indicator", "green", "when"),
}
"""The words of a small file in each language."""

HEADER = re.compile(r"goalrules (\S+) (\S+)")


def stored(name: str) -> list[Case]:
    """The cases of a file of the suite; none where it is not there yet."""
    path = SUITE / f"{name}.json"
    found: list[Case] = json.loads(path.read_text("utf-8"))["cases"] if path.is_file() else []
    return found


def case_of(name: str, text: str, **comes: Any) -> Case:  # noqa: ANN401 - what comes of it
    """A case of a rule file, with the version and the language that its first line names."""
    header = HEADER.match(text)
    said = {"version": header[1], "language": header[2]} if header else {}
    return {"id": name, **said, "rules": text.rstrip("\n").split("\n"), **comes}


def text_of(case: Case) -> str:
    """The rule file of a case."""
    return "\n".join([*case["rules"], ""])


def named(kind: str, text: str) -> str:
    """A name that stays the same as long as the text does."""
    return f"{kind}-{sha256(text.encode()).hexdigest()[:8]}"


# Rules of the oracle


def of_oracle() -> Iterator[Case]:
    """Every form of rule in the worlds of the oracle, with what comes of it worked out naively."""
    for place in PLACES:
        names = NAMES[:3]
        making = Making(place, names)
        step = 1 if place.title == "colours" else 5
        for at, piece in enumerate(making.pieces[::step]):
            goal, language = making.beside(piece), LANGUAGES[at % 2]
            world = replace(place.world, groups={}) if place.alone else place.world
            text = goal_wording.file(goal, world, names, language)
            judged = list(tried(place, goal, names))
            yield case_of(named(place.title.replace(" ", "-"), text), text, judged=judged)


def tried(place: Place, goal: Goal, names: tuple[str, ...]) -> Iterator[Case]:
    """Outcomes that tell a rule from its neighbours, with what has to come."""
    naive = NaiveGoal(goal, place.world, names)
    kinds = [[*place.world.levels(each), None, "not applicable"] for each in names]
    every = list(product(*kinds))
    answers = {given: naive.expected(given) for given in every}
    found: dict[tuple[str | None, ...], None] = {}
    for member, levels in enumerate(map(place.world.levels, names)):
        better = dict(pairwise(levels))
        for given in every:
            up = better.get(given[member] or "")
            other = (*given[:member], up, *given[member + 1 :])
            if up and None not in given and answers[given] != answers[other]:
                found |= {given: None, other: None}
                break
    seen: dict[tuple[str, str, str], tuple[str | None, ...]] = {}
    for given, came in answers.items():
        seen.setdefault((came.verdict, came.worst, came.best), given)
    ends = [tuple(each[end] for each in kinds) for end in (-1, -2)]
    odd = [given for given in every if given.count(None) == 1][:: max(1, len(every) // 30)]
    for given in list(dict.fromkeys([*found, *seen.values(), *ends, *odd]))[:MOST_TRIED]:
        came = answers[given]
        goals = {"1": {"verdict": came.verdict, "worst": came.worst, "best": came.best}}
        rows = [row_of(name, each) for name, each in zip(names, given, strict=True)]
        yield {"outcomes": rows, "expect": {"goals": goals}}


def row_of(name: str, outcome: str | None) -> Case:
    """An outcome of the oracle as a row."""
    if outcome in (None, "not applicable"):
        return {"indicator": name, "value": outcome or "missing"}
    return {"indicator": name, "level": outcome}


# What people wrote


ENTRY = re.compile(
    r"(?:(?P<unit>\w+): )?(?P<indicator>\S+?)(?:@(?P<period>\S+))? (?P<value>[^()]+?)"
    r"(?: \((?P<more>[^()]+)\))?"
)
COMES = re.compile(
    r"(?P<together>together )?(?:goal )?(?P<of>\S+?)(?: in (?P<period>.+?))?(?:: | is )"
    r"(?P<comes>[^,]+?)(?: at [\d.,]+)?(?P<levels>, (?!because|decided|remark|rests)[^,]+)?(?:,.*)?"
)
SAID = {"uppnått": "reached", "ej uppnått": "not reached"}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?|missing|not applicable|not measured yet|withheld")


def of_reference() -> Iterator[Case]:
    """The examples of the reference with their tables of outcomes."""
    for at, block in enumerate(BLOCKS):
        if block.kind != "outcomes":
            continue
        tables = block.text.splitlines()
        shown = [each for each in BLOCKS[max(0, at - 2) : at] if each.kind == BLOCKS[at - 1].kind]
        for each in shown:
            if each is BLOCKS[at - 1] or (each.language, BLOCKS[at - 1].language) == ("sv", "en"):
                text = each.text if each.kind == "goalrules" else whole(each.text, each, tables)
                if text:
                    name = named("reference", text + block.text)
                    yield case_of(name, text, judged=table(tables))


def whole(text: str, block: Any, tables: Iterable[str]) -> str:  # noqa: ANN401 - a block of a page
    """A rule given alone, as the file of one goal with the members that it is tried on."""
    given = [line.partition(" → ")[0].split("; ") for line in tables]
    members = dict.fromkeys(each.partition(" ")[0] for line in given for each in line)
    if any("/" in each for each in members) or "no" in members:
        return ""
    valid, goal, indicator, *_ = HEADS[block.language]
    for version in RULE_LANGUAGES:
        lines = [f"goalrules {version} {block.language}", valid, f'{goal} 1 "T"']
        lines += [f"  {indicator} {', '.join(members)}", *(f"  {e}" for e in text.splitlines())]
        try:
            goalrules.loads("\n".join([*lines, ""]))
        except goalrules.RuleError:
            continue
        return "\n".join([*lines, ""])
    return ""


def of_hand() -> Iterator[Case]:
    """The cases of the page of written ones, each in both languages."""
    page = WRITTEN.read_text("utf-8")
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        name = part.partition("\n")[0].strip()
        rules, said = re.findall(r"^```[^\n]*\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)
        lines = table(said.splitlines())
        file = parse_file(Source("r.goals", rules)).file
        for language in LANGUAGES:
            text = rules if language == file.language else format_file(file, language)
            yield case_of(f"{name}-{language}", text, judged=lines)


def table(lines: Iterable[str]) -> list[Case]:
    """What a table of outcomes says, once for each period and outcomes."""
    found: dict[str, Case] = {}
    for each in map(judged, lines):
        known = found.setdefault(json.dumps([each.get("period"), each["outcomes"]]), each)
        for kind, comes in each["expect"].items():
            known["expect"].setdefault(kind, {}).update(comes)
    return list(found.values())


def judged(line: str) -> Case:
    """A line of a table of outcomes: what is given, and what has to come."""
    given, _, expected = line.partition(" → ")
    rows = [] if given == "no outcomes" else [read_row(each) for each in given.split("; ")]
    found: Case = {"outcomes": rows}
    expect: dict[str, dict[str, Case]] = {}
    for each in expected.split(" | "):
        said = COMES.fullmatch(each) or COMES.fullmatch(f"goal 1: {each}")
        assert said, line
        if said["period"]:
            found = {"period": said["period"], **found}
        if "goal " in each or not COMES.fullmatch(each):
            kind = "together" if said["together"] else "goals"
            verdict = None if said["comes"] == "no verdict" else said["comes"]
            ends = ends_of(said["levels"].removeprefix(", ")) if said["levels"] else {}
            expect.setdefault(kind, {})[said["of"]] = {"verdict": verdict, **ends}
        elif said["comes"] in ("met", "not met", "open", "no verdict"):
            raise AssertionError(line)
        else:
            expect.setdefault("indicators", {})[said["of"]] = ends_of(said["comes"])
    return {**found, "expect": expect}


def ends_of(levels: str) -> Case:
    """The worst and the best level of `red to green`."""
    worst, _, best = levels.partition(" to ")
    return {"worst": worst, "best": best or worst}


def read_row(text: str) -> Case:
    """An outcome as a table of the reference has it."""
    said = ENTRY.fullmatch(text)
    assert said, text
    row = {key: said[key] for key in ("unit", "indicator", "period") if said[key]}
    value = SAID.get(said["value"], said["value"])
    row["value" if NUMBER.fullmatch(value) or value in SAID.values() else "level"] = value
    for more in said["more"].split(", ") if said["more"] else ():
        key, _, what = more.partition(" ")
        row[key] = what
    return row


# Words, forms and versions that no case has yet


def said_in(case: Case) -> dict[str, tuple[int, int, str]]:
    """The phrases of the language in a case, each with where it stands and what it is."""
    text, language, version = text_of(case), case["language"], case["version"]
    tokens = read_tokens(Source("", text), words(language, version), text.index("\n")).tokens
    return {
        " ".join(folded(text[each.start_pos : each.end_pos]).split()): (
            each.start_pos,
            each.end_pos,
            meant(each.type, each),
        )
        for each in tokens
    }


def meant(kind: str, value: str) -> str:
    """What a phrase is: its token, and which one of the numbers, levels and months."""
    return f"{kind} {value}" if kind in ("NUMBER", "LEVEL", "MONTH") else kind


def forms_in(case: Case) -> set[str]:
    """The rules of the grammar by which a case is read."""
    text, known = text_of(case), words(case["language"], case["version"])
    tokens = read_tokens(Source("", text), known, text.index("\n")).tokens
    trees = [parse_tokens(each, "sentence") for each in sentences(tokens, leads())]
    found = (each.subtrees() for each in trees if isinstance(each, Tree))
    return {each.data for every in found for each in every}


def wanted_phrases(language: Language, version: str) -> Mapping[str, str]:
    """Every phrase of a language in a version, and every name of a month, with what it is."""
    known = words(language, version)
    phrases = {each: meant(said.type, said.value) for each, said in known.meanings.items()}
    months = {each: meant("MONTH", number) for each, number in known.months.items()}
    return {each: kind for each, kind in phrases.items() if kind not in REFUSED_WORDS} | months


def same(one: str, other: str) -> bool:
    """Whether two texts are read without fault as the same sentences."""
    read = [parse_file(Source("r.goals", each)) for each in (one, other)]
    bodies = [[(each.body, each.notes) for each in parsed.file.statements] for parsed in read]
    return not any(parsed.diagnostics for parsed in read) and bodies[0] == bodies[1]


def with_words(cases: Sequence[Case]) -> Iterator[Case]:
    """For each phrase that no case has, a case in which it stands in the place of another."""
    for language, version in product(LANGUAGES, RULE_LANGUAGES):
        places: dict[str, list[tuple[Case, int, int]]] = {}
        found: set[str] = set()
        own = [e for e in cases if "judged" in e and by(e) == (language, version)]
        for case in sorted(own, key=lambda each: len(json.dumps(each))):
            said = said_in(case)
            found |= said.keys()
            for start, end, kind in said.values():
                places.setdefault(kind, []).append((case, start, end))
        any_word = [each for every in places.values() for each in every[:1]]
        for phrase, kind in wanted_phrases(language, version).items():
            if phrase not in found:
                there = any_word if kind == "FILLER" else places.get(kind, [])
                made = with_word(phrase, there, instead=kind != "FILLER")
                if made:
                    yield {**made, "id": named(f"word-{language}-{version}", phrase)}
                else:
                    print(f"no case for the word `{phrase}` ({kind}) in {language} {version}")


def by(case: Case) -> tuple[str, str]:
    """The language and the version of a case."""
    return case["language"], case["version"]


def with_word(phrase: str, there: Iterable[tuple[Case, int, int]], *, instead: bool) -> Case | None:
    """The first case that reads alike with a phrase in the place of another, or before one."""
    for case, start, end in there:
        text = text_of(case)
        new = text[:start] + phrase + (text[end:] if instead else " " + text[start:])
        if same(text, new):
            return case_of("", new, judged=case["judged"][:1])
    return None


def with_versions(cases: Sequence[Case]) -> Iterator[Case]:
    """For each form and word that a newer version has in no case, an older case as one of it."""
    read = [
        (each, forms_in(each) | {kind for *_, kind in said_in(each).values()})
        for each in sorted(cases, key=lambda each: len(json.dumps(each)))
        if "judged" in each
    ]
    for language, (older, version) in product(LANGUAGES, pairwise(RULE_LANGUAGES)):
        have = {form for case, forms in read if by(case) == (language, version) for form in forms}
        for case, forms in read:
            if by(case) != (language, older) or not forms - have:
                continue
            text = text_of(case).replace(f"goalrules {older}", f"goalrules {version}", 1)
            if same(text_of(case), text):
                have |= forms
                yield case_of(f"{case['id']}-as-{version}", text, judged=case["judged"][:3])


def between_versions(cases: Sequence[Case]) -> Iterator[Case]:
    """Later words as names of an older version, later forms in it, and versions that are none."""
    for language, (older, version) in product(LANGUAGES, pairwise(RULE_LANGUAGES)):
        valid, goal, indicator, green, when = HEADS[language]
        later = words(language, version).meanings.keys() - words(language, older).meanings.keys()
        for word in sorted(each for each in later if re.fullmatch(r"\w+", each)):
            lines = [f"goalrules {older} {language}", valid, f'{goal} 1 "T"']
            lines += [f"  {indicator} {word}", f"  {green} {when} {word} {green}"]
            tried = table([f"{word} green → goal 1: met", f"{word} yellow → goal 1: not met"])
            name = f"name-{language}-{older}-{word}"
            yield case_of(name, "\n".join(lines), judged=tried)
        forms = newer_than(older)[0]["forms"]
        own = [e for e in cases if "judged" in e and by(e) == (language, version)]
        read = [(each, forms_in(each)) for each in sorted(own, key=lambda each: len(text_of(each)))]
        for form in forms:
            text = next(text_of(each) for each, found in read if form in found)
            text = text.replace(f"goalrules {version}", f"goalrules {older}", 1)
            name = named(f"lacks-{older}-{language}", text)
            yield case_of(name, text, refused=[{"code": "needs-version", "line": 1}])
        for none in ("0", "9", "99"):
            lines = [f"goalrules {none} {language}", valid, f'{goal} 1 "T"', f"  {indicator} a"]
            text = "\n".join([*lines, f"  {green} {when} a {green}"])
            fault = {"code": "unknown-version", "line": 1}
            yield case_of(f"version-{none}-{language}", text, refused=[fault])


# What is refused


def refusals() -> Iterator[Case]:
    """For each code of what bars reading, the shortest rule files of the pages that have it."""
    texts = {each.given.blocks["rules"].text for page in pages() for each in expectations(page)
             if "rules" in each.given.blocks}  # fmt: skip
    texts |= {on_page(block) for page in pages() for each in expectations(page)
              for name, block in each.given.blocks.items() if name == "rule"}  # fmt: skip
    found: dict[str, list[tuple[str, list[Case]]]] = {}
    for text in sorted(texts, key=lambda each: (len(each), each)):
        faults = refused(text)
        for code in {each["code"] for each in faults}:
            found.setdefault(code, []).append((text, faults))
    for code, every in sorted(found.items()):
        alone = [each for each in every if len(each[1]) == 1] or every[:1]
        for text, faults in alone[:2]:
            yield case_of(named(code, text), text, refused=faults)


def on_page(block: Block) -> str:
    """A rule that a page gives alone, as the file of one goal with its members."""
    language, *members = block.words
    valid, goal, indicator, *_ = HEADS[language]
    own = [each for each in members if re.fullmatch(r"[\w-]+", each)]
    lines = [f"goalrules {RULE_LANGUAGES[-1]} {language}", valid, f'{goal} 1 "T"']
    return "\n".join([*lines, f"{indicator} {', '.join(own)}", block.text])


def refused(text: str) -> list[Case]:
    """The codes and lines of what is wrong with a rule file."""
    try:
        goalrules.loads(text)
    except goalrules.RuleError as error:
        found = [{"code": each.code, "line": each.span.line} for each in error.diagnostics]
        return sorted(found, key=lambda each: (each["line"], each["code"]))
    return []


# The suite as files


def merged(name: str, made: Iterable[Case]) -> list[Case]:
    """The cases that are there, and after them those that are new.

    Raises:
        SystemExit: what is made contradicts what is there.
    """
    there = {each["id"]: each for each in stored(name)}
    for case in made:
        old = there.setdefault(case["id"], case)
        if contradicts(old, case):
            sys.exit(f"{name}.json: `{case['id']}` is there, and verdicts are kept for ever")
    return list(there.values())


def contradicts(old: Case, new: Case) -> bool:
    """Whether two cases of one name have other rules, or something else comes of the same."""
    if old["rules"] != new["rules"] or ("refused" in old) != ("refused" in new):
        return True
    if "refused" in old:
        return bool(old["refused"] != new["refused"])
    kept = {json.dumps([each.get("period"), each["outcomes"]]): each for each in old["judged"]}
    for each in new["judged"]:
        other = kept.get(json.dumps([each.get("period"), each["outcomes"]]), each)
        if other["expect"] != each["expect"]:
            return True
    return False


def written(name: str, cases: Iterable[Case]) -> str:
    """A file of the suite: a line for each line of rules, and for each of what is tried."""
    told = ",\n".join(_told(each) for each in cases)
    return f'{{"suite": "goalrules", "of": {json.dumps(name)}, "cases": [\n{told}\n]}}\n'


def _told(case: Case) -> str:
    lists = {key: each for key, each in case.items() if isinstance(each, list)}
    head = json.dumps({k: e for k, e in case.items() if k not in lists}, ensure_ascii=False)[:-1]
    for key, each in lists.items():
        lines = ",\n    ".join(json.dumps(one, ensure_ascii=False) for one in each)
        head += f', "{key}": [\n    {lines}]'
    return head + "}"


def main() -> None:
    """Add to the suite what it has not; or end with what would have been changed."""
    files = {
        "oracle": merged("oracle", of_oracle()),
        "reference": merged("reference", of_reference()),
        "written": merged("written", of_hand()),
    }
    every = [case for cases in files.values() for case in cases]
    newer = list(with_versions(every))
    made = between_versions([*every, *newer])
    files["versions"] = merged("versions", [*newer, *made])
    every += files["versions"]
    files["words"] = merged("words", with_words([*every, *stored("words")]))
    files["refusals"] = merged("refusals", refusals())
    for name, cases in files.items():
        (SUITE / f"{name}.json").write_text(written(name, cases), "utf-8")
        print(f"{name}: {len(cases)} cases")


if __name__ == "__main__":
    main()
