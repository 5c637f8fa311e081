"""What a program learns of a hidden count that is given everything which is written of a case.

A count that is hidden is changed to every other one that would be hidden too. Where no level of any
member, and no verdict, is another for it, all that is written has to be the same to the last byte:
so nobody learns more of it than the levels say, whatever they make of what they have.
"""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

import goalrules

MOST_CASES, FEW_CASES, AT_ONCE = 2000, 4, 50
YEAR = 2025
OTHER = 99
BELOW = {"small counts hidden": 5, "small counts hidden below 10": 10}

RULES = """goalrules 1 en
plan "P" valid 2024–2026
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator a {adds}
    {target}
    {hidden}
  indicator s unit % target at least 70 {hidden}
  indicator b {adds}
    target at least {other}
  indicator w = sum of a, b target at least {both}
  {needed}
goal 2 "U"
  green when goal 1 green
"""
ADDS = ("", "total per year", "total per year expected evenly over the year",
        "average over the year", "latest level")  # fmt: skip
TARGETS = ("target at least {n}", "target at most {n}", "target increase", "target decrease by 5 %",
           "levels: green at least {n}, otherwise red", "target {n}–{m}")  # fmt: skip
NEEDED = ("green when all green", "green when at least 2 of 4 green",
          "green when a green and at least 2 of s, b, w green")  # fmt: skip

Row = dict[str, object]


class OfCount:
    """Rules and rows, of which that `at` a place states a count that is hidden below a limit."""

    text: str
    limit: int
    rows: list[Row]
    at: int

    def with_count(self, count: int) -> list[Row]:
        """The rows with another count in the place of the one that is hidden."""
        return [{**row, "value": count} if at == self.at else row
                for at, row in enumerate(self.rows)]  # fmt: skip


