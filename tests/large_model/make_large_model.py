"""Writes a made-up question-answering model of DeBERTa-v2-xlarge's shape as a Hugging Face folder.

    python3 make_large_model.py FOLDER [--layers 24] [--width 1536] [--vocabulary 128100] [--dtype f32|f16] [--seed 0]
                                [--shard-size 500MB]

The weights are random: it finds nothing, but takes the room and the time of a real one (884 million numbers, 3.5 GB in
f32). Needs numpy and no more than some 100 MB of memory: tensors are written in pieces, as they are made.
"""

import argparse
import json
import re
import struct
import sys
import zlib
from pathlib import Path

import numpy

from tokenizer import tokenizer_json

PIECE = 4 << 20
HEAD = 64
BUCKETS = 256
TYPES = {"f32": ("F32", numpy.dtype("<f4")), "f16": ("F16", numpy.dtype("<f2"))}


def config(options):
    """As microsoft/deberta-v2-xlarge has it."""
    return {
        "architectures": ["DebertaV2ForQuestionAnswering"],
        "attention_head_size": HEAD,
        "attention_probs_dropout_prob": 0.1,
        "conv_act": "gelu",
        "conv_kernel_size": 3,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": options.width,
        "initializer_range": 0.02,
        "intermediate_size": 4 * options.width,
        "layer_norm_eps": 1e-7,
        "max_position_embeddings": 512,
        "max_relative_positions": -1,
        "model_type": "deberta-v2",
        "norm_rel_ebd": "layer_norm",
        "num_attention_heads": options.width // HEAD,
        "num_hidden_layers": options.layers,
        "pad_token_id": 0,
        "pos_att_type": "p2c|c2p",
        "position_biased_input": False,
        "position_buckets": BUCKETS,
        "relative_attention": True,
        "share_att_key": True,
        "torch_dtype": {"f32": "float32", "f16": "float16"}[options.dtype],
        "type_vocab_size": 0,
        "vocab_size": options.vocabulary,
    }


def linear(name, outputs, inputs, *kernel):
    return [(f"{name}.weight", (outputs, inputs, *kernel)), (f"{name}.bias", (outputs,))]


def norm(name, width):
    return [(f"{name}.weight", (width,)), (f"{name}.bias", (width,))]


def layer(name, width):
    """One block's tensors."""
    tensors = []
    for part in ("query", "key", "value"):
        tensors += linear(f"{name}.attention.self.{part}_proj", width, width)
    tensors += linear(f"{name}.attention.output.dense", width, width)
    tensors += norm(f"{name}.attention.output.LayerNorm", width)
    tensors += linear(f"{name}.intermediate.dense", 4 * width, width)
    return tensors + linear(f"{name}.output.dense", width, 4 * width) + norm(f"{name}.output.LayerNorm", width)


def tensors(options):
    """Names and shapes of the whole model, in the order in which they are written."""
    width = options.width
    yield "deberta.embeddings.word_embeddings.weight", (options.vocabulary, width)
    yield from norm("deberta.embeddings.LayerNorm", width)
    for number in range(options.layers):
        yield from layer(f"deberta.encoder.layer.{number}", width)
    yield "deberta.encoder.rel_embeddings.weight", (2 * BUCKETS, width)
    yield from norm("deberta.encoder.LayerNorm", width)
    yield from linear("deberta.encoder.conv.conv", width, width, 3)
    yield from norm("deberta.encoder.conv.LayerNorm", width)
    yield from linear("qa_outputs", 2, width)


def count(shape):
    return int(numpy.prod(shape, dtype=numpy.int64))


def shards(named, item_size, most):
    """Whole tensors, in order, as long as a shard holds them; one that is larger has a shard of its own."""
    parts, room = [], 0
    for name, shape in named:
        size = count(shape) * item_size
        if not parts or size > room:
            parts.append([])
            room = most
        parts[-1].append((name, shape))
        room -= size
    return parts


def pieces(name, shape, dtype, seed):
    """A tensor's numbers. They hang on its name and the seed alone, not on the other tensors or on the shards."""
    generator = numpy.random.default_rng([seed, zlib.crc32(name.encode())])
    for begin in range(0, count(shape), PIECE):
        length = min(PIECE, count(shape) - begin)
        if "LayerNorm" in name:
            yield numpy.full(length, 1.0 if name.endswith("weight") else 0.0, dtype)
        else:
            yield (generator.standard_normal(length, dtype=numpy.float32) * numpy.float32(0.02)).astype(dtype)


def write_shard(path, part, options):
    kind, dtype = TYPES[options.dtype]
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in part:
        end = offset + count(shape) * dtype.itemsize
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, shape in part:
            for piece in pieces(name, shape, dtype, options.seed):
                file.write(piece.tobytes())
    return offset


def write_weights(folder, options):
    parts = shards(tensors(options), TYPES[options.dtype][1].itemsize, options.shard_size)
    total, where = 0, {}
    for number, part in enumerate(parts, 1):
        file = f"model-{number:05}-of-{len(parts):05}.safetensors"
        total += write_shard(folder / file, part, options)
        where |= {name: file for name, _ in part}
        print(f"{file}: {len(part)} tensors, {total / 1e6:.0f} MB so far", file=sys.stderr, flush=True)
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(where.items()))}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")


def size(text):
    found = re.fullmatch(r"(\d+)(KB|MB|GB)", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text} is not a size such as 500MB")
    return int(found[1]) * {"KB": 1000, "MB": 1000**2, "GB": 1000**3}[found[2]]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layers", type=int, default=24)
    parser.add_argument("--width", type=int, default=1536, help=f"a multiple of {HEAD}, the width of an attention head")
    parser.add_argument("--vocabulary", type=int, default=128100)
    parser.add_argument("--dtype", choices=TYPES, default="f32")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shard-size", type=size, default="500MB")
    options = parser.parse_args()
    if options.width % HEAD or options.width <= 0 or options.layers < 1:
        parser.error(f"the width has to be a multiple of {HEAD}, and there has to be a layer")
    return options


def main():
    options = parse()
    tokenizer = tokenizer_json()
    if len(tokenizer["model"]["vocab"]) >= options.vocabulary:
        sys.exit(f"the tokenizer knows {len(tokenizer['model']['vocab'])} words; --vocabulary has to be larger")
    options.folder.mkdir(parents=True, exist_ok=True)
    if any(options.folder.iterdir()):
        sys.exit(f"{options.folder} is not empty; name another folder")
    texts = {
        "config.json": config(options),
        "tokenizer.json": tokenizer,
        "tokenizer_config.json": {
            "do_lower_case": False, "model_max_length": 512, "split_by_punct": False,
            "tokenizer_class": "DebertaV2Tokenizer",
        },
    }
    for name, content in texts.items():
        (options.folder / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    write_weights(options.folder, options)


if __name__ == "__main__":
    main()
