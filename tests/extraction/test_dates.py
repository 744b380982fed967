"""Dates and periods in running text: where they stand, which days they mean, and what they rest on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from growth import BELOW_QUADRATIC, LINEAR, exponent, processor_time, steps
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.extraction.dates import DateExpression, find_dates
from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Callable

WEDNESDAY = date(2024, 6, 12)

Case = tuple[str, str, str | None, str | None, str | None, str | None]

# sentence | the words found in it | first day | last day | precision | basis
STATED = """
The treaty was signed on July 4, 1976, in Ottawa.|July 4, 1976|1976-07-04|1976-07-04|day|stated
The treaty was signed on 31 October 2025.|31 October 2025|2025-10-31|2025-10-31|day|stated
He fell on the 3rd of September, 1939.|the 3rd of September, 1939|1939-09-03|1939-09-03|day|stated
It rose on Tuesday, Feb. 2, 2016, by a third.|Tuesday, Feb. 2, 2016|2016-02-02|2016-02-02|day|stated
The mill shut in October 2004.|October 2004|2004-10-01|2004-10-31|month|stated
The mill shut in 1987 after a fire.|1987|1987-01-01|1987-12-31|year|stated
Lagos's 1986 trade surplus was its third.|1986|1986-01-01|1986-12-31|year|stated
Both sides met at Muenster in 1648.|1648|1648-01-01|1648-12-31|year|stated
He was born in nineteen eighty-four.|nineteen eighty-four|1984-01-01|1984-12-31|year|stated
On June the fifth, two thousand and one, it fell.|June the fifth, two thousand and one|2001-06-05|2001-06-05|day|stated
The pact was shelved in late 2018.|late 2018|2018-10-01|2018-12-31|approximate|stated
It was finished in early 2014.|early 2014|2014-01-01|2014-03-31|approximate|stated
It was finished in mid-2019.|mid-2019|2019-05-01|2019-08-31|approximate|stated
The road opened at the end of 2000.|the end of 2000|2000-10-01|2000-12-31|approximate|stated
The road opened in early January 2020.|early January 2020|2020-01-01|2020-01-10|approximate|stated
Output doubled in the 1990s.|the 1990s|1990-01-01|1999-12-31|year|stated
Output doubled in the mid-1990s.|the mid-1990s|1994-01-01|1996-12-31|approximate|stated
Output doubled in the late '80s.|the late '80s|1987-01-01|1989-12-31|approximate|stated
The canal dates from the nineteenth century.|the nineteenth century|1800-01-01|1899-12-31|year|stated
Profit fell in the first quarter of 1987.|the first quarter of 1987|1987-01-01|1987-03-31|month|stated
Profit fell in Q3 2024.|Q3 2024|2024-07-01|2024-09-30|month|stated
Profit fell in the second half of 2023.|The second half of 2023|2023-07-01|2023-12-31|month|stated
The fair of fall 2011 was the last.|fall 2011|2011-09-01|2011-11-30|approximate|stated
The winter of 2015-16 was mild.|The winter of 2015-16|2015-12-01|2016-02-29|approximate|stated
The fiscal 2019 accounts were late.|fiscal 2019|2019-01-01|2019-12-31|approximate|stated
Profit for the year ended March 31, 1987 fell.|the year ended March 31, 1987|1986-04-01|1987-03-31|day|stated
Profit for the quarter ended March 31, 1987 fell.|the quarter ended March 31, 1987|1987-01-01|1987-03-31|day|stated
Sales in the quarter to June 30, 1987 rose.|the quarter to June 30, 1987|1987-04-01|1987-06-30|day|stated
It grew in the nine months through May 2023.|nine months through May 2023|2022-09-01|2023-05-31|month|stated
It will close in the second week of 2031.|the second week of 2031|2031-01-06|2031-01-12|approximate|stated
"""
FIGURES = """
Printed on 2025-11-02 in Oslo.|2025-11-02|2025-11-02|2025-11-02|day|stated
Dated 10/31/2025 by the clerk.|10/31/2025|2025-10-31|2025-10-31|day|stated
Dated 31/10/2025 by the clerk.|31/10/2025|2025-10-31|2025-10-31|day|stated
Dated 3/4/2025 by the clerk.|3/4/2025|2025-03-04|2025-03-04|day|stated
Dated 07-Mar-2019 by the clerk.|07-Mar-2019|2019-03-07|2019-03-07|day|stated
Due on 6/14 at noon.|6/14|2024-06-14|2024-06-14|day|published_on
"""
RANGES = """
The fair ran April 20-22 in Lyon.|April 20-22|2024-04-20|2024-04-22|day|published_on
The fair ran April 24-26 in Lyon.|April 24-26|2024-04-24|2024-04-26|day|published_on
Talks went on from March 3 to 5.|from March 3 to 5|2024-03-03|2024-03-05|day|published_on
The strike of 3-5 March 2022 cost the port dearly.|3-5 March 2022|2022-03-03|2022-03-05|day|stated
It shut from May 2, 2011 to June 9, 2012.|from May 2, 2011 to June 9, 2012|2011-05-02|2012-06-09|day|stated
The ban will last from Dec. 1 to Feb. 28.|from Dec. 1 to Feb. 28|2024-12-01|2025-02-28|day|published_on
Between Sept. 2023 and Aug. 2024 he served.|Between Sept. 2023 and Aug. 2024|2023-09-01|2024-08-31|month|stated
She led the bank 2012-2015.|2012-2015|2012-01-01|2015-12-31|year|stated
She led the bank from 1998 to 2001.|from 1998 to 2001|1998-01-01|2001-12-31|year|stated
Between 2019 and 2021 the levy doubled.|Between 2019 and 2021|2019-01-01|2021-12-31|year|stated
Crops failed in 2003-04.|2003-04|2003-01-01|2004-12-31|year|stated
The 1986/87 season ended badly.|1986/87|1986-01-01|1987-12-31|year|stated
Exports rose in the April to June quarter.|April to June quarter|2024-04-01|2024-06-30|month|published_on
It will be closed Saturday through Monday.|Saturday through Monday|2024-06-15|2024-06-17|day|published_on
The meeting of Sept. 30-Oct. 2, 2023 was brief.|Sept. 30-Oct. 2, 2023|2023-09-30|2023-10-02|day|stated
"""
OPEN_ENDS = """
He has led the bank since 2018.|since 2018|2018-01-01||year|stated
Since March the duty has stood at 5 percent.|Since March|2024-03-01||month|published_on
No ferry has sailed since the 1990s.|since the 1990s|1990-01-01||year|stated
Tariffs will apply from August.|from August|2024-08-01||month|published_on
The envoy stays until Nov. 3.|until Nov. 3||2024-11-03|day|published_on
The permit runs through 2025.|through 2025||2025-12-31|year|stated
It spares contracts made before 2005.|before 2005||2004-12-31|year|stated
No deal was made before the June 4 vote.|before the June 4||2024-06-03|day|published_on
They must leave before the end of 2026.|before the end of 2026||2026-12-31|day|stated
He ruled again after 2005.|after 2005|2006-01-01||year|stated
"""
NOT_OPEN = """
Shipments fell 3 percent from March.|March|2024-03-01|2024-03-31|month|published_on
They quoted a letter from 2014.|2014|2014-01-01|2014-12-31|year|stated
Trade should double by 2028.|2028|2028-01-01|2028-12-31|year|stated
All were invited before the 2016 convention.|2016|2016-01-01|2016-12-31|year|stated
"""
COMPLETED = """
The minister resigned on Monday.|Monday|2024-06-10|2024-06-10|day|published_on
Peru agreed Friday to drop plans for a ban.|Friday|2024-06-07|2024-06-07|day|published_on
The minister will resign on Monday.|Monday|2024-06-17|2024-06-17|day|published_on
The minister, Ada Obi, said Wednesday that she was well.|Wednesday|2024-06-12|2024-06-12|day|published_on
On Wednesday, the board will announce a plan.|Wednesday|2024-06-12|2024-06-12|day|published_on
President Ada Obi on Thursday shortened the curfew.|Thursday|2024-06-06|2024-06-06|day|published_on
The judge ordered him to appear July 16 for questioning.|July 16|2024-07-16|2024-07-16|day|published_on
The farmers said they would block the port from Monday.|from Monday|2024-06-17||day|published_on
Five died in the fire in August, her lawyer said.|August|2023-08-01|2023-08-31|month|published_on
They will meet on Friday, June 14.|Friday, June 14|2024-06-14|2024-06-14|day|published_on
He went to Accra in September.|September|2023-09-01|2023-09-30|month|published_on
He will go to Accra in September.|September|2024-09-01|2024-09-30|month|published_on
The cuts would start on July 20, he added.|July 20|2024-07-20|2024-07-20|day|published_on
The hearings, beginning on June 14, concern fish, he said.|June 14|2024-06-14|2024-06-14|day|published_on
Shares have gained 8 percent so far this year.|this year|2024-01-01||year|relative
It sold goods worth 5 million in June so far.|June|2024-06-01||month|published_on
It sold goods worth 5 million so far in 2024.|2024|2024-01-01||year|stated
It went so far as to ban tea this year.|this year|2024-01-01|2024-12-31|year|relative
The truce expires Nov. 10.|Nov. 10|2024-11-10|2024-11-10|day|published_on
The party split before its congress in July, and many left.|July|2024-07-01|2024-07-31|month|published_on
NAIROBI, June 11 (Newswire) -- Kenya will tax tea.|June 11|2024-06-11|2024-06-11|day|published_on
Sales slid in the first quarter.|the first quarter|2024-01-01|2024-03-31|month|published_on
The report is due on the 27th.|the 27th|2024-06-27|2024-06-27|day|published_on
Both teams won over the weekend.|the weekend|2024-06-08|2024-06-09|approximate|published_on
It rained in the week of June 3.|the week of June 3|2024-06-03|2024-06-09|approximate|published_on
TAIPEI TO CUT TARIFFS IN MAY|MAY|2024-05-01|2024-05-31|month|published_on
The panel sits on the first Monday of October.|the first Monday of October|2024-10-07|2024-10-07|day|published_on
He leaves by the end of October.|by the end of October||2024-10-31|day|published_on
The levy was suspended until September 9.|until September 9||2024-09-09|day|published_on
They stayed in Rome until June 3.|until June 3||2024-06-03|day|published_on
The levy will end, but not until September.|until September|2024-09-01|2024-09-30|month|published_on
The board raised the levy to 5 percent from July 1.|from July 1|2024-07-01||day|published_on
By Monday night the guards had left.|Monday|2024-06-10|2024-06-10|day|published_on
He was hurt by Monday's blast.|Monday|2024-06-10|2024-06-10|day|published_on
Oslo said it would protest, and on Tuesday it left the talks.|Tuesday|2024-06-11|2024-06-11|day|published_on
Duties on tea take effect on Monday.|Monday|2024-06-17|2024-06-17|day|published_on
The levies come into force on Tuesday.|Tuesday|2024-06-18|2024-06-18|day|published_on
"""
RELATIVE = """
A draft went to the cabinet today.|today|2024-06-12|2024-06-12|day|relative
It snowed the day before yesterday.|the day before yesterday|2024-06-10|2024-06-10|day|relative
He told reporters last night that he was tired.|last night|2024-06-11|2024-06-11|day|relative
Guards killed ten last week.|last week|2024-06-03|2024-06-09|approximate|relative
They meet next month in Perth.|next month|2024-07-01|2024-07-31|month|relative
The deficit was 3 billion last year.|last year|2023-01-01|2023-12-31|year|relative
A cut came last January.|last January|2024-01-01|2024-01-31|month|relative
The board meets next Friday.|next Friday|2024-06-21|2024-06-21|day|relative
The board met last Friday.|last Friday|2024-06-07|2024-06-07|day|relative
Tariffs take effect this fall.|this fall|2024-09-01|2024-11-30|approximate|relative
Flats sold well last summer.|last summer|2023-06-01|2023-08-31|approximate|relative
Sales fell last quarter.|last quarter|2024-01-01|2024-03-31|month|relative
The bill was suspended after last week's protests.|last week|2024-06-03|2024-06-09|approximate|relative
The bill was suspended after last week.|after last week|2024-06-10||approximate|relative
They met earlier in May.|earlier in May|2024-05-01|2024-05-31|approximate|published_on
A summit is set for later in August.|later in August|2024-08-01|2024-08-31|approximate|published_on
By spring 2025 the mill will stand.|By spring 2025||2025-05-31|approximate|stated
She will resign by Friday.|by Friday||2024-06-14|day|published_on
The report is due by mid-July.|by mid-July||2024-07-20|approximate|published_on
It opened in mid-March.|mid-March|2024-03-11|2024-03-20|approximate|published_on
They met earlier this month.|earlier this month|2024-06-01|2024-06-12|approximate|relative
A meeting is set for later this year.|later this year|2024-06-12|2024-12-31|approximate|relative
It was struck late last year.|late last year|2023-10-01|2023-12-31|approximate|relative
It shut on March 3 last year.|March 3 last year|2023-03-03|2023-03-03|day|relative
It is due on the 9th of next month.|the 9th of next month|2024-07-09|2024-07-09|day|relative
They meet on Tuesday of next week.|Tuesday of next week|2024-06-18|2024-06-18|day|relative
It opened embassies 55 years ago.|55 years ago|1969-01-01|1969-12-31|year|relative
It was vetoed two months ago.|two months ago|2024-04-01|2024-04-30|month|relative
He quit three days ago.|three days ago|2024-06-09|2024-06-09|day|relative
He quit two weeks ago.|two weeks ago|2024-05-27|2024-06-02|approximate|relative
The accord was signed a year ago today.|a year ago today|2023-06-12|2023-06-12|day|relative
The vote is due in three days.|in three days|2024-06-15|2024-06-15|day|relative
The duty applies for five years from Jan. 19.|from Jan. 19|2024-01-19||day|published_on
The next round is five weeks from tomorrow.|five weeks from tomorrow|2024-07-18|2024-07-18|day|relative
It rose in the past three months.|the past three months|2024-03-12|2024-06-12|approximate|relative
A deal is likely by year-end.|by year-end||2024-12-31|day|relative
It will open at the end of the month.|the end of the month|2024-06-21|2024-06-30|approximate|relative
The rest of this week looks wet.|The rest of this week|2024-06-12|2024-06-16|approximate|relative
It shuts the last two weeks of this year.|the last two weeks of this year|2024-12-16|2024-12-29|approximate|relative
"""
PERIODS = """
Sales rose in the first half.|the first half|2024-01-01|2024-06-30|month|published_on
First-half sales rose.|First-half|2024-01-01|2024-06-30|month|published_on
Sales rose in the first five months.|the first five months|2024-01-01|2024-05-31|approximate|relative
Sales rose in the March quarter.|March quarter|2024-01-01|2024-03-31|month|published_on
Sales in the half year to March 31 rose.|half year to March 31|2023-10-01|2024-03-31|day|published_on
The king sailed last month. The same week, the queen sailed too.|The same week|2024-05-01|2024-05-31|month|relative
The king sailed on June 7. The same week, the queen sailed too.|The same week|2024-06-03|2024-06-09|approximate|relative
First-quarter sales beat the same period last year.|the same period last year|2023-01-01|2023-03-31|month|relative
First-quarter sales beat the same quarter of 2021.|the same quarter of 2021|2021-01-01|2021-03-31|month|relative
First-quarter sales beat the year-earlier period.|the year-earlier period|2023-01-01|2023-03-31|month|relative
Sales were 4 in the first quarter, up from 3 a year ago.|a year ago|2023-01-01|2023-03-31|month|relative
It fell on Monday and the same period last year.|the same period last year|2023-01-01|2023-12-31|year|relative
"""
LEANING = """
The loss in the year ended March 31, 2024 beat the previous year.|the previous year|2022-04-01|2023-03-31|day|relative
Sales in the third quarter of 1991 beat those of a year earlier.|a year earlier|1990-07-01|1990-09-30|month|relative
Talks began in 2010. That year exports fell.|That year|2010-01-01|2010-12-31|year|relative
Talks began in 2010. The following year exports fell.|The following year|2011-01-01|2011-12-31|year|relative
The court ruled on May 3, 2023. Two days later it reversed itself.|Two days later|2023-05-05|2023-05-05|day|relative
The court ruled on May 3, 2023, and they had met the previous day.|the previous day|2023-05-02|2023-05-02|day|relative
He left two days after June 12, 2020.|two days after June 12, 2020|2020-06-14|2020-06-14|day|relative
The court sat on May 7. It had met the week before.|the week before|2024-04-29|2024-05-05|approximate|relative
The court sat on May 7, 2023. It met again the month after.|the month after|2023-06-01|2023-06-30|month|relative
They had met the previous day.|the previous day|2024-06-11|2024-06-11|day|relative
He had met her the day before, on June 9, 2023.|the day before|2023-06-09|2023-06-09|day|stated
In May 2015 sales rose and in July they fell.|July|2015-07-01|2015-07-31|month|stated
March and April 2018 were cold.|March|2018-03-01|2018-03-31|month|stated
The house voted on April 9 and 10, 2018.|April 9|2018-04-09|2018-04-09|day|stated
On 7 and 8 November 1987 they met.|7|1987-11-07|1987-11-07|day|stated
"""
UNKNOWN = """
Over the past few months prices have risen.|the past few months||||
He quit a few weeks ago.|a few weeks ago||||
They meet in the coming weeks.|the coming weeks||||
The deal was struck the same year.|the same year||||
Spending will rise over the next decade.|the next decade||||
"""


def cases(block: str) -> list[Case]:
    """The rows of a block as tuples, empty cells as None."""
    rows = [line.split("|") for line in block.strip().splitlines()]
    return [(r[0], r[1], r[2] or None, r[3] or None, r[4] or None, r[5] or None) for r in rows]


def told(found: DateExpression) -> tuple[str | None, str | None, str | None, str | None]:
    """What an expression says, as text."""
    start, end = (d.isoformat() if d else None for d in (found.date_start, found.date_end))
    return start, end, found.precision, found.basis


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{name}: {case[0]}")
        for name, block in [
            ("stated", STATED),
            ("figures", FIGURES),
            ("range", RANGES),
            ("open", OPEN_ENDS),
            ("not open", NOT_OPEN),
            ("completed", COMPLETED),
            ("relative", RELATIVE),
            ("period", PERIODS),
            ("leaning", LEANING),
            ("unknown", UNKNOWN),
        ]
        for case in cases(block)
    ],
)
def test_days_precision_and_basis(case: Case) -> None:
    """Each expression has the offsets of its words, the days that they mean and the reason why."""
    text, words, *expected = case
    start = text.index(words) if words in text else text.lower().index(words.lower())
    found = {d.span.start: d for d in find_dates(text, published_on=WEDNESDAY)}
    assert start in found, [d.text for d in found.values()]
    assert found[start].text.lower() == words.lower()
    assert told(found[start]) == tuple(expected)


@pytest.mark.parametrize(
    "text",
    [
        "She came on a two-day visit.",
        "The doors open at 6 p.m. and close at 2015 hours.",
        "The list holds 1,700 products, 2000 workers and 1999 dollars.",
        "It cost $2019 a head, or 2000 pct more.",
        "The firm may cut jobs, and the march may follow.",
        "April Jones told Theresa May of a fall in prices.",
        "It was the third strike in two weeks and the worst in 80 years.",
        "The sentence is five years in prison, after years of talks.",
        "Call +49 2011-2018-77 about part 207-05-05-2017.",
        "A 69-year-old man and a 26-year wait.",
        "Chapter 12, page 3, of a fifteenth printing.",
        "The Black Friday sales and the Good Friday accord.",
        "He wrote for USA Today and 21st Century Press.",
        "The Sunday Times goes to press every Friday and each March.",
        "The day after the vote, shares fell.",
        "The index stood at 2010 after the ratio of 30/4.",
        "since 9/11 nobody has flown there",
    ],
)
def test_no_date(text: str) -> None:
    """Durations, ages, times, counts, sums, names and what only looks like a year are no dates."""
    assert [d.text for d in find_dates(text, published_on=WEDNESDAY)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2019 and 2020 it fell.", ["2019", "2020"]),
        ("They will meet on Friday, June 14, and again on Tuesday.", ["Friday, June 14", "Tuesday"]),
        ("The $4 fee of Dec. 27 was 12 percent.", ["Dec. 27"]),
        ("The minister noted that Friday was a holiday.", ["Friday"]),
        ("In June 20 people died.", ["June"]),
        ("Late Tuesday the two sides met.", ["Tuesday"]),
        ("Prices end this year higher.", ["this year"]),
        ("The 2016 election came after the 2012 attacks.", ["2016", "2012"]),
    ],
)
def test_expressions_are_cut_where_they_end(text: str, found: list[str]) -> None:
    """Neighbouring dates stay apart, and words that belong to the sentence stay outside."""
    assert [d.text for d in find_dates(text, published_on=WEDNESDAY)] == found


def test_what_needs_the_day_of_publication_stays_null_without_it() -> None:
    """Only dates whose year the text states are resolved; the others are still found."""
    text = "Last year, on Monday, since March, on Oct. 31, and in July 2004."
    found = find_dates(text)
    assert [d.text for d in found] == ["Last year", "Monday", "since March", "Oct. 31", "July 2004"]
    assert [told(d) for d in found[:4]] == [(None, None, None, None)] * 4
    assert told(found[4]) == ("2004-07-01", "2004-07-31", "month", "stated")


def test_the_rest_of_a_period_on_its_last_day() -> None:
    """Later this month, on its last day, is that day; earlier this month, on its first, too."""
    (later,) = find_dates("They will meet later this month.", published_on=date(2024, 6, 30))
    (earlier,) = find_dates("They met earlier this month.", published_on=date(2024, 6, 1))
    assert (later.date_start, later.date_end) == (date(2024, 6, 30), date(2024, 6, 30))
    assert (earlier.date_start, earlier.date_end) == (date(2024, 6, 1), date(2024, 6, 1))


def test_years_that_no_table_holds_stay_null() -> None:
    """A date is found, but has no days, where they lie outside of the years 1000 to 2999."""
    dates = find_dates("It ends next year, or within two decades.", published_on=date(2999, 6, 1))
    assert dates
    assert {(d.date_start, d.date_end, d.precision) for d in dates} == {(None, None, None)}


def test_a_text_says_itself_which_figure_is_the_day() -> None:
    """One date that can only be day first makes the ambiguous ones so too."""
    first, second = find_dates("Dated 3/4/2025, received 25/4/2025.")
    assert (first.date_start, second.date_start) == (date(2025, 4, 3), date(2025, 4, 25))


def test_hard_wrapped_lines_do_not_cut_a_date() -> None:
    """A date over a line's end is one date; a blank line ends it."""
    (found,) = find_dates("It was signed on Oct.\n31, 2025.")
    assert found.date_start == date(2025, 10, 31)
    assert [d.text for d in find_dates("It was October\n\n2004 people came.")] != ["October\n\n2004"]


