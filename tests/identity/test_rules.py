"""What makes actors of several articles one, and what keeps them apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from broadsheet.identity import LocalActor, LocalOffice, resolve
from broadsheet.reference.names import body_slug, person_slug


@dataclass(frozen=True)
class Who:
    """An actor of an article of its own, in few words; ``article`` puts several into one."""

    name: str
    kind: str = "person"
    country: str | None = None
    stated: bool = True
    offices: tuple[LocalOffice, ...] = ()
    aliases: tuple[str, ...] = ()
    day: str | None = "2020-05-05"
    slug: str | None = None
    article: int | None = field(default=None)


def office(title: str, body: str | None = None, country: str | None = None, tenure: str = "current") -> LocalOffice:
    """An office."""
    return LocalOffice(title, body, country, tenure)


def actor(who: Who, number: int) -> LocalActor:
    """The local actor, in the article of its number unless it names another."""
    slug = person_slug(who.name) if who.kind == "person" else body_slug(who.name, who.country)
    return LocalActor(
        article_id=f"art_{who.article if who.article is not None else number:04}",
        actor_id=who.slug or slug,
        name=who.name,
        kind=who.kind,
        country_code=who.country,
        country_is_stated=who.stated and who.country is not None,
        aliases=tuple(sorted({who.name, *who.aliases})),
        offices=who.offices,
        published_on=date.fromisoformat(who.day) if who.day else None,
    )


def ids(*some: Who) -> list[str]:
    """The id of each."""
    actors = [actor(who, number) for number, who in enumerate(some)]
    found = resolve(actors).ids
    return [found[a.article_id, a.actor_id] for a in actors]


ONE = {
    "a name alone": (Who("Ada Lund"), Who("Ada Lund")),
    "an office changed": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Ada Lund", country="NOR", offices=(office("prime minister"),), day="2024-01-01"),
    ),
    "stated and bare": (Who("Ada Lund", country="NOR", offices=(office("finance minister"),)), Who("Ada Lund")),
    "country inferred otherwise": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Ada Lund", country="SWE", stated=False),
    ),
    "one ministry, a country that is only implied": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Ada Lund", country="SWE", stated=False, offices=(office("finance minister"),)),
    ),
    "two countries, one employer": (
        Who("Ada Lund", country="NOR", offices=(office("president", "world-fish-bank"),)),
        Who("Ada Lund", country="USA", offices=(office("president", "world-fish-bank"),)),
    ),
    "from minister to company, years later": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),), day="2014-03-03"),
        Who("Ada Lund", country="NOR", offices=(office("chief executive", "fjord-bank"),), day="2019-03-03"),
    ),
    "a former footballer in politics": (
        Who("Ada Lund", country="NOR", offices=(office("footballer", tenure="former"), office("MP"))),
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
    ),
    "a middle initial": (Who("Ada K. Lund", country="NOR"), Who("Ada Lund", country="NOR")),
    "initials": (
        Who("Ada Karin Lund", country="NOR", offices=(office("MP"),)),
        Who("A. Lund", country="NOR", offices=(office("MP"),)),
    ),
    "a suffix that few articles print": (
        Who("Per Lund", country="NOR", offices=(office("vice president"),)),
        Who("Per Lund Jr.", country="NOR", offices=(office("Vice President"),), slug="per-lund-jr"),
    ),
    "a short given name": (
        Who("William Hart", country="USA", offices=(office("senator"),)),
        Who("Bill Hart", country="USA", offices=(office("senator"),)),
    ),
    "umlauts written out": (Who("Jörg Müller", country="DEU"), Who("Jörg Mueller", country="DEU")),
    "the Russian ending": (Who("Sergei Orlovsky", country="RUS"), Who("Sergey Orlovskiy", country="RUS")),
    "the Arabic article": (Who("Omar al-Harbi", country="SAU"), Who("Omar El-Harbi", country="SAU")),
    "a hyphen in a Korean name": (Who("Kim Seung-ho", country="KOR"), Who("Kim Seung Ho", country="KOR")),
    "two family names": (
        Who("Luis Andrés Vega Bravo", country="PER", offices=(office("candidate"),)),
        Who("Vega Bravo", country="PER", offices=(office("candidate"),)),
    ),
    "a surname with its office": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Lund", country="NOR", offices=(office("Minister of Finance"),)),
    ),
    "a surname at its company": (
        Who("Ada Lund", offices=(office("chairman", "fjord-bank"),)),
        Who("Lund", offices=(office("chairman", "fjord-bank"),)),
    ),
    "a surname of a stated country": (
        Who("Ada Lund", country="NOR", offices=(office("MP"),)),
        Who("Lund", country="NOR"),
    ),
    "a nickname that articles print": (
        Who("Ada Lund", country="NOR", aliases=("Adda",)),
        Who("Adda", country="NOR"),
    ),
    "one surname-only minister twice": (
        Who("Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Lund", country="NOR", offices=(office("finance minister"),)),
    ),
    "an acronym": (Who("Fjord Growth Fund", "organization", "NOR", aliases=("FGF",)), Who("FGF", "organization")),
    "a company's short name": (
        Who("Fjord Steel Company", "organization", "NOR", aliases=("Fjord",)),
        Who("Fjord", "organization", "NOR"),
    ),
    "legal forms": (Who("Fjord Steel Corp", "organization"), Who("Fjord Steel", "organization")),
    "a ministry by two names": (
        Who("Finance Ministry", "organization", "NOR"),
        Who("Ministry of Finance", "organization", "NOR"),
    ),
    "a movement called an organization": (Who("Free Coast", "group"), Who("Free Coast", "organization")),
    "a body with and without its country": (
        Who("Coast Guard Union", "organization", "NOR"),
        Who("Coast Guard Union", "organization"),
    ),
    "a known body wherever it is named": (
        Who("United Nations", "organization", "USA", slug="united-nations"),
        Who("United Nations", "organization", "CHE", slug="united-nations"),
    ),
}

ISOLATED = {
    "stated countries": (Who("Ada Lund", country="NOR"), Who("Ada Lund", country="AUS")),
    "ministers of two stated countries": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Ada Lund", country="AUS", offices=(office("finance minister"),)),
    ),
    "officials of two implied countries": (
        Who("Ada Lund", country="NOR", stated=False, offices=(office("judge"),)),
        Who("Ada Lund", country="AUS", stated=False, offices=(office("finance minister"),)),
    ),
    "a lawmaker and a footballer": (
        Who("Ada Lund", country="NOR", offices=(office("MP"),)),
        Who("Ada Lund", country="NOR", offices=(office("footballer"),)),
    ),
    "two companies at one time": (
        Who("Ada Lund", country="NOR", offices=(office("chief executive", "fjord-bank"),)),
        Who("Ada Lund", country="NOR", offices=(office("chief executive", "coast-corp"),)),
    ),
    "a minister and a chief executive at one time": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Ada Lund", country="NOR", offices=(office("chief executive", "coast-corp"),)),
    ),
    "middle initials": (Who("Ada K. Lund", country="NOR"), Who("Ada M. Lund", country="NOR")),
    "father and son": (
        Who("Per Lund", country="NOR", slug="per-lund-sr"),
        Who("Per Lund", country="NOR", slug="per-lund-jr"),
    ),
    "a son": (
        Who("Per Lund", country="NOR", offices=(office("vice president"),)),
        Who("Per Lund Jr.", country="NOR", offices=(office("adviser"),), slug="per-lund-jr"),
    ),
    "given names": (Who("Ada Lund", country="NOR"), Who("Eva Lund", country="NOR")),
    "a short given name alone": (Who("William Hart"), Who("Bill Hart")),
    "surnames alone": (Who("Lund"), Who("Lund")),
    "surnames of one country": (Who("Lund", country="NOR"), Who("Lund", country="NOR")),
    "spokesmen of one surname": (
        Who("Lund", country="NOR", offices=(office("spokesman"),)),
        Who("Lund", country="NOR", offices=(office("spokesman"),)),
    ),
    "a surname with another office": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Lund", country="NOR", offices=(office("spokesman"),)),
    ),
    "a surname of another country": (
        Who("Ada Lund", country="NOR", offices=(office("finance minister"),)),
        Who("Lund", country="DNK", offices=(office("finance minister"),)),
    ),
    "a surname without anything": (Who("Ada Lund", country="NOR"), Who("Lund")),
    "a person and a company": (Who("Lund"), Who("Lund", "organization")),
    "parties of two states": (
        Who("Coast Party", "organization", "NOR", stated=False),
        Who("Coast Party", "organization", "ISL", stated=False),
    ),
    "a ministry of no state": (Who("Finance Ministry", "organization"), Who("Finance Ministry", "organization")),
    "ministries of two states": (
        Who("Finance Ministry", "organization", "NOR"),
        Who("Finance Ministry", "organization", "ISL"),
    ),
    "an acronym of another state": (
        Who("Fjord Growth Fund", "organization", "NOR", aliases=("FGF",)),
        Who("FGF", "organization", "GHA"),
    ),
    "a foundation and a company": (
        Who("Lund Foundation", "organization", "NOR", aliases=("Lund",)),
        Who("Lund", "organization", "NOR"),
    ),
    "one article tells them apart": (
        Who("Fjord Growth Fund", "organization", "NOR", aliases=("FGF",), article=1),
        Who("FGF", "organization", "NOR", article=1),
    ),
}


@pytest.mark.parametrize("case", ONE)
def test_one(case: str) -> None:
    """Both are one actor, whichever article comes first."""
    first, second = ONE[case]
    assert len(set(ids(first, second))) == 1
    assert len(set(ids(second, first))) == 1


@pytest.mark.parametrize("case", ISOLATED)
def test_apart(case: str) -> None:
    """They are two actors."""
    first, second = ISOLATED[case]
    assert len(set(ids(first, second))) == 2
    assert len(set(ids(second, first))) == 2


def test_two_ministers_of_one_surname() -> None:
    """A surname with an office goes to the one who holds it; one with the country alone goes to neither."""
    ana = Who("Ana Teles", country="PRT", offices=(office("finance minister"),))
    rui = Who("Rui Teles", country="PRT", offices=(office("defence minister"),))
    by_office = Who("Teles", country="PRT", offices=(office("Defence Minister"),))
    found = ids(ana, rui, by_office, Who("Teles", country="PRT"))
    assert found[2] == found[1] == "rui-teles"
    assert found[3] == "teles"


def test_successors_of_one_surname() -> None:
    """Of two who have held an office, a surname goes to whom the articles of that year speak of."""
    first = Who("Ana Teles", country="PRT", offices=(office("finance minister"),), day="2004-01-01")
    second = Who("Rui Teles", country="PRT", offices=(office("finance minister"),), day="2019-01-01")
    later = Who("Teles", country="PRT", offices=(office("finance minister"),), day="2019-06-01")
    between = Who("Teles", country="PRT", offices=(office("finance minister"),), day="2012-06-01")
    assert ids(first, second, later, between)[2:] == ["rui-teles", "teles"]


BANK = (office("chief executive", "fjord-bank"),)
JUDGE = (office("judge"),)


@pytest.mark.parametrize(
    ("n_bank", "n_judge", "n_bare", "persons"),
    [
        (1, 1, 0, 2),
        (1, 1, 2, 2),
        (3, 1, 1, 1),
        (3, 2, 0, 2),
        (30, 1, 1, 1),
        (30, 2, 3, 2),
        (100, 3, 0, 1),
        (1, 1, 9, 1),
    ],
)
def test_one_odd_article_makes_no_second_person(n_bank: int, n_judge: int, n_bare: int, persons: int) -> None:
    """Several articles separate two persons of a name; a single one does so only if few articles have the name."""
    bank = [Who("Ada Lund", country="NOR", offices=BANK) for _ in range(n_bank)]
    judge = [Who("Ada Lund", country="AUS", offices=JUDGE) for _ in range(n_judge)]
    found = ids(*bank, *judge, *(Who("Ada Lund") for _ in range(n_bare)))
    assert len(set(found)) == persons
    assert len(set(found[:n_bank])) == len(set(found[n_bank : n_bank + n_judge])) == 1
    assert set(found) == ({"ada-lund"} if persons == 1 else {"ada-lund-nor", "ada-lund-aus"})


@pytest.mark.parametrize("n", [1, 2, 20])
def test_who_tells_nothing_is_the_foremost(n: int) -> None:
    """An article that tells nothing but the name means the one of two of whom most articles speak."""
    bank = [Who("Ada Lund", country="NOR", offices=BANK) for _ in range(n + 1)]
    judge = [Who("Ada Lund", country="AUS", offices=JUDGE) for _ in range(max(2, n))]
    assert ids(*bank, *judge, Who("Ada Lund"))[-1] == "ada-lund-nor"


@pytest.mark.parametrize(("n", "persons"), [(1, 1), (2, 1), (3, 2)])
def test_a_country_alone_parts_where_it_is_told_again_and_again(n: int, persons: int) -> None:
    """Another country in one or two articles, and no other difference, is an error about one person."""
    often = [Who("Ada Lund", country="NOR", offices=(office("MP"),)) for _ in range(5)]
    found = ids(*often, *(Who("Ada Lund", country="AUS") for _ in range(n)))
    assert len(set(found)) == persons


def test_initials_part_however_seldom() -> None:
    """Of two with initials of their own, each has the articles that print his; the name alone is the foremost's."""
    first = [Who("George K. Lund", country="NOR", offices=(office("MP"),)) for _ in range(5)]
    found = ids(*first, Who("George H.W. Lund", country="NOR"), Who("George Lund"))
    assert found == ["george-lund"] * 5 + ["george-hw-lund", "george-lund"]
    found = ids(*first, Who("George H. Lund", country="NOR"), Who("George Lund"))
    assert found == ["george-lund-k"] * 5 + ["george-lund-h", "george-lund-k"]


