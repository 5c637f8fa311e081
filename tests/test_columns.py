"""The columns of tables: one declaration each, and everything else follows from that."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from attrs import fields
from imports import ROOT

import goalrules
from goalrules.data.columns import TableSchema
from goalrules.data.judgements import JUDGEMENTS, JudgementRow
from goalrules.data.outcome import OUTCOMES, OutcomeRow
from goalrules.data.pairs import PAIRS, Pair, read_pairs
from goalrules.data.words import table
from goalrules.report.catalogue import catalogue
from goalrules.template.form import SHEETS, Stated
from goalrules.text.languages import LANGUAGES, Language

SCHEMAS = (OUTCOMES, JUDGEMENTS, PAIRS)
each_schema = pytest.mark.parametrize("schema", SCHEMAS, ids=lambda each: each.words)
each_language = pytest.mark.parametrize("language", LANGUAGES)

ADDED = {
    "goalrules/data/outcome.py": (
        '    source: Annotated[str, Column(name_cell)] = ""\n',
        '    channel: Annotated[str, Column(name_cell)] = ""\n',
    ),
    "grammar/data-sv.toml": ("[headings]\n", 'channel = ["kanal", "kanalen"]\n'),
    "grammar/data-en.toml": ("[headings]\n", 'channel = ["channel"]\n'),
}
"""What a column that is no more than a text costs, beside its docs: a line after one, by file."""

READ = """
import goalrules
from goalrules.data.outcome import rows_from_python
from goalrules.data.outcomes import read_outcomes

print(goalrules.__file__)
long = "Indikator;Period;Utfall;Kanal\\na;2025;1;kr\\n"
wide = "indicator,channel,2025-01,2025-02\\na,kr,1,2\\n"
near = "Indikator;Utfall;Kanall\\na;1;kr\\n"
for text in (long, wide):
    rows, faults = read_outcomes(text.encode(), "u.csv")
    print([(row.period.text, row.channel) for row in rows], faults)
print([(each.code, each.facts["nearest"]) for each in read_outcomes(near.encode(), "u.csv")[1]])
print([row.channel for row in rows_from_python({"a": {"value": 1, "kanalen": "kr"}})[0]])
print([each.facts["nearest"] for each in rows_from_python([{"indicator": "a", "channell": 1}])[1]])
"""


def test_a_new_column_costs_its_declaration_and_its_words(tmp_path: Path) -> None:
    for folder in ("goalrules", "grammar", "rulesets"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for name, (line, new) in ADDED.items():
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        assert text.count(line) == 1
        path.write_text(text.replace(line, line + new), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - this Python, and a script that stands here
        [sys.executable, "-c", READ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    where, *said = done.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert said == [
        "[('2025', 'kr')] ()",
        "[('2025-01', 'kr'), ('2025-02', 'kr')] ()",
        "[('unknown-heading', 'kanal')]",
        "['kr']",
        "['channel']",
    ]


@each_schema
@each_language
def test_every_column_has_words_and_every_word_a_column(
    schema: TableSchema, language: Language
) -> None:
    assert set(table(language)[f"{schema.words}s"]) == set(schema.columns)


@pytest.mark.parametrize(
    ("row", "schema", "made"),
    [
        (
            OutcomeRow,
            OUTCOMES,
            {"period_text", "unit", "assessed", "place", "texts", "measure", "sex"},
        ),
        (JudgementRow, JUDGEMENTS, {"kind", "place"}),
        (Pair, PAIRS, {"place"}),
    ],
)
def test_a_row_has_its_columns_and_what_is_made_of_them(
    row: type, schema: TableSchema, made: set[str]
) -> None:
    assert {each.name for each in fields(row)} - made == set(schema.columns) - {"year"}


@each_language
def test_what_sheets_are_named_after_can_stand_under_periods(language: Language) -> None:
    assert set(table(language)["sheets"]) == set(OUTCOMES.under_period())


@each_language
def test_a_column_with_a_sheet_has_its_texts(language: Language) -> None:
    assert tuple(SHEETS) == get_args(Stated)
    texts = catalogue("template", language).texts
    for section in ("sheets", "sheet", "what"):
        assert set(SHEETS) <= set(texts[section])


# What follows from one heading row for all


PAIR = "gammalt;nytt\n1;2\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PAIR.replace("nytt", "nytttt"), "unknown-heading"),
        (PAIR.replace("nytt", "nytt;nya mål"), "heading-twice"),
        (PAIR.replace("nytt", "nytt;no\u200bt"), "unseen-character"),
        (PAIR.replace("1;2", "1;2\u200b"), "unseen-character"),
        (PAIR.replace("nytt", "anteckning"), "no-pair-headings"),
    ],
)
def test_the_headings_of_pairs_are_told_as_others_are(text: str, code: str) -> None:
    _, (fault,) = read_pairs(text.encode(), "p.csv")
    assert fault.code == code


def test_a_pair_names_its_column_in_a_message(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('[{"old": "1", "new": true}]', encoding="utf-8")
    with pytest.raises(goalrules.RuleError, match="`nytt`"):
        goalrules.read_pairs(path)
