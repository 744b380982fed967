"""The shape of pipelines that the fast pipeline supports: that of spaCy's small English one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

PADDING = 4
"""Empty rows before, between and after the texts: one per layer of the network, so that no text affects another."""


class OtherShapeError(Exception):
    """A pipeline, or a part of it, has a shape that the fast pipeline does not support."""


_NETWORK = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed.@architectures": "spacy.MultiHashEmbed.v2",
    "embed.include_static_vectors": False,
    "encode.@architectures": "spacy.MaxoutWindowEncoder.v2",
    "encode.window_size": 1,
    "encode.depth": PADDING,
}
_TRANSITIONS = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "extra_state_tokens": False,
    "maxout_pieces": 2,
    "use_upper": True,
}
_SHAPE = {
    **{f"tok2vec.model.{key}": value for key, value in _NETWORK.items()},
    **{f"ner.model.tok2vec.{key}": value for key, value in _NETWORK.items()},
    **{f"{name}.model.{key}": value for name in ("parser", "ner") for key, value in _TRANSITIONS.items()},
    "parser.model.state_type": "parser",
    "parser.model.tok2vec.@architectures": "spacy.Tok2VecListener.v1",
    "ner.model.state_type": "ner",
    "tagger.model.@architectures": "spacy.Tagger.v2",
    "tagger.model.tok2vec.@architectures": "spacy.Tok2VecListener.v1",
    "tagger.overwrite": False,
    "lemmatizer.mode": "rule",
    "lemmatizer.overwrite": False,
}
"""The configuration of the components of a pipeline with the known shape."""

_ORDER = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]


def check(nlp: Language) -> None:
    """Checks by its configuration that a pipeline has the known shape.

    Raises:
        OtherShapeError: If it does not, or does not use numpy.
    """
    from thinc.api import NumpyOps

    if nlp.pipe_names != _ORDER:
        raise OtherShapeError(", ".join(nlp.pipe_names))
    # Components have many classes, some without the attributes used here.
    recogniser: Any = nlp.get_pipe("ner")
    parser: Any = nlp.get_pipe("parser")
    if type(recogniser.model.ops) is not NumpyOps:
        raise OtherShapeError(type(recogniser.model.ops).__name__)
    if recogniser.cfg["beam_width"] != 1 or parser.cfg["beam_width"] != 1:
        raise OtherShapeError("a beam")
    for path, expected in _SHAPE.items():
        if _configured(nlp.config["components"], path) != expected:
            raise OtherShapeError(path)


def _configured(components: Any, path: str) -> object:
    """The value under a path of keys in a configuration; ``None`` if missing."""
    for key in path.split("."):
        if not isinstance(components, dict) or key not in components:
            return None
        components = components[key]
    return components
