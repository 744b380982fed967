"""Keys of actors, made from their names."""

from __future__ import annotations

from broadsheet.base.slugs import slug_of
from broadsheet.reference.names import is_generic, without_initials


def person_slug(name: str) -> str:
    """The slug of a person's name, without the initials of middle names: not every article prints them."""
    return slug_of(" ".join(without_initials(name.split())))


def body_slug(name: str, country_code: str | None) -> str:
    """The slug of a body's name; one that every state has (Finance Ministry) carries its country."""
    slug = slug_of(name)
    return f"{slug}-{country_code.lower()}" if country_code is not None and is_generic(name) else slug
