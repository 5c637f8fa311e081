"""The oracle's own cases, worked out by hand, and the laws that it has to keep."""

from itertools import pairwise, product

import pytest
from oracle import plans
from oracle.catalogue import TIERS, dice, every_form, random_rule
from oracle.completions import MISSING, answer, decisive, levels, verdict
from oracle.forms import Count, Including, Joined, Named, OnlyTop, Ordered, holds, level_ends
from oracle.wording import PLAIN, Style, text

ABC, ABCDE = ("a", "b", "c"), ("a", "b", "c", "d", "e")
COLOURS = {"g": "green", "y": "yellow", "r": "red", "-": None}


def coloured(short: str) -> list[str | None]:
    return [COLOURS[letter] for letter in short]


def named(short: str) -> dict[str, str | None]:
    return dict(zip("abcdefg", coloured(short), strict=False))


@pytest.mark.parametrize(
    ("kind", "amount", "size", "least"),
    [
        ("percent", 58, 50, 29),
        ("percent", 60, 4, 3),
        ("percent", 75, 5, 4),
        ("percent", 28, 25, 7),
        ("percent", 50, 5, 3),
        ("percent", 100, 7, 7),
        ("majority", 0, 4, 3),
        ("majority", 0, 5, 3),
        ("half", 0, 4, 2),
        ("half", 0, 5, 3),
        ("number", 3, 5, 3),
        ("all", 0, 6, 6),
        ("any", 0, 6, 1),
    ],
)
def test_the_fewest_green_that_are_enough(kind: str, amount: int, size: int, least: int) -> None:
    group = tuple(map(str, range(size)))
    rule = Count(kind, "green", group, amount=amount)

    def says(greens: int) -> bool | None:
        return holds(rule, {name: "green" if int(name) < greens else "red" for name in group})

    assert [says(greens) for greens in range(size + 1)] == [n >= least for n in range(size + 1)]


@pytest.mark.parametrize(
    ("goal", "levels", "met"),
    [
        ("1", "ggyg", True),
        ("1", "ggyy", False),
        ("1", "gggr", False),
        ("1", "----", None),
        ("2", "ggyy", False),
        ("3", "gggy", True),
        ("4", "gggyy", True),
        ("4", "ggyyy", False),
        ("4", "gg-yy", False),
        ("4", "gg--y", True),
        ("5", "gy", True),
        ("5", "yg", False),
        ("5", "gr", False),
        ("5", "g-", True),
        ("5", "-g", None),
        ("5", "-r", False),
        ("6", "gy", True),
        ("6", "gr", False),
        ("6", "yy", False),
        ("7", "g", True),
        ("7", "r", None),
        ("7", "r--", False),
        ("7", "-gg", True),
        ("7", "-rr", None),
        ("7", "rggyr", False),
        ("7", "rgggr", True),
        ("8", "ggy", True),
        ("8", "gyy", False),
        ("9", "ggyy", False),
    ],
)
def test_the_plan_of_2024(goal: str, levels: str, *, met: bool | None) -> None:
    assert plans.RULES_2024[goal].says(coloured(levels)) is met


@pytest.mark.parametrize(
    ("goal", "levels", "met"),
    [
        ("1.1", "gggr", True),
        ("1.1", "ggyy", False),
        ("1.1", "gg--", None),
        ("1.2", "ggg-", True),
        ("2", "gg-y", False),
        ("3", "ggy", True),
        ("3", "ggr", False),
        ("3", "gyy", False),
        ("3", "gg-", True),
        ("3", "g--", None),
        ("3", "r--", False),
        ("4", "gy", True),
        ("4", "gr", False),
        ("4", "y-", False),
        ("5", "ggyrg", True),
        ("5", "ygggg", False),
        ("5", "grrrg", False),
        ("5", "-gggr", None),
        ("5", "-grrr", False),
    ],
)
def test_the_plan_of_2025(goal: str, levels: str, *, met: bool | None) -> None:
    assert plans.RULES_2025[goal].says(coloured(levels)) is met


def test_goal_5_of_2024_looks_at_its_first_indicator_alone_in_a_month() -> None:
    assert plans.goal_5_2024_monthly(["green", "red"]) is True
    assert plans.goal_5_2024_monthly([None, "red"]) is None


