"""goalrules behind a portal: uploads in memory, faults to show beside fields, no paths of a server.

Run it with `python examples/portal.py`. What a web framework would hand over is made up here.
"""

import json
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import goalrules
from goalrules.types import Language, Verdict

RULES = (Path(__file__).parents[1] / "rulesets" / "socialnamnden-2025.goals").read_bytes()


class Response(NamedTuple):
    """What the portal answers with: a status of HTTP, and JSON."""

    status: int
    body: str


STATUS = {"rules": 422, "outcomes": 422, "question": 400, "limit": 413, "file": 500, "package": 500}
"""The status for each kind of error, by whose fault it is."""


def uploaded(rules: goalrules.RuleSet, file: BytesIO, name: str, language: Language) -> Response:
    """Assess a file that somebody has sent, under the name that they know it by."""
    try:
        rows = goalrules.read_outcomes(file, rules.year_of(), name=name, language=language)
        result = rules.assess(rows, language=language)
    except goalrules.GoalrulesError as error:
        return Response(STATUS[error.blamed], json.dumps(error.to_dict(language)))
    verdicts: dict[str, Verdict | None] = {id_: goal.verdict for id_, goal in result.items()}
    return Response(200, json.dumps(verdicts))


def form(rules: goalrules.RuleSet, fields: dict[str, str], language: Language) -> dict[str, str]:
    """What to show beside each field of a form: a message, where its value cannot be used."""
    try:
        rules.assess({name: {"value": text} for name, text in fields.items()})
    except goalrules.OutcomeError as error:
        return {str(fault.path[0]): fault.message(language) for fault in error.diagnostics}
    return {}


def overview(rules: goalrules.RuleSet, language: Language) -> list[str]:
    """A line for each goal: what it rests on, and its rule in words."""
    return [
        f"{goal.id} ({', '.join(goal.rests_on or goal.members)}): {goal.rule(language)}"
        for goal in rules.goals.values()
    ]


def main() -> None:
    """Two uploads, a form, and an overview."""
    rules = goalrules.load(RULES, name="plan 2025")
    for data in (b"indikator;utfall\navtalstrohet;83,1\n", b"indikator;utfall\navtalstroheten;x\n"):
        response = uploaded(rules, BytesIO(data), "utfall.csv", "en")
        print(response.status, response.body[:100])
    print(form(rules, {"avtalstrohet": "83 eller så", "budgetföljsamhet": "-0,3"}, "sv"))
    print(overview(rules, "en")[-1])


if __name__ == "__main__":
    main()
