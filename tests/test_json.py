"""The JSON contract: schemas, the way back, and texts that are made from the trace alone."""

import gc
import json
import re
import shutil
import weakref
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast, get_args

import published_cases
import pytest
from cases import dear
from drawn_outcomes import (
    ROOT,
    YEARS,
    example,
    outcomes,
    outcomes_path,
    rule_set,
    rules_path,
)
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from oracle.catalogue import every_form
from oracle.wording import text as rule_text
from schemas import validator_of

import goalrules
from goalrules.answers.influence_result import InfluenceReport
from goalrules.answers.result import GapReport
from goalrules.assess.data_check_result import DataCheck
from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.assess.units_result import UnitsTrace
from goalrules.assess.year_result import YearTrace
from goalrules.cli import main
from goalrules.commands.schema import DOCUMENTS
from goalrules.compare.outcome_changes_result import OutcomeChanges
from goalrules.compare.result import Differences
from goalrules.core.nodes import Form
from goalrules.core.trace import TABLES, LevelTest, Step
from goalrules.core.vocabulary import StepKind
from goalrules.data.judgements import JudgementRow
from goalrules.document import DocumentError, from_json, schema_of, to_json
from goalrules.lint.result import LintReport
from goalrules.report.explain.table import render_table
from goalrules.report.explain.text import render_goal, render_tree
from goalrules.text.languages import LANGUAGES, Language
from goalrules.versions import RULE_LANGUAGE

Json = dict[str, Any]

PUBLISHED = ROOT / "rulesets" / "published"
WHO = {"period": "2025", "by": "B", "date": "2026-02-17"}

EACH_DOCUMENT = (
    AssessmentTrace, LintReport, DataCheck, OutcomeChanges, Differences, GapReport,
    InfluenceReport, UnitsTrace, YearTrace,
)  # fmt: skip
"""The classes of the documents, in the order of the commands that write them."""

ALL_FORMS = """goalrules 2 en
plan "P", "B"
valid 2025
document d "D"
scale stars: 0 < 1 < 2 < 3
not applicable: left out, at least 1 remain
assess indicators
  green when target reached or (plan followed and efforts planned)
  yellow when efforts begun
  otherwise red
goal 1 "All members" group all-of a, b group told as reported
  according to d section "1"
  interpretation "one" "and more"
  indicator a unit % baseline 5 target increase by 5 %
  indicator b target 2025 2–5; 2026 decrease higher is better
  indicator c parts "x", "y" target all parts reached
  met from yellow
  green when 2 of all-of, c green including 1 of a, b, rest ≥ yellow and a green, rest ≥ yellow
  yellow when at most 1 red or (majority of told green and half at least yellow and no red)
goal 2 "Others" green when any of goals 1 met and goal 1 ≥ yellow and all of goals 1 green
goal 3 "Same" same as goal 2
goal 4 "Followed" only followed up
goal 5 "Points" indicator a5, b5 weight 2,5 indicator s5 shown only
  indicator v5 levels: green ±1, yellow 1–3, otherwise red shown only
  indicator v6 levels: green ±3 % of 50, otherwise red shown only
  indicator w5 = mean of a5, b5, missing left out target at least 1
  indicator x5 shown only indicator y5 target at least 2 over x5 shown only
  indicator u5 = mean of the 1 worst of a5, b5 target at least 1 shown only
  indicator z5 = number of green of a5, b5 target at least 1 shown only
  indicator r5 = table of a5 and b5: green, yellow, red;
    green: green, green, red; yellow: green, red, red; red: red, red, red shown only
  indicator t5 = share targets reached of w5 target at least 50 shown only
  points green 2, yellow 1, red 0.5
  missing: counts as red
  requires 60 % assessed
  green when sum of points ≥ 6 and at least 60 % of weight green
  yellow when mean of points of a5, b5 over 1 or at least 10 % of points
  at most yellow when any red
  at most yellow unless a5 green
  at least yellow when a5 green
  remark "R" when b5 red
goal 6 "Stars" on scale stars indicator a6, b6, c6 met from 2 worst but 1 of all
  remark "S" unless met
goal 7 "Lowest" indicator a7, b7, c7 points green 2, yellow 1, red 0
  green when sum of points of 2 lowest ≥ 3 otherwise red
goal 8 "Steps" indicator a8, b8 no verdict unless a8 assessed and 1 assessed
  requires 1 assessed for green
  green when 2 of a8, b8, goal 1 green including a8, goal 1 otherwise yellow
  one step better when a8 green two steps worse unless b8 at least yellow
focus area "F" followed through goal 1
"""


