"""The two founding rule files, against a second transcription of what the plans say."""

from decimal import Decimal

import pytest
from facts import ONLY_FOLLOWED_UP, Facts, Goal, plan_2024, plan_2025
from facts.reading import (
    entry,
    indicator,
    interpretations,
    plan,
    row,
    rule,
    sections,
    source,
    statements_of,
    unit_of,
)

from goalrules.language import statements as st
from goalrules.language.gather import gather
from goalrules.language.parser import parse_file
from goalrules.language.taken import with_taken
from goalrules.language.validate import validate

pytestmark = pytest.mark.law

PLANS = (plan_2024.FACTS, plan_2025.FACTS)
GOALS = [(facts, goal) for facts in PLANS for goal in facts.goals]
LONGEST_LINE = 100

each_plan = pytest.mark.parametrize("facts", PLANS, ids=lambda facts: str(facts.year))
each_goal = pytest.mark.parametrize(
    ("facts", "goal"), GOALS, ids=[f"{facts.year} {goal.id}" for facts, goal in GOALS]
)


# The plans as wholes


@each_plan
def test_the_file_has_no_fault(facts: Facts) -> None:
    text = source(facts.year)
    parsed = parse_file(text)
    written, misplaced = gather(text, parsed.file)
    found, not_taken = with_taken(text, written)
    assert (*parsed.diagnostics, *misplaced, *not_taken, *validate(text, found)) == ()


@each_plan
def test_whose_plan_and_when(facts: Facts) -> None:
    found, year = plan(facts.year), Decimal(facts.year)
    title = f"Verksamhetsplan {facts.year}"
    assert found.language == "sv"
    assert found.all(st.PlanHead) == (st.PlanHead(title, "Socialnämnden, Södertälje kommun"),)
    assert found.all(st.Validity) == (st.Validity(year, year),)
    documents = [(each.name.text, each.title) for each in found.all(st.Document)]
    assert documents == [(facts.document, title)]


@each_plan
def test_how_an_indicator_is_assessed(facts: Facts) -> None:
    assess = plan(facts.year).assess
    assert assess
    assert sections(assess.head) == [(facts.document, "appendix", "1")]
    assert sections(assess.statements[0]) == [(facts.document, "section", facts.assess_section)]
    assert [each.body for each in assess.statements] == rule(facts.assess)
    assert all(interpretations([each]) for each in assess.statements)


@each_plan
def test_the_goals_and_their_areas_in_the_plans_order(facts: Facts) -> None:
    found = [(each.id, each.area, each.goal.title) for each in plan(facts.year).goals]
    assert found == [(goal.id, goal.area, goal.title) for goal in facts.goals]
    areas = [each.title for each in plan(facts.year).all(st.Area)]
    assert areas == list(dict.fromkeys(goal.area for goal in facts.goals))


@each_plan
def test_the_focus_areas(facts: Facts) -> None:
    found = [each for each in plan(facts.year).statements if isinstance(each.body, st.Focus)]
    areas = plan(facts.year).all(st.Focus)
    assert [tuple(goal.text for goal in area.goals) for area in areas] == [
        goals for _, goals in facts.focus
    ]
    for area, (words, _) in zip(areas, facts.focus, strict=True):
        assert words in area.title
    section = (facts.document, "section", facts.focus_section)
    assert [sections(each) for each in found] == [[section]] * len(facts.focus)


@each_plan
def test_the_footnotes_stand_as_comments(facts: Facts) -> None:
    for goal, title, words in facts.footnotes:
        statements = statements_of(indicator(facts.year, goal, title))
        comments = [" ".join(each.comments.before) for each in statements]
        assert any(words in comment for comment in comments), (goal, title, words)


@each_plan
def test_what_the_plan_leaves_open_is_marked_as_interpretation(facts: Facts) -> None:
    for place, words in facts.interpreted:
        texts = interpretations(at(facts, place))
        assert any(words in text for text in texts), (place, words)


def at(facts: Facts, place: str) -> tuple[st.Statement, ...]:
    found = plan(facts.year)
    goal, _, title = place.partition("/")
    if place == "plan":
        return found.statements
    if place == "assess":
        return statements_of(found.assess)
    return statements_of(indicator(facts.year, goal, title) if title else entry(facts.year, goal))


@each_plan
def test_only_a_printed_title_makes_a_line_long(facts: Facts) -> None:
    titles = [each[0] for goal in facts.goals for each in goal.indicators]
    titles += [goal.title for goal in facts.goals]
    long = [line.strip() for line in source(facts.year).lines if len(line) > LONGEST_LINE]
    assert {line.strip('"') for line in long} <= set(titles)


# The goals


@each_goal
def test_a_goal_cites_its_section(facts: Facts, goal: Goal) -> None:
    found = entry(facts.year, goal.id)
    assert sections(found.head) == [(facts.document, "section", goal.section)]
    assert found.goal.kind == ("contribution" if goal.id.startswith("KF") else "goal")


@each_goal
def test_the_rule_of_a_goal(facts: Facts, goal: Goal) -> None:
    found = entry(facts.year, goal.id)
    own = (each.body for each in found.statements)
    bodies = [each for each in own if not isinstance(each, st.RuleAs)]  # what it takes over follows
    if goal.rule == ONLY_FOLLOWED_UP:
        assert bodies == [st.FollowedUp()]
    else:
        assert bodies == rule(goal.rule, found.indicators)


@each_goal
def test_a_rule_of_its_own_carries_an_interpretation(facts: Facts, goal: Goal) -> None:
    for clause in entry(facts.year, goal.id).all(st.When):
        assert interpretations([clause])


@each_goal
def test_the_indicators_of_a_goal(facts: Facts, goal: Goal) -> None:
    found = entry(facts.year, goal.id).indicators
    assert [row(each) for each in found] == list(goal.indicators)
    for each in found:
        target = each.first(st.Target)
        assert target
        assert [dated.year for dated in target.aims] == [Decimal(year) for year in facts.years]


@each_goal
def test_the_units_of_a_goal(facts: Facts, goal: Goal) -> None:
    units = [each.first(st.Unit) for each in entry(facts.year, goal.id).indicators]
    assert [unit and unit.text for unit in units] == [unit_of(each) for each in goal.indicators]


def test_the_result_areas_are_the_parts_where_the_plan_lists_them() -> None:
    found = indicator(2025, "1.2", "Socialkontoret frågar om våld").first(st.Parts)
    areas = "Första linjens stöd", "Barn och ungdom", "Vuxen", "Arbete och försörjning"
    assert found
    assert tuple(name.text for name in found.names) == areas
    for year, goal, title in (
        (2024, "4", "Socialkontoret frågar om våld"),
        (2025, "5", "Socialkontoret erbjuder effektiva insatser"),
    ):
        assert indicator(year, goal, title).first(st.Parts) == st.Parts(reported=True)


def test_an_indicator_counted_in_a_new_way_has_a_new_name() -> None:
    title = "Andel fysiska besök med klient (%)"
    assert indicator(2024, "2", title).name != indicator(2025, "2", title).name
