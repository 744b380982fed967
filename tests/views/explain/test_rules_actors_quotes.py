"""The rules of actors, mentions, offices and quotes tell the branch that decided."""

from __future__ import annotations

import pytest
from firing import fired, says, under

from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.actors.rows import _of_slug
from broadsheet.extraction.found import Rule
from broadsheet.extraction.pipeline import ArticleTables, parse
from broadsheet.reading import read

TABLES = ("articles", "actors", "mentions", "actor_roles", "quotes")

CASES = [
    (
        "actor_id",
        "actor_roles.holder.comma",
        "Ada Lund, finance minister-designate, said on Monday that taxes would fall.",
    ),
    (
        "actor_id",
        "actor_roles.holder.said",
        "Ada Lund is chairman of Lakeside Corp. and a member of the Harbour Pilots Association.",
    ),
    ("tenure", "actor_roles.tenure.awaited", "Ada Lund, the prime minister-designate, agreed on Monday."),
    (
        "tenure",
        "actor_roles.tenure.former",
        "Ada Lund was chairman of Lakeside Corp. for nine years.",
    ),
    (
        "tenure",
        "actor_roles.tenure.nominated",
        "President Ada Lund nominated Rosa Quispe as finance minister on Monday.",
    ),
    (
        "actor_id",
        "actors.id.fuller",
        "Ada M. Lund met Ada K. Lund in Oslo. Ada M. Lund said it was fun, and Ada K. Lund agreed.",
    ),
    ("kind", "actors.kind.union", "Peru accused Brussels on Monday of breaking a promise."),
    (
        "name",
        "actors.name.known",
        "BANK OF ENGLAND CUTS RATES\n\nThe rate fell to 3 percent on Monday, officials said.",
    ),
    ("name", "actors.name.leader", "President Mitterrand will speak on Sunday."),
    (
        "actor_id",
        "mentions.body.headline",
        "Fortuna Shuts Its Mill\n\nFortuna Holdings Corp. said on Monday that it would shut the mill.",
    ),
    (
        "actor_id",
        "mentions.body.initials",
        "The Norden Fish Trade Alliance met on Monday. The NFTA said trade had grown.",
    ),
    (
        "actor_id",
        "mentions.government.latest",
        "Talks fail\n\nTalks between Bolivia and Peru failed on Monday. The government will reply next week.",
    ),
    (
        "actor_id",
        "mentions.person.given",
        "Ben Lund is a full name, though Ben is also a particle; Al Lund is one person in all articles.",
    ),
    ("addressee_id", "quotes.addressee.to", "“The pier is safe,” Ada Lund said to Erik Moe."),
    (
        "attribution",
        "quotes.attribution.label",
        "Kaarel Oja met Jon Price.\n\nHOST: Will you resign?\n\nPRICE: No. I was elected.\n\nHOST: Why?\n\nPRICE: Law.",
    ),
    (
        "attribution",
        "quotes.attribution.nobody",
        "“We reject this plan as it stands today.\n\n“We will stay here until the night is over.”",
    ),
    ("cue", "quotes.cue.according", "According to Ada Lund, the pier is “perfectly safe.”"),
    ("cue", "quotes.cue.form", "Lund muses “We reject this plan as it stands today.”"),
    ("cue", "quotes.cue.noun", 'In her answer —"we will never sign" — she was firm.'),
    ("kind", "quotes.kind.block", "A letter.\n\nShe wrote in the letter:\n\n>   We shall see.\n\nIt was sent."),
    ("kind", "quotes.kind.turn", "HOST: Will you go?\n\nLUND: No.\n\nHOST: Why?\n\nLUND: I was elected."),
    ("speaker_id", "quotes.speaker.cue", "According to Ada Lund, the pier is “perfectly safe.”"),
    ("speaker_id", "quotes.speaker.labelled", "Ada Lund: “The pier is safe.”"),
    (
        "speaker_id",
        "quotes.speaker.label_of",
        "Kaarel Oja met Jon Price.\n\nHOST: Will you resign?\n\nPRICE: No. I was elected.\n\nHOST: Why?\n\nPRICE: Law.",
    ),
    (
        "speaker_id",
        "quotes.speaker.near",
        "There was no doubt in Oslo. “We reject this plan as it stands today.” Ada Lund left the hall.",
    ),
    ("speaker_id", "quotes.speaker.signed", "“The pier is a disgrace.” — Ada Lund, Bergen"),
    ("text", "quotes.text.block", "A letter.\n\nShe wrote in the letter:\n\n>   We shall see.\n\nIt was sent."),
    ("text", "quotes.text.ends", "“First words.\n\nLast words,” she said."),
    ("text", "quotes.text.turn", "HOST: Will you go?\n\nLUND: No.\n\nHOST: Why?\n\nLUND: I was elected."),
    ("text", "quotes.text.unclosed", "“We shall see about it, said Lund."),
    ("text", "quotes.uttered.block", "A letter.\n\nShe wrote in the letter:\n\n>   We shall see.\n\nIt was sent."),
    ("text", "quotes.uttered.laid_out", "Ada Lund: “The pier is safe.”"),
]
"""Column, rule, and a text in which that branch decides."""

