"""Resolution is a function of the set of actors: order, batches and buckets do not show in it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.identity import LocalActor, LocalOffice, from_table, local_schema, resolve, resolve_stream, to_table
from broadsheet.identity.run import Identities
from broadsheet.tables.rows import ActorRow

if TYPE_CHECKING:
    import pyarrow as pa

GIVEN = ["John", "John A.", "John B.", "J.", "Jon", "William", "Bill", "Elena", ""]
FAMILY = ["Smith", "Jordan", "al-Sisi", "van Dam", "Schröder", "Schroeder", "Ford"]
BODIES = ["Ford", "Ford Motor Company", "AGF", "African Growth Fund", "Finance Ministry", "Ministry of Finance", "NATO"]
COUNTRIES = [None, "GBR", "USA", "KEN"]
TITLES = ["MP", "footballer", "finance minister", "Minister of Finance", "chief executive", "professor", "CEO"]
DAYS = [None, date(2019, 1, 1), date(2019, 1, 20), date(2021, 5, 5)]

offices = st.builds(
    LocalOffice,
    title=st.sampled_from(TITLES),
    organization_id=st.sampled_from([None, "acme-bank", "zenith-corp", "finance-ministry-gbr"]),
    country_code=st.sampled_from(COUNTRIES),
    tenure=st.sampled_from(["current", "current", "former"]),
)
persons = st.builds(
    lambda given_name, family: (f"{given_name} {family}".strip(), "person"),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
)
bodies = st.builds(lambda name, kind: (name, kind), st.sampled_from(BODIES), st.sampled_from(["organization", "group"]))


states = st.sampled_from([("Kenya", "KEN"), ("Jordan", "JOR")])


@st.composite
def local_actors(draw: st.DrawFn) -> list[LocalActor]:
    """Actors of a few articles over a small stock of names, so that they meet in every way."""
    out: dict[tuple[str, str], LocalActor] = {}
    for _ in range(draw(st.integers(1, 24))):
        if draw(st.integers(0, 4)) == 0:
            name, code = draw(states)
            article = f"art_{draw(st.integers(1, 8))}"
            slug = name.lower()
            out[article, slug] = LocalActor(article, slug, name, "country", code, draw(st.booleans()), aliases=(name,))
            continue
        name, kind = draw(st.one_of(persons, bodies))
        slug = "-".join(name.lower().replace(".", "").replace("ö", "o").split())
        slug += draw(st.sampled_from(["", "", "", "-jr"])) if kind == "person" and " " in name else ""
        number = draw(st.integers(1, 8))
        out[f"art_{number}", slug] = LocalActor(
            article_id=f"art_{number}",
            actor_id=slug,
            name=name,
            kind=kind,
            country_code=draw(st.sampled_from(COUNTRIES)),
            country_is_stated=draw(st.booleans()),
            n_mentions=draw(st.integers(1, 3)),
            aliases=tuple(sorted({name, draw(st.sampled_from(["AGF", "Smith", "Ford", "Lula", name]))})),
            offices=tuple(draw(st.lists(offices, max_size=2, unique=True))) if kind == "person" else (),
            published_on=DAYS[number % len(DAYS)],
        )
    return list(out.values())


def streamed(batches: list[pa.Table], buckets: int, parts: int) -> Identities:
    """What the form for corpora gives, read back from its parts."""
    with tempfile.TemporaryDirectory() as folder:
        found = resolve_stream(
            batches,
            Path(folder) / "ids",
            buckets=buckets,
            part_of=lambda article: crc32(article.encode()) % parts,
            actor_part_of=lambda actor: crc32(actor.encode()) % parts,
        )
        ids = {}
        rows = []
        for part in range(parts):
            mapping = found.mapping(part).to_pylist()
            keys = [(row["article_id"], row["local_id"]) for row in mapping]
            assert keys == sorted(keys)
            ids.update({key: row["actor_id"] for key, row in zip(keys, mapping, strict=True)})
            actors = [ActorRow(**row) for row in found.actors(part).to_pylist()]
            assert [row.actor_id for row in actors] == sorted(row.actor_id for row in actors)
            rows += actors
        assert found.n_actors == len(rows)
    return Identities(ids, tuple(sorted(rows, key=lambda row: row.actor_id)))


@settings(max_examples=80, deadline=None)
@given(actors=local_actors(), seed=st.integers(0, 99), buckets=st.integers(1, 9), parts=st.sampled_from([1, 4]))
def test_order_and_division_do_not_show(actors: list[LocalActor], seed: int, buckets: int, parts: int) -> None:
    """Any order, any batches and any number of buckets give the ids and rows of one pass in memory."""
    whole = resolve(actors)
    shuffled = list(actors)
    Random(seed).shuffle(shuffled)
    assert resolve(shuffled) == whole
    cut = seed % (len(shuffled) + 1)
    batches = [to_table(some) for some in (shuffled[:cut], shuffled[cut:])]
    assert streamed(batches, buckets, parts) == whole


@settings(max_examples=80, deadline=None)
@given(actors=local_actors())
def test_what_holds_for_any_actors(actors: list[LocalActor]) -> None:
    """Every actor has an id and a row, an article's actors stay apart, sorts are not mixed, nothing is lost."""
    found = resolve(actors)
    assert set(found.ids) == {(a.article_id, a.actor_id) for a in actors}
    assert {row.actor_id for row in found.actors} == set(found.ids.values())
    assert len({(a.article_id, found.ids[a.article_id, a.actor_id]) for a in actors}) == len(actors)
    sorts: dict[str, set[str]] = {}
    for actor in actors:
        sort = "body" if actor.kind in ("organization", "group") else actor.kind
        sorts.setdefault(found.ids[actor.article_id, actor.actor_id], set()).add(sort)
    assert all(len(kinds) == 1 for kinds in sorts.values())
    assert sum(row.n_mentions for row in found.actors) == sum(actor.n_mentions for actor in actors)


