"""Packages that are wrong, and articles that would like to be more than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from views.page.browser.looking import repacked, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from views.page.browser.looking import Look

    Open = Callable[..., Look]


def test_rows_without_a_valid_span(look: Open, broken_page: Path) -> None:
    """They stand first, before the article, each leading to its row; the verdict is loud."""
    seen = look(broken_page)
    banner = seen.page.locator("#bs-problems")
    assert banner.locator("h2").first.inner_text() == "2 rows without a valid span"
    assert seen.in_view("#bs-problems h2")
    above = seen.page.evaluate("() => document.querySelector('#bs-problems').getBoundingClientRect().bottom")
    assert above <= seen.page.evaluate("() => document.querySelector('#bs-main').getBoundingClientRect().top") + 1
    assert seen.page.locator("#bs-head.bs-invalid").count() == 1
    banner.locator("a").nth(1).click()
    assert seen.page.locator("#panel-quotes tr.problem[aria-current=true]").count() == 1
    assert seen.page.locator("#bs-details .notice.bad").count() >= 1
    assert seen.page.locator("#bs-problems h2").nth(1).inner_text().endswith("of validation")
    assert seen.violations() == []


def test_a_valid_package_has_no_banner(look: Open, sample_page: Path) -> None:
    """Where nothing is wrong, nothing is said to be."""
    assert look(sample_page).page.locator("#bs-problems").count() == 0


def test_markup_is_text(look: Open, hostile_page: Path) -> None:
    """Tags in the article and in quotes are read as they were written, and none becomes an element."""
    seen = look(hostile_page)
    text = seen.page.locator("#bs-text").inner_text()
    for part in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(2)>",
        "</script><script>alert(3)</script>",
        "<!-- it,",
    ):
        assert part in text
    for table in ("quotes", "events", "tariffs", "actors", "mentions"):
        rows = seen.tab(table)
        for at in range(min(rows.count(), 3)):
            rows.nth(at).click(position={"x": 15, "y": 10})
    seen.tab("pictures")
    seen.page.wait_for_selector("#picture-speakers svg, #picture-speakers canvas, #picture-speakers .nothing")
    assert seen.page.locator("body script:not([type])").count() == 0
    assert seen.page.locator("#bs-main img, #bs-main script, #bs-main iframe, #bs-text b").count() == 0


def test_controls_are_seen(look: Open, hostile_page: Path, folder: Path) -> None:
    """Characters that turn the line around are written out, and characters of two units move no span."""

    def turned(pack: Any) -> None:
        pack["text"] = pack["text"].replace("stays", "st\u202ey\u0007", 1)

    path = folder / "turned.html"
    path.write_text(repacked(hostile_page.read_text(encoding="utf-8"), "article-0", turned), encoding="utf-8")
    seen = look(path)
    assert seen.page.locator("#bs-text .unseen").all_inner_texts() == ["U+202E", "U+0007"]
    assert "\u202e" not in seen.page.locator("body").inner_text()
    row = seen.tab("mentions").filter(has_text="Holm").last
    row.click(position={"x": 15, "y": 10})
    assert seen.marked() == "Holm"


def test_titles_of_a_stranger(look: Open, sample_page: Path, folder: Path) -> None:
    """Titles, descriptions, reasons and verdicts are text wherever the page puts them."""
    bad = "<img src=x onerror=alert(9)>\u202e"

    def mend(payload: Any) -> None:
        payload["head"] |= dict.fromkeys(("title", "version", "verdict", "citation", "bibtex", "model"), bad)
        for schema in payload["schema"]:
            schema["title"] = schema["description"] = bad
            for column in schema["columns"]:
                column["title"] = column["description"] = bad
        payload["articles"][0]["title"] = bad
        for picture in payload["pictures"]:
            picture["title"] = picture["about"] = bad
        payload["failures"] = [{"table": bad, "key": bad, "column": bad, "severity": "error", "message": bad}]
        payload["problems"] = [{"table": "quotes", "key": bad, "article": bad, "span": [bad, None], "why": bad}]
        curated = {"table": "quotes", "key": bad, "action": bad, "reason": bad, "columns": [bad], "was": {bad: bad}}
        payload["curated"] = [curated | {"span": [], "article": bad}]

    path = folder / "stranger.html"
    path.write_text(told(sample_page.read_text(encoding="utf-8"), mend), encoding="utf-8")
    seen = look(path)
    for summary in seen.page.locator("#bs-head .pop > summary, #panel-quotes .pop > summary").all():
        summary.click()
    seen.page.keyboard.press("Escape")
    seen.rows("quotes").first.locator("button.go").click()
    seen.page.locator("#tab-pictures").click()
    seen.page.wait_for_selector("#picture-speakers svg")
    assert seen.page.locator("img").count() == 0
    assert "<img src=x onerror=alert(9)>" in seen.page.locator("#bs-tabs").inner_text()


def test_a_paragraph_of_a_megabyte(look: Open, sample_page: Path, folder: Path) -> None:
    """A paragraph of a million characters with thousands of spans is shown, and its passages answer at once."""
    words = "Ministers of Norland met those of Eastport again. " * 20_000
    html = sample_page.read_text(encoding="utf-8")
    start: list[int] = []

    def longer(pack: Any) -> None:
        start.append(len(pack["text"]) + 1)
        pack["text"] += "\n" + words.strip() + "\n"

    def more(pack: Any) -> None:
        mentions = pack["mentions"]
        cells = {
            name: [column["values"][at] for at in column["at"]] if isinstance(column, dict) else list(column)
            for name, column in mentions["columns"].items()
        }
        for number in range(4_000):
            at = start[0] + 13 + 50 * number
            row = {name: column[0] for name, column in cells.items()} | {"mention_id": f"men_{number:016x}"}
            row |= {"char_start": str(at), "char_end": str(at + 7)}
            for name, column in cells.items():
                column.append(row[name])
        pack["mentions"] = {"n": len(cells["mention_id"]), "columns": cells}

    def head(payload: Any) -> None:
        payload["articles"][0]["n_characters"] += len(words) + 1

    path = folder / "long.html"
    path.write_text(told(repacked(repacked(html, "article-0", longer), "tables", more), head), encoding="utf-8")
    seen = look(path)
    seen.page.evaluate("location.hash = '#row=men_0000000000000f9f'")
    seen.page.wait_for_selector("#bs-text .picked")
    assert seen.marked() == "Norland"
    assert seen.in_view("#bs-text .picked")
    took = seen.page.evaluate(
        """() => { const begun = performance.now(); document.querySelector('#bs-text .seg').click();
        return performance.now() - begun; }"""
    )
    assert took < 400
