"""Compiles the loops in C: `python src/broadsheet/analysis/native/build.py`, and when the package is installed.

It needs nothing but the standard library, for the build runs before Broadsheet can be imported.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent
SOURCES = ("encoder.c", "network.c", "parser.c", "processor.c")
EXACT = "products.c"
"""The only file that may use fused operations: its sums are exact."""

FLAGS = ("-O3", "-fno-strict-aliasing", "-fno-math-errno", "-fno-trapping-math", "-fvisibility=hidden", "-fPIC")
LEVELS = {0: ()} | (
    {3: ("-march=x86-64-v3", "-DVECTOR=32"), 4: ("-march=x86-64-v4", "-DVECTOR=64")}
    if platform.machine().lower() in ("x86_64", "amd64")
    else {}
)
"""Flags for each level of the x86-64 architecture; the library of level 0 runs on every processor."""


def place(level: int) -> Path:
    """Where the library of a level is, or would be; its name has a digest of the sources: no older one is loaded."""
    files = (*SOURCES, EXACT, "shared.h", "build.py")
    digest = hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in files))
    return FOLDER / f"loops-{digest.hexdigest()[:12]}-{level}{'.dll' if os.name == 'nt' else '.so'}"


def compile_loops(out: Path, flags: tuple[str, ...] = ()) -> bool:
    """Compiles a library into the file ``out``, with further ``flags``; returns whether there is a compiler for it."""
    compiler = shlex.split(os.environ.get("CC", "")) or [n for n in ("cc", "gcc", "clang") if shutil.which(n)][:1]
    try:
        with TemporaryDirectory(dir=out.parent) as folder:
            objects = [Path(folder, f"{name}.o") for name in (*SOURCES, EXACT)]
            for made in objects:
                contract = f"-ffp-contract={'fast' if made.stem == EXACT else 'off'}"
                _run([*compiler, *FLAGS, *flags, contract, "-c", str(FOLDER / made.stem), "-o", str(made)])
            library = Path(folder, out.name)
            _run([*compiler, *flags, "-shared", *map(str, objects), "-lm", "-o", str(library)])
            library.replace(out)
    except (OSError, subprocess.CalledProcessError):  # no compiler, one that knows no such flags, or no place to write
        return False
    return True


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - the compiler of this system


def compile_all() -> list[Path]:
    """Compiles the libraries of all levels beside the sources; returns those that could be made."""
    made = [place(level) for level, flags in LEVELS.items() if compile_loops(place(level), flags)]
    for old in {*FOLDER.glob("loops-*")} - {*made}:
        old.unlink()
    return made


if __name__ == "__main__":
    sys.exit(0 if compile_all() else "There is no C compiler; the loops run in NumPy, with the same results.")
