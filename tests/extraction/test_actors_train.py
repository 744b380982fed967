"""Learning the models of actors, and the tables that ship."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.train import main
from broadsheet.reference import table
from broadsheet.reference.news_actors import news_actors, plain_name

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = ("Tolvan", "Merrow", "Askel", "Pinda", "Quorn")
PEOPLE = ("Ada Lund", "Erik Moe", "Ines Paz", "Tom Baker", "Vera Ostin")
TEXT = """{firm} shuts its mill

{firm} said on Monday that it would shut its mill in Norway. "We lost money," said {person}, chief executive of {firm}.

The union called it a blow. The index XQZ fell by 2 percent.
"""


def corpus(folder: Path) -> Path:
    """Writes annotated articles in which a firm and its chief executive act, and an index does not."""
    for name in ("texts", "gold"):
        (folder / name).mkdir(parents=True)
    entries = []
    for k in range(10):
        firm, person = FIRMS[k % 5], PEOPLE[(k + k // 5) % 5]
        actors = [
            {"name": firm, "kind": "organization", "country": "NOR", "aliases": []},
            {"name": person, "kind": "person", "country": "NOR", "aliases": []},
        ]
        role = {"actor": person, "title": "chief executive", "organization": firm, "tenure": "current"}
        quote = {"text": "We lost money,", "speaker": person, "speaker_text": person, "kind": "direct"}
        gold = {"actors": actors, "roles": [role], "quotes": [quote]}
        (folder / "texts" / f"a{k}.txt").write_text(TEXT.format(firm=firm, person=person), encoding="utf-8")
        (folder / "gold" / f"a{k}.json").write_text(json.dumps(gold), encoding="utf-8")
        entries.append(
            {"name": f"a{k}", "split": "train", "published_on": "2020-01-02", "publisher": "The Eastport Echo"}
        )
    lines = "".join(f"{json.dumps(entry)}\n" for entry in entries)
    (folder / "catalogue.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_same_articles_give_the_same_tables(tmp_path: Path) -> None:
    """Training writes both tables, with the annotated names, and writes them again byte for byte."""
    articles = corpus(tmp_path / "corpus")
    for out in ("one", "two"):
        (tmp_path / out).mkdir()
        main([str(articles), "--out", str(tmp_path / out)])
    for name in ("actor_weights.csv", "news_actors.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert "tolvan,organization,NOR,2" in (tmp_path / "one" / "news_actors.csv").read_text(encoding="utf-8")
    weights = (tmp_path / "one" / "actor_weights.csv").read_text(encoding="utf-8")
    assert {line.partition(",")[0] for line in weights.splitlines()[1:]} >= {"kind", "country"}


def test_shipped_tables_are_sorted_and_without_duplicates() -> None:
    """Each feature of a model and each known name is there once; names are in the form in which they are looked up."""
    keys = [(r["model"], r["feature"]) for r in table("actor_weights")]
    assert keys == sorted(set(keys))
    names = [r["name"] for r in table("news_actors")]
    assert names == sorted(set(names))
    assert all(plain_name(name) == name for name in news_actors())
