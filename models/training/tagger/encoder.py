"""The encoders that a span tagger may stand on: BERT and MPNet, which differ in names of tensors, positions and attention.

Written here rather than taken from transformers, whose MPNet computes attention in parts: fused attention is what makes
long training affordable. `test_tagger.py` holds both against what transformers computes.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn.functional import dropout, gelu, scaled_dot_product_attention


@dataclass(frozen=True)
class Shape:
    """What an encoder's `config.json` says of it, and what follows from its kind."""

    kind: str
    vocabulary: int
    width: int
    inner: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    buckets: int  # of distances between tokens; 0 without
    first_position: int

    @staticmethod
    def of(config: dict) -> "Shape":
        kind = config["model_type"]
        if kind not in NAMES:
            raise ValueError(f"{kind} is not an encoder that can be trained here; {' and '.join(NAMES)} are")
        mpnet = kind == "mpnet"
        return Shape(
            kind, config["vocab_size"], config["hidden_size"], config["intermediate_size"], config["num_hidden_layers"],
            config["num_attention_heads"], config["max_position_embeddings"], config["layer_norm_eps"],
            config["relative_attention_num_buckets"] if mpnet else 0, config["pad_token_id"] + 1 if mpnet else 0,
        )


# Our names of parts and the Hugging Face names that they have in files; a layer's are under `encoder.layer.N.`.
LAYER = {
    "norm_attention": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
    "norm": "output.LayerNorm", "query": "attention.self.query", "key": "attention.self.key",
    "value": "attention.self.value", "out": "attention.output.dense",
}
MPNET_LAYER = LAYER | {
    "norm_attention": "attention.LayerNorm", "query": "attention.attn.q", "key": "attention.attn.k",
    "value": "attention.attn.v", "out": "attention.attn.o",
}
TOP = {"words": "embeddings.word_embeddings", "places": "embeddings.position_embeddings", "norm": "embeddings.LayerNorm"}
NAMES = {
    "bert": (TOP | {"types": "embeddings.token_type_embeddings"}, LAYER),
    "mpnet": (TOP | {"distances": "encoder.relative_attention_bias"}, MPNET_LAYER),
}


def file_name(kind: str, name: str) -> str:
    """The Hugging Face name of one of our parameters."""
    top, layer = NAMES[kind]
    parts = name.split(".")
    if parts[0] == "layers":
        return f"encoder.layer.{parts[1]}.{layer[parts[2]]}.{parts[3]}"
    return f"{top[parts[0]]}.{parts[1]}"


class Layer(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(shape.width, shape.width) for _ in range(4))
        self.norm_attention = nn.LayerNorm(shape.width, shape.epsilon)
        self.up, self.down = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, x, bias, rate: float):
        split = lambda part: part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)  # noqa: E731
        mixed = scaled_dot_product_attention(split(self.query), split(self.key), split(self.value), attn_mask=bias)
        mixed = dropout(self.out(mixed.transpose(1, 2).flatten(2)), rate, self.training)
        x = self.norm_attention(x + mixed)
        return self.norm(x + dropout(self.down(gelu(self.up(x))), rate, self.training))


class Encoder(nn.Module):
    """Hidden states [windows, tokens, width] of token numbers [windows, tokens]."""

    def __init__(self, config: dict, rate: float = 0.1):
        super().__init__()
        self.shape, self.rate = Shape.of(config), rate
        shape = self.shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        if shape.kind == "bert":
            self.types = nn.Embedding(config["type_vocab_size"], shape.width)
        if shape.buckets:
            self.distances = nn.Embedding(shape.buckets, shape.heads)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids, mask=None):
        """`mask` [windows, tokens] is 0 on padding; None where there is none."""
        return self.through(self.layers, self.embedded(ids), mask)

    def embedded(self, ids):
        """What goes into the lowest layer, [windows, tokens, width]."""
        tokens = ids.shape[1]
        x = self.words(ids) + self.places.weight[self.shape.first_position : self.shape.first_position + tokens]
        if self.shape.kind == "bert":
            x = x + self.types.weight[0]
        return dropout(self.norm(x), self.rate, self.training)

    def through(self, layers, x, mask=None):
        """What some of the layers, one after the other, make of hidden states [windows, tokens, width]."""
        bias = self.bias(x.shape[1], mask)
        # Fused attention wants its bias in the type of its inputs.
        if bias is not None and torch.is_autocast_enabled(x.device.type):
            bias = bias.to(torch.get_autocast_dtype(x.device.type))
        for layer in layers:
            x = layer(x, bias, self.rate)
        return x

    def bias(self, tokens: int, mask):
        """What is added to attention, [windows or 1, heads or 1, tokens, tokens]: distances, and never to padding."""
        bias = None
        if self.shape.buckets:
            bias = self.distances(buckets(tokens, self.shape.buckets).to(self.words.weight.device)).permute(2, 0, 1)[None]
        if mask is not None:
            padding = torch.zeros(mask.shape, device=mask.device).masked_fill(mask == 0, -1e4)[:, None, None, :]
            bias = padding.expand(-1, -1, tokens, -1) if bias is None else bias + padding
        return bias


def buckets(tokens: int, count: int, furthest: int = 128) -> torch.Tensor:
    """The bucket of each pair of places [tokens, tokens], as in T5 and MPNet: near ones singly, far ones by logarithm."""
    place = torch.arange(tokens)
    distance = place[:, None] - place[None, :]
    count //= 2
    side = (distance < 0).long() * count
    distance, exact = distance.abs(), count // 2
    far = exact + (torch.log(distance.clamp(min=1).float() / exact) / math.log(furthest / exact) * (count - exact)).long()
    return side + torch.where(distance < exact, distance, far.clamp(max=count - 1))
