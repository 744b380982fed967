"""Day of effect and status of a measure, once all that the article says of it is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.days import in_bounds
from broadsheet.extraction.tariffs.countries import bucket
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.learning import MODELS, Decision, best
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.tellings import Day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.tellings import Telling
    from broadsheet.extraction.tariffs.timing import Clock

    NearDay = tuple[Day, int, int]
    Index = dict[tuple[str, str], dict[str, list[Draft]]]

HANDICAP = 2.0
"""What is taken from the score of "no date": most measures have none, and a missing date is the worse error."""

_PRECISIONS = ("day", "month", "year")
_NEW = frozenset({"impose", "raise", "threaten"})
_STATUSES = ("in_force", "announced", "ended", "unknown")
_MODIFIERS = 4
_MODIFYING = frozenset({"JJ", "JJR", "VBN", "VBD", "VBG", "RB", "NN"})
_MOST = 100
"""Rows of one imposer, kind and action that a status is compared with."""


class Settler:
    """Chooses day of effect and status of the measures of one document."""

    def __init__(self, document: Document, clock: Clock) -> None:
        self.document = document
        self.clock = clock
        self.published = document.article.published_on

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Sets day of effect, action and status of each draft."""
        index: Index = defaultdict(lambda: defaultdict(list))
        for draft in drafts:
            self._set_day(draft)
            same = index[draft.imposer, FAMILY[draft.measure]][draft.action]
            if len(same) < _MOST:
                same.append(draft)
        features = [self.status_features(draft, index) for draft in drafts]
        for draft, common in zip(drafts, features, strict=True):
            self._set_status(draft, common)

    def _set_day(self, draft: Draft) -> None:
        days = self._days(draft)
        if not days:
            return
        features = [["none", f"none {draft.action}", f"none {draft.status}"]]
        features += [self.day_features(draft, *near) for near in days]
        options = [None, *(day for day, _, _ in days)]
        scores = MODELS.scores(Decision("effective", draft.telling, features, options, draft=draft))
        scores[0] -= HANDICAP
        draft.timing = replace(draft.timing, effective=options[best(scores)])

    def _days(self, draft: Draft) -> list[NearDay]:
        """The dates in and beside the clauses of a measure, each with its first token and the sentences between."""
        told = sorted({t.sentence for t in draft.members} | {draft.telling.sentence})
        apart = {sentence + k: abs(k) for k in (1, -1, 0) for sentence in told}
        out: dict[tuple[date, str], NearDay] = {}
        for sentence, distance in sorted(apart.items(), key=lambda pair: (pair[1], pair[0])):
            for first, _, found in self.clock.by_sentence.get(sentence, []):
                precision = found.precision or "day"
                if found.date_start is None or precision not in _PRECISIONS or not in_bounds(found.date_start, None):
                    continue
                day = Day(found.date_start, precision, found.span, "weighed")
                out.setdefault((day.value, day.precision), (day, first, distance))
        ruled = draft.timing.effective
        if ruled is not None:
            key = (ruled.value, ruled.precision)
            distance = out[key][2] if key in out else 2
            out[key] = (ruled, self.document.range_of(ruled.span)[0], distance)
        return list(out.values())

    def day_features(self, draft: Draft, day: Day, first: int, apart: int) -> list[str]:
        """What speaks for a date as the first day on which the action of a row applies."""
        tokens, telling = self.document.tokens, draft.telling
        start = self.document.sentence_of(tokens[first]).first
        before = [t.lower for t in tokens[max(start, first - 2) : first]]
        cue = before[-1] if before else "^"
        verb = next((t for t in self.document.ancestors(tokens[first]) if t.pos in ("VERB", "AUX")), None)
        act = self.document.token_at(telling.action_span.start)
        ruled = draft.timing.effective
        is_ruled = ruled is not None and (ruled.value, ruled.precision) == (day.value, day.precision)
        others = [draft.timing.announced, draft.timing.ended]
        when = self._when(day.value)
        inside = apart == 0 and telling.first <= first < telling.last
        side = "after" if first > telling.place else "before"
        return [
            "date",
            f"ruled={is_ruled} {day.found if is_ruled else ruled is not None}",
            f"ruled={is_ruled} apart={apart}",
            f"other={[d is not None and d.span == day.span for d in others]}",
            f"cue={cue} {day.precision}",
            f"cue={cue} apart={apart}",
            f"cue2={' '.join(before)}",
            f"verb={verb.lemma if verb is not None else ''}",
            f"when={when} {draft.status}",
            f"when={when} {day.precision} {draft.action}",
            f"apart={apart} {side} {bucket(abs(first - telling.place))}",
            f"inside={inside} {day.precision}",
            f"governed={verb is not None and act is not None and verb.i == act.i} {cue}",
            f"word={tokens[first].lower}",
            f"standing={draft.standing} {apart} {when}",
            f"precision={day.precision}",
        ]

    def _when(self, day: date) -> str:
        """A day as seen from the day of publication."""
        if self.published is None:
            return "?"
        return "past" if day < self.published else "today" if day == self.published else "future"

    def status_features(self, draft: Draft, index: Index) -> list[str]:
        """What bears on the status of a measure."""
        telling, day, ended = draft.telling, draft.timing.effective, draft.timing.ended
        act = self.document.token_at(telling.action_span.start) or self.document.tokens[telling.place]
        action = "impose" if draft.action == "threaten" else draft.action
        when = self._when(day.value) if day is not None else "none"
        out = {
            "bias",
            f"a={action}",
            f"rule={draft.action} {draft.status}",
            f"rule={draft.status} standing={draft.standing}",
            f"rule={draft.status} tag={act.tag}",
            f"when={when} {action}",
            f"when={when} rule={draft.status}",
            f"ended={ended is not None and self._when(ended.value) == 'past'}",
            *(f"doubt={doubt}" for doubt in telling.doubts),
            f"act={act.lemma} rule={draft.status}",
            *(f"before={t.lower}" for t in self._modifiers(telling)),
        }
        for other in _beside(draft, index):
            same = "same" if (other.product, other.target) == (draft.product, draft.target) else "other"
            out |= {f"beside={other.action} {same} {action}", f"beside={other.action} {other.status} {same} {action}"}
        return sorted(out)

    def _set_status(self, draft: Draft, features: Sequence[str]) -> None:
        action = "impose" if draft.action == "threaten" else draft.action
        day = draft.timing.effective
        is_to_come = day is not None and self._when(day.value) == "future"
        outcomes = [(action, status) for status in _STATUSES if not (is_to_come and status == "in_force")]
        if draft.action in _NEW:
            outcomes.append(("threaten", "threatened"))
        options = [[f"{status} {feature}" for feature in features] for _, status in outcomes]
        chosen = outcomes[best(MODELS.scores(Decision("status", draft.telling, options, outcomes, draft=draft)))]
        if chosen[1] != draft.status:
            draft.note(status=because("status", "weighed", draft.rules.get("status"), status=chosen[1]))
        if chosen[0] != draft.action:
            draft.note(action=because("action", "weighed", draft.rules.get("action"), action=chosen[0]))
        draft.action, draft.status = chosen

    def _modifiers(self, telling: Telling) -> Iterator[Token]:
        """The words right before a measure that may call it new, old, planned or feared."""
        for token in self.document.tokens[max(0, telling.place - _MODIFIERS) : telling.place]:
            if token.sentence == telling.sentence and token.tag in _MODIFYING:
                yield token


def _beside(draft: Draft, index: Index) -> Iterator[Draft]:
    """The rows of other actions on the same kind of measure, of the same imposer and target."""
    for action, others in index[draft.imposer, FAMILY[draft.measure]].items():
        if action != draft.action:
            yield from (d for d in others if d.target is None or draft.target is None or d.target == draft.target)
