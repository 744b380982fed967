"""The language model: loaded once, checked, and made to cut news text into tokens as the parsers need them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from broadsheet.analysis.model_files import DEFAULT_MODEL, check_default, not_installed
from broadsheet.analysis.spacy_import import import_spacy
from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""The components that the parsers use; whatever else a pipeline has is switched off."""


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline ``name``, checked; loaded once.

    Raises:
        InputError: If it is not installed, is not English, lacks a component that the parsers need, or (the default
            model) has other files than expected.
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
    with _no_collection():
        nlp = _read(name)
    # The pipeline's tables and the libraries stay until the process ends: the collector need not go through them again
    # and again, which takes a tenth of the time of a build.
    gc.freeze()
    return nlp


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps the garbage collector from going through what is being loaded, none of which is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(name: str) -> Language:
    """Reads a pipeline, checks it and adapts it to news text."""
    if name == DEFAULT_MODEL:
        check_default()
    spacy = import_spacy()
    place = f"--model {name}"
    try:
        with _numpy_product():
            nlp = spacy.load(name, exclude=["senter"])
    except (OSError, ImportError, ValueError) as error:
        raise not_installed(name) from error
    if nlp.lang != "en":
        raise InputError(place, f"its language is {nlp.lang!r}", "name an English pipeline")
    missing = [c for c in ("tagger", "parser", "lemmatizer", "ner") if c not in nlp.pipe_names]
    if missing:
        raise InputError(place, f"it has no {', '.join(missing)}", "name a pipeline with these components")
    nlp.select_pipes(enable=[c for c in nlp.pipe_names if c in {*COMPONENTS, "transformer"}])
    _adapt_tokenizer(nlp)
    _look_up_lemmas_at_once(nlp)
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
"""Quotation marks inside a token, and their neighbours: web copy often lacks the space (``said,"No``)."""


_TWO_WORDS = frozenset({"cannot", "gonna", "gotta"})
"""Words in letters only that are two."""


def _adapt_tokenizer(nlp: Language) -> None:
    """Gives the pipeline a tokenizer that also cuts words off double quotation marks on both sides of them.

    It leaves words whole that look like contractions without their apostrophe (*wed*, *id*). A new tokenizer takes
    half of the time of setting both on the old one, which loads its special cases each time.
    """
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex

    old = nlp.tokenizer
    rules = {
        word: parts
        for word, parts in old.rules.items()
        if len(parts) == 1 or not word.isalpha() or word.lower() in _TWO_WORDS
    }
    infixes = nlp.Defaults.infixes
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=old.prefix_search,
        suffix_search=old.suffix_search,
        infix_finditer=compile_infix_regex([*infixes, *_GLUED]).finditer if infixes else old.infix_finditer,
        token_match=old.token_match,
        url_match=old.url_match,
        faster_heuristics=old.faster_heuristics,
    )


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
