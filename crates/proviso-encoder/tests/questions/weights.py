"""Random weights, and the forms in which files hold them."""

import json

import torch
from safetensors.torch import save_file


def fill(model, generator):
    """Random weights, large enough for attention and positions to matter, rounded to f16."""
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if "LayerNorm.weight" in name:
            value = 1.0 + 0.2 * noise
        elif "LayerNorm.bias" in name or name.endswith(".bias"):
            value = 0.2 * noise
        elif "embeddings" in name:
            value = 0.7 * noise
        elif "qa_outputs" in name:
            value = 0.3 * noise
        else:
            value = 0.15 * noise
        weight.data = value.to(torch.float16).to(torch.float32)


def shards(weights):
    """The names of the weights in three parts, about as large as each other."""
    parts, total, sofar = [[], [], []], sum(value.numel() for value in weights.values()), 0
    for name, value in weights.items():
        parts[min(2, 3 * sofar // total)].append(name)
        sofar += value.numel()
    return parts


def save_weights(folder, weights, way):
    kind = "bin" if way.endswith("bin") else "safetensors"
    stem = "pytorch_model" if kind == "bin" else "model"
    save = torch.save if kind == "bin" else lambda part, path: save_file(part, path, metadata={"format": "pt"})
    if not way.startswith("sharded"):
        return save(weights, folder / f"{stem}.{kind}")
    parts, where = shards(weights), {}
    for number, names in enumerate(parts, 1):
        file = f"{stem}-{number:05}-of-{len(parts):05}.{kind}"
        save({name: weights[name] for name in names}, folder / file)
        where |= dict.fromkeys(names, file)
    size = sum(value.numel() * value.element_size() for value in weights.values())
    index = {"metadata": {"total_size": size}, "weight_map": dict(sorted(where.items()))}
    (folder / f"{stem}.{kind}.index.json").write_text(json.dumps(index, indent=2) + "\n")