@settings(max_examples=60, deadline=None)
@given(actors=local_actors(), names=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_name_is_taken(actors: list[LocalActor], names: list[str]) -> None:
    """Names of any characters are resolved, those that separate fields inside among them."""
    odd = [replace(a, name=names[i % len(names)] if a.kind != "country" else a.name) for i, a in enumerate(actors)]
    assert set(resolve(odd).ids) == {(a.article_id, a.actor_id) for a in actors}


@pytest.mark.parametrize("buckets", [1, 3, 7])
def test_articles_that_tell_actors_apart_among_others(buckets: int) -> None:
    """Where some buckets hold such articles and others do not, the form for corpora gives what one pass gives."""
    names = [f"{word} Growth Fund" for word in ("Fjord", "Coast", "Lake", "River", "Hill", "Moor")]
    actors = []
    for number in range(60):
        article, name = f"art_{number:02}", names[number % len(names)]
        short = "".join(word[0] for word in name.split()) + str(number % len(names))
        slug = "-".join(name.lower().split())
        actors.append(LocalActor(article, slug, name, "organization", "NOR", True, aliases=(short, name)))
        if number % 7 == 0:
            actors.append(LocalActor(article, short.lower(), short, "organization", "NOR", True, aliases=(short,)))
    whole = resolve(actors)
    assert streamed([to_table(actors[:30]), to_table(actors[30:])], buckets, 4) == whole
    assert whole.ids["art_00", "fgf0"] == "fgf0"


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    """A corpus without actors has no ids, and its parts are empty tables of their schemas."""
    assert resolve([]) == Identities({}, ())
    found = resolve_stream(
        [local_schema().empty_table()], tmp_path / "ids", buckets=4, part_of=lambda _: 0, actor_part_of=lambda _: 0
    )
    assert (found.n_actors, found.mapping(0).num_rows, found.actors(0).num_rows) == (0, 0, 0)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_arrow_form_keeps_everything(n: int) -> None:
    """Local actors come back from their Arrow table as they were."""
    office = LocalOffice("MP", None, "GBR", "former")
    actors = [
        LocalActor(f"art_{i}", "x", "X", "person", None, False, None, i + 1, ("X",) * i, (office,) * i, DAYS[i])
        for i in range(n)
    ]
    assert from_table(to_table(actors)) == actors
