"""Times the resolution of made-up actors: `python3 dev.py run python tools/benchmark_identity.py [ACTORS] [BUCKETS]`.

Articles of a dozen actors each: states, known and made-up bodies, persons by full name and by family name alone, with
offices, bodies and countries stated or not. They are written to files first, so that time and memory are those of the
resolution, which runs in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

from broadsheet.base.slugs import slug_of
from broadsheet.identity import LocalActor, LocalOffice, resolve_stream, to_table
from broadsheet.identity.shuffle import read_arrow, write_arrow
from broadsheet.reference.geography import countries
from broadsheet.reference.organizations import known_organizations
from broadsheet.reference.people import given_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "ten",
    "mar",
    "vel",
    "os",
    "un",
    "tar",
    "lin",
    "dor",
    "gam",
    "pel",
    "sa",
    "mo",
    "ne",
    "ric",
)
TITLES = ("finance minister", "MP", "chief executive", "spokesman", "professor", "president", "analyst")
ENDINGS = (" Bank", " Group", " Association", " Corp", "", " Party")
T = TypeVar("T")
EACH, BATCH, PARTS = 12, 20_000, 64


class World:
    """The actors that articles can name; some are named far more often than others."""

    def __init__(self, n: int) -> None:
        self.random = Random(1)  # noqa: S311 - the same world each time
        draw = self.random
        givens = [name.title() for name in given_names()]
        self.codes = [country.country_code for country in countries().values()]
        self.families = [self._word() for _ in range(20_000)]
        self.people = [
            (f"{draw.choice(givens)} {self.one(self.families)}", draw.choice(self.codes), draw.choice(TITLES))
            for _ in range(max(1_000, n // 8))
        ]
        self.bodies = [self._word() + draw.choice(ENDINGS) for _ in range(30_000)]
        self.states = list(countries().values())
        self.known = list(known_organizations().values())

    def _word(self) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.choice((2, 3, 3)))).title()

    def one(self, some: Sequence[T]) -> T:
        """A random item; the first ones are more likely."""
        return some[int(len(some) * self.random.random() ** 3)]

    def actor(self, article: str, day: date) -> LocalActor:
        """An actor that an article may name."""
        draw = self.random
        which = draw.random()
        if which < 0.25:
            state = self.one(self.states)
            return _local(article, state.name, "country", state.country_code, True, (), day)
        if which < 0.4:
            known = self.one(self.known)
            return _local(article, known.organization, "organization", known.country_code, False, (), day)
        if which < 0.6:
            code = draw.choice((None, "USA", "GBR"))
            return _local(article, self.one(self.bodies), "organization", code, draw.random() < 0.3, (), day)
        name, code, title = self.one(self.people)
        if draw.random() < 0.25:
            name = name.split()[-1]
        body = slug_of(self.one(self.bodies)) if draw.random() < 0.5 else None
        offices = (LocalOffice(title, body, code if draw.random() < 0.5 else None),) if draw.random() < 0.6 else ()
        stated_code = code if draw.random() < 0.7 else None
        return _local(article, name, "person", stated_code, draw.random() < 0.5, offices, day)


def _local(
    article: str, name: str, kind: str, code: str | None, is_stated: bool, offices: tuple[LocalOffice, ...], day: date
) -> LocalActor:
    return LocalActor(article, slug_of(name), name, kind, code, is_stated, None, 1, (name,), offices, day)


def written(n: int, folder: Path) -> int:
    """Writes about ``n`` actors to files; returns their exact number."""
    world = World(n)
    total = number = 0
    held: list[LocalActor] = []
    while total < n:
        article = f"art_{sha256(str(number).encode()).hexdigest()[:16]}"
        day = date(2000, 1, 1) + timedelta(days=world.random.randrange(9_000))
        some = {actor.actor_id: actor for actor in (world.actor(article, day) for _ in range(EACH))}
        held += some.values()
        total += len(some)
        number += 1
        if len(held) > BATCH or total >= n:
            write_arrow(to_table(held), folder / f"{number:09}.arrow")
            held = []
    return total


def resolved(folder: Path, buckets: int) -> None:
    """Resolves the written actors, and prints time and memory."""

    def batches() -> Iterator[object]:
        for path in sorted(folder.glob("*.arrow")):
            yield read_arrow(path)

    started, worked = time.monotonic(), time.process_time()
    found = resolve_stream(
        batches(),
        folder / "ids",
        buckets=buckets,
        part_of=lambda article: int(article[4:6], 16) % PARTS,
        actor_part_of=lambda actor: sha256(actor.encode()).digest()[0] % PARTS,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.monotonic() - started, time.process_time() - worked
    print(f"{found.n_actors:,} actors, {wall:.0f} s ({cpu:.0f} s of processor time), {peak:.0f} MB at most")


def main(arguments: Sequence[str]) -> None:
    """Writes the actors, then resolves them in a separate process."""
    if arguments[:1] == ["--resolve"]:
        resolved(Path(arguments[1]), int(arguments[2]))
        return
    n = int(arguments[0]) if arguments else 1_000_000
    buckets = int(arguments[1]) if len(arguments) > 1 else 64
    with tempfile.TemporaryDirectory() as folder:
        print(f"{written(n, Path(folder)):,} local actors in {buckets} buckets:", end=" ", flush=True)
        subprocess.run([sys.executable, __file__, "--resolve", folder, str(buckets)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
