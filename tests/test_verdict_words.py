"""The plan's own words for verdicts: a field beside the verdict, and what heads a goal."""

import pytest

import goalrules
from goalrules.results import Assessment

WORDED = """goalrules 2 sv
plan "P"
gäller 2026
omdömen: grön "helt uppfyllt", gul "delvis uppfyllt", röd "ej uppfyllt"
mål 1 "T"
  indikator a, b
  grön om alla gröna
  gul om någon grön
  annars röd
"""
OF_ITS_OWN = """goalrules 1 sv
plan "P"
gäller 2026
skala ej nått < på väg < nått
mål 1 "T"
  indikator a, b
  nått om alla nått
  på väg om någon nått
  annars ej nått
"""
PLAIN = WORDED.replace("omdömen", "# omdömen")


def assessed(text: str, **levels: str) -> Assessment:
    """What some levels come to."""
    return goalrules.loads(text).assess(levels)


@pytest.mark.parametrize(
    ("text", "levels", "verdict", "word"),
    [
        (WORDED, {"a": "grön", "b": "grön"}, "met", "helt uppfyllt"),
        (WORDED, {"a": "grön", "b": "röd"}, "not met", "delvis uppfyllt"),
        (WORDED, {"a": "gul", "b": "röd"}, "not met", "ej uppfyllt"),
        (WORDED, {"a": "grön"}, "open", None),
        (OF_ITS_OWN, {"a": "nått", "b": "nått"}, "met", "nått"),
        (OF_ITS_OWN, {"a": "nått", "b": "ej nått"}, "not met", "på väg"),
        (OF_ITS_OWN, {"a": "på väg", "b": "ej nått"}, "not met", "ej nått"),
        (PLAIN, {"a": "grön", "b": "grön"}, "met", None),
        (PLAIN, {"a": "gul", "b": "röd"}, "not met", None),
    ],
)
def test_the_word_stands_beside_the_verdict(
    text: str, levels: dict[str, str], verdict: str, word: str | None
) -> None:
    found = assessed(text, **levels)
    goal = found["1"]
    assert (goal.verdict, goal.verdict_word) == (verdict, word)
    document = found.to_dict()["goals"][0]
    assert (document["verdict"], document.get("verdict_word")) == (verdict, word)
    assert found.to_dict("summary")["goals"][0].get("verdict_word") == word
    assert found.rows()[0]["verdict_word"] == word
    assert Assessment.from_dict(found.to_dict()).text("sv") == found.text("sv")


def test_words_do_not_change_verdicts() -> None:
    for a in ("röd", "gul", "grön"):
        for b in ("röd", "gul", "grön"):
            worded, plain = assessed(WORDED, a=a, b=b)["1"], assessed(PLAIN, a=a, b=b)["1"]
            assert (worded.verdict, worded.worst, worded.best) == (
                plain.verdict, plain.worst, plain.best,
            )  # fmt: skip


def test_a_goal_has_the_words_of_the_year() -> None:
    text = WORDED.replace("gäller 2026", "gäller 2025–2026").replace(
        "  grön om alla gröna\n",
        '  omdömen: grön "i mål"\n    gäller 2025\n  grön om alla gröna\n',
    )
    rules = goalrules.loads(text)
    outcomes = {"a": "grön", "b": "grön"}
    words = [rules.assess(outcomes, period=year)["1"].verdict_word for year in ("2025", "2026")]
    assert words == ["i mål", "helt uppfyllt"]


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ('grön "helt nått", gul "delvis nått"', "(helt eller delvis nått)"),
        ('grön "nått", gul "nästan nått"', "(nått eller nästan nått)"),
        ('grön "nått", gul "på väg"', "(nått eller på väg)"),
        ('grön "nått", gul "nått"', ": nått"),
    ],
)
def test_words_that_end_alike_are_said_once(words: str, head: str) -> None:
    plan = WORDED.replace('grön "helt uppfyllt", gul "delvis uppfyllt", röd "ej uppfyllt"', words)
    if words.count('"nått"') > 1:
        plan = plan.replace("  grön om", "  uppfyllt från gul\n  grön om")
    assert head in assessed(plan, a="grön").text("sv")
