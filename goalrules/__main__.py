"""`python -m goalrules` and `goalrules`: the command, from before anything of it is imported."""

import sys

INTERRUPTED = 130


def run() -> int:
    """Run the command; one that is interrupted says so in a line, however early that is."""
    try:
        from goalrules.cli import main  # noqa: PLC0415 - an interrupt may come while it is imported

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("goalrules: avbrutet (interrupted)\n")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(run())
