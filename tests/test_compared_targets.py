"""Targets from another figure: another indicator of the goal, or a change by so much."""

import json
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import product

import pytest
from openpyxl import load_workbook

import goalrules
from goalrules.core.trace import Member, Observation
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.source import Source

pytestmark = pytest.mark.law

FILES = {
    "sv": """goalrules 2 sv
gäller 2025
mål 1 "T"
  indikator riket
    {unit}
    visas bara
  indikator a
    {unit}
    riktvärde {aim}
  grön om a grön
""",
    "en": """goalrules 2 en
valid 2025
goal 1 "T"
  indicator riket
    {unit}
    shown only
  indicator a
    {unit}
    target {aim}
  green when a green
""",
}
SIDES = {
    ("at least", ""): ("minst", "at least"),
    ("at most", ""): ("högst", "at most"),
    ("over", ""): ("högre än", "higher than"),
    ("under", ""): ("lägre än", "below"),
}
APART = {
    ("at least", "over"): ("minst {} över", "at least {} over"),
    ("at least", "under"): ("minst {} under", "at least {} under"),
    ("at most", "over"): ("högst {} högre än", "at most {} above"),
    ("at most", "under"): ("högst {} lägre än", "at most {} lower than"),
}
MEASURES = {
    "unit": ("2", "2", ""),
    "percent": ("10 %", "10 %", ""),
    "points": ("2 procentenheter", "2 percentage points", "%"),
}
FORMS = [
    *((side, way, "", each) for (side, way), each in SIDES.items()),
    *((side, way, measure, each) for (side, way), each in APART.items() for measure in MEASURES),
]
NUMBERS = [Decimal(each) for each in ("-10", "-8", "0", "8", "9", "10", "11", "12")]


def rules_of(aim: str, language: str = "en", unit: str = "") -> goalrules.RuleSet:
    said = {"sv": "måttenhet %", "en": "unit %"}[language] if unit else ""
    return goalrules.loads(FILES[language].format(aim=aim, unit=said))


def member_of(goal: goalrules.GoalResult, name: str) -> Member:
    """A member of a goal."""
    return next(each for each in goal.trace.members if each.name == name)


def finding_of(goal: goalrules.GoalResult) -> Observation:
    """What is known of `a`."""
    finding = member_of(goal, "a").finding
    assert finding
    return finding


def reference_of(goal: goalrules.GoalResult) -> Decimal | None:
    """What `a` is compared with."""
    target = finding_of(goal).target
    return target.reference if target else None


def reached(side: str, way: str, measure: str, value: Decimal, other: Decimal) -> bool:
    """What is meant, worked out without the program."""
    by = Fraction(0 if not measure else 2)
    if measure == "percent":
        by = abs(Fraction(other)) / 10
    apart = Fraction(value) - Fraction(other)
    apart = -apart if way == "under" else apart
    return {
        "at least": apart >= by, "at most": apart <= by, "over": apart > by, "under": apart < by,
    }[side]  # fmt: skip


@pytest.mark.parametrize(("side", "way", "measure", "words"), FORMS)
@pytest.mark.parametrize(("language", "at"), [("sv", 0), ("en", 1)])
def test_a_value_is_compared_with_that_of_another(  # noqa: PLR0913, PLR0917 - one case
    side: str, way: str, measure: str, words: tuple[str, str], language: str, at: int
) -> None:
    unit = MEASURES[measure][2] if measure else ""
    number = MEASURES[measure][at] if measure else ""
    rules = rules_of(f"{words[at].format(number)} riket", language, unit)
    for value, other in product(NUMBERS, NUMBERS):
        verdict = rules.assess({"a": value, "riket": other})["1"].verdict
        if measure == "percent" and not other:
            assert verdict == "open"
            continue
        assert (verdict == "met") == reached(side, way, measure, value, other), (value, other)
    for given in ({"a": 8}, {"a": 8, "riket": "not applicable"}, {"riket": 8}, {}):
        assert rules.assess(given)["1"].verdict == "open"


@pytest.mark.parametrize(("measure", "words"), [each[2:] for each in FORMS])
def test_it_is_written_back_in_both_languages(measure: str, words: tuple[str, str]) -> None:
    texts = [
        FILES[language].format(
            unit="", aim=f"{words[at].format(MEASURES[measure or 'unit'][at])} riket"
        )
        for at, language in enumerate(FILES)
    ]
    sv, en = (parse_file(Source("rules", each)).file for each in texts)
    assert format_file(sv, "en").splitlines()[3:] == format_file(en).splitlines()[3:]
    assert format_file(en, "sv").splitlines()[3:] == format_file(sv).splitlines()[3:]


