"""What holds for all pictures: they draw what they are given, whatever it is, the same every time."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import needs
import pytest
from views.plot.rows import actor, article, event, figure, quote, side, tables, tariff
from views.plot.scenes import seen

import broadsheet
from broadsheet.quality.validation.groups import printable
from broadsheet.views.plot import Picture, pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.tables.rows import Row

NAMES = ("timeline", "speakers", "tariffs", "amounts", "network")
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "datum['x'] || alert(1)",
    "0001.0000.lane",
    "Ada \u202e\u2066evil\u2069",
    "A\u0000B\u0007C",
    "' + alert(1) + '",
    "名" * 5_000,
    "🏴‍☠️",
)


def rows(of: str, number: int = 3) -> Iterator[Row]:
    """Rows for all pictures, of one article."""
    for n in range(number):
        day = date(2024, 1, 1) + timedelta(days=n * 9)
        talks = event(day.isoformat(), day.isoformat(), of=of)
        yield talks
        yield side(talks, "ada")
        yield side(talks, "bo", "recipient")
        yield quote(n + 1, addressee="bo", of=of)
        yield tariff(str(n), of=of, product=f"product {n % 7}")
        yield figure(str(10 ** (n % 9)), payer="ada", payee="bo", of=of)


def values(spec: Any) -> Iterator[tuple[str, Any]]:
    """Key and value of all properties of a specification, however deep."""
    if isinstance(spec, dict):
        for key, part in spec.items():
            yield key, part
            yield from values(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from values(part)


@pytest.fixture(scope="module")
def published() -> tuple[Picture, ...]:
    """The pictures of the published dataset."""
    return pictures(broadsheet.load())


def test_there_are_five() -> None:
    """In the order of the page; each is a method of ``tables.plot``, too."""
    found = pictures(tables())
    assert tuple(picture.name for picture in found) == NAMES
    assert all(callable(getattr(tables().plot, name)) for name in NAMES)


@pytest.mark.parametrize("dark", [False, True])
def test_a_page_gets_a_specification_without_data(published: tuple[Picture, ...], dark: bool) -> None:
    """It asks for nothing from anywhere, names its data, is as wide as its container, and is JSON."""
    for picture in published:
        spec = json.loads(json.dumps(picture.spec(dark), allow_nan=False))
        assert spec["width"] == "container"
        named = {part["name"] for key, part in values(spec) if key == "data" and isinstance(part, dict)}
        assert named == set(picture.data)
        assert not {"url", "$schema", "values", "datasets", "href"} & {key for key, _ in values(spec)}


def test_a_chart_draws_what_its_specification_does(published: tuple[Picture, ...]) -> None:
    """Mark by mark and word by word: Altair adds nothing and loses nothing."""
    needs.module("altair")
    for picture in published:
        assert seen(picture.chart(dark=True)) == seen(picture.file_spec(dark=True))


def test_schemes_differ_in_colour_alone(published: tuple[Picture, ...]) -> None:
    """What a picture tells does not hang on the light."""
    for picture in published:
        bright, dark = (json.dumps(picture.spec(dark), indent=0).splitlines() for dark in (False, True))
        different = [pair for pair in zip(bright, dark, strict=True) if pair[0] != pair[1]]
        assert different
        assert all("#" in one and "#" in other for one, other in different)


def test_data_are_a_line_for_each_row(published: tuple[Picture, ...]) -> None:
    """With the key, the article, and every field that a click asks for, in cells that JSON has."""
    given = broadsheet.load()
    for picture in published[:-1]:
        (frame,) = picture.data.values()
        table = given[picture.table]
        key = next(column for column in table.columns if column.endswith("_id"))
        assert list(frame[key]) == list(table[key])
        assert list(frame["article_id"]) == list(table["article_id"])
        assert set(picture.answers) - {"own"} <= set(frame)
        assert set(picture.answers.values()) <= set(table)
        assert {type(cell) for line in frame.to_numpy() for cell in line} <= {str, int, float, bool, type(None)}


@pytest.mark.parametrize("name", NAMES)
def test_one_article_is_drawn_as_if_it_were_alone(name: str) -> None:
    """The same picture, to the last digit, whether its rows came with others or not."""
    first, second = article(1), article(2)
    ours = [first, *rows(first.article_id)]
    both = tables(*ours, second, *rows(second.article_id, 9))
    alone, chosen = (
        getattr(of.plot, name)(*arguments).to_json()
        for of, arguments in ((tables(*ours), ()), (both, (first.article_id,)))
    )
    assert alone == chosen
    assert getattr(both.plot, name)().to_json() != alone


def test_an_unknown_article_is_an_error_of_the_user() -> None:
    """It is named."""
    with pytest.raises(broadsheet.InputError, match="art_x"):
        tables().plot.timeline("art_x")


@pytest.mark.parametrize("name", NAMES)
def test_empty_tables_say_that_there_is_nothing(name: str) -> None:
    """A picture, not a fault; also of an article without rows."""
    for found in (broadsheet.Tables.from_rows({}), tables(article(1))):
        assert "The tables have nothing to show here." in seen(getattr(found.plot, name)()).words
    other = article(2)
    found = tables(article(1), *rows(article(1).article_id), other)
    assert "The tables have nothing to show here." in seen(getattr(found.plot, name)(other.article_id)).words


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_are_words(name: str) -> None:
    """They stand in the picture as they are, cut where they are long, invisible characters written out."""
    convert = needs.module("vl_convert")
    needs.module("altair")
    found: list[Row] = []
    for number, words in enumerate(HOSTILE):
        talks = event("2024-03-05", "2024-03-05", summary=words)
        who = f"a{number}"
        found += [talks, side(talks, who), side(talks, "bo", "recipient"), quote(3, who, addressee="bo")]
        found += [tariff("5", product=words), tariff(product=words, text=words), figure("5", text=words, payer=who)]
    cast = [actor("bo"), *(actor(f"a{number}", words) for number, words in enumerate(HOSTILE))]
    chart = getattr(tables(*found, names=cast).plot, name)()
    shown = seen(chart).words
    for words in HOSTILE:
        assert any(printable(words)[:20] in word for word in shown), words[:20]
    svg = convert.vegalite_to_svg(chart.to_dict())
    assert "<script" not in svg
    assert "<img" not in svg
    assert not {"\u202e", "\u2066", "\u0000"} & {*svg}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_tables_give_the_same_bytes(name: str) -> None:
    """The specification and the SVG do not depend on the charts made before."""
    convert = needs.module("vl_convert")
    needs.module("altair")
    made = [getattr(broadsheet.load().plot, name)().to_json() for _ in range(2)]
    assert made[0] == made[1]
    assert len({convert.vegalite_to_svg(text) for text in made}) == 1


@pytest.mark.parametrize(
    ("ending", "begin"),
    [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("json", b"{"), ("html", b"<!DOCTYPE")],
)
def test_charts_are_saved(ending: str, begin: bytes, tmp_path: Path) -> None:
    """As files of the kind that their ending says."""
    needs.module("altair")
    path = tmp_path / f"chart.{ending}"
    broadsheet.load().plot.speakers(dark=True, width=400).save(str(path))
    assert path.read_bytes().startswith(begin)


def test_charts_can_be_set_and_joined() -> None:
    """As those of Altair: a title of one's own, two articles side by side, each with its own data."""
    altair = needs.module("altair")
    one, two = article(1), article(2)
    found = tables(one, two, quote(3, of=one.article_id), quote(4, "bo", of=two.article_id))
    charts = [found.plot.speakers(of.article_id).properties(title=f"of {of.article_id}") for of in (one, two)]
    words = seen(altair.hconcat(*charts)).words
    assert {"3 words in 1 quote", "4 words in 1 quote", f"of {one.article_id}", f"of {two.article_id}"} <= {*words}
    assert seen(charts[0].configure(background="pink")).words
    assert charts[0].configure(background="pink").to_dict()["config"]["background"] == "pink"


def test_the_line_of_time_can_be_moved() -> None:
    """Only the timeline is interactive, and only on request; requesting it of another picture is not an error."""
    needs.module("altair")
    published = broadsheet.load()
    for name in NAMES:
        still = getattr(published.plot, name)()
        moving = still.interactive()
        assert ("params" in moving.to_dict()) == (name == "timeline")
        assert "params" not in still.to_dict()
        assert seen(moving).words == seen(still).words


def test_a_corpus_is_drawn() -> None:
    """Six thousand rows a picture, beyond where Altair refuses by itself."""
    needs.module("altair")
    articles = [article(number) for number in range(500)]
    found = tables(*articles, *(row for of in articles for row in rows(of.article_id, 12)))
    for name in NAMES:
        assert seen(getattr(found.plot, name)()).marks


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_what_is_not_installed_is_named(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(broadsheet.InputError, match=rf'{module}.*pip install "broadsheet\[plot\]"'):
        broadsheet.load().plot.network()


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """Importing the package or its pictures imports neither pandas nor Altair."""
    code = "import broadsheet.views.plot, sys; print(*{'altair', 'pandas', 'vl_convert'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
