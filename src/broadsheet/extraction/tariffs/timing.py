"""When a measure was announced, takes effect and ends, from the dates around its clause."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.base.days import in_bounds
from broadsheet.extraction.dates import DateExpression, find_dates
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.extraction.tariffs.tellings import Day, Timing

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.tariffs.tellings import Telling

_ANNOUNCING = word_set("announcing")
_SAYING = word_set("saying")
_APART = word_set("apart")
_DECIDING = word_set("deciding")
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_WEEK = timedelta(days=7)


_EASING = frozenset({"remove", "lower", "suspend", "maintain"})
ByToken = dict[int, DateExpression]
BySentence = dict[int, list[tuple[int, int, DateExpression]]]


class Clock:
    """Gives the dates of one document to its measures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.published = document.article.published_on
        self._dates: tuple[ByToken, BySentence] | None = None

    @property
    def by_token(self) -> ByToken:
        """Token to the date that covers it."""
        return self._read_once()[0]

    @property
    def by_sentence(self) -> BySentence:
        """Sentence to its dates, each with its first token and that behind it."""
        return self._read_once()[1]

    def _read_once(self) -> tuple[ByToken, BySentence]:
        """The dates, read when first asked for: most articles tell no measure."""
        if self._dates is None:
            by_token: ByToken = {}
            by_sentence: BySentence = {}
            text = self.document.text
            for date in find_dates(text, published_on=self.published, max_characters=len(text)):
                first, last = self.document.range_of(date.span)
                if first >= last or self._in_dateline(first, last):
                    continue
                for i in range(first, last):
                    by_token[i] = date
                by_sentence.setdefault(self.document.tokens[first].sentence, []).append((first, last, date))
            self._dates = by_token, by_sentence
        return self._dates

    def set(self, tellings: list[Telling]) -> None:
        """Gives the tellings of one sentence their dates; what has yet to take effect is announced."""
        for telling in tellings:
            if not telling.presupposed:
                telling.timing = self.read(telling)
        for before, telling in pairwise(tellings):
            if telling.together and telling.timing.effective is None and not telling.standing:
                # "from March 1 the duty on wheat falls to 9 percent and that on rye to 8"
                telling.timing = telling.timing.filled(Timing(None, before.timing.effective, None))
        for telling in tellings:
            effective = telling.timing.effective
            if effective is None or self.published is None or effective.value <= self.published:
                continue
            if telling.status == "in_force":
                telling.status = "announced"
                telling.note(status=because("status", "to_come", telling.rules.get("status"), day=effective.span))
        for before, telling in zip(reversed(tellings[:-1]), reversed(tellings), strict=False):
            if telling.together and before.timing.effective is None:
                before.timing = telling.timing
        self.share(tellings)

    def share(self, tellings: list[Telling]) -> None:
        """Gives the one day of effect of a sentence to all acts to come that its subject does by coordinated verbs."""
        coming = [t for t in tellings if t.status == "announced" and not t.standing]
        days = {t.timing.effective.value for t in coming if t.timing.effective is not None}
        if len(days) != 1 or len(coming) < 2:
            return
        source = next(t for t in coming if t.timing.effective is not None)
        for telling in coming:
            if telling.timing.effective is None and telling.timing.ended is None and self._beside(telling, source):
                telling.timing = telling.timing.filled(source.timing)

    def _beside(self, a: Telling, b: Telling) -> bool:
        """Whether the verbs of two acts are coordinated, by the parse or by a conjunction right before the second."""
        first, second = sorted((self._acting(a), self._acting(b)), key=lambda t: t.i)
        if first.tag != second.tag or self.document.child(second, "nsubj", "nsubjpass") is not None:
            return False
        before = self.document.tokens[second.i - 1]
        return before.lower == "and" or (second.dep == "conj" and second.head == first.i)

    def _acting(self, telling: Telling) -> Token:
        """The word that says the action."""
        return self.document.token_at(telling.action_span.start) or self.document.tokens[telling.place]

    def _in_dateline(self, first: int, last: int) -> bool:
        """Whether a date belongs to the line of place and day that opens a report."""
        tokens = self.document.tokens
        paragraph = tokens[first].paragraph
        if first >= 10 and tokens[first - 10].paragraph == paragraph:
            return False
        for token in tokens[last : last + 6]:
            if token.paragraph != paragraph or token.pos == "VERB":
                return False
            if token.lower in ("-", "–", "—", "--", ":"):
                return True
        return False

    def end_at(self, i: int) -> int | None:
        """Place behind the date that covers the token at ``i``, a preposition before it included."""
        date = self.by_token.get(i)
        if date is None:
            token = self.document.tokens[i]
            following = self.by_token.get(i + 1)
            if following is None or token.lower not in (
                "in",
                "on",
                "from",
                "since",
                "until",
                "by",
                "starting",
                "beginning",
                "effective",
                "at",
                "during",
                "as",
                "of",
                "for",
                "through",
                "next",
                "last",
            ):
                return None
            date = following
        return self.document.range_of(date.span)[1]

    def read(self, telling: Telling) -> Timing:
        """The dates of a telling, by the words before each and the verb that it depends on."""
        timing = Timing()
        for first, last, date in self.by_sentence.get(telling.sentence, []):
            if telling.window is not None and not telling.window[0] <= first < telling.window[1]:
                continue
            found = self._role(telling, first, last, date)
            if found is None:
                continue
            role, why = found
            start, end = date.date_start, date.date_end
            precision = date.precision or "day"
            if precision not in ("day", "month", "year"):
                continue
            match role:
                case "announced" if start is not None and precision == "day":
                    timing.announced = timing.announced or Day(start, precision, date.span, why)
                case "effective":
                    said = start
                    start, end = self._coming(telling, date, start, end)
                    if not in_bounds(start, end):
                        continue
                    if start is not None:
                        timing.effective = timing.effective or Day(start, precision, date.span, why, start != said)
                    if end is not None and start is not None and end > start and _is_range(date):
                        timing.ended = Day(end, precision, date.span, "range")
                case "ended":
                    day = end or start
                    if day is not None:
                        timing.ended = timing.ended or Day(day, precision, date.span, why)
        return timing

    def _coming(
        self, telling: Telling, day: DateExpression, start: date | None, end: date | None
    ) -> tuple[date | None, date | None]:
        """The next day of that name, where what is yet to come is dated by a weekday alone."""
        words = day.span.of(self.document.text).lower().split()
        done = telling.status == "in_force" and self._acting(telling).tag == "VBD"
        if done and start is not None and self.published is not None and start > self.published:
            named = day.basis == "published_on" and day.precision in ("day", "month")
            if named and not any(w.isdigit() and len(w) == 4 for w in words):
                # "curbed sales in August", told in June
                return _year_before(start), None if end is None else _year_before(end)
            return start, end
        if start is None or self.published is None or not words or words[-1] not in _WEEKDAYS or len(words) > 2:
            return start, end
        verb = self._acting(telling)
        to_come = telling.status == "announced" or (telling.begins and verb.tag in ("VBZ", "VBP"))
        if words[0] == "last" or not to_come or not 0 < (self.published - start).days < 7:
            return start, end
        return start + _WEEK, None if end is None else end + _WEEK

    def _role(self, telling: Telling, first: int, last: int, date: DateExpression) -> tuple[str, str] | None:
        """What a date is to a measure: ``announced``, ``effective`` or ``ended``, and what told so; None if nothing."""
        doc = self.document
        tokens = doc.tokens
        before = [tokens[i].lower for i in range(max(0, first - 4), first)]
        inside = tokens[first].lower
        cue = before[-1] if before else ""
        if inside in ("until", "till", "through") or cue in ("until", "till", "through"):
            return ("ended", "until") if self._close(telling, first, 14) else None
        if cue in ("after", "before", "than") or inside in ("before",):
            return None
        if telling.action in _EASING and "since" in (inside, cue) and first > telling.place:
            # since when what is now lifted was in force
            return None
        if first < telling.place and doc.head(tokens[first]).i == telling.place and telling.action != "impose":
            # "extended a 2014 embargo"
            return None
        if telling.place < first < self._act(telling) and telling.action in _EASING:
            # "the tariffs, effective last Friday, would be dropped": of what is dropped
            return None
        following = [t.lower for t in tokens[last : last + 2]]
        if "when" in following[:1] or following == [",", "when"]:
            # "it began on March 3, when Peru imposed"
            near = telling.action in ("impose", "raise") and not telling.standing
            return ("effective", "when") if near and 0 < telling.first - last < 4 else None
        said = first - (2 if cue == "on" and first > 1 else 1)
        if said >= 0 and tokens[said].pos == "VERB" and tokens[said].lemma in _SAYING and last <= telling.place:
            # "said on Monday it would lift"
            return ("announced", "saying") if self._governs(tokens[said], telling) else None
        verb = self._verb(first, telling.sentence)
        lemma = verb.lemma if verb is not None else ""
        if verb is not None and self._earlier_act(verb, telling):
            return None
        if (
            verb is not None
            and verb.dep in ("relcl", "acl")
            and verb.head == telling.place
            and telling.action in ("remove", "lower", "suspend", "maintain")
        ):
            # when a measure was imposed that is now lifted
            return None
        if (
            cue in ("effective", "starting", "beginning", "commencing", "from")
            or inside in ("from", "since")
            or before[-2:]
            in (
                ["as", "of"],
                ["effective", "on"],
                ["effective", "from"],
                ["starting", "on"],
                ["starting", "from"],
                ["beginning", "on"],
                ["starting", "in"],
                ["beginning", "in"],
                ["start", "on"],
                ["begin", "on"],
                ["effect", "on"],
                ["effect", "in"],
                ["force", "on"],
                ["force", "in"],
                ["effect", "from"],
                ["in", "on"],
            )
            or cue in ("effect", "force")
        ):
            return ("effective", "cue") if self._close(telling, first, 12) else None
        if (
            verb is not None
            and verb.dep in ("acl", "relcl")
            and verb.head != telling.place
            and verb.span.start != telling.action_span.start
        ):
            return None
        if (
            lemma in _DECIDING
            and verb is not None
            and verb.span.start == telling.action_span.start
            and telling.status == "announced"
            and verb.tag == "VBD"
        ):
            # "on Tuesday notified a duty"
            return "announced", "deciding"
        if verb is not None and telling.first <= verb.i < telling.last and lemma not in _ANNOUNCING:
            if lemma in ("expire", "lapse", "end") and telling.action == "remove":
                return "effective", "expiry"
            return ("effective", "verb") if first - telling.last < 25 else None
        if lemma in _ANNOUNCING:
            return ("announced", "saying") if self._governs(verb, telling) else None
        if verb is not None and verb.span.start == telling.action_span.start:
            return "effective", "verb"
        if telling.first <= first < telling.last:
            return "effective", "inside"
        return None

    def _earlier_act(self, verb: Token, telling: Telling) -> bool:
        """Whether a verb is the first of two coordinated ones, of which the second is the act: its date is its own."""
        acting = self._acting(telling)
        if verb.i >= acting.i or verb.tag != acting.tag or verb.lemma in _ANNOUNCING:
            return False
        current = acting
        while current.dep == "conj" and current.i > verb.i:
            current = self.document.head(current)
            if current.i == verb.i:
                return self.document.child(acting, "nsubj", "nsubjpass") is None or verb.tag in ("VBD", "VBN")
        return False

    def _act(self, telling: Telling) -> int:
        """Place of the word that says the action."""
        token = self.document.token_at(telling.action_span.start)
        return telling.place if token is None else token.i

    def _verb(self, i: int, sentence: int) -> Token | None:
        """The verb that a date depends on."""
        doc = self.document
        token = doc.tokens[i]
        for word in doc.ancestors(token):
            if word.sentence != sentence:
                return None
            if word.pos in ("VERB", "AUX"):
                return word
        return token if token.pos == "VERB" else None

    def _governs(self, verb: Token | None, telling: Telling) -> bool:
        """Whether a verb of announcing stands above the clause."""
        if verb is None:
            return False
        if telling.first <= verb.i < telling.last:
            return True
        current = self.document.tokens[telling.place]
        for above in (current, *self.document.ancestors(current)):
            if above.i == verb.i:
                return True
            if above.lower in _APART:
                return False
            mark = self.document.child(above, "mark", "advmod") if above.dep == "advcl" else None
            if mark is not None and mark.lower in _APART | {"when", "as", "while"}:
                return False
        return False

    def _close(self, telling: Telling, i: int, reach: int) -> bool:
        return telling.first - 5 <= i <= telling.last + reach


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _is_range(date: DateExpression) -> bool:
    """Whether the expression names two ends and not one day, month or year."""
    if date.date_start is None or date.date_end is None:
        return False
    days = (date.date_end - date.date_start).days
    return days > 366 or (date.precision == "day" and days > 0) or (date.precision == "month" and days > 31)