class Case(OfCount):
    """Rules and rows of some months of a year."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311 - a case that can be drawn again
        self.hidden = draw.choice([*BELOW])
        self.limit = BELOW[self.hidden]
        n = draw.randint(1, 40)
        self.text = RULES.format(
            adds=draw.choice(ADDS),
            target=draw.choice(TARGETS).format(n=n, m=n + draw.randint(1, 9)),
            hidden=self.hidden,
            other=draw.randint(1, 300),
            both=draw.randint(1, 300),
            needed=draw.choice(NEEDED),
        )
        months = draw.sample(range(1, 13), draw.randint(1, 6))
        periods = [f"{YEAR}-{month:02}" for month in months]
        periods = draw.choice([periods, [str(YEAR)], [f"{YEAR}-{m:02}" for m in range(1, 13)]])
        self.rows = []
        for period in periods:
            self.rows.append({"indicator": "a", "period": period, "value": draw.randint(0, 30)})
            self.rows.append({"indicator": "b", "period": period, "value": draw.randint(0, 300)})
        self.at = 2 * draw.randrange(len(periods))
        self.rows.append({"indicator": "s", "period": periods[-1], "value": draw.randint(0, 100),
                          "count": draw.randint(1, 60)})  # fmt: skip
        if draw.random() < 1 / 2:
            before = {"indicator": "a", "period": str(YEAR - 1), "value": draw.randint(0, 30)}
            self.rows.append(before)
        if draw.random() < 1 / 2:
            self.rows[self.at] |= {"comment": "as counted", "source": "Register"}
        if draw.random() < 1 / 4:
            self.rows.append({"indicator": "a", "period": str(YEAR + 1), "value": 7})


def outputs(rules: goalrules.RuleSet, rows: list[Row]) -> Iterator[tuple[str, str, str]]:
    """All that is written of some rows: what it is of, the levels in it, and the whole of it."""
    year = rules.assess_year(rows, YEAR)
    for period in (str(YEAR), f"{YEAR}-03", f"jan–aug {YEAR}"):
        each = rules.assess(rows, period)
        levels = [(goal.verdict, goal.worst, goal.best, goal.ahead and goal.ahead.verdict,
                   *((m.worst, m.best, m.reason) for m in goal.trace.members))
                  for goal in each.values()]  # fmt: skip
        gap, checked = each.gap(), rules.check_data(rows, period)
        texts = [
            answer.text(language) for answer in (each, gap, checked) for language in ("sv", "en")
        ]
        texts += [each.table("sv"), each.inputs_text("sv"), repr(each)]
        documents = [each.to_dict(), each.to_dict("summary"), gap.to_dict(), checked.to_dict()]
        written = "\n".join([*texts, *map(json.dumps, documents)])
        yield period, repr(levels), written
    goals = [repr((period.trace.period, [(g.verdict, g.worst, g.best, g.ahead and g.ahead.verdict,
                                          [(m.worst, m.best) for m in g.trace.members])
                                         for g in period.values()]))
             for period in (*year.months, *year.interims, year.annual)]  # fmt: skip
    yield "year", repr(goals), year.text("sv") + json.dumps(year.to_dict())
    # Two states of the file, in the other of which every figure of the indicator is another.
    state = [{**row, "value": OTHER} if row["indicator"] == "a" else row for row in rows]
    gone = [row for row in rows if row["indicator"] != "a"]
    for of, old, new in (("later", state, rows), ("earlier", rows, state), ("gone", rows, gone),
                         ("new", gone, rows)):  # fmt: skip
        changed = goalrules.compare_outcomes(old, new, rules, str(YEAR))
        texts = [changed.text("sv"), changed.text("en"), repr(changed)]
        yield of, "", "\n".join([*texts, json.dumps(changed.to_dict())])


def learnt(draw: Callable[[int], OfCount], seed: int) -> list[str]:
    """What of the hidden count can be told by what is written, beyond the levels."""
    case = draw(seed)
    rules = goalrules.loads(case.text)
    written: dict[tuple[str, str], set[str]] = defaultdict(set)
    for count in range(case.limit):
        for of, levels, text in outputs(rules, case.with_count(count)):
            written[of, levels].add(text)
    return [f"case {seed}, {of}" for (of, _), texts in written.items() if len(texts) > 1]


def test_nobody_learns_more_of_a_hidden_count_than_its_levels_say() -> None:
    assert [each for seed in range(FEW_CASES) for each in learnt(Case, seed)] == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, MOST_CASES, AT_ONCE))
def test_nobody_learns_more_of_any_of_many_hidden_counts(first: int) -> None:
    assert [each for seed in range(first, first + AT_ONCE) for each in learnt(Case, seed)] == []


def test_what_has_changed_shows_what_is_not_hidden() -> None:
    case = Case(0)
    rules = goalrules.loads(case.text.replace(case.hidden, ""))
    told = [
        {of: text for of, _, text in outputs(rules, case.with_count(count))} for count in (0, 1)
    ]
    assert all(told[0][of] != told[1][of] for of in ("later", "earlier", "gone", "new"))


def test_what_is_shown_is_learnt() -> None:
    """The attacker finds a count that is not hidden."""
    case = Case(0)
    rules = goalrules.loads(case.text.replace(case.hidden, ""))
    texts = {
        text for count in range(case.limit)
        for of, _, text in outputs(rules, case.with_count(count)) if of == str(YEAR)
    }  # fmt: skip
    assert len(texts) > 1


# Units, and all of them together


class UnitsCase:
    """A case in one of three units, with what all of them together come to."""

    def __init__(self, seed: int) -> None:
        self.case = Case(seed)
        draw = random.Random(seed)  # noqa: S311 - as above
        self.period = draw.choice((str(YEAR), f"{YEAR}-03", f"jan–aug {YEAR}"))
        self.more = draw.choice((0, 0, 7))
        drawn = ("value", "count")
        self.others = {
            unit: [
                {key: draw.randint(0, 99) if key in drawn else each for key, each in row.items()}
                for row in self.case.rows
            ]
            for unit in ("Syd", "Öst")
        }

    def with_count(self, count: int) -> dict[str, list[Row]]:
        """The rows of each unit with another count, and those of all of them."""
        units = {"Norr": self.case.with_count(count), **self.others}
        together = [
            {"indicator": row["indicator"], "period": row["period"],
             "value": sum(int(str(rows[at]["value"])) for rows in units.values()) + self.more}
            for at, row in enumerate(self.case.rows) if "count" not in row
        ]  # fmt: skip
        return {**units, "Totalt": together}


def learnt_of_units(seed: int) -> list[str]:
    """The same of one unit by what is written of all of them, and of all together."""
    made = UnitsCase(seed)
    rules = goalrules.loads(made.case.text)
    written: dict[str, set[str]] = defaultdict(set)
    for count in range(made.case.limit):
        found = rules.assess_units(made.with_count(count), made.period)
        each = found.assessments.values()
        levels = [
            (goal.verdict, goal.worst, goal.best, goal.ahead and goal.ahead.verdict,
             *((m.worst, m.best, m.reason) for m in goal.trace.members))
            for came in each for goal in came.values()
        ]  # fmt: skip
        texts = [found.text("sv"), found.text("en"), found.inputs_text("sv")]
        texts += [came.text() for came in each]
        documents = [found.to_dict(), *(came.to_dict() for came in each)]
        written[repr(levels)].add("\n".join([*texts, *map(json.dumps, documents)]))
    return [f"units {seed}" for texts in written.values() if len(texts) > 1]


def test_nobody_learns_more_of_a_hidden_count_from_what_all_units_come_to() -> None:
    assert [each for seed in range(FEW_CASES) for each in learnt_of_units(seed)] == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, MOST_CASES, AT_ONCE))
def test_nobody_learns_more_of_many_hidden_counts_from_all_units(first: int) -> None:
    assert [each for seed in range(first, first + AT_ONCE) for each in learnt_of_units(seed)] == []


def test_what_all_units_come_to_shows_what_is_not_hidden() -> None:
    def is_shown(made: UnitsCase) -> bool:
        rules = goalrules.loads(made.case.text.replace(made.case.hidden, ""))
        found = [rules.assess_units(made.with_count(count), made.period) for count in (0, 1)]
        return found[0]["Totalt"].text() != found[1]["Totalt"].text()

    assert any(map(is_shown, map(UnitsCase, range(10))))
