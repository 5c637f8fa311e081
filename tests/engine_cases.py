"""The cases that two engines are compared on, drawn alike each time: rules, plans, years and pages.

Plans and pages are those of the older engine's own tree, which both can read. A case is what JSON
can hold, so that it can be given to an engine in another process.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

from drawn_outcomes import PARTS, rule_set, rules_path
from golden_pages import Given, expectations, pages
from oracle.catalogue import dice, random_rule, random_style
from oracle.ledger import VALUES
from oracle.wording import text

Case = Mapping[str, Any]

MEMBERS = ("a", "b", "c", "d", "e")
PERIODS = ("{}", "{}", "{}-{:02}", "{}-{:02}", "T1 {}", "T2 {}", "jan–aug {}")
LEVELS = ("grön", "yellow", "röd", "röd–gul", "yellow-green")
STATUSES = (None, "ej tillämplig", "ännu inte mätt", "dold uppgift")
PLANS = ("följs", "begun", "planerade", "not begun")
REACHED = ("uppnått", "not reached")
JUDGED = ("uppfyllt", "inte uppfyllt", "grön", "gul", "röd")
WAIVED = ("undantas", "ej tillämplig")
DECISION = {"by": "Nämnden", "date": "2026-02-17", "reason": "beslut"}
NUMBER = re.compile(r"(?<![\w.,])-?\d+(?:,\d+)?(?![\w.,])")


# Rules given alone


def rules(count: int, cases: int, seed: int) -> Iterator[Case]:
    """So many drawn rules over one to five members, each on so many cases; on all of them if 0."""
    rng = dice(seed)
    for number in range(count):
        names = MEMBERS[: 1 + number % len(MEMBERS)]
        words = text(random_rule(rng, names), rng.choice(("en", "sv")), random_style(rng))
        for some in batches(levels_of(rng, len(names), cases), 64):
            yield {"kind": "rule", "text": words, "members": names, "outcomes": some}


def levels_of(rng: Random, size: int, most: int) -> Iterable[tuple[str | None, ...]]:
    """Every case of so many members, or as many of them as are wanted, drawn."""
    values = tuple(VALUES)
    if not most or len(values) ** size <= most:
        return product(values, repeat=size)
    return (tuple(rng.choices(values, k=size)) for _ in range(most))


def batches(every: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The same, so many at a time."""
    left = iter(every)
    while some := list(islice(left, size)):
        yield some


# The two plans


def plans(tree: Path, count: int, seed: int) -> Iterator[Case]:
    """So many drawn outcomes of each of the two founding plans; of every 25th a year of rows."""
    rng = dice(seed)
    for number in range(count):
        for year in (2024, 2025):
            file = rules_path(year).name
            given = {"rules": (tree / "rulesets" / file).read_text(encoding="utf-8"), "file": file}
            if number % 25 == 0:
                rows = list(rows_of(rng, year))
                yield {"kind": "year", **given, "period": str(year), "outcomes": rows}
                continue
            period = rng.choice(PERIODS).format(year, rng.randint(1, 12))
            outcomes: Any = drawn(rng, year, by_parts=rng.random() < 0.5)
            if number % 3 == 0:
                outcomes = [
                    row for row in rows_of(rng, year) if row["period"] == period
                ] or as_rows(outcomes, period)
            judged = list(judgements(rng, year)) if rng.random() < 0.3 else []
            more = {"period": period, "outcomes": outcomes, "judgements": judged}
            yield {"kind": "plan", **given, **more}


def drawn(rng: Random, year: int, *, by_parts: bool) -> dict[str, object]:
    """Outcomes of most of a plan's indicators, and of the activities.

    One indicator has parts: either they are given, or the whole.
    """
    found: dict[str, object] = {}
    for goal in rule_set(year).goals.values():
        for name in goal.members:
            if rng.random() < 0.85:
                found[f"{goal.id}/{name}"] = outcome(rng, year, name)
    goal_id, name = ("4" if year == 2024 else "1.2"), "frågar-om-våld"
    if by_parts:
        found.pop(f"{goal_id}/{name}", None)
        parts = {part: rng.choice((*REACHED, *STATUSES)) for part in PARTS}
        found |= {f"{goal_id}/{name}/{part}": given for part, given in parts.items()}
    if year == 2024 and rng.random() < 0.5:
        found |= {f"7/aktiviteter/{each}": rng.choice((*LEVELS, *STATUSES)) for each in "abcd"}
    return found


