"""How text is read: what people write and paste, and what is refused with its place."""

import unicodedata
from typing import cast

import pytest
from parsing import condition, file, parsed, tokens

import goalrules
from goalrules.language.format import formatter
from goalrules.language.statements import Indicator, Target
from goalrules.text.languages import Language

# Rules that mean the same: language | as people write it | as the formatter writes it

READ = """
sv | 3 gröna | minst 3 gröna
sv | ≥ 3 gröna | minst 3 gröna
sv | >= 3 gröna | minst 3 gröna
sv | <= 1 röd | högst 1 röd
sv | ≤ 1 röd | högst 1 röd
sv | MINST TRE AV FEM GRÖNA | minst 3 av 5 gröna
sv | tre gröna | minst 3 gröna
sv | minst ett grönt | någon grön
sv | minst 3 av 5 indikatorer är gröna | minst 3 av 5 gröna
sv | samtliga indikatorer gröna | alla gröna
sv | 75 procent gröna | minst 75 % gröna
sv | 0,5 % gröna | minst 0,5 % gröna
sv | 0.5 % gröna | minst 0,5 % gröna
en | 0,5 % green | at least 0.5 % green
sv | 11 700 gröna | minst 11700 gröna
sv | 11\u00a0700 gröna | minst 11700 gröna
sv | 11\u202f700 gröna | minst 11700 gröna
sv | minst\u00a03\u00a0av\u00a05\u00a0gröna | minst 3 av 5 gröna
sv | 2 av 3 gröna, övriga minst gula | minst 2 av 3 gröna, övriga minst gula
sv | 2 av 3 gröna övriga minst gula | minst 2 av 3 gröna, övriga minst gula
sv | 2 av 3 gröna och övriga minst gula | minst 2 av 3 gröna, övriga minst gula
sv | 2 av 3 gröna och den tredje minst gul | minst 2 av 3 gröna, övriga minst gula
sv | 2 av 3 gröna, övriga ≥ gula | minst 2 av 3 gröna, övriga minst gula
sv | 3 gröna, varav a | minst 3 gröna varav a
sv | 3 gröna varav a | minst 3 gröna varav a
sv | 3 gröna och däribland a | minst 3 gröna varav a
sv | 3 gröna varav 1 av a, b, övriga minst gula | minst 3 gröna varav 1 av a, b, övriga minst gula
sv | 3 gröna, övriga minst gula, varav 1 av a, b | minst 3 gröna varav 1 av a, b, övriga minst gula
en | 3 green, rest ≥ yellow, including a | at least 3 green including a, rest at least yellow
en | 3 green and among them a | at least 3 green including a
sv | mål 2 är uppfyllt | mål 2 uppfyllt
sv | alla av nämndmålen 1.1, 1.2 uppfyllda | alla av mål 1.1, 1.2 uppfyllda
sv | alla av mål 1.1, mål 1.2 uppfyllda | alla av mål 1.1, 1.2 uppfyllda
sv | minst 2 av mål 1, mål 2, mål 3 uppfyllda | minst 2 av mål 1, 2, 3 uppfyllda
sv | minst 2 av mål 1, mål 2, a gröna | minst 2 av a, mål 1, 2 gröna
sv | alla av mål 1,2 uppfyllda | alla av mål 1,2 uppfyllda
sv | alla av mål 1,2,3 uppfyllda | alla av mål 1,2, 3 uppfyllda
sv | 24-timmars grön | 24-timmars grön
sv | 24\u2011timmars grön | 24-timmars grön
sv | yttre–tillsyn minst gul | yttre-tillsyn minst gul
sv | a\u0308ldre minst gul | äldre minst gul
sv | a gro\u0308n | a grön
sv | ”a b” grön | "a b" grön
sv | “a b” grön | "a b" grön
sv | „a b“ grön | "a b" grön
sv | «a b» grön | "a b" grön
sv | "a ""b"" c" grön | "a ""b"" c" grön
sv | "a" grön | a grön
sv | "grön" grön | "grön" grön
sv | "1" grön | "1" grön
sv | a grön eller (b gul och c gul) | a grön eller (b gul och c gul)
sv | ((a grön)) | a grön
sv | hälften gröna | minst hälften gröna
en | half green | at least half green
sv | 60 % av poängen | minst 60 % av poängen
en | 60 % of points | at least 60 % of points
sv | poängsumman av de 3 lägsta ≥ 4 | poängsumman av de 3 lägsta minst 4
en | mean points of a, b > 1.5 | mean of points of a, b over 1.5
""".strip().splitlines()


@pytest.mark.parametrize("line", READ)
def test_rule_is_read(line: str) -> None:
    language, written, meant = line.split(" | ")
    spoken = cast(Language, language)
    assert formatter(spoken).condition(condition(written, spoken)) == meant


