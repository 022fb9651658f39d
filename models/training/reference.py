"""Writes `reference.json` into a model folder: inputs, and the logits that PyTorch gives for these weights in f32.

    python3 reference.py RUN/weights --like models/proviso-mini/reference.json

The inputs, and the places whose logits are written, are those of `--like`. Proviso's tests compare its kernels with them.
"""

import argparse
import json
from pathlib import Path

import torch

from tagger import model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--like", type=Path, required=True)
    options = parser.parse_args()
    tagger = model.load(options.model).eval()
    reference = json.loads(options.like.read_text())
    for case in reference["cases"]:
        ids = torch.tensor([case["input_ids"]])
        with torch.no_grad():
            logits = tagger(ids, torch.ones_like(ids))[0]
        case["logits_sum"] = logits.double().sum().item()
        case["logits_at"] = [
            [token, kind, category, round(logits[token, kind, category].item(), 5)]
            for token, kind, category, _ in case["logits_at"]
        ]
    (options.model / "reference.json").write_text(json.dumps(reference))


if __name__ == "__main__":
    main()