@pytest.mark.parametrize(
    ("aim", "before", "value", "met"),
    [
        ("increase by 2", 10, 12, True),
        ("increase by at least 2", 10, "11.99", False),
        ("increase by at most 2", 10, 12, True),
        ("increase by at most 2", 10, "12.01", False),
        ("increase by at most 3 %", -100, -97, True),
        ("increase by at most 3 %", -100, "-96.9", False),
        ("decrease by 2", 10, 8, True),
        ("decrease by at least 2", 10, "8.01", False),
        ("decrease by at most 2", 10, 8, True),
        ("decrease by at most 2", 10, "7.99", False),
        ("decrease by at most 50 %", 10, 5, True),
        ("decrease by at most 50 %", 10, "4.9", False),
    ],
)
def test_a_change_by_so_much(aim: str, before: int, value: object, *, met: bool) -> None:
    rules = rules_of(f"{aim}\n    baseline {before}")
    assert (rules.assess({"a": value})["1"].verdict == "met") == met
    assert rules_of(aim).assess({"a": value})["1"].verdict == "open"


def test_which_side_is_better_shows_in_a_share_of_the_target() -> None:
    assess = "goalrules 2 en\nvalid 2025\nassess indicators\n  green when target reached\n"
    assess += "  yellow when at least 50 % of target\n  otherwise red\n"
    own = (
        'goal 1 "T"\n  indicator b\n    shown only\n  indicator a\n    target {}\n  worst of all\n'
    )
    rules = goalrules.loads(assess + own.format("at most 4 below b"))
    levels = [rules.assess({"a": each, "b": 24})["1"].level for each in (20, 19, 10, 9)]
    assert levels == ["green", "yellow", "yellow", "red"]
    for aim in ("at most b", "increase by at most 3", "at least 2 below b"):
        with pytest.raises(goalrules.RuleError) as refused:
            goalrules.loads(assess + own.format(aim))
        assert [each.code for each in refused.value.diagnostics] == ["share-of-target"]


# Numbers that are worked out

THIRDS = """goalrules 2 en
valid 2025
goal 1 "T"
  indicator x, y, z, u
    shown only
  indicator mean
    = mean of x, y, z
    shown only
  indicator a
    = mean of x, y, u
    target {}
  green when a green
"""


@pytest.mark.parametrize(
    ("aim", "u", "met"),
    [
        ("at least 1 over mean", 3, True),
        ("at most 1 over mean", 3, True),
        ("at least 1 over mean", "2.9999999999999999999999999999999999999999", False),
        ("over mean", 0, False),
        ("over mean", "0.000000000000000000000000000000000000000001", True),
        ("at least 100 % over mean", 1, True),
    ],
)
def test_values_that_are_worked_out_are_compared_exactly(aim: str, u: object, *, met: bool) -> None:
    given = {"x": 1, "y": 0, "z": 0, "u": u}
    goal = goalrules.loads(THIRDS.format(aim)).assess(given)["1"]
    assert (goal.verdict == "met") == met
    assert len(str(reference_of(goal))) < 50
    assert goal.text()


def test_written_numbers_that_hardly_differ_are_no_equals() -> None:
    rules = rules_of("at least riket")
    assert rules.assess({"a": "1", "riket": "1." + "0" * 52 + "1"})["1"].verdict == "not met"


def test_each_can_be_compared_with_what_comes_of_it() -> None:
    rules = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator a, b, c\n    target at least mean\n'
        "  indicator mean\n    = mean of a, b, c\n    shown only\n  2 green\n".replace(
            "  2 green", "  green when 2 of 3 green"
        )
    )
    goal = rules.assess({"a": 1, "b": 2, "c": 3})["1"]
    assert [member_of(goal, each).worst for each in "abc"] == ["red", "green", "green"]
    assert goal.verdict == "met"
    together = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator a\n    target at least b\n'
        "  indicator b\n    target at least a\n  green when all green\n"
    )
    assert together.assess({"a": 1, "b": 1})["1"].verdict == "met"
    assert together.assess({"a": 1, "b": 2})["1"].verdict == "not met"


def test_a_total_is_compared_at_its_pace() -> None:
    rules = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator other\n    total per year\n'
        "    shown only\n  indicator a\n    total per year\n    expected evenly over the year\n"
        "    target at least 12 over other\n  green when a green\n  otherwise red\n"
    )
    rows = [
        {"indicator": name, "period": f"2025-{month:02}", "value": value}
        for name, value in (("other", 10), ("a", 11))
        for month in range(1, 7)
    ]
    goal = rules.assess(rows, period="2025-06")["1"]
    assert (goal.verdict, reference_of(goal)) == ("met", Decimal(120))
    said = " ".join(goal.text("en").split())
    assert "so at least 132 (other 120)" in said
    assert "at least 66" in said
    rows[-1]["value"] = 10
    assert rules.assess(rows, period="2025-06")["1"].verdict == "not met"


