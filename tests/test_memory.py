"""What stays in memory: nothing of what somebody wrote, once the objects made of it are gone."""

import functools
import gc
import importlib
import sys
from collections.abc import Iterator
from types import FrameType, ModuleType

import pytest
from imports import trees

import goalrules
from goalrules.data import columns, memory
from goalrules.data.memory import remembered, remembering
from goalrules.data.outcome import OUTCOMES
from goalrules.data.records import Place

TENANT = "hyresgast"
CACHE = type(functools.lru_cache(print))
GROWING = (dict, list, set)

RULES = """goalrules 1 sv
plan "Plan {0}"
gäller 2025
mål 1 "Mål {0}"
  indikator {0}-a "Rubrik {0}"
    riktvärde minst {1}
  indikator {0}-b
  grön om alla gröna
  gul om {0}-a grön
"""

ROWS = """indikator;period;utfall;bedömning;plan;kommentar;prognos {0}
{0}-a;2025;{1};;följs;{0};
{0}-b;{0};;{0} grön;{0};{0};
{0}-c;jannuari {0};1_000;grön;;;
"""


def modules() -> list[ModuleType]:
    return [importlib.import_module(f"goalrules.{name}".rstrip(".")) for name in trees()
            if name != "__main__"]  # fmt: skip


def caches() -> Iterator[tuple[str, object]]:
    """Each function of a module that keeps what it has given, by its name."""
    for module in modules():
        for name, each in vars(module).items():
            if isinstance(each, CACHE):
                yield f"{module.__name__}.{name}", each


def sizes() -> dict[str, int]:
    """How much each cache, and each table of a module that can grow, holds."""
    kept = {name: each.cache_info().currsize for name, each in caches()}  # type: ignore[attr-defined]
    for module in modules():
        for name, each in vars(module).items():
            if isinstance(each, GROWING) and not name.startswith("__"):
                kept[f"{module.__name__}.{name}"] = len(each)
    return kept


def use(number: int) -> None:
    """All that one tenant does with rules and rows that only that one has."""
    name = f"{TENANT}{number}"
    rules = goalrules.loads(RULES.format(name, number))
    found = rules.assess({f"{name}-a": number, f"{name}-b": "grön"}, "2025")
    found["1"].text()
    found.gap("grön")
    rules.check()
    rules.influence()
    row = {"indikator": f"{name}-x", "bedömning": name, "period": name, "plan": name}
    for broken in (
        lambda: goalrules.loads(RULES.format(name, name)),
        lambda: rules.assess([row]),
        lambda: goalrules.read_outcomes(ROWS.format(name, number).encode()),
    ):
        with pytest.raises(goalrules.GoalrulesError):
            broken()


def of_tenants() -> list[str]:
    """The texts of tenants that some object of the program still holds."""
    gc.collect()
    holders = (each for each in gc.get_objects() if not isinstance(each, FrameType))
    texts = (text for each in holders for text in gc.get_referents(each) if isinstance(text, str))
    return sorted({text[:60] for text in texts if f"{TENANT}1" in text})


def test_nothing_that_somebody_wrote_stays() -> None:
    use(0)
    before = sizes()
    for number in range(10, 20):
        use(number)
    assert len(list(caches())) > 5
    assert sizes() == before
    assert of_tenants() == []


def blocks_after(numbers: range) -> int:
    """How much memory is taken after as many rule sets, each made, assessed and let go."""
    for number in numbers:
        text = RULES.format(f"{TENANT}{number}", number)
        goalrules.loads(text).assess({f"{TENANT}{number}-a": number}, "2025")["1"].text()
    gc.collect()
    return sys.getallocatedblocks()


@pytest.mark.parametrize("many", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_memory_is_flat_over_many_rule_sets(many: int) -> None:
    before = blocks_after(range(1_000, 1_300))
    # one object kept of every other would be told
    assert blocks_after(range(20_000, 20_000 + many)) < before + many // 2


def test_what_is_remembered_is_of_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        """How long it is."""
        asked.append(text)
        return len(text)

    monkeypatch.setattr(memory, "MOST_KEPT", 2)
    assert [length("a"), length("a")] == [1, 1]
    with remembering():
        assert [length(each) for each in ("a", "b", "a", "ccc", "a")] == [1, 1, 1, 3, 1]
        assert length(text="a") == 1
        with remembering():
            length("ccc")
    assert asked == ["a", "a", "a", "b", "ccc", "a", "a", "ccc"]
    assert length.__doc__ == "How long it is."


def test_what_a_text_states_in_a_column_is_worked_out_once_in_a_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def read(given: object) -> object:
        asked.append(given)
        return given

    def stated(*cells: object) -> list[dict[str, object]]:
        return [OUTCOMES.read({"source": c}, Place("u"), source=read)[0] for c in cells]

    monkeypatch.setattr(columns, "MOST_KEPT", 2)
    cells = ("a", "b", "a", "c", "a", 1, 1)
    with remembering():
        assert stated(*cells, " ", None) == [*({"source": each} for each in cells), {}, {}]
    assert stated("a") == [{"source": "a"}]
    assert asked == ["a", "b", "c", "a", 1, 1, "a"]