@pytest.mark.parametrize(("n", "expected"), [(12, "bill-hart"), (9, "william-hart")])
def test_another_form_of_a_given_name_is_whom_everybody_speaks_of(n: int, expected: str) -> None:
    """William Hart without more is Bill Hart where many articles of that country speak of him."""
    often = [Who("Bill Hart", country="USA", stated=False) for _ in range(n)]
    assert ids(*often, Who("William Hart", country="USA", stated=False))[-1] == expected


@pytest.mark.parametrize(("n", "expected"), [(12, "ada-lund"), (9, "lund")])
def test_a_surname_alone_is_the_one_everybody_speaks_of(n: int, expected: str) -> None:
    """A bare family name is the person of whom many articles speak, where hardly anybody else has it."""
    often = [Who("Ada Lund", country="NOR", offices=(office("MP"),)) for _ in range(n)]
    found = ids(*often, Who("Lund"), Who("Eva Lund", country="NOR"))
    assert (found[-2], found[-1]) == (expected, "eva-lund")
    assert ids(*often, Who("Lund", country="DNK"))[-1] == "lund"
    assert ids(*often, Who("Lund", day="2001-01-01"))[-1] == "lund"


def test_the_name_is_no_stray_form() -> None:
    """The name of a person is the fullest that a tenth of the articles have: one article renames no one."""
    often = [Who("Ada Lund", country="NOR") for _ in range(20)]
    some = [Who("Ada K. Lund", country="NOR") for _ in range(3)]
    actors = [actor(who, number) for number, who in enumerate([*often, *some, Who("Ada Karin Maria Lund")])]
    (row,) = resolve(actors).actors
    assert (row.actor_id, row.name) == ("ada-lund", "Ada K. Lund")


