"""Averages the weights of model folders of one architecture: a fine-tuned model and the one it came from often make a better one.

    python3 average.py OUT models/proviso-mini=0.5 RUN/weights=0.5
"""

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from tagger.model import plain_name


def weighted(text: str) -> tuple[Path, float]:
    path, _, weight = text.rpartition("=")
    return Path(path), float(weight)


def mean(models: list[tuple[Path, float]]) -> dict[str, torch.Tensor]:
    """The weighted mean of models' tensors, in f32; ValueError where they are of two architectures."""
    total, added = sum(weight for _, weight in models), {}
    for path, weight in models:
        tensors = {plain_name(name): tensor for name, tensor in load_file(path / "model.safetensors").items()}
        if added and added.keys() != tensors.keys():
            raise ValueError(f"{path} is of another architecture than {models[0][0]}")
        for name, tensor in tensors.items():
            added[name] = added.get(name, 0.0) + tensor.float() * (weight / total)
    return added


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("models", type=weighted, nargs="+", metavar="DIR=WEIGHT")
    options = parser.parse_args()
    tensors = {name: tensor.half().contiguous() for name, tensor in mean(options.models).items()}
    options.out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(options.models[0][0] / name, options.out / name)
    save_file(tensors, options.out / "model.safetensors")


if __name__ == "__main__":
    main()
