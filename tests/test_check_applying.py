"""What is found where all apply is no fault if it is not so where some one does not."""

import goalrules

HEAD = 'goalrules 1 sv\nplan "P"\ngäller 2025\nmål 1 "T"\n'


def found(*lines: str) -> list[tuple[str, str, str]]:
    """The findings of a goal, with their severity and who has to apply."""
    checked = goalrules.loads(HEAD + "\n".join(lines) + "\n").check()
    return [(each.code, each.severity, each.unless) for each in checked.findings]


def test_a_level_that_only_fewer_can_have_is_no_fault() -> None:
    shares = ["indikator a, b, c, d", "grön om minst 75 % gröna", "gul om minst 60 % gröna"]
    assert found(*shares, "annars röd")[0] == ("level-never-reached", "note", "a")
    numbers = ["indikator a, b, c, d", "grön om minst 2 gröna", "gul om minst 3 gröna"]
    assert found(*numbers, "annars röd") == [("level-never-reached", "fault", "")]


def test_a_weight_that_matters_only_among_fewer_is_no_fault() -> None:
    members = ["indikator v1", "vikt 2", "indikator v2", "vikt 0,5", "indikator v3"]
    (first, *_) = found(*members, "vikt 1,25", "grön om minst 60 % av vikten gröna")
    assert first == ("weight-without-effect", "note", "v1")


def test_the_policies_are_those_of_the_file() -> None:
    shares = ["indikator a, b, c, d", "ej tillämpliga: räknas som röd", "grön om minst 75 % gröna"]
    assert found(*shares, "gul om minst 60 % gröna", "annars röd")[0][1] == "fault"


def test_a_member_that_matters_only_among_fewer_is_no_fault() -> None:
    goal = ["indikator a, b, c", "grön om a grön och b grön"]
    assert found(*goal) == [("member-without-influence", "fault", "")]
