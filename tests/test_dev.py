"""``dev.py`` and the requirement files that it installs."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT))
import dev

sys.path.remove(str(ROOT))

if TYPE_CHECKING:
    from pathlib import Path


def pins(path: Path) -> dict[str, str]:
    """Package, version and marker to the hashes that a requirement file allows."""
    blocks = re.findall(r"(?m)^(\S+==[^\\\n]+?) ?\\?\n((?: .*\n)+)", path.read_text(encoding="utf-8"))
    return {head.split(" ;")[0]: hashes for head, hashes in blocks}


def test_the_core_is_a_part_of_the_development_set() -> None:
    """Both files pin the same versions with the same hashes, so that `.venv` can grow from one to the other."""
    core, development = pins(dev.CORE), pins(dev.DEVELOPMENT)
    assert core
    assert core.items() <= development.items()


def test_the_core_has_no_large_library_that_a_build_does_not_use() -> None:
    """Scipy came with Great Expectations, which only suites of users need."""
    names = {pin.split("==")[0] for pin in pins(dev.CORE)}
    assert not names & {"scipy", "great-expectations", "ray", "polars", "duckdb", "playwright", "tableauhyperapi", "uv"}


def test_the_documentation_agrees_with_the_development_set() -> None:
    """It is installed into the same `.venv`, so a package that both need has one version."""
    documentation, development = pins(dev.DOCUMENTATION), pins(dev.DEVELOPMENT)
    both = {pin.split("==")[0] for pin in documentation} & {pin.split("==")[0] for pin in development}
    assert {pin for pin in documentation if pin.split("==")[0] in both} <= development.keys()


@pytest.mark.parametrize("path", [dev.CORE, dev.DEVELOPMENT, dev.DOCUMENTATION], ids=lambda path: path.name)
def test_requirements_name_no_host(path: Path) -> None:
    """The pinned requirements carry hashes and no address."""
    text = path.read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index-url" not in text


def test_uv_is_pinned_by_hash() -> None:
    """What installs the rest is one exact release."""
    assert re.match(r"uv==[\d.]+ \\\n +--hash=sha256:", dev.pin_of("uv"))


def test_without_a_wheel_of_uv_there_is_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set-up then uses pip."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with dev.uv() as command:
        assert command == []


def test_the_development_set_stays_when_the_core_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`run` after `test` finds the environment ready; `test` after `build` does not; other pins make it stale."""
    stamps = {path: tmp_path / path.name for path in (dev.CORE, dev.DEVELOPMENT)}
    monkeypatch.setattr(dev, "STAMPS", stamps)
    assert not dev.is_set_up(dev.CORE)
    stamps[dev.CORE].write_text(dev.fingerprint(), encoding="utf-8")
    assert dev.is_set_up(dev.CORE)
    assert not dev.is_set_up(dev.DEVELOPMENT)
    stamps[dev.DEVELOPMENT].write_text(dev.fingerprint(), encoding="utf-8")
    stamps[dev.CORE].unlink()
    assert dev.is_set_up(dev.CORE)
    stamps[dev.DEVELOPMENT].write_text("other pins", encoding="utf-8")
    assert not dev.is_set_up(dev.CORE)


def test_a_command_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the core alone, the error says how to add the development tools."""
    monkeypatch.setattr(dev, "STAMPS", {path: tmp_path / path.name for path in (dev.CORE, dev.DEVELOPMENT)})
    with pytest.raises(SystemExit, match=r"no command no-such-tool; `python3 dev\.py run --dev COMMAND`"):
        dev.run(["no-such-tool"])


def test_an_unknown_job_prints_the_jobs() -> None:
    """Nothing is installed for it."""
    done = subprocess.run([sys.executable, str(ROOT / "dev.py"), "no-such-job"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "python3 dev.py build" in done.stderr
