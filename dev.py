#!/usr/bin/env python3
"""Sets up the project and runs one of its jobs; Python 3.11 or newer with pip is all it needs.

    python3 dev.py build [OPTION…] [ARTICLE…]   set up, then `broadsheet build` (the sample article if none is named)
    python3 dev.py test [OPTION…]               set up, then pytest (all tests, two at a time, if no option is given)
    python3 dev.py check                        set up, then ruff and mypy
    python3 dev.py derive                       write what is derived from schemas/: data dictionary, base suites
    python3 dev.py run COMMAND…                 set up, then any command of the environment
    python3 dev.py lock                         pin the versions anew in requirements.txt

The environment lies in `.venv`, with the versions that `requirements.txt` pins by hash.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
REQUIREMENTS = ROOT / "requirements.txt"
STAMP = ENVIRONMENT / "set-up"
PARALLEL = ["--numprocesses", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
"""How the whole suite runs; tests/conftest.py makes the groups."""


def fingerprint() -> str:
    """What the environment was made from: another interpreter or other pins make it anew."""
    content = REQUIREMENTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return f"{sys.version}\n{hashlib.sha256(content).hexdigest()}\n"


def set_up() -> None:
    """Makes `.venv` and installs the pinned versions and this package, unless that was done."""
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    # Without its own pip: some systems ship Python without the module that would put it there.
    venv.create(ENVIRONMENT, clear=True, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "--requirement", str(REQUIREMENTS)])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(fingerprint(), encoding="utf-8")


def run(command: list[str]) -> None:
    """Runs a command and ends with its exit code if it fails."""
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}"}
    code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - the developer's own command
    if code:
        raise SystemExit(code)


def lock() -> None:
    """Writes `requirements.txt`: every version with its hashes, for all systems, without addresses."""
    uv = [str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--upgrade"]
    flags = ["--extra", "dev", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"]
    run([*uv, *flags, "--output-file", str(REQUIREMENTS), str(ROOT / "pyproject.toml")])


def main(arguments: list[str]) -> None:
    """Runs the job that the first argument names."""
    job, *rest = arguments or ["help"]
    if job not in ("build", "test", "check", "derive", "run", "lock"):
        raise SystemExit(__doc__)
    set_up()
    match job:
        case "build":
            run([str(SCRIPTS / "broadsheet"), "build", *rest])
        case "test":
            run([str(PYTHON), "-m", "pytest", *(rest or PARALLEL)])
        case "check":
            run([str(PYTHON), "-m", "ruff", "check", str(ROOT)])
            run([str(PYTHON), "-m", "mypy"])
        case "derive":
            run([str(PYTHON), str(ROOT / "tools" / "derive.py")])
        case "run":
            run(rest)
        case "lock":
            lock()


if __name__ == "__main__":
    main(sys.argv[1:])