@cache
def validator() -> Draft202012Validator:
    return validator_of(AssessmentTrace)


@cache
def goal_validator() -> Draft202012Validator:
    return validator_of(GoalTrace)


def sent(document: Json) -> Json:
    """A document as another program reads it."""
    read: Json = json.loads(json.dumps(document))
    return read


def all_forms() -> goalrules.Assessment:
    told = {"told/m": "green", "told/n": "röd–gul", "a": 5.25, "c/x": "reached", "c/y": "missing"}
    told |= {
        "a5": "green",
        "b5": "yellow",
        "a6": "3",
        "b6": "0",
        "a7": "green",
        "b7": "red",
        "a8": "green",
        "v5": 2,
    }
    return goalrules.loads(ALL_FORMS).assess(told)


def published() -> Iterator[tuple[str, goalrules.Assessment]]:
    """Each rule file of another body, on the first of its outcomes."""
    outcomes = sorted((PUBLISHED / "outcomes").glob("*.csv"))
    cases = {each.name: each.cases[0] for each in published_cases.published()}
    for path in sorted(PUBLISHED.glob("*.goals")):
        rules = goalrules.load(path)
        if path.stem in cases:
            yield path.stem, published_cases.found(rules, cases[path.stem])
        else:
            own = next(each for each in outcomes if each.stem.split("-")[0] in path.stem)
            yield path.stem, rules.assess(goalrules.read_outcomes(own))


def judged() -> goalrules.Assessment:
    """The made-up outcomes and judgements of 2025, with a goal that is waived beside them."""
    rows = goalrules.read_judgements(ROOT / "examples" / "bedomningar-2025.csv")
    waived = {"goal": "4", "judgement": "waived", "reason": "r", **WHO}
    judgements: list[JudgementRow | Json] = [waived, *rows]
    return rule_set(2025).assess(goalrules.read_outcomes(outcomes_path(2025)), 2025, judgements)


def assessments() -> Iterator[tuple[str, goalrules.Assessment]]:
    yield "all forms", all_forms()
    yield "judged", judged()
    yield from published()
    for year in YEARS:
        yield f"{year}, example", example(year)
        for period in (f"{year}", f"{year}-03", f"T1 {year}", f"{year + 3}"):
            yield f"{year}, nothing, {period}", rule_set(year).assess({}, period)


EVERY = dict(assessments())
each_assessment = pytest.mark.parametrize("result", EVERY.values(), ids=EVERY)


# The schema


@each_assessment
def test_every_assessment_is_as_the_schema_says(result: goalrules.Assessment) -> None:
    validator().validate(sent(result.to_dict()))


def test_a_goal_alone_is_as_its_schema_says() -> None:
    for goal in all_forms().values():
        goal_validator().validate(sent(goal.to_dict()))


def test_every_rule_given_alone_is_as_the_schema_says() -> None:
    outcomes = {"a": "green", "b": None, "c": "yellow-green", "d": "not applicable"}
    for form in list(every_form(tuple(outcomes)))[::10]:
        result = goalrules.evaluate(rule_text(form, "en"), outcomes)
        goal_validator().validate(sent(result.to_dict()))
        assert from_json(GoalTrace, sent(result.to_dict())) == result.trace


def test_the_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == schema_of(AssessmentTrace)
    name = AssessmentTrace.__document__
    assert printed["$id"] == name == example(2024).to_dict()["schema"]


