"""The light and the dark theme of the pictures.

The colours suit colour-blind readers (after Okabe and Ito), and are lighter on dark. Anything shown by a colour is also
shown by a shape, a position or a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

NARROW = "(containerSize()[0] < 500)"
"""Expression: whether the page is narrow; false in a file."""

FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """CSS colours.

    Attributes:
        ink: Text.
        soft: Secondary text.
        line: Grid lines.
        paper: The background.
        blue, sky, orange, red, green: Categories.
        grey: The neutral category.
    """

    ink: str
    soft: str
    line: str
    paper: str
    blue: str
    sky: str
    orange: str
    red: str
    green: str
    grey: str

    def config(self) -> dict[str, Any]:
        """The Vega-Lite ``config`` of all pictures."""
        return {
            "font": FONT,
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "frame": "bounds",
                "color": self.ink,
                "fontSize": 17,
                "fontWeight": 600,
                "subtitleColor": self.soft,
                "subtitleFontSize": 12,
                "subtitlePadding": 5,
                "offset": 14,
            },
            "axis": {
                "labelColor": self.ink,
                "titleColor": self.soft,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "domainColor": self.line,
                "gridColor": self.line,
                "tickColor": self.line,
                "labelLimit": {"expr": f"{NARROW} ? 112 : 210"},
            },
            "legend": {
                "labelColor": self.ink,
                "titleColor": self.soft,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "orient": "bottom",
                "direction": "horizontal",
                "columns": {"expr": f"{NARROW} ? 1 : 4"},
                "layout": {"bottom": {"direction": "vertical", "anchor": "start", "margin": 6}},
                "symbolOpacity": 1,
                "symbolSize": 90,
                "rowPadding": 4,
                "columnPadding": 24,
                "symbolLimit": 20,
                "labelLimit": 180,
            },
            "text": {"color": self.ink, "fontSize": 12},
        }


LIGHT = Theme(
    ink="#1c1d1f",
    soft="#5c6066",
    line="#dcd9d2",
    paper="#ffffff",
    blue="#0063a3",
    sky="#3a94cf",
    orange="#c47c00",
    red="#b53d00",
    green="#00795a",
    grey="#85888d",
)
DARK = Theme(
    ink="#e8e6e1",
    soft="#a2a5aa",
    line="#383b41",
    paper="#1f2125",
    blue="#5aa9e6",
    sky="#9ad2f6",
    orange="#f0b95a",
    red="#f0814a",
    green="#4cc49c",
    grey="#8c9096",
)


_PAGE = ("#fbfaf7", "#16171a")
"""The background of ``broadsheet page``, light and dark."""


def theme(dark: bool, *, on_page: bool = False) -> Theme:
    """The light or the dark theme.

    Args:
        dark: Whether the background is dark.
        on_page: Whether to use the background of the page instead of that of a standalone picture.
    """
    chosen = DARK if dark else LIGHT
    return replace(chosen, paper=_PAGE[dark]) if on_page else chosen