def test_of_equally_full_names_the_more_frequent_one() -> None:
    """Of two spellings of one length the one in more articles counts, though the other comes first in the alphabet."""
    often = [Who("Ada von Lund", country="NOR") for _ in range(3)]
    actors = [actor(who, number) for number, who in enumerate([*often, Who("Ada Von Lund", country="NOR")])]
    assert {row.name for row in resolve(actors).actors} == {"Ada von Lund"}


def test_a_leader_has_the_name_of_the_reference_table() -> None:
    """A leader's fuller form in some articles does not replace the name in the reference table."""
    forms = ["Joe Biden", "Joe Robinette Biden", "Joe Robinette Biden"]
    (row,) = resolve([actor(Who(form, country="USA"), number) for number, form in enumerate(forms)]).actors
    assert (row.actor_id, row.name) == ("joe-biden", "Joe Biden")


def test_a_given_name_like_a_particle() -> None:
    """Ben Lund is a full name, though Ben is also a particle; Al Lund is one person in all articles."""
    assert (
        ids(Who("Ben Lund"), Who("Ben Lund"), Who("Al Harbi"), Who("Al Harbi")) == ["ben-lund"] * 2 + ["al-harbi"] * 2
    )


@pytest.mark.parametrize(
    ("n", "name", "country", "expected"),
    [
        (20, "Finance Ministry", None, "finance-ministry-nor"),
        (1, "Finance Ministry", None, "finance-ministry"),
        (20, "Ministry of Finance", "LBY", "finance-ministry-nor"),
        (3, "Finance Ministry", "LBY", "finance-ministry-lby"),
    ],
)
def test_a_ministry_that_an_article_places_by_chance(n: int, name: str, country: str | None, expected: str) -> None:
    """A ministry of no country, or of one that only the scene of one article implies, is the one all others mean."""
    often = [Who("Finance Ministry", "organization", "NOR") for _ in range(n)]
    assert ids(*often, Who(name, "organization", country, stated=False))[-1] == expected


