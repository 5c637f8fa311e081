"""`python -m goalrules` and `goalrules`: the command, from before anything of it is imported."""

import gc
import sys

INTERRUPTED = 130
OBJECTS_BETWEEN = 50_000
"""So many objects are made before those are looked for that hold each other alone.

A command ends soon and holds most of what it makes: at Python's 700 this takes a sixth of its time.
"""


def run() -> int:
    """Run the command; one that is interrupted says so in a line, however early that is."""
    gc.set_threshold(OBJECTS_BETWEEN)
    try:
        from goalrules.cli import main  # noqa: PLC0415 - an interrupt may come while it is imported

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("goalrules: avbrutet (interrupted)\n")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(run())
