"""What is the same only where all apply, in comparisons: it is told, and never called unchanged."""

from pathlib import Path

import pytest
from commands import run
from test_diff import HEAD, goal, rules

import goalrules


def unless(old: str, new: str) -> list[str]:
    """Who has to apply for two goals of four indicators to be the same."""
    found = goalrules.diff(rules(goal("1", "a b c d", old)), rules(goal("1", "a b c d", new)))
    return [each.name for each in found.goals[0].comparisons[0].unless]


def test_rules_that_are_the_same_only_where_all_apply_are_told_apart() -> None:
    three = "grön om minst 75 % gröna\nannars röd"
    assert unless("grön om minst 75 % gröna\ngul om minst 60 % gröna\nannars röd", three) == ["a"]


def test_several_members_are_tried_at_once() -> None:
    two = "grön om minst 60 % gröna"
    assert unless(f"{two}\ngul om minst 1 grön", f"{two}\ngul om minst 1 grön\nannars röd") == []
    old, new = "grön om minst 2 gröna", "grön om minst 2 gröna eller alla gröna"
    assert unless(old, new) == ["a", "b", "c"]


def test_the_policies_say_what_is_done_with_those_that_do_not_apply() -> None:
    policy = "\nej tillämpliga: räknas som röd"
    old, new = "grön om minst 75 % gröna", "grön om minst 75 % gröna\ngul om minst 60 % gröna"
    assert unless(old + "\nannars röd", new + "\nannars röd") == ["a"]
    assert unless(f"{old}\nannars röd{policy}", f"{new}\nannars röd{policy}") == []


def test_a_level_that_is_another_is_said_beside_the_same_verdict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    clauses = ("grön om minst 75 % gröna\n", "gul om minst 60 % gröna\n", "annars röd\n")
    texts = {"a": clauses, "b": (clauses[0], clauses[2])}
    for name, each in texts.items():
        (tmp_path / name).write_text(HEAD + goal("1", "a b c d", "".join(each)), encoding="utf-8")
    data = "indikator;bedömning\na;grön\nb;grön\nc;röd\nd;ej tillämplig\n"
    (tmp_path / "u.csv").write_text(data, encoding="utf-8")
    files = [tmp_path / each for each in ("a", "b")]
    ended = run(capsys, "diff", *files, "--exit-code", "--outcomes", tmp_path / "u.csv")
    assert ended.code == 1
    said = " ".join(ended.out.split())
    assert "Är a inte tillämplig skiljer reglerna sig." in said
    assert "skiljer sig reglerna när någon inte är tillämplig" in said
    assert "inte uppfyllt (rött) bara nivån" in said
    assert "Ett mål skulle ha fått en annan nivå men samma besked." in said
