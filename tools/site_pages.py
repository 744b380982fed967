"""A hook of MkDocs: adds the root's README, CONTRIBUTING and the like, and the notebooks, as pages of the site."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).resolve().parents[1]
ROOT_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
    "gold/README.md": "gold-articles.md",
}
NOTEBOOK = re.compile(r"(\]\([^)\s]+)\.ipynb\)(?!\{)")
"""A link to a notebook, unless it is one to download it."""
LINK = re.compile(r"(\]\()(?!\w+:)([^)#\s]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the generated pages and the articles of the tutorials."""
    for source, target in ROOT_PAGES.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, target, content=_relinked(text, Path(source).parent)))
    for path in sorted((ROOT / "docs" / "tutorials").glob("*.ipynb")):
        page = "\n\n".join(_cells(json.loads(path.read_text(encoding="utf-8")), path.name))
        files.append(File.generated(config, f"tutorials/{path.stem}.md", content=page))
    corpus = sorted((ROOT / "tests" / "identity" / "corpus").glob("*.jsonl"))
    articles = "".join(path.read_text(encoding="utf-8") for path in corpus)
    files.append(File.generated(config, "tutorials/articles.jsonl", content=articles))
    return files


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    """Leads links to files of the root, and to notebooks, to their pages."""
    for source, target in ROOT_PAGES.items():
        markdown = markdown.replace(f"](../{source}", f"]({target}")
    return NOTEBOOK.sub(r"\1.md)", markdown)


def _relinked(text: str, folder: Path) -> str:
    """A file of the root with its links to other pages as the site has them."""

    def link(match: re.Match[str]) -> str:
        path = (folder / match[2]).as_posix()
        return match[1] + ROOT_PAGES.get(path, path.removeprefix("docs/"))

    return LINK.sub(link, text)


def _cells(notebook: dict[str, Any], name: str) -> Iterator[str]:
    """The cells of a notebook and their outputs as Markdown."""
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source
            if number == 0:
                yield f"[Download this notebook]({name}){{ download }}"
            continue
        yield f"```{'r' if source.startswith('# R') else 'python'}\n{source}\n```"
        for output in cell["outputs"]:
            yield _output(output)


def _output(output: dict[str, Any]) -> str:
    data = {kind: "".join(content) for kind, content in output.get("data", {}).items()}
    if chart := data.get("image/svg+xml"):
        encoded = base64.b64encode(chart.encode("utf-8")).decode("ascii")
        return f'<div class="notebook-chart"><img alt="Chart" src="data:image/svg+xml;base64,{encoded}"></div>'
    if table := data.get("text/html"):
        plain = re.sub(r"<style.*?</style>", "", table, flags=re.DOTALL)
        lines = "\n".join(line.strip() for line in plain.splitlines() if line.strip())
        return f'<div class="notebook-table">\n{lines}\n</div>'
    return f"```text\n{data.get('text/plain') or ''.join(output['text'])}\n```".replace("\n\n```", "\n```")
