"""The page as HTML: exactly its own scripts, each by its hash, and all else is text, whoever wrote it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import needs
import pytest
from lxml import html
from quality.validation.conftest import ARTICLE, world

from broadsheet import Tables
from broadsheet.publishing import write_package
from broadsheet.publishing.formats import csv_bytes
from broadsheet.reading import Article, read
from broadsheet.views.page import page
from broadsheet.views.page.document import FRONT_FILES, FRONT_STYLES
from broadsheet.views.page.gather import PageData, gather
from broadsheet.views.page.text import MOST_CHARACTERS, article_html, shown
from broadsheet.views.page.write import default_name, html_of

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = 3
"""Vega, DataTables, and the page's own."""

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)><!-- ]]> \u202egnihton\u2028\u2029\x07&lt;b&gt;🧂"
URLS = ("src", "href", "action", "formaction", "data", "poster", "srcset", "background", "ping", "xlink:href", "style")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid package with a row in every table."""
    needs.module("itables")
    needs.module("vl_convert")
    folder = tmp_path_factory.mktemp("package")
    write_package(world(), folder)
    return folder


def payload(made: str) -> dict[str, Any]:
    """What the page tells at once."""
    found = re.search(r'<script type="application/json" id="bs-payload">(.*?)</script>', made, re.DOTALL)
    assert found is not None
    head: dict[str, Any] = json.loads(found[1])
    return head


def pack(made: str, name: str) -> Any:
    """What a pack of the page holds."""
    found = re.search(rf'<script type="text/plain" class="bs-pack" data-name="{name}">([^<]*)</script>', made)
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def cells(column: Any) -> list[Any]:
    """The cells of a packed column."""
    return [column["values"][at] for at in column["at"]] if isinstance(column, dict) else column


def check_form(made: str) -> None:
    """The page holds its own scripts alone, its policy stands first and fits them, and no element asks for anything."""
    tree = html.document_fromstring(made)
    first = tree.head[0]
    assert first.tag == "meta"
    assert first.get("http-equiv") == "Content-Security-Policy"
    policy = first.get("content", "")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert made.encode().index(b'charset="utf-8"') < 1024
    kinds = [(script.get("type"), set(script.keys())) for script in tree.iter("script")]
    run = [script.text or "" for script in tree.iter("script") if script.get("type") == "module"]
    assert len(run) == SCRIPTS
    assert {kind for kind, _ in kinds} == {"module", "application/json", "text/plain"}
    assert all(keys <= {"type", "id", "class", "data-name"} for _, keys in kinds)
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    # By the text of the file, since a parser may take characters for others.
    own = re.findall(r'<script type="module">(.*?)</script>', made, re.DOTALL)
    assert [base64.b64encode(sha256(script.encode()).digest()).decode() for script in own] == hashes
    for element in tree.iter():
        assert not [key for key in element.keys() if key in URLS or key.startswith("on")], element.tag  # noqa: SIM118
        assert element.tag not in ("img", "iframe", "object", "embed", "link", "base", "form", "svg", "video", "audio")


def test_form(package: Path) -> None:
    """A page of a sound package has the form, with the article and without it."""
    for sources in ([ARTICLE], []):
        check_form(page(package, sources))


def test_front_files_are_all_named() -> None:
    """Every script and style sheet that stands in the folder is joined into the page."""
    from importlib import resources

    there = {entry.name for entry in (resources.files("broadsheet.views.page") / "front").iterdir()}
    assert there == {*FRONT_FILES, *FRONT_STYLES, "main.js"}


def test_same_sources_give_the_same_bytes(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the order of the sources nor the folder that one stands in shows in the page, nor any path."""
    other = read("Ferry lines merge\n\n“We will run one line,” said Ada Roth.\n")
    one = page(package, [ARTICLE, other])
    monkeypatch.chdir(tmp_path)
    assert page(package, [other, ARTICLE]) == one
    assert page(package, {ARTICLE.article_id: ARTICLE}) == page(package, [ARTICLE])
    assert str(package) not in one


def test_no_address_is_in_a_picture(package: Path) -> None:
    """The specifications of the pictures have no address that Vega could ask."""
    assert not re.search(r'"\$schema"|"url"|https?://', json.dumps(payload(page(package))["pictures"]))


def test_tables_are_those_of_the_csv(package: Path) -> None:
    """The cells of every table but evidence are what the package's CSV has, so that the page can save it."""
    tables, packed = world(), pack(page(package), "tables")
    assert [*packed, "evidence"] == [*(name for name in tables if name != "evidence"), "evidence"]
    for name, table in packed.items():
        columns = {column: cells(coded) for column, coded in table["columns"].items()}
        lines = csv_bytes(tables.arrow(name)).decode().splitlines()
        assert list(columns) == lines[0].split(",")
        assert table["n"] == len(tables[name])
        if not any('"' in line for line in lines):
            assert [",".join(row) for row in zip(*columns.values(), strict=True)] == lines[1:]


