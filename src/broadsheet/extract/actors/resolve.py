"""Puts the parts together: from the names of a page to the rows of actors, mentions and roles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from broadsheet.extract.actors.bodies import Body, kind_of
from broadsheet.extract.actors.gazetteer import find_hits
from broadsheet.extract.actors.identity import (
    body_slug,
    country_name,
    leader_named,
    person_slug,
    slug_of,
)
from broadsheet.extract.actors.names import Segmenter
from broadsheet.extract.actors.nationality import Nationality, Told, home_country
from broadsheet.extract.actors.page import read_page
from broadsheet.extract.actors.people_and_bodies import Sorter
from broadsheet.extract.actors.runs import Runs
from broadsheet.extract.actors.states import GOVERNMENT, States, StateUse, named_states
from broadsheet.extract.actors.titles import find_titles
from broadsheet.extract.cast import CastFound, Mention, StateName, make_cast
from broadsheet.extract.found import Found
from broadsheet.extract.mentions import Bearer, Naming, definite_descriptions, is_company, resolve_pronouns
from broadsheet.extract.roles import RoleDraft, Surroundings, distinct, offices_said_of, titles_beside_names
from broadsheet.reference.organizations import head_of, known_organizations
from broadsheet.span import Span
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import ActorRow, MentionRow, RoleRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analyse.document import Document
    from broadsheet.extract.actors.names import Name
    from broadsheet.extract.actors.persons import Person
    from broadsheet.extract.cast import Form
    from broadsheet.reference.people import Gender, Leader

_OFFICIAL = frozenset({"state", "government", "legislature", "diplomatic", "military", "justice"})
_EUROPEAN = ("European Union", "European Community", "European Economic Community")


class Resolver:
    """Resolves the actors of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.page = read_page(document)
        self.hits = find_hits(self.page)
        self.titles = find_titles(self.page, self.hits)
        segmenter = Segmenter(self.page, self.hits, self.titles)
        names = [n for run in Runs(self.page, self.hits, self.titles).find() for n in segmenter.cut(*run)]
        self.bearers = Sorter(self.page, names, self.hits, self.titles).sort()
        self.names = self.bearers.names
        self.person_key: dict[int, str] = {id(p): f"p{i}" for i, p in enumerate(self.bearers.people)}
        self.body_key: dict[int, str] = {id(b): f"b{i}" for i, b in enumerate(self.bearers.bodies)}
        self.person_at = {
            i: self.person_key[id(p)]
            for k, p in self.bearers.person_of.items()
            for i in range(self.names[k].first, self.names[k].last)
        }
        self.body_at = {
            i: self.body_key[id(b)]
            for k, b in self.bearers.body_of.items()
            for i in range(self.names[k].first, self.names[k].last)
        }

    def resolve(self) -> CastFound:
        """The cast and its rows."""
        uses = self._state_uses()
        weights = named_states(uses)
        nationality = Nationality(self.page, self.hits, uses)
        leaders = self._leaders(weights)
        bodies = {self.body_key[id(b)]: b for b in self.bearers.bodies}
        people = {self.person_key[id(p)]: p for p in self.bearers.people}
        told: dict[str, Told] = {}
        for key, body in bodies.items():
            found = nationality.of_body(body, self.names)
            if found is not None:
                told[key] = found
        state_at = {i: u.country_code for u in uses for i in range(u.first, u.last)}
        around = Surroundings(
            self.document,
            self.titles,
            self.person_at,
            self.body_at,
            state_at,
            {self.names[k].first: self.person_key[id(p)] for k, p in self.bearers.person_of.items()},
        )
        drafts = titles_beside_names(around)
        home = self._home(weights, drafts, leaders, uses)
        for key, body in bodies.items():
            if key not in told and home is not None and nationality.is_of_some_state(body):
                told[key] = Told(home)
        for key, person in people.items():
            found = self._person_country(key, person, drafts, told, nationality, leaders, home)
            if found is not None:
                told[key] = found
        genders = self._genders(people, leaders)
        bearers = self._described(bodies, people, genders)
        namings = self._namings(uses, weights, bodies, people, told, leaders, home, bearers)
        namings += definite_descriptions(self.document, namings, bearers, self.titles, drafts)
        namings = _disjoint(namings)
        namings += resolve_pronouns(self.document, namings, bearers, genders)
        around = Surroundings(
            self.document,
            self.titles,
            {i: n.bearer for n in namings if n.bearer in people for i in range(n.first, n.last)},
            self.body_at,
            state_at,
            around.name_starts,
        )
        drafts = distinct([*drafts, *offices_said_of(around, drafts)], self.page.text_of)
        for key, person in people.items():
            if key not in told:
                found = self._person_country(key, person, drafts, told, nationality, leaders, home)
                if found is not None:
                    told[key] = found
        return self._rows(uses, namings, bodies, people, told, leaders, drafts, genders, home)

    def _state_uses(self) -> list[StateUse]:
        bodies = frozenset(self.body_at)
        states = States(self.page, self.titles.values(), bodies, frozenset(self.person_at))
        uses = []
        for hit in self.hits.values():
            if hit.kind in ("organization", "place", "region"):
                continue
            if any(i in self.body_at or i in self.person_at for i in range(hit.first, hit.last)):
                continue
            use = states.read(hit)
            if use is not None:
                uses.append(use)
        return uses

    def _leaders(self, weights: dict[str, float]) -> dict[str, Leader]:
        out = {}
        for person in self.bearers.people:
            titled = any(
                (title := self.names[k].title) is not None and title.office.sphere == "state" and title.office.unique
                for k in person.names
            )
            found = leader_named(
                person.words, titled=titled, named_states=weights, published_on=self.document.article.published_on
            )
            if found is not None:
                out[self.person_key[id(person)]] = found
        return out

    def _home(
        self,
        weights: dict[str, float],
        drafts: list[RoleDraft],
        leaders: dict[str, Leader],
        uses: list[StateUse],
    ) -> str | None:
        led = [
            leaders[d.person].country_code
            for d in drafts
            if d.person in leaders and d.country_code is None and d.title.office.unique
        ]
        in_title = {u.country_code for u in uses if self.document.in_title(self.tokens[u.first])}
        return home_country(self.document.article.language, weights, led, sorted(in_title))

    def _person_country(
        self,
        key: str,
        person: Person,
        drafts: Iterable[RoleDraft],
        told: dict[str, Told],
        nationality: Nationality,
        leaders: dict[str, Leader],
        home: str | None,
    ) -> Told | None:
        own = [d for d in drafts if d.person == key]
        for draft in own:
            if draft.country_code is not None and draft.country_at is not None:
                return Told(draft.country_code, draft.country_at, draft.country_at + 1)
        if key in leaders:
            return Told(leaders[key].country_code)
        for index in person.names:
            beside = nationality.of_person(self.names[index])
            if beside is not None:
                return beside
        for draft in own:
            if draft.body is not None and draft.body in told:
                at = draft.body_at
                return Told(told[draft.body].country_code, at, None if at is None else at + 1)
        if home is not None and any(d.title.office.sphere in _OFFICIAL for d in own):
            return Told(home)
        return None

    def _genders(self, people: dict[str, Person], leaders: dict[str, Leader]) -> dict[str, Gender]:
        out: dict[str, Gender] = {}
        for key, person in people.items():
            gender = leaders[key].gender if key in leaders else person.gender
            if gender is not None and gender != "either":
                out[key] = gender
        return out

    def _described(
        self, bodies: dict[str, Body], people: dict[str, Person], genders: dict[str, Gender]
    ) -> dict[str, Bearer]:
        out = {key: Bearer(key, "person", genders.get(key)) for key in people}
        for key, body in bodies.items():
            words = body.words
            head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
            sphere = known_organizations()[body.known].sphere if body.known else None
            found = head_of(head)
            out[key] = Bearer(key, kind_of(body), None, head if found else "", is_company(head, sphere))
        return out

    def _namings(
        self,
        uses: list[StateUse],
        weights: dict[str, float],
        bodies: dict[str, Body],
        people: dict[str, Person],
        told: dict[str, Told],
        leaders: dict[str, Leader],
        home: str | None,
        bearers: dict[str, Bearer],
    ) -> list[Naming]:
        out: list[Naming] = []
        administrations: dict[int, str] = {}
        for index, person in self.bearers.person_of.items():
            name = self.names[index]
            key = self.person_key[id(person)]
            behind = self.tokens[name.last] if name.last < len(self.tokens) else None
            if behind is not None and behind.lower in ("administration", "government") and key in told:
                administrations[name.first] = told[key].country_code
                self._add_country(bearers, told[key].country_code)
                out.append(Naming(f"c{told[key].country_code}", name.first, name.last + 1, "metonym"))
                weights.setdefault(told[key].country_code, 1.0)
                continue
            words = self.page.lower_of(name.first, name.last).split()
            full = len(words) > 1 or not person.is_full
            out.append(Naming(key, name.first, self._without_genitive(name), "name" if full else "alias"))
        for index, body in self.bearers.body_of.items():
            name = self.names[index]
            length = len(self.page.text_of(name.first, name.last))
            short = (
                length < max(len(self.page.text_of(self.names[k].first, self.names[k].last)) for k in body.names) - 4
            )
            form: Form = "alias" if short else "name"
            out.append(Naming(self.body_key[id(body)], name.first, self._without_genitive(name), form))
        for use in uses:
            if use.country_code not in weights or use.force == "people" or use.first in administrations:
                continue
            key = self._state_key(use.country_code, bodies)
            if key is None:
                key = f"c{use.country_code}"
                self._add_country(bearers, use.country_code)
            behind = self.tokens[use.last] if use.last < len(self.tokens) else None
            last = use.last
            form = use.form
            if behind is not None and behind.lower in ("'s", "’s") and use.last + 1 < len(self.tokens):
                if self.tokens[use.last + 1].lower in GOVERNMENT:
                    last = use.last + 2
            elif behind is not None and behind.lower in GOVERNMENT:
                last = use.last + 1
            if last != use.last:
                form = "description"
            out.append(Naming(key, use.first, last, form))
        out = _disjoint(out)
        out += self._governments(out, weights, home, bearers)
        return _disjoint(out)

    def _add_country(self, bearers: dict[str, Bearer], code: str) -> None:
        bearers.setdefault(f"c{code}", Bearer(f"c{code}", "country"))

    def _state_key(self, code: str, bodies: dict[str, Body]) -> str | None:
        """The Union is an organization; its seat and adjective lead to it, if the article names it."""
        if code != "EUU":
            return None
        for name in _EUROPEAN:
            for key, body in bodies.items():
                if body.known == name:
                    return key
        return None

    def _governments(
        self, namings: list[Naming], weights: dict[str, float], home: str | None, bearers: dict[str, Bearer]
    ) -> list[Naming]:
        """*The government* without a name: that of the state named with it, else of the one spoken of last."""
        countries_at = {i: n.bearer for n in namings if n.bearer.startswith("c") for i in range(n.first, n.last)}
        starts = sorted((n.first, n.bearer) for n in namings if n.bearer.startswith("c"))
        taken = {i for n in namings for i in range(n.first, n.last)}
        out: list[Naming] = []
        position = 0
        latest: str | None = None
        for token in self.tokens:
            while position < len(starts) and starts[position][0] <= token.i:
                latest = starts[position][1]
                position += 1
            if token.lower not in ("government", "regime") or token.i in taken or token.tag != "NN":
                continue
            inner = [countries_at[c] for c in token.children if c in countries_at]
            for prep in self.document.children(token, "prep"):
                if prep.lower == "of":
                    inner += [countries_at[c] for c in prep.children if c in countries_at]
            if inner:
                out.append(Naming(inner[0], token.i, token.i + 1, "description"))
                continue
            before = self.tokens[token.i - 1] if token.i else None
            if before is None or before.lower not in ("the", "central", "federal") or token.dep in ("compound", "nmod"):
                continue
            if any(self.document.children(token, "prep", "poss")):
                continue
            bearer = f"c{home}" if home is not None and f"c{home}" in countries_at.values() else latest
            if bearer is not None:
                out.append(Naming(bearer, token.i, token.i + 1, "description"))
        return out

    def _without_genitive(self, name: Name) -> int:
        last = name.last
        while last > name.first + 1 and self.tokens[last - 1].lower in ("'s", "’s", "'", "’"):
            last -= 1
        return last

    def _rows(
        self,
        uses: list[StateUse],
        namings: list[Naming],
        bodies: dict[str, Body],
        people: dict[str, Person],
        told: dict[str, Told],
        leaders: dict[str, Leader],
        drafts: list[RoleDraft],
        genders: dict[str, Gender],
        home: str | None,
    ) -> CastFound:
        counts = Counter(n.bearer for n in namings)
        used = {*counts, *(d.body for d in drafts if d.body), *(d.person for d in drafts)}
        slugs: dict[str, str] = {}
        kinds: dict[str, str] = {}
        labels: dict[str, tuple[str, tuple[int, int] | None]] = {}
        for key in sorted(used):
            if key.startswith("c"):
                code = key[1:]
                labels[key] = (country_name(code), None)
                kinds[key] = "organization" if code == "EUU" else "country"
                slugs[key] = slug_of(labels[key][0])
            elif key in people:
                labels[key] = self._person_name(people[key], leaders.get(key))
                kinds[key] = "person"
                leader = leaders.get(key)
                suffix = f"-{people[key].suffix}" if people[key].suffix else ""
                slugs[key] = person_slug(leader.leader if leader else labels[key][0].removesuffix("."))
                if suffix and not slugs[key].endswith(suffix):
                    slugs[key] += suffix
            else:
                labels[key] = self._body_name(bodies[key])
                kinds[key] = kind_of(bodies[key])
                code_ = told[key].country_code if key in told else None
                slugs[key] = slug_of(bodies[key].known or "") if bodies[key].known else body_slug(labels[key][0], code_)
        ids = _distinct_slugs(slugs, kinds)
        actors: dict[str, ActorRow] = {}
        found_actors = []
        for key in sorted(used, key=lambda k: ids[k]):
            name, at = labels[key]
            code = key[1:] if key.startswith("c") else told[key].country_code if key in told else None
            row = ActorRow(ids[key], name, kinds[key], code, None, counts.get(key, 0))
            if ids[key] in actors:
                continue
            actors[ids[key]] = row
            evidence: dict[str, tuple[Span, ...]] = {}
            place = at or next(((n.first, n.last) for n in namings if n.bearer == key), None)
            if place is not None:
                evidence["name"] = (self.document.span(*place),)
            if key in told and told[key].first is not None:
                first, last = told[key].first, told[key].last
                assert first is not None
                evidence["country_code"] = (self.document.span(first, last or first + 1),)
            elif key.startswith("c") and place is not None:
                evidence["country_code"] = (self.document.span(*place),)
            found_actors.append(Found(row, evidence))
        mentions = [
            Mention(ids[n.bearer], n.form, self.document.span(n.first, n.last), n.first, n.last)
            for n in sorted(namings, key=lambda n: n.first)
        ]
        cast = make_cast(
            self.document,
            actors,
            mentions,
            [StateName(u.country_code, u.form, u.first, u.last) for u in uses],
            {i: ids[d.person] for d in drafts for i in range(d.first, d.last)},
            {ids[k]: g for k, g in genders.items() if k in ids},
        )
        return CastFound(
            cast,
            tuple(found_actors),
            tuple(Found(self._mention_row(m)) for m in mentions),
            tuple(self._role(d, ids, told, home) for d in drafts),
        )

    def _person_name(self, person: Person, leader: Leader | None) -> tuple[str, tuple[int, int] | None]:
        best: tuple[int, int, Name] | None = None
        for index in person.names:
            name = self.names[index]
            text = self.page.text_of(name.first, self._without_genitive(name))
            rank = (len(text.split()) * 100 + len(text), -index, name)
            if best is None or rank[:2] > best[:2]:
                best = rank
        assert best is not None
        name = best[2]
        text = self.page.text_of(name.first, self._without_genitive(name))
        if leader is not None and len(text.split()) == 1:
            return leader.leader, (name.first, self._without_genitive(name))
        return text, (name.first, self._without_genitive(name))

    def _body_name(self, body: Body) -> tuple[str, tuple[int, int] | None]:
        """The fullest printed form, one that is not all capitals if there is one."""
        best: tuple[tuple[int, int, int], Name] | None = None
        for index in body.names:
            name = self.names[index]
            text = self.page.text_of(name.first, name.last)
            shouted = self.tokens[name.first].paragraph in self.page.shouted
            rank = (not shouted, len(text), -index)
            if best is None or rank > best[0]:
                best = (rank, name)
        assert best is not None
        name = best[1]
        last = self._without_genitive(name)
        text = self.page.text_of(name.first, last)
        if self.tokens[name.first].paragraph in self.page.shouted and not body.known:
            text = text.title()
        if body.known and text.upper() == text and text != body.known and text.capitalize() == body.known:
            text = body.known
        return text, (name.first, last)

    def _mention_row(self, mention: Mention) -> MentionRow:
        article = self.document.article.article_id
        key = row_key("men", article, mention.span)
        return MentionRow(key, article, mention.actor_id, mention.form, mention.span.start, mention.span.end)

    def _role(self, draft: RoleDraft, ids: dict[str, str], told: dict[str, Told], home: str | None) -> Found[RoleRow]:
        article = self.document.article
        span = self.document.span(draft.first, draft.last)
        code = draft.country_code
        if code is None and draft.body is not None and draft.body in told:
            code = told[draft.body].country_code
        if code is None and draft.body is None and draft.person in told and draft.title.office.sphere in _OFFICIAL:
            code = told[draft.person].country_code
        if code is None and draft.body is None and draft.person in told:
            code = told[draft.person].country_code
        tenure = draft.tenure
        row = RoleRow(
            row_key("rol", article.article_id, span, ids[draft.person]),
            article.article_id,
            ids[draft.person],
            span.of(article.text),
            ids[draft.body] if draft.body is not None else None,
            code,
            tenure,
            span.start,
            span.end,
        )
        evidence: dict[str, tuple[Span, ...]] = {"title": (span,)}
        if draft.body_at is not None and draft.body is not None:
            evidence["organization_id"] = (self.tokens[draft.body_at].span,)
        if draft.country_at is not None:
            evidence["country_code"] = (self.tokens[draft.country_at].span,)
        return Found(row, evidence)


def _disjoint(namings: list[Naming]) -> list[Naming]:
    """The namings without those that overlap a longer one, or an equal one before them."""
    taken: set[int] = set()
    kept = []
    for naming in sorted(namings, key=lambda n: (n.first - n.last, n.first, n.bearer)):
        if not taken.intersection(range(naming.first, naming.last)):
            taken.update(range(naming.first, naming.last))
            kept.append(naming)
    return sorted(kept, key=lambda n: n.first)


def _distinct_slugs(slugs: dict[str, str], kinds: dict[str, str]) -> dict[str, str]:
    """Ids of all actors: a slug that two share goes to the first kind, the others carry theirs."""
    order = ("country", "organization", "group", "person")
    out: dict[str, str] = {}
    taken: dict[str, str] = {}
    for key in sorted(slugs, key=lambda k: (order.index(kinds[k]), k)):
        slug = slugs[key]
        if slug in taken and kinds[key] != kinds[taken[slug]]:
            slug = f"{slug}-{kinds[key]}"
        taken.setdefault(slug, key)
        out[key] = slug
    return out
