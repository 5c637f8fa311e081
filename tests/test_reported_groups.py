"""Members that only the outcomes name: levels, points and weights of their own, against the oracle.

Each condition is written in both languages, judged on every outcome of an indicator and of two
reported members, and compared with what it naively means over all completions.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

import pytest
from oracle.completions import completions
from oracle.forms import Condition, Count, Including, Joined, Named, holds
from oracle.points import Score
from oracle.world import World
from oracle.worlds import STEPS

import goalrules

pytestmark = pytest.mark.law

READS = {"stuck": "red", "begun": "yellow", "done": "green"}
POINTS = {"stuck": -1, "begun": 1, "soon": 1, "done": 4}
ACTS = ("acts/x", "acts/y")
ALL = ("a", *ACTS)

FILES = {
    "sv": """goalrules 1 sv
skala steg: stuck < begun < soon < done läses stuck som röd, begun som gul, done som grön
mål 1 "T"
  indikator a
    vikt 0,5
  grupp acts enligt rapporteringen på skala steg
    vikt 2
    egna poäng stuck -1, begun 1, soon 1, done 4
  poäng grön 3, gul 1, röd 0
  {}
  annars röd
""",
    "en": """goalrules 1 en
scale steg: stuck < begun < soon < done reads stuck as röd, begun as gul, done as grön
goal 1 "T"
  indicator a
    weight 0.5
  group acts as reported on scale steg
    weight 2
    own points stuck -1, begun 1, soon 1, done 4
  points green 3, yellow 1, red 0
  {}
  otherwise red