def test_a_department_by_both_its_names() -> None:
    """A department of the reference tables is one, whichever way its name is printed."""
    table = Who("State Department", "organization", "USA", stated=False, slug="state-department")
    for other in ("Department of State", "State Department"):
        assert set(ids(table, Who(other, "organization", "USA"))) == {"state-department"}


@pytest.mark.parametrize(("n", "expected"), [(20, "coast-union-nor"), (9, None)])
def test_a_body_without_a_country_is_the_one_most_articles_mean(n: int, expected: str | None) -> None:
    """The same for bodies."""
    often = [Who("Coast Union", "organization", "NOR") for _ in range(n)]
    found = ids(*often, Who("Coast Union", "organization", "AUS"), Who("Coast Union", "organization"))
    assert found[-2] == "coast-union-aus"
    assert found[-1] == expected or (expected is None and found[-1] not in found[:-1])


def test_an_acronym_of_two_bodies_goes_by_country() -> None:
    """Two bodies announce it; each article's goes to the one of its country, and one of no country to neither."""
    north = Who("Northern Boats Council", "organization", "NOR", aliases=("NBC1",))
    south = Who("National Beef Council", "organization", "AUS", aliases=("NBC1",))
    found = ids(north, south, Who("NBC1", "organization", "AUS"), Who("NBC1", "organization"))
    assert found[2] == found[1]
    assert found[3] == "nbc1"