# Targets: as people write it | as the formatter writes it

TARGETS = """
80–100 | 80–100
80-100 | 80–100
80—100 | 80–100
80 − 100 | 80–100
minst 11 700 | minst 11700
minst -5 | minst −5
minst −5,5 | minst −5,5
±0,5 | inom ±0,5
+-0.5 | inom ±0,5
+/-0,5 | inom ±0,5
inom ±0,5 | inom ±0,5
mellan -1 och 1 | mellan −1 och 1
mellan 1 och 2 | 1–2
ska öka med 5 % | öka med 5 %
2025 100–200 | 100–200
2 delar uppnådda | minst 2 delar uppnådda
""".strip().splitlines()


@pytest.mark.parametrize("line", TARGETS)
def test_target_is_read(line: str) -> None:
    written, meant = line.split(" | ")
    body = file(f"goalrules 1 sv\nriktvärde {written}").statements[0].body
    assert isinstance(body, Target)
    assert [formatter("sv").aim(dated.aim) for dated in body.aims] == [meant]


def test_some_of_several_indicators_have_titles_of_their_own() -> None:
    text = 'goalrules 2 sv\nindikator a "A", b "B"\nindikator c "C", d, e "E"'
    titles = [
        each.body.titles for each in file(text).statements if isinstance(each.body, Indicator)
    ]
    assert titles == [("A", "B"), ("C", "", "E")]


def test_a_quorum_may_say_no_names() -> None:
    text = "goalrules 2 sv\ningen bedömning om inte minst 2 bedömda"
    (statement,) = file(text).statements
    assert formatter("sv").statement(statement.body) == "kräver minst 2 bedömda"


# Tokens: language | text | types of its tokens

TOKENS = """
sv | 1.1 | NUMBER
sv | 1.1.1 | NAME
sv | 1,2,3 | NUMBER COMMA NUMBER
sv | 11 70 | NUMBER NUMBER
sv | 1 11 700 | NUMBER NUMBER
sv | 3av5 | NAME
sv | 80-100-x | NUMBER DASH NAME
sv | 1e1000000 | NAME
sv | 1_000 | NAME
sv | ٣ | NAME
sv | x² | NAME
sv | minst en | ANY
sv | minst en och en | ANY AND NUMBER
sv | av indikatorerna | FILLER
sv | minst\ten | ANY
""".strip().splitlines()


@pytest.mark.parametrize("line", TOKENS)
def test_text_is_cut_into_tokens(line: str) -> None:
    language, text, types = line.split(" | ")
    assert [type_ for type_, _ in tokens(text, cast(Language, language))] == types.split()


# Rules over the members a, b, äldre and orange that are refused: text | code | column

REFUSED = """
a is green orange is red | unexpected-word | 12
a is green orange green | unexpected-word | 12
3of5green | name-without-level | 1
3 of5 green | group-without-of | 7
a isgreen | unknown-level | 3
ais green | unknown-member | 1
or ange green | unexpected-word | 1
rest green | unexpected-word | 1
a rest green | unexpected-word | 3
a green, b green | comma-between-conditions | 8
a green b green | unexpected-word | 9
3 green, rest yellow | bare-rest | 15
3 green including | unfinished-sentence | 9
11 70 green | unexpected-word | 4
1_000 green | unknown-member | 1
1e5 green | unknown-member | 1
٣ green | unknown-member | 1
all of goals 1,2 met | list-without-space | 14
goal 1,2 met | list-without-space | 6
exactly 3 green | exactly | 1
a green; | unexpected-word | 8
a ¤ green | unknown-character | 3
a green "b | unclosed-text | 9
aldre grön | unknown-member | 1
exakt 3 gröna | exactly | 1
3 green and a | name-without-level | 13
a grön och b gul eller a gul | mixed-and-or | 18
""".strip().splitlines()


@pytest.mark.parametrize("line", REFUSED)
def test_rule_is_refused_at_its_place(line: str) -> None:
    text, code, column = line.split(" | ")
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.rule(text, ["a", "b", "äldre", "orange"])
    found = [(each.code, each.span.column) for each in refused.value.diagnostics]
    assert (code, int(column)) in found


@pytest.mark.parametrize("text", ["", " ", "är", "# bara en kommentar", "\n\n"])
def test_nothing_is_no_rule(text: str) -> None:
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.rule(text, ["a"])
    assert [each.code for each in refused.value.diagnostics] == ["no-rule"]


# Whole files

