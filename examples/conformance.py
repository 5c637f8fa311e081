"""The conformance suite run on goalrules, as another implementation would run it on itself.

Run it with `python examples/conformance.py`, and names of files where not all are meant. Only
what is public is used: what a case gives and what has to come is told in
`grammar/conformance/README.md`.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import goalrules

SUITE = Path(__file__).parents[1] / "grammar" / "conformance"
FILES = ("oracle", "reference", "written", "versions", "words", "refusals")

Case = dict[str, Any]


def cases(files: Sequence[str] = FILES) -> Iterator[Case]:
    """The cases of some files of the suite."""
    for name in files:
        yield from json.loads((SUITE / f"{name}.json").read_text("utf-8"))["cases"]


def differences(case: Case) -> Iterator[str]:
    """What comes otherwise than a case says."""
    try:
        rules = goalrules.loads("\n".join([*case["rules"], ""]))
    except goalrules.RuleError as error:
        came = sorted((each.span.line, each.code) for each in error.diagnostics)
        wanted = sorted((each["line"], each["code"]) for each in case.get("refused", ()))
        if came != wanted:
            yield f"{case['id']}: refused with {came}, not {wanted}"
        return
    if "refused" in case:
        yield f"{case['id']}: read, and not refused with {case['refused']}"
    for each in case.get("judged", ()):
        for kind, wanted in each["expect"].items():
            levels = found(rules, each, kind)
            for name, what in wanted.items():
                own = {key: levels.get(name, {}).get(key) for key in what}
                if own != what:
                    yield f"{case['id']}: {each['outcomes']}: {kind} {name}: {own}, not {what}"


def found(rules: goalrules.RuleSet, each: Case, kind: str) -> dict[str, Mapping[str, str | None]]:
    """What some outcomes come to: their goals, those of all units together, or indicators."""
    period, outcomes = each.get("period"), each["outcomes"]
    result: goalrules.Assessment | None
    if kind == "together":
        units: dict[str, list[Mapping[str, str]]] = {}
        for row in outcomes:
            units.setdefault(row["unit"], []).append({k: e for k, e in row.items() if k != "unit"})
        result = rules.assess_units(units, period).together
    else:
        result = rules.assess(outcomes, period)
    if result is None:
        return {}
    if kind == "indicators":
        members = (each for goal in result.values() for each in goal.trace.members)
        return {each.name: {"worst": each.worst, "best": each.best} for each in members}
    return {
        name: {"verdict": goal.verdict, "worst": goal.worst, "best": goal.best}
        for name, goal in result.items()
    }


def main() -> int:
    """Try every case; the number of differences, each on a line."""
    told = [line for case in cases(sys.argv[1:] or FILES) for line in differences(case)]
    print("\n".join([*told, f"{len(told)} differences"]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
