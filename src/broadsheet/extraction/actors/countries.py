"""Decides the countries of persons and bodies by all that the article and the reference tables say of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.candidates import candidate_of
from broadsheet.extraction.actors.context import count_band, head_sphere
from broadsheet.extraction.actors.nationality import OFFICIAL, CountryEvidence
from broadsheet.extraction.found import rule
from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.names import is_generic
from broadsheet.reference.organizations import known_organizations, organization_aliases
from broadsheet.reference.people import family_names_first, given_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.nationality import Nationality
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.extraction.actors.setting import Setting

DOUBT = 120
"""What the score of a country must be ahead of that of none, in hundredths: a wrong country is worse than none."""
GUESS = 150
"""The same of a firm whose country no words name: the model takes it for one of the country that the text is about."""
_STATED = ("stated", "office", "employer stated", "superior stated", "leader", "name of the office", "news")
"""How the features begin that say more of an official's country than the sentence before."""
_NEAR = 4
_ENDING = 2


@dataclass(slots=True)
class _Evidence:
    """The features in favour of each country, and where the country was found, if known."""

    features: dict[str, set[str]] = field(default_factory=dict)
    provenance: dict[str, CountryEvidence] = field(default_factory=dict)

    def add(self, code: str | None, feature: str, country: CountryEvidence | None = None) -> None:
        if code is not None:
            self.features.setdefault(code, set()).add(feature)
            if country is not None:
                self.provenance.setdefault(code, country)


