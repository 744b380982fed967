#!/usr/bin/env python3
"""Sets up the project and runs one of its jobs. It needs Python 3.11 or newer with pip, and nothing else.

    python3 dev.py build [OPTION…] [ARTICLE…]   `broadsheet build` (the sample article if none is named)
    python3 dev.py run COMMAND…                 any command of the environment
    python3 dev.py run --dev COMMAND…           the same, with every extra and the development tools
    python3 dev.py test [OPTION…]               pytest (all tests, two at a time, if no option is given)
    python3 dev.py check                        ruff, mypy and import-linter
    python3 dev.py docs                         build the documentation into site/, and check its links
    python3 dev.py derive                       write what is derived: data dictionary, command line, base suites
    python3 dev.py lock                         update the pinned versions

`build`, `run` and `derive` install the core (`requirements.txt`) into `.venv`; the other jobs add every extra and the
development tools (`requirements-dev.txt`), and `docs` what builds the site (`requirements-docs.txt`). All three files
pin versions by hash.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
NATIVE = ROOT / "src" / "broadsheet" / "analysis" / "native"
CORE = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
DOCUMENTATION = ROOT / "requirements-docs.txt"
STAMPS = {
    CORE: ENVIRONMENT / "core-is-set-up",
    DEVELOPMENT: ENVIRONMENT / "development-is-set-up",
    DOCUMENTATION: ENVIRONMENT / "documentation-is-set-up",
}
PARALLEL = ["--numprocesses", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
"""How the whole suite runs; tests/conftest.py makes the groups."""


def fingerprint() -> str:
    """What the environment depends on: the interpreter, pinned versions, what is compiled, and the checkout's place."""
    native = [*sorted(NATIVE.glob("*.[ch]")), NATIVE / "build.py"]
    files = (CORE, DEVELOPMENT, DOCUMENTATION, ROOT / "pyproject.toml", ROOT / "hatch_build.py", *native)
    parts = [*(path.read_bytes() for path in files), str(ROOT).encode()]
    return f"{sys.version}\n{hashlib.sha256(b''.join(parts)).hexdigest()}\n"


def is_set_up(requirements: Path) -> bool:
    """Whether `.venv` has the versions of a file; the core is part of the development set."""
    stamps = [STAMPS[requirements]] + ([STAMPS[DEVELOPMENT]] if requirements == CORE else [])
    return any(stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint() for stamp in stamps)


def set_up(requirements: Path) -> None:
    """Creates `.venv`, if needed, and installs the pinned versions and this package in editable form."""
    if is_set_up(requirements):
        return
    started = time.monotonic()
    if not is_set_up(CORE):
        # Without its own pip: some systems ship Python without the module that would install it.
        venv.create(ENVIRONMENT, clear=True, with_pip=False)
    count = len(re.findall(r"(?m)^[A-Za-z0-9].*==", requirements.read_text(encoding="utf-8")))
    with uv() as command:
        say(f"installing up to {count} packages of {requirements.name} into .venv with {'uv' if command else 'pip'}")
        if not (command and install([*command, "pip", "install"], ["--compile-bytecode"], requirements)):
            if command:
                say("uv failed; trying pip")
            pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--disable-pip-version-check"]
            if not install(pip, [], requirements):
                raise SystemExit("dev.py: the packages could not be installed; see the error above")
    # The sources are not installed, so the installer does not compile them.
    run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "src")])
    STAMPS[requirements].write_text(fingerprint(), encoding="utf-8")
    say(f"done in {time.monotonic() - started:.0f} s")


@contextmanager
def uv() -> Iterator[list[str]]:
    """The command that runs the pinned release of uv, kept for the time of the block; empty if there is none.

    Its wheel is checked against its hash. A platform that has no wheel of it, or an index without it, uses pip.
    """
    with TemporaryDirectory(prefix="broadsheet-uv-") as folder:
        pinned = Path(folder, "uv.txt")
        pinned.write_text(pin_of("uv"), encoding="utf-8")
        target = Path(folder, "uv")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        flags = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--target", str(target)]
        done = subprocess.run([*pip, *flags, "--requirement", str(pinned)], capture_output=True, check=False)  # noqa: S603 - fixed command
        program = target / "bin" / ("uv.exe" if os.name == "nt" else "uv")
        yield [str(program)] if done.returncode == 0 and program.is_file() else []


