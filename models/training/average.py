"""Averages the weights of model folders of one architecture: a fine-tuned model and the one it came from often make a better one.

    python3 average.py OUT models/proviso-mini=0.5 RUN/weights=0.5
"""

import argparse
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file


def weighted(text: str) -> tuple[Path, float]:
    path, _, weight = text.rpartition("=")
    return Path(path), float(weight)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("models", type=weighted, nargs="+", metavar="DIR=WEIGHT")
    options = parser.parse_args()
    total = sum(weight for _, weight in options.models)
    mean: dict = {}
    for path, weight in options.models:
        for name, tensor in load_file(path / "model.safetensors").items():
            mean[name] = mean.get(name, 0.0) + tensor.float() * (weight / total)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(options.models[0][0] / name, options.out / name)
    save_file({name: tensor.half().contiguous() for name, tensor in mean.items()}, options.out / "model.safetensors")


if __name__ == "__main__":
    main()
