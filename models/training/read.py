"""Writes what a tagger makes of contracts: the probabilities of every token, for `train.py --teacher`.

    python3 read.py RUN/weights --data CUAD/train.json.gz --only 0/3 --out part0.safetensors [--length 512] [--device cuda]

Per contract, by its title, [tokens, 3, categories] in f16.
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file

from tagger import contracts, model, reading


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", type=contracts.Part.parse, metavar="K/N", help="one of N parts, as in train.py")
    parser.add_argument("--length", type=int, default=512)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--limit", type=int, help="contracts, to try")
    chosen = parser.parse_args()
    torch.set_num_threads(2)
    tagger = model.load(chosen.model).eval().to(chosen.device)
    known = contracts.load(chosen.data, contracts.tokenizer_of(chosen.model), tagger.categories)[: chosen.limit]
    asked = [contract for contract in known if chosen.only is None or chosen.only.has(contract)]
    said = {contract.title: reading.probabilities(tagger, contract.tokens, chosen.length).cpu() for contract in asked}
    save_file(said, chosen.out)


if __name__ == "__main__":
    main()
