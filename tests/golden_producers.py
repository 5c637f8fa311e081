"""What golden pages show: each producer makes a text, in a language, of what a page gives."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from drawn_outcomes import example, rule_set
from filling import headings_in, inputs, opened, sheets
from golden_pages import Block, Given, Producer
from openpyxl.worksheet.worksheet import Worksheet

import goalrules
from goalrules.answer import Gap
from goalrules.assess.assessment import assess
from goalrules.assess.plan_program import PlanPrograms
from goalrules.assess.standalone import standalone_naming
from goalrules.data.judgements import Found, read_judgements
from goalrules.data.outcome import OUTCOMES, OutcomeRows, ReadRows
from goalrules.data.outcomes import read_outcomes
from goalrules.data.pairs import Pair, read_pairs
from goalrules.data.period import read_period
from goalrules.data.reading_note import NO_NOTE, read_note
from goalrules.data.units import several_units
from goalrules.language.levels import LevelScale
from goalrules.language.parser import parse_rule
from goalrules.language.plan import Plan
from goalrules.language.read import read_plan
from goalrules.language.validate import validate_rule
from goalrules.lint.refused import show_refused
from goalrules.reading import rows_and_faults
from goalrules.report.check.text import render_refused
from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import Language
from goalrules.text.source import Source

Faults = tuple[tuple[Diagnostic, ...], Language]
"""What is wrong with a rule or a rule file, and the language that it is written in."""

DUE, GREY = "_", "#"
"""How a cell is shown that is to be filled in, and one that is not."""


# Explanations, tables and verdicts


def explanation(given: Given, language: Language) -> str:
    """The explanation of a rule given alone, on the levels that stand after it."""
    return alone(given).text(language)


def alone(given: Given) -> goalrules.GoalResult:
    """The result of a rule given alone, on the levels that stand after it.

    A block `scale` holds the levels of its scale, where those are not red, yellow and green.
    """
    rule, scale = given.blocks["rule"], given.blocks.get("scale")
    members = rule.words[1:]
    levels = [level.strip() for level in scale.text.split("<")] if scale else []
    return goalrules.rule(rule.text, members, levels).evaluate(_levels(given))


def tree(given: Given, language: Language) -> str:
    """The explanation of every goal of a rule file, on a table of outcomes."""
    return assessed(given).text(language)


def table(given: Given, language: Language) -> str:
    """The table of a rule file's goals, on a table of outcomes."""
    return assessed(given).table(language)


@cache
def account(given: Given, language: Language) -> str:
    """What of a table of outcomes, or of an assessment of another plan, was used and what not."""
    return assessed(given).inputs_text(language)


def assessed(given: Given) -> goalrules.Assessment:
    """The assessment of a rule file on a table of outcomes, for the period that is given.

    A block `judgements` holds what was decided beside the rules.
    """
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    _, period = outcomes.words
    rows, faults = read_with_note(given)
    judged, unread = judgements_of(given)
    assert (faults, unread) == ((), ())
    return goalrules.loads(rules.text, rules.words[0]).assess(rows, period, judged)


def read_with_note(given: Given) -> ReadRows:
    """The rows of a table of outcomes, by its reading note if there is one.

    Where a unit is named, those of its rows.
    """
    table, said = given.blocks["outcomes"], given.blocks.get("note")
    unit = given.blocks.get("unit")
    note, faults = read_note(said.text.encode(), said.words[0], OUTCOMES) if said else (NO_NOTE, ())
    if faults:
        return OutcomeRows(), faults
    asked, data = unit.text.strip() if unit else "", table.text.encode()
    if said:
        return read_outcomes(data, table.words[0], unit=asked, note=note)
    return rows_and_faults(data, name=table.words[0], unit=asked)


def data_check(given: Given, language: Language) -> str:
    """What is understood of a table of outcomes, and what is missing or odd in it."""
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    file, period = outcomes.words
    known = goalrules.loads(rules.text, rules.words[0])
    rows, faults = rows_and_faults(outcomes.text.encode(), known.year_of(period), name=file)
    return known.check_data(rows, period, faults).text(language)


def judgements_of(given: Given) -> Found:
    """What a table says was decided beside the rules, if there is one."""
    table = given.blocks.get("judgements")
    return read_judgements(table.text.encode(), table.words[0]) if table else ((), ())


def _levels(given: Given) -> Mapping[str, str]:
    """The levels of the members, one a line: `budget: grön`."""
    lines = given.blocks["levels"].text.splitlines()
    return {name.strip(): level.strip() for name, level in (line.split(":") for line in lines)}


