"""The four forms of gold, field by field.

``checks.py`` checks gold against them; ``tools/derive.py`` writes ``docs/gold.md`` from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Form = Literal["article", "quotes", "events", "figures"]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a row of gold.

    Attributes:
        name: The key.
        type: Type of the value: a key of ``checks.TYPES``.
        meaning: What it means and how it is compared.
        required: Whether a row must have it. In an optional field, null means absent.
        null: Whether a required field may be null.
        column: ``TABLE.COLUMN`` whose enumeration must contain the value.
        values: The allowed values, if no column lists them.
        printed: Whether the value is printed in the article, so that ``char_start`` and ``char_end`` may replace it.
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    null: bool = False
    column: str | None = None
    values: tuple[str, ...] = ()
    printed: bool = False

    def enum(self) -> tuple[str, ...]:
        """Returns the allowed values; empty if any value of the type is allowed."""
        if self.column is None:
            return self.values
        from broadsheet.tables.schema import schema

        table, column = self.column.split(".")
        return schema(table).field(column).enum


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind in a case: under the key ``name``, or the case itself if ``name`` is empty."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    required: bool = False
    many: bool = True


@dataclass(frozen=True, slots=True)
class GoldForm:
    """A form of gold: its description, the keys that identify it, and its sections."""

    name: Form
    meaning: str
    keys: frozenset[str]
    sections: tuple[Section, ...]


_OPTIONAL = Field("optional", "flag", "The row is neither asked for nor charged.")


def _span_fields(of: str) -> tuple[Field, ...]:
    return (
        Field("start", "offset", f"First code point of {of} in `text`.", required=True),
        Field("end", "offset", f"Code point behind {of}.", required=True),
    )


def _printed(name: str, meaning: str, *, required: bool = False) -> tuple[Field, ...]:
    """Returns the fields of a string from the article: the string and its ``nth``, or offsets instead of both."""
    return (
        Field(name, "text", meaning, required=required, printed=True),
        Field("nth", "nth", f"Which occurrence of `{name}` in the text is meant; 1 if left out. Not scored."),
        Field("char_start", "offset", f"In place of `{name}` and `nth`: first code point in the canonical text."),
        Field("char_end", "offset", "Code point after the last."),
    )


_ARTICLE = Section(
    "article",
    "Which article it is. It is found in the package by `text_sha256`, else by `title`, else by `source`, else it is "
    "the only one.",
    (
        Field("title", "text", "Its title."),
        Field("text_sha256", "text", "SHA-256 of its canonical text (`articles.text_sha256`)."),
        Field("source", "text", "Its address (`articles.url`)."),
        Field("published_on", "day", "Its day of publication. Not scored."),
        Field("name", "text", "Its name in reports; the name of the file if left out."),
        Field("publisher", "text", "Its publisher. Not scored."),
        Field("origin", "text", "Where its text was taken from. Not scored."),
        Field("split", "text", "The set that it belongs to. Not scored."),
        Field("partial_actors", "flag", "Its actors are only those that other rows name, so they are not scored."),
    ),
    required=True,
    many=False,
)

_ACTORS = Section(
    "actors",
    "People, bodies, countries and groups. An actor is found by its name or an alias, a country also by its code, a "
    "person also by the surname. All other rows name actors by `name`.",
    (
        Field("name", "text", "The fullest name.", required=True),
        Field("aliases", "texts", "All forms in the text that name it, pronouns aside."),
        Field("kind", "text", "Kind.", required=True, column="actors.kind"),
        Field("country", "code", "Country; not scored where null."),
        _OPTIONAL,
    ),
    required=True,
)

_ROLES = Section(
    "roles",
    "Offices. A role is found if the actor is right and half of the words of the title are shared.",
    (
        Field("actor", "name", "Who holds the office.", required=True),
        Field("title", "text", "The office as printed.", required=True),
        Field("organization", "name", "The body, where one is named."),
        Field("country", "code", "The country; scored where the key is there."),
        Field("tenure", "text", "Whether it is held now.", required=True, column="actor_roles.tenure"),
        _OPTIONAL,
    ),
)

_QUOTES = Section(
    "quotes",
    "Quoted words. A quote is found if seven in ten of the words are shared.",
    (
        *_printed("text", "The words without the outer marks.", required=True),
        Field("text_end", "text", "`text` is only how the quote begins; this is how it ends."),
        Field("n_words", "nth", "Number of words of a quote that is given by its two ends."),
        Field("kind", "text", "Kind.", required=True, column="quotes.kind"),
        Field("speaker", "name", "Who speaks; null where unnamed.", required=True, null=True),
        Field("speaker_text", "text", "The speaker as printed; scored where the key is there."),
        Field("cue", "text", "Lemma of the reporting verb or noun; scored where the key is there."),
        Field("addressee", "name", "To whom; scored where the key is there."),
        Field("same_utterance_as_previous", "flag", "The reporter broke the utterance before this quote."),
        _OPTIONAL,
    ),
)

_EVENTS = Section(
    "events",
    "Events. One is found if its type is right and one of its participants is; `strict` wants all participants with "
    "their roles, `dyads` the countries of each side (an actor without a country stands for itself). Roles are not "
    "compared in AGREE, CONSULT and COOPERATE. `actors_alt` and `recipients_alt` are a name, a list of names, each of "
    "which is right alone and all together, or a list of lists.",
    (
        Field("type", "text", "PLOVER type.", required=True, column="events.type"),
        *_printed("trigger", "The word or words that tell it.", required=True),
        Field("actors", "names", "Who does it, or the sides of a mutual event."),
        Field("recipients", "names", "To whom it is done."),
        Field("date_start", "day", "First day; null where the text does not tell."),
        Field("date_end", "day", "Last day; null where the text does not tell."),
        Field(
            "precision", "text", "Precision of the date; scored where the key is there.", column="events.date_precision"
        ),
        Field("country", "code", "Where. Not scored."),
        Field("status", "text", "Status; scored where the key is there.", column="events.status"),
        _OPTIONAL,
    ),
)

_TARIFFS = Section(
    "tariffs",
    "Measures. A row is found if imposer and target are right and three in ten of the words of the product are shared "
    "(generic words such as *goods* aside); `strict` wants action, rate and company too; `clauses` counts clauses of "
    "the text, found when half of their rows are.",
    (
        Field("imposer", "code", "Who imposes.", required=True),
        Field("target", "code", "On whom; null for all."),
        Field("product", "text", "On what; null for goods in general."),
        Field("measure", "text", "What kind of measure.", required=True, column="tariffs.measure"),
        Field("action", "text", "What is done.", required=True, column="tariffs.action"),
        Field("action_any", "flag", "Every action is right."),
        Field("rate", "number", "Rate in percent; null if the text states none."),
        Field("rate_before", "number", "Rate before; scored where the key is there."),
        Field("rate_approximation", "text", "Scored where the key is there.", column="tariffs.rate_approximation"),
        Field("additional", "flag", "The rate comes on top; scored where the key is there."),
        Field("status", "text", "Status of the action.", required=True, column="tariffs.status"),
        Field("effective_on", "day", "Day of effect; scored where it is not null."),
        Field("is_retaliation", "flag", "It answers an act of the target; scored where it is not null."),
        Field("applies_to", "text", "Company with a rate of its own; scored where it is the name of an actor."),
        *_printed("evidence", "The words that tell it; rows of the same words are one clause."),
        Field("group", "text", "Rows of one group are one clause, whatever their `evidence`."),
        _OPTIONAL,
    ),
)

_FIGURES = Section(
    "figures",
    "Amounts. One is found if amount and unit are right.",
    (
        Field("amount", "number", "The amount, scale words multiplied out, a fall negative.", required=True),
        Field("direction", "text", "`down`: `amount` is written without its minus.", values=("up", "down")),
        Field("high", "number", "Upper end of a range."),
        Field("unit", "unit", "Currency, `percent`, `percentage_points` or `basis_points`.", required=True),
        Field("approximation", "text", "Scored where the key is there.", column="financial_figures.approximation"),
        Field("kind", "text", "What it is.", required=True, column="financial_figures.kind"),
        Field("payer", "name", "Who pays; scored as `parties` where one of the two is named, else as `no_parties`."),
        Field("payee", "name", "Who is paid."),
        Field("payer_optional", "flag", "A row without parties is right too."),
        Field("date_start", "day", "First day of its date; scored where one of the two keys is there."),
        Field("date_end", "day", "Last day."),
        Field("conversion", "flag", "It only converts the amount before it. Not scored."),
        *_printed("text", "The amount as printed.", required=True),
        _OPTIONAL,
    ),
)

FORMS: Mapping[Form, GoldForm] = {
    "article": GoldForm(
        "article",
        "Gold for every table of an article: a `.json` file with one object, or a `.jsonl` file with one per line. A "
        "section that is absent or null is not scored. In any row, `FIELD_alt` gives a further right value of a field, "
        "or a list of them; null is a value.",
        frozenset(["article"]),
        (_ARTICLE, _ACTORS, _ROLES, _QUOTES, _EVENTS, _TARIFFS, _FIGURES),
    ),
    "quotes": GoldForm(
        "quotes",
        "Quotes and their speakers: a `.jsonl` or `.jsonl.gz` file, one text a line.",
        frozenset(["doc_id", "text", "quotes"]),
        (
            Section(
                "",
                "A text.",
                (
                    Field("doc_id", "text", "Its name in reports.", required=True),
                    Field("text", "text", "The text, which is extracted unchanged.", required=True),
                    Field("published_on", "day", "Its day of publication."),
                ),
            ),
            Section(
                "quotes",
                "Its quotes. One is found by a span that shares seven tenths of the characters of both.",
                (
                    *_span_fields("the words inside the marks"),
                    Field("kind", "text", "Not scored.", column="quotes.kind"),
                    Field("source", "spans", "Where the speaker is named; empty if no one is named.", required=True),
                    Field("source_text", "text", "The speaker as printed.", required=True, null=True),
                ),
                required=True,
            ),
        ),
    ),
    "events": GoldForm(
        "events",
        "Events of single sentences as codings of countries: a `.jsonl` file, one sentence a line.",
        frozenset(["id", "text", "date", "gold"]),
        (
            Section(
                "",
                "A sentence.",
                (
                    Field("id", "text", "Its name in reports.", required=True),
                    Field("text", "text", "The sentence.", required=True),
                    Field("date", "day", "Its day of publication, or null.", required=True, null=True),
                ),
            ),
            Section(
                "gold",
                "Its events, compared as sets of distinct items.",
                (
                    Field(
                        "type",
                        "text",
                        "PLOVER type; null for an act that is none.",
                        required=True,
                        null=True,
                        column="events.type",
                    ),
                    Field(
                        "actor_country",
                        "text",
                        "Country of the actor (ISO 3166-1 alpha-3); `IGO` for a body of several.",
                        required=True,
                        null=True,
                    ),
                    Field("recipient_country", "text", "Country of the recipient.", required=True, null=True),
                ),
                required=True,
            ),
        ),
    ),
    "figures": GoldForm(
        "figures",
        "Amounts, percentages and dates of short texts: a `.jsonl` file, one text a line.",
        frozenset(["id", "text", "kinds", "gold"]),
        (
            Section(
                "",
                "A text.",
                (
                    Field("id", "text", "Its name in reports.", required=True),
                    Field("source", "text", "Where it comes from; figures are given by source.", required=True),
                    Field("text", "text", "The text.", required=True),
                    Field("reference_date", "day", "The day on which it was written."),
                    Field("kinds", "texts", "Which of `money`, `percent`, `date` are annotated in it.", required=True),
                ),
            ),
            Section(
                "gold",
                "Its items. One is found by a span that shares half of the characters of both.",
                (
                    *_span_fields("the item"),
                    Field("text", "text", "The item as printed.", required=True),
                    Field("kind", "text", "Kind.", required=True, values=("money", "percent", "date")),
                    Field("value", "number", "Money and percentages: the value, in units of the currency."),
                    Field("value_high", "number", "Upper end of a range."),
                    Field("value_alternatives", "numbers", "Further right values."),
                    Field("currency", "code", "Currency; not scored where null."),
                    Field("date_start", "day", "Dates: first day."),
                    Field("date_end", "day", "Dates: last day."),
                    Field("alternatives", "days", "Further right pairs of first and last day."),
                    Field("precision", "text", "`range`: the item names two dates. Else not scored."),
                    Field("alt_spans", "spans", "Further right spans."),
                ),
                required=True,
            ),
        ),
    ),
}
