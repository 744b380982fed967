"""Renders our objects in notebooks: HTML with its own colours, without scripts or downloads.

Notebooks differ in how they mark a dark theme, and some do not. The output therefore has its own background, which
follows the theme where it can and the reader's system otherwise, and is readable on both. The style applies to one
class and leaves the rest of the page alone.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from broadsheet.base.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_BRIGHT = (
    "color-scheme:light;--ink:#1c1d1f;--soft:#5c6066;--paper:#fff;--line:#dcd9d2;--good:#1b6b3a;--bad:#a4231c;"
    "--odd:#8a5a00;--mark:#ffe39a;--on-mark:#1c1d1f"
)
_DARK = (
    "color-scheme:dark;--ink:#e8e6e1;--soft:#a2a5aa;--paper:#1f2125;--line:#383b41;--good:#6fd095;--bad:#ff8f86;"
    "--odd:#f0b95a;--mark:#6b5310;--on-mark:#fff4d6"
)

_COLOURS = f"""
.bs-nb{{{_BRIGHT}}}
@media (prefers-color-scheme:dark){{.bs-nb{{{_DARK}}}}}
[data-jp-theme-light="true"] .bs-nb,.vscode-light .bs-nb,html[theme="light"] .bs-nb{{{_BRIGHT}}}
[data-jp-theme-light="false"] .bs-nb,.vscode-dark .bs-nb,html[theme="dark"] .bs-nb{{{_DARK}}}"""

# The class is repeated to outrank notebooks, whose selectors for output tables have two classes.
_RULES = """
.bs-nb.bs-nb{max-width:68rem;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.3rem;color:var(--ink);
background:var(--paper);font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-x:auto}
.bs-nb.bs-nb .head{margin:0 0 .4rem;font:600 1.25rem/1.25 Georgia,"Times New Roman",serif;color:var(--ink)}
.bs-nb.bs-nb .valid{color:var(--good)}
.bs-nb.bs-nb .invalid{color:var(--bad)}
.bs-nb.bs-nb p{margin:.2rem 0;color:var(--soft)}
.bs-nb.bs-nb details{border-top:1px solid var(--line)}
.bs-nb.bs-nb summary{padding:.3rem 0;cursor:pointer}
.bs-nb.bs-nb summary b{font-weight:600}
.bs-nb.bs-nb summary span{color:var(--soft)}
.bs-nb.bs-nb summary .n{display:inline-block;min-width:4.5em;color:var(--ink)}
.bs-nb.bs-nb table{width:auto;margin:0 0 .6rem;border-collapse:collapse;border:0;font-size:13px;table-layout:auto}
.bs-nb.bs-nb tbody tr,.bs-nb.bs-nb tbody tr:nth-child(odd),.bs-nb.bs-nb tbody tr:hover{background:none}
.bs-nb.bs-nb th,.bs-nb.bs-nb td{padding:.2rem .9rem .2rem 0;border:0;border-bottom:1px solid var(--line);
text-align:left;vertical-align:top;max-width:26rem;white-space:normal;overflow-wrap:break-word;color:var(--ink)}
.bs-nb.bs-nb th{font-weight:600;color:var(--soft);white-space:nowrap}
.bs-nb.bs-nb .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bs-nb.bs-nb .d{white-space:nowrap}
.bs-nb.bs-nb .t{min-width:16rem}
.bs-nb.bs-nb article{margin:.5rem 0;padding-left:.7rem;border-left:.25rem solid var(--bad)}
.bs-nb.bs-nb article.warning{border-left-color:var(--odd)}
.bs-nb.bs-nb h3{margin:0;font-size:14px;font-weight:600;color:var(--ink)}
.bs-nb.bs-nb .about b{color:var(--bad)}
.bs-nb.bs-nb .warning .about b{color:var(--odd)}
.bs-nb.bs-nb code{padding:0;background:none;color:inherit;font:.92em ui-monospace,Menlo,monospace;
overflow-wrap:anywhere}
.bs-nb.bs-nb blockquote{margin:.2rem 0 0;padding:0;border:0;color:var(--ink);font:1em/1.5 Georgia,serif}
.bs-nb.bs-nb mark{background:var(--mark);color:var(--on-mark)}
"""


def output(parts: Iterable[str]) -> str:
    """The HTML of an output in a notebook.

    Args:
        parts: Its parts as HTML.
    """
    return "\n".join([f'<div class="bs-nb"><style>{_COLOURS}{_RULES}</style>', *parts, "</div>"])


def text(content: str) -> str:
    """A text as HTML that shows it and nothing else, with control and invisible characters spelled out."""
    return escape(printable(content))
