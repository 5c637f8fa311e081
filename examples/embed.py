"""goalrules in another program: a plan loaded once, outcomes from anywhere, results as data.

Run it with `python examples/embed.py`. The figures are made up.
"""

import json
from pathlib import Path

import goalrules

RULES = Path(__file__).parents[1] / "rulesets" / "socialnamnden-2025.goals"


def main() -> None:
    """Assess one goal, ask what can still decide another, and evaluate a rule alone."""
    rules = goalrules.load(RULES)
    outcomes = {
        "budgetföljsamhet": {"value": -0.8, "plan": "begun"},
        "avtalstrohet": 83.1,
        "effektiva-insatser": "uppnått",
        "5/e-ansökningar": "33,2",
        "5/omvandlingsgrad": "green",
        "3/nki-serveringstillstånd": "not measured yet",
        "yttre-tillsyn": 100,
        "inre-tillsyn": 100,
    }
    result = rules.assess(outcomes, period="2025")

    budget = result["5"]
    print(f"goal 5: {budget.verdict}, {budget.worst} to {budget.best}")
    print(budget.text("en"))

    supervision = result["3"]
    print(f"goal 3: {supervision.verdict}; what can still decide it: {supervision.deciding}")

    document = result.only(["5"]).to_dict()
    print(json.dumps(document["goals"][0]["reasons"]))

    alone = goalrules.evaluate(
        "2 of 3 green, rest ≥ yellow", {"a": "green", "b": "green", "c": "red"}
    )
    print(f"a rule alone: {alone.verdict}")

    try:
        rules.assess({"avtalstroheten": 83.1})
    except goalrules.OutcomeError as error:
        print(f"refused: {error.diagnostics[0].code}")


if __name__ == "__main__":
    main()
