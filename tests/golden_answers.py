"""What is missing, what can be lost and what to find out, on golden pages."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from drawn_outcomes import example
from golden_explanations import alone, assessed
from golden_pages import Given

from goalrules.questions import Gap


def gap(given: Given, language: str) -> str:
    """The answers about every goal of a rule file, on a table of outcomes.

    A block `asked` holds how they are asked for, one option a line: `locked: a, b`.
    """
    return answers(given).text(language)


@cache
def answers(given: Given) -> Gap:
    """The same before they are said."""
    return assessed(given).gap(**_options(given))


def gap_alone(given: Given, language: str) -> str:
    """What is missing for a level of a rule given alone, what can be lost, what to find out."""
    goal, options = alone(given), _options(given)
    level = options.pop("level", "met")
    asked = (goal.to_collect(), goal.to_reach(level, **options), goal.margin())
    return "\n".join(each.text(language) for each in asked)


def gap_2025(_: Given, language: str) -> str:
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
