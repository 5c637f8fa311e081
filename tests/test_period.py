"""Periods: how people write them, how they are shown, and how they are ordered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalrules.core.vocabulary import Month
from goalrules.data.period import Period, read_period, show_period
from goalrules.data.words import table
from goalrules.text.languages import LANGUAGES, Language

MONTHS = st.tuples(st.integers(1900, 2199), st.integers(1, 12))
PERIODS = st.builds(lambda a, b: Period(min(a, b), max(a, b)), MONTHS, MONTHS)
YEAR = ((2024, 1), (2024, 12))
TO_OCTOBER = ((2024, 1), (2024, 10))
OCTOBER = ((2024, 10), (2024, 10))
OVER_NEW_YEAR = ((2023, 9), (2024, 8))
READ = [
    ("2024", YEAR, "year"),
    ("helår 2024", YEAR, "year"),
    ("Helåret 2024", YEAR, "year"),
    ("year 2024", YEAR, "year"),
    ("the year 2024", YEAR, "year"),
    ("jan–dec 2024", YEAR, "year"),
    ("2024-10", OCTOBER, "month"),
    ("okt 2024", OCTOBER, "month"),
    ("okt. 2024", OCTOBER, "month"),
    ("oktober 2024", OCTOBER, "month"),
    ("Oct 2024", OCTOBER, "month"),
    ("OKTOBER\u00a02024", OCTOBER, "month"),
    ("2024 oktober", OCTOBER, "month"),
    ("okt-24", OCTOBER, "month"),
    ("okt -24", OCTOBER, "month"),
    ("okt-2024", OCTOBER, "month"),
    ("202410", OCTOBER, "month"),
    ("2024-10-01", OCTOBER, "month"),
    ("2024-10-31", OCTOBER, "month"),
    ("jan–okt 2024", TO_OCTOBER, "interim"),
    ("januari-oktober 2024", TO_OCTOBER, "interim"),
    ("januari – oktober 2024", TO_OCTOBER, "interim"),
    ("Jan–Oct 2024", TO_OCTOBER, "interim"),
    ("genomsnitt jan–okt 2024", TO_OCTOBER, "interim"),
    ("average Jan–Oct 2024", TO_OCTOBER, "interim"),
    ("jan 2024–okt 2024", TO_OCTOBER, "interim"),
    ("2024-01–2024-10", TO_OCTOBER, "interim"),
    ("2024-01-01–2024-10-31", TO_OCTOBER, "interim"),
    ("delår 2024-08", ((2024, 1), (2024, 8)), "interim"),
    ("delår aug 2024", ((2024, 1), (2024, 8)), "interim"),
    ("tertial 1 2024", ((2024, 1), (2024, 4)), "interim"),
    ("T1 2024", ((2024, 1), (2024, 4)), "interim"),
    ("2024-T2", ((2024, 5), (2024, 8)), "interim"),
    ("2024 T3", ((2024, 9), (2024, 12)), "interim"),
    ("halvår 1 2024", ((2024, 1), (2024, 6)), "interim"),
    ("H1 2024", ((2024, 1), (2024, 6)), "interim"),
    ("2024-H2", ((2024, 7), (2024, 12)), "interim"),
    ("1900", ((1900, 1), (1900, 12)), "year"),
    ("2199", ((2199, 1), (2199, 12)), "year"),
    ("feb–mars 2024", ((2024, 2), (2024, 3)), "other"),
    ("2023-09-01–2024-08-31", OVER_NEW_YEAR, "other"),
    ("sep 2023–aug 2024", OVER_NEW_YEAR, "other"),
]
NONE = [
    "",
    "nyligen",
    "24",
    "1899",
    "2200",
    "2024-13",
    "2024-00",
    "2024-10-02",
    "2024-13-01",
    "202413",
    "24-okt",
    "okt 24",
    "2023-09-02–2024-08-31",
    "2023-09-01–2024-08-30",
    "2023-13-01–2024-08-31",
    "okt–jan 2024",
    "okt",
    "oktx 2024",
    "xokt 2024",
    "m10 2024",
    "H3 2024",
    "T4 2024",
    "delår 2024",
    "tertial 2024",
    "2024-2025",
    "٢٠٢٤",
]


@pytest.mark.parametrize(("text", "months", "kind"), READ)
def test_read(text: str, months: tuple[Month, Month], kind: str) -> None:
    period = read_period(text)
    assert period == Period(*months)
    assert period.kind == kind


@pytest.mark.parametrize("text", NONE)
def test_what_names_no_period(text: str) -> None:
    assert read_period(text) is None


@given(PERIODS, st.sampled_from(LANGUAGES))
def test_what_is_shown_reads_back(period: Period, language: Language) -> None:
    assert read_period(show_period(period, language)) == period


@given(st.text())
def test_any_text_is_a_period_or_none(text: str) -> None:
    assert isinstance(read_period(text), Period | None)


@given(PERIODS, PERIODS)
def test_a_period_is_within_another_if_it_ends_there(one: Period, other: Period) -> None:
    assert one.within(one)
    assert one.within(other) == (other.first <= one.last <= other.last)


@pytest.mark.parametrize(
    ("text", "swedish", "english"),
    [
        ("2024", "helåret 2024", "the year 2024"),
        ("2024-10", "oktober 2024", "October 2024"),
        ("jan–okt 2024", "januari–oktober 2024", "January–October 2024"),
        ("T2 2024", "maj–augusti 2024", "May–August 2024"),
        ("sep 2023–feb 2024", "2023-09-01–2024-02-29", "2023-09-01–2024-02-29"),
    ],
)
def test_shown(text: str, swedish: str, english: str) -> None:
    period = read_period(text)
    assert period is not None
    assert (show_period(period, "sv"), show_period(period, "en")) == (swedish, english)


def test_the_order_is_by_end_and_then_start() -> None:
    texts = ["2024", "okt 2024", "jan–okt 2024", "dec 2024", "2023"]
    periods = [period for text in texts if (period := read_period(text))]
    in_order = sorted(periods, key=lambda each: each.key)
    shown = ["helåret 2023", "januari–oktober 2024", "oktober 2024", "helåret 2024"]
    assert [show_period(each, "sv") for each in in_order] == [*shown, "december 2024"]
    assert [each.year for each in in_order] == [2023, 2024, 2024, 2024, 2024]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_word_for_a_month_is_read(language: Language, month: int) -> None:
    words = table(language)["months"][str(month)]
    assert {read_period(f"{word} 2024") for word in words} == {Period((2024, month), (2024, month))}