PLAN = """goalrules 1 sv
# mål
mål 1 "Mål" # ett
  indikator a # två
  indikator b
  grön om a grön # tre
  gul om b grön
# slut
"""
LINE_ENDS = ["\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("end", LINE_ENDS, ids=ascii)
def test_every_line_end_ends_a_line(end: str) -> None:
    found = parsed(PLAN.replace("\n", end))
    assert repr(found) == repr(parsed(PLAN))


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert repr(parsed("\ufeff" + PLAN)) == repr(parsed(PLAN))


def test_decomposed_letters_are_the_same_letters() -> None:
    decomposed = unicodedata.normalize("NFD", PLAN)
    assert decomposed != PLAN
    assert repr(parsed(decomposed)) == repr(parsed(PLAN))


UNSEEN = "\u00ad \u200b \u200d \u2060 \u202e \u2066 \u200e \x00 \x07 \x1b \x7f \x9f \ufe0f".split(
    " "
)


@pytest.mark.parametrize("character", UNSEEN, ids=ascii)
@pytest.mark.parametrize("place", ["# m", 'mål 1 "M', "indikator a", "grön om a", "# sl"])
def test_what_cannot_be_seen_is_refused(character: str, place: str) -> None:
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(PLAN.replace(place, place + character))
    first = next(each for each in refused.value.diagnostics if each.code == "unseen-character")
    before, _, _ = PLAN.partition(place)
    line = before.count("\n") + 1
    column = len(before.rpartition("\n")[2]) + len(place) + 1
    assert first.facts["character"] == f"U+{ord(character):04X}"
    assert (first.span.line, first.span.column) == (line, column)


# Names: two indicators of one goal | the code that the second one gets

NAMES = """
äldre | a\u0308ldre | member-twice
äldre | ÄLDRE | member-twice
a-b | a–b | member-twice
a-b | a\u2011b | member-twice
"a b" | "a  b" | member-twice
"a b" | "a\u00a0b" | member-twice
strasse | straße | member-twice
a | b\u0430 | mixed-scripts
a | \u0430b | mixed-scripts
""".strip().splitlines()


@pytest.mark.parametrize("line", NAMES, ids=ascii)
def test_names_are_told_apart(line: str) -> None:
    first, second, code = line.split(" | ")
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(
            f'goalrules 1 sv\nmål 1 "M"\nindikator {first}\nindikator {second}\ngrön om alla gröna'
        )
    assert code in [each.code for each in refused.value.diagnostics]


# Misspelt names in a file: rule | code | nearest

NEAREST = """
grön om avtalstroget grön | unknown-member | avtalstrohet
grön om AVTALSTROHETEN grön | unknown-member | avtalstrohet
grön om kostnad grön | unknown-member | -
grön om alla av mål KF11 uppfyllda | unknown-goal | KF1
samma som mål KF-1 | unknown-goal | KF1
""".strip().splitlines()


@pytest.mark.parametrize("line", NEAREST)
def test_the_nearest_name_is_named(line: str) -> None:
    rule, code, near = line.split(" | ")
    text = f'goalrules 1 sv\nmål KF1 "K"\nföljs bara upp\nmål 1 "M"\nindikator avtalstrohet\n{rule}'
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(text)
    found = [(each.code, each.facts["nearest"] or "-") for each in refused.value.diagnostics]
    assert found == [(code, near)]


# Rules given alone over a and b, and the language that they are in

LANGUAGES_OF_RULES = """
a green | en
a grön | sv
a met | en
exactly 3 green | en
a green, b green | en
a och b | sv
a and b | en
a, b | sv
minst 3 grön green | sv
at least 3 green grön | en
"""


@pytest.mark.parametrize("line", LANGUAGES_OF_RULES.strip().splitlines())
def test_a_rule_is_in_the_language_that_knows_more_of_its_words(line: str) -> None:
    text, language = line.split(" | ")
    try:
        found: str = goalrules.rule(text, ["a", "b"]).language
    except goalrules.RuleError as refused:
        found = refused.language
    assert found == language


# A number is no name: it stands without quotes only where a goal is named

NUMBERS_FOR_NAMES = """
indicator 1
parts 1
document 1 "T"
scale 1: low < high
goal 1 "T" on scale 1
group 1 a
missing: replaced by 1
indicator 1 as in goal 2
green when 2 green including 1 of 2, b
"""


@pytest.mark.parametrize("line", NUMBERS_FOR_NAMES.strip().splitlines())
def test_a_number_is_no_name(line: str) -> None:
    assert parsed(f"goalrules 1 en\n{line}").file.broken


def test_a_goal_may_be_a_number() -> None:
    heads = 'goal 1 "T"\ncontribution to council goal 2 "T"\nindicator a as in goal 3'
    assert not parsed(f"goalrules 1 en\n{heads}").diagnostics
