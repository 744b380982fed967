"""Words quoted per speaker: a bar for each of the most quoted, with clauses and fragments separate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.views.plot.marks import calculate, joined, keep, lane, lanes, ranked, read_aloud, summed, tooltip
from broadsheet.views.plot.names import actor_names, cells, texts
from broadsheet.views.plot.picture import Json, Picture

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot.theme import Theme

MOST = 20
"""The number of speakers that are shown; the others are counted."""

UNNAMED = "not named"

CUT = 1.25
"""The bar of unnamed speakers is at most this many times the longest, and says so if it is cut."""


def speakers(tables: TableSet) -> Picture:
    """Builds the picture of speakers."""
    return Picture(
        name="speakers",
        title="Words quoted, by speaker",
        about=(
            "A bar shows the number of words quoted from a speaker: filled for whole clauses, hollow for fragments. "
            f"The {MOST} most quoted come first, then unnamed speakers, then the number of others."
        ),
        table="quotes",
        data={"quotes": _quotes(tables)},
        answers={"speaker_id": "speaker_id", "kind": "kind"},
        draw=_draw,
    )


def _quotes(tables: TableSet) -> pd.DataFrame:
    import pandas as pd

    quotes, names = tables["quotes"], actor_names(tables)
    columns: dict[str, list[Any]] = {
        name: texts(quotes, name) for name in ("quote_id", "article_id", "speaker_id", "kind")
    }
    columns["speaker"] = [UNNAMED if key is None else names.get(key, key) for key in columns["speaker_id"]]
    columns["n_words"] = cells(quotes, "n_words")
    return pd.DataFrame(columns, dtype=object)


def _draw(colours: Theme) -> Json:
    y = lanes()
    y["axis"]["labelFontStyle"] = {
        "condition": {"test": "slice(datum.value, 0, 1) == '9'", "value": "italic"},
        "value": "normal",
    }
    x: Json = {
        "type": "quantitative",
        "scale": {"nice": False},
        "axis": {"title": None, "grid": False, "ticks": False, "labels": False, "domain": False},
    }
    shown = keep(f"datum.place <= {MOST} || datum.place == 9000")
    return {
        "data": {"name": "quotes"},
        "height": {"step": 24},
        "transform": _transforms(),
        "layer": [
            {
                "transform": [
                    shown,
                    summed([*_SPEAKER, "lane", "share", "kind"], words="sum n_words", quotes="count"),
                    calculate("drawn", "datum.words * datum.share"),
                    calculate("order", "datum.kind == 'direct' ? 0 : 1"),
                    calculate("caption", "datum.kind == 'direct' ? 'whole clauses' : 'fragments'"),
                    calculate(
                        "aloud",
                        f"datum.speaker + ', ' + datum.caption + ': ' + {_counted('words', 'word')} + ' in ' + "
                        + _counted("quotes", "quote"),
                    ),
                ],
                "mark": {"type": "bar", "height": 14, "stroke": colours.blue, "strokeWidth": 1},
                "encoding": {
                    "x": x | {"field": "drawn", "stack": "zero"},
                    "y": y,
                    "color": {
                        "field": "caption",
                        "type": "nominal",
                        "scale": {"domain": ["whole clauses", "fragments"], "range": [colours.blue, colours.paper]},
                        "legend": {"title": None, "symbolStrokeColor": colours.blue, "symbolType": "square"},
                    },
                    "order": {"field": "order"},
                    "tooltip": tooltip(
                        ("speaker", "Speaker"), ("caption", "Quoted"), ("words", "Words"), ("quotes", "Quotes")
                    ),
                    **read_aloud("aloud"),
                },
            },
            {
                "transform": [
                    shown,
                    summed([*_SPEAKER, "lane", "share", "total", "quotes"]),
                    calculate("end", "datum.total * datum.share"),
                    calculate("cut", "datum.share < 1 ? ' (bar cut short)' : ''"),
                    calculate(
                        "caption", f"{_counted('total', 'word')} + ' in ' + {_counted('quotes', 'quote')} + datum.cut"
                    ),
                ],
                "mark": {"type": "text", "align": "left", "dx": 6, "color": colours.soft, "aria": False},
                "encoding": {"x": x | {"field": "end"}, "y": y, "text": {"field": "caption"}},
            },
            {
                "transform": [
                    keep(f"datum.place > {MOST} && datum.place < 9000"),
                    summed([], speakers="distinct speaker_id", words="sum n_words", quotes="count"),
                    calculate("lane", lane("9999", "0", shown=_counted("speakers", "other speaker"))),
                    calculate("caption", f"{_counted('words', 'word')} + ' in ' + {_counted('quotes', 'quote')}"),
                ],
                "mark": {"type": "text", "align": "left", "dx": 6, "color": colours.soft},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "caption"}, **read_aloud("caption")},
            },
        ],
    }


_SPEAKER = ["speaker_id", "speaker"]


def _transforms() -> list[Json]:
    """The words of each speaker, and the position of the bar."""
    return [
        calculate("named", "isValid(datum.speaker_id) ? 1 : 0"),
        joined(_SPEAKER, total="sum n_words", quotes="count"),
        ranked("rank", ["-named", "-total", "speaker"], op="dense_rank"),
        calculate("place", "datum.named ? datum.rank : 9000"),
        calculate("lane", lane("datum.place", "0", shown="datum.speaker")),
        calculate("of_named", "datum.named ? datum.total : null"),
        joined([], longest="max of_named"),
        calculate("most", f"datum.named || !(datum.longest > 0) ? datum.total : datum.longest * {CUT}"),
        calculate("share", "min(1, datum.most / datum.total)"),
    ]


def _counted(field: str, noun: str) -> str:
    """The expression of a count with its noun."""
    return f"format(datum.{field}, ',') + (datum.{field} == 1 ? ' {noun}' : ' {noun}s')"
