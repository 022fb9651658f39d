"""The span tagger: an encoder, and a linear head that gives start, end and inside of each category at every token."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from .encoder import Encoder, file_name

KINDS = 3  # start, end, inside: the order of the head's outputs
# What stands around a window, and fills shorter ones up, by kind of encoder.
BRACKETS = {"bert": (101, 102, 0), "mpnet": (0, 2, 1)}


class SpanTagger(nn.Module):
    """Logits [windows, tokens, 3, categories]."""

    def __init__(self, config: dict, rate: float = 0.1):
        super().__init__()
        self.categories, self.brackets = config["span_categories"], BRACKETS[config["model_type"]]
        self.encoder = Encoder(config, rate)
        self.head = nn.Linear(self.encoder.shape.width, KINDS * len(self.categories))
        self.dropout = nn.Dropout(0.1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -5.0)  # a clause is rare: begin near never

    def forward(self, ids, mask=None):
        return self.logits(self.encoder(ids, mask))

    def logits(self, hidden):
        return self.head(self.dropout(hidden)).unflatten(-1, (KINDS, len(self.categories)))

    def freeze(self, layers: int):
        """Keeps the embeddings of words, so that words that are in no contract keep their place among the others, and,
        with `layers`, the other embeddings and so many of the lowest layers too."""
        encoder = self.encoder
        encoder.words.requires_grad_(False)
        if encoder.shape.buckets:
            encoder.distances.requires_grad_(False)  # fused attention is faster without their gradient
        if layers:
            for part in (encoder.places, encoder.norm, *encoder.layers[:layers]):
                part.requires_grad_(False)


def plain_name(name: str) -> str:
    """A tensor's name without that of its architecture, which not all folders have before it."""
    return name.removeprefix("bert.").removeprefix("mpnet.")


def load(folder: Path, rate: float = 0.1) -> SpanTagger:
    """A tagger from its folder: `config.json` with `span_categories`, `model.safetensors`. A plain encoder will do."""
    config = json.loads((folder / "config.json").read_text())
    model = SpanTagger(config, rate)
    saved = load_file(folder / "model.safetensors")
    saved = {plain_name(name): tensor.float() for name, tensor in saved.items()}
    if "span_head.weight" in saved:
        model.head.load_state_dict({name: saved[f"span_head.{name}"] for name in ("weight", "bias")})
    kind = config["model_type"]
    model.encoder.load_state_dict({name: saved[file_name(kind, name)] for name in model.encoder.state_dict()})
    return model


def save(state: dict[str, torch.Tensor], kind: str, path: Path):
    """Writes weights in f16 with Hugging Face's names for this kind of encoder, and `span_head`."""
    tensors = {}
    for name, tensor in state.items():
        part, _, rest = name.partition(".")
        tensors[f"span_head.{rest}" if part == "head" else file_name(kind, rest)] = tensor.half().contiguous().cpu()
    save_file(tensors, path)
