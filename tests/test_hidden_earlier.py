"""Figures of earlier periods that are hidden, and those that tell of them.

A figure that was compared with a hidden one is hidden too, since the level says on which side of it
that lies. So it is wherever it is looked at later, by whatever it is called there: no number of it
is found in anything that is written.
"""

import json
import random

import pytest
from test_hidden_counts import AT_ONCE, MOST_CASES, OfCount, Row, learnt

import goalrules

FEW_CASES = 1
YEAR = 2025
BEFORE = YEAR - 1
FIGURE = 7919
"""A figure that is found in no other."""

TEXT = """goalrules 2 en
plan "P"
valid 2020–2026
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator h unit "st" shown only {hidden}
  indicator b unit "st" {adds}
    {target}
  indicator last as b the year before
    {own}
  indicator c unit "st"
    {said}
  green when at least 2 green
"""
HIDDEN = "small counts hidden below 5"
OWN = ("", "target at least 7000", "target at most 6", "levels: green at least 6, otherwise red",
       "shown only")  # fmt: skip
SAID = ("target over last", "target under last", "= sum of b, last\n    target at least 1",
        "= mean of last\n    target over b", "= last per b\n    target at least 1",
        "= the difference between last and b\n    target at least 4",
        "= mean fulfilment of b, last\n    target at least 50",
        "= number of green of b, last\n    target at least 1", "target at least 5")  # fmt: skip


def rows_of(figures: dict[str, dict[int, int]]) -> list[Row]:
    """A row for each figure of a year."""
    return [
        {"indicator": name, "period": str(year), "value": value}
        for name, by_year in figures.items()
        for year, value in by_year.items()
    ]


def showing(rules: goalrules.RuleSet, rows: list[Row], *years: int) -> list[str]:
    """The kinds of what is written in which the figure is found."""
    found = []
    for year in years:
        each = rules.assess(rows, str(year))
        written = {
            "text": each.text(),
            "document": json.dumps(each.to_dict()),
            "gap": each.gap().text() + json.dumps(each.gap().to_dict()),
            "inputs": each.inputs_text(),
            "check": rules.check_data(rows, str(year)).text(),
            "year": json.dumps(rules.assess_year(rows, year).to_dict()),
        }
        plain = {of: text.replace("\N{NO-BREAK SPACE}", "") for of, text in written.items()}
        found += [f"{of} of {year}" for of, text in plain.items() if str(FIGURE) in text]
    return found


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("own", OWN)
def test_what_was_measured_from_a_hidden_figure_is_hidden_later(own: str, said: str) -> None:
    text = TEXT.format(hidden=HIDDEN, adds="", target="target over h", own=own, said=said)
    figures = {"h": {BEFORE: 3, YEAR: 30}, "b": {BEFORE: FIGURE, YEAR: 40}}
    if "=" not in said:
        figures["c"] = {BEFORE: 50, YEAR: 8000}
    assert showing(goalrules.loads(text), rows_of(figures), BEFORE, YEAR) == []
    shown = goalrules.loads(text.replace(HIDDEN, ""))
    assert showing(shown, rows_of(figures), YEAR)


OF_ITSELF = """goalrules 2 en
plan "P"
valid 2000–2026
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator b unit "st"
    target over last
    {hidden}
  indicator last as b the year before
  indicator before as b two years before
  indicator c unit "st"
    target over {of}
  green when all green
"""


@pytest.mark.parametrize("of", ["last", "before"])
@pytest.mark.parametrize("few", range(2020, YEAR))
def test_a_figure_tells_of_each_that_it_comes_of_through_years(few: int, of: str) -> None:
    """Each is compared with that of the year before, so that none after a hidden one is shown."""
    figures = {"b": dict.fromkeys(range(few + 1, YEAR + 1), FIGURE), "c": {YEAR: 50}}
    figures["b"][few] = 3
    rows = rows_of(figures)
    rules = goalrules.loads(OF_ITSELF.format(hidden=HIDDEN, of=of))
    assert showing(rules, rows, YEAR - 2, BEFORE, YEAR) == []
    assert showing(goalrules.loads(OF_ITSELF.format(hidden="", of=of)), rows, YEAR)


