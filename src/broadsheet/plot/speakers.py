"""Words quoted by speaker: a bar for each of those quoted most, whole clauses and fragments apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.plot.marks import calculate, joined, keep, lane, lanes, ranked, summed, tooltip
from broadsheet.plot.names import actor_names, cells, texts
from broadsheet.plot.picture import Json, Picture

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.plot.theme import Theme
    from broadsheet.tables.frames import Tables

MOST = 20
"""So many speakers are shown; of the others, how many they are and how much they say."""

UNNAMED = "not named"


def speakers(tables: Tables) -> Picture:
    """The picture."""
    return Picture(
        name="speakers",
        title="Words quoted, by speaker",
        about=(
            "A bar is a speaker, its length the number of quoted words: dark where whole clauses are quoted, light where "
            f"fragments are. The {MOST} quoted most are shown, then the unnamed, then how many others there are."
        ),
        table="quotes",
        data={"quotes": _quotes(tables)},
        answers={"speaker_id": "speaker_id", "kind": "kind"},
        draw=_draw,
    )


def _quotes(tables: Tables) -> pd.DataFrame:
    import pandas as pd

    quotes, names = tables["quotes"], actor_names(tables)
    columns: dict[str, list[Any]] = {
        name: texts(quotes, name) for name in ("quote_id", "article_id", "speaker_id", "kind")
    }
    columns["speaker"] = [UNNAMED if key is None else names.get(key, key) for key in columns["speaker_id"]]
    columns["n_words"] = cells(quotes, "n_words")
    return pd.DataFrame(columns, dtype=object)


def _draw(colours: Theme) -> Json:
    y = lanes(colours)
    y["axis"]["labelFontStyle"] = {
        "condition": {"test": "slice(datum.value, 0, 4) >= '9000'", "value": "italic"},
        "value": "normal",
    }
    x = {"type": "quantitative", "axis": {"title": "words quoted", "tickMinStep": 1, "format": ",d"}}
    of_speaker = ["speaker_id", "speaker"]
    shown = keep(f"datum.named == 0 || datum.rank <= {MOST}")
    return {
        "data": {"name": "quotes"},
        "height": {"step": 24},
        "transform": [
            calculate("named", "isValid(datum.speaker_id) ? 1 : 0"),
            joined(of_speaker, total="sum n_words", quotes="count"),
            ranked("rank", ["-named", "-total", "speaker"], op="dense_rank"),
            calculate("place", "datum.named ? datum.rank : 9000"),
            calculate("lane", lane("datum.place", "0", shown="datum.speaker")),
        ],
        "layer": [
            {
                "transform": [
                    shown,
                    summed([*of_speaker, "lane", "kind", "total"], words="sum n_words", quotes="count"),
                    calculate("order", "datum.kind == 'direct' ? 0 : 1"),
                    calculate("told", "datum.kind == 'direct' ? 'whole clauses' : 'fragments'"),
                ],
                "mark": {"type": "bar", "height": 15, "stroke": colours.blue, "strokeWidth": 1},
                "encoding": {
                    "x": x | {"field": "words", "stack": "zero"},
                    "y": y,
                    "color": {
                        "field": "told",
                        "type": "nominal",
                        "scale": {"domain": ["whole clauses", "fragments"], "range": [colours.blue, colours.paper]},
                        "legend": {"title": None, "symbolStrokeColor": colours.blue},
                    },
                    "order": {"field": "order"},
                    "tooltip": tooltip(
                        ("speaker", "Speaker"), ("told", "Kind"), ("words", "Words"), ("quotes", "Quotes")
                    ),
                },
            },
            {
                "transform": [
                    shown,
                    summed([*of_speaker, "lane", "total", "quotes"]),
                    calculate(
                        "told",
                        "format(datum.total, ',') + ' in ' + datum.quotes + (datum.quotes == 1 ? ' quote' : ' quotes')",
                    ),
                ],
                "mark": {"type": "text", "align": "left", "dx": 6, "color": colours.soft},
                "encoding": {"x": x | {"field": "total"}, "y": y, "text": {"field": "told"}},
            },
            {
                "transform": [
                    keep(f"datum.named == 1 && datum.rank > {MOST}"),
                    summed([], speakers="distinct speaker_id", words="sum n_words"),
                    calculate(
                        "lane",
                        lane(
                            "9999",
                            "0",
                            shown="datum.speakers + (datum.speakers == 1 ? ' other speaker' : ' other speakers')",
                        ),
                    ),
                    calculate("told", "format(datum.words, ',') + ' words together'"),
                ],
                "mark": {"type": "text", "align": "left", "dx": 6, "color": colours.soft, "fontStyle": "italic"},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "told"}},
            },
        ],
    }