# The influence of members


def influence(given: Given, language: Language) -> str:
    """The influence of the members of every goal of a rule file."""
    return rules_in(given.blocks["rules"]).influence().text(language)


def rules_in(block: Block) -> goalrules.RuleSet:
    """The rules of a file; as they are in a year, if one stands after its name."""
    file, *years = block.words
    rules = goalrules.loads(block.text, file)
    return rules.in_year(int(years[0])) if years else rules


# What is missing, what can be lost and what to find out


def gap(given: Given, language: Language) -> str:
    """The answers about every goal of a rule file, on a table of outcomes.

    A block `asked` holds how they are asked for, one option a line: `locked: a, b`.
    """
    return answers(given).text(language)


@cache
def answers(given: Given) -> Gap:
    """The same before they are said."""
    return assessed(given).gap(**_options(given))


def gap_alone(given: Given, language: Language) -> str:
    """What is missing for a level of a rule given alone, what can be lost, what to find out."""
    goal, options = alone(given), _options(given)
    level = options.pop("level", "met")
    asked = (goal.to_collect(), goal.to_reach(level, **options), goal.margin())
    return "\n".join(each.text(language) for each in asked)


def gap_2025(_: Given, language: Language) -> str:
    """The answers about the plan of 2025, on its example outcomes."""
    return example(2025).gap().text(language)


def _options(given: Given) -> dict[str, Any]:
    block = given.blocks.get("asked")
    return dict(_read(block.text)) if block else {}


def _read(text: str) -> Iterator[tuple[str, object]]:
    for line in text.splitlines():
        option, _, words = line.partition(":")
        listed = [each.strip() for each in words.split(",")]
        match option.strip():
            case "locked":
                yield "locked", listed
            case "costs":
                pairs = (each.split("=") for each in listed)
                yield "costs", {name: int(cost) for name, cost in pairs}
            case "depth":
                yield "depth", int(words)
            case _:
                yield "level", words.strip()


# What is found in a rule file


def check(given: Given, language: Language) -> str:
    """The findings in a rule file, or its faults with what shows them."""
    block = given.blocks["rules"]
    name, text = block.words[0], block.text.removesuffix("\n")
    try:
        return goalrules.loads(text, name).check().text(language)
    except goalrules.RuleError as error:
        plan, faults = read_plan(Source(name, text))
        counts = show_refused(plan, faults)
        return render_refused(faults, counts, language, error.language)


# What changed between two rule files


def diff(given: Given, language: Language) -> str:
    """What changed from the rules in a block `old` to those in a block `new`, as text.

    A block `map` says what is what in the two, and a block `outcomes` holds outcomes of the old.
    """
    return compared(given).text(language)


def diff_md(given: Given, language: Language) -> str:
    """The same as Markdown."""
    return compared(given).markdown(language)


@cache
def compared(given: Given) -> goalrules.Comparison:
    """The comparison of what a page gives."""
    old, new = (rules_in(given.blocks[side]) for side in ("old", "new"))
    outcomes = given.blocks.get("outcomes")
    if outcomes is None:
        return goalrules.diff(old, new, _pairs(given))
    file, period = outcomes.words
    rows, faults = rows_and_faults(outcomes.text.encode(), name=file)
    assert not faults
    return goalrules.diff(old, new, _pairs(given), rows, period)


def _pairs(given: Given) -> tuple[Pair, ...]:
    block = given.blocks.get("map")
    if block is None:
        return ()
    pairs, faults = read_pairs(block.text.encode(), block.words[0])
    assert not faults
    return pairs


# A year, month by month


def year(given: Given, language: Language) -> str:
    """The goals of a rule file month by month, for the year that is given.

    A block `judgements` holds what was decided beside the rules.
    """
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    file, when = outcomes.words
    rows, faults = rows_and_faults(outcomes.text.encode(), int(when), name=file)
    judged, unread = judgements_of(given)
    assert (faults, unread) == ((), ())
    found = goalrules.loads(rules.text, rules.words[0]).assess_year(rows, int(when), judged)
    return found.text(language)


# Many units


def units(given: Given, language: Language) -> str:
    """The goals of a rule file in each unit of a table, or those of `unit`, for a period."""
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    asked = given.blocks["unit"].text.split() if "unit" in given.blocks else []
    file, when = outcomes.words
    rows, faults = rows_and_faults(outcomes.text.encode(), name=file, each_unit=True)
    assert faults == ()
    known = goalrules.loads(rules.text, rules.words[0])
    return known.assess_units(rows, when, units=asked).only((), asked).text(language)


