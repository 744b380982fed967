"""What holds for the tables of any text: news in many styles, the same after damage, and no news at all."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import broken, invalid, unlike
from texts import DAYS, ENGLISH, Writer

from broadsheet import InputError, extract
from broadsheet.base.days import FIRST_DAY
from broadsheet.reading import read
from broadsheet.tables.arrow import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet import Article

PUBLISHED = date(2019, 6, 12)

SPARED = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def readable(texts: Iterable[tuple[str, date | None]]) -> list[Article]:
    """The articles of the texts but for those that are refused, each once."""
    articles: dict[str, Article] = {}
    for text, published_on in texts:
        try:
            article = read(text, published_on=published_on)
        except InputError:
            continue
        articles.setdefault(article.article_id, article)
    return list(articles.values())


def test_texts_of_all_kinds_give_valid_tables() -> None:
    """Two hundred articles in one call: every table passes every check, and their order makes no difference."""
    randoms = [Random(seed) for seed in range(200)]
    articles = readable((Writer(random).text(), random.choice(DAYS)) for random in randoms)
    assert len(articles) > 150
    tables = extract(articles)
    assert all(len(tables[name]) for name in tables)
    assert broken(tables, articles) == []
    assert invalid(tables) == []
    assert unlike(tables, extract(articles[::-1])) == []


@settings(SPARED, max_examples=60)
@given(st.randoms(use_true_random=False), st.sampled_from(DAYS))
def test_any_written_text_gives_rows_that_stand_in_it(random: Random, published_on: date | None) -> None:
    """Spans lie inside the text, quotes say what stands there and end with their paragraph; a second run agrees."""
    for article in readable([(Writer(random).text(), published_on)]):
        tables = extract(article)
        assert broken(tables, [article]) == []
        assert unlike(tables, extract(article)) == []


def test_any_characters_give_valid_tables_or_are_refused() -> None:
    """Whatever a file may hold, it is read or refused in one line; beside English words, it is read."""
    seen: dict[str, Article] = {}

    @settings(SPARED, max_examples=60)
    @given(st.text(min_size=1, max_size=200))
    def examine(text: str) -> None:
        shapes = [(text, None), (f"{ENGLISH}{text}", PUBLISHED), (f"{text}\n\n{ENGLISH}\n\n{text}", PUBLISHED)]
        articles = readable(shapes)
        assert articles
        assert broken(extract(articles), articles) == []
        seen.update((article.article_id, article) for article in articles)

    examine()
    tables = extract(list(seen.values()))
    assert invalid(tables) == []
    assert unlike(tables, extract(list(seen.values()))) == []


ONCE_WRONG = {
    "two blanks before a turn": 'Talks in full.\n\n"OSTIN:  We shall see. \n\n"LUND:  So shall we."\n\n"OSTIN:  Good."',
    "blanks before a block quote": "A letter.\n\nShe wrote in the letter:\n\n>   We shall see.\n\nIt was sent.",
    "blanks before a paragraph": "A vote.\n\n  “We shall see,” Ada Lund said.\n\n \u2003 She left the room.",
    "money beside a rate": "The bank cut its rate by 50 basis points, or Rs 5.",
    "a bare word of money": "It cost the port two riyals and five kroner.",
    "a ban with a rate": "Norway imposed a 25 percent ban on Danish cheese.",
    "raised to less": "Norway raised its tariffs on Danish cheese to 5 percent from 5 percent on May 3.",
    "a range of one rate": "Norway imposed tariffs of between 5% and 5% on Danish cheese.",
    "a range that falls": "Norway put its tariffs on Danish cheese at 5 to 3½ percent.",
    "ended before it began": "Norway's ban on Danish cheese took effect on May 20 and lasted until May 3, 2019.",
    "a company's own rate": "Norway exempted Tencent from its surcharge on machinery.",
    "a rate in another sentence": "It cut its rate to 25 percent.\n\nThe tariffs on steel of Norway will fall.",
    "a word that looks like two": "In May Ada Lund met Bo Ost, and he resigned wed.",
    "a speaker who is a genitive": "‘It's not ours.’—Canadian O’Neil-Ruiz Canada's indignant",
    "letters beyond Latin inside a unit": "The port paid US$276.5 mﬁillion and a 5 percentß tariff to Norway.",
    "a footnote behind an amount": "The port paid $5² and Norway put a 5²% tariff on Danish cheese.",
    "a rate for a long word": "Norway put a duty of 35 cents a counterrevolutionary on Danish cheese.",
    "a month before the first year": "Norway apologised to Canada on the 32nd of March.",
    "a measure before the first year": "Norway imposed a tariff on Danish cheese on the 32nd of March.",
    "years that no table holds": "It ended 5,000 years ago, Norway's minister said, and will return in a century.",
}
"""Texts that gave an invalid row once, by what was wrong with it or with them."""


@pytest.mark.parametrize("published_on", [PUBLISHED, None, FIRST_DAY], ids=["dated", "undated", "on the first day"])
def test_texts_that_failed_once_give_valid_tables(published_on: date | None) -> None:
    """What was mended stays mended."""
    articles = readable((text, published_on) for text in ONCE_WRONG.values())
    assert len(articles) == len(ONCE_WRONG)
    assert invalid(extract(articles)) == []


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("Rain is expected tomorrow.", ["quotes", "tariffs", "financial_figures", "actors", "events"]),
        ("The bank lent the port $5 million.", ["quotes", "tariffs"]),
        ("“We shall see,” Ada Lund said.", ["tariffs", "financial_figures", "events"]),
        ("Norway imposed a tariff of 5 percent on Danish cheese.", ["quotes", "financial_figures"]),
    ],
    ids=["nothing", "a figure alone", "a quote alone", "a tariff alone"],
)
def test_empty_tables_keep_their_types_and_are_valid(text: str, empty: list[str]) -> None:
    """A text without quotes, tariffs or figures gives tables without rows, with all columns in their types."""
    tables = extract(text=text, published_on=PUBLISHED)
    said = "“No,” said Ada Lund. Norway imposed a 5% tariff on Danish cheese worth $3 million on May 3, 2019."
    full = extract(text=said)
    assert [name for name in empty if len(tables[name])] == []
    for name in tables:
        assert tables.arrow(name).schema.equals(arrow_schema(name), check_metadata=True)
        assert tables[name].dtypes.equals(full[name].dtypes)
    assert invalid(tables) == []


@pytest.mark.parametrize("mark", ["“", '"', "‘", "«", "„", "''", "``", "”", "’", "»", "'", "“‘", "“ “", "＂", "〝"])
@pytest.mark.parametrize("place", ["{mark}{said}", "{said} {mark}It is late", "{said}{mark}", "{mark}{said} {mark}"])
def test_an_unbalanced_mark_swallows_no_more_than_its_paragraph(mark: str, place: str) -> None:
    """What stands behind the paragraph is read as if the mark were not there."""
    first = place.format(mark=mark, said="The port is shut, and the men have left for good.")
    article = read(f"Port shut\n\n{first}\n\nThe port opens in May.\n\n“We shall see,” Ada Lund said in Oslo.")
    quotes = extract(article).quotes
    behind = article.paragraphs[0].end
    later = quotes[quotes["char_start"] >= behind]
    assert list(later["text"]) == ["We shall see,"]
    assert list(later["speaker_id"]) == ["ada-lund"]
    assert (quotes["char_end"] - quotes["char_start"]).max() <= len(first)