@pytest.mark.parametrize("name", ["date_words", "date_cues", "named_weekdays", "number_words", "weekday_papers"])
def test_word_tables_are_sorted_and_unambiguous(name: str) -> None:
    """A word has one entry, in lower case and in order, so that a reader can find it and a diff shows what changed."""
    words = [next(iter(row.values())) for row in table(name)]
    assert words == sorted(set(words))
    assert all(word == word.lower() for word in words)


_WORDS = [row["word"] for row in table("date_words")] + [row["word"] for row in table("number_words")]
_PIECES = st.sampled_from([*_WORDS, "3", "12", "31", "2016", "98", "'90s", "5/12", "2016-05-03", "10/31/2025", "men"])
_GLUE = st.sampled_from([" ", " ", " ", "-", ", ", ". ", "/", " – ", "\n", "’s "])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(_PIECES, _GLUE), max_size=12),
    st.none() | st.dates(min_value=date.min + timedelta(days=1), max_value=date.max - timedelta(days=1)),
)
def test_any_words_give_ordered_grounded_dates(pieces: list[tuple[str, str]], published_on: date | None) -> None:
    """Whatever the words: no error, spans that hold their text, in order, and no period that ends before it begins."""
    text = "".join(word + glue for word, glue in pieces)
    behind = 0
    for found in find_dates(text, published_on=published_on):
        assert found.span.of(text) == found.text
        assert found.span.start >= behind
        behind = found.span.end
        assert found.date_start is None or found.date_end is None or found.date_start <= found.date_end
        assert (found.precision is None) == (found.basis is None) == (found.date_start is found.date_end is None)


@pytest.mark.parametrize(
    "piece", ["last week of ", "monday ", "2016-", "the ", "3 years and ", "from march to ", "1/", '"', "20"]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    """A text of one repeated piece: the work grows as the text does."""

    def work(times: int) -> Callable[[], object]:
        text = piece * times
        return lambda: find_dates(text, published_on=WEDNESDAY, max_characters=1_000_000)

    assert exponent(lambda times: steps(work(times)), 100, 400) < LINEAR
    # Regular expressions run outside Python's lines.
    assert exponent(lambda times: processor_time(work(times), rounds=1), 500, 8_000) < BELOW_QUADRATIC


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("two Sundays from now", date(2024, 6, 23)),
        ("three Fridays ago", date(2024, 5, 24)),
        ("on the 31st of next month", date(2024, 7, 31)),
    ],
)
def test_counted_days(words: str, day: date) -> None:
    """The nearest of the named days counts as the first, and a month may have 31 days."""
    (found,) = find_dates(f"The talks: {words}.", published_on=WEDNESDAY)
    assert (found.date_start, found.date_end) == (day, day)
