"""Learning from a larger model: from its answers to each article, and from its vectors (Hinton et al. 2015)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import torch
from articles import vectors
from losses import answers, losses
from torch import Tensor, nn

from broadsheet.extraction.links import RELATIONS
from broadsheet.extraction.meaning import HEADS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles import Article
    from losses import Answers
    from network import Encoder

LIKENESS = 0.1
"""How much the likeness of the vectors counts, beside the answers."""
SAMPLE, RIDGE = 300, 0.1
TAUGHT = frozenset({*HEADS, *RELATIONS}) - {"tms", "tret", "rtar", "rhold"}
"""The models that learn from answers. The teacher knew the others less well than the student, on unseen articles."""


def ask(teacher: Encoder, articles: list[Article]) -> dict[Article, Answers]:
    """What a model says about each article."""
    teacher.eval()
    with torch.no_grad():
        return {a: answers(teacher, a, found, TAUGHT) for a in articles for found in vectors(teacher, [a])}


class Teaching:
    """What a larger model says about articles, as something to learn from.

    Args:
        asked: What it says about each of them.
        student: The smaller model, whose vectors are mapped on those of the larger by a linear map.
        articles: What it learns from.

    Attributes:
        map: The linear map, learned together with the student.
    """

    def __init__(self, asked: Mapping[Article, Answers], student: Encoder, articles: list[Article]) -> None:
        self.answers = asked
        of_sample = random.sample(articles, min(SAMPLE, len(articles)))
        student.eval()
        with torch.no_grad():
            of_student = torch.cat([found for article in of_sample for found in vectors(student, [article])])
        student.train()
        of_teacher = torch.cat([self.answers[article].vectors.float() for article in of_sample])
        self.scale = of_teacher.var(0).mean()
        self.map = nn.Linear(of_student.shape[1], of_teacher.shape[1])
        inputs = torch.cat([of_student, torch.ones(len(of_student), 1)], 1)
        squares = inputs.T @ inputs + RIDGE * torch.eye(inputs.shape[1])
        solved = torch.linalg.solve(squares, inputs.T @ of_teacher)
        with torch.no_grad():
            self.map.weight.copy_(solved[:-1].T)
            self.map.bias.copy_(solved[-1])

    def losses(self, model: Encoder, article: Article, found: Tensor) -> dict[str, Tensor]:
        """The losses of the student's models on an article, and that of its vectors."""
        taught = self.answers[article]
        away = (self.map(found) - taught.vectors.float()) ** 2
        return losses(model, article, found, taught) | {"vectors": LIKENESS * away.mean(1).sum() / self.scale}
