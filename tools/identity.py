"""Measures identity across articles: `python3 dev.py run python tools/identity.py [GOLD]`.

The sets in `tests/identity/corpus` are our own; the rules were written with the first and never the second. GOLD is
the folder of the development articles, with `gold` and `texts`. For each set it scores resolution alone, on gold
actors, and the whole pipeline from the text, beside a baseline that joins equal slugs.

`python3 dev.py run python tools/identity.py --corpus FOLDER…` measures corpora without gold: FOLDER is a package, or
the work folder of a corpus, whose actors are then resolved again. It lists the full names that are split among several
persons, and the share of mentions outside the largest part; true homonyms, if any, count too.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.analysis.pipeline import analyse
from broadsheet.base.slugs import ascii_of
from broadsheet.corpus.blocks import LOCAL_ACTORS, read_columns, rows_in
from broadsheet.extraction.pipeline import parse
from broadsheet.identity import LocalActor, from_table, local_actors, resolve
from broadsheet.reference.organizations import organization_aliases

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from identity_gold import GoldArticle, aligned, gold_article, read_gold
from identity_scores import b_cubed, pairwise, split_names

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "identity" / "corpus"
SHORTEST = 2
WORST = 20
"""The number of most split names to print."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a set, the measured method, and item to cluster by gold and by that method."""

    name: str
    way: str
    gold: Mapping[Hashable, Hashable]
    given: Mapping[Hashable, Hashable]

    def written(self) -> str:
        """The line as Markdown."""
        scores = (b_cubed(self.gold, self.given), pairwise(self.gold, self.given))
        cells = [f"{x:.3f}" for s in scores for x in (s.precision, s.recall, s.f1)]
        return f"| {self.name} | {self.way} | {len(self.gold)} | {len(set(self.gold.values()))} | {' | '.join(cells)} |"


def rows_of(name: str, articles: Sequence[GoldArticle]) -> list[Row]:
    """The lines of a set."""
    items = [(a.article.article_id, place, actor) for a in articles for place, actor in enumerate(a.actors)]
    gold: dict[Hashable, Hashable] = {
        (a.article.article_id, place): who for a in articles for place, who in enumerate(a.who)
    }
    ids = resolve(actor for _, _, actor in items).ids
    resolved: dict[Hashable, Hashable] = {(a, place): ids[a, actor.actor_id] for a, place, actor in items}
    slugs: dict[Hashable, Hashable] = {(a, place): actor.actor_id for a, place, actor in items}
    rows = [Row(name, "gold actors, resolved", gold, resolved), Row(name, "gold actors, equal slugs", gold, slugs)]
    found = {a.article.article_id: extracted(a) for a in articles}
    ids = resolve(actor for some in found.values() for actor in some).ids
    whole: dict[Hashable, Hashable] = {}
    plain: dict[Hashable, Hashable] = {}
    for a in articles:
        pairs = aligned(a.actors, found[a.article.article_id])
        for place in range(len(a.actors)):
            key, match = (a.article.article_id, place), pairs.get(place)
            whole[key] = ids[a.article.article_id, match.actor_id] if match is not None else key
            plain[key] = match.actor_id if match is not None else key
    missed = sum(1 for cluster in whole.values() if isinstance(cluster, tuple))
    rows.append(Row(name, f"from the text, resolved ({missed} not found)", gold, whole))
    rows.append(Row(name, "from the text, equal slugs", gold, plain))
    return rows


def extracted(gold: GoldArticle) -> list[LocalActor]:
    """The actors that the parsers find in an article."""
    return local_actors(parse(analyse(gold.article)), gold.article)


def development(folder: Path) -> list[GoldArticle]:
    """The development articles with the actors and offices of their gold."""
    out = []
    for path in sorted((folder / "gold").glob("*.json")):
        cells = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
        actors = [
            {
                "who": f"{actor['kind']} {ascii_of(organization_aliases().get(actor['name'], actor['name']))}",
                "name": actor["name"],
                "kind": actor["kind"],
                "country": actor.get("country"),
                "aliases": actor.get("aliases", []),
                "offices": [
                    {**role, "organization": None, "country": None, "tenure": role["tenure"]}
                    for role in cells["roles"]
                    if role["actor"] == actor["name"]
                ],
            }
            for actor in cells["actors"]
        ]
        out.append(
            gold_article(
                {"text": text, "published_on": cells["article"]["published_on"], "publisher": None, "actors": actors}
            )
        )
    return out


def faults(row: Row) -> list[str]:
    """The clusters that differ from the gold, for improving the rules."""
    out = []
    by_given: dict[Hashable, set[Hashable]] = {}
    by_gold: dict[Hashable, set[Hashable]] = {}
    for item, who in row.gold.items():
        by_given.setdefault(row.given[item], set()).add(who)
        by_gold.setdefault(who, set()).add(row.given[item])
    for cluster, whos in by_given.items():
        if len(whos) >= SHORTEST:
            out.append(f"  together: {cluster} = {sorted(map(str, whos))}")
    for who, clusters in by_gold.items():
        if len(clusters) >= SHORTEST:
            out.append(f"  apart: {who} = {sorted(map(str, clusters))}")
    return out


def persons_in(folder: Path) -> list[tuple[str, str, int]]:
    """Id, name and mentions of the persons of a package, or of a work folder's articles resolved again."""
    if (folder / "blocks").is_dir():
        blocks = [read_columns(path, [LOCAL_ACTORS]) for path in sorted((folder / "blocks").glob("*.parquet"))]
        rows = resolve(actor for block in blocks for actor in from_table(rows_in(block, LOCAL_ACTORS))).actors
        return [(row.actor_id, row.name, row.n_mentions) for row in rows if row.kind == "person"]
    paths = sorted((folder / "data").glob("actors.parquet")) + sorted((folder / "data" / "actors").glob("*.parquet"))
    found = [row for path in paths for row in read_columns(path).to_pylist()]
    return [(row["actor_id"], row["name"], row["n_mentions"]) for row in found if row["kind"] == "person"]


def corpus(folder: Path) -> None:
    """Prints the full names of a corpus that are split."""
    persons = persons_in(folder)
    mentions = sum(n for _, _, n in persons)
    parted = split_names(persons)
    outside = sum(name.outside for name in parted)
    share = outside / mentions if mentions else 0.0
    print(f"{folder.name}: {len(persons):,} persons, {mentions:,} mentions; {len(parted)} full names are parted")
    print(f"  outside the foremost person of their name: {outside:,} mentions, {share:.2%}")
    for name in parted[:WORST]:
        print(f"  {name.name}: {', '.join(f'{actor} ({n:,})' for actor, n in name.actors)}")


def main(arguments: Sequence[str]) -> None:
    """Prints the table, or the split names of corpora."""
    if "--corpus" in arguments:
        for argument in arguments:
            if not argument.startswith("-"):
                corpus(Path(argument))
        return
    verbose = "--faults" in arguments
    folders = [Path(a) for a in arguments if not a.startswith("-")]
    sets = [
        ("ours, first", read_gold(CORPUS / "tuned.jsonl")),
        ("ours, held out", read_gold(CORPUS / "held_out.jsonl")),
        ("ours, hard", read_gold(CORPUS / "hard.jsonl")),
    ]
    sets += [("development", development(folder)) for folder in folders]
    print("| set | way | actors | who they are | B³ P | B³ R | B³ F1 | pairs P | pairs R | pairs F1 |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, articles in sets:
        for row in rows_of(name, articles):
            print(row.written())
            if verbose and "resolved" in row.way and name not in ("ours, held out", "ours, hard"):
                print("\n".join(faults(row)), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
