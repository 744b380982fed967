"""Ids of homonyms, and the list of changed ids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from broadsheet.identity import LocalActor, mapping_schema, renames, resolve
from broadsheet.identity.naming import clashes
from broadsheet.identity.slugs import Namesake, ids_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ALONE = Namesake("1", "person", "NOR", ("fjord-bank",), ("mp",))


@pytest.mark.parametrize(
    ("namesakes", "expected"),
    [
        ([ALONE], ["x"]),
        ([ALONE, Namesake("2", "person", "AUS", (), ())], ["x-nor", "x-aus"]),
        ([ALONE, Namesake("2", "person", "NOR", ("coast-corp",), ())], ["x-fjord-bank", "x-coast-corp"]),
        ([ALONE, Namesake("2", "person", None, (), ("singer",))], ["x-nor", "x-singer"]),
        ([ALONE, Namesake("2", "organization", "NOR", (), ())], ["x-person", "x"]),
        ([ALONE, Namesake("2", "country", "NOR", (), ())], ["x-person", "x"]),
        ([replace(ALONE, n_articles=10), Namesake("2", "organization", "NOR", (), ())], ["x", "x-organization"]),
        ([replace(ALONE, n_articles=99), Namesake("2", "country", "NOR", (), ())], ["x-person", "x"]),
        ([replace(ALONE, middles="k"), Namesake("2", "person", "NOR", (), (), middles="m")], ["x-k", "x-m"]),
        ([ALONE, Namesake("2", "person", "NOR", (), (), is_split_off=True)], ["x", "x-*"]),
        ([Namesake("1", "group", "NOR", (), ()), Namesake("2", "organization", None, (), ())], ["x-nor", "x-*"]),
        ([Namesake("1", "person", None, (), ()), Namesake("2", "person", None, (), ())], ["x-*", "x-*"]),
        ([ALONE, Namesake("2", "person", "AUS", (), (), is_isolated=True)], ["x-nor", "x-*"]),
    ],
    ids=[
        "alone",
        "country",
        "body",
        "office",
        "kinds",
        "state",
        "a person of whom nearly all articles speak",
        "a state always",
        "initials",
        "separated by only one article",
        "nothing known",
        "nothing known of both",
        "tied to nothing",
    ],
)
def test_homonyms_carry_what_tells_them_apart(namesakes: list[Namesake], expected: list[str]) -> None:
    """Country, else body, else office, else a digest; of several kinds the first has the slug alone."""
    ids = ids_of("x", namesakes)
    for key, pattern in zip("12", expected, strict=False):
        head, star, _ = pattern.partition("*")
        assert ids[key].startswith(head) if star else ids[key] == pattern
    assert len(set(ids.values())) == len(namesakes)


def test_ids_of_two_slugs_that_come_out_alike() -> None:
    """The actor whose id is the slug keeps it, in any order."""
    some = [("x-nor", "a", False), ("x-nor", "b", True), ("y", "c", True)]
    found = clashes(some)
    assert set(found) == {"a"}
    assert found["a"].startswith("x-nor-")
    assert clashes(reversed(some)) == found


def test_a_name_like_a_marked_id() -> None:
    """A person whose name ends like a discriminator has an id other than the homonyms'."""
    some = [
        LocalActor("art_1", "ada-lund", "Ada Lund", "person", "NOR", True),
        LocalActor("art_2", "ada-lund", "Ada Lund", "person", "AUS", True),
        LocalActor("art_3", "ada-lund-nor", "Ada Lund Nor", "person", "NOR", True),
    ]
    ids = resolve(some).ids
    assert ids["art_3", "ada-lund-nor"] == "ada-lund-nor"
    assert len(set(ids.values())) == 3


def mapping(ids: Mapping[tuple[str, str], str]) -> pa.Table:
    """A table of the mapping."""
    rows = [
        {"article_id": article, "local_id": local, "actor_id": actor, "name": "X", "kind": "person"}
        for (article, local), actor in ids.items()
    ]
    return pa.Table.from_pylist(rows, mapping_schema())


@pytest.mark.parametrize("on_disk", [False, True], ids=["memory", "disk"])
def test_renames(on_disk: bool, tmp_path: Path) -> None:
    """A split lists every part, a merger both old ids, a renaming both ids; unchanged ids are not listed."""
    old = {("1", "s"): "s", ("2", "s"): "s", ("3", "t"): "t", ("3", "u"): "u", ("3", "v"): "v", ("3", "w"): "w"}
    new = {("1", "s"): "s-usa", ("2", "s"): "s", ("3", "t"): "t-nor", ("3", "u"): "u", ("3", "v"): "u", ("3", "w"): "w"}
    pairs = [(mapping({k: v for k, v in old.items() if k[0] in part}), mapping(new)) for part in ("12", "3")]
    new_article = (mapping({}), mapping({("4", "z"): "z"}))
    found = renames([*pairs, new_article], tmp_path / "work" if on_disk else None)
    assert found == [
        ("s", "s", "split", 1),
        ("s", "s-usa", "split", 1),
        ("t", "t-nor", "renamed", 1),
        ("v", "u", "merged", 1),
    ]


def test_an_added_homonym_renames() -> None:
    """With an added homonym of another country, who had the slug alone gets a discriminator, and the table says so."""
    one = LocalActor("art_1", "ada-lund", "Ada Lund", "person", "NOR", True)
    other = LocalActor("art_2", "ada-lund", "Ada Lund", "person", "AUS", True)
    before, after = resolve([one]).ids, resolve([one, other]).ids
    assert renames([(mapping(before), mapping(after))]) == [("ada-lund", "ada-lund-nor", "renamed", 1)]
