"""Runs the command line: ``python -m broadsheet``."""

from __future__ import annotations

import sys

from broadsheet.cli import main

if __name__ == "__main__":
    sys.exit(main())
