"""What a run keeps on the disk: a checkpoint to go on from, and folders of averaged weights that Proviso can score."""

import json
import shutil
from pathlib import Path

import torch

from . import model as tagger

CHECKPOINT = "checkpoint.pt"


def write_checkpoint(folder: Path, state: dict):
    """Whole or not at all."""
    partial = folder / f"{CHECKPOINT}.partial"
    torch.save(state, partial)
    partial.replace(folder / CHECKPOINT)


def read_checkpoint(folder: Path) -> dict | None:
    path = folder / CHECKPOINT
    return torch.load(path, map_location="cpu", weights_only=True) if path.exists() else None


def write_snapshot(source: Path, target: Path, weights: dict, kind: str, notes: dict):
    """A model folder: configuration and tokenizer of `source`, the weights, and how they came about in `run.json`."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(source / name, target / name)
    tagger.save(weights, kind, target / "model.safetensors")
    (target / "run.json").write_text(json.dumps(notes, indent=1) + "\n")
