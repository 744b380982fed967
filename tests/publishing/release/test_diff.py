"""Packages compared."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import broadsheet
from broadsheet.base.span import Span
from broadsheet.cli import main
from broadsheet.curation import Action, Correction, Curation, curate
from broadsheet.publishing.release import RowChange, compare, read_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet import Tables
    from broadsheet.publishing.release import Difference

TEXT = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Tables of a short article."""
    return broadsheet.extract(text=TEXT, published_on="2024-05-17")


def difference(old: Tables, new: Tables, folder: Path) -> Difference:
    """What differs between the packages of two sets of tables."""
    old.write(folder / "old")
    new.write(folder / "new")
    return compare(read_snapshot(folder / "old"), read_snapshot(folder / "new"))


def with_frame(tables: Tables, name: str, **columns: Any) -> Tables:
    """The tables with columns of one of them set."""
    return replace(tables, frames={**tables.frames, name: tables[name].assign(**columns)})


def test_equal_packages_do_not_differ(tables: Tables, tmp_path: Path) -> None:
    """Nothing is said of what is the same."""
    found = difference(tables, tables, tmp_path)
    assert (found.rows, found.columns) == ((), ())


def test_a_changed_cell_is_named_with_both_values(tables: Tables, tmp_path: Path) -> None:
    """Row, column, old and new, null as the empty text."""
    found = difference(tables, with_frame(tables, "quotes", cue=None), tmp_path)
    key = tables.quotes.quote_id[0]
    assert [(r.kind, r.new_key, [(c.column, c.old, c.new) for c in r.cells]) for r in found.rows] == [
        ("changed", key, [("cue", "say", "")])
    ]


def test_added_and_removed_rows_mirror_each_other(tables: Tables, tmp_path: Path) -> None:
    """What one direction adds, the other removes, with the counts."""
    correction = Correction("quotes", (tables.quotes.quote_id[0],), Action.DROP, "x", Span(1, 2), place="c")
    fewer = broadsheet.Tables.of(curate(tables, Curation((correction,))).tables)
    gone = difference(tables, fewer, tmp_path / "a")
    come = difference(fewer, tables, tmp_path / "b")
    assert [(r.table, r.old_key) for r in gone.of_kind("removed")] == [
        (r.table, r.new_key) for r in come.of_kind("added")
    ]
    assert (gone.counts["quotes"], come.counts["quotes"]) == ((1, 0), (0, 1))


def test_a_row_with_another_key_at_its_place_is_renamed(tables: Tables, tmp_path: Path) -> None:
    """A key that changed is told once, not as a loss and a gain, nor as a change of each cell that names it."""
    old_key, new_key = str(tables.quotes.quote_id[0]), "quo_0123456789abcdef"
    evidence = tables.evidence.row_id.replace({old_key: new_key})
    renamed = with_frame(
        tables, "quotes", quote_id=new_key, utterance_id=new_key, char_start=tables.quotes.char_start + 1
    )
    found = difference(tables, with_frame(renamed, "evidence", row_id=evidence), tmp_path)
    start = int(tables.quotes.char_start[0])
    [row] = found.rows
    assert (row.table, row.kind, row.old_key, row.new_key) == ("quotes", "renamed", old_key, new_key)
    assert [(c.column, c.old, c.new) for c in row.cells] == [("char_start", str(start), str(start + 1))]


def test_an_actor_with_another_slug_is_renamed(tables: Tables, tmp_path: Path) -> None:
    """Actors have no place of their own: their mentions tell."""
    names = {"rosa-quispe": "rosa-quispe-lima"}
    renamed = tables
    for table, column in (
        ("actors", "actor_id"),
        ("mentions", "actor_id"),
        ("actor_roles", "actor_id"),
        ("quotes", "speaker_id"),
        ("evidence", "row_id"),
    ):
        renamed = with_frame(renamed, table, **{column: renamed[table][column].replace(names)})
    found = difference(tables, renamed, tmp_path)
    assert found.rows == (RowChange("actors", "renamed", "rosa-quispe", "rosa-quispe-lima"),)


def test_columns_that_differ_are_named(tables: Tables, tmp_path: Path) -> None:
    """Added, gone and moved columns, in packages of other versions of the schemas."""
    import pyarrow.parquet as pq

    for name in ("old", "new"):
        tables.write(tmp_path / name)
    path = tmp_path / "new" / "data" / "actors.parquet"
    table = pq.read_table(path)
    columns = ["actor_id", "kind", "name", *(c for c in table.column_names[3:] if c != "wikidata_id")]
    pq.write_table(table.select(columns).append_column("born_in", table["kind"]), path)
    found = compare(read_snapshot(tmp_path / "old"), read_snapshot(tmp_path / "new"))
    assert {(c.column, c.kind) for c in found.columns} == {
        ("wikidata_id", "removed"),
        ("born_in", "added"),
        ("name", "moved"),
        ("kind", "moved"),
    }
    assert found.rows == ()


def test_the_command_tells_people_and_scripts(
    tables: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 where they differ, as `diff` has it; JSON has the same rows."""
    difference(tables, with_frame(tables, "quotes", cue="shout"), tmp_path)
    words = [str(tmp_path / "old"), str(tmp_path / "new")]
    assert main(["diff", *words]) == 1
    assert "cue: say → shout" in capsys.readouterr().out
    assert main(["diff", *words, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["rows"][0]["cells"] == {"cue": {"old": "say", "new": "shout"}}
    assert main(["diff", words[0], words[0]]) == 0
    assert main(["diff", words[0], str(tmp_path)]) == 2
