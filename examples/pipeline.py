"""goalrules in a pipeline: one plan, many units and months, several processes, faults kept apart.

Run it with `python examples/pipeline.py`. The units and their figures are made up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import goalrules
from goalrules.types import Verdict

RULES = Path(__file__).parents[1] / "rulesets" / "socialnamnden-2025.goals"


class Task(NamedTuple):
    """The outcomes of one unit."""

    unit: str
    outcomes: dict[str, float | str | None]


class Done(NamedTuple):
    """What a unit came to: the verdict of each goal, or why there is none."""

    unit: str
    verdicts: dict[str, Verdict | None]
    error: goalrules.GoalrulesError | None = None


class Worker:
    """A process of the pool, with the rules that it was given when it began."""

    rules: goalrules.RuleSet

    @classmethod
    def begin(cls, rules: goalrules.RuleSet) -> None:
        """Keep the rules for every task."""
        cls.rules = rules

    @classmethod
    def work(cls, task: Task) -> Done:
        """Assess one unit; a fault of its outcomes is a result too."""
        try:
            result = cls.rules.assess(task.outcomes)
        except goalrules.OutcomeError as error:
            return Done(task.unit, {}, error)
        return Done(task.unit, {id_: goal.verdict for id_, goal in result.items()})


def tasks(units: int) -> Iterator[Task]:
    """The units, one of which has sent a figure that is none."""
    for number in range(units):
        fidelity = "about 80" if number == 1 else 70 + number
        yield Task(f"unit {number}", {"avtalstrohet": fidelity, "budgetföljsamhet": -0.3})


def assess(work: Iterable[Task], processes: int = 2) -> Iterator[Done]:
    """Assess every unit, in order, each in one of some processes."""
    rules = goalrules.load(RULES)
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=Worker.begin, initargs=(rules,)
    )
    with pool:
        yield from pool.map(Worker.work, work, chunksize=4)


def main() -> None:
    """The verdicts of every unit counted, and what is wrong with the others."""
    counted: Counter[str] = Counter()
    for done in assess(tasks(8)):
        if done.error:
            print(f"{done.unit}: {done.error.diagnostics[0].message('en')}")
        counted.update(verdict or "no verdict" for verdict in done.verdicts.values())
    print(dict(counted))


if __name__ == "__main__":
    main()
