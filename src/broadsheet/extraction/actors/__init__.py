"""Actors of an article, resolved over the whole of it: persons, organizations, groups and states.

Names are found by their capitals, by what is next to them and by the reference tables; the model's labels only vote.
All mentions of one form vote together on its kind, so that a wrong label of one mention is outvoted.
"""

from broadsheet.extraction.actors.resolve import find_actors

__all__ = ["find_actors"]
