"""Packs a trained span tagger into a model folder as Proviso loads it.

    python3 package_model.py CHECKPOINT_FOLDER MODEL_FOLDER --description TEXT [--window 256]

CHECKPOINT_FOLDER holds `model.safetensors` (tensor names of a Hugging Face BERT and `span_head`), `tokenizer.json`,
`config.json` (with `span_categories`) and `reference.json`, the outputs that the program's tests compare with.
What its scores mean, and what it reached, is not known then: `calibrate.py` and `record_scores.py` write that. Needs nothing
but Python.
"""

import argparse
import hashlib
import json
import math
import shutil
import struct
from pathlib import Path

FILES = ["config.json", "model.safetensors", "reference.json", "tokenizer.json"]


def tensors(path):
    """Name to shape and type of every tensor of a safetensors file, from its header."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    return {name: entry for name, entry in header.items() if name != "__metadata__"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--description", required=True)
    parser.add_argument("--window", type=int, default=256, help="tokens of a window, special ones included")
    parser.add_argument("--licence", default="Apache-2.0")
    options = parser.parse_args()

    options.model.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        target = options.model / name
        if (options.checkpoint / name).resolve() != target.resolve():
            shutil.copyfile(options.checkpoint / name, target)
    weights = tensors(options.model / "model.safetensors")
    types = {entry["dtype"].lower() for entry in weights.values()}
    labels = json.loads((options.model / "config.json").read_text())["span_categories"]
    manifest = {
        "schema": 1,
        "name": options.model.resolve().name,
        "description": options.description,
        "kind": "span-tagger",
        "parameters": sum(math.prod(entry["shape"]) for entry in weights.values()),
        "precision": "/".join(sorted(types)),
        "licence": options.licence,
        "files": {name: hashlib.sha256((options.model / name).read_bytes()).hexdigest() for name in FILES},
        "window": {"length": options.window},
        "labels": labels,
        "thresholds": {},
    }
    (options.model / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