def outcome(rng: Random, year: int, name: str) -> object:
    """An outcome of an indicator: a level, a status, a number, or a row with more about it."""
    fallen = rng.random()
    if fallen < 0.2:
        return rng.choice(LEVELS)
    if fallen < 0.35:
        return rng.choice(STATUSES)
    value = number(rng, year, name) if targets(year).get(name) else rng.choice(REACHED)
    if fallen < 0.65:
        return value
    row: dict[str, object] = {"utfall": value}
    if rng.random() < 0.7:
        row["plan"] = rng.choice(PLANS)
    if rng.random() < 0.2:
        row["comment"] = "se bilaga"
    if rng.random() < 0.2 and isinstance(value, int | float):
        row["prognos"] = number(rng, year, name)
    return row


def number(rng: Random, year: int, name: str) -> float | int | str:
    """A number about those that the plan names for the indicator, as people give it."""
    near = rng.choice(targets(year)[name])
    share = rng.choice((1, 1, rng.randint(1, 12) / 12, rng.uniform(0.5, 1.5)))
    value = round(near * share + rng.choice((0, 0, 0.1, -0.1, 1, -1)), rng.choice((0, 1, 1, 3)))
    if rng.random() < 0.2:
        return f"{value:.1f}".replace(".", ",")
    return int(value) if value == int(value) else value


@cache
def targets(year: int) -> Mapping[str, list[float]]:
    """The numbers that the rule file says of each indicator, by its name; of none, none."""
    found: dict[str, list[float]] = {}
    name = ""
    for line in rules_path(year).read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        if words[:1] == ["indikator"]:
            name = words[1]
        elif words[:1] in (["mål"], ["bidrag"], ["målområde"]):
            name = ""
        elif name and words[:1] in (["riktvärde"], ["ingående"]):
            stated = [float(each.replace(",", ".")) for each in NUMBER.findall(line)]
            found.setdefault(name, []).extend(each for each in stated if not 2023 < each < 2030)
    return found


def as_rows(outcomes: Mapping[str, object], period: str) -> list[dict[str, object]]:
    """The same outcomes as rows of a period."""
    rows = []
    for name, given in outcomes.items():
        goal, _, indicator = name.partition("/")
        row = dict(given) if isinstance(given, Mapping) else {"utfall": given or "saknas"}
        group, _, part = indicator.partition("/")
        about = {"indicator": part, "group": group} if part else {"indicator": indicator}
        rows.append({"goal": goal, **about, "period": period, **row})
    return rows


def rows_of(rng: Random, year: int) -> Iterator[dict[str, object]]:
    """Rows of the months of a year as far as it has come, with forecasts now and then."""
    reached, by_parts = rng.randint(1, 12), rng.random() < 0.5
    for month in range(1, reached + 1):
        yield from as_rows(drawn(rng, year, by_parts=by_parts), f"{year}-{month:02}")


def judgements(rng: Random, year: int) -> Iterator[dict[str, str]]:
    """What was decided of some goals, and of some indicators that are waived."""
    for goal in rule_set(year).goals.values():
        if rng.random() < 0.3:
            yield {"goal": goal.id, "judgement": rng.choice(JUDGED), "period": str(year)} | DECISION
        for name in goal.members:
            if rng.random() < 0.05:
                about = {"goal": goal.id, "indicator": name, "judgement": rng.choice(WAIVED)}
                yield about | {"period": str(year)} | DECISION


# Golden pages


def given_on_pages(tree: Path) -> Iterator[Case]:
    """What golden pages give: rules alone with levels, and rule files with outcomes."""
    for page in pages(tree / "tests" / "golden", tree / "grammar" / "checks"):
        seen = set()
        for each in expectations(page):
            if each.given in seen:
                continue
            seen.add(each.given)
            if case := of_page(each.given, year=each.producer == "year"):
                yield case


def of_page(given: Given, *, year: bool) -> Case | None:
    """What one case of a page gives, if it can be assessed."""
    blocks = given.blocks
    if "rule" in blocks and "levels" in blocks:
        rule, scale = blocks["rule"], blocks.get("scale")
        levels = [each.strip() for each in scale.text.split("<")] if scale else []
        lines = (line.split(":") for line in blocks["levels"].text.splitlines())
        said = {name.strip(): level.strip() for name, level in lines}
        stated = [[said.get(name) for name in rule.words[1:]]]
        case = {"members": rule.words[1:], "levels": levels, "outcomes": stated}
        return {"kind": "rule", "text": rule.text, **case}
    if "rules" in blocks and "outcomes" in blocks:
        rules, outcomes = blocks["rules"], blocks["outcomes"]
        table, period = outcomes.words
        case = {"rules": rules.text, "file": rules.words[0], "table": table, "period": period}
        if judged := blocks.get("judgements"):
            case |= {"judgements": judged.text, "judged": judged.words[0]}
        return {"kind": "year" if year else "plan", **case, "outcomes": outcomes.text}
    return None