# Workbooks to fill in


def template(given: Given, language: Language) -> str:
    """The workbook of a rule file in the year of the block `year`, else in the plan's own."""
    rules = goalrules.loads(given.blocks["rules"].text)
    year, unit = given.blocks.get("year"), given.blocks.get("unit")
    of_unit = unit.text.strip() if unit else ""
    return rendered(rules.template(int(year.text) if year else None, language, unit=of_unit))


def template_2025(_: Given, language: Language) -> str:
    """The first two sheets of the workbook of the plan of 2025."""
    return rendered(rule_set(2025).template(2025, language), last=2)


def rendered(data: bytes, last: int | None = None) -> str:
    """The sheets of a workbook that are shown: the guide, and those to fill in."""
    book = opened(data)
    pages = [_guide(book.worksheets[0]), *map(_sheet, sheets(book))]
    return "\n\n".join(pages[:last])


def _guide(sheet: Worksheet) -> str:
    rows = [[str(cell.value) for cell in row if cell.value] for row in sheet.iter_rows()]
    return "\n".join(": ".join(row) for row in rows)


def _sheet(sheet: Worksheet) -> str:
    return "\n".join(
        [
            *(str(sheet.cell(row, 1).value) for row in range(1, headings_in(sheet))),
            *_table(sheet),
            *sorted(set(_choices(sheet))),
        ]
    )


def _table(sheet: Worksheet) -> Iterator[str]:
    """The headings and the rows below; of a goal's row only the title."""
    under = {each.cell.coordinate: DUE if each.is_due else GREY for each in inputs(sheet)}
    for row in sheet.iter_rows(min_row=headings_in(sheet)):
        texts = [under.get(cell.coordinate, str(cell.value or "")) for cell in row]
        alone = not any(texts[1:])
        yield texts[0] if alone else f"| {' | '.join(texts)} |"


def _choices(sheet: Worksheet) -> Iterator[str]:
    for each in inputs(sheet):
        if each.words and each.is_due:
            yield f"[{', '.join(map(str, each.words))}{', …' if each.takes_numbers else ''}]"


# What is wrong with rules and outcomes


def diagnostics(given: Given, language: Language) -> str:
    """What is wrong with the rule file or the rule given alone, or else with the outcomes."""
    faults, words = faults_of(given)
    return plain_text(faults, language, words)


def faults_of(given: Given) -> Faults:
    """The faults of what is given, and the language of the rules."""
    alone = given.blocks.get("rule")
    return _of_rule(alone) if alone else _of_file(given)


def _of_file(given: Given) -> Faults:
    rules, table = given.blocks["rules"], given.blocks.get("outcomes")
    source = Source(rules.words[0], rules.text.removesuffix("\n"))
    plan, faults = read_plan(source)
    if table and not faults:
        faults = _of_outcomes(plan, given)
    return faults, plan.language


def _of_outcomes(plan: Plan, given: Given) -> tuple[Diagnostic, ...]:
    """The faults of CSV tables, and of what they say of the plan in a period."""
    _, period = given.blocks["outcomes"].words
    rows, unread = read_with_note(given)
    when = read_period(period)
    assert when, period
    judgements, unfit = judgements_of(given)
    several = several_units(rows, rows.files)
    found = assess(PlanPrograms(plan), rows, when, "", judgements)
    return *unread, *unfit, *several, *found.diagnostics


def _of_rule(block: Block) -> Faults:
    word, *members = block.words
    source, language = Source("rule", block.text.removesuffix("\n")), cast(Language, word)
    parsed = parse_rule(source, language)
    names = standalone_naming(members, parsed.statements, LevelScale())
    faults = parsed.diagnostics or validate_rule(source, parsed.condition, parsed.statements, names)
    return faults, language


PRODUCERS: dict[str, Producer] = {
    "check": check,
    "check-data": data_check,
    "diagnostics": diagnostics,
    "diff": diff,
    "diff-md": diff_md,
    "explanation": explanation,
    "gap": gap,
    "gap-2025": gap_2025,
    "gap-alone": gap_alone,
    "influence": influence,
    "inputs": account,
    "table": table,
    "template": template,
    "template-2025": template_2025,
    "tree": tree,
    "units": units,
    "year": year,
}
