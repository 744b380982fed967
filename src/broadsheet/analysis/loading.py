"""The language model: loaded once, checked, with its tokenizer adapted to news text."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import entry_points
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from broadsheet.analysis.model_files import DEFAULT_MODEL, check_default, not_installed
from broadsheet.analysis.spacy_import import import_spacy
from broadsheet.base.collection import no_collection
from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""The components that the parsers use; all others are switched off."""


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline ``name``, checked; loaded once.

    Raises:
        InputError: If it is not installed, is not English, lacks a component that the parsers need, or (for the
            default model) has unexpected files.
    """
    return _load(name)


def installed_models() -> set[str]:
    """The names of the spaCy pipelines that are installed.

    A model named in a package or a sidecar must be one of them: any other name could make spaCy import a module or
    load a folder. Users may name a folder with ``--model``.
    """
    return {DEFAULT_MODEL, *(point.name for point in entry_points(group="spacy_models"))}


@lru_cache(maxsize=2)
def _load(name: str) -> Language:
    with no_collection():
        nlp = _read(name)
    # The pipeline's tables and the libraries live until the process ends. Exempting them from garbage collection
    # saves a tenth of the time of a build.
    gc.freeze()
    return nlp


def _read(name: str) -> Language:
    """Reads a pipeline, checks it and adapts it to news text."""
    if name == DEFAULT_MODEL:
        check_default()
    spacy = import_spacy()
    place = f"--model {name}"
    try:
        with _numpy_product():
            nlp = _load_default() if name == DEFAULT_MODEL else spacy.load(name, exclude=["senter"])
    except (OSError, ImportError, ValueError) as error:
        raise not_installed(name) from error
    if nlp.lang != "en":
        raise InputError(place, f"its language is {nlp.lang!r}", "name an English pipeline")
    missing = [c for c in ("tagger", "parser", "lemmatizer", "ner") if c not in nlp.pipe_names]
    if missing:
        raise InputError(place, f"it has no {', '.join(missing)}", "name a pipeline with these components")
    nlp.select_pipes(enable=[c for c in nlp.pipe_names if c in {*COMPONENTS, "transformer"}])
    if name != DEFAULT_MODEL:
        old = nlp.tokenizer
        nlp.tokenizer = _tokenizer(nlp, {key: getattr(old, key) for key in ("rules", *_TOKENIZER_SETTINGS)})
    _look_up_lemmas_at_once(nlp)
    return nlp


@contextmanager
def _numpy_product() -> Iterator[None]:
    """Makes the loaded model multiply matrices with numpy, in a third of the time of thinc's own product.

    Other back ends (a GPU, Apple's) are unchanged.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    if type(get_current_ops()) is not NumpyOps:
        yield
        return
    with use_ops("numpy", use_blis=False):
        yield


@contextmanager
def _grouped_entry_points() -> Iterator[None]:
    """Groups spaCy's entry points in advance: while loading, it searches those of all packages about 200 times."""
    import catalogue

    found = catalogue.AVAILABLE_ENTRY_POINTS
    groups = (group for group in found.groups if group.startswith(("spacy", "thinc", "srsly")))
    by_group = {group: found.select(group=group) for group in groups}
    catalogue.AVAILABLE_ENTRY_POINTS = SimpleNamespace(select=lambda group: by_group.get(group, ()))
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = found


_GLUED = (
    r"""(?<=[A-Za-z])[,:;.!?](?=["“”„«»])""",
    r"""["“”„«»]""",
    r"""(?<=["“”„«»])(?:--+|[-–—―])""",
    r"""(?<=[A-Za-z0-9])\)(?=[-–])""",
    r"""(?<=\))[-–](?=[A-Za-z])""",
)
"""Quotation marks inside a token, and their neighbours: web copy often lacks the space (``said,"No``). A bracket that
closes before a hyphen: ``(NYSE:NVK)-backed``."""


_TWO_WORDS = frozenset({"cannot", "gonna", "gotta"})
"""Single words that the tokenizer splits in two."""


_TOKENIZER_SETTINGS = (
    "prefix_search",
    "suffix_search",
    "infix_finditer",
    "token_match",
    "url_match",
    "faster_heuristics",
)


_ATTRIBUTES = frozenset({"LANG", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE"})
"""The attributes of words that the default model uses; the 16 others take most of the time to add a word."""


def _load_default() -> Language:
    """Loads only the needed parts of the default model, whose files are known.

    The tokenizer is built once (spaCy would load the special cases three times), there are no word vectors, and strings
    are added as words and labels occur.
    """
    import spacy
    import srsly
    from spacy.attrs import IDS
    from spacy.tokenizer import Tokenizer
    from spacy.util import registry

    registry.tokenizers("broadsheet.EmptyTokenizer.v1", func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    with _grouped_entry_points():
        nlp = spacy.load(
            DEFAULT_MODEL,
            exclude=["senter", "tokenizer", "strings", "vectors"],
            config={"nlp": {"tokenizer": {"@tokenizers": "broadsheet.EmptyTokenizer.v1"}}},
        )
    saved = srsly.read_msgpack(nlp.path / "tokenizer")
    methods = {"token_match": "match", "url_match": "match"}
    settings = {
        key: getattr(re.compile(saved[key]), methods.get(key, "search")) if isinstance(saved[key], str) else saved[key]
        for key in _TOKENIZER_SETTINGS
        if key != "infix_finditer"
    }
    settings |= {name: _unless_plain(settings[name]) for name in ("suffix_search", "url_match")}
    nlp.tokenizer = _tokenizer(nlp, {"rules": saved["exceptions"], **settings})
    used = {IDS[name] for name in _ATTRIBUTES}
    nlp.vocab.lex_attr_getters = {key: of for key, of in nlp.vocab.lex_attr_getters.items() if key in used}
    return nlp


def _unless_plain(search: Callable[[str], Any], nothing: object = None) -> Callable[[str], Any]:
    """A search that skips words of plain letters, in which none of the rules finds anything."""
    return lambda text: nothing if text.isalpha() and text.isascii() else search(text)


def _tokenizer(nlp: Language, settings: dict[str, Any]) -> Tokenizer:
    """A tokenizer with these settings that also splits words from double quotation marks on both sides of them.

    It keeps words whole that look like contractions without their apostrophe (*wed*, *id*).
    """
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex

    rules = {
        word: parts
        for word, parts in settings["rules"].items()
        if len(parts) == 1 or not word.isalpha() or word.lower() in _TWO_WORDS
    }
    finder = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUED]).finditer
    return Tokenizer(nlp.vocab, **{**settings, "rules": rules, "infix_finditer": _unless_plain(finder, ())})


def _look_up_lemmas_at_once(nlp: Language) -> None:
    """Turns the word lists of the lemmatizer into sets, since it searches them for each new word."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        table = lookups.get_table("lemma_index")
        for pos, words in list(table.items()):
            table[pos] = frozenset(words)


def model_version(name: str = DEFAULT_MODEL) -> tuple[str, str]:
    """Name and version of the pipeline, from its ``meta.json``."""
    meta = load_model(name).meta
    return f"{meta['lang']}_{meta['name']}", str(meta["version"])
