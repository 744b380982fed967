"""Learning the models of actors, and the tables that ship."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from broadsheet.quality.training.actors import main
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


def corpus(folder: Path) -> tuple[Path, Path]:
    """Writes gold of articles in which a firm and its chief executive act, and an index does not; and the texts."""
    (folder / "texts").mkdir(parents=True)
    cases = []
    for k in range(10):
        firm, person = FIRMS[k % 5], PEOPLE[(k + k // 5) % 5]
        actors = [
            {"name": firm, "kind": "organization", "country": "NOR", "aliases": []},
            {"name": person, "kind": "person", "country": "NOR", "aliases": []},
        ]
        role = {"actor": person, "title": "chief executive", "organization": firm, "tenure": "current"}
        text = f"Version {k}: " + TEXT.format(firm=firm, person=person)
        start = text.index("We lost money,")
        at = {"char_start": start, "char_end": start + len("We lost money,")}
        (folder / "texts" / f"a{k}.txt").write_text(text, encoding="utf-8")
        article = {"name": f"a{k}", "published_on": "2020-01-02", "text_sha256": sha256(text.encode()).hexdigest()}
        tables = {"actors": actors, "roles": [role], "events": [], "tariffs": [], "figures": []}
        quotes = [{**at, "speaker": person, "kind": "direct"}]
        cases.append({"article": article, **tables, "quotes": quotes})
    gold = folder / "train.jsonl"
    gold.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    return gold, folder / "texts"


def test_same_articles_give_the_same_tables(tmp_path: Path) -> None:
    """Training writes the tables, with the annotated names, and writes them again byte for byte."""
    gold, texts = corpus(tmp_path / "corpus")
    for out in ("one", "two"):
        (tmp_path / out).mkdir()
        main([str(gold), "--articles", str(texts), "--out", str(tmp_path / out)])
    for name in ("actor_weights.csv", "actor_vectors.csv", "news_actors.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert "tolvan,organization,NOR,2" in (tmp_path / "one" / "news_actors.csv").read_text(encoding="utf-8")
    weights = (tmp_path / "one" / "actor_weights.csv").read_text(encoding="utf-8")
    assert {line.partition(",")[0] for line in weights.splitlines()[1:]} >= {"kind", "country"}


def test_partly_used_gold_does_not_teach_who_is_an_actor(tmp_path: Path) -> None:
    """Gold given as partly used teaches kinds and countries, and neither actors nor holders of offices."""
    gold, texts = corpus(tmp_path / "corpus")
    (tmp_path / "out").mkdir()
    main(["--partly", str(gold), "--articles", str(texts), "--out", str(tmp_path / "out")])
    weights = (tmp_path / "out" / "actor_weights.csv").read_text(encoding="utf-8")
    assert {line.partition(",")[0] for line in weights.splitlines()[1:]}.isdisjoint({"actor", "holder"})


def test_shipped_tables_are_sorted_and_without_duplicates() -> None:
    """Each feature of a model and each known name is there once; names are in the form in which they are looked up."""
    keys = [(r["model"], r["feature"]) for r in table("actor_weights")]
    assert keys == sorted(set(keys))
    names = [r["name"] for r in table("news_actors")]
    assert names == sorted(set(names))
    assert all(plain_name(name) == name for name in news_actors())
    places = [(r["model"], r["of"], int(r["place"])) for r in table("actor_vectors")]
    assert places == sorted(set(places))


def test_what_passages_name_is_not_listed(tmp_path: Path) -> None:
    """Models learn from invented people and bodies, which no other article means."""
    gold, texts = corpus(tmp_path / "corpus")
    cases = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    passages = tmp_path / "passages.jsonl"
    lines = []
    for case in cases:
        text = (texts / f"{case['article']['name']}.txt").read_text(encoding="utf-8").replace("Tolvan", "Vantor")
        actors = [{**actor, "name": actor["name"].replace("Tolvan", "Vantor")} for actor in case["actors"]]
        roles = [{**role, "organization": actors[0]["name"]} for role in case["roles"]]
        lines.append(json.dumps({"text": text, "published_on": "2020-01-02", "actors": actors, "roles": roles}))
    passages.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "out").mkdir()
    main([str(gold), "--passages", str(passages), "--articles", str(texts), "--out", str(tmp_path / "out")])
    listed = (tmp_path / "out" / "news_actors.csv").read_text(encoding="utf-8")
    assert "tolvan,organization,NOR,2" in listed
    assert "vantor" not in listed
