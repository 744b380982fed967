"""Compiles the loops in C: `python -m broadsheet.analysis.native.build`, and when the package is installed.

It needs nothing but the standard library, for the build runs before Broadsheet can be imported.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent
SOURCES = ("encoder.c", "parser.c")
FLAGS = ("-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-fvisibility=hidden", "-fPIC", "-shared")
"""No fused operations but where sums are exact: every compiler gives the same bits."""

MANY = "-DMANY_PROCESSORS"
"""A version of each loop for each generation of processors, which not every compiler can make."""


def place() -> Path:
    """Where the library is, or would be: its name has a digest of the sources, so that no other is ever loaded."""
    digest = hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in (*SOURCES, "shared.h")))
    return FOLDER / f"loops-{digest.hexdigest()[:12]}{'.dll' if os.name == 'nt' else '.so'}"


def compile_loops(*flags: str, out: Path | None = None) -> Path | None:
    """Compiles the library; returns its path, or nothing if there is no compiler for it.

    Args:
        flags: Further flags, in place of those for many processors.
        out: Where to write it, if not beside the sources.
    """
    compiler = (
        shlex.split(os.environ.get("CC", "")) or [name for name in ("cc", "gcc", "clang") if shutil.which(name)][:1]
    )
    target = out or place()
    for more in [flags] if flags else [(MANY,), ()]:
        with TemporaryDirectory(dir=target.parent) as folder:
            made = Path(folder, target.name)
            sources = [str(FOLDER / name) for name in SOURCES]
            command = [*compiler, *FLAGS, *more, *sources, "-lm", "-o", str(made)]
            try:
                done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the compiler of this system
            except OSError:
                return None
            if done.returncode == 0:
                made.replace(target)
                for old in {*target.parent.glob("loops-*")} - {target}:
                    old.unlink()
                return target
    return None


if __name__ == "__main__":
    found = compile_loops()
    sys.exit(0 if found else "There is no C compiler; the loops run in NumPy, with the same results.")
