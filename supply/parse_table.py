"""Write the table of the parser, which comes with the package: `make parse-table`.

It is worked out of the grammar and the keywords; `tests/test_parse_table.py` holds it against them.
"""

import json
from pathlib import Path

from goalrules.language.grammar import GRAMMAR, TABLE, declaring, worked_out
from goalrules.resources import read_text

ROOT = Path(__file__).resolve().parent.parent


def table_text() -> str:
    """The table as JSON, with a line for each rule of the grammar and for each state."""
    found = worked_out(declaring(read_text(GRAMMAR)))
    lines = [f'"{key}":{_json(found[key])}' for key in ("made_of", "starts", "ends")]
    for key in ("reductions", "states"):
        each = ",\n".join(map(_json, found[key]))
        lines.append(f'"{key}":[\n{each}\n]')
    return "{" + ",\n".join(lines) + "}\n"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def main() -> None:
    """Write it beside the grammar."""
    (ROOT / TABLE).write_text(table_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
