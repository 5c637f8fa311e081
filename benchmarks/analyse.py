"""How long exact answers about large goals take, which questions are refused, and against what.

Times are of the processor, so that other work on the machine is not counted. The figure to
compare between machines is the ratio: going through every case with the evaluator, in the same run.
"""

import pickle
import sys
import time
from collections.abc import Callable, Sequence
from itertools import product
from statistics import median

import goalrules
from goalrules.analyse.diagram import MOST_STEPS
from goalrules.core.evaluate import evaluate
from goalrules.core.scales import COLOURS, known
from goalrules.core.trace import member
from goalrules.language.lower import UNSAID

TIMES = 5
BAR = 0.5  # of the time that it takes to go through every case of a goal of SMALL members
MEMBERS = 40
SIZES = (8, 12, 16, 20, 24, 28, 32, 40)
SMALL = 8

SHARES = "green when at least 60 % green including m1, m2, rest at least yellow"
WEIGHTS = (
    "green when at least 60 % of weight of first green including m1, m2"
    " and at least half of weight of second green"
)

Rules = goalrules.RuleSet
Names = Sequence[str]
Question = Callable[[Rules, Names], Callable[[], object]]


def goal(rule: str, names: Names, more: Callable[[int], str], groups: str = "") -> Rules:
    """A plan with one goal, where each member is said more of."""
    members = "\n".join(f"indicator {name} {more(n)}" for n, name in enumerate(names))
    text = f'goalrules 1 en\nplan "P"\nvalid 2025\ngoal 1 "G"\n{members}\n{groups}\n{rule}\n'
    return goalrules.loads(text)


def named(size: int) -> list[str]:
    """The names of so many members."""
    return [f"m{number}" for number in range(1, size + 1)]


def with_shares(size: int) -> Rules:
    """A share, two included members, and a floor for the rest."""
    return goal(SHARES, named(size), lambda _: "")


def with_weights(size: int) -> Rules:
    """Distinct four-digit weights, two included members, and two groups that overlap."""
    names = named(size)
    first, second = ", ".join(names[: 2 * size // 3]), ", ".join(names[size // 3 :])
    groups = f"group first {first}\ngroup second {second}"
    return goal(WEIGHTS, names, lambda n: f"weight {1000 + (n + 1) * 7919 % 8999}", groups)


def at(rules: Rules, names: Names, *levels: str | None) -> goalrules.GoalResult:
    """The goal with these outcomes in turn."""
    return rules.assess({name: levels[n % len(levels)] for n, name in enumerate(names)})["1"]


def missing(rules: Rules, names: Names) -> Callable[[], object]:
    """What is missing, with every member red."""
    result = at(rules, names, "red")
    return lambda: result.to_reach("green")


def lost(rules: Rules, names: Names) -> Callable[[], object]:
    """What can be lost, with every member green."""
    result = at(rules, names, "green")
    return result.margin


def why(rules: Rules, names: Names) -> Callable[[], object]:
    """The smallest sufficient reason, with the assessment that gives it: of a case never met."""
    data = pickle.dumps(rules)
    ready = [pickle.loads(data) for _ in range(TIMES)]  # noqa: S301 - a case that was met is remembered
    for each in ready:
        at(each, names, "red")
    unmet = iter(ready)
    return lambda: at(next(unmet), names, "green").why or None


def collect(rules: Rules, names: Names) -> Callable[[], object]:
    """What to find out, with every other member missing."""
    result = at(rules, names, "green", None)
    return result.to_collect


def influence(rules: Rules, _: Names) -> Callable[[], object]:
    """How often each member decides."""
    return lambda: None if rules.influence().goals[0].limit else rules


def checked(rules: Rules, _: Names) -> Callable[[], object]:
    """Everything that is wrong with the rule."""
    return lambda: None if _too_large(rules) else rules


def _too_large(rules: Rules) -> bool:
    return any(each.code == "too-large-to-check" for each in rules.check().findings)


QUESTIONS: dict[str, Question] = {
    "missing": missing,
    "lost": lost,
    "why": why,
    "collect": collect,
    "influence": influence,
    "check": checked,
}


def milliseconds(work: Callable[[], object]) -> tuple[float, bool]:
    """The median time of some work, and whether it is refused."""
    taken, refused = [], False
    for _ in range(TIMES):
        start = time.process_time()
        try:
            refused = work() is None
        except goalrules.LimitError:
            refused = True
        taken.append((time.process_time() - start) * 1000)
    return median(taken), refused


def row(rules: Rules, size: int) -> list[tuple[float, bool]]:
    """The time of each question about one goal, and whether it is refused."""
    names = named(size)
    return [milliseconds(question(rules, names)) for question in QUESTIONS.values()]


def table(title: str, make: Callable[[int], Rules], sizes: Sequence[int]) -> list[float]:
    """Print the time of each question; of each size the slowest, to going through small cases."""
    print(f"{title}, ms; with * refused: more than {MOST_STEPS:,} steps")
    print(f"{'members':>10}" + "".join(f"{name:>11}" for name in QUESTIONS))
    small, shares = with_weights(SMALL), []
    for size in sizes:
        times = row(make(size), size)
        # beside each row, since the processor does not run alike for long
        plain, _ = milliseconds(lambda: every_case(small, SMALL))
        cells = (f"{taken:10.1f}{'*' if refused else ' '}" for taken, refused in times)
        print(f"{size:>10}" + "".join(cells))
        shares.append(max(taken for taken, _ in times) / plain)
    return shares


def every_case(rules: Rules, size: int) -> int:
    """The number of cases in which the goal is met, by the evaluator on each of them."""
    names = named(size)
    goal_state = at(rules, names, "red")._kept.goal_states["1"]  # noqa: SLF001  # its rule
    judged, unsaid = goal_state.rule.level_rule, {UNSAID: goal_state.members[UNSAID]}
    places = [
        [member("indicator", name, COLOURS, known(place)) for place in range(3)] for name in names
    ]
    cases = (unsaid | dict(zip(names, case, strict=True)) for case in product(*places))
    return sum(evaluate(judged, case).ends.worst >= judged.met for case in cases)


def ratio() -> None:
    """Print how long it takes to go through every case of a small goal, beside the analysis."""
    rules = with_weights(SMALL)
    counted = every_case(rules, SMALL)
    plain, _ = milliseconds(lambda: every_case(rules, SMALL))
    found = rules.influence().goals[0]
    if found.met != counted:
        raise ValueError(found)
    taken, _ = milliseconds(rules.influence)
    print(f"{SMALL} members, {found.cases:,} cases, of which {counted:,} are met:")
    print(f"    every case with the evaluator {plain:.0f} ms, influence {taken:.1f} ms")
    print(f"    ratio {plain / taken:.0f}, and each member more makes it three times that")


def main() -> int:
    """Print both tables, the bar and the ratio; 1 if the bar is not met."""
    shares = table("shares, a floor and two included members", with_shares, (MEMBERS,))
    print()
    shares += table("distinct weights of four digits and overlapping groups", with_weights, SIZES)
    print(f"\nthe slowest takes {max(shares):.2f} of every case of {SMALL} members", end=", ")
    print(f"bar {BAR}: {'met' if max(shares) <= BAR else 'not met'}", end="\n\n")
    ratio()
    return int(max(shares) > BAR)


if __name__ == "__main__":
    sys.exit(main())