def test_both_goals_give_the_contribution_to_the_first_council_goal() -> None:
    assert plans.contribution([True, True]) is True
    assert plans.contribution([True, None]) is None
    assert plans.contribution([False, None]) is False


def test_open_is_when_two_completions_differ() -> None:
    says = plans.RULES_2025["3"].says
    ranges = [("green",), ("green",), MISSING]
    assert verdict(answer(says, ranges)) == "open"
    assert decisive(says, ranges) == {2}
    assert verdict(answer(says, [("green",), MISSING, ("red",)])) == "not met"
    assert verdict(answer(says, [("green",), ("green",), ("yellow", "green")])) == "met"


def test_a_member_that_cannot_change_the_verdict_is_not_decisive() -> None:
    says = plans.RULES_2025["5"].says
    assert decisive(says, [MISSING, MISSING, *[("green",)] * 3]) == {0}
    assert decisive(says, [("red", "yellow"), *[MISSING] * 4]) == frozenset()


def test_a_verdict_open_for_its_own_reason_has_both_ends_and_nobody_to_decide_it() -> None:
    says = plans.RULES_2025["1.1"].says
    ranges = [("green",), MISSING, None, None]
    assert answer(says, ranges) == (False, True)
    assert decisive(says, ranges) == frozenset()


def test_ordered_levels_have_ends_of_their_own() -> None:
    rule = Ordered(Count("all", "green", ABC), Count("none", "red", ABC))

    def says(members: tuple[str | None, ...]) -> tuple[str, str]:
        return level_ends(rule, dict(zip(ABC, members, strict=True)))

    assert says(("green", "yellow", "green")) == ("yellow", "yellow")
    assert says(("green", "red", "green")) == ("red", "red")
    assert levels(says, [("green",), ("green",), MISSING]) == ("red", "green")
    assert levels(says, [("green",), ("yellow",), MISSING]) == ("red", "yellow")
    assert says((None, None, None)) == ("red", "green")


@pytest.mark.parametrize(
    ("rule", "levels", "met"),
    [
        (Count("number", "green", ABCDE, amount=3, including=Including(("a",))), "gggrr", True),
        (Count("number", "green", ABCDE, amount=3, including=Including(("a",))), "ygggg", False),
        (Count("number", "green", ABCDE, amount=3, including=Including(("a",))), "-gggg", None),
        (Count("number", "green", ABCDE, amount=3, including=Including(("a",))), "-grrr", False),
        (Count("any", "green", ABC, including=Including(("a", "b"), 1)), "-gr", True),
        (Count("any", "green", ABC, including=Including(("a", "b"), 1)), "--g", None),
        (Count("number", "yellow", ABC, amount=2), "gyr", True),
        (Count("number", "green", ABC, amount=2), "g--", None),
        (Count("number", "green", ABC, amount=2, rest="yellow"), "r--", False),
        (Count("percent", "green", ABC, amount=60), "g--", True),
        (Count("majority", "green", ABC), "---", False),
        (Count("half", "green", ABC), "---", None),
        (Count("none", "red", ABC), "---", None),
        (Count("none", "yellow", ABC), "gyg", False),
        (Count("at most", "red", ABC, amount=1), "rgy", True),
        (Count("at most", "yellow", ABC, amount=1), "rgy", False),
        (Named("a", "green", ABC, "yellow"), "ggr", False),
        (Named("a", "green", ABC, "yellow"), "-gg", None),
        (Named("a", "yellow", ABC), "yrr", True),
        (Joined("or", (Named("a", "green", ABC), Named("b", "green", ABC))), "-g-", True),
        (Joined("and", (Named("a", "green", ABC), Named("b", "green", ABC))), "-r-", False),
        (Joined("and", (Named("a", "green", ABC), Named("b", "green", ABC))), "-g-", None),
    ],
)
def test_the_forms(rule: Count | Named | Joined, levels: str, *, met: bool | None) -> None:
    assert holds(rule, named(levels)) is met


def test_a_better_outcome_never_makes_a_verdict_worse() -> None:
    rng, rank = dice(1), {False: 0, None: 1, True: 2}
    for rule in (random_rule(rng, ABC) for _ in range(200)):
        for others in product((*TIERS, None), repeat=2):
            verdicts = [holds(rule, dict(zip(ABC, (t, *others), strict=True))) for t in TIERS]
            assert all(rank[better] >= rank[worse] for better, worse in pairwise(verdicts))


