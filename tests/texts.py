"""Random texts as news agencies, websites and attackers write them, assembled from our own parts.

A :class:`Writer` makes all choices with one ``random.Random``: hypothesis passes one that it can shrink,
``tools/fuzz.py`` one with a seed. Sentences come from a grammar, :data:`RULES`, whose words are those of the reference
tables and of :data:`WORDS`, so that every table gets rows. :data:`DAMAGE` then changes them as copying, scanning and
malice do.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

DAYS = (
    None,
    date(2019, 1, 22),
    date(1987, 3, 9),
    date(2024, 2, 29),
    date(2020, 12, 31),
    date(1000, 1, 1),
    date(2999, 12, 31),
)
"""Publication dates: none, usual ones, and the first and last that a table holds."""

ENGLISH = "They said that the port and its workers should have been told about it before this. "
"""Enough English words for any text to count as English."""

WORDS = {
    "name": """
        Ada Lund | Mara Ostin | Bo Lindqvist | J. P. van der Meer | Wei Zhang | Li Na | Kim Min-ji | Nagy Éva
        O'Brien | Sir Colin Ashe | Jean-Luc d'Arcy | Björk Þórsdóttir | Nguyễn Văn An | Šárka Žižková
        Владимир Орлов | محمد الفارس | 王小明 | 이서연 | प्रिया नायर | 𝓐𝓭𝓪 𝓛𝓾𝓷𝓭 | Bin Ali
        Ann-Marie St. John III | A. B.
        Mr. Smith Jr. | Ki̇raz Öz | MARA OSTIN | mcdonald | DeShawn O’Neil-Ruiz | Ng | The Rev. Paul Achebe, S.J.
        Ada | Lund | Ostin | Mrs. Lund
    """,
    "title": """
        Prime Minister | Foreign Minister | acting Trade Minister | former President | President-elect
        Chief Executive | chairman | spokeswoman | Gov. | Sen. | U.S. Trade Representative | central bank governor
        deputy finance minister | the minister | MP | Lt. Gen. | King | ambassador to Japan | head of the union
        co-founder and CEO | Judge | Dr.
    """,
    "body": """
        Norland Bank | the Bank of Eastport | Commerce Department | the Foreign Ministry | European Commission
        the EU | APEC | Ford & Sons Ltd. | Halvorsen Shipping (HS) | the Ministry | Beijing | Ottawa | Washington
        the White House | Kremlin | NATO | the United Nations | Eastport Echo | the company | the government
        Harbour Police | AT&T | 3M | Tesla Inc | the Association of Grain Growers and Millers of the North
        World Trade Organization | the rebels | Reuters | x.com
    """,
    "state": """
        China | Canada | the United States | U.S. | US | Norway | Japan | the Netherlands | Brazil | India | Mexico
        Iran | South Korea | North Korea | Taiwan | Hong Kong | the European Union | Georgia | Jordan | Chad
        Turkey | Türkiye | Côte d'Ivoire | West Germany | the Soviet Union | Kosovo | Palestine | Ivory Coast
        Congo | Guinea | England
    """,
    "national": """
        Chinese | Canadian | American | U.S. | Norwegian | Japanese | Dutch | EU | Indian | Mexican | South Korean
        Russian | Brazilian | Swiss | non-EU | Franco-German | Anglo-American | foreign | all | imported
    """,
    "known good": """
        steel | aluminium | softwood lumber | cars | canola seed and peas | wine, cheese and olive oil | goods
        all imports | semiconductors | $16 billion of machinery | solar panels | rare earths | medicines
        128 products | pork (fresh or frozen) | agriculture and seafood products
        electric vehicles made by Halvorsen | Goods | 🍷 | beef, dairy, sugar, rice and tobacco
    """,
    "measure": """
        tariff | tariffs | duties | import duty | surtax | anti-dumping duties | countervailing duty | quota | ban
        embargo | export controls | safeguard measures | levy | sanctions | surcharge | licensing requirements
        TARIFFS | trade curbs
    """,
    "rate": """
        25 percent | 10% | from 10 to 25 percent | 10-41% | up to 100 pct | 35 cents a gallon
        an additional 10 per cent | nearly 300% | zero | 0% | half | double | 25.5-percent | -5%
        1,000,000,000,000,000,000,000,000,000% | 0.000001% | twenty-five percent | 3½ percent | between 5% and 5%
        99999999999999999999999999.99999 percent | 20 percent to 10 percent | 25 percent, up from 25 percent
        more than 25 percent or less | 10 to 5 percent | 1e400% | ٢٥٪ | ２５％ | ²%
    """,
    "known amount": """
        $5 million | US$276.5 million | C$1.2bn | €5 | £3.50 | 500 mln dlrs | 1.2 trillion yen | Rs 5 lakh crore
        $1 | $0 | 5.4 billion Swiss francs | $999,999,999,999,999,999,999,999.9999
        $99999999999999999999999999999999 | $0.00001 | a dollar | $5-$10 billion | $10 to $5
        between $3 million and $3 million | -$5 million | ($5 million) | $5 million ($6.5 million)
        half a billion dollars | $100 quadrillion | $1,23,4 | $1.2.3 | $ 5 | 5 percent | 50 basis points
        2.5 percentage points | $45 a barrel | 11 dlrs/tonne | dozens of millions of euros | ￥１００ | ¥5 | $५
        $1 million million million million million | minus 3.5% | 5%-6% | $3m-4m | 1/3 of 1 percent | 0.5pc
        $1.5 million to $1.5 billion | EUR 1.000.000,50
    """,
    "known date": """
        on Monday | last week | Jan. 22, 2019 | on 3 March | in late 2018 | yesterday | on Feb. 29 | on Feb. 30
        in 0000 | in the year 0 | on 31 December 9999 | in 9999 | next century | in 10000 years | 5,000 years ago
        since March | May 20 | until Nov. 3 | from 1 to 5 May | between 2030 and 1990 | on 01/02/03 | 2019-13-45
        1987-02-29 | in the 1980s | Q4 2018 | in fall | at the end of the month | within 90 days | tomorrow
        on the 32nd of March | in April of that year | today | 99999999999999999999 days ago | for 999999 months
        on Dec. 1, 0001 | next Friday | in mid-May | two weeks from now | in the first half of 1 AD
        on Monday, March 3, 2025 | three days before Christmas | as of July 1 | in early January
    """,
    "cue": """
        said | says | told reporters | added | warned | wrote on Twitter | tweeted | asked | according to
        insisted that | told Ada Lund | told the BBC | said in a statement to Norland Bank | called it
        quoted him as saying | was told by | exclaimed | said, | said: | SAID | told himself | whispered to her
        in a statement | testified | joked
    """,
    "speech": """
        We shall see | Nobody won | It's the workers' deal, not ours | No | free trade | 'tis a farce
        a so-called 'dawn' | The tariffs on steel will fall to 10% on July 1, and Canada agrees
        they paid $5 million | … | !? | I met Mr. Ostin in Oslo | rock 'n' roll | 5'10" tall | We | –
        Why? Because! So be it. | Ada Lund said: “No.” | é\u0301\u0302 | שלום עולם
    """,
    "noun": """
        port | deal | talks | strike | harvest | plan | court | election | pipeline | visit | report | price
        statement | dispute | agreement | bank | factory | treaty | embassy | shares | profit | loan | budget
        crisis | protest
    """,
    "verb": """
        met | visited | arrested | accused | rejected | imposed | lifted | signed | agreed to | threatened to sue
        invited | detained | attacked | killed | withdrew from | lent money to | paid | bought | sold | thanked
        called on | banned | denied that it had bombed | did not meet | will meet | would have met | plans to visit
        wants to leave | fined | held talks with | retaliated against | sent troops to | apologised to
        negotiated with | postponed a visit to | sanctioned
    """,
}
"""Slot of the grammar to the words that may fill it."""

RULES = {
    "date": "{known date} | {known date} | {known date} | {date_words:} {number} {number}",
    "number": "5 | 1,250 | 0.75 | 3½ | two hundred | 10 to 20 | 31 | 1999 | 9999 | 1000000 | 0",
    "amount": "{known amount} | {known amount} | {known amount} | {number} {amount_scales:} {currency_words:}",
    "good": "{known good} | {goods:}",
    "goods": "{good} | {good} | {good}, {good} and {good} | {good} and {good}",
    "person": """
        {name} | {name} | {name} | {title} {name} | {name}, {title} of {party}, | {national} {title} {name} |
        {name} ({party}) | {given_names:} {name} | the {offices:} {name}
    """,
    "pronoun": "he | she | they | it | who | which | his | the two sides | both | Mr. Lund's spokesman",
    "party": """
        {state} | {state} | {state} | {body} | {body} | {pronoun} | {known_organizations:} |
        {national} {organization_heads:}
    """,
    "anyone": """
        {person} | {person} | {party} | {party} | {party} and {party} | {person}, {party} and {party} |
        {party} & {party}
    """,
    "said": "{cue} | {cue} | {cue} | {reporting_cues:}ed",
    "words": """
        {open}{speech},{close} | {open}{speech}.{close} | {open}{speech}{close} | {open}{speech}? {speech} {close}
    """,
    "quote": """
        {words} {anyone} {said}. | {words} {said} {anyone} {date}. | {anyone} {said} {words} | {words} |
        {words} {anyone} {said}, {words} | {words} – {person} | {words}—{person} | OSTIN: {words} |
        The {noun} {words} {verb} {anyone}. | {open}{sentence}{close} {said} {anyone}.
    """,
    "measures": "{rate} {measure} on {national} {goods}",
    "imposes": "imposed | announced | will impose | threatened to impose | lifted | suspended | removed | raised",
    "tariff": """
        {anyone} {imposes} {measures} {date}. | {anyone} {imposes} {measures} {date}. |
        {state} raised {measure} on {good} from {rate} to {rate} {date}. |
        {state} retaliated with {measures}, effective {date}. |
        The {measures} from {state}, {state} and {state} took effect {date}. | The {measures} ended {date}. |
        {trade_actions:} {measures} by {state} and {state}. |
        {body} faces a rate of {rate}, {party} {rate} and {party} {rate}. |
        {state} exempted {party} from {measures} worth {amount}. |
        {state} wants {trade_measures:} {measures}.
    """,
    "moved": "rose | fell | was fined | posted a loss of | earned | will invest | owes | cut",
    "figure": """
        {anyone} lent {party} {amount} {date}. | {anyone} {moved} {amount} from {amount} {date}. |
        {anyone} {moved} {amount} to {amount} in {noun}. | {figure_cues:} of {amount} per {price_units:}. |
        Net {noun} {amount} vs {amount}; shr {amount} vs loss {amount}. | {approximators:} {amount} |
        {party} {figure_cues:} {amount} to {party} {date} | Between {amount} and {amount}, or {amount}, {amount}. |
        The bank cut its rate by {amount} to {rate}, from {rate}. |
        Exports to {state} {change_words:} {amount} ({amount}).
    """,
    "tail": "in Oslo | after the talks failed | and its allies | before he resigned | if it leaves | , which it denied",
    "link": "in | over | for | of | with | to | against | between",
    "event": """
        {anyone} {verb} {anyone} {tail} {date}. | {anyone} {verb} {anyone} {date}.
        {date} {anyone} {verb} {anyone}. |
        {anyone} {event_predicates:}ed {anyone} {link} {anyone} {date}. |
        {anyone}'s {event_predicates:} {link} {anyone} {date}. | {anyone} has {event_predicates:} {anyone}.
    """,
    "sentence": """
        {quote} | {quote} | {quote} | {tariff} | {tariff} | {figure} | {figure} | {event} | {event} | {event} |
        The {noun} of the {noun} {verb} {anyone}. | {shard}{anyone}{shard}
    """,
    "sentences": "{sentence} | {sentence} {sentence} | {sentence} {sentence} {sentence} {sentence}",
    "paragraph": """
        {sentences} | {sentences} | {sentences} | {sentences} | {sentences} | {sentences} |
        OSLO, {date} (Reuters) - {sentences} |
        - {sentences} | > {sentences} | {open}{sentences} | {shard} {sentences} |
        {state} {amount} {amount} {amount} {rate} {date} | {number}. {noun} {noun}
    """,
}
"""Slot of the grammar to its fillers; a slot that ends with a colon is the first column of a reference table."""

MARKS = (
    ("“", "”"), ("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"),
    ("„", "”"), ("''", "''"), ("``", "''"), ("‹", "›"), ("»", "«"), ("", ""), ("“", ""), ("", "”"), ('"', ""),
    ("'", ""), ("‘", ""), ("“‘", "’”"), ("\"'", "'\""), ("“", '"'), ("〝", "〞"), ("＂", "＂"), ("`", "´"),
    ("“ ", " ”"), ("'''", "'''"),
)  # fmt: skip
"""Pairs of quotation marks, some incomplete."""

SHARDS = (
    "“", "”", '"', "'", "’", "‘", "«", "»", "''", "``", "(", ")", "[", "]", "—", "--", "…", ",", ";", ":", ".",
    "!", "?", "/", "\\", "\u202e", "\u200f", "\u200d", "\u00ad", "\ufeff", "\u0301", "\u0301" * 40, "\u00a0",
    "\u3000", "\t", "\0", "\x1b[31m", "\x85", "\u2028", "\U0001f600", "\U0001f468\u200d\U0001f469",
    "\U000e0001", "\ufffd", "\ufdfa", "ǅ", "ß", "ﬁ", "İ", "ŉ", "\u212b", "\u1112\u1161\u11ab", "x" * 3000,
    "a-" * 500, "'" * 30, "“" * 30, "(" * 80, "$" * 20, "$" + "9" * 400, "%", "&amp;", "<b>",
    "http://x.y/z?a=1&b=“2”", "@ada", "#tariffs", "1,2,3,4,5,6,7,8,9", "§", "№ 5", "\U0001d7d8", '="', "can't",
    "cannot", "gonna", "A.", "U.S.", "5'10\"", "dont", "wed",
)  # fmt: skip
"""Characters and strings to insert into a text."""

BREAKS = ("\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", " \n\n\n", "\u2029", "\n  ")
"""Separators of paragraphs."""

_SLOT = re.compile(r"\{([^{}]+)\}")


@cache
def _alternatives(slot: str) -> tuple[str, ...]:
    """The fillers of a slot."""
    if slot.endswith(":"):
        return tuple(sorted({next(iter(row.values())) for row in table(slot[:-1])}))
    return tuple(part.strip() for part in re.split(r"[|\n]", (RULES | WORDS)[slot]) if part.strip())


class Writer:
    """Writes texts.

    Args:
        random: The source of all choices.
        cuttings: Sentences of other texts to mix in.
    """

    def __init__(self, random: Random, cuttings: Sequence[str] = ()) -> None:
        self.random = random
        self.cuttings = cuttings
        self._closing = ""

    def pick(self, parts: Sequence[str]) -> str:
        """One of the parts."""
        return parts[self.random.randrange(len(parts))]

    def write(self, slot: str) -> str:
        """An expansion of a slot of the grammar."""
        if slot == "open":
            opening, self._closing = MARKS[self.random.randrange(len(MARKS))]
            return opening
        if slot == "close":
            return self._closing
        if slot == "shard":
            return self.pick(SHARDS)
        if slot == "sentence" and self.cuttings and self.random.randrange(2):
            return self.pick(self.cuttings)
        return _SLOT.sub(lambda match: self.write(match[1]), self.pick(_alternatives(slot)))

    def text(self) -> str:
        """A text of one or more paragraphs, with or without a title, intact or damaged."""
        paragraphs = [self.write("paragraph") for _ in range(self.random.randrange(1, 7))]
        if self.random.randrange(10) < 7:
            paragraphs.insert(0, self.write("sentence"))
        if self.random.randrange(10) < 6:
            paragraphs.append(ENGLISH)
        text = self.pick(BREAKS).join(paragraphs)
        for _ in range(max(0, self.random.randrange(-3, 4))):
            text = DAMAGE[self.random.randrange(len(DAMAGE))](self, text)
        return text


def _place(writer: Writer, text: str) -> int:
    return writer.random.randrange(len(text) + 1)


def _insert(writer: Writer, text: str) -> str:
    place = _place(writer, text)
    return text[:place] + writer.pick(SHARDS) + text[place:]


def _cut(writer: Writer, text: str) -> str:
    place = _place(writer, text)
    return text[:place] + text[place + writer.random.randrange(40) :]


def _repeat(writer: Writer, text: str) -> str:
    place = _place(writer, text)
    return text[:place] + text[place : place + 30] * writer.random.randrange(2, 6) + text[place + 30 :]


def _shuffle(writer: Writer, text: str) -> str:
    words = text.split(" ")
    place = writer.random.randrange(len(words))
    shuffled = words[place : place + 10]
    writer.random.shuffle(shuffled)
    return " ".join([*words[:place], *shuffled, *words[place + 10 :]])


def _wrap(writer: Writer, text: str) -> str:
    width = writer.random.choice((1, 30, 72, 100))
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > width and line:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip(" ")
    return "\n".join([*lines, line])


def _drop_blanks(writer: Writer, text: str) -> str:
    place = _place(writer, text)
    return text[:place] + text[place : place + 60].replace(" ", "") + text[place + 60 :]


def _swap_marks(writer: Writer, text: str) -> str:
    return text.translate({ord(mark): writer.pick(SHARDS[:10]) for mark in "“”\"'’‘"})


def _change_case(writer: Writer, text: str) -> str:
    place = _place(writer, text)
    end = place + writer.random.choice((40, 400, len(text)))
    change = writer.random.choice((str.upper, str.lower, str.title))
    return text[:place] + change(text[place:end]) + text[end:]


def _replace_all(writer: Writer, text: str) -> str:
    pairs = ((" ", "  "), (".", ""), ("\n", " "), ("”", ""), (" ", ", "), (" ", " and "))
    return text.replace(*writer.random.choice(pairs))


DAMAGE: tuple[Callable[[Writer, str], str], ...] = (
    _insert,
    _insert,
    _cut,
    _repeat,
    _shuffle,
    _wrap,
    _drop_blanks,
    _swap_marks,
    _change_case,
    _replace_all,
)
"""Possible kinds of damage to a text."""