def test_figures_are_looked_through_as_far_back_as_there_are_any() -> None:
    figures = {"b": {year: year for year in range(1900, YEAR + 1)}, "c": {YEAR: FIGURE}}
    rules = goalrules.loads(OF_ITSELF.format(hidden=HIDDEN, of="last").replace("2000", "1900"))
    shown = rules.assess(rows_of(figures), str(YEAR))["1"]
    assert [each.finding and each.finding.hidden for each in shown.trace.members] == [""] * 4
    figures["b"][1900] = 3
    found = rules.assess(rows_of(figures), str(YEAR))["1"]
    assert [each.finding and each.finding.hidden for each in found.trace.members] == ["small"] * 4


@pytest.mark.parametrize("years", [(BEFORE, BEFORE), (YEAR, 2026), (BEFORE, YEAR)])
def test_a_figure_is_small_by_what_the_file_says_of_either_year(years: tuple[int, int]) -> None:
    said = f"{HIDDEN} valid {years[0]}–{years[1]}"
    text = TEXT.format(hidden="", adds=said, target="target at least 2", own="", said="shown only")
    rules = goalrules.loads(text.replace("below 5", "below 8000"))
    figures = {"b": {BEFORE: FIGURE, YEAR: 9000}, "c": {YEAR: 50}}
    assert showing(rules, rows_of(figures), YEAR) == []


@pytest.mark.parametrize("to", ["over h", "over last"])
def test_what_was_compared_last_year_is_hidden_where_a_change_is_measured_from_it(to: str) -> None:
    target = f"target {BEFORE} {to}; {YEAR} increase"
    text = TEXT.format(hidden="", adds=HIDDEN, target=target, own="shown only", said="shown only")
    text = text.replace('"st" shown only', f'"st" shown only {HIDDEN}').replace("at least 2", "all")
    figures = {"h": {BEFORE: 3, YEAR: 30}, "b": {BEFORE - 1: 3, BEFORE: FIGURE, YEAR: 8000}}
    assert showing(goalrules.loads(text), rows_of(figures), BEFORE, YEAR) == []
    assert showing(goalrules.loads(text.replace(HIDDEN, "")), rows_of(figures), YEAR)


def test_what_is_wrong_with_rows_that_are_only_looked_through_is_not_told() -> None:
    """A row of an indicator of long ago has a unit that it cannot have; nothing is asked of it."""
    rows = rows_of({"b": {year: year for year in range(2018, YEAR + 1)}, "c": {YEAR: 9000}})
    rows.append({"indicator": "old", "period": "2019", "value": "5 km"})
    text = OF_ITSELF.format(hidden=HIDDEN, of="last").replace("2000", "2018")
    old = '"T"\n  indicator old valid 2018–2020\n    target at least 1'
    rules = goalrules.loads(text.replace('"T"', old))
    assert rules.assess(rows, str(YEAR))["1"].verdict == "met"
    with pytest.raises(goalrules.OutcomeError, match="number-unit"):
        rules.assess(rows, "2020")


# One of three units, of which the others can be taken from the whole


