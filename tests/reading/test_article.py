"""Articles: read from a text, a file or another article."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.base.errors import InputError
from broadsheet.reading import Article, read, read_all

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The two ferry lines will merge in May, their owners said.\n\nThe price was not disclosed.\n"
STORY = f"Ferry lines merge\n\n{BODY}"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A file with an article and its sidecar."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    path.with_suffix(".toml").write_text('published_on = 2024-03-09\nauthor = "Ada Roth"\n', encoding="utf-8")
    return path


def test_what_an_article_knows_of_itself() -> None:
    """Its key and counts follow from the canonical text; paragraphs do not count the title."""
    article = read(STORY.replace("\n", "\r\n"))
    digest = hashlib.sha256(STORY.encode()).hexdigest()
    assert article.text == STORY
    assert article.text_sha256 == digest
    assert article.article_id == f"art_{digest[:16]}"
    assert (article.n_characters, article.n_words, article.n_paragraphs) == (len(STORY), 19, 2)
    assert [p.of(article.text) for p in article.paragraphs] == BODY.strip().split("\n\n")
    assert article.title_span is not None
    assert article.title_span.of(article.text) == article.title == "Ferry lines merge"
    assert article.language == "en"
    assert (article.publisher, article.authors, article.url, article.published_on) == (None, (), None, None)


@pytest.mark.parametrize(
    ("text", "given_title", "title", "is_line"),
    [
        (STORY, None, "Ferry lines merge", True),
        (STORY, "Ferry lines merge", "Ferry lines merge", True),
        (STORY.upper(), "Ferry lines merge", "Ferry lines merge", True),
        ("The ‘last’ ferry\n\n" + BODY, "The 'last' ferry", "The 'last' ferry", True),
        (STORY, "Two lines, one owner", "Two lines, one owner", False),
        (STORY, "", None, False),
        (BODY.split("\n")[0], None, None, False),
        (BODY.split("\n")[0], "Ferry lines merge", "Ferry lines merge", False),
        (BODY.split("\n")[0], BODY.split("\n")[0], BODY.split("\n")[0], False),
    ],
    ids=[
        "first line",
        "given and printed",
        "printed in capitals",
        "printed with other marks",
        "given alone",
        "none, it is said",
        "one paragraph",
        "one paragraph and a given title",
        "one paragraph that is given as the title",
    ],
)
def test_title(text: str, given_title: str | None, title: str | None, is_line: bool) -> None:
    """The first of several lines is the title unless another is given; no body is lost to it."""
    article = read(text, title=given_title)
    assert article.title == title
    assert (article.title_span is not None) is is_line
    covered = [*article.paragraphs, *([article.title_span] if article.title_span else [])]
    assert sum(map(len, covered)) == len(article.text.replace("\n", ""))


def test_the_text_does_not_depend_on_the_options() -> None:
    """Whatever is said of an article, its canonical text and key stay."""
    assert read(STORY, title="", published_on="2024-03-09").article_id == read(STORY).article_id


def test_options_win_over_the_sidecar(story: Path) -> None:
    """The sidecar fills what no option says."""
    article = read(story, published_on=date(2024, 3, 10), publisher="Gazette")
    assert article == Article(
        STORY, "Ferry lines merge", "Gazette", ("Ada Roth",), published_on=date(2024, 3, 10), language="en"
    )


def test_the_sidecar_may_name_the_encoding(tmp_path: Path) -> None:
    """A file in another encoding can say so beside it; the option goes over it."""
    path = tmp_path / "story.txt"
    path.write_bytes("The café said it would close.".encode("windows-1252"))
    path.with_suffix(".toml").write_text('encoding = "windows-1252"', encoding="utf-8")
    assert read(path).text == "The café said it would close.\n"
    assert "é" not in read(path, encoding="windows-1251").text


def test_an_article_passes_through() -> None:
    """Its text stays, what is said anew replaces what was known, and the rest stays."""
    article = read(STORY, publisher="Gazette", authors=["Ada Roth"])
    assert read(article) == article
    changed = read(article, title="", publisher="Herald")
    assert (changed.text, changed.title, changed.publisher) == (STORY, None, "Herald")
    assert changed.authors == ("Ada Roth",)
    assert changed.n_paragraphs == article.n_paragraphs + 1


TEXTS = {
    "empty": ("", "is empty"),
    "blank": (" \n\ufeff\t\n", "is empty"),
    "no letter": ("2024-03-09\n\n1,200.50", "has no letter"),
    "marks": ("“…”", "has no letter"),
    "web page": ("\n<!DOCTYPE html><html><body>The ferry</body></html>", "is HTML"),
    "rich text": ("{\\rtf1\\ansi The ferry}", "is RTF"),
    "lone surrogate": ("The ferry \udc92s late", "lone surrogate at code point 10"),
}


@pytest.mark.parametrize(("text", "problem"), TEXTS.values(), ids=TEXTS)
def test_texts_that_are_refused(text: str, problem: str) -> None:
    """A text with nothing to read in it gives an error in one line."""
    with pytest.raises(InputError, match=problem) as caught:
        read(text)
    assert caught.value.place == "text"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Each way to miss a file has its own words."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    cases = {
        "none.txt": "no such file",
        ".": "is a folder",
        "empty.txt": "is empty",
        "image.png": "binary: a NUL at offset 8",
        "a\0b": "cannot be read",
        "n" * 300: "cannot be read",
    }
    for name, problem in cases.items():
        with pytest.raises(InputError) as caught:
            read(tmp_path / name)
        assert problem in caught.value.problem


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_the_right_to_read(story: Path) -> None:
    """A file that one may not read is told from one that is not there."""
    story.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        read(story)


def test_a_path_in_a_str_is_refused(story: Path) -> None:
    """A str is the text itself; the name of a file in it is a mistake that would pass unseen."""
    with pytest.raises(InputError, match=r"pass pathlib\.Path"):
        read(str(story))


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"published_on": "2023-02-29"}, "published_on"),
        ({"url": "news"}, "url"),
        ({"language": "fr"}, "language"),
        ({"authors": [""]}, "authors"),
        ({"encoding": "utf-8"}, "encoding"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_options(options: dict[str, Any], place: str) -> None:
    """An option that cannot be is named."""
    with pytest.raises(InputError) as caught:
        read(STORY, **options)
    assert caught.value.place == place


def test_other_types_are_refused() -> None:
    """Bytes are no text: their encoding is not known."""
    with pytest.raises(InputError, match="of type bytes"):
        read(STORY.encode())  # type: ignore[arg-type]


def test_a_text_out_of_form_makes_no_article() -> None:
    """Offsets hold in canonical text alone, so that nothing else gets into an article."""
    with pytest.raises(ValueError, match="canonical"):
        Article("No line end")


def test_several_articles(story: Path) -> None:
    """They come in the order given, each with its own sidecar."""
    first, second = read_all([BODY, story], publisher="Gazette")
    assert (first.text, second.text) == (BODY, STORY)
    assert (first.publisher, second.publisher) == ("Gazette", "Gazette")
    assert (first.authors, second.authors) == ((), ("Ada Roth",))


def test_an_article_twice(story: Path) -> None:
    """One text in two files is one article; the error names both."""
    copy = story.with_name("copy.txt")
    copy.write_text(STORY.replace("\n", "\r\n"), encoding="utf-8")
    for twice in ([story, story], [story, copy]):
        with pytest.raises(InputError, match="name each article once") as caught:
            read_all(twice)
        assert caught.value.place == str(twice[1])
    assert str(story) in caught.value.problem
    with pytest.raises(InputError, match="same article as source 2") as caught:
        read_all([BODY, STORY, STORY])
    assert caught.value.place == "source 3"


@pytest.mark.parametrize("options", [{"title": "Ferry"}, {"url": "https://news.example/"}], ids=["title", "address"])
def test_what_one_article_alone_can_have(options: dict[str, Any]) -> None:
    """Two articles share no title and no address."""
    with pytest.raises(InputError, match="given for 2 articles"):
        read_all([STORY, BODY], **options)


# No deadline: the first text that is not plainly English loads the classifier.
@settings(deadline=None)
@given(st.text(min_size=1))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Spans cover the canonical text but for line ends and the blanks before a line, whatever comes in."""
    try:
        article = read(text)
    except InputError:
        return
    lines = [*([article.title_span] if article.title_span else []), *article.paragraphs]
    assert [line.of(article.text) for line in lines] == [line.lstrip(" ") for line in article.text[:-1].split("\n\n")]
    assert article.title is None or article.title


def test_reading_english_loads_nothing_heavy(story: Path) -> None:
    """No model, no data frame and no classifier is imported to read an English file."""
    code = (
        "import sys, pathlib, broadsheet\n"
        f"broadsheet.read(pathlib.Path({str(story)!r}))\n"
        "print(sorted({'numpy', 'pandas', 'pyarrow', 'spacy', 'py3langid'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_options_are_for_all_articles() -> None:
    """Authors and publisher are those of each article of a list."""
    story = "The mayor said that the ferry was late, and that the town would have to wait for it."
    made = read_all([story, story + " It was late."], authors=["Ada Roth"], publisher="Gazette")
    assert [(one.authors, one.publisher) for one in made] == [(("Ada Roth",), "Gazette")] * 2