class CountryReader:
    """Decides the countries of the persons and bodies of one page."""

    def __init__(self, found: Findings, hits: Mapping[int, Hit], setting: Setting, nationality: Nationality) -> None:
        self.nationality = nationality
        self.found = found
        self.page = found.page
        self.setting = setting
        self.namings = found.by_bearer()
        self.by_sentence: dict[int, list[tuple[int, str, str]]] = {}
        named = [(use.first, use.country_code, f"{use.form} {use.force}") for use in found.uses]
        named += [(h.first, h.country_code, "place") for h in hits.values() if h.kind == "place" and h.country_code]
        for place in named:
            self.by_sentence.setdefault(self.page.tokens[place[0]].sentence, []).append(place)
        self.counts = Counter(use.country_code for use in found.uses)
        publisher = (found.page.document.article.publisher or "").removeprefix("The ")
        seat = known_organizations().get(organization_aliases().get(publisher, publisher))
        self.seat = seat.country_code if seat is not None else None
        self.spoken_of = {*self.counts, setting.reported_from, *(hit.country_code for hit in hits.values())} - {None}

    def decide(self) -> None:
        """Sets the countries of bodies, then those of persons, who may have them from bodies."""
        for key in (*self.found.bodies, *self.found.people):
            if key in self.namings:
                country = self._decide(key)
                self.found.country_evidence.pop(key, None)
                if country is not None:
                    self.found.country_evidence[key] = country

    def _decide(self, key: str) -> CountryEvidence | None:
        subject = candidate_of(self.found, key, self.namings[key])
        evidence = self._evidence(key)
        codes = sorted(evidence.features)
        sources = sorted({f for features in evidence.features.values() for f in features})
        none = [f"{subject.kind} none", *(f"{subject.kind} none despite {source}" for source in sources)]
        named = self._of_name(key)
        none += [f"{subject.kind} none {feature}" for feature in named]
        options = [self._features(named, subject.kind, code, evidence) for code in codes]
        scores = MODELS.scores(Decision("country", subject, (*codes, None), (*options, none)))
        best = max(range(len(codes)), key=lambda k: (scores[k], -k), default=None)
        certain = self._certain(key, evidence)
        guessed = best is not None and codes[best] not in evidence.provenance and self._status(key) == "private"
        if certain is not None or best is None or scores[best] < scores[-1] + (GUESS if guessed else DOUBT):
            return certain
        weighed = rule("actors.country.weighed", code=codes[best])
        return evidence.provenance.get(codes[best]) or CountryEvidence(codes[best], assumed=True, rule=weighed)

    def _certain(self, key: str, evidence: _Evidence) -> CountryEvidence | None:
        """That of *Lund of Peru* or a known body; of an official or organ of no stated state, who acts just before."""
        stated, tokens = self.found.country_evidence.get(key), self.page.tokens
        how = stated.rule.id.rpartition(".")[2] if stated is not None and stated.rule is not None else ""
        if how == "origin" or (how == "known" and not is_generic(" ".join(self.found.bodies[key].words))):
            return stated
        is_stated = any(f.startswith(_STATED) for features in evidence.features.values() for f in features)
        first = min((n.first for n in self.namings[key] if n.form in ("name", "alias")), default=None)
        if is_stated or first is None or self._status(key) not in ("official without body", "organ"):
            return None
        here, before = (self.by_sentence.get(tokens[first].sentence - back, ()) for back in (0, 1))
        acting = {code: tokens[place] for place, code, how in before if how.endswith(" acts")}
        code, state = next(iter(acting.items()), ("", tokens[0]))
        others = len(acting) > 1 or any(how != "place" for *_, how in here)
        if not code or others or state.paragraph != tokens[first].paragraph:
            return None
        acts = rule("actors.country.acting", state=state.span)
        return CountryEvidence(code, state.i, state.i + 1, assumed=True, rule=acts)

    def _features(self, named: Sequence[str], kind: str, code: str, evidence: _Evidence) -> list[str]:
        sources = sorted(evidence.features[code])
        counted = f"sources={min(len(sources), 6)}", f"rivals={min(len(evidence.features) - 1, 4)}"
        own = [*sources, *counted, f"code {code}", *(f"{feature} {code}" for feature in named)]
        return [f"{kind} {feature}" for feature in own]

    def _of_name(self, key: str) -> list[str]:
        bearer = self.found.people.get(key) or self.found.bodies[key]
        last = bearer.words[-1]
        out = [f"closes {last}", f"ending {last[-_ENDING:]}"]
        if key in self.found.people:
            opening = bearer.words[0]
            return [*out, f"ending {last[-3:]}", f"opens {opening}", f"given name {opening in given_names()}"]
        known = self.found.bodies[key].known
        sphere = known_organizations()[known].sphere if known is not None else "none"
        return [*out, f"head {head_sphere(last)}", f"known {sphere}"]

    def _evidence(self, key: str) -> _Evidence:
        found, out = self.found, _Evidence()
        for index in found.people[key].names if key in found.people else ():
            country = self.nationality.of_person(found.names[index])
            if country is not None:
                found.country_evidence.setdefault(key, country)
        country = found.country_evidence.get(key)
        if country is not None:
            how = country.rule.id.removeprefix("actors.country.") if country.rule is not None else "unknown"
            out.add(country.country_code, f"stated {how}", country)
            out.add(country.country_code, "by words" if country.first is not None else "by no words")
        texts = sorted({self.page.text_of(n.first, n.last) for n in self.namings[key]}, key=lambda t: (-len(t), t))
        known = next((actor for text in texts if (actor := MODELS.known(text)) is not None), None)
        status = self._status(key)
        in_news = known.country_code if known is not None else None
        if known is not None and in_news is not None and (status != "organ" or self._may_be(in_news, texts[0])):
            why = rule("actors.country.news", file="news_actors", entry=texts[0])
            out.add(in_news, "news", CountryEvidence(in_news, rule=why))
            out.add(in_news, f"news {count_band(known.articles)}")
        if key in found.leaders:
            out.add(found.leaders[key].country_code, "leader")
        for feature, code in self._of_article():
            out.add(code, feature)
            out.add(code, f"{status} {feature}")
        for draft in found.drafts:
            if draft.person == key:
                self._of_office(out, draft.title.office.sphere, draft)
            elif draft.body == key:
                out.add(draft.country_code, "country of its office")
                out.add(found.country_of(draft.person), "country of its holder")
        for word in (found.people[key].words[0], found.people[key].words[-1]) if key in found.people else ():
            out.add(family_names_first().get(word) or None, "family name")
        for feature, code in self._near(key):
            out.add(code, feature)
        return out

    def _of_office(self, out: _Evidence, sphere: str, draft: RoleDraft) -> None:
        out.add(draft.country_code, f"office {sphere}")
        for role, other in (("employer", draft.body), ("superior", draft.owner)):
            country = self.found.country_evidence.get(other or "")
            if country is not None and country.country_code != EUROPEAN_UNION:
                out.add(country.country_code, f"{role} {sphere}")
                out.add(country.country_code, f"{role} {'assumed' if country.assumed else 'stated'}")
        if self._may_be(draft.title.office.country_code, draft.title.office.office):
            out.add(draft.title.office.country_code, "name of the office")

    def _may_be(self, code: str | None, name: str) -> bool:
        """Whether a name that several states have for an office or organ can be that of a state, by the page."""
        return code in self.spoken_of or not self.spoken_of or not is_generic(name)

    def _status(self, key: str) -> str:
        """Whether a body is a state's organ, or a person holds a state's office; and of which kind it is."""
        if key in self.found.bodies:
            body = self.found.bodies[key]
            if self.nationality.is_stateless(body):
                return "stateless"
            return "organ" if self.nationality.is_of_some_state(body, self.found.names) else "private"
        offices = [d for d in self.found.drafts if d.person == key]
        official = [d for d in offices if d.title.office.sphere in OFFICIAL]
        if not official:
            return "not official" if offices else "without office"
        alone = all(d.body is None and d.country_code is None for d in official)
        return "official without body" if alone else "official"

    def _of_article(self) -> Iterator[tuple[str, str | None]]:
        setting = self.setting
        # The model learned this name when a setting could also be sure.
        yield f"setting sure=False rival={setting.has_rival}", setting.country
        yield "dateline", setting.reported_from
        yield "publisher", self.seat
        for rank, (code, _) in enumerate(self.counts.most_common(2)):
            yield f"most {rank}", code
        if len(self.counts) == 1:
            yield "only state", next(iter(self.counts))

    def _near(self, key: str) -> Iterator[tuple[str, str | None]]:
        tokens = self.page.tokens
        for rank, naming in enumerate(self.namings[key][:6]):
            if naming.form == "pronoun":
                continue
            where = "first" if rank == 0 else "later"
            for place, code, how in self.by_sentence.get(tokens[naming.first].sentence, ()):
                if naming.first <= place < naming.last:
                    yield f"inside {how}", code
                    continue
                before = place < naming.first
                side, gap = ("before", naming.first - place) if before else ("behind", place - naming.last)
                yield f"{where} {side} {how}", code
                if gap <= _NEAR:
                    yield f"near {side} {gap} {how}", code
