"""What only a mistake in code, or a rare file, meets: each refused or read as it should be."""

from typing import Any, cast

import pytest
from attrs import evolve
from drawn_outcomes import example, rule_set

import goalrules
from goalrules import resources
from goalrules.core.scales import Ends
from goalrules.report.explain.text import render_tree
from goalrules.text.diagnostics import MOST_FAULTS


def codes(text: str) -> list[str]:
    """The codes of what is wrong with a rule file."""
    with pytest.raises(goalrules.RuleError) as error:
        goalrules.loads(text)
    return [each.code for each in error.value.diagnostics]


def test_ends_stand_in_order() -> None:
    with pytest.raises(ValueError, match="worst"):
        Ends(2, 1)


def test_there_are_explanations_in_two_languages() -> None:
    with pytest.raises(ValueError, match="'fi'"):
        example(2025)["5"].text(cast("Any", "fi"))


def test_a_trace_is_of_a_period() -> None:
    with pytest.raises(ValueError, match="no period"):
        render_tree(evolve(example(2025).trace, period="some day"), "sv")


def test_a_member_without_an_outcome_is_missing() -> None:
    found = goalrules.rule("2 of 2 green", ["a", "b"]).evaluate({"a": "green"})
    assert (found.verdict, found.deciding) == ("open", ("b",))


FILES = {
    'mål 1,2 "x"\n  indikator a\n  grön om a grön': ["list-without-space"],
    'bedöm indikatorer\nmål 1 "x"\n  indikator a\n  grön om a grön': ["no-rule"],
    "bedöm indikatorer grön om riktvärdet uppnått\n"
    'bedöm indikatorer grön om planen följd\nmål 1 "x" följs bara upp': ["said-twice"],
    'mål 1 "x" grön om alla av mål 3, 2 uppfyllda\nmål 2 "y" grön om alla av mål 3, 1 uppfyllda\n'
    'mål 3 "z"\n  indikator a\n  grön om a grön': ["cycle"],
}


@pytest.mark.parametrize("text", FILES)
def test_a_rare_file(text: str) -> None:
    assert codes(f"goalrules 1 sv\n{text}") == FILES[text]


def test_faults_are_told_up_to_a_number() -> None:
    text = "goalrules 1 sv\n" + "mål\n" * (3 * MOST_FAULTS)
    assert MOST_FAULTS <= len(codes(text)) <= MOST_FAULTS + 1


def test_a_whole_and_its_parts_may_agree() -> None:
    name = "frågar-om-våld"
    told = {name: "ej uppnått", f"{name}/Vuxen": "ej uppnått"}
    assert rule_set(2025).assess(told)["1.2"].verdict == "open"


def test_evaluating_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = rule_set(2025)
    alone = goalrules.rule("2 of 2 green", ["a", "b"])

    def refuse(path: str) -> str:
        raise AssertionError(path)

    monkeypatch.setattr(resources, "read_text", refuse)
    assert rules.assess({"avtalstrohet": "83,1"}, "oktober 2025")["5"].verdict == "open"
    assert alone.evaluate({"a": "green"}).verdict == "open"