SAID = [
    (
        "“The pier is safe,” Ada Lund said to Erik Moe.",
        "quotes",
        "speaker_id",
        '"Lund" is the noun phrase that the cue "said" introduces as the speaker',
    ),
    (
        "“The pier is safe,” Ada Lund said to Erik Moe.",
        "quotes",
        "cue",
        'the lemma of the verb "said"; say is in reporting_cues.csv as a reporting verb (pose, say, show)',
    ),
    (
        "Ada Lund called the pier “perfectly safe” on Monday.",
        "quotes",
        "kind",
        'partial: the reporter\'s sentence continues after it with "on"',
    ),
    (
        "Peru's former trade minister Rosa Quispe left.",
        "actor_roles",
        "tenure",
        "former before the title says so, by office_qualifiers.csv",
    ),
    (
        "Beijing said on Monday that it would answer. Peru was glad.",
        "mentions",
        "form",
        "beijing stands in capitals.csv as the capital of CHN, and acts or is acted upon as a government does",
    ),
    (
        "The Dutch bank Fortuna said it lost money. Norway was glad.",
        "actors",
        "country_code",
        'the adjective "Dutch" stands before the noun that is in apposition to the name',
    ),
]
"""Text, table, column, and what is said of a cell."""


@pytest.mark.parametrize(("column", "rule", "text"), CASES, ids=[rule for _, rule, _ in CASES])
def test_the_branch_that_decided_has_its_rule(column: str, rule: str, text: str) -> None:
    """A text in which one branch decides has the rule of that branch."""
    assert rule in fired(text, column)


@pytest.mark.parametrize(("text", "table", "column", "told"), SAID)
def test_what_is_said_of_a_cell(text: str, table: str, column: str, told: str) -> None:
    """The sentence of a rule has the words, and the entry, that made it fire."""
    assert told in says(text, table, column)


def _undated() -> ArticleTables:
    return parse(analyse(read("President Kirchner said on Monday that the tax would stay. Peru was glad.")))


def _titled() -> ArticleTables:
    return parse(analyse(read("The pier is safe.\n", title="Pier opens", url="https://example.org/pier")))


def _rules(article: ArticleTables) -> set[Rule]:
    found = (f for members in article.by_table().values() for f in members)
    return {reason for f in found for rule in f.rules.values() for reason in under(rule)}


def test_a_source_gives_a_title_and_an_address() -> None:
    """What the text does not say of itself is told to come from outside of it."""
    article = _titled().article
    assert article.rules["title"] == Rule("articles.title.given")
    assert article.row.url == "https://example.org/pier"


def test_a_key_with_the_kind_behind_it() -> None:
    """A key that is neither the plain one nor the fuller one carries the kind."""
    made = Rule("actors.id.person")
    assert _of_slug(("peru", "peru"), made, "peru-person") == Rule("actors.id.of_kind", because=(made,))
    assert _of_slug(("peru", "ada-peru"), made, "ada-peru") == Rule("actors.id.fuller", because=(made,))
    assert _of_slug(("peru", "ada-peru"), made, "peru") == made
