"""The first ten published rules of other bodies: every case comes out as its text says.

What is expected was worked out by hand from the texts, and `why` says how.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen
from parsing import file as parsed_file
from published_cases import published

import goalrules
from goalrules.language import statements as st
from goalrules.language.format import format_file
from goalrules.text.languages import LANGUAGES, Language

pytestmark = pytest.mark.law

FOLDER = Path(__file__).parents[1] / "rulesets" / "published"
OF_THE_RULE = (
    st.When, st.Otherwise, st.Extreme, st.Limit, st.Remark, st.Policy, st.Requires, st.MetFrom,
)  # fmt: skip
"""The sentences that make up a goal's rule."""


@frozen
class Case:
    """Outcomes in a file, what they have to come to, and why."""

    outcomes: str
    verdict: str
    level: str | None
    why: str


@frozen
class Published:
    """A rule file, what the published text says (in words of ours), and cases of it."""

    name: str
    says: str
    cases: tuple[Case, ...]


ALL = (
    Published(
        "trosa-2019",
        "Good economic management is met when all financial goals are met and 75 % of the other "
        "goals are met.",
        (
            Case("trosa-5-av-7", "not met", "inte uppfyllt",
                 "All 5 financial goals are met. 75 % of 7 is 5.25, so 6 others are needed."),
            Case("trosa-6-av-7", "met", "uppfyllt",
                 "All 5 financial goals are met, and 6 of the 7 others are the 6 needed."),
        ),
    ),
    Published(
        "helsinki",
        "A binding goal is met only if all its indicators reach the level set in the budget; every "
        "goal that is not met needs a written explanation.",
        (
            Case("helsinki-all-reached", "met", "reached", "All three indicators reach theirs."),
            Case("helsinki-one-below", "not met", "not reached", "One of three is below."),
        ),
    ),
    Published(
        "cqc-adult-social-care",
        "Five key questions of equal weight on inadequate < requires improvement < good < "
        "outstanding. Outstanding: at least 2 outstanding and the others good. Good: none "
        "inadequate and at most 1 requires improvement. 2 or more requires improvement → requires "
        "improvement. 2 or more inadequate → inadequate. Limiter: a breach of regulations caps the "
        "result at requires improvement.",
        (
            Case("cqc-two-outstanding", "met", "outstanding",
                 "Two are outstanding, which is enough, and the other three are good."),
            Case("cqc-outstanding-but-one", "met", "good",
                 "Two are outstanding, but one requires improvement: not all others are good. "
                 "None is inadequate and one requires improvement, which good allows."),
            Case("cqc-good-but-one", "met", "good",
                 "Four are good and one requires improvement, which good allows."),
            Case("cqc-two-require-improvement", "not met", "requires improvement",
                 "Two require improvement, and good allows one."),
            Case("cqc-two-inadequate", "not met", "inadequate", "Two are inadequate."),
            Case("cqc-one-inadequate", "not met", "requires improvement",
                 "One is inadequate, so it is not good; none requires improvement and only one is "
                 "inadequate, so no published clause holds. The file chooses and says so."),
            Case("cqc-breach", "not met", "requires improvement",
                 "The key questions give outstanding; the breach caps it."),
        ),
    ),
    Published(
        "cpa-harder-test",
        "Corporate score 1–4, level-1 services and level-2 services scored 1–4, result in stars. "
        "Corporate 4: no level 1 under 3 and no level 2 under 2 → 4; no level 1 under 2 and at "
        "most one level 2 under 2 → 3; at most one level 1 under 2 and at most one level 2 under 2 "
        "→ 2; any other → 1. Corporate 3: none under 3 and none under 3 → 4; none under 2 and none "
        "under 2 → 3; none under 2 and at most one under 2 → 2; any other → 1. Corporate 2: none "
        "under 3 and none under 2 → 3; none under 2 and none under 2 → 2. The rest of the table "
        "was not read.",
        (
            Case("cpa-corporate-4", "not met", "3",
                 "Corporate 4. A level 1 service has 2, so not 4 stars. None of level 1 is under 2 "
                 "and one of level 2 is: 3 stars."),
            Case("cpa-corporate-3", "not met", "2",
                 "Corporate 3 with the same services. One of level 2 is under 2, so not 3 stars. "
                 "None of level 1 is under 2: 2 stars."),
            Case("cpa-any-other", "not met", "1",
                 "Corporate 3, and a level 1 service has 1: none of the rows but any other."),
            Case("cpa-corporate-2", "not met", None,
                 "Corporate 2, and a level 2 service has 1: a row that was not read."),
        ),
    ),
    Published(
        "india-aqi",
        "The index is the worst sub-index; computed only with at least 3 pollutants measured, one "
        "of them PM10 or PM2.5; sub-indices are shown anyway.",
        (
            Case("aqi-no-particles", "open", None,
                 "Five pollutants are measured, but neither PM10 nor PM2.5: no index."),
            Case("aqi-three", "not met", "moderately polluted",
                 "Three are measured, one of them PM2.5. The worst sub-index is its 180, which is "
                 "over 100 and at most 200."),
        ),
    ),
    Published(
        "kommunebarometeret",
        "Weighted mean of grades 1–6 (sectors weigh 20, 20, 10, 10, 10 … 2.5 %); a municipality "
        "needs data for 60 % of the figures to be ranked.",
        (
            Case("kommunebarometeret-59", "open", None,
                 "Data for 59 of 100 figures; 60 are needed."),
            Case("kommunebarometeret-60", "not met", "3",
                 "Data for 60 of 100. 20 × (3 + 2) + 10 × (5 + 4.5 + 3.5) + 7.5 × (4 + 2) + 5 × 3 "
                 "+ 2.5 × (6 + 2 + 4 + 4) = 100 + 130 + 45 + 15 + 40 = 330, so 3.30, nearest 3. "
                 "(Unweighted it would be 43 / 12 = 3.58, nearest 4.)"),
        ),
    ),
    Published(
        "trafikanalys",
        "A goal's verdict stops at the key indicator that has developed least; supplementary "
        "indicators support the text but do not count. A warning mark: right direction, but not "
        "fast enough for the milestone; it does not change the verdict.",
        (
            Case("trafikanalys-minst-utvecklat", "not met", "red",
                 "Of the key indicators two are green and one red; the supplementary ones, all "
                 "green, do not count."),
            Case("trafikanalys-varning", "met", "green",
                 "All key indicators are green; that it goes too slowly changes nothing in that."),
        ),
    ),
    Published(
        "fhrs",
        "Three scores (0, 5, 10, 15, 20, 25; lower is better), their sum and the largest: 0–15 "
        "and none over 5 → 5; 20 and none over 10 → 4; 25–30 and none over 10 → 3; 35–40 and none "
        "over 15 → 2; 45–50 and none over 20 → 1; else 0. Read as: the first row whose both limits "
        "hold.",
        (
            Case("fhrs-5-5-5", "met", "5", "The total is 15, and no score is over 5."),
            Case("fhrs-10-5-5", "not met", "4", "The total is 20, and no score is over 10."),
            Case("fhrs-10-5-0", "not met", "4",
                 "The total is 15, but one score is over 5. The next row holds: 15 is at most 20, "
                 "and no score is over 10."),
            Case("fhrs-15-10-5", "not met", "2",
                 "The total is 30, but one score is over 10. The next row holds: 30 is at most 40, "
                 "and no score is over 15."),
        ),
    ),
    Published(
        "breeam",
        "Weighted percent at least 30/45/55/70/85 for pass/good/very good/excellent/outstanding "
        "and a minimum number of credits in named areas for each level; criteria scoped out are "
        "removed entirely, also from the minimum standards.",
        (
            Case("breeam-minimum-missing", "met", "very good",
                 "12 × 75 + 15 × 70 + 19 × 65 + 8 × 80 + 6 × 75 + 12.5 × 72 + 7.5 × 80 + 10 × 70 + "
                 "10 × 76 = 7235, so 72.35 %, enough for excellent. That takes six credits in "
                 "Ene 01; there are five, so it is very good."),
            Case("breeam-out-of-scope", "met", "excellent",
                 "The same building without water: (7235 − 450) / 94 = 72.18 %. Ene 01 is out of "
                 "scope and asks for nothing; the other minimum standards allow excellent."),
        ),
    ),
    Published(
        "vansbro-2019",
        "An indicator at its target or better is met; at least 80 % of the target is partly met; "
        "below that not met.",
        (
            Case("vansbro-60", "not met", "delvis uppnått",
                 "60 is below 75, and exactly 80 % of it."),
            Case("vansbro-59", "not met", "ej uppnått", "59 is less than 80 % of 75, which is 60."),
        ),
    ),
)  # fmt: skip

