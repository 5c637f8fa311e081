"""The sentences about the year, written back in one canonical form in either language."""

import pytest

from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.source import Source

SAID = """
mäts i april, augusti och december | measured in April, August, December
mäts i september–maj | measured in January–May, September–December
mäts jan-mars samt dec | measured in January–March, December
mäts varje månad | measured every month
mäts varje kvartal | measured every quarter
mäts tertialvis | measured every tertial
mäts varje halvår | measured every term
mäts i mars, juni, september, december | measured in March, June, September, December
totalt per år, hittills under året | total per year, to date
genomsnitt under året | average over the year
mäts genom enkät avser året före | measured by survey about the year before
förväntas linjärt | expected: evenly over the year
förväntat apr 30 procent, aug 55 % | expected: April 30 %, August 55 %
förväntat: april -3, augusti 0,5 | expected: April −3, August 0.5
riktvärde ±3 % av 120 | target within ±3 % of 120
helhetsbedömning vid delår och på helår | judged as a whole interim, annual
små tal döljs | small counts hidden under 5
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_what_is_said_of_the_year_reads_alike_in_both_languages(line: str) -> None:
    swedish, english = line.split(" | ")
    head = 'goalrules 1 sv\nmål 1 "T"\n  indikator a\n    '
    parsed = parse_file(Source("", head + swedish))
    assert parsed.diagnostics == ()
    written = format_file(parsed.file, "en")
    assert written.splitlines()[-1].strip() == english
    back = parse_file(Source("", written))
    assert back.diagnostics == ()
    assert format_file(back.file, "sv") == format_file(parsed.file)


@pytest.mark.parametrize("sentence", ["mäts i kvartal", "mäts i maj–kvartal", "förväntat Q1 25 %"])
def test_what_is_no_month_is_refused(sentence: str) -> None:
    text = f'goalrules 1 sv\nmål 1 "T"\n  indikator a\n    {sentence}\n'
    assert [each.code for each in parse_file(Source("", text)).diagnostics] == ["unexpected-word"]


def test_a_member_may_be_called_as_a_month_is() -> None:
    text = 'goalrules 1 sv\nmål 1 "T"\n  indikator maj, juni\n    mäts i mars\n  grön om maj grön\n'
    assert parse_file(Source("", text)).diagnostics == ()
