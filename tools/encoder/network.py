"""The encoder and the models on top of it in PyTorch, as they are trained; `extraction.meaning` computes the same."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Self

import torch
from torch import Tensor, nn
from torch.nn import functional
from weights import narrow

from broadsheet.extraction.links import DISTANCES, FREQUENCIES, PATHS, PHRASE_KINDS, RELATIONS
from broadsheet.extraction.meaning import HEADS

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Links

ATTENTION_HEADS = 12
HIDDEN = 128
"""Width of the hidden layer of a relation."""
DROPPED, DROPPED_INPUTS, DROPPED_HIDDEN, DROPPED_PATHS = 0.15, 0.5, 0.4, 0.35
"""Shares set to zero in training: in the encoder, and of the vectors, the hidden layer and the paths of relations.

Relations remember their examples: with fewer zeros their loss fell on articles they learned from, and rose on others.
"""
MASKED = -1e4


@dataclass(frozen=True)
class Sizes:
    """Width of the vectors and of the feed-forward network, and the epsilon of normalisation."""

    width: int
    inner: int
    epsilon: float


MINILM, MPNET = Sizes(384, 1536, 1e-12), Sizes(768, 3072, 1e-5)


class Layer(nn.Module):
    """Self-attention and a feed-forward network, each added to its input and normalised."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.width
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.f1, self.f2 = nn.Linear(width, sizes.inner), nn.Linear(sizes.inner, width)
        self.n1, self.n2 = nn.LayerNorm(width, sizes.epsilon), nn.LayerNorm(width, sizes.epsilon)
        self.dropout = nn.Dropout(DROPPED)

    def forward(self, rows: Tensor, bias: Tensor) -> Tensor:
        """The rows after the layer; ``bias`` is added to the scores of attention."""
        count, length, width = rows.shape
        split = self.qkv(rows).view(count, length, 3, ATTENTION_HEADS, width // ATTENTION_HEADS)
        # Plain products: the fused kernel of PyTorch is slower for short sequences on a processor without a GPU.
        queries, keys, values = split.permute(2, 0, 3, 1, 4).reshape(3, count * ATTENTION_HEADS, length, -1)
        scores = (queries * queries.shape[-1] ** -0.5) @ keys.transpose(1, 2)
        scores = scores.view(count, ATTENTION_HEADS, length, length) + bias.to(scores.dtype)
        weights = functional.softmax(scores, -1, dtype=torch.float32).to(values.dtype)
        mixed = (weights.flatten(0, 1) @ values).view(count, ATTENTION_HEADS, length, -1)
        mixed = mixed.transpose(1, 2).reshape(count, length, width)
        rows = self.n1(rows + self.dropout(self.o(mixed)))
        return self.n2(rows + self.dropout(self.f2(functional.gelu(self.f1(rows)))))


class Linker(nn.Module):
    """Scores what groups of phrases have to do with a word; `extraction.links.Linker` computes the same."""

    def __init__(self, width: int, types: int, parts: int) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(width, HIDDEN), nn.Linear(width, HIDDEN, bias=False)
        self.u, self.v = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.o, self.q = nn.Linear(HIDDEN, parts), nn.Linear(HIDDEN, parts, bias=False)
        sizes = {"dist": DISTANCES, "kf": PHRASE_KINDS, "ty": types, "path": PATHS, "freq": FREQUENCIES}
        for name, size in sizes.items():
            table = nn.Embedding(size, HIDDEN)
            nn.init.normal_(table.weight, std=0.02)
            self.add_module(name, table)
        self.inputs, self.dropout = nn.Dropout(DROPPED_INPUTS), nn.Dropout(DROPPED_HIDDEN)

    def forward(self, word: Tensor, phrase: Tensor, links: Links) -> Tensor:
        """The scores of the parts, a row for each group."""
        hidden = self.a(self.inputs(word)) + self.b(self.inputs(phrase))
        for name, numbers in links.numbers.items():
            number = torch.tensor(numbers)
            if name == "path" and self.training:
                number = number.masked_fill(torch.rand(number.shape) < DROPPED_PATHS, 0)  # 0 is any other path
            hidden = hidden + self.get_submodule(name)(number)
        pooled = highest(functional.gelu(hidden), torch.tensor(links.group), len(links.frequency))
        pooled = pooled + self.freq(torch.tensor(links.frequency))
        of_set = torch.tensor(links.set)
        together = self.u(pooled) + self.v(highest(pooled, of_set, len(links.none)))[of_set]
        return self.o(self.dropout(pooled)) + self.q(self.dropout(functional.gelu(together)))


def highest(rows: Tensor, group: Tensor, groups: int) -> Tensor:
    """The element-wise maximum of the rows of each group."""
    start = torch.full((groups, rows.shape[1]), -1e9)
    return start.scatter_reduce(0, group[:, None].expand(-1, rows.shape[1]), rows, "amax")


class Encoder(nn.Module):
    """Layers of a pretrained network and all models on top."""

    tok: nn.Embedding
    pos: nn.Embedding

    def __init__(self, sizes: Sizes, layers: int, frozen: int = 0) -> None:
        super().__init__()
        self.frozen = frozen
        self.n, self.dropout = nn.LayerNorm(sizes.width, sizes.epsilon), nn.Dropout(DROPPED)
        self.L = nn.ModuleList(Layer(sizes) for _ in range(layers))
        self.heads = nn.ModuleDict({name: nn.Linear(sizes.width, size) for name, size in HEADS.items()})
        self.relations = nn.ModuleDict({name: Linker(sizes.width, *size) for name, size in RELATIONS.items()})
        with torch.no_grad():  # most words name nothing
            self.heads["trig"].bias[0] = 4.0
            self.heads["tact"].bias[0] = 5.0

    def keep(self, kept: list[int]) -> None:
        """Cuts the vocabulary to pieces, numbered in this order from then on, and rounds their vectors as stored."""
        found, scale = narrow(self.tok.weight[kept].numpy())
        self.tok = nn.Embedding.from_pretrained(torch.from_numpy(found * scale[:, None]), freeze=True)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """The vectors of sequences of pieces; ``mask`` is false where a sequence has ended."""
        rows = self.dropout(self.n(self.tok(pieces) + self.pos.weight[: pieces.shape[1]]))
        bias = self.bias(mask)
        for layer in self.L:
            rows = layer(rows, bias)
        return rows

    def train(self, mode: bool = True) -> Self:
        """As in PyTorch; layers that do not learn set nothing to zero."""
        super().train(mode)
        for layer in self.L[: self.frozen]:
            layer.eval()
        return self

    def bias(self, mask: Tensor) -> Tensor:
        """What is added to the scores of attention."""
        return torch.zeros(mask.shape).masked_fill(~mask, MASKED)[:, None, None, :]


class MiniLM(Encoder):
    """The first layers of all-MiniLM-L6-v2."""

    def __init__(self, pretrained: Path, layers: int) -> None:
        super().__init__(MINILM, layers)
        known = read_safetensors(pretrained)
        self.tok = nn.Embedding.from_pretrained(known["embeddings.word_embeddings.weight"], freeze=True)
        places = known["embeddings.position_embeddings.weight"] + known["embeddings.token_type_embeddings.weight"][0]
        self.pos = nn.Embedding.from_pretrained(places, freeze=False)
        self.n.load_state_dict({k: known[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        names = [f"attention.self.{x}" for x in ("query", "key", "value")]
        for number, layer in enumerate(self.L):
            layer.load_state_dict(_layer(known, f"encoder.layer.{number}", names, "attention.output"))


class MPNet(Encoder):
    """all-mpnet-base-v2 with its lower half left as it is; it knows how far words are apart (Song et al. 2020)."""

    def __init__(self, pretrained: Path) -> None:
        known = read_safetensors(pretrained)
        layers = 1 + max(int(name.split(".")[2]) for name in known if name.startswith("encoder.layer."))
        super().__init__(MPNET, layers, layers // 2)
        self.tok = nn.Embedding.from_pretrained(known["embeddings.word_embeddings.weight"], freeze=True)
        self.pos = nn.Embedding.from_pretrained(known["embeddings.position_embeddings.weight"][2:], freeze=False)
        self.apart = nn.Embedding.from_pretrained(known["encoder.relative_attention_bias.weight"], freeze=True)
        self.n.load_state_dict({k: known[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        names = [f"attention.attn.{x}" for x in "qkv"]
        for number, layer in enumerate(self.L):
            layer.load_state_dict(_layer(known, f"encoder.layer.{number}", names, "attention.attn.o", "attention"))
        self.pos.requires_grad_(False)
        for below in (self.n, *self.L[: self.frozen]):
            below.requires_grad_(False)

    def bias(self, mask: Tensor) -> Tensor:
        """What is added to the scores of attention: a score for each distance, besides the mask."""
        return super().bias(mask) + self.apart(_distances(mask.shape[1])).permute(2, 0, 1)[None]


@cache
def _distances(length: int, classes: int = 16, most: int = 128) -> Tensor:
    """Classes of the distances of all pairs of places: 8 single ones and 8 on a logarithmic scale, each way."""
    places = torch.arange(length)
    behind = places[None, :] - places[:, None]
    apart, single = behind.abs(), classes // 2
    scale = (apart.float().clamp(min=1) / single).log() / math.log(most / single)
    far = (single + (scale * (classes - single)).long()).clamp(max=classes - 1)
    return (behind > 0).long() * classes + torch.where(apart < single, apart, far)


def _layer(
    known: dict[str, Tensor], name: str, inputs: list[str], output: str, norm: str | None = None
) -> dict[str, Tensor]:
    out = {}
    for kind in ("weight", "bias"):
        out[f"qkv.{kind}"] = torch.cat([known[f"{name}.{part}.{kind}"] for part in inputs])
        out[f"o.{kind}"] = known[f"{name}.{output}.dense.{kind}" if norm is None else f"{name}.{output}.{kind}"]
        out[f"n1.{kind}"] = known[f"{name}.{norm or output}.LayerNorm.{kind}"]
        out[f"f1.{kind}"] = known[f"{name}.intermediate.dense.{kind}"]
        out[f"f2.{kind}"] = known[f"{name}.output.dense.{kind}"]
        out[f"n2.{kind}"] = known[f"{name}.output.LayerNorm.{kind}"]
    return out


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The float tensors of a file in the safetensors format."""
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    header: dict[str, Any] = json.loads(content[8 : 8 + size])
    out = {}
    for name, about in header.items():
        if name != "__metadata__" and about["dtype"] == "F32":
            start, end = (8 + size + offset for offset in about["data_offsets"])
            out[name] = torch.frombuffer(bytearray(content[start:end]), dtype=torch.float32).reshape(about["shape"])
    return out