CASES = [(each, case) for each in ALL for case in each.cases]

each_rule = pytest.mark.parametrize("rule", ALL, ids=[each.name for each in ALL])


@cache
def rules(name: str) -> goalrules.RuleSet:
    """The rule set of a body."""
    return goalrules.load(FOLDER / f"{name}.goals")


def result_of(name: str, outcomes: str) -> goalrules.GoalResult:
    """What the one goal of a file comes to on the outcomes in another."""
    rows = goalrules.read_outcomes(FOLDER / "outcomes" / f"{outcomes}.csv")
    (result,) = rules(name).assess(rows).values()
    return result


# The cases


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[case.outcomes for _, case in CASES])
def test_a_case_comes_out_as_the_published_text_says(rule: Published, case: Case) -> None:
    found = result_of(rule.name, case.outcomes)
    assert (found.verdict, found.level) == (case.verdict, case.level), case.why


@pytest.mark.parametrize(
    ("rule", "outcomes"),
    [("india-aqi", "aqi-no-particles"), ("kommunebarometeret", "kommunebarometeret-59")],
)
def test_too_few_assessed_is_said_to_be_the_reason(rule: str, outcomes: str) -> None:
    assert "quorum" in {reason.code for reason in result_of(rule, outcomes).reasons}


@pytest.mark.parametrize(
    ("rule", "outcomes", "remarks"),
    [
        ("helsinki", "helsinki-one-below", ["A written explanation to the City Council is due."]),
        ("helsinki", "helsinki-all-reached", []),
        (
            "trafikanalys",
            "trafikanalys-varning",
            ["Varning: rätt riktning, men inte tillräckligt snabbt för etappmålet."],
        ),
        ("trafikanalys", "trafikanalys-minst-utvecklat", []),
    ],
)
def test_what_is_remarked_beside_the_verdict(rule: str, outcomes: str, remarks: list[str]) -> None:
    found = result_of(rule, outcomes).trace.remarks
    assert [each.text for each in found] == remarks
    assert all(each.sure for each in found)


