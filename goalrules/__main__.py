"""`python -m goalrules`: the command."""

import sys

from goalrules.cli import main

if __name__ == "__main__":
    sys.exit(main())
