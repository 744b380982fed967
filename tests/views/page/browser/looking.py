"""A page in a real browser: opened without a network, every error and every request written down."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, Request

WIDE = (1440, 900)
PHONE = (390, 844)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")


@dataclass
class Look:
    """A page that is looked at.

    Attributes:
        page: The tab.
        errors: What the console told as an error, and what scripts threw.
        requests: Addresses that the page asked for, its own file apart.
        dialogs: What it said in dialogs.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def row(self) -> str:
        """The key of the chosen row; empty where none is."""
        panel = self.page.locator("#bs-details .kicker code")
        return panel.inner_text() if panel.count() else ""

    def tab(self, table: str) -> Locator:
        """Turns to the tab of a table; returns the rows that it shows."""
        self.page.locator(f"#tab-{table}").click()
        return self.rows(table)

    def rows(self, table: str) -> Locator:
        """The rows of a table that are on the page."""
        return self.page.locator(f"#panel-{table} tbody tr[data-row]")

    def cells(self, table: str, column: str) -> list[str]:
        """A column of the rows that are on the page."""
        texts = self.page.locator(f'#panel-{table} tbody td[data-column="{column}"]').all_inner_texts()
        return [text.strip() for text in texts]

    def info(self, table: str) -> str:
        """What the foot of a table tells: which rows of how many."""
        return self.page.locator(f"#panel-{table} .dt-info").inner_text()

    def marked(self, kind: str = "picked") -> str:
        """The words of the article that are marked."""
        return "".join(self.page.locator(f"#bs-text .{kind}").all_inner_texts())

    def in_view(self, selector: str) -> bool:
        """Whether the first such element lies within the window and within what scrolls it."""
        seen: bool = self.page.evaluate(_IN_VIEW, selector)
        return seen

    def focused(self) -> str:
        """A few words about the element that has the focus."""
        words: str = self.page.evaluate("() => `${document.activeElement.tagName} ${document.activeElement.className}`")
        return words

    def violations(self) -> list[str]:
        """What axe-core finds wrong."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": list(RULES)}})
        return [
            f"{one['id']}: {one['help']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for one in found.response["violations"]
            for node in one["nodes"][:3]
        ]


_IN_VIEW = """(selector) => {
  const element = document.querySelector(selector);
  if (!element) return false;
  const box = element.getBoundingClientRect();
  const frame = element.closest('#bs-scroll, .frame')?.getBoundingClientRect() ?? {top: 0, bottom: innerHeight};
  return box.height > 0 && box.top >= Math.max(0, frame.top) - 1 && box.top <= Math.min(innerHeight, frame.bottom);
}"""


def opened(browser: Browser, path: Path, address: str = "", size: tuple[int, int] = WIDE, **context: Any) -> Look:
    """Opens a page and waits until its scripts are ready."""
    width, height = size
    tab = browser.new_context(viewport={"width": width, "height": height}, offline=True, **context).new_page()
    tab.set_default_timeout(20_000)
    look = Look(tab)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            look.errors.append(message.text)

    tab.on("console", heard)
    tab.on("pageerror", lambda error: look.errors.append(str(error)))
    own = path.resolve().as_uri()

    def said(dialog: Dialog) -> None:
        look.dialogs.append(dialog.message)
        dialog.dismiss()

    def asked(request: Request) -> None:
        if not request.url.startswith((own, "blob:", "data:")):
            look.requests.append(request.url)

    tab.on("dialog", said)
    tab.on("request", asked)
    tab.goto(own + address)
    tab.wait_for_selector("html[data-ready]", state="attached", timeout=30_000)
    return look


_PACK = r'(<script type="text/plain" class="bs-pack" data-name="{name}">)([^<]*)(</script>)'
_PAYLOAD = re.compile(r'(<script type="application/json" id="bs-payload">)([^<]*)(</script>)')


def repacked(html: str, name: str, mend: Callable[[Any], None]) -> str:
    """A page whose pack of a name has been changed."""

    def swap(found: re.Match[str]) -> str:
        content = json.loads(gzip.decompress(base64.b64decode(found[2])))
        mend(content)
        return found[1] + base64.b64encode(gzip.compress(json.dumps(content).encode())).decode() + found[3]

    return re.sub(_PACK.format(name=re.escape(name)), swap, html)


def told(html: str, mend: Callable[[Any], None]) -> str:
    """A page whose payload has been changed."""

    def swap(found: re.Match[str]) -> str:
        content = json.loads(found[2])
        mend(content)
        return found[1] + json.dumps(content).replace("<", "\\u003c") + found[3]

    return _PAYLOAD.sub(swap, html)
