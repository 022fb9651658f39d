"""Runs a model in PyTorch and answers compare.py.

    python3 -m engines.pytorch_worker MODEL_FOLDER f32|bf16 THREADS
"""

import json
import sys
from pathlib import Path

import torch
import transformers

from engines.serve import say, serve

TYPES = {"f32": torch.float32, "bf16": torch.bfloat16}


def load(folder, precision):
    """With fused attention where the architecture has it."""
    kind = json.loads((folder / "config.json").read_text())["model_type"]
    settings = {"dtype": TYPES[precision]} | ({} if kind == "deberta-v2" else {"add_pooling_layer": False})
    try:
        model = transformers.AutoModel.from_pretrained(folder, attn_implementation="sdpa", **settings)
    except ValueError:
        model = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", **settings)
    return model.eval()


def main():
    folder, precision, threads = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    try:
        model = load(folder, precision)
    except Exception as error:  # whatever the reason, the others are still to be measured
        say(error=f"{type(error).__name__}: {error}")
        raise

    def run(ids):
        with torch.inference_mode():
            return model(input_ids=ids).last_hidden_state

    about = {"attention": model.config._attn_implementation}
    serve([run], lambda ids: torch.tensor([ids]), model.config.vocab_size, about)


if __name__ == "__main__":
    main()