def pin_of(name: str) -> str:
    """The lines of the development requirements that pin a package, with its hashes."""
    text = DEVELOPMENT.read_text(encoding="utf-8")
    found = re.search(rf"(?m)^{re.escape(name)}==.*(?:\n[ ].*)*\n", text)
    if found is None:
        raise SystemExit(f"dev.py: {DEVELOPMENT.name} does not pin {name}; run python3 dev.py lock")
    return found[0]


def install(command: list[str], flags: list[str], requirements: Path) -> bool:
    """Installs the pinned versions, then this package; whether both worked."""
    # uv draws its progress on terminals; elsewhere it would list every package.
    quiet = [] if sys.stderr.isatty() or "uv" not in Path(command[0]).name else ["--quiet"]
    # uv otherwise looks for the environment that is active or near the working directory.
    where = ["--python", str(PYTHON)] if "--python" not in command else []
    steps = (
        ["--require-hashes", "--requirement", str(requirements), *flags],
        ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    )
    return all(subprocess.run([*command, *where, *quiet, *step], check=False).returncode == 0 for step in steps)  # noqa: S603 - fixed command


def say(message: str) -> None:
    """Reports progress."""
    print(f"dev.py: {message}", file=sys.stderr, flush=True)  # noqa: T201 - the terminal is where it belongs


def run(command: list[str]) -> None:
    """Runs a command of the environment and exits with its exit code if it fails."""
    path = f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which(command[0], path=path) if command else None
    if program is None:
        hint = "" if is_set_up(DEVELOPMENT) else "; `python3 dev.py run --dev COMMAND` adds the development tools"
        raise SystemExit(f"dev.py: there is no command {' '.join(command[:1]) or 'to run'}{hint}")
    code = subprocess.run([program, *command[1:]], env={**os.environ, "PATH": path}, check=False).returncode  # noqa: S603 - the developer's own command
    if code:
        raise SystemExit(code)


def lock() -> None:
    """Writes the requirement files: versions with hashes, for all systems, without addresses.

    The versions of the core and of the documentation are those of the development set.
    """
    flags = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"]
    compile_ = [str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", *flags, "--no-emit-index-url"]
    project = str(ROOT / "pyproject.toml")
    # The build backend is in the core too, so that the package can be installed without another download.
    build = ["--group", f"{project}:build"]
    run([*compile_, "--upgrade", *build, "--extra", "dev", "--output-file", str(DEVELOPMENT), project])
    same = ["--upgrade", "--constraint", str(DEVELOPMENT)]
    run([*compile_, *same, *build, "--output-file", str(CORE), project])
    run([*compile_, *same, "--group", f"{project}:docs", "--output-file", str(DOCUMENTATION)])


def main(arguments: list[str]) -> None:
    """Runs the job that the first argument names."""
    job, *rest = arguments or ["help"]
    if job not in ("build", "test", "check", "docs", "derive", "run", "lock"):
        raise SystemExit(__doc__)
    development = job in ("test", "check", "docs", "lock")
    if job == "run" and rest[:1] == ["--dev"]:
        development, rest = True, rest[1:]
    set_up(DEVELOPMENT if development else CORE)
    match job:
        case "build":
            run([str(SCRIPTS / "broadsheet"), "build", *rest])
        case "test":
            run([str(PYTHON), "-m", "pytest", *(rest or PARALLEL)])
        case "check":
            run([str(PYTHON), "-m", "ruff", "check", str(ROOT)])
            run([str(PYTHON), "-m", "mypy"])
            run([str(SCRIPTS / "lint-imports"), "--config", str(ROOT / "pyproject.toml")])
        case "docs":
            set_up(DOCUMENTATION)
            os.environ["NO_MKDOCS_2_WARNING"] = "1"  # an announcement of the theme
            config = ["--config-file", str(ROOT / "mkdocs.yml")]
            run([str(PYTHON), "-m", "mkdocs", "build", "--strict", "--quiet", *config])
            run([str(PYTHON), str(ROOT / "tools" / "check_site.py"), str(ROOT / "site")])
        case "derive":
            run([str(PYTHON), str(ROOT / "tools" / "derive.py")])
        case "run":
            run(rest)
        case "lock":
            lock()


if __name__ == "__main__":
    main(sys.argv[1:])