# What stands beside it


def test_columns_and_many_rows_give_what_each_gives() -> None:
    rules = rules_of("at least 2 over riket")
    rows = [{"a": a, "riket": b} for a, b in product((1, 5, None), (3, 1, None))]
    alone = [rules.assess(each)["1"].verdict for each in rows]
    many = dict(rules.assess_many(enumerate(rows)))
    assert [each["1"].verdict for each in many.values() if not isinstance(each, Exception)] == alone
    columns = {name: [row[name] for row in rows] for name in ("a", "riket")}
    found = rules.compile().assess_columns(columns)
    assert [found.row(each)["1"] for each in range(len(rows))] == alone


def test_the_document_says_how_it_is_compared() -> None:
    rules = rules_of("at least 2 percentage points over riket", unit="%")
    document = rules.assess({"a": 72, "riket": 70}).to_dict()
    found = json.dumps(document)
    assert '"form": "compared"' in found
    assert '"name": "riket"' in found
    assert '"reference_from": "indicator"' in found


def test_a_level_that_is_stated_in_another_month_is_no_contradiction() -> None:
    rules = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator other\n    latest level\n'
        "    shown only\n  indicator a\n    latest level\n    target at least other\n"
        "  green when a green\n"
    )
    rows = [
        {"indicator": "other", "period": "2025-01", "value": 9},
        {"indicator": "other", "period": "2025-02", "value": 1},
        {"indicator": "a", "period": "2025-01", "value": 5, "level": "red"},
        {"indicator": "a", "period": "2025-02", "value": 5, "level": "green"},
    ]
    assert rules.assess(rows, period="2025-02")["1"].verdict == "met"
    undated = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator other\n    shown only\n'
        "  indicator a\n    target at least other\n  green when a green\n"
    )
    assert undated.assess(rows, period="2025-02")["1"].verdict == "met"
    rows[-1]["level"] = "red"
    with pytest.raises(goalrules.OutcomeError) as refused:
        undated.assess(rows, period="2025-02")
    assert [each.code for each in refused.value.diagnostics] == ["level-contradicts-value"]


def test_what_is_given_or_has_bands_lacks_nothing() -> None:
    rules = rules_of("at least riket")
    lacking = rules.assess({"a": 5})["1"]
    stated = rules.assess({"a": {"value": 5, "level": "green"}})["1"]
    assert (finding_of(lacking).lacking, finding_of(stated).lacking) == (("riket",), ())
    banded = rules_of("at least riket\n    levels: green at least 3, otherwise red")
    assert finding_of(banded.assess({"a": 5})["1"]).lacking == ()


def test_an_outcome_of_another_time_makes_what_is_compared_an_indication() -> None:
    rules = rules_of("at least riket")
    rows = [
        {"indicator": "riket", "period": "2025-06", "value": 9},
        {"indicator": "a", "period": "2025", "value": 10},
    ]
    goal = rules.assess(rows)["1"]
    assert goal.trace.indication
    assert "a is compared with riket, of which the outcomes are not for" in " ".join(
        goal.text("en").split()
    )
    assert "a jämförs med riket, där utfallen inte gäller" in " ".join(goal.text("sv").split())


def test_a_waived_one_is_nothing_to_compare_with() -> None:
    judged = {"1/riket": {"judgement": "waived", "reason": "R", "by": "N", "period": "2025",
                          "date": "2026-01-01"}}  # fmt: skip
    found = rules_of("at least riket").assess({"a": 5, "riket": 3}, 2025, judged)
    assert found["1"].verdict == "open"


HIDDEN = """goalrules 2 en
valid 2025
goal 1 "T"
  indicator few
    shown only
    small counts hidden
  indicator a
    target at most few
  indicator of-a
    = sum of a, b
    target at least 1
  indicator b
    shown only
  indicator c
    target at least of-a
  green when all green
"""