@pytest.mark.parametrize("said", SAID)
def test_what_is_hidden_in_one_unit_is_hidden_of_all_together(said: str) -> None:
    text = TEXT.format(hidden=HIDDEN, adds="", target="target over h", own="", said=said)
    rules = goalrules.loads(text)
    of = {"h": {BEFORE: 3, YEAR: 30}, "b": {BEFORE: 60, YEAR: 40}}
    other = {"h": {BEFORE: 30, YEAR: 30}, "b": {BEFORE: 50, YEAR: 40}}
    whole = {"h": {BEFORE: 33, YEAR: 60}, "b": {BEFORE: FIGURE, YEAR: 80}}
    if "=" not in said:
        for each in (of, other, whole):
            each["c"] = {YEAR: 9000}
    units = {"Norr": rows_of(of), "Syd": rows_of(other), "Totalt": rows_of(whole)}
    found = rules.assess_units(units, str(YEAR))
    together = found["Totalt"]
    assert not isinstance(together, Exception)
    written = (together.text(), json.dumps(together.to_dict()), json.dumps(found.to_dict()))
    assert not any(str(FIGURE) in each for each in (*written, found.text(), together.gap().text()))
    # What is small in this year only is shown of the year before.
    of["h"] = {BEFORE: 30, YEAR: 3}
    now = rules.assess_units({**units, "Norr": rows_of(of)}, str(YEAR))["Totalt"]
    assert not isinstance(now, Exception)
    assert str(FIGURE) in now.text()


# A program that is given everything which is written of many cases


RULES = """goalrules 2 en
plan "P" valid 2021–2026
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator a {adds}
    {target}
    {hidden}
  indicator s unit % target at least 70 {hidden}
  indicator b {adds}
    {of_b}
  indicator last as a the year before
    {own}
  indicator before as {of} two years before
  indicator shares as s the year before
  indicator w = {value} target at least {both}
  indicator c target {side} {measure}
  {needed}
goal 2 "U"
  green when goal 1 green
"""
ADDS = ("", "", "total per year", "average over the year", "latest level")
NEEDED = ("green when all green", "green when at least 3 green",
          "green when a green and at least 2 of b, w, c green")  # fmt: skip


class Case(OfCount):
    """Rules and rows, of which one of some year states a count that is hidden."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311 - a case that can be drawn again
        self.limit = draw.choice([5, 10])
        adds, n = draw.choice(ADDS), draw.randint(1, 20)
        figures = ("a", "b", "last", "before")
        self.text = RULES.format(
            adds=adds,
            target=draw.choice(["target at least {n}", "target increase", "target over last",
                                "levels: green at least {n}, otherwise red"]).format(n=n),
            of_b=draw.choice(["target at least {n}", "target over a", "target increase",
                              "target over last"]).format(n=n),
            hidden=f"small counts hidden below {self.limit}",
            own=draw.choice(["", "", f"target at least {n}", "shown only"]),
            of=draw.choice("ab"),
            value=draw.choice(["sum of a, last", "mean of b, before", "last per b",
                               "number of green of a, last, b"]),
            both=draw.randint(1, 40),
            side=draw.choice(["over", "under"]),
            measure=draw.choice(figures),
            needed=draw.choice(NEEDED),
        )  # fmt: skip
        self.rows: list[Row] = []
        for year in range(2022, YEAR + 1):
            periods = [f"{year}-{month:02}" for month in range(1, 4)] if adds else [str(year)]
            for period in periods:
                for name in "ab":
                    self.rows.append(
                        {"indicator": name, "period": period, "value": draw.randint(0, 30)}
                    )
            if draw.random() < 2 / 3:
                share = {"indicator": "s", "period": str(year), "value": draw.randint(0, 100)}
                self.rows.append({**share, "count": draw.randint(1, 60)})
            if year == YEAR:
                for period in periods if draw.random() < 2 / 3 else ():
                    self.rows.append({"indicator": "c", "period": period, "value": 25})
        of_a = [at for at, row in enumerate(self.rows) if row["indicator"] == "a"]
        self.at = draw.choice(of_a)
        if draw.random() < 1 / 2:
            self.rows[self.at] |= {"comment": "as counted", "source": "Register"}


def test_nobody_learns_more_of_a_hidden_count_of_then_than_its_levels_say() -> None:
    assert [each for seed in range(FEW_CASES) for each in learnt(Case, seed)] == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, MOST_CASES, AT_ONCE))
def test_nobody_learns_more_of_many_hidden_counts_of_then(first: int) -> None:
    assert [each for seed in range(first, first + AT_ONCE) for each in learnt(Case, seed)] == []