@pytest.mark.parametrize(
    ("rule", "english", "swedish"),
    [
        (
            Count("number", "green", ABCDE, False, 3, Including(("a", "b")), "yellow"),  # noqa: FBT003  # listed
            "at least 3 of 5 green including a, b, rest ≥ yellow",
            "minst 3 av 5 gröna varav a, b, övriga ≥ gula",
        ),
        (Count("at most", "red", ABC, amount=1), "at most 1 red", "högst 1 röd"),
        (Count("at most", "red", ABC, amount=2), "at most 2 red", "högst 2 röda"),
        (Count("none", "red", ABC), "no red", "ingen röd"),
        (
            Count("percent", "green", ABC, amount=60),
            "at least 60 % green",
            "minst 60 % gröna",
        ),
        (
            Joined("or", (Named("a", "green", ABC), Count("majority", "green", ABC, listed=True))),
            "(a green) or (majority of a, b, c green)",
            "(a grön) eller (majoriteten av a, b, c gröna)",
        ),
        (
            Ordered(Count("all", "green", ABC), Named("a", "yellow", ABC)),
            "green when all green; yellow when a ≥ yellow; otherwise red",
            "grön om alla gröna; gul om a ≥ gul; annars röd",
        ),
        (OnlyTop(Named("a", "green", ABC)), "green when a green", "grön om a grön"),
    ],
)
def test_the_words(rule: Count | Joined | Ordered | OnlyTop, english: str, swedish: str) -> None:
    assert text(rule, "en") == english
    assert text(rule, "sv") == swedish


def test_the_freedom_of_writing() -> None:
    rule = Count("number", "green", ABC, amount=2, including=Including(("a",)), rest="yellow")
    free = Style(floor="word", commas="none", rest_first=True, at_least=False)
    assert text(rule, "sv", free) == "2 av 3 gröna övriga minst gula varav a"
    assert text(rule, "en", PLAIN) == "at least 2 of 3 green including a, rest ≥ yellow"


def percent(amount: int, names: tuple[str, ...]) -> Count:
    return Count("percent", "green", names, amount=amount, rest="yellow")


@pytest.mark.parametrize(
    ("rule", "form"),
    [
        (plans.RULES_2024["1"], percent(75, ABCDE[:4])),
        (plans.RULES_2024["2"], percent(60, ABCDE[:4])),
        (plans.RULES_2024["3"], percent(60, ABCDE[:4])),
        (plans.RULES_2024["4"], percent(60, ABCDE)),
        (plans.RULES_2024["5"], Named("a", "green", ABC[:2], "yellow")),
        (plans.RULES_2024["6"], percent(50, ABC[:2])),
        (plans.RULES_2024["8"], percent(60, ABC)),
        (plans.RULES_2024["9"], percent(60, ABCDE[:4])),
        (plans.RULES_2025["1.1"], Count("number", "green", ABCDE[:4], amount=3)),
        (plans.RULES_2025["1.2"], Count("number", "green", ABCDE[:4], amount=3)),
        (plans.RULES_2025["2"], Count("number", "green", ABCDE[:4], amount=3)),
        (plans.RULES_2025["3"], Count("number", "green", ABC, amount=2, rest="yellow")),
        (plans.RULES_2025["4"], Count("number", "green", ABC[:2], amount=1, rest="yellow")),
        (
            plans.RULES_2025["5"],
            Count("number", "green", ABCDE, amount=3, including=Including(("a",))),
        ),
    ],
)
def test_the_plans_and_the_forms_mean_the_same(rule: plans.Rule, form: Count | Named) -> None:
    for given in product((*TIERS, None), repeat=rule.members):
        assert rule.says(given) is holds(form, dict(zip(ABCDE, given, strict=False)))


def test_no_two_rules_are_written_alike() -> None:
    written: dict[str, str] = {}
    for rule in every_form(ABCDE):
        for style in (PLAIN, Style("word", "none", rest_first=True, at_least=False)):
            for language in ("en", "sv"):
                plain = text(rule, "en", Style())
                assert written.setdefault(text(rule, language, style), plain) == plain


def test_every_form_comes_once() -> None:
    rules = list(every_form(ABCDE))
    assert len(rules) == len(set(rules)) > 400