def test_what_is_compared_with_a_hidden_figure_shows_no_number() -> None:
    rules = goalrules.loads(HIDDEN)
    shown = rules.assess({"few": 3, "a": 71, "b": 400, "c": 5})
    told = [json.dumps(shown.to_dict()), shown.text("sv"), shown.text("en")]
    told += [json.dumps(each.to_dict()) for each in (shown["1"].to_reach("green"),
             shown["1"].margin(), shown["1"].to_collect())]  # fmt: skip
    for text in told:
        assert "71" not in text
        assert "471" not in text
    known = rules.assess({"few": 30, "a": 71, "b": 400, "c": 5})
    assert "471" in json.dumps(known.to_dict())


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("at least 2 over country", 0),
        ("at least 3 over country", 1),
        ("at most 2 over country", 1),
        ("at least 2", 1),
    ],
)
def test_what_is_compared_is_a_difference(new: str, told: int) -> None:
    text = (
        FILES["en"]
        .format(unit="", aim="at least 2 over riket")
        .replace("indicator riket", 'indicator riket "Country"')
    )
    changed = text.replace("at least 2 over riket", new).replace("riket", "country")
    found = goalrules.diff(
        goalrules.loads(text), goalrules.loads(changed), pairs={"1/riket": "1/country"}
    )
    codes = [fact.code for goal in found.trace.goals for fact in goal.facts]
    assert codes.count("target") == told


def test_the_workbook_asks_for_the_number_of_the_other() -> None:
    rules = rules_of("minst riket", "sv")
    sheet = load_workbook(BytesIO(rules.template(2025)))
    rows = [row for each in sheet for row in each.iter_rows(values_only=True) if "riket" in row]
    assert rows
    plain = rules_of("minst 3", "sv")
    book = load_workbook(BytesIO(plain.template(2025)))
    fewer = [row for each in book for row in each.iter_rows(values_only=True) if "riket" in row]
    assert len(rows) > len(fewer)


def test_the_check_knows_what_the_other_is_for() -> None:
    rules = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator r\n    target at least 5\n'
        "  indicator a\n    target at least r\n  green when all green\n"
    )
    codes = [each.code for each in rules.check().findings]
    assert codes == ["open-both-ways"]
    assert rules.check().text("en")
    counted = goalrules.loads(
        'goalrules 2 en\nvalid 2025\ngoal 1 "T"\n  indicator r\n  indicator a\n'
        "    target at least r\n  green when a green\n"
    )
    assert [each.code for each in counted.check().findings] == []


def test_parts_are_not_compared_and_no_change_is_of_parts() -> None:
    for aim in ("at least riket", "2025 at least riket; 2026 at least 3"):
        with pytest.raises(goalrules.RuleError) as refused:
            rules_of(f"{aim}\n    parts A, B")
        assert "parts-not-judged" in [each.code for each in refused.value.diagnostics]
    rules = rules_of("2025 at least 5; 2026 increase\n    parts A, B")
    assert rules.assess({"a/A": 6, "a/B": 7}, "2025")["1"].verdict == "met"
    assert rules.assess({"a/A": "reached", "a/B": "reached"}, "2026")["1"].verdict == "met"
    with pytest.raises(goalrules.OutcomeError) as asked:
        rules.assess({"a/A": 6, "a/B": 7}, "2026")
    assert {each.code for each in asked.value.diagnostics} == {"reached-expected"}


# An indicator of another goal

ELSEWHERE = {
    "sv": """goalrules 2 sv
gäller 2025
mål 1 "T"
  indikator riket som i mål 2
    visas bara
  indikator a
    {unit}
    riktvärde {aim}
  grön om a grön
mål 2 "U"
  indikator riket
    {unit}
    riktvärde minst 1
  grön om riket grön
""",
    "en": """goalrules 2 en
valid 2025
goal 2 "U"
  indicator riket
    {unit}
    target at least 1
  green when riket green
goal 1 "T"
  indicator riket as in goal 2
    shown only
  indicator a
    {unit}
    target {aim}
  green when a green
""",
}


@pytest.mark.parametrize(("measure", "words"), [each[2:] for each in FORMS])
@pytest.mark.parametrize(("language", "at"), [("sv", 0), ("en", 1)])
def test_a_value_is_compared_with_that_of_another_goal_as_with_one_of_its_own(
    measure: str, words: tuple[str, str], language: str, at: int
) -> None:
    unit = MEASURES[measure][2] if measure else ""
    aim = f"{words[at].format(MEASURES[measure][at] if measure else '')} riket"
    own = rules_of(aim, language, unit)
    unit = unit and {"sv": f"måttenhet {unit}", "en": f"unit {unit}"}[language]
    rules = goalrules.loads(ELSEWHERE[language].format(unit=unit, aim=aim))
    program = rules.compile("2025")
    for value, other in product((0, 1, 8, Decimal("8.5"), None), (0, 1, 8, -8, None)):
        given = {"a": value, "riket": other}
        alone, across = own.assess(given)["1"], rules.assess(given)["1"]
        assert across.verdict == alone.verdict
        assert (across.worst, across.best) == (alone.worst, alone.best)
        assert program.verdicts(given)["1"] == alone.verdict
        columns = program.assess_columns({name: [each] for name, each in given.items()})["1"]
        assert columns is not None
        assert list(columns) == [alone.verdict]


