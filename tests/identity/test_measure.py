"""The measures, by hand, and the quality of identity on articles of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from identity_gold import aligned, read_gold
from identity_scores import b_cubed, pairwise, split_names

from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.pipeline import parse
from broadsheet.identity import local_actors, resolve
from broadsheet.identity.local import occupations

CORPUS = Path(__file__).parent / "corpus"
LEAST = {"tuned": 0.97, "held_out": 0.97, "hard": 0.93}
"""Set to the least B-cubed F1 of resolution alone."""


@pytest.mark.parametrize(
    ("given", "b3", "pairs"),
    [
        ("aabb", (1.0, 1.0), (1.0, 1.0)),
        ("aaaa", (0.5, 1.0), (2 / 6, 1.0)),
        ("abcd", (1.0, 0.5), (1.0, 0.0)),
        ("aaab", ((3 * (2 / 3) - 1 / 3 + 1) / 4, 0.75), (1 / 3, 0.5)),
    ],
    ids=["right", "all together", "all apart", "one wrong"],
)
def test_measures_by_hand(given: str, b3: tuple[float, float], pairs: tuple[float, float]) -> None:
    """Four items, of which the first two and the last two are one: figures worked out by hand."""
    gold = dict(enumerate("xxyy"))
    cubed, paired = b_cubed(gold, dict(enumerate(given))), pairwise(gold, dict(enumerate(given)))
    assert (cubed.precision, cubed.recall) == pytest.approx(b3)
    assert (paired.precision, paired.recall) == pytest.approx(pairs)


@pytest.mark.parametrize("name", LEAST)
def test_resolution_of_told_actors(name: str) -> None:
    """On gold actors, resolution keeps its scores and never merges two persons."""
    articles = read_gold(CORPUS / f"{name}.jsonl")
    ids = resolve(actor for article in articles for actor in article.actors).ids
    gold, given = {}, {}
    for article in articles:
        for actor, who in zip(article.actors, article.who, strict=True):
            gold[actor.article_id, actor.actor_id] = who
            given[actor.article_id, actor.actor_id] = ids[actor.article_id, actor.actor_id]
    assert b_cubed(gold, given).f1 >= LEAST[name]
    assert pairwise(gold, given).precision == 1.0


def test_what_the_parsers_tell() -> None:
    """A local actor has its printed names, its offices with their bodies, and whether words tell its country."""
    article = next(a for a in read_gold(CORPUS / "tuned.jsonl") if a.who[:1] == ("osei-tutu",))
    found = {actor.actor_id: actor for actor in local_actors(parse(analyse(article.article)), article.article)}
    minister = found["kwabena-osei-tutu"]
    assert minister.aliases == ("Kwabena Osei-Tutu", "Osei-Tutu")
    assert (minister.country_code, minister.published_on) == ("GHA", article.article.published_on)
    assert [office.title for office in minister.offices] == ["finance minister"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Footballer Ada Lund scored.", ("footballer", "current")),
        ("The former England striker Ada Lund spoke.", ("striker", "former")),
        ("Ada Lund, a retired football player, spoke.", ("football player", "former")),
        ("They met a singer. Ada Lund left.", None),
        ("Ada Lund, who met a singer, left.", None),
    ],
)
def test_callings(text: str, expected: tuple[str, str] | None) -> None:
    """A occupation right beside the name is the person's; one of another sentence or clause is not."""
    start = text.index("Ada")
    found = occupations(text, start, start + len("Ada Lund"))
    assert [(office.title, office.tenure) for office in found] == ([expected] if expected else [])


def test_gold_is_of_use() -> None:
    """The sets have at least sixty articles, and each person is in only one set."""
    sets = [read_gold(CORPUS / f"{name}.jsonl") for name in LEAST]
    assert sum(map(len, sets)) >= 60
    people = [
        {who for a in some for who, actor in zip(a.who, a.actors, strict=True) if actor.kind == "person"}
        for some in sets
    ]
    assert sum(map(len, people)) == len(set.union(*people))


def test_gold_actors_are_found_in_what_is_extracted() -> None:
    """Each actor of an article matches itself, and a missing one matches no one."""
    article = read_gold(CORPUS / "tuned.jsonl")[0]
    assert aligned(article.actors, article.actors) == dict(enumerate(article.actors))
    assert aligned(article.actors, article.actors[:1]) == {0: article.actors[0]}


def test_names_in_pieces() -> None:
    """A full name of two persons is split; other initials are another name, and a family name alone does not count."""
    persons = [
        ("ada-lund-nor", "Ada K. Lund", 70),
        ("ada-lund-aus", "Ada Lund", 5),
        ("ada-lund-m", "Ada M. Lund", 9),
        ("lund", "Lund", 8),
        ("lund-person", "Lund", 8),
        ("eva-lund", "Eva Lund", 3),
    ]
    (divided,) = split_names(persons)
    assert (divided.name, divided.outside) == ("Ada K. Lund", 5)
    assert divided.actors == (("ada-lund-nor", 70), ("ada-lund-aus", 5))
    assert split_names(reversed(persons)) == [divided]
