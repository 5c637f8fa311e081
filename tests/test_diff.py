"""`goalrules.diff` and the command: maps and their faults, JSON, exit codes, what is refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from commands import Ended, run
from imports import ROOT
from schemas import validator_of

import goalrules
from goalrules.compare.result import Differences
from goalrules.document import schema_of
from goalrules.report.diff.markdown import escaped

OLD, NEW = ROOT / "rulesets/socialnamnden-2024.goals", ROOT / "rulesets/socialnamnden-2025.goals"
MAP = ROOT / "examples/mal-2024-2025.csv"
OUTCOMES = ROOT / "examples/utfall-2024.csv"
HEAD = 'goalrules 1 sv\nplan "P"\ngäller 2025\n'


def rules(*goals: str) -> goalrules.RuleSet:
    """A rule set with some goals."""
    return goalrules.loads(HEAD + "\n".join(goals) + "\n")


def goal(id_: str, names: str, rule: str) -> str:
    """A goal with some indicators and a rule."""
    return f'mål {id_} "T"\n' + "".join(f"indikator {each}\n" for each in names.split()) + rule


def diff(capsys: pytest.CaptureFixture[str], *options: object) -> Ended:
    return run(capsys, "diff", OLD, NEW, *options)


# The two founding plans


def test_goals_with_four_indicators_in_both_years_became_milder() -> None:
    pairs = goalrules.read_pairs(MAP)
    found = goalrules.diff(goalrules.load(OLD), goalrules.load(NEW), pairs)
    by_id = {each.new.name: each for each in found.goals if each.new}
    for id_ in ("1.1", "2"):
        (comparison,) = by_id[id_].comparisons
        assert (by_id[id_].kind, comparison.counts) == ("reshaped", "milder")
        (witness,) = comparison.witnesses
        assert sorted(each.level for each in witness.members) == ["green", "green", "green", "red"]
        moved = sum(each.outcomes for each in comparison.transitions if each.old != each.new)
        assert (moved, comparison.outcomes) == (4, 81)
        assert [each.role for each in comparison.gone] == ["rest"]
        assert [(each.need, each.of) for each in comparison.same] == [(3, 4)]


def test_the_text_of_the_founding_plans_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    ended = diff(capsys, "--map", MAP)
    assert ended.code == 0
    text = " ".join(ended.out.split())
    assert "60 % av 4 är 2,4, alltså 3." in text
    assert "kravet ”övriga minst gula” har fallit bort" in text
    assert "Exempel: tre gröna och en röd." in text


def test_the_map_of_the_founding_plans_names_every_goal_once() -> None:
    pairs = goalrules.read_pairs(MAP)
    named = [each.old for each in pairs if "/" not in each.old]
    assert sorted(named) == sorted(goalrules.load(OLD).goals)
    there = [each.new for each in pairs if each.new and "/" not in each.new]
    assert sorted(there) == sorted(goalrules.load(NEW).goals)


# The command


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--exit-code",), 1)])
def test_exit_codes_where_something_has_changed(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int
) -> None:
    assert diff(capsys, *options).code == code


def test_exit_code_where_nothing_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(capsys, "diff", NEW, NEW, "--exit-code")
    assert ended.code == 0
    assert "Inget har ändrats" in ended.out


def test_a_changed_target_alone_is_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "ny.goals"
    text = NEW.read_text(encoding="utf-8")
    changed.write_text(text.replace("minst 4135", "minst 4000"), encoding="utf-8")
    ended = run(capsys, "diff", NEW, changed, "--exit-code", "--lang", "en")
    assert ended.code == 1
    assert "2025 at least 4135 → 2025 at least 4000" in " ".join(ended.out.split())


def test_the_result_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "diff.md"
    ended = diff(capsys, "--format", "md", "-o", target, "--outcomes", OUTCOMES, "--map", MAP)
    assert (ended.code, ended.out) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("# Vad som har ändrats")


@pytest.mark.parametrize("option", ["--map", "--outcomes"])
def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], option: str) -> None:
    ended = diff(capsys, option, "finns-inte.csv")
    assert (ended.code, ended.faults) == (1, ["no-such-file"])


def test_some_goals_alone(capsys: pytest.CaptureFixture[str]) -> None:
    ended = diff(capsys, "--map", MAP, "--goal", "1.1", "--goal", "9", "--outcomes", OUTCOMES)
    assert ended.code == 0
    headings = [line for line in ended.out.splitlines() if line.startswith("Nämndmål")]
    assert [line.partition(" (")[0] for line in headings] == ["Nämndmål 1.1", "Nämndmål 5"]
    assert "nämndmål 9 → nämndmål 5" in ended.out
    assert "nämndmål 2" not in ended.out
    assert "Nämndmål 2" in diff(capsys, "--goal", "2").out
    ended = diff(capsys, "--goal", "1.11")
    assert (ended.code, ended.faults) == (1, ["unknown-goal"])
    assert "`1.1`" in ended.err


# JSON


@pytest.fixture(scope="module")
def document() -> Any:  # noqa: ANN401 - any piece of JSON
    """The founding plans compared, with outcomes, as JSON."""
    rows = goalrules.read_outcomes(OUTCOMES)
    found = goalrules.diff(
        goalrules.load(OLD), goalrules.load(NEW), goalrules.read_pairs(MAP), rows
    )
    assert found.on_outcomes
    return json.loads(json.dumps(found.to_dict()))


def test_json_is_as_its_schema_says(document: Any) -> None:  # noqa: ANN401 - as above
    validator_of(Differences).validate(document)
    small = goalrules.diff(rules(goal("1", "a", "grön om a grön")), rules()).to_dict()
    validator_of(Differences).validate(small)


def test_the_command_writes_json_and_its_schema(
    capsys: pytest.CaptureFixture[str],
    document: Any,  # noqa: ANN401 - as above
) -> None:
    ended = diff(capsys, "--format", "json", "--map", MAP, "--outcomes", OUTCOMES)
    written = json.loads(ended.out)
    for side in ("old", "new"):
        written[side].pop("file")
        document[side].pop("file")
    assert written == document
    assert json.loads(run(capsys, "schema", "diff").out) == schema_of(Differences)


def test_json_says_the_pieces_in_the_language_of_the_rules(document: Any) -> None:  # noqa: ANN401
    goals = {each["new"]["name"]: each for each in document["goals"] if each["new"]}
    (comparison,) = goals["2"]["comparisons"]
    assert [each["form"] for each in comparison["gone"]] == ["övriga minst gula"]
    assert comparison["same"][0]["old"] == "minst 60 % gröna"


# Pairs


def faults(pairs: object) -> list[tuple[str, str]]:
    """The codes of the faults of some pairs, each with what is near."""
    old = rules(goal("1", "budget personal", "grön om alla gröna"))
    new = rules(
        goal("2", "budget", "grön om alla gröna\ngrupp g enligt rapporteringen\nvisas bara")
    )
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.diff(old, new, pairs)  # type: ignore[arg-type]
    assert "pairs" in str(refused.value)
    return [(each.code, str(each.facts.get("nearest", ""))) for each in refused.value.diagnostics]


def test_pairs_with_faults_are_told() -> None:
    assert faults({"1": "22"}) == [("pair-goal", "2")]
    assert faults({"1x/budget": "2/budget"}) == [("pair-goal", "1")]
    assert faults({"1/budgt": "2/budget"}) == [("pair-member", "1/budget")]
    assert faults({"1/zzzzz": None}) == [("pair-member", "")]
    assert faults({"1/a/b": None}) == [("pair-member", "")]
    assert faults({"x/a/b": None}) == [("pair-goal", "")]
    assert faults({"1": "2/budget"}) == [("pair-kinds", "")]
    assert faults({"1/budget": "2/g"}) == [("pair-kinds", "")]
    assert faults([("1", "2"), ("1", None)]) == [("paired-twice", "")]
    assert faults([("1", "2"), (None, "2")]) == [("paired-twice", "")]


def test_pairs_of_goals_whose_ids_hold_a_slash() -> None:
    old = rules(goal('"1/a"', "x", "grön om x grön"))
    new = rules(goal("2", "y", "grön om y grön"))
    found = goalrules.diff(old, new, {"1/a": "2", "1/a/x": "2/y"})
    assert [each.kind for each in found.goals] == ["unchanged"]


def test_a_pair_without_a_counterpart_is_not_paired_by_name() -> None:
    one = rules(goal("1", "a b", "grön om alla gröna"))
    found = goalrules.diff(one, one, {"1": None})
    assert [each.kind for each in found.goals] == ["removed", "new"]
    found = goalrules.diff(one, one, {"1/a": None})
    (difference,) = found.goals
    assert (difference.kind, difference.comparisons[0].counts) == ("reshaped", "unchanged")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1;2\n", ["no-pair-headings"]),
        ("", ["empty-file"]),
        ('"gammalt;nytt\n', ["no-pair-headings", "quote-not-closed"]),
        ('gammalt;nytt\n1;"2\n', ["quote-not-closed"]),
        ("gammalt;nytt\n1\u200b;2\n", ["unseen-character"]),
        ("\n;;\ngammalt;nytt\n", []),
        ("old,new,why\n1,2,\n,,note\n", []),
        ("new\told\n2\t1\n", []),
    ],
)
def test_files_of_pairs(tmp_path: Path, text: str, codes: list[str]) -> None:
    path = tmp_path / "karta.csv"
    path.write_text(text, encoding="utf-8")
    if not codes:
        assert all((each.old, each.new) == ("1", "2") for each in goalrules.read_pairs(path))
        return
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.read_pairs(path)
    assert [each.code for each in refused.value.diagnostics] == codes


def test_a_fault_of_a_map_has_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "karta.csv"
    path.write_text("gammalt;nytt\n1;1.1\n2;2.2\n", encoding="utf-8")
    ended = diff(capsys, "--map", path, "--lang", "sv")
    assert ended.code == 1
    assert ended.err.startswith(f"{path}:3:2: det finns inget mål `2.2`")
    assert ended.err.endswith(" [pair-goal]\n")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "karta.csv"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(goalrules.RuleError, match="binary"):
        goalrules.read_pairs(path)


def test_counts_on_another_scale_of_the_goal_claim_nothing() -> None:
    scale = "skala steg: låg < hög\n"
    old = rules(f'{scale}mål 1 "T" på skala steg\nindikator a\nhög om a hög')
    new = rules(f'{scale}mål 1 "T"\nindikator b på skala steg\ngrön om b hög')
    (difference,) = goalrules.diff(old, new).goals
    assert (difference.kind, difference.comparisons[0].outcomes) == ("reshaped", 0)
    assert "Inget påstås" in goalrules.diff(old, new).text("sv")


# What is refused, and what is shown


def heavy(*weights: int) -> goalrules.RuleSet:
    """A goal with indicators of different weights."""
    members = "".join(f"indikator i{n}\nvikt {weight}\n" for n, weight in enumerate(weights))
    return rules(f'mål 1 "T"\n{members}grön om minst 50 % av vikten gröna')


def test_rules_with_too_many_cases_are_not_compared() -> None:
    one = heavy(*(1_000 + 37 * n * n for n in range(40)))
    other = heavy(*(1_000 + 41 * n * n + n for n in range(40)))
    (difference,) = goalrules.diff(one, other).goals
    assert difference.kind == "not compared"
    compared = goalrules.diff(one, other)
    assert "därför påstås inget" in " ".join(compared.text("sv").split())
    assert "so nothing is claimed" in " ".join(compared.text("en").split())


def test_rules_with_too_many_cases_are_unchanged_where_they_say_the_same() -> None:
    weights = [1_000 + 37 * n * n for n in range(40)]
    (difference,) = goalrules.diff(heavy(*weights), heavy(*weights)).goals
    (comparison,) = difference.comparisons
    assert (difference.kind, comparison.outcomes) == ("unchanged", 3**40)
    assert not difference.changed


def test_two_rules_that_are_small_alone_and_not_together_are_not_compared() -> None:
    one = heavy(*(300 + 11 * n for n in range(24)))
    other = heavy(*(500 + n + 17 * n * n for n in range(24)))
    (difference,) = goalrules.diff(one, other).goals
    assert difference.kind == "not compared"


def test_reshaped_rules_with_too_many_cases_are_not_compared() -> None:
    one = heavy(*(1_000 + 37 * n * n for n in range(40)))
    members = "".join(f"indikator j{n}\nvikt {1000 + 37 * n * n}\n" for n in range(40))
    other = rules(f'mål 1 "T"\n{members}grön om minst 50 % av vikten gröna')
    (difference,) = goalrules.diff(one, other).goals
    assert difference.kind == "not compared"


HOSTILE = "<b>x</b> [l](http://e.x) www.e.x a@b.c | `c` *d* _e_ ![i](j) &amp; \\ #1 ~~s~~ $m$"


def test_hostile_titles_are_shown_as_they_are() -> None:
    title = HOSTILE.replace('"', "")
    old = rules(f'mål 1 "{title}"\nindikator a "{title}"\ngrön om a grön')
    new = rules(f'mål 1 "{title}"\nindikator b "{title}"\ngrön om b minst gul')
    shown = goalrules.diff(old, new).markdown("sv")
    assert escaped(title) in shown
    assert title not in shown
    for piece in ("<b>", "[l](", "http://", "www.e", "a@b", " | `", "*d*", "![i]"):
        assert piece not in shown


def test_what_is_escaped_reads_as_it_was() -> None:
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped(HOSTILE)) == HOSTILE
