"""The shortcut past reading a CSV: it is taken for what is published, byte for byte, and for nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.publishing.formats import csv_bytes, parquet_bytes
from broadsheet.quality.validation.csv_form import is_published_form
from broadsheet.quality.validation.csv_tables import published_csv, read_csv
from broadsheet.quality.validation.levels import read_table
from broadsheet.quality.validation.report import Findings
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from broadsheet import Tables


def cells(name: str) -> st.SearchStrategy[dict[str, object]]:
    """Cells of any value that a column's type allows, with a liking for marks, commas and line ends."""
    texts = st.one_of(st.none(), st.text(alphabet='",\n aé\u2028😀0', min_size=1, max_size=6))
    kinds: dict[str, st.SearchStrategy[object]] = {
        "string": texts,
        "int64": st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
        "bool": st.one_of(st.none(), st.booleans()),
        "date32[day]": st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31))),
    }
    decimals = st.one_of(st.none(), st.decimals(-99_999, 99_999, places=4))
    return st.fixed_dictionaries({field.name: kinds.get(str(field.type), decimals) for field in arrow_schema(name)})


@pytest.mark.parametrize("name", ["financial_figures", "tariffs"])
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_what_is_published_is_known(name: str, data: st.DataObject) -> None:
    """Whatever stands in the cells, the bytes that are published are recognised, and read as the same cells."""
    rows = data.draw(st.lists(cells(name), max_size=4))
    fields = [field.with_nullable(True) for field in arrow_schema(name)]
    table = pa.Table.from_pylist(rows, schema=pa.schema(fields))
    content = csv_bytes(table)
    assert is_published_form(content, table)
    assert not is_published_form(content + b"\n", table)
    assert not is_published_form(b"\xef\xbb\xbf" + content, table)
    known, read = published_csv(Findings(TABLES), name, table), read_csv(Findings(TABLES), name, content)
    assert list(known.rows()) == list(read.rows())


@pytest.mark.parametrize("table", TABLES)
def test_any_other_byte_is_seen(tables: Tables, table: str) -> None:
    """A CSV with one byte changed anywhere is another one, and is read cell by cell."""
    arrow = tables.arrow(table)
    content = csv_bytes(arrow)
    assert is_published_form(content, arrow)
    for place in range(0, len(content), max(1, len(content) // 50)):
        assert not is_published_form(content[:place] + b"\x07" + content[place + 1 :], arrow)
        assert not is_published_form(content[:place], arrow)


def test_the_shortcut_says_the_same(tables: Tables) -> None:
    """With and without it, the same checks are noted, and the same table comes out."""
    for name in TABLES:
        table = tables.arrow(name)
        short, long = Findings(TABLES), Findings(TABLES)
        quick = read_table(short, name, csv_bytes(table), parquet_bytes(table))
        slow = read_csv(long, name, csv_bytes(table))
        assert quick.cells is None
        assert slow.cells is not None
        assert quick.table.equals(slow.table.cast(quick.table.schema))
        assert [c for c in short.report().checks if c.level == 1] == [c for c in long.report().checks if c.level == 1]


def test_an_empty_text_is_no_null(tables: Tables) -> None:
    """A Parquet file with an empty text where the CSV has nothing is not the same table."""
    table = tables.arrow("quotes")
    place = table.schema.get_field_index("cue")
    empty = table.set_column(place, table.schema.field(place), pa.array([""] * len(table)))
    assert not is_published_form(csv_bytes(empty), empty)
    findings = Findings(TABLES)
    read_table(findings, "quotes", csv_bytes(empty), parquet_bytes(empty))
    assert {f.rule for f in findings.report().failures} == {"same_cells"}


def test_decimals_in_plain_form() -> None:
    """Large, small, round and negative amounts are written without exponent and idle zeros."""
    kind = arrow_schema("financial_figures").field("amount").type
    amounts = ["0", "0.0001", "-0.5", "100", "120000000000000000000000", "-7.2500"]
    table = pa.table({"amount": pa.array([Decimal(amount) for amount in amounts], kind)})
    assert csv_bytes(table) == b"amount\n0\n0.0001\n-0.5\n100\n120000000000000000000000\n-7.25\n"
    assert is_published_form(csv_bytes(table), table)
