"""The example of how another program uses the package."""

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
        '[{"code": "unsaid", "members": []}]',
        "a rule alone: not met",
        "refused: unknown-indicator",
    ]
    assert not done.stderr