def test_the_fullest_name_and_the_country_of_most_articles() -> None:
    """The row of a joined actor has its fullest name, the country that most articles give, and all mentions."""
    some = [
        Who("Ada Lund", country="NOR"),
        Who("Ada K. Lund", country="NOR"),
        Who("Ada Lund", country="SWE", stated=False),
    ]
    often, also, elsewhere = (actor(who, number) for number, who in enumerate(some))
    (row,) = resolve([often, also, replace(elsewhere, n_mentions=9)]).actors
    assert (row.actor_id, row.name, row.country_code, row.n_mentions) == ("ada-lund", "Ada K. Lund", "NOR", 11)


def test_a_party_has_its_own_name_not_that_of_its_members() -> None:
    """However many articles speak of its members, a party of the reference table is called as there."""
    slug = "democratic-party"
    some = [Who("Democrats", kind="organization", country="USA", slug=slug) for _ in range(5)]
    some.append(Who("Democratic Party", kind="organization", country="USA", slug=slug))
    actors = [actor(who, number) for number, who in enumerate(some)]
    (row,) = resolve(actors).actors
    assert (row.actor_id, row.name) == (slug, "Democratic Party")


def test_a_body_has_the_name_that_most_articles_give_it() -> None:
    """A fuller form in a few articles renames no body in the others."""
    slug = "federal-reserve"
    often = [Who("Federal Reserve", kind="organization", country="USA", slug=slug) for _ in range(5)]
    some = [Who("Federal Reserve Board", kind="organization", country="USA", slug=slug) for _ in range(2)]
    actors = [actor(who, number) for number, who in enumerate([*often, *some])]
    (row,) = resolve(actors).actors
    assert (row.actor_id, row.name) == (slug, "Federal Reserve")


def test_of_equally_common_names_a_body_has_the_one_of_the_reference_table() -> None:
    """The spelling of half of the articles is not preferred to that of the table."""
    forms = ("World Trade Organisation", "World Trade Organization")
    some = [Who(form, kind="organization", slug="world-trade-organization") for form in forms]
    (row,) = resolve([actor(who, number) for number, who in enumerate(some)]).actors
    assert row.name == "World Trade Organization"
