"""The examples of how another program uses the package: they run, and mypy checks them."""

import subprocess
import sys
from pathlib import Path

EMBED = Path(__file__).parents[1] / "examples" / "embed.py"


def test_the_example_runs() -> None:
    done = subprocess.run(  # noqa: S603 - our own example
        [sys.executable, EMBED], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "goal 5: not met, red to yellow"
    assert "goal 3: open; what can still decide it: ('nki-serveringstillstånd',)" in lines
    assert lines[-3:] == [
        '[{"code": "unsaid"}]',
        "a rule alone: not met",
        "refused: unknown-indicator",
    ]
    assert not done.stderr


def said(name: str) -> list[str]:
    """The lines that an example prints."""
    done = subprocess.run(  # noqa: S603 - our own example
        [sys.executable, EMBED.with_name(name)],
        capture_output=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    assert not done.stderr
    return done.stdout.splitlines()


def test_the_portal_answers_uploads_and_a_form() -> None:
    good, bad, form, overview = said("portal.py")
    assert good.startswith('200 {"KF1": "open"')
    assert bad.startswith('422 {"schema": "urn:goalrules:faults:0", "engine": ')
    assert '"blamed": "outcomes' in bad
    assert form.startswith("{'avtalstrohet': 'efter talet i `83 eller så` står en enhet")
    assert overview == (
        "KF6 (hme, personalomsättning, heltidsarbetande, sjukfrånvaro): only followed up"
    )


def test_the_pipeline_keeps_faults_apart() -> None:
    fault, counted = said("pipeline.py")
    assert fault.startswith("unit 1: `about 80` is")
    assert counted == "{'open': 77, 'no verdict': 7}"
