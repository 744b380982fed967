"""How wrong the models are about an article: from its gold, and from what a larger model answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch
from network import MASKED, highest
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from examples import Classes, Links
    from network import Encoder

TAUGHT = 0.6
"""The share of a larger model's answers in what is right; the gold has the rest."""


class Labelled(Protocol):
    """An article with what its gold says about its words."""

    classes: Mapping[str, Classes]
    links: Mapping[str, Links]


@dataclass(frozen=True)
class Answers:
    """What a model says about an article: the vectors of its tokens, and the scores of classes and of links."""

    vectors: Tensor
    classes: Mapping[str, Tensor]
    links: Mapping[str, Tensor]


def answers(model: Encoder, article: Labelled, vectors: Tensor, names: Container[str]) -> Answers:
    """What the models called ``names`` say about an article with the vectors of its tokens, in half precision."""
    classes = {n: class_scores(model, n, found, vectors).half() for n, found in article.classes.items() if n in names}
    links = {n: link_scores(model, n, found, vectors).half() for n, found in article.links.items() if n in names}
    return Answers(vectors.bfloat16(), classes, links)


def losses(model: Encoder, article: Labelled, vectors: Tensor, taught: Answers | None = None) -> dict[str, Tensor]:
    """The loss of each model on an article with the vectors of its tokens, by the gold and by what it is taught."""
    out = {}
    for name, classes in article.classes.items():
        scores = class_scores(model, name, classes, vectors)
        out[name] = class_loss(scores, classes, taught.classes.get(name) if taught else None)
    for name, links in article.links.items():
        scores = link_scores(model, name, links, vectors)
        out[name] = link_loss(scores, links, taught.links.get(name) if taught else None)
    return out


def means(vectors: Tensor, ranges: list[tuple[int, int]]) -> Tensor:
    """The mean vectors of ranges of tokens."""
    sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
    first, last = torch.tensor(ranges).T
    return (sums[last] - sums[first]) / (last - first).clamp(min=1)[:, None]


def class_scores(model: Encoder, name: str, classes: Classes, vectors: Tensor) -> Tensor:
    """The scores of the classes."""
    scores: Tensor = model.heads[name](model.dropout(means(vectors, classes.ranges)))
    return scores


def class_loss(scores: Tensor, classes: Classes, taught: Tensor | None) -> Tensor:
    """The cross-entropy of the classes."""
    right = classes.right
    if taught is not None:
        right = torch.lerp(right, functional.softmax(taught.float(), -1) * right.sum(-1, keepdim=True), TAUGHT)
    return -(functional.log_softmax(scores, -1) * right).sum()


def link_scores(model: Encoder, name: str, links: Links, vectors: Tensor) -> Tensor:
    """The scores of the groups of links, less that of none in their set."""
    words, phrases = vectors[torch.tensor(links.words)], means(vectors, links.ranges)
    scores: Tensor = model.relations[name](words, phrases, links)
    return scores - scores[torch.tensor(links.none)[torch.tensor(links.set)]]


def shares(scores: Tensor, links: Links) -> Tensor:
    """The logarithms of the shares of the groups of each set, of those that count and none."""
    of_set = torch.tensor(links.set)
    counted = links.counted.clone()
    counted[torch.tensor(links.none)] = 1.0
    masked = torch.where(counted > 0, scores, MASKED)
    mass = (masked - highest(masked, of_set, len(links.none))[of_set]).exp()
    total = torch.zeros(len(links.none), scores.shape[1]).index_add(0, of_set, mass)
    return masked - highest(masked, of_set, len(links.none))[of_set] - total.log()[of_set]


def link_loss(scores: Tensor, links: Links, taught: Tensor | None) -> Tensor:
    """The binary cross-entropy of each group's parts, and the cross-entropy of the choice among all groups."""
    member, first = links.member, links.first
    if taught is not None:
        taught = taught.float()
        member = torch.lerp(member, torch.sigmoid(taught), TAUGHT)
        first = torch.lerp(first, shares(taught, links).exp(), TAUGHT)
    binary = functional.binary_cross_entropy_with_logits(scores, member, reduction="none") * links.counted
    asked = links.asked[torch.tensor(links.set)]
    return binary.sum() - (shares(scores, links) * first * asked).sum()
