"""The conformance suite: it is whole, this engine agrees with it, and a wrong one would not."""

import ast
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import make_conformance as made
import pytest
from attrs import evolve
from cases import first_of
from golden_pages import expectations, pages
from imports import ROOT
from jsonschema_rs import Draft202012Validator, meta

from goalrules.assess import goal_rule as whole_rule
from goalrules.assess import level_of, rule_program, targets
from goalrules.core import ends, evaluate
from goalrules.core.ends import MemberState, state_of
from goalrules.core.nodes import AtLeast, Cap, LevelRule, some
from goalrules.core.trace import Member
from goalrules.language import lower
from goalrules.language.build import RULES
from goalrules.language.keywords import newer_than
from goalrules.language.naming import Naming
from goalrules.text.languages import LANGUAGES, Language
from goalrules.versions import RULE_LANGUAGES

sys.path.append(str(ROOT / "examples"))
import conformance as runner

EXAMPLE = ROOT / "examples" / "conformance.py"
SCHEMA = json.loads((made.SUITE / "case.schema.json").read_text("utf-8"))
differences = runner.differences
IN_EVERY = [(language, version) for language in LANGUAGES for version in RULE_LANGUAGES]


@cache
def judged(language: Language, version: str) -> tuple[made.Case, ...]:
    """The cases of a language and a version in which outcomes are judged."""
    own = (each for each in runner.cases() if "judged" in each)
    return tuple(each for each in own if made.by(each) == (language, version))


# The suite is whole


@first_of(3)
@pytest.mark.parametrize("name", runner.FILES)
def test_this_engine_agrees(name: str, part: int) -> None:
    some = [*runner.cases([name])][part::3]
    told = [line for case in some for line in runner.differences(case)]
    assert some
    assert not told, "\n".join(told[:8])


