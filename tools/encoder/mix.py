#!/usr/bin/env python3
r"""Mixes the weights of runs of `train.py` that went on from one another: their weighted mean.

python tools/encoder/mix.py FIRST 0.25 SECOND 0.3 THIRD 0.45 --pretrained MINILM --out WEIGHTS

Between the weights of one training, the loss is often lower than at any of them (Wortsman et al. 2022). All have one
vocabulary. PyTorch and MINILM are needed as in `train.py`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from network import MiniLM
from train import LAYERS, pieces
from weights import exported, load, write


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", help="files of weights, each with its share")
    parser.add_argument("--pretrained", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    model = MiniLM(given.pretrained / "model.safetensors", LAYERS)
    known = pieces(given.pretrained)
    last = dict(np.load(given.runs[-2]))
    names, paths = (last[key].tobytes().decode().split("\n") for key in ("vocabulary", "paths"))
    model.keep([known[name] for name in names])
    total: dict[str, torch.Tensor] = {}
    for file, share in zip(given.runs[::2], map(float, given.runs[1::2]), strict=True):
        load(model, dict(np.load(file)))
        for name, value in model.state_dict().items():
            total[name] = total.get(name, torch.zeros_like(value)) + share * value
    model.load_state_dict(total)
    write(exported(model, names, {path: number for number, path in enumerate(paths, 1)}), given.out)


if __name__ == "__main__":
    main()
