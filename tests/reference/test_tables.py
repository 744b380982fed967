"""Reference tables are well formed, sorted, unique in their key, and agree with one another."""

from __future__ import annotations

import runpy
from importlib.resources import files

import pytest

from broadsheet import reference
from broadsheet.reference import geography, organizations, people
from conftest import ROOT

NAMES = sorted(p.name.removesuffix(".csv") for p in files(reference).iterdir() if p.name.endswith(".csv"))
PRINTED_KEYS = {"known_organizations", "organization_aliases", "countries"}
OWN_TABLES = [
    "capitals",
    "countries",
    "country_names",
    "demonyms",
    "family_names_first",
    "gendered_nouns",
    "given_names",
    "government_seats",
    "honorifics",
    "known_organizations",
    "name_suffixes",
    "office_qualifiers",
    "offices",
    "organization_aliases",
    "organization_heads",
    "places",
    "surname_particles",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_loads(name: str) -> None:
    """The loader's own checks (header, width of rows) hold for each file that ships."""
    assert reference.table(name)


def test_cells_of_a_large_table_are_those_of_its_rows() -> None:
    """Both readers of a table agree, cell for cell."""
    assert list(reference.cells("actor_vectors")) == [list(row.values()) for row in reference.table("actor_vectors")]


@pytest.mark.parametrize("name", OWN_TABLES)
def test_keys_are_sorted_unique_and_trimmed(name: str) -> None:
    """A reader finds a key by eye, and no key stands twice; keys are lower case unless the table says how to print."""
    keys = [next(iter(row.values())) for row in reference.table(name)]
    assert keys == sorted(set(keys))
    for row in reference.table(name):
        assert all(cell == cell.strip() for cell in row.values())
    if name not in PRINTED_KEYS:
        assert keys == [key.lower() for key in keys]


@pytest.mark.parametrize(
    "name",
    [
        "country_names",
        "demonyms",
        "capitals",
        "government_seats",
        "places",
        "family_names_first",
        "known_organizations",
    ],
)
def test_country_codes_exist(name: str) -> None:
    """Every code that a table gives is a country of ``countries.csv``."""
    codes = {row["country_code"] for row in reference.table(name) if row["country_code"]}
    assert codes <= set(geography.countries())


def test_countries_are_those_of_the_standard() -> None:
    """ISO 3166-1 in full and the European Union besides; checked against pycountry where it is installed."""
    pycountry = pytest.importorskip("pycountry")
    standard = {c.alpha_3: c.alpha_2 for c in pycountry.countries}
    ours = {c.country_code: c.alpha_2 for c in geography.countries().values()}
    assert ours.pop(geography.EUROPEAN_UNION) == "EU"
    assert ours == standard


@pytest.mark.parametrize("code", sorted(geography.countries()))
def test_each_country_is_found_by_its_own_name(code: str) -> None:
    """The name shown for a country also names it in a text; the Union is looked up as an organization."""
    name = geography.countries()[code].name
    if code == geography.EUROPEAN_UNION:
        assert organizations.known_organizations()[name].country_code == code
    elif code not in {"ATA", "UMI"}:
        assert geography.country_names()[name.lower()].country_code == code


def test_standard_tables_are_what_the_tool_writes() -> None:
    """The generated tables are up to date with the installed ISO and CLDR data."""
    pytest.importorskip("pycountry")
    pytest.importorskip("babel")
    written = runpy.run_path(str(ROOT / "tools" / "standard_tables.py"))
    for name, content in written["tables"]().items():
        assert (written["FOLDER"] / name).read_text(encoding="utf-8") == content


@pytest.mark.parametrize("name", ["country_names", "currencies"])
def test_own_rows_add_to_the_standard_ones(name: str) -> None:
    """No row of our own repeats one of the standard, and each counts where both have the key."""
    own, standard = (
        set(files(reference).joinpath(*path).read_text(encoding="utf-8").splitlines()[1:])
        for path in ((f"{name}.csv",), ("standard", f"{name}.csv"))
    )
    assert not own & standard
    assert own <= {",".join(row.values()) for row in reference.table(name)}


def test_aliases_lead_to_known_organizations() -> None:
    """An abbreviation stands for an organization that has its own row, and is not one itself."""
    known = organizations.known_organizations()
    for alias, name in organizations.organization_aliases().items():
        assert name in known
        assert alias not in known


@pytest.mark.parametrize(
    ("word", "code"),
    [("american", "USA"), ("swiss", "CHE"), ("new zealanders", "NZL"), ("north korean", "PRK"), ("filipino", "PHL")],
)
def test_demonyms(word: str, code: str) -> None:
    """Adjectives, plurals and words of two parts lead to their country."""
    assert geography.demonyms()[word].country_code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("soviet union", "RUS"), ("u.s.", "USA"), ("ivory coast", "CIV"), ("congo", "COD"), ("congo republic", "COG")],
)
def test_other_names_of_countries(word: str, code: str) -> None:
    """Former states lead to their successor, wire abbreviations to their country."""
    assert geography.country_names()[word].country_code == code


def test_typed_accessors_accept_every_row() -> None:
    """No cell of an enumerated column holds a value that the accessor does not know."""
    for accessor in (people.offices, people.office_qualifiers, people.honorifics, people.given_names):
        assert accessor()
    assert people.gendered_nouns()["wife"] == "female"
    assert organizations.organization_heads()["ministry"].sphere == "government"
    assert organizations.organization_heads()["inc."].is_suffix


@pytest.mark.parametrize(
    ("content", "problem"),
    [("", "header"), ("a,a\n1,2\n", "header"), ("a,b\n1\n", "1 cells, 2 columns"), ("a,,b\n", "header")],
    ids=["empty", "repeated-column", "short-row", "unnamed-column"],
)
def test_malformed_table_is_refused(content: str, problem: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """A defect in a table is told at once, with the file and what is wrong."""
    (tmp_path / "made_up.csv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(reference, "files", lambda _: tmp_path)
    with pytest.raises(reference.ReferenceTableError, match=problem):
        reference.table.__wrapped__("made_up")