""".replace("röd", "red")
    .replace("gul", "yellow")
    .replace("grön", "green"),
}


def world(members: tuple[str, ...] = ACTS) -> World:
    """What the files say of the indicator and of some reported members."""
    return World(
        scales=dict.fromkeys(members, STEPS),
        reads=dict.fromkeys(members, READS),
        weights={"a": Decimal("0.5"), **dict.fromkeys(members, 2)},
        points={"green": 3, "yellow": 1, "red": 0},
        own_points=dict.fromkeys(members, POINTS),
    )


def conditions(
    acts: tuple[str, ...], everyone: tuple[str, ...]
) -> Mapping[tuple[str, str], Condition]:
    """Conditions in both languages, with what they mean of these members."""
    return {
        ("alla av acts minst soon", "all of acts at least soon"): Count(
            "all", "soon", acts, listed=True, side="at least"
        ),
        ("majoriteten av acts gröna", "majority of acts green"): Count(
            "majority", "green", acts, listed=True
        ),
        ("alla av a, acts gröna", "all of a, acts green"): Count(
            "all", "green", everyone, listed=True
        ),
        ("minst 2 av a, acts gula", "at least 2 of a, acts yellow"): Count(
            "number", "yellow", everyone, listed=True, amount=2
        ),
        ("någon av a, acts grön", "any of a, acts green"): Count(
            "any", "green", everyone, listed=True
        ),
        ("högst 1 av a, acts röda", "at most 1 of a, acts red"): Count(
            "at most", "red", everyone, listed=True, amount=1
        ),
        ("ingen av acts, a röd", "none of acts, a red"): Count(
            "none", "red", everyone, listed=True
        ),
        (
            "minst 60 % av vikten av a, acts gröna varav a",
            "at least 60 % of weight of a, acts green including a",
        ): Count(
            "percent", "green", everyone, listed=True, amount=60, weighed=True,
            including=Including(("a",)),
        ),
        ("minst 60 % av poängen av a, acts", "at least 60 % of points of a, acts"): Score(
            "share", "at least", 60, everyone, listed=True
        ),
        ("poängsumman av acts minst 8", "sum of points of acts at least 8"): Score(
            "sum", "at least", 8, acts, listed=True
        ),
        ("medelpoängen av a, acts minst 1,5", "mean of points of a, acts at least 1.5"): Score(
            "mean", "at least", Decimal("1.5"), everyone, listed=True
        ),
        (
            "a grön och minst hälften av acts begun",
            "a green and at least half of acts begun",
        ): Joined(
            "and", (Named("a", "green", ("a",)), Count("half", "begun", acts, listed=True))
        ),
        ("alla gröna och någon av acts done", "all green and any of acts done"): Joined(
            "and",
            (Count("all", "green", ("a",)), Count("any", "done", acts, listed=True)),
        ),
    }  # fmt: skip


CONDITIONS = conditions(ACTS, ALL)
OF_A = (("green",), ("yellow",), ("red",), ("red", "yellow", "green"))
OF_ACTS = (*((each,) for each in STEPS), STEPS, None)


WORDS = {
    "sv": {
        "green": "grön",
        "yellow": "gul",
        "red": "röd",
        "": "uppgift saknas",
        "-": "ej tillämplig",
    },
    "en": {"": "missing", "-": "not applicable"},
}


def given(ends: tuple[str, ...] | None, language: str) -> str:
    """An outcome as it is given: a level, one that is missing, or one that does not apply."""
    key = "-" if ends is None else ends[0] if len(ends) == 1 else ""
    return WORDS[language].get(key, key)


def verdict(found: set[bool | None]) -> str:
    """The verdict of some completions."""
    return "met" if found == {True} else "not met" if found == {False} else "open"


@pytest.mark.parametrize("texts", CONDITIONS, ids=lambda each: each[1])
def test_a_reported_member_counts_as_the_oracle_says(texts: tuple[str, str]) -> None:
    condition, heads = CONDITIONS[texts], ("grön om ", "green when ")
    for language, text, head in zip(("sv", "en"), texts, heads, strict=True):
        rules = goalrules.loads(FILES[language].format(head + text))
        for ranges in product(OF_A, OF_ACTS, OF_ACTS):
            told = {n: given(each, language) for n, each in zip(ALL, ranges, strict=True)}
            found = {
                holds(condition, dict(zip(ALL, each, strict=True)), world())
                for each in completions(ranges)
            }
            assert rules.assess(told, 2025)["1"].verdict == verdict(found), (told, found)


def _reports(most: int) -> Iterator[dict[str, str]]:
    """Every way in which up to so many members may come to be reported."""
    for size in range(1, most + 1):
        names = [f"acts/{n}" for n in range(size)]
        for levels in product(STEPS, repeat=size):
            yield dict(zip(names, levels, strict=True))


@pytest.mark.parametrize("place", range(len(CONDITIONS)))
@pytest.mark.parametrize("level", ["red", "yellow", "green"])
def test_where_nothing_is_reported_only_what_is_sure_is_said(place: int, level: str) -> None:
    text = list(CONDITIONS)[place][1]
    rules = goalrules.loads(FILES["en"].format(f"green when {text}"))
    found = set()
    for told in _reports(3):
        acts = tuple(told)
        condition = list(conditions(acts, ("a", *acts)).values())[place]
        found.add(holds(condition, {"a": level, **told}, world(acts)))
    said = rules.assess({"a": level}, 2025)["1"].verdict
    shares = {"percent", "sum", "mean", "share", "majority", "half"}
    kinds = {getattr(CONDITIONS[list(CONDITIONS)[place]], each, "") for each in ("kind", "total")}
    assert said in {"open", verdict(found)}
    if not kinds & shares:
        assert said == verdict(found)


# What stands beside it: years, weights, who and when, and what two rule files say


def codes(*lines: str) -> list[str]:
    """The codes of what is wrong with a goal of some lines."""
    text = "\n".join(["goalrules 1 en", 'goal 1 "T"', *lines])
    try:
        found = goalrules.loads(text).check()
    except goalrules.RuleError as refused:
        return [each.code for each in refused.diagnostics]
    return [each.code for each in found.findings]


@pytest.mark.parametrize("weight", ["0", "0.0"])
def test_a_weight_of_nought_is_refused_of_a_group(weight: str) -> None:
    rule = "green when at least 60 % of weight of acts green"
    assert codes("group acts as reported", f"weight {weight}", rule) == ["zero-weight"]
    assert codes("group acts as reported", "weight 0.1", rule) == []


@pytest.mark.parametrize("points", ["green 1, red 0", "green 1, yellow 2, red 0"])
def test_points_of_a_group_are_looked_at_as_those_of_an_indicator(points: str) -> None:
    rule = "green when sum of points at least 1"
    of_group = codes("group acts as reported", f"own points {points}", rule)
    assert of_group == codes("indicator acts", f"own points {points}", rule) != []


GROUP_IN_YEARS = """goalrules 1 en
valid 2024–2025
goal 1 "T"
  indicator a
  group acts as reported
    weight 1
      valid 2024
    weight 9
      valid 2025
  green when at least 60 % of weight of a, acts green
  otherwise red
