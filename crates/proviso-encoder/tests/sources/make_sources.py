"""Makes the folders of weights that the tests of `proviso_encoder::Source` read.

    python3 -m venv venv && venv/bin/pip install torch==2.8.0 safetensors==0.6.2
    venv/bin/python make_sources.py            # writes the folders beside this file

All folders hold the same tensors in other formats and types. Number K of tensor T (both from 0, rows first, in the order
of `SHAPES`) is ((37 T + 11 K) mod 64 - 32) / 8, which every one of the types can hold; the tests compute it again.
The folders that begin with `bad-` hold what must be refused. All files but that of `bad-old` have the same bytes
whenever they are made with these versions.
"""

import io
import json
import os
import shutil
import zipfile
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent

SHAPES = OrderedDict(
    {
        "bert.embeddings.word_embeddings.weight": (11, 6),
        "bert.embeddings.LayerNorm.gamma": (6,),
        "bert.embeddings.LayerNorm.beta": (6,),
        "bert.encoder.layer.0.attention.self.query.weight": (6, 6),
        "bert.encoder.layer.0.attention.self.key.weight": (5, 6),
        "bert.encoder.layer.0.intermediate.dense.weight": (9, 6),
        "bert.encoder.conv.conv.weight": (4, 3, 2),
        "scale": (),
    }
)
TIED = "cls.predictions.decoder.weight"
INTEGERS = "bert.embeddings.position_ids"
# What the second shard holds.
SECOND = ["bert.encoder.layer.0.intermediate.dense.weight", "bert.encoder.conv.conv.weight", "scale", INTEGERS]


def numbers(place, shape):
    """The numbers of a tensor, one after the other."""
    count = torch.Size(shape).numel()
    return ((37 * place + 11 * torch.arange(count)) % 64 - 32).double().div(8).reshape(shape)


def plain(dtype):
    """Every tensor in memory of its own."""
    tensors = OrderedDict((name, numbers(at, shape).to(dtype)) for at, (name, shape) in enumerate(SHAPES.items()))
    tensors[INTEGERS] = torch.arange(8).reshape(1, 8)
    return tensors


def entangled(dtype):
    """As models have them: tensors that share memory, views, transposed ones."""
    tensors = plain(dtype)
    tensors[TIED] = tensors["bert.embeddings.word_embeddings.weight"]
    # Scale and shift are parts of one storage.
    gamma, beta = "bert.embeddings.LayerNorm.gamma", "bert.embeddings.LayerNorm.beta"
    both = torch.cat([tensors[gamma], tensors[beta]])
    tensors[gamma], tensors[beta] = both[:6], both[6:]
    query, key = (f"bert.encoder.layer.0.attention.self.{part}.weight" for part in ("query", "key"))
    tensors[query] = tensors[query].t().contiguous().t()
    # The first columns of the rows behind the first of a wider table.
    wide = torch.full((6, 9), 99.0, dtype=dtype)
    wide[1:, :6] = tensors[key]
    tensors[key] = wide[1:, :6]
    assert not tensors[query].is_contiguous() and not tensors[key].is_contiguous()
    return tensors


def folder(name):
    path = HERE / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path


def write_index(path, shards):
    """The index of shards, given as file name to tensors."""
    weight_map = {name: file for file, tensors in shards.items() for name in tensors}
    text = json.dumps({"metadata": {"total_size": 0}, "weight_map": weight_map}, indent=1)
    path.write_text(text + "\n")


def write_shards(name, tensors, index, pattern, save):
    path = folder(name)
    halves = [
        OrderedDict((name, tensor) for name, tensor in tensors.items() if (name in SECOND) == is_second)
        for is_second in (False, True)
    ]
    shards = {pattern.format(at + 1, len(halves)): half for at, half in enumerate(halves)}
    for file, half in shards.items():
        save(half, path / file)
    write_index(path / index, shards)


class Command:
    """Runs a command when it is unpickled by something that runs what pickles ask for."""

    def __reduce__(self):
        return os.system, ("echo a pickle was executed",)


def write_again(tensors, path, compression):
    """A file of PyTorch, packed again by something else."""
    buffer = io.BytesIO()
    torch.save(tensors, buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.namelist():
            # The same bytes whenever it is made.
            target.writestr(zipfile.ZipInfo(entry), source.read(entry), compression)


def write_wide(tensors, path):
    """A file of PyTorch with 64-bit sizes and places throughout, as those of more than 4 GiB have them."""
    limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 0
    write_again(tensors, path, zipfile.ZIP_STORED)
    zipfile.ZIP64_LIMIT = limit


def main():
    types = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "f64": torch.float64}
    for name, dtype in types.items():
        save_file(plain(dtype), folder(f"safetensors-{name}") / "model.safetensors", {"format": "pt"})
        torch.save(entangled(dtype), folder(f"bin-{name}") / "pytorch_model.bin")
    write_shards(
        "safetensors-sharded",
        plain(torch.float16),
        "model.safetensors.index.json",
        "model-{:05}-of-{:05}.safetensors",
        save_file,
    )
    write_shards(
        "bin-sharded",
        entangled(torch.float32),
        "pytorch_model.bin.index.json",
        "pytorch_model-{:05}-of-{:05}.bin",
        torch.save,
    )
    write_wide(entangled(torch.bfloat16), folder("bin-wide") / "pytorch_model.bin")
    # As a module saves itself: parameters, and versions of its layers.
    layer = torch.nn.Linear(6, 5)
    with torch.no_grad():
        layer.weight.copy_(numbers(0, (5, 6)))
        layer.bias.copy_(numbers(1, (5,)))
    torch.save(layer.state_dict(keep_vars=True), folder("bin-module") / "pytorch_model.bin")

    tensors = plain(torch.float16)
    torch.save(tensors, folder("bad-old") / "pytorch_model.bin", _use_new_zipfile_serialization=False)
    torch.save({**tensors, "x": Command()}, folder("bad-command") / "pytorch_model.bin")
    write_again(tensors, folder("bad-deflated") / "pytorch_model.bin", zipfile.ZIP_DEFLATED)
    torch.save({"x": torch.zeros(2, dtype=torch.complex64)}, folder("bad-type") / "pytorch_model.bin")
    torch.save({"x": torch.zeros(2, 3, 4).permute(0, 2, 1)}, folder("bad-order") / "pytorch_model.bin")


if __name__ == "__main__":
    main()
