"""What one engine answers, on lines of JSON: `compare_engines.py` runs it, once for each engine.

Each line that is read is a case, each line that is written its answers, by names of questions. Of
goalrules only what is public is used, and of results only fields by their names, so that engines
with other classes and documents can answer too.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import goalrules

LANGUAGES: tuple[Literal["sv", "en"], ...] = ("sv", "en")
PARTS: Mapping[str, tuple[str, ...]] = {
    "reasons": ("code", "members"),
    "why": ("member", "kind", "side", "level"),
    "forks": ("level", "verdict"),
    "remarks": ("text", "sure"),
}
"""What is told of each of several things that a goal has."""

EARLIER = {"coverage": "rests_on", "text": "explain"}
"""What an engine before this one calls what has another name since."""

Case = Mapping[str, Any]
Answers = dict[str, object]


def answers(case: Case) -> Answers:
    """The answers to a case of any kind; what is refused is answered with its text."""
    kinds = {"rule": of_rule, "plan": of_plan, "year": of_year}
    try:
        return dict(kinds[case["kind"]](case))
    except goalrules.GoalrulesError as error:
        return {"refused": str(error)}
    except Exception as error:  # noqa: BLE001 - one that breaks down on a case answers the next
        return {"refused": f"{type(error).__name__}: {error}", "broke down": True}


def of_rule(case: Case) -> Iterator[tuple[str, object]]:
    """A rule given alone, on each of the levels of its members that are listed."""
    rule = rule_in(case["text"], tuple(case["members"]), tuple(case.get("levels", ())))
    for levels in case["outcomes"]:
        outcomes = dict(zip(case["members"], levels, strict=True))
        name = ", ".join(f"{name}: {level}" for name, level in outcomes.items())
        for question, answer in of_goal(rule.evaluate(outcomes)):
            yield f"{question} | {name}", answer


def of_plan(case: Case) -> Iterator[tuple[str, object]]:
    """Every goal of a rule file in a period."""
    found = rules_in(case).assess(outcomes_in(case), case["period"], judgements_in(case))
    yield from of_goals(found)
    yield from ((f"table-{language}", found.table(language)) for language in LANGUAGES)


def of_year(case: Case) -> Iterator[tuple[str, object]]:
    """Every goal of a rule file in every period of a year, and how they develop."""
    year = int(case["period"])
    found = rules_in(case).assess_year(outcomes_in(case), year, judgements_in(case))
    for number, each in enumerate((*found.months, *found.interims, found.annual)):
        for question, answer in of_goals(each, explained=False):
            yield f"{question} | {number}", answer
    yield from ((f"year-{language}", found.text(language)) for language in LANGUAGES)


def of_goals(
    found: goalrules.Assessment, *, explained: bool = True
) -> Iterator[tuple[str, object]]:
    """What is answered of each goal of an assessment."""
    for goal in found:
        for question, answer in of_goal(found[goal], explained=explained):
            yield f"{question} | goal {goal}", answer


def of_goal(
    result: goalrules.GoalResult, *, explained: bool = True
) -> Iterator[tuple[str, object]]:
    """What is answered of one goal."""
    yield "verdict", result.verdict
    yield "worst", result.worst
    yield "best", result.best
    yield "deciding", sorted(result.deciding)
    yield "coverage", plain(part_of(result, "coverage"))
    for part, names in PARTS.items():
        yield part, [[plain(getattr(each, n)) for n in names] for each in part_of(result, part)]
    if explained:
        text = part_of(result, "text")
        yield from ((f"explain-{language}", text(language)) for language in LANGUAGES)


def part_of(result: goalrules.GoalResult, name: str) -> Any:  # noqa: ANN401 - as it has it
    """What a result has by that name, or the one it had before, itself or in its trace."""
    holders = [(holder, each) for holder in (result, result.trace)
               for each in (name, EARLIER.get(name, name)) if hasattr(holder, each)]  # fmt: skip
    return getattr(*holders[0])


def plain(value: object) -> object:
    """A value of a field as JSON can hold it."""
    return list(value) if isinstance(value, tuple) else value


# What is given


@lru_cache(maxsize=4)
def rule_in(text: str, members: tuple[str, ...], levels: tuple[str, ...]) -> goalrules.Rule:
    """The rule of a case: the last few are kept."""
    return goalrules.rule(text, members, levels)


@lru_cache(maxsize=4)
def loaded(text: str, file: str) -> goalrules.RuleSet:
    """The rule file of a case: the last few are kept."""
    return goalrules.loads(text, file)


def rules_in(case: Case) -> goalrules.RuleSet:
    """The rules of a case, a file's text."""
    return loaded(case["rules"], case["file"])


def outcomes_in(case: Case) -> Any:  # noqa: ANN401 - whatever `assess` takes
    """The outcomes of a case: a mapping or rows, or the text of a file of the name given."""
    if isinstance(given := case["outcomes"], str):
        year = int(case["period"]) if case["kind"] == "year" else None
        return goalrules.read_outcomes(filed(case["table"], given), year)
    return given


def judgements_in(case: Case) -> Any:  # noqa: ANN401 - as above
    """The judgements of a case, as its outcomes."""
    if isinstance(given := case.get("judgements", ()), str):
        return goalrules.read_judgements(filed(case["judged"], given))
    return given


def filed(name: str, text: str) -> str:
    """The name of a file that holds the text, in the folder where this runs."""
    Path(name).write_bytes(text.encode())
    return name


def main() -> int:
    """Answer line by line; the first line says which engine it is."""
    sys.stdout.write(json.dumps([goalrules.__version__, str(Path(goalrules.__file__).parent)]))
    sys.stdout.write("\n")
    sys.stdout.flush()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        for line in sys.stdin:
            found = [answers(case) for case in json.loads(line)]
            sys.stdout.write(json.dumps(found, ensure_ascii=True) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
