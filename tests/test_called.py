"""What goals are called: the file's own word, in every text that is made from a document."""

import json

import goalrules
from goalrules.results import Assessment

BASE = """goalrules 2 sv
plan "P", "Nämnden"
gäller 2026
målen kallas "inriktningsmål"
bidragen kallas "bidrag till programmål"
mål 1 "T"
  indikator a
  grön om a grön
mål 2 "U"
  kallas "uppdrag"
  grön om mål 1 uppfyllt
mål tillsyn "X"
  grön om mål 2 uppfyllt
bidrag till KF-mål KF1 "V"
  samma som mål tillsyn
"""
PLAIN = BASE.replace("målen kallas", "# målen kallas").replace("bidragen kallas", "# bidragen")
ABOVE = """goalrules 2 sv
plan "Kf"
gäller 2026
mål 1 "T"
  indikator n "Nämnden/2"
  grön om n grön
"""


def test_a_document_has_the_words_of_a_goal_and_of_all_below_it() -> None:
    found = goalrules.loads(BASE).assess({"a": "grön"})
    called = {each["id"]: each["called"] for each in found.to_dict()["goals"]}
    word = "inriktningsmål"
    assert called == {
        "1": {"1": word},
        "2": {"2": "uppdrag", "1": word},
        "tillsyn": {"tillsyn": word, "2": "uppdrag", "1": word},
        "KF1": {"KF1": "bidrag till programmål", "tillsyn": word, "2": "uppdrag", "1": word},
    }
    assert Assessment.from_dict(found.to_dict()).text("sv") == found.text("sv")
    assert hash(found["2"]) == hash(goalrules.loads(BASE).assess({"a": "grön"})["2"])


def test_every_text_says_the_word() -> None:
    rules = goalrules.loads(BASE)
    found = rules.assess({"a": "röd"})
    texts = [
        found.text("sv"), found.table("sv"), found.gap().text("sv"), rules.influence().text("sv"),
        found["KF1"].text("sv"), found["KF1"].to_reach("green", depth=3).text("sv"),
        goalrules.diff(rules, goalrules.loads(BASE.replace("a grön", "a minst gul"))).text("sv"),
    ]  # fmt: skip
    for each in texts:
        assert "ämndmål" not in each
    assert all("nriktningsmål" in each for each in (texts[0], *texts[2:]))
    assert "Inriktningsmål tillsyn är inte uppfyllt, eftersom uppdrag 2 inte är" in texts[0]


def test_without_the_words_nothing_changes() -> None:
    plain, own = (goalrules.loads(each).assess({"a": "grön"}) for each in (PLAIN, BASE))
    assert plain.verdicts() == own.verdicts()
    assert plain.to_dict()["goals"][0].get("called") is None
    assert "Nämndmål 1 är uppfyllt" in plain.text("sv")


def test_a_goal_of_another_plan_goes_by_the_word_of_its_file() -> None:
    social = goalrules.loads(BASE).assess({"a": "grön"})
    rules = goalrules.loads(ABOVE)
    rows = goalrules.read_outcomes(json.dumps(social.to_dict()).encode(), name="s.json")
    assert "som uppdrag 2 ”U” i Nämnden" in rules.assess(rows).text("sv")


def test_findings_and_units_say_the_word() -> None:
    rules = goalrules.loads(BASE.replace("a grön", "a grön; gul om a grön"))
    texts = [each.message("sv") for each in rules.check().findings]
    assert any("inriktningsmål 1" in each for each in texts)
    assert "inriktningsmål 1" in rules.check().text("sv")
    of_units = {"Norr": {"a": "grön"}, "Syd": {"a": "röd"}}
    named = BASE.replace('"T"', '"Lång titel" kort "Kort"')
    units = goalrules.loads(named).assess_units(of_units)
    assert "\nInriktningsmål 1 Kort\n" in units.text("sv")


def test_a_goal_that_is_rested_on_twice_is_called_once() -> None:
    text = BASE + 'mål 4 "W"\n  grön om mål 1 uppfyllt och mål 2 uppfyllt\n'
    found = goalrules.loads(text).assess({"a": "grön"})
    (last,) = [each for each in found.to_dict()["goals"] if each["id"] == "4"]
    assert last["called"] == {"4": "inriktningsmål", "1": "inriktningsmål", "2": "uppdrag"}
