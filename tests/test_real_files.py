"""Small files as people have them, each in a folder of `tests/files` with what is right of it.

`command` is run there; `expected` is the verdict of each goal, as in `1: met, 2: open`, or the code
of what is refused; `says` are texts that the output has; `why` is the reason.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest
from commands import run

FILES = Path(__file__).parent / "files"
VERDICTS = re.compile(r"[\w.]+: (?:met|not met|open|none)(?:, |$)")


@pytest.mark.parametrize("folder", sorted(FILES.iterdir()), ids=lambda each: each.name)
def test_a_file_as_people_have_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    monkeypatch.chdir(folder)
    command = case["command"].split()
    ended = run(capsys, *command)
    said = " ".join((ended.out + ended.err).split())
    for text in case.get("says", ()):
        assert text in said, said
    if VERDICTS.match(case["expected"]):
        assert ended.code == 0, said
        found = json.loads(run(capsys, *command, "--format", "json").out)
        goals = found.get("annual", found)["goals"]
        known = found.get("outcomes", {})
        judged = [{"id": e, **known[e]} if isinstance(e, str) else e for e in goals]
        # what came several times has a number after its id
        told = ", ".join(f"{each['id'].split()[0]}: {each['verdict'] or 'none'}" for each in judged)
        assert told == case["expected"]
    else:
        assert f"[{case['expected']}]" in said, said