def test_every_case_is_as_the_schema_says_and_has_a_name_of_its_own() -> None:
    meta.validate(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    every = list(runner.cases())
    assert not [each["id"] for each in every if not validator.is_valid(each)]
    assert len({each["id"] for each in every}) == len(every)


@pytest.mark.parametrize(("language", "version"), IN_EVERY)
def test_every_form_of_each_version_is_in_some_case(language: Language, version: str) -> None:
    newer = {form for each in newer_than(version) for form in each["forms"]}
    found = {form for each in judged(language, version) for form in made.forms_in(each)}
    assert RULES.keys() - newer - found == set()


@pytest.mark.parametrize(("language", "version"), IN_EVERY)
def test_every_word_of_each_version_is_in_some_case(language: Language, version: str) -> None:
    found = {phrase for each in judged(language, version) for phrase in made.said_in(each)}
    assert made.wanted_phrases(language, version).keys() - found == set()


def test_every_code_that_bars_reading_is_in_some_case() -> None:
    every = [each["refused"] for each in runner.cases(["refusals"])]
    shown = {fault["code"] for faults in every for fault in faults}
    on_pages = {
        fault["code"]
        for page in pages()
        for each in expectations(page)
        if "rules" in each.given.blocks and each.producer == "diagnostics"
        for fault in made.refused(each.given.blocks["rules"].text)
    }
    assert len(on_pages) > 100
    assert on_pages - shown == set()


@pytest.mark.parametrize("name", runner.FILES)
def test_the_files_are_as_they_are_written(name: str) -> None:
    text = (made.SUITE / f"{name}.json").read_text("utf-8")
    assert made.written(name, made.stored(name)) == text


# Verdicts are kept for ever


def test_what_is_there_stays_and_what_is_new_is_added() -> None:
    there = made.stored("written")
    new = {**there[0], "id": "new"}
    assert made.merged("written", [there[0], new]) == [*there, new]


def _other_verdict(case: made.Case) -> None:
    case["judged"][0]["expect"]["goals"]["1"]["verdict"] = "open"


def _other_rules(case: made.Case) -> None:
    case["rules"][-1] += " "


def _refused_instead(case: made.Case) -> None:
    del case["judged"]
    case["refused"] = [{"code": "no-header", "line": 1}]


@pytest.mark.parametrize("change", [_other_verdict, _other_rules, _refused_instead])
def test_what_would_change_a_case_is_refused(change: Callable[[made.Case], None]) -> None:
    case = json.loads(json.dumps(made.stored("written")[0]))
    change(case)
    with pytest.raises(SystemExit, match="kept for ever"):
        made.merged("written", [case])


def test_another_refusal_of_the_same_is_refused() -> None:
    case = {**made.stored("refusals")[0], "refused": [{"code": "no-header", "line": 7}]}
    with pytest.raises(SystemExit, match="kept for ever"):
        made.merged("refusals", [case])


# The example is one that others can follow


def test_the_example_is_short_and_asks_only_what_is_public() -> None:
    text = EXAMPLE.read_text("utf-8")
    assert len(text.splitlines()) < 100
    tree = ast.parse(text)
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [each for each in names if each.startswith("goalrules")]
    attributes = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert not [each for each in attributes if each.startswith("_")]


def test_the_example_tells_what_differs(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:  # noqa: ANN401 - of pytest
    monkeypatch.setattr(sys, "argv", ["conformance.py", "reference"])
    assert runner.main() == 0
    case = json.loads(json.dumps(made.stored("written")[0]))
    _other_verdict(case)
    refused = {**made.stored("refusals")[0], "rules": case["rules"]}
    monkeypatch.setattr(runner, "cases", lambda _: [case, refused, {**case, "rules": ["x"]}])
    assert runner.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 differences"


# A wrong engine is found out


def _strict(node: AtLeast, of: int) -> tuple[int, Any]:
    return NEEDS(evolve(node, strict=True), of)


def _rounded_down(node: AtLeast, of: int) -> tuple[int, Any]:
    whole, exact = NEEDS(node, of)
    return (whole, exact) if node.strict else (int(exact // 1), exact)


def _half_is_a_majority(quantity: Any) -> Any:  # noqa: ANN401 - as in the package
    need, share, _ = NEED(quantity)
    return need, share, False


def _missing_is_worst(member: Member) -> MemberState:
    found = state_of(member)
    lost = member.applies and member.reason == "missing"
    return evolve(found, best=found.worst) if lost else found


def _all_apply(member: Member) -> MemberState:
    return evolve(state_of(member), applies=True)


def _unsaid_is_worst(scale: Any) -> Member:  # noqa: ANN401 - as in the package
    found = UNSAID(scale)
    return evolve(found, best=found.worst)


def _caps_first(rule: lower.LevelClauses, names: Naming) -> LevelRule:
    found = LOWER(rule, names)
    floors = [(rule.place(e.level), lower.lower_adjustment(e, names)) for e in _floors(rule)]
    caps = [
        Cap(c.level, some([c.node, *(node for place, node in floors if place > c.level)], "cap"))
        for c in found.caps
    ]
    return evolve(found, caps=tuple(caps))


def _floors(rule: lower.LevelClauses) -> Iterator[Any]:
    return (each for each in rule.limits if each.kind == "floor")


def _without_caps(rule: lower.LevelClauses, names: Naming) -> LevelRule:
    return evolve(LOWER(rule, names), caps=())


NEEDS, NEED, LOWER = evaluate.needs, lower._need, lower.lower_rule  # noqa: SLF001 - to be made wrong
UNSAID = level_of.nothing_said
REACHES = targets.reaches

MUTANTS: dict[str, list[tuple[object, str, object]]] = {
    "at least is more than": [(ends, "needs", _strict)],
    "a share is rounded down": [(ends, "needs", _rounded_down)],
    "half is a majority": [(lower, "_need", _half_is_a_majority)],
    "missing is worst": [(rule_program, "state_of", _missing_is_worst)],
    "who does not apply is worst": [(rule_program, "state_of", _all_apply)],
    "a count of nobody holds": [(ends, "undefined_reason", lambda *_: "")],
    "caps before floors": [(whole_rule, "lower_rule", _caps_first)],
    "no caps": [(whole_rule, "lower_rule", _without_caps)],
    "what the plan does not say is worst": [(rule_program, "nothing_said", _unsaid_is_worst)],
    "no policies": [(rule_program, "apply_policies", lambda members, *_: members)],
    "no quorum": [(rule_program, "gates", lambda *_: iter(()))],
    "all weigh the same": [(Naming, "weight", lambda *_: Decimal(1))],
    "a target has to be passed": [
        (level_of, "reaches", lambda value, aim: REACHES(value, aim) and value != aim.low)
    ],
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wrong_engine_is_found_out(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for where, name, wrong in MUTANTS[mutant]:
        assert hasattr(where, name)
        monkeypatch.setattr(where, name, wrong)
    cases = runner.cases(["written", "oracle"])
    assert any(line for case in cases for line in runner.differences(case))