def test_article_and_evidence(package: Path) -> None:
    """The pack of an article has its text, or null where it was not given, and the evidence of its rows."""
    tables = world()
    of_article = tables["evidence"]
    for sources, text in (([ARTICLE], ARTICLE.text), ([], None)):
        made = page(package, sources)
        found = pack(made, "article-0")
        assert found["text"] == text
        assert cells(found["evidence"]["columns"]["row_id"]) == list(of_article["row_id"])
        assert payload(made)["articles"][0]["source"] is bool(sources)
        assert payload(made)["head"]["has_source"] is bool(sources)
    assert payload(made)["articles"][0]["rows"]["quotes"] == len(tables["quotes"])


def test_no_word_of_an_article_without_source(package: Path) -> None:
    """Without the source, the sentences of the article are nowhere in the page."""
    sentence = "in answer to the duty"
    assert sentence in page(package, [ARTICLE])
    without = page(package)
    assert sentence not in without
    assert all(sentence not in json.dumps(pack(without, name)) for name in ("tables", "pictures", "article-0"))


def spoil(value: str) -> Tables:
    """The tables with a text in every column that takes one, keys and links apart."""
    tables = world()
    frames = {name: frame.copy() for name, frame in tables.frames.items()}
    frames["quotes"]["text"] = frames["quotes"]["cue"] = frames["articles"]["title"] = value
    frames["actors"]["name"] = frames["events"]["summary"] = frames["tariffs"]["product"] = value
    curation = f"""[[correction]]
table = "quotes"
row = "{frames["quotes"]["quote_id"][0]}"
action = "change"
reason = {json.dumps(value, ensure_ascii=False)}
span = [0, 4]
was = {{ cue = {json.dumps(value, ensure_ascii=False)} }}
set = {{ cue = "say" }}
"""
    return Tables(frames, curation=curation)


def test_hostile_cells_are_text(tmp_path: Path) -> None:
    """Markup, scripts and controls in cells and in reasons of curators change nothing of the page's form."""
    write_package(spoil(EVIL), tmp_path)
    made = page(tmp_path, [ARTICLE])
    check_form(made)
    told = payload(made)
    assert told["curated"][0]["reason"] == EVIL
    assert told["curated"][0]["was"] == {"cue": EVIL}
    assert told["articles"][0]["title"] == EVIL
    assert set(cells(pack(made, "tables")["quotes"]["columns"]["text"])) == {EVIL}
    assert not told["head"]["valid"]


def test_hostile_article_is_text() -> None:
    """An article of markup is text, before any script runs."""
    made = article_html(read("Title </h2><script>alert(0)</script>\n\nThe minister said <b onclick=x> & went home.\n"))
    assert made == (
        "<h2>Title &lt;/h2&gt;&lt;script&gt;alert(0)&lt;/script&gt;</h2>"
        "<p>The minister said &lt;b onclick=x&gt; &amp; went home.</p>"
    )


def test_a_long_paragraph_paints_at_once() -> None:
    """Of a paragraph of a million characters, the start is there before any script runs."""
    made = article_html(Article("word " * 200_000 + "end.\n"))
    assert len(made) < MOST_CHARACTERS + 1_000
    assert "rest of the article" in made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain", "plain"),
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        ("a\u200bb", 'a<span class="bs-control">U+200B</span>b'),
        ("\0", '<span class="bs-control">U+0000</span>'),
        ("🧂é", "🧂é"),
    ],
)
def test_shown(text: str, made: str) -> None:
    """A text is escaped, and what no one sees is named."""
    assert shown(text) == made


DESCRIPTORS: list[tuple[str, object]] = [
    ("title", ["a", EVIL]),
    ("title", EVIL),
    ("title", None),
    ("name", {"a": 1}),
    ("name", "../../" + EVIL),
    ("version", 10**400),
    ("version", EVIL),
    ("created", [EVIL]),
    ("licenses", EVIL),
    ("licenses", [{"name": EVIL, "title": EVIL, "path": "javascript:alert(1)"}]),
    ("contributors", []),
    ("contributors", [{"title": EVIL}]),
    ("id", None),
    ("broadsheet", EVIL),
    ("broadsheet", {"model": {"name": EVIL, "version": [EVIL]}, "extractor": {"a": EVIL}}),
    ("sources", 7),
]


@pytest.fixture(scope="module")
def data(package: Path) -> PageData:
    """All that the page of the package shows."""
    return gather(package)


@pytest.mark.parametrize(("key", "value"), DESCRIPTORS)
def test_hostile_descriptors(data: PageData, key: str, value: object) -> None:
    """Whatever a stranger's descriptor says, the page has its form, and all that it tells of it is text."""
    made = html_of(replace(data, descriptor={**data.descriptor, key: value}))
    check_form(made)
    head = payload(made)["head"]
    assert all(isinstance(head[name], str) for name in ("title", "name", "version", "created", "citation", "licence"))
    assert head["title"]


@pytest.mark.parametrize(
    ("name", "version", "file"),
    [
        ("news", "1.0.0", "news-1.0.0.html"),
        ("../news", "1.0.0", "1.0.0.html"),
        (None, ["x"], "page.html"),
        ("-rf", "1.0.0-rc.1+b", "1.0.0-rc.1+b.html"),
        (".hidden", "a/b", "page.html"),
    ],
)
def test_default_name(data: PageData, name: object, version: object, file: str) -> None:
    """The file is called as the package is, as far as that can be part of a name."""
    assert default_name(replace(data, descriptor={"name": name, "version": version})) == file
