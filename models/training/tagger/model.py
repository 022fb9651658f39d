"""The span tagger: a BERT encoder, and a linear head that gives start, end and inside of each category at every token."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import BertConfig, BertModel

KINDS = 3  # start, end, inside: the order of the head's outputs


class SpanTagger(nn.Module):
    """Logits [windows, tokens, 3, categories]."""

    def __init__(self, folder: Path, dropout: float = 0.1):
        super().__init__()
        settings = json.loads((folder / "config.json").read_text())
        self.categories = settings["span_categories"]
        config = BertConfig(**{key: value for key, value in settings.items() if key != "architectures"})
        # Dropout inside the encoder costs more time on a processor than it gives; the head keeps its own.
        config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
        config._attn_implementation = "sdpa"
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.head = nn.Linear(config.hidden_size, KINDS * len(self.categories))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids, mask):
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.head(self.dropout(hidden)).unflatten(-1, (KINDS, len(self.categories)))

    def freeze(self, layers: int):
        """Keeps the embeddings and the lowest layers as they are."""
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)


def load(folder: Path) -> SpanTagger:
    """A tagger from its folder. Without `span_head` (a plain encoder) the head starts near never."""
    model = SpanTagger(folder)
    saved = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
    if "span_head.weight" in saved:
        model.head.load_state_dict({name: saved.pop(f"span_head.{name}") for name in ("weight", "bias")})
    else:
        nn.init.normal_(model.head.weight, std=0.02)
        nn.init.constant_(model.head.bias, -5.0)
    wanted = set(model.encoder.state_dict())
    found = {name.removeprefix("bert."): tensor for name, tensor in saved.items()}
    model.encoder.load_state_dict({name: tensor for name, tensor in found.items() if name in wanted})
    return model


def save(state: dict[str, torch.Tensor], names: list[str], path: Path):
    """Writes weights in f16 with the tensor names that Proviso reads; `names` are those of the folder trained from."""
    prefix = "bert." if any(name.startswith("bert.") for name in names) else ""
    tensors = {}
    for name, tensor in state.items():
        kind, _, rest = name.partition(".")
        tensors[f"span_head.{rest}" if kind == "head" else prefix + rest] = tensor.half().contiguous().cpu()
    save_file(tensors, path)