def places(schema: Json, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Each part of a schema that describes a value, and where it stands."""
    yield way, schema
    for key in ("properties", "$defs"):
        for name, inner in schema.get(key, {}).items():
            yield from places(inner, (*way, name))
    for key in ("items", "anyOf", "oneOf"):
        inner = schema.get(key, ())
        for each in [inner] if isinstance(inner, dict) else inner:
            yield from places(each, (*way, key))


def test_every_field_says_what_it_means() -> None:
    for document in EACH_DOCUMENT:
        for way, schema in places(schema_of(document)):
            for name, field in schema.get("properties", {}).items():
                assert field.get("description", "").endswith("."), (*way, name)


def test_every_object_is_open_and_asks_for_what_has_no_default() -> None:
    for document in EACH_DOCUMENT:
        for way, schema in places(schema_of(document)):
            if "properties" in schema:
                assert "additionalProperties" not in schema, way
                with_default = {key for key, of in schema["properties"].items() if "default" in of}
                assert not with_default & set(schema["required"]), way


def test_what_an_object_is_called_is_short() -> None:
    for document in EACH_DOCUMENT:
        schema = schema_of(document)
        for title, each in [(schema["title"], schema), *schema["$defs"].items()]:
            assert each["title"] == title
            words = re.findall("[A-Z][a-z]*", title)
            assert 1 <= len(words) <= 2 + (words[-1] in ("Key", "Index")), title
            assert title.isalpha(), title


def test_a_step_is_told_from_a_member_by_its_kind() -> None:
    node = schema_of(AssessmentTrace)["$defs"]["Step"]["properties"]["children"]["items"]
    assert node["oneOf"] == [{"$ref": "#/$defs/Step"}, {"$ref": "#/$defs/LevelTest"}]
    assert node["discriminator"]["propertyName"] == "kind"
    assert {*node["discriminator"]["mapping"]} == {*get_args(StepKind), "reaches"}


def test_each_command_names_the_class_of_its_document(capsys: pytest.CaptureFixture[str]) -> None:
    for command, document in zip(DOCUMENTS, EACH_DOCUMENT, strict=True):
        assert main(["schema", command]) == 0
        assert json.loads(capsys.readouterr().out) == schema_of(document)


def objects(document: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Json]]:  # noqa: ANN401 - any JSON
    """Each object of a document, one for each set of fields and kind, and where it stands."""
    if isinstance(document, dict):
        yield way, document
    inner = document.items() if isinstance(document, dict) else enumerate(document)
    for key, each in inner:
        if isinstance(each, dict | list):
            yield from objects(each, (*way, key))


def each_shape(document: Json) -> Iterator[tuple[Json, Json]]:
    """One object of each shape in a document, and a document of one goal that holds it."""
    seen = set()
    for goal in sorted(document["goals"], key=lambda each: len(str(each))):
        small = {**document, "goals": [goal]}
        for _, each in objects(small):
            shape = (*each, each.get("form") if isinstance(each.get("form"), str) else "")
            if shape not in seen and each is not document["states"]:
                seen.add(shape)
                yield small, each


def reads(document: Json) -> bool:
    """Whether a document is read."""
    try:
        from_json(AssessmentTrace, document)
    except DocumentError:
        return False
    return True


def test_a_field_less_is_read_where_the_schema_has_a_default_for_it() -> None:
    shapes = list(each_shape(sent(all_forms().to_dict())))
    assert len(shapes) > len(Form.variants) + 10
    tables = {each.name for each in TABLES}
    refused = set()
    for document, each in shapes:
        assert validator().is_valid(document)
        for name in set(each) - tables:
            taken = each.pop(name)
            if not validator().is_valid(document):
                refused.add(name)
            else:
                assert reads(document), name
            each[name] = taken
    assert refused >= {"schema", "plan", "period", "id", "form", "kind", "got", "children", "worst"}


@pytest.mark.parametrize("odd", [None, -1, "1/0", [], {}, [[]], {"kind": "level"}])
def test_whatever_stands_in_a_document_it_is_read_or_refused(odd: object) -> None:
    document = sent(judged().only(["5", "KF5"]).to_dict())
    seen = set()
    for _, each in list(objects(document)):
        for name in list(each):
            if name not in seen:
                seen.add(name)
                kept, each[name] = each[name], odd
                reads(document)
                each[name] = kept
    assert len(seen) > 60


def test_a_field_more_is_ignored() -> None:
    result = all_forms()
    document = sent(result.to_dict())
    for _, each in list(objects(document)):
        if each is not document["states"]:
            each["more"] = {"kind": 1}
    validator().validate(document)
    assert from_json(AssessmentTrace, document) == result.trace


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verdict", "green"), ("level", 2), ("worst", 1), ("need", "2"), ("kind", "other"),
        ("value", 74.95), ("low", "1e5"), ("code", "why"), ("undefined", None), ("period", None),
        ("line", 0), ("form", "exactly"), ("member", 1), ("schema", "2"), ("got", [0]),
        ("exact", 2),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused(name: str, value: object) -> None:
    document = sent(all_forms().to_dict())
    holds = next(each for _, each in objects(document) if name in each)
    holds[name] = value
    assert not validator().is_valid(document)


def test_the_forms_of_the_schema_are_those_of_the_rules() -> None:
    document = all_forms().to_dict()
    found = {each["form"] for _, each in objects(document) if isinstance(each.get("form"), str)}
    assert found >= set(Form.variants) - {"name"}
    kinds = {each["kind"] for _, each in objects(document) if "children" in each}
    assert kinds == {*get_args(StepKind)} - {"met"}


@pytest.mark.parametrize("result", [all_forms(), *map(example, YEARS)])
def test_every_node_says_what_it_needed_and_got(result: goalrules.Assessment) -> None:
    document = result.to_dict()
    for goal in document["goals"]:
        steps = goal.get("trace", {}).get("steps", ())
        nodes = [each for _, each in objects(steps) if "kind" in each]
        leaves = [each for each in nodes if each["kind"] == "reaches"]
        steps = [each for each in nodes if each["kind"] != "reaches"]
        assert all({"clause", "need", "got", "of", "children"} <= set(each) for each in steps)
        assert all({"level", "member"} <= set(each) for each in leaves)
        assert bool(leaves) == ("verdict" in goal)
        members = [document["states"][each["member"]] for each in leaves]
        found = [each["finding"] for each in members if "finding" in each]
        assert all(document["inputs"][each["row"]]["line"] for each in found if "row" in each)


# The way back


@each_assessment
def test_the_way_back(result: goalrules.Assessment) -> None:
    assert from_json(AssessmentTrace, sent(result.to_dict())) == result.trace
    for goal in result.values():
        assert from_json(GoalTrace, sent(goal.to_dict())) == goal.trace


Texts = list[str]


def texts_of(trace: AssessmentTrace) -> Texts:
    """Every text that is made of an assessment, in both languages."""
    explained = [render_goal(goal, language) for goal in trace.goals for language in LANGUAGES]
    whole = [
        render(trace, language) for render in (render_table, render_tree) for language in LANGUAGES
    ]
    return explained + whole


def texts_from(result: goalrules.Assessment) -> Texts:
    """The same as the assessment itself gives them."""
    explained = [goal.text(language) for goal in result.values() for language in LANGUAGES]
    whole = [show(language) for show in (result.table, result.text) for language in LANGUAGES]
    return explained + whole


def other_documents() -> dict[type[Any], Json]:
    """A document of each class but that of an assessment."""
    rules, result = rule_set(2025), example(2025)
    rows = {year: goalrules.read_outcomes(outcomes_path(year)) for year in YEARS}
    return {
        LintReport: rules.check().to_dict(),
        DataCheck: rules.check_data(rows[2025]).to_dict(),
        OutcomeChanges: goalrules.compare_outcomes(rows[2024], rows[2025], rules).to_dict(),
        Differences: goalrules.diff(rule_set(2024), rules, {}, rows[2024]).to_dict(),
        GapReport: result.gap(costs={"avtalstrohet": 2}, depth=2).to_dict(),
        InfluenceReport: rules.influence().to_dict(),
        UnitsTrace: rules.assess_units({"Norr": rows[2025], "Syd": {}}).to_dict(),
        YearTrace: rules.assess_year(rows[2025], 2025).only(["5"]).to_dict(),
    }


def test_the_way_back_of_the_other_documents() -> None:
    found = other_documents()
    assert {AssessmentTrace, *found} == {*EACH_DOCUMENT}
    for cls, document in found.items():
        read: Any = from_json(cls, sent(document))
        validator_of(cast(type, cls)).validate(sent(document))
        assert to_json(read) == document


@cache
def year_of_the_example() -> goalrules.Year:
    """The made-up year, from its workbook."""
    rows = goalrules.read_outcomes(ROOT / "examples" / "utfall-2025-manader.xlsx", 2025)
    judgements = goalrules.read_judgements(ROOT / "examples" / "bedomningar-2025.csv")
    return rule_set(2025).assess_year(rows, 2025, judgements)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_back_is_what_it_was_and_says_the_same(language: Language) -> None:
    rules, year = rule_set(2025), year_of_the_example()
    again = goalrules.Year.from_dict(sent(year.to_dict()))
    assert again == year
    assert again.text(language) == year.text(language)
    assert again.inputs == year.inputs  # which is that of all its periods
    assert [render_tree(each.trace, language) for each in again.months] == [
        render_tree(each.trace, language) for each in year.months
    ]
    result = judged()
    assert goalrules.Assessment.from_dict(sent(result.to_dict())) == result
    gap, influence, check = result.gap(depth=2), rules.influence(), rules.check()
    read_gap = goalrules.Gap.from_dict(sent(gap.to_dict()))
    read_influence = goalrules.Influence.from_dict(sent(influence.to_dict()))
    read_check = goalrules.Checked.from_dict(sent(check.to_dict()))
    assert (read_gap, read_influence, read_check) == (gap, influence, check)
    assert read_gap.text(language) == gap.text(language)
    assert read_influence.text(language) == influence.text(language)
    assert read_check.text(language) == check.text(language)


def test_what_is_read_back_knows_no_rules() -> None:
    read = goalrules.Assessment.from_dict(sent(example(2025).to_dict()))
    for ask in (read.gap, read["5"].margin):
        with pytest.raises(ValueError, match="knows no rules"):
            ask()
    with pytest.raises(ValueError, match=r"as RuleSet\.assess gives it"):
        read.what_if({})
    assert read["KF6"].margin().state == "none"


def test_a_document_of_a_later_version_or_with_another_word_is_refused() -> None:
    document = sent(example(2025).to_dict())
    with pytest.raises(goalrules.DocumentError, match="of version 2, and version 0 is read here"):
        goalrules.Assessment.from_dict({**document, "schema": "urn:goalrules:assessment:2"})
    with pytest.raises(goalrules.DocumentError, match="'urn:goalrules:year:0' is none of"):
        goalrules.Assessment.from_dict({**document, "schema": "urn:goalrules:year:0"})
    document["goals"][0]["verdict"] = "maybe"
    with pytest.raises(goalrules.DocumentError) as refused:
        goalrules.Assessment.from_dict(document)
    words = "'met', 'not met', 'open', None"
    assert str(refused.value) == f"goals/0/verdict: 'maybe' is none of {words}"


def test_a_document_that_is_too_deep_is_refused() -> None:
    document = sent(example(2025).to_dict())
    step = document["goals"][0]["trace"]["steps"][0]
    for _ in range(10_000):
        step = {**step, "children": [step]}
    document["goals"][0]["trace"]["steps"] = [step]
    with pytest.raises(goalrules.DocumentError, match="it is too deep"):
        goalrules.Assessment.from_dict(document)


# What documents are


def compact(document: Json) -> int:
    """The bytes of a document as other programs send it, in whichever folder this project lies."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return len(text.replace(f"{ROOT}/", "").encode())


def test_documents_are_small() -> None:
    assert compact(example(2025).to_dict()) <= 40_000
    assert compact(year_of_the_example().to_dict()) <= 302_000
    assert compact(example(2025).to_dict("summary")) <= 6_000


def test_every_document_says_who_wrote_it_and_by_which_rules() -> None:
    own = sha256(rules_path(2025).read_bytes()).hexdigest()
    documents: dict[type, Json] = {AssessmentTrace: example(2025).to_dict(), **other_documents()}
    for cls, document in documents.items():
        assert document["schema"] == getattr(cls, "__document__", "")
        assert document["engine"] == goalrules.__version__
        assert document["language_version"] == RULE_LANGUAGE
    told = [
        documents[AssessmentTrace]["rules_sha256"],
        documents[LintReport]["rules_sha256"],
        documents[Differences]["new"]["sha256"],
        documents[GapReport]["assessment"]["rules_sha256"],
        documents[InfluenceReport]["rules_sha256"],
        documents[UnitsTrace]["rules_sha256"],
        documents[YearTrace]["plans"][0]["rules_sha256"],
        example(2025).to_dict("summary")["rules_sha256"],
    ]
    assert set(told) == {own}


def test_what_does_not_change_through_a_year_stands_once() -> None:
    document = year_of_the_example().to_dict()
    assert len(document["plans"]) == 1
    assert [*document["goals"]] == [*example(2025)]
    assert all("title" not in each for each in (*document["outcomes"], *document["states"]))
    for month in (*document["months"], *document["interims"], document["annual"]):
        assert {*month} <= {"plan", "period", "goals"}
        goals = [document["outcomes"][each]["goal"] for each in month["goals"]]
        assert goals == [*document["goals"]]


@each_assessment
def test_every_text_is_made_from_the_trace_alone(result: goalrules.Assessment) -> None:
    assert texts_of(from_json(AssessmentTrace, sent(result.to_dict()))) == texts_from(result)


@pytest.mark.parametrize("year", YEARS)
def test_the_texts_need_neither_rules_nor_outcomes(tmp_path: Path, year: int) -> None:
    for path in (rules_path(year), outcomes_path(year)):
        shutil.copy(path, tmp_path)
    rules = goalrules.load(tmp_path / rules_path(year).name)
    result = rules.assess(goalrules.read_outcomes(tmp_path / outcomes_path(year).name))
    texts, document, alive = texts_from(result), json.dumps(result.to_dict()), weakref.ref(rules)
    shutil.rmtree(tmp_path)
    del rules, result
    gc.collect()
    assert alive() is None
    assert texts_of(from_json(AssessmentTrace, json.loads(document))) == texts


@pytest.mark.parametrize("year", YEARS)
@dear(12)
@given(data=st.data())
def test_of_any_outcomes(year: int, data: st.DataObject) -> None:
    period = data.draw(st.sampled_from([f"{year}", f"{year}-10", f"H1 {year}", f"{year + 1}"]))
    result = rule_set(year).assess(data.draw(outcomes(year)), period)
    document = sent(result.to_dict())
    validator().validate(document)
    trace = from_json(AssessmentTrace, document)
    assert trace == result.trace
    assert texts_of(trace) == texts_from(result)


def numbers_in(trace: GoalTrace | Step | LevelTest) -> Iterator[str]:
    """The values of a trace as they were compared."""
    below = trace.steps if isinstance(trace, GoalTrace) else ()
    for step in below or getattr(trace, "children", ()):
        yield from numbers_in(step)
    if isinstance(trace, LevelTest) and trace.member.finding:
        value = trace.member.finding.value
        yield from [] if value is None else [str(value)]


@pytest.mark.parametrize("text", ["74.95", "74.999999999999999999999", "0.1", "-0.5", "100000"])
def test_numbers_are_text_with_every_digit(text: str) -> None:
    result = rule_set(2025).assess({"avtalstrohet": {"value": text}})
    document = result["5"].to_dict()
    member = document["states"][document["members"][1]]
    assert member["finding"]["value"] == text
    assert set(numbers_in(result["5"].trace)) == {text}


def test_a_document_of_no_period_gives_no_text() -> None:
    document = {**sent(all_forms().to_dict()), "period": "soon"}
    with pytest.raises(ValueError, match="no period: 'soon'"):
        render_tree(from_json(AssessmentTrace, document), "en")