def test_the_sub_indices_are_shown_where_there_is_no_index() -> None:
    members = result_of("india-aqi", "aqi-no-particles").trace.members
    assert {each.name: each.best for each in members if each.worst == each.best} == {
        "no2": "satisfactory",  # 62
        "so2": "good",  # 18
        "co": "good",  # 45
        "o3": "moderately polluted",  # 104
        "nh3": "good",  # 9
    }


def test_what_was_not_read_of_a_table_is_left_open() -> None:
    found = result_of("cpa-harder-test", "cpa-corporate-2")
    assert (found.worst, found.best) == ("0", "1")
    assert {reason.code for reason in found.reasons} == {"unsaid"}


# The files


def text_of(rule: Published) -> str:
    """The text of a body's rule file."""
    return (FOLDER / f"{rule.name}.goals").read_text(encoding="utf-8")


def sentences(rule: Published) -> tuple[st.Statement, ...]:
    """The sentences of a body's rule file."""
    return parsed_file(text_of(rule)).statements


def test_every_file_is_in_the_table() -> None:
    as_data = {each.name for each in published()}
    assert {path.stem for path in FOLDER.glob("*.goals")} == {each.name for each in ALL} | as_data
    outcomes = sorted(path.stem for path in (FOLDER / "outcomes").iterdir())
    assert outcomes == sorted(case.outcomes for _, case in CASES)


@each_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_can_be_turned_into_either_language(rule: Published, language: Language) -> None:
    found = parsed_file(text_of(rule))
    assert parsed_file(format_file(found, language)).statements == found.statements


@each_rule
def test_a_file_cites_its_source_and_says_what_it_had_to_choose(rule: Published) -> None:
    notes = [note for each in sentences(rule) for note in each.notes]
    assert {type(note) for note in notes} == {st.According, st.Interpretation}


@each_rule
def test_a_rule_has_no_more_words_than_its_published_text(rule: Published) -> None:
    makes_it = [each for each in sentences(rule) if isinstance(each.body, OF_THE_RULE)]
    assert sum(words(written(rule, each)) for each in makes_it) <= words(rule.says)


def written(rule: Published, sentence: st.Statement) -> str:
    """A sentence as it stands in its file, without its notes."""
    span = sentence.span
    lines = text_of(rule).split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    return "\n".join(lines)[span.column - 1 :]


def words(text: str) -> int:
    """How many words and numbers a text has; signs are not counted."""
    return len(re.findall(r"\w+(?:[.,–-]\w+)*", text))


@each_rule
def test_the_overview_names_the_file(rule: Published) -> None:
    overview = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"]({rule.name}.goals)" in overview
