"""Pages to look at, each made once by the commands, and one browser for all tests."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import needs
import pytest
from corpora import write_folder
from views.page.browser.looking import Look, opened

from broadsheet.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ARTICLES = 60
HOSTILE = """\
Norland <script>alert(1)</script> minister says "<img src=x onerror=alert(2)>" in Eastport

EASTPORT, May 2 — Norland's Prime Minister Ada Holm said on Monday that "</script><script>alert(3)</script> we will \
not sign this agreement," after she met Finance Minister Per Lund in Eastport.

“The tariff <b onmouseover=alert(4)>stays</b> at 25 percent, and nobody can change <!-- it,” said Per Lund. \
Norland imposed a 25 percent tariff on steel from Canada \U0001f9c2 \U0001f9c2 last year. “&lt;b&gt; is no answer,” \
Holm said.
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    driver = needs.module("playwright.sync_api")
    chromium = needs.program("chromium")
    with driver.sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Look]]:
    """Opens a page; at the end no script may have failed, nothing been asked for, and no dialog shown."""
    looks: list[Look] = []

    def open_page(path: Path, address: str = "", **options: Any) -> Look:
        looks.append(opened(browser, path, address, **options))
        return looks[-1]

    yield open_page
    for one in looks:
        one.page.context.close()
        assert (one.errors, one.requests, one.dialogs) == ([], [], [])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where packages and pages are made."""
    return tmp_path_factory.mktemp("pages")


def made(folder: Path, name: str, package: Path, *sources: Path, code: int = 0) -> Path:
    """The page of a package."""
    needs.module("vl_convert")
    needs.module("itables")
    out = folder / f"{name}.html"
    given = ["--source", *map(str, sources)] if sources else []
    assert main(["page", str(package), *given, "--out", str(out), "--quiet"]) == code
    return out


@pytest.fixture(scope="session")
def sample(folder: Path) -> Path:
    """The package of the sample article."""
    assert main(["build", "--out", str(folder / "sample"), "--quiet"]) == 0
    return folder / "sample"


@pytest.fixture(scope="session")
def sample_article() -> Path:
    """The text of the sample article."""
    from importlib import resources

    return Path(str(resources.files("broadsheet.reading.sample"))) / "article.txt"


@pytest.fixture(scope="session")
def sample_page(folder: Path, sample: Path, sample_article: Path) -> Path:
    """The page of the sample article."""
    return made(folder, "sample", sample, sample_article)


@pytest.fixture(scope="session")
def bare_page(folder: Path, sample: Path) -> Path:
    """The same without the article."""
    return made(folder, "bare", sample)


@pytest.fixture(scope="session")
def titled_page(folder: Path, sample_article: Path) -> Path:
    """The page of the sample article in a package with a title of its own."""
    out = folder / "titled"
    assert main(["build", str(sample_article), "--package-title", "Farm news", "--out", str(out), "--quiet"]) == 0
    return made(folder, "titled", out, sample_article)


@pytest.fixture(scope="session")
def source_page(folder: Path, shared: Path) -> Path:
    """The page of the published dataset."""
    root = Path(__file__).resolve().parents[4]
    return made(folder, "source", root, shared / "source" / "article.txt")


@pytest.fixture(scope="session")
def broken_page(folder: Path, sample: Path, sample_article: Path) -> Path:
    """The page of a package two of whose quotes stand nowhere."""
    package = folder / "broken"
    shutil.copytree(sample, package)
    path = package / "data" / "quotes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[1]["char_start"], rows[1]["char_end"] = rows[1]["char_end"], rows[1]["char_start"]
    rows[4]["char_end"] = "999999"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return made(folder, "broken", package, sample_article, code=1)


@pytest.fixture(scope="session")
def hostile_page(folder: Path) -> Path:
    """The page of an article that would like to be more than text."""
    article = folder / "hostile.txt"
    article.write_text(HOSTILE, encoding="utf-8")
    out = folder / "hostile"
    assert main(["build", str(article), "--published", "2024-05-03", "--out", str(out), "--quiet"]) == 0
    return made(folder, "hostile", out, article)


@pytest.fixture(scope="session")
def corpus_page(folder: Path) -> Path:
    """The page of a corpus."""
    articles = write_folder(folder / "corpus" / "articles", ARTICLES, words=250)
    out = folder / "corpus" / "package"
    assert main(["build", str(articles), "--name", "corpus", "--out", str(out), "--quiet"]) == 0
    return made(folder, "corpus", out, articles)
