"""How the work grows with what there is of a thing: n, 2n and 4n of it, as ratios to n.

Times are of the processor. Twice as much of a thing may cost a little more than twice as much; what
costs four times as much grows with its square, and fails unless a stated budget refuses it.
"""

import sys
import time
from collections.abc import Callable, Iterator

from attrs import frozen

import goalrules

TIMES = (1, 2, 4)
BAR = 3.2
"""The most that twice as much may cost; the square would be 4, and noise is a tenth or two."""

LEAST = 0.02
"""Seconds below which a time is noise."""

HEAD = "goalrules 1 en\nvalid 2025\n"
LEVELLED = "green when all{0} green\nyellow when any{0} at least yellow\notherwise red\n"

Work = Callable[[], object]


@frozen
class Growth:
    """Something of which there may be more, how much of it is tried, and the work that grows."""

    name: str
    start: int
    work: Callable[[int], Work]


def goal(id_: int, indicators: int, rule: str = LEVELLED.format("")) -> str:
    """A goal with so many indicators of its own."""
    names = "".join(f"indicator i{id_}-{n}\ntarget at least 50\n" for n in range(indicators))
    return f'goal {id_} "G"\n{names}{rule}'


def values(goals: int, indicators: int) -> dict[str, object]:
    """An outcome of every indicator of so many goals."""
    return {f"i{goal}-{n}": 40 + n % 20 for goal in range(goals) for n in range(indicators)}


def reading(goals: int) -> Work:
    """Reading a rule file of so many goals."""
    text = HEAD + "".join(goal(id_, 8) for id_ in range(goals))
    return lambda: goalrules.loads(text)


def members(indicators: int) -> Work:
    """Assessing a goal of so many indicators."""
    rules = goalrules.loads(HEAD + goal(0, indicators, "green when at least 60 % green\n"))
    outcomes = values(1, indicators)
    return lambda: rules.assess(outcomes)


def goals(number: int) -> Work:
    """Assessing so many goals."""
    rules = goalrules.loads(HEAD + "".join(goal(id_, 4) for id_ in range(number)))
    outcomes = values(number, 4)
    return lambda: rules.assess(outcomes)


def gap_of_goals(number: int) -> Work:
    """What is missing in each of so many goals."""
    rules = goalrules.loads(HEAD + "".join(goal(id_, 4) for id_ in range(number)))
    result = rules.assess(values(number, 4))
    return lambda: result.gap("green")


def in_layers(layers: int) -> str:
    """Goals two by two, each of which rests on both of those below."""
    text = HEAD + goal(0, 2) + goal(1, 2)
    for id_ in range(2, 2 * layers):
        first = id_ - id_ % 2 - 2
        text += goal(id_, 0, LEVELLED.format(f" of goals {first}, {first + 1}"))
    return text


def layers_checked(layers: int) -> Work:
    """Checking so many layers of goals."""
    rules = goalrules.loads(in_layers(layers))
    return rules.check


def layers_assessed(layers: int) -> Work:
    """Assessing so many layers of goals."""
    rules, outcomes = goalrules.loads(in_layers(layers)), values(2, 2)
    return lambda: rules.assess(outcomes)


def unknown_names(rows: int) -> Work:
    """Refusing so many rows that speak of nothing in the rules."""
    rules = goalrules.loads(HEAD + "".join(goal(id_, 8) for id_ in range(60)))
    outcomes = {f"x{n}-i{n % 7}": 1 for n in range(rows)}

    def work() -> None:
        try:
            rules.assess(outcomes)
        except goalrules.OutcomeError:
            return
        raise AssertionError

    return work


def rows(number: int) -> Work:
    """Assessing with so many rows of outcomes."""
    rules = goalrules.loads(HEAD + "".join(goal(id_, 8) for id_ in range(20)))
    months = [f"{year}-{month:02}" for year in range(1990, 2026) for month in range(1, 13)]
    names = [*values(20, 8)]
    given = [
        {"indicator": names[n % len(names)], "outcome": 50, "period": months[n // len(names)]}
        for n in range(number)
    ]
    return lambda: rules.assess(given)


def periods(months: int) -> Work:
    """Assessing so many months, one by one."""
    rules = goalrules.loads(HEAD + "".join(goal(id_, 4) for id_ in range(10)))
    outcomes = values(10, 4)
    when = [f"2025-{month % 12 + 1:02}" for month in range(months)]
    return lambda: [rules.assess(outcomes, each) for each in when]


def years(number: int) -> Work:
    """Reading rules that change in each of so many years."""
    own = "".join(f"target at least {50 + n}\nvalid {2000 + n}\n" for n in range(number))
    lines = f'goal {{}} "G"\nindicator i{{}}\n{own}worst of all\n'
    last = 2000 + number - 1
    text = f"goalrules 1 en\nvalid 2000–{last}\n" + "".join(lines.format(n, n) for n in range(4))
    return lambda: goalrules.loads(text)


def caps(number: int) -> Work:
    """Checking a goal of so many caps."""
    limits = "".join(f"at most yellow when i0-{n} red\n" for n in range(number))
    rule = f"green when majority green\n{limits}"
    rules = goalrules.loads(HEAD + goal(0, 48, rule))
    return rules.check


GROWING = (
    Growth("rule files read, by goals", 20, reading),
    Growth("members of a goal", 200, members),
    Growth("goals assessed", 50, goals),
    Growth("goals, and what each lacks", 15, gap_of_goals),
    Growth("layers of goals checked", 12, layers_checked),
    Growth("layers of goals assessed", 12, layers_assessed),
    Growth("unknown names among 480", 500, unknown_names),
    Growth("rows of outcomes", 2_000, rows),
    Growth("periods", 12, periods),
    Growth("years in which targets change", 9, years),
    Growth("caps of a goal checked", 10, caps),
)


def seconds(work: Work) -> float:
    """The least that the work takes of three times."""
    return min(_timed(work) for _ in range(3))


def _timed(work: Work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(growth: Growth) -> Iterator[float]:
    """The seconds for n, 2n and 4n."""
    return (seconds(growth.work(growth.start * times)) for times in TIMES)


def main() -> int:
    """Print the table; 1 where something grows faster than it may."""
    print(f"{'what grows':<32}{'n':>7}{'ms':>9}{'2n':>7}{'4n':>7}")
    failed = []
    for each in GROWING:
        first, *more = measured(each)
        ratios = [seconds / first for seconds in more]
        print(f"{each.name:<32}{each.start:>7}{1000 * first:>9.1f}", end="")
        print("".join(f"{ratio:>7.1f}" for ratio in ratios))
        if more[-1] > LEAST and ratios[-1] > BAR**2:
            failed.append(each.name)
    for name in failed:
        print(f"{name}: grows too fast")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