"""


def test_what_is_said_of_a_group_holds_in_its_years() -> None:
    rules = goalrules.loads(GROUP_IN_YEARS)
    told = {"a": "red", "acts/x": "green"}
    assert [rules.assess(told, year)["1"].verdict for year in (2024, 2025)] == ["not met", "met"]


def test_a_group_holds_in_its_own_years() -> None:
    rules = goalrules.loads(
        GROUP_IN_YEARS.replace("as reported\n", "as reported\n      valid 2024–2025\n", 1)
    )
    assert rules.assess({"a": "red", "acts/x": "green"}, 2025)["1"].verdict == "met"


@pytest.mark.parametrize("given", ["1 lowest", "2 lowest"])
def test_the_lowest_of_nobody_are_open(given: str) -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "T"\ngroup acts as reported\npoints green 2, yellow 1,'
        f" red 0\ngreen when sum of points of {given} at least 2\notherwise red"
    )
    assert rules.assess({})["1"].verdict == "open"
    assert rules.assess({"acts/x": "green", "acts/y": "green"})["1"].verdict == "met"


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        (dt.date(2025, 6, 30), "2025-06-30"),
        (dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC), "2025-06-30"),
        ("hösten  2025", "hösten 2025"),
        (None, ""),
    ],
)
def test_who_is_responsible_and_by_when_go_with_the_outcome(due: object, shown: str) -> None:
    rules = goalrules.loads(
        'goalrules 1 sv\ngäller 2025\nmål 1 "T"\ngrupp acts enligt rapporteringen\n'
        "grön om alla gröna"
    )
    row = {"indicator": "acts/x", "level": "grön", "responsible": "Ida", "due": due}
    found = rules.assess([row])["1"]
    [member] = found.trace.members
    assert member.finding
    assert member.finding.row
    assert (member.finding.row.responsible, member.finding.row.due) == ("Ida", shown)


SHOWN = """goalrules 1 en
valid 2025
goal 1 "T"
  indicator a
  group acts as reported
    shown only
  group more as reported
  green when all green and any of more green
  otherwise red
"""


def test_a_group_that_is_shown_only_hinders_no_comparison() -> None:
    old, new = SHOWN.replace("  group acts as reported\n    shown only\n", ""), SHOWN
    told = {"a": "green", "more/x": "green"}
    found = goalrules.diff(goalrules.loads(old), goalrules.loads(new), outcomes=told)
    assert found.on_outcomes
    assert [each.left_out for each in found.on_outcomes.goals] == [""]


def test_a_group_that_is_new_has_no_members_on_the_outcomes_of_the_old() -> None:
    new = SHOWN.replace(
        "green when all", "group new as reported\n  green when any of new green and all"
    )
    told = {"a": "green", "more/x": "green"}
    found = goalrules.diff(goalrules.loads(SHOWN), goalrules.loads(new), outcomes=told)
    assert found.on_outcomes
    assert [each.left_out for each in found.on_outcomes.goals] == ["members"]


def test_members_on_another_scale_are_not_judged_by_a_new_rule() -> None:
    old = SHOWN.replace("goal 1", "scale s: low < high reads high as green\ngoal 1", 1)
    new = old.replace("more as reported", "more as reported on scale s")
    told = {"a": "green", "more/x": "green"}
    found = goalrules.diff(goalrules.loads(old), goalrules.loads(new), outcomes=told)
    assert found.on_outcomes
    assert [each.left_out for each in found.on_outcomes.goals] == ["members"]


def test_a_group_that_is_shown_only_is_not_told_to_change_nothing() -> None:
    assert codes(*SHOWN.splitlines()[3:]) == ["level-never-reached"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "names",
    [
        ("resor", "aktiviteter"),
        ("el bilar", "egna aktiviteter"),
        ("svag", "stark"),  # levels of the file's own scale
        ("SVAG", "någon", "any"),  # a level in other letters, and keywords
        ("grön", "green", "7", "2 av 3", "2 of 3"),
        ('så "kallade" bilar', "a, b", "1.1"),
        tuple(f"nyckeltal nummer {number} av alla" for number in range(9)),
    ],
)
def test_what_to_write_of_who_counts_can_be_written(language: str, names: tuple[str, ...]) -> None:
    *own, group = ['"' + name.replace('"', '""') + '"' for name in names]
    text = {
        "sv": 'goalrules 1 sv\nskala s: svag < "rätt svag" < stark\nmål 1 "T"\n'
        + "".join(f"  indikator {name}\n" for name in own)
        + f"  grupp {group} enligt rapporteringen\n  grön om alla {{}}gröna\n",
        "en": 'goalrules 1 en\nscale s: svag < "rätt svag" < stark\ngoal 1 "T"\n'
        + "".join(f"  indicator {name}\n" for name in own)
        + f"  group {group} as reported\n  green when all {{}}green\n",
    }[language]
    with pytest.raises(goalrules.RuleError) as caught:
        goalrules.loads(text.format(""))
    (fault,) = caught.value.diagnostics
    assert fault.code == "all-beside-reported"
    mend = fault.hint().split("`")[1]
    assert goalrules.loads(text.format(f"{mend} ")).goals
    assert all(name in mend.replace('""', '"') for name in names)


def test_what_to_write_names_every_group_of_which_the_rule_says_nothing() -> None:
    text = (
        'goalrules 1 sv\nmål 1 "T"\n  indikator a\n  grupp b enligt rapporteringen\n'
        "  grupp c enligt rapporteringen\n  grön om alla gröna\n"
    )
    with pytest.raises(goalrules.RuleError, match="`av a, b, c`"):
        goalrules.loads(text)
