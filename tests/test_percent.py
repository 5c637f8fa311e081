"""What `check` asks of figures that may be percent, and of percent that may be shares."""

import pytest

import goalrules

HEAD = 'goalrules 1 sv\nplan "P"\ngäller 2025\nmål 1 "T"\n  indikator a\n'


def asked(said: str) -> list[str]:
    rules = goalrules.loads(f"{HEAD}    {said}\n  grön om a grön\n")
    return [each.code for each in rules.check().findings]


@pytest.mark.parametrize(
    ("target", "expected", "asks"),
    [
        ("minst 4135", "april 30, augusti 55", True),
        ("minst 4135", "april 25, augusti 60 %", True),
        ("minst 200", "april 30, augusti 55", True),
        ("minst 10", "april 30, augusti 60", True),
        ("över 900", "juni 50", True),
        ("±5 % av 4135", "april 30", True),
        ("2025 minst 4135; 2026 minst 4400", "april 30", True),
        ("minst 4135", "april 1400, augusti 2700", False),
        ("minst 4135", "april 30 %, augusti 55 %", False),
        ("minst 60", "april 5, augusti 10", False),
        ("minst 120", "april 30, augusti 75", False),
        ("minst 4135", "april 110, augusti 500", False),
        ("högst 4135", "april 30", False),
    ],
)
def test_values_that_fit_as_percent(target: str, expected: str, asks: bool) -> None:  # noqa: FBT001
    found = asked(f"riktvärde {target}\n    totalt per år\n    förväntat: {expected}")
    assert ("percent-left-out" in found) == asks


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("måttenhet %\n    riktvärde minst 0,85", True),
        ('måttenhet "procent"\n    riktvärde högst 0,5', True),
        ("måttenhet %\n    riktvärde 0,8–0,9", True),
        ("måttenhet %\n    riktvärde ±5 % av 0,8", True),
        ("måttenhet %\n    nivåer: grön minst 0,95, gul minst 0,9, annars röd", True),
        (
            'måttenhet %\n    delar "K" minst 0,9, "M" minst 0,85\n    riktvärde 2 delar uppnådda',
            True,
        ),
        (
            'måttenhet %\n    delar "K" minst 90, "M" minst 0,865\n    riktvärde 1 del uppnådd',
            True,
        ),
        ('måttenhet %\n    delar "K" mellan 0,8 och 0,9, "M"\n    riktvärde minst 85', True),
        ('måttenhet %\n    delar "K" minst 90, "M"\n    riktvärde minst 0,85', True),
        ("måttenhet %\n    riktvärde 2025 minst 85; 2026 minst 0,9", True),
        ("måttenhet %\n    nivåer: grön minst 95, gul minst 0,9, annars röd", True),
        ("måttenhet %\n    nivåer: grön högst 0,5, gul högst 10, annars röd", False),
        (
            'måttenhet %\n    delar "K" högst 0,5, "M" högst 3\n    riktvärde alla delar uppnådda',
            False,
        ),
        (
            'måttenhet %\n    delar "K" minst 90, "M" minst 85\n    riktvärde alla delar uppnådda',
            False,
        ),
        ('måttenhet %\n    delar "K", "M"\n    riktvärde minst 85', False),
        ('delar "K" minst 0,9, "M" minst 0,85\n    riktvärde 2 delar uppnådda', False),
        ("måttenhet %\n    riktvärde minst 85", False),
        ("måttenhet %\n    riktvärde ±0,5", False),
        ("måttenhet %\n    riktvärde minst 0", False),
        ("måttenhet %\n    nivåer: grön minst 1,5, gul minst 0,9, annars röd", False),
        ('måttenhet "kvot"\n    riktvärde minst 0,85', False),
        ("riktvärde minst 0,85", False),
    ],
)
def test_percent_that_may_be_a_share(said: str, asks: bool) -> None:  # noqa: FBT001
    assert ("share-as-percent" in asked(said)) == asks


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("mäts varje kvartal\n    riktvärde minst 85", True),
        ("mäts i april, augusti och december\n    riktvärde minst 85", True),
        ("mäts varje månad\n    nivåer: grön minst 95, annars röd", True),
        ("mäts varje termin\n    senaste läge\n    riktvärde minst 85", False),
        ("mäts varje tertial\n    totalt per år\n    riktvärde minst 85", False),
        ("mäts i december\n    riktvärde minst 85", False),
        ("riktvärde minst 85", False),
    ],
)
def test_figures_of_which_it_is_not_said_how_they_add_up(said: str, asks: bool) -> None:  # noqa: FBT001
    assert ("adding-up-unsaid" in asked(said)) == asks


def test_what_bands_expect_is_not_asked_about() -> None:
    bands = "nivåer: grön minst 90, annars röd\n    ingående värde 5\n    totalt per år"
    assert asked(f"{bands}\n    förväntat: jämnt över året") == []
