"""Pages of the web: the story without what stands around it, and what the page says of it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.reading.inputs import Found, InputOptions, Unit, read_unit
from broadsheet.reading.sidecar import read_sidecar
from conftest import ROOT, SHARED

if TYPE_CHECKING:
    from pathlib import Path

STORY = "".join(
    f"<p>The council of Orrin voted on Monday to mend {n} of its bridges, and said that work would begin in May.</p>"
    for n in ("two", "three", "five")
)
BENCHMARK = SHARED / "benchmarks" / "articles" / "texts"


def read(tmp_path: Path, head: str, body: str = "", attributes: str = "") -> Found:
    """The article of a page with this head and body around a story."""
    path = tmp_path / "page.html"
    path.write_text(
        f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}<article>{STORY}</article></body></html>"
    )
    (found,) = read_unit(Unit("page.html", path), InputOptions())
    assert isinstance(found, Found)
    return found


@pytest.mark.parametrize("rel", ["author", "Author nofollow"])
def test_linked_authors(rel: str, tmp_path: Path) -> None:
    """Links to authors name them, except those beside the story."""
    link = '<a rel="{}" href="/people/{}">{}</a>'
    authors = link.format(rel, 1, "Ada Quill") + link.format(rel, 2, "Tom Marsh")
    found = read(tmp_path, "", f"<p>{authors}</p><aside>{link.format(rel, 3, 'Li Na')}</aside>")
    assert found.article.authors == ("Ada Quill", "Tom Marsh")


def test_scores_of_pages() -> None:
    """On pages in the layouts of real sites, nearly all words and all metadata are right; the tool prints them."""
    import sys

    sys.path.insert(0, str(ROOT / "tools"))
    from score_pages import scores  # type: ignore[import-not-found]

    found = scores()
    right, read_words, gold = (sum(getattr(each, key) for each in found) for key in ("right", "read", "gold"))
    assert right / read_words > 0.98
    assert right / gold > 0.97
    assert {each.name: each.wrong for each in found if each.wrong} == {}


@pytest.mark.skipif(not BENCHMARK.is_dir(), reason="the development articles are not here")
def test_a_page_of_the_development_articles(tmp_path: Path) -> None:
    """The page gives the paragraphs of the text that was made from it by hand, and the day of its sidecar."""
    for page in BENCHMARK.glob("*.html"):
        shutil.copy(page, tmp_path / page.name)
        (found,) = read_unit(Unit(page.name, tmp_path / page.name), InputOptions())
        assert isinstance(found, Found)
        lines = [line for line in page.with_suffix(".txt").read_text().splitlines() if line]
        expected = read_sidecar(page).metadata
        assert found.article.title == lines[0]
        assert found.article.published_on == expected.published_on
        assert [line for line in found.article.text.splitlines() if line] == lines


JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "In JSON-LD", "datePublished": '
    '"2024-01-01", "author": {"name": "A. Ld"}, "publisher": {"name": "Ld Times"}, "inLanguage": "en-US"}</script>'
)
OPEN_GRAPH = (
    '<meta property="og:title" content="In OpenGraph"><meta property="article:published_time" content="2024-01-02">'
    '<meta property="article:author" content="Ogden Graph"><meta property="og:site_name" content="Og Times">'
    '<meta property="og:locale" content="en_GB">'
)
META = (
    '<meta name="dc.title" content="In meta"><meta name="date" content="2024-01-03">'
    '<meta name="author" content="Mia Meta"><meta name="publisher" content="Meta Times">'
    '<meta name="language" content="en-CA">'
)
MICRODATA = (
    '<h2 itemprop="headline">In microdata</h2><meta itemprop="datePublished" content="2024-01-04">'
    '<span itemprop="author">Mike Data</span>'
)
PRINTED = '<h1>As printed</h1><p class="byline">By Pru Printed</p><time datetime="2024-01-05">5 January</time>'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (META + OPEN_GRAPH + JSON_LD, MICRODATA + PRINTED, ("In JSON-LD", 1, "A. Ld", "Ld Times", "en-US")),
        (META + OPEN_GRAPH, MICRODATA + PRINTED, ("In OpenGraph", 2, "Ogden Graph", "Og Times", "en-GB")),
        (META, MICRODATA + PRINTED, ("In meta", 3, "Mia Meta", "Meta Times", "en-CA")),
        ("", MICRODATA + PRINTED, ("In microdata", 4, "Mike Data", None, "en-AU")),
        ("", PRINTED, ("As printed", 5, "Pru Printed", None, "en-AU")),
    ],
    ids=["JSON-LD", "OpenGraph", "meta", "microdata", "printed"],
)
def test_order_of_trust(head: str, body: str, expected: tuple[object, ...], tmp_path: Path) -> None:
    """What a page states for machines counts before what it prints, JSON-LD first."""
    article = read(tmp_path, head, body, 'lang="en-AU"').article
    title, day, author, publisher, language = expected
    assert (article.title, article.publisher, article.language) == (title, publisher, language)
    assert (article.authors, article.published_on) == ((author,), date(2024, 1, int(str(day))))


@pytest.mark.parametrize(
    "head",
    [
        JSON_LD.replace("2024-01-01", "yesterday"),
        JSON_LD.replace("2024-01-01", "2024-02-31"),
        JSON_LD.replace('"2024-01-01"', "17040672"),
        JSON_LD.replace("}</script>", "</script>"),
        JSON_LD.replace('"NewsArticle"', '"Recipe"'),
        JSON_LD.replace('{"@type"', "[" * 9_000 + '{"@type"'),
        '<meta property="article:published_time" content="0000-00-00T00:00:00">',
        '<meta name="date" content="">',
    ],
    ids=["word", "no such day", "number", "broken", "another type", "nested", "zeros", "empty"],
)
def test_malformed_statements_are_dropped(head: str, tmp_path: Path) -> None:
    """What a page states wrongly is null, and its article is kept."""
    assert read(tmp_path, head).article.published_on is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<link rel="canonical" href="https://a.example/x"><meta property="og:url" content="https://a.example/y">',
            "https://a.example/x",
        ),
        (
            '<link rel="canonical" href="/x"><meta property="og:url" content="https://a.example/y">',
            "https://a.example/y",
        ),
        (
            '<link rel="canonical" href="https://a.example/"><meta property="og:url" content="https://a.example/y">',
            "https://a.example/y",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="alternate canonical" href=" https://a.example/x?id=7 ">', "https://a.example/x?id=7"),
    ],
    ids=["canonical first", "relative", "front page", "no web address", "query"],
)
def test_address(head: str, expected: str | None, tmp_path: Path) -> None:
    """The canonical link tells the address, unless it is none or the front page's."""
    assert read(tmp_path, head).article.url == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "<title>Rates rise again | The Harbour Gazette</title>"
            + OPEN_GRAPH.replace("og:title", "x").replace("Og Times", "The Harbour Gazette"),
            "Rates rise again",
        ),
        ("<title>Rates rise - and fall</title>", "Rates rise - and fall"),
        ('<meta property="og:title" content="Rates rise &amp;amp; fall">', "Rates rise &amp; fall"),
        (JSON_LD.replace("In JSON-LD", "Rates rise &#8217;gain"), "Rates rise ’gain"),
    ],
    ids=["paper's name", "dash of its own", "escaped once", "escaped in JSON"],
)
def test_title(head: str, expected: str, tmp_path: Path) -> None:
    """The name of the paper is no part of a headline; its own dashes and signs are."""
    assert read(tmp_path, head).article.title == expected