def test_what_is_taken_from_another_goal_counts_where_it_is_not_shown_only() -> None:
    text = ELSEWHERE["sv"].format(unit="", aim="minst riket").replace("a grön\n", "alla gröna\n", 1)
    rules = goalrules.loads(text)
    shown = {
        each.name: each.counted for each in rules.assess({"a": 5, "riket": 0})["1"].trace.members
    }
    assert shown == {"riket": False, "a": True}
    assert rules.assess({"a": 5, "riket": 0})["1"].verdict == "met"
    assert rules.assess({"a": 5, "riket": 0})["2"].verdict == "not met"
    counted = goalrules.loads(text.replace("    visas bara\n", "", 1))
    assert counted.assess({"a": 5, "riket": 0})["1"].verdict == "not met"


def test_a_hidden_figure_of_another_goal_hides_what_is_compared_with_it() -> None:
    text = ELSEWHERE["sv"].format(unit="", aim="minst riket")
    text = text.replace("    riktvärde minst 1\n", "    riktvärde minst 1\n    små tal döljs\n")
    found = goalrules.loads(text).assess({"a": 5, "riket": 3})
    assert found["1"].verdict == "met"
    members = {each.name: each.finding for each in found["1"].trace.members}
    assert all(each and each.hidden and each.value is None for each in members.values())
    target = members["a"] and members["a"].target
    assert target
    assert (target.low, target.reference) == (None, None)
    assert '"3"' not in json.dumps(found.to_dict())


def test_what_rests_on_each_other_through_two_goals() -> None:
    text = """goalrules 2 sv
gäller 2025
mål 1 "T"
  indikator a
    riktvärde minst b
  indikator b som i mål 2
    visas bara
  indikator c
    riktvärde minst 3
  grön om a grön
mål 2 "U"
  indikator b
    riktvärde högst c
  indikator c som i mål 1
    visas bara
  grön om b grön
"""
    rules = goalrules.loads(text)
    for a, b, c in product((1, 2, 3), repeat=3):
        found = rules.assess({"a": a, "b": b, "c": c})
        assert (found["1"].verdict == "met", found["2"].verdict == "met") == (a >= b, b <= c)


RING = """goalrules 2 sv
mål 1 "T"
  indikator a
    riktvärde minst r
  indikator r som i mål 2
    visas bara
  indikator s
    riktvärde minst m
  indikator m = antalet gröna av a
    visas bara
  grön om a grön
mål 2 "U"
  indikator r
    riktvärde minst n
  indikator n = antalet gröna av c
    visas bara
  indikator c
    riktvärde minst s
  indikator s som i mål 1
    visas bara
  grön om r grön
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RING, "cycle-of-values"),
        (RING.replace("minst r", "minst n").replace("r som i", "n som i"), "compared-with-levels"),
        (RING.replace("  indikator r som i mål 2\n    visas bara\n", ""), "compared-elsewhere"),
        (RING.replace("indikator r som i mål 2", "indikator r som i mål 3"), "unknown-goal"),
        (RING.replace("indikator r som i mål 2", "indikator r som i mål 1"), "unknown-member"),
        (RING.replace("riktvärde minst r", "riktvärde minst okänd"), "unknown-member"),
        (RING.replace("riktvärde minst r", "måttenhet %\n    riktvärde minst r"), "units-differ"),
    ],
)  # fmt: skip
def test_what_is_of_another_goal_is_refused_with_what_to_do(text: str, code: str) -> None:
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(text)
    assert code in [each.code for each in refused.value.diagnostics]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("name", "id_"), [("riket", "2"), ("hela riket", "2.1"), ("grön", "U 2")])
def test_what_to_write_to_take_it_here_can_be_written(language: str, name: str, id_: str) -> None:
    text = ELSEWHERE[language].format(
        unit="", aim={"sv": "minst riket", "en": "at least riket"}[language]
    )
    text = (
        text.replace("riket", f'"{name}"')
        .replace("mål 2", f'mål "{id_}"')
        .replace("goal 2", f'goal "{id_}"')
    )
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if " som i " in line or " as in " in line)
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads("\n".join((*lines[:at], *lines[at + 2 :])))
    (fault,) = refused.value.diagnostics
    _, head, _, shown, _ = fault.hint().split("`")
    assert goalrules.loads("\n".join((*lines[:at], f"  {head}", f"    {shown}", *lines[at + 2 :])))
