"""Fill in the workbook of the plan of 2025 with a made-up year, month by month.

Run it with `python examples/fill_year.py FILE.xlsx`, as for `examples/utfall-2025-manader.xlsx`.
Every figure is made up.
"""

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

import goalrules

RULES = Path(__file__).parents[1] / "rulesets" / "socialnamnden-2025.goals"
MADE_UP = "alla utfall är påhittade"

OUTCOMES = """
invånare-utan-behovsbedömning: 330 350 360 352 341 320 210 352 365 371 402 398
uppsökande-aktiviteter: 50 58 60 62 59 40 20 58 66 70 64 60
försörjningstagare-vidare: 18 19 20 21 22 21 20 20 23 24 24 23
arbete-med-ips: 28 29 31 30 32 30 29 31 33 34 35 33
Första linjens stöd: ja ja ja ja ja ja ja ja ja ja ja ja
Barn och ungdom: nej nej ja ja ja ja nej ja ja ja ja ja
Vuxen: ja ja ja ja ja ja ja ja ja ja ja ja
Arbete och försörjning: ja ja ja ja ja ja ja ja ja ja ja ja
insats-våldsutövande: 1 2 2 2 1 2 1 2 3 2 2 2
insats-våldsutsatthet: 35 37 39 38 36 33 25 38 42 44 40 38
brottsförebyggande-insatser: 60 62 65 68 72 73 64 70 73 75 74 73
genomförandeplaner: 61 63 64 66 68 70 69 70 71 72 72 73
sip: 55 57 60 61 62 58 40 59 62 64 63 60
fysiska-besök-ny-räkning: 76 77 74 75 76 77 70 75 78 79 78 77
barns-och-ungas-delaktighet: 70 72 73 75 74 76 71 77 78 79 80 81
yttre-tillsyn: 100 100 100 98 100 100 100 100 100 100 100 100
inre-tillsyn: 100 100 100 100 100 100 100 100 97 100 100 100
nki-serveringstillstånd: - - - - - - - - - - 83 83
fossilfritt-drivmedel: 44 46 47 50 52 55 57 58 60 61 63 63
miljörond: 10 20 30 40 50 55 55 60 70 80 85 90
budgetföljsamhet: -0.2 0.1 0.4 0.7 0.9 0.6 0.3 0.2 -0.1 -0.3 -0.4 -0.3
avtalstrohet: 78 79 81 82 82 83 80 81 83 84 83 83
effektiva-insatser: nej nej nej ja ja ja ja ja ja ja ja ja
e-ansökningar: 24 26 27 28 29 30 29 30 31 32 33 34
omvandlingsgrad: 45 48 50 52 55 57 54 58 60 61 60 61
hme: - - - - - - - - - 83 - -
personalomsättning: 14.1 14 13.8 13.5 13.2 13 12.9 12.8 12.8 12.7 12.6 12.6
heltidsarbetande: 96.5 96.6 96.7 96.8 96.9 97 97 97.1 97.2 97.2 97.1 97
sjukfrånvaro: 7.4 7.1 6.6 6.1 5.8 5.5 4.9 5.1 5.9 6.2 6.4 6.3
"""
"""The outcome of each indicator, or part of one, month by month."""

WORDS = {"ja": "uppnått", "nej": "ej uppnått", "-": "ännu inte mätt"}
"""What some outcomes stand for."""

BEGUN = """
uppsökande-aktiviteter arbete-med-ips brottsförebyggande-insatser genomförandeplaner
barns-och-ungas-delaktighet fossilfritt-drivmedel miljörond e-ansökningar omvandlingsgrad sip
insats-våldsutsatthet invånare-utan-behovsbedömning budgetföljsamhet
"""
"""The indicators for which efforts have begun, all through the year."""


def main() -> None:
    """Write the filled-in workbook to the file that is named."""
    Path(sys.argv[1]).write_bytes(filled_in())


def filled_in() -> bytes:
    """The workbook of the plan with the year in it."""
    outcomes = {name: cells.split() for name, cells in map(_parted, OUTCOMES.strip().splitlines())}
    book = openpyxl.load_workbook(io.BytesIO(goalrules.load(RULES).template(2025)))
    values, plans = book["Utfall"], book["Plan"]
    values["A1"] = f"{values['A1'].value} – {MADE_UP}"
    _fill(values, {name: list(map(_value, cells)) for name, cells in outcomes.items()})
    _fill(plans, {name: ["påbörjade"] * 12 for name in BEGUN.split()})
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _parted(line: str) -> tuple[str, str]:
    name, _, cells = line.partition(": ")
    return name, cells


def _value(cell: str) -> str | float:
    return WORDS.get(cell) or float(cell)


def _fill(sheet: Worksheet, rows: Mapping[str, Sequence[str | float]]) -> None:
    """Write each row's cells from January on."""
    heads = next(row for row in sheet.iter_rows() if "Indikator" in [cell.value for cell in row])
    columns = {str(cell.value): number for number, cell in enumerate(heads)}
    first = (heads[0].row or 0) + 1
    for number, row in enumerate(sheet.iter_rows(min_row=first), first):
        name = row[columns["Indikator"]].value
        for column, value in enumerate(rows.get(str(name), []), columns["jan 2025"] + 1):
            sheet.cell(number, column, value)


if __name__ == "__main__":
    main()