def test_page_of_a_crawl_has_an_address(tmp_path: Path) -> None:
    """A page that does not tell its address has that which it was fetched from, and relative links count from there."""
    from reading.inputs import samples

    page = samples.PAGE.replace("https://gazette.example/ferries", "/ferries")
    path = tmp_path / "a.warc"
    path.write_bytes(
        samples.warc(packed=False).replace(samples.PAGE.encode(), page.encode().ljust(len(samples.PAGE.encode())))
    )
    first = next(read_unit(Unit("a.warc", path), InputOptions()))
    assert isinstance(first, Found)
    assert first.article.url == "https://gazette.example/ferries"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<!--", "-->"), ("//<![CDATA[\n", "\n//]]>"), ("<![CDATA[", "]]>"), ("", ";"), ("\n ", " \n")],
)
def test_wrapped_json_ld(opening: str, closing: str, tmp_path: Path) -> None:
    """Writers wrap JSON-LD in comments, CDATA sections and statements: it is read all the same."""
    head = JSON_LD.replace('ld+json">', f'ld+json">{opening}').replace("</script>", f"{closing}</script>")
    assert read(tmp_path, head).article.title == "In JSON-LD"


def block(*nodes: object, **more: object) -> str:
    """A block of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes, **more})}</script>'


def news(headline: str, **more: object) -> dict[str, object]:
    """An article in JSON-LD."""
    return {"@type": "NewsArticle", "headline": headline, **more}


CANONICAL = '<link rel="canonical" href="https://gazette.example/a">'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (block(news("First"), news("Second")), "First"),
        (
            CANONICAL
            + block(
                news("First", url="https://gazette.example/b"), news("Second", url="http://gazette.example/a/?x=1#top")
            ),
            "Second",
        ),
        (
            CANONICAL + block(news("First"), news("Second", mainEntityOfPage={"@id": "https://gazette.example/A"})),
            "Second",
        ),
        (CANONICAL + block(news("First"), news("Second", **{"@id": "https://gazette.example/a"})), "Second"),
        (block(news("First"), news("Second")) + "</head><body><h1>Second</h1>", "Second"),
        (block({"@type": "WebPage", "name": "Page"}, {"@type": ["Thing", "NewsArticle"], "name": "First"}), "First"),
        (block({"@type": "https://schema.org/NewsArticle", "headline": "First"}), "First"),
        (block({"@type": "NewsArticle"}, news("Second")), "Second"),
    ],
    ids=["first", "address", "main entity", "identifier", "headline", "name", "full type", "without headline"],
)
def test_own_article_in_json_ld(head: str, title: str, tmp_path: Path) -> None:
    """Among the articles that a page lists, its own is that of its address or headline, else the first."""
    assert read(tmp_path, head).article.title == title


def test_references_in_json_ld(tmp_path: Path) -> None:
    """A person or publisher that is named by an identifier is looked up; other names of the same terms are read."""
    article = news(
        "Ferries",
        dateCreated="2024-02-01",
        creator=[{"@id": "#ada"}, {"@id": "#nobody"}, {"@type": "Person", "name": "Tom &amp; Marsh"}],
        sourceOrganization={"@id": "#org"},
        mainEntityOfPage={"@id": "https://gazette.example/b"},
    )
    graph = block(
        article, {"@id": "#ada", "name": "Ada Quill"}, {"@id": "#org", "name": "Coastal Wire"}, {"@id": "#ada"}
    )
    found = read(tmp_path, graph).article
    assert (found.publisher, found.published_on) == ("Coastal Wire", date(2024, 2, 1))
    assert found.authors[0] == "Ada Quill"
    assert found.url == "https://gazette.example/b"
