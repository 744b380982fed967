"""The wheel with the dependencies that pip and uv choose, in empty environments: every input, command and extra."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from typing import TYPE_CHECKING, Any

import installed_job
import needs
import pytest
from jobs import TEXT
from quality.evaluation.test_gold import FIGURES
from reading.inputs import samples

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Results = dict[str, dict[str, Any]]

SUITE = {
    "quotes": {
        "name": "quotes.mine",
        "expectations": [
            {
                "type": "expect_column_unique_value_count_to_be_between",
                "kwargs": {"column": "quote_id", "min_value": 0, "max_value": 1000},
            }
        ],
    }
}
"""A suite with an expectation that Broadsheet does not evaluate itself."""

NEEDING: dict[str, list[str]] = {
    "duckdb": ["export", "package", "--to", "duckdb", "--out", "t.duckdb"],
    "xlsx": ["export", "package", "--to", "xlsx", "--out", "t.xlsx"],
    "hyper": ["export", "package", "--to", "hyper", "--out", "t.hyper"],
    "postgres": ["export", "package", "--to", "postgres", "--database", "postgresql://nobody@127.0.0.1:9/none"],
    "plot": [installed_job.PLOT, "timeline.svg"],
    "page": ["page", "package", "--out", "page.html"],
    "suites": ["validate", "package", "--suite", "suite.json", "--quiet"],
    "ray": ["build", "table.csv", "--engine", "ray", "--quiet", "--out", "by-ray"],
}
"""Extra to a command that needs it."""

COMMANDS: dict[str, list[str]] = {
    "sample": ["build", "--quiet", "--out", "package"],
    "build": ["build", "story.txt", "--published", "2024-05-17", "--out", "story"],
    "validate": ["validate", "story", "--source", "story.txt", "--html", "report.html", "--junit", "report.xml"],
    "diff": ["diff", "story", "story"],
    "cite": ["cite"],
    "explain": ["explain", installed_job.ROW, "--package", "story", "--source", "story.txt"],
    "correct": [
        *("correct", "quotes", installed_job.ROW, "--package", "story", "--file", "corrections.toml"),
        *("--set", "cue=explain", "--reason", "A test."),
    ],
    "mutation-test": ["mutation-test", "package", "--sample", "3", "--quiet"],
    "evaluate": ["evaluate", "gold.jsonl"],
    "release": ["release", "story.txt", "--root", "repository", "--date", "2024-06-01", "--quiet"],
    "export sqlite": ["export", "package", "--to", "sqlite", "--out", "t.sqlite"],
    "export csv-excel": ["export", "package", "--to", "csv-excel", "--out", "excel"],
    "export postgres": ["export", "package", "--to", "postgres", "--out", "sql"],
}
"""What works without any extra, in the order in which it is run."""

INPUTS = {**samples.ONE, **samples.TWO}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout; skips where no package index is reachable."""
    needs.module("hatchling")
    needs.module("uv")
    folder = tmp_path_factory.mktemp("wheel")
    probe = ["pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--dest", str(folder / "probe"), "shtab"]
    if subprocess.run([sys.executable, "-m", *probe], capture_output=True, check=False).returncode:
        pytest.skip("no package index is reachable")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def work_folder(folder: Path) -> Path:
    """A folder with what the commands read, outside of the checkout."""
    folder.mkdir()
    (folder / "story.txt").write_text(TEXT, encoding="utf-8")
    (folder / "story.toml").write_text("published_on = 2024-05-17\n", encoding="utf-8")
    (folder / "gold.jsonl").write_text(json.dumps(FIGURES) + "\n", encoding="utf-8")
    (folder / "suite.json").write_text(json.dumps(SUITE), encoding="utf-8")
    for name, data in INPUTS.items():
        (folder / name).write_bytes(data)
    for packing, pack in samples.PACKINGS.items():
        (folder / f"page.html.{packing}").write_bytes(pack(samples.ONE["page.html"]))
    repository = folder / "repository"
    repository.mkdir()
    (repository / "README.md").write_text("Tables.\n", encoding="utf-8")
    identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", "-C", str(repository), *identity, *words], check=True, capture_output=True)
    return folder


def environment(folder: Path) -> Path:
    """The interpreter of an empty environment."""
    venv.create(folder, with_pip=False)
    return folder / "bin" / "python"


def run_all(python: Path, folder: Path, commands: dict[str, list[str]]) -> Results:
    """Runs commands in one process of an environment."""
    (folder / "commands.json").write_text(json.dumps(commands), encoding="utf-8")
    job = [str(python), "-I", installed_job.__file__, "commands.json", "results.json"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(job, cwd=folder, env={**clean, "RAY_USAGE_STATS_ENABLED": "0"}, check=True)
    results: Results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return results


def check_core(python: Path, folder: Path) -> None:
    """Every input and command works; what needs an extra says in one line what to install."""
    reading = {
        f"read {name}": ["build", name, "--quiet", "--out", f"read/{name}"]
        for name in (*INPUTS, *(f"page.html.{packing}" for packing in samples.PACKINGS))
    }
    missing = {f"without {extra}": words for extra, words in NEEDING.items()}
    results = run_all(python, folder, {**COMMANDS, **reading, **missing})
    failed = {name: result for name, result in results.items() if name not in missing and result["code"] != 0}
    assert not failed
    for extra in NEEDING:
        result = results[f"without {extra}"]
        *progress, error = result["errors"].splitlines()
        assert result["code"] == 2, result
        assert len(progress) <= 1, result
        assert re.search(rf"""pip install ['"]broadsheet\[{extra}\]""", error), result


def test_stock_pip_installs_what_every_input_and_command_needs(wheel: Path, tmp_path: Path) -> None:
    """`pip install` of the wheel, with the newest dependencies that it allows."""
    python = environment(tmp_path / "empty")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-compile", str(wheel)]
    subprocess.run(pip, check=True)
    check_core(python, work_folder(tmp_path / "work"))


def test_uv_installs_what_every_input_and_command_needs(wheel: Path, tmp_path: Path) -> None:
    """`uv pip install` of the wheel; then each extra, in an environment of its own, makes its command work."""
    folder = work_folder(tmp_path / "work")
    python = environment(tmp_path / "empty")
    install_by_uv(python, str(wheel))
    check_core(python, folder)
    for extra, words in NEEDING.items():
        other = environment(tmp_path / extra)
        install_by_uv(other, f"broadsheet[{extra}] @ {wheel.as_uri()}")
        result = run_all(other, folder, {extra: words})[extra]
        if extra == "postgres":  # no server listens: the driver is there, and says so
            assert (result["code"], "broadsheet[" in result["errors"]) == (2, False), result
        else:
            assert result["code"] == 0, (extra, result)


def install_by_uv(python: Path, *packages: str) -> None:
    """Installs packages with the versions that the repository pins, most of which are in uv's cache."""
    pinned = ["--constraint", str(ROOT / "requirements-dev.txt")]
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*uv, *pinned, *packages], check=True)
