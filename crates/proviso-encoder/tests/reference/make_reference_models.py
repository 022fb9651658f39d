"""Makes the small random models that the encoder's tests compare with, and what transformers computes with them.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_reference_models.py            # writes the folders beside this file
    venv/bin/python make_reference_models.py --check    # computes the outputs again from what is there; writes nothing

A folder holds `config.json`, `model.safetensors` (f16) and `expected.safetensors` with the token ids `ids.N` (i64) and
transformers' last hidden states `hidden.N` (f32, tokens by width) of some windows. Both ways end with a table: how far
the f32 outputs are from an f64 run of the same model, and how much they change when the model is told nothing about
positions.
"""

import argparse
import json
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file

HERE = Path(__file__).resolve().parent
LENGTHS = [1, 2, 7, 33, 120]
VOCABULARY = 120
# The ids below this one are special in one of the families; windows hold them only at their ends.
FIRST_WORD = 5

COMMON = {
    "attention_probs_dropout_prob": 0.1,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "initializer_range": 0.02,
    "intermediate_size": 160,
    "max_position_embeddings": 200,
    "vocab_size": VOCABULARY,
}
ROBERTA = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "layer_norm_eps": 1e-5, "type_vocab_size": 1}
DEBERTA = {
    "layer_norm_eps": 1e-7,
    "max_relative_positions": -1,
    "model_type": "deberta-v2",
    "pad_token_id": 0,
    "relative_attention": True,
}


def sizes(width, heads, layers=2):
    return {"hidden_size": width, "num_attention_heads": heads, "num_hidden_layers": layers}


# Folder: the class whose weights are saved, the first and last id of a window, config.json.
MODELS = {
    "bert": ("BertModel", (2, 3), COMMON | sizes(64, 4) | {
        "architectures": ["BertModel"],
        "layer_norm_eps": 1e-12,
        "model_type": "bert",
        "pad_token_id": 0,
        "position_embedding_type": "absolute",
        "type_vocab_size": 2,
    }),
    "roberta": ("RobertaModel", (0, 2), COMMON | sizes(96, 3) | ROBERTA | {
        "architectures": ["RobertaModel"],
        "model_type": "roberta",
    }),
    "xlm-roberta": ("XLMRobertaForQuestionAnswering", (0, 2), COMMON | sizes(96, 4) | ROBERTA | {
        "architectures": ["XLMRobertaForQuestionAnswering"],
        "model_type": "xlm-roberta",
        "output_past": True,
        "position_embedding_type": "absolute",
    }),
    "mpnet": ("MPNetModel", (0, 2), COMMON | sizes(96, 3) | {
        "architectures": ["MPNetModel"],
        "bos_token_id": 0,
        "eos_token_id": 2,
        "layer_norm_eps": 1e-5,
        "model_type": "mpnet",
        "pad_token_id": 1,
        "relative_attention_num_buckets": 32,
    }),
    # As microsoft/deberta-v3-base, with fewer buckets.
    "deberta-v3": ("DebertaV2Model", (1, 2), COMMON | sizes(96, 3) | DEBERTA | {
        "norm_rel_ebd": "layer_norm",
        "pooler_dropout": 0,
        "pooler_hidden_act": "gelu",
        "pos_att_type": "p2c|c2p",
        "position_biased_input": False,
        "position_buckets": 16,
        "share_att_key": True,
        "type_vocab_size": 0,
    }),
    # As microsoft/deberta-v2-xlarge, with fewer buckets and distances that go beyond the last of them.
    "deberta-v2-conv": ("DebertaV2Model", (1, 2), COMMON | sizes(64, 4, layers=3) | DEBERTA | {
        "attention_head_size": 16,
        "conv_act": "gelu",
        "conv_kernel_size": 3,
        "max_relative_positions": 64,
        "norm_rel_ebd": "layer_norm",
        "pos_att_type": "p2c|c2p",
        "position_biased_input": False,
        "position_buckets": 16,
        "share_att_key": True,
        "type_vocab_size": 0,
    }),
    # No buckets, projections of their own for positions, absolute positions and token types as well.
    "deberta-v2-plain": ("DebertaV2Model", (1, 2), COMMON | sizes(64, 4) | DEBERTA | {
        "max_relative_positions": 48,
        "norm_rel_ebd": "none",
        "pos_att_type": ["c2p", "p2c"],
        "position_biased_input": True,
        "position_buckets": -1,
        "share_att_key": False,
        "type_vocab_size": 2,
    }),
}

# The tables that hold positions; a model that is told nothing has the same row everywhere.
POSITIONS = ["position_embeddings.weight", "relative_attention_bias.weight", "rel_embeddings.weight"]


def fill(model, generator):
    """Random weights, large enough for attention and positions to matter, rounded to f16."""
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if "LayerNorm.weight" in name:
            value = 1.0 + 0.2 * noise
        elif "LayerNorm.bias" in name or name.endswith(".bias"):
            value = 0.2 * noise
        elif "relative_attention_bias" in name:
            value = 1.5 * noise
        elif "embeddings" in name:
            value = 0.7 * noise
        else:
            value = 0.15 * noise
        weight.data = value.to(torch.float16).to(torch.float32)


def save_model(folder, kind, config):
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    model_class = getattr(transformers, kind)
    model = model_class(model_class.config_class(**config))
    fill(model, torch.Generator().manual_seed(sum(folder.name.encode())))
    weights = {name: value.to(torch.float16).contiguous() for name, value in model.state_dict().items()}
    if config["model_type"] == "roberta":
        # Files of older transformers have this buffer too; it is not a weight.
        weights["embeddings.position_ids"] = torch.arange(config["max_position_embeddings"]).unsqueeze(0)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def load_model(folder, kind):
    """The bare encoder of a folder, as transformers loads it."""
    names = {"XLMRobertaForQuestionAnswering": "XLMRobertaModel"}
    more = {} if kind.startswith("Deberta") else {"add_pooling_layer": kind in ("BertModel", "RobertaModel", "MPNetModel")}
    model, report = getattr(transformers, names.get(kind, kind)).from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True, **more
    )
    assert not report["missing_keys"] and not report["mismatched_keys"], (folder.name, report)
    return model.eval()


def windows(ends, generator):
    first, last = ends
    for length in LENGTHS:
        words = torch.randint(FIRST_WORD, VOCABULARY, (max(0, length - 2),), generator=generator)
        yield torch.cat([torch.tensor([first]), words, torch.tensor([last])])[:length]


def hidden_states(model, ids):
    with torch.inference_mode():
        return [model(input_ids=window.unsqueeze(0)).last_hidden_state[0] for window in ids]


def forget_positions(model):
    """Every row of every table of positions becomes their mean."""
    for name, weight in model.named_parameters():
        if name.endswith(tuple(POSITIONS)):
            weight.data = weight.data.mean(0, keepdim=True).expand_as(weight).clone()
    return model


def mean_difference(ours, theirs):
    return torch.cat([(a - b).abs().flatten() for a, b in zip(ours, theirs)]).mean().item()


def largest_difference(ours, theirs):
    return max((a.double() - b.double()).abs().max().item() for a, b in zip(ours, theirs))


def report(folder, kind, ids, hidden):
    precise = hidden_states(load_model(folder, kind).double(), ids)
    without = hidden_states(forget_positions(load_model(folder, kind)), ids)
    everything = torch.cat([states.flatten() for states in hidden])
    moved = mean_difference(hidden[2:], without[2:])
    assert everything.isfinite().all() and moved > 0.1, (folder.name, moved)
    print("%-17s std %.2f, largest %5.2f | from f64 at most %.1e | without positions %.2f away in the mean" % (
        folder.name, everything.std(), everything.abs().max(), largest_difference(hidden, precise), moved))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    transformers.logging.set_verbosity_error()
    for name, (kind, ends, config) in MODELS.items():
        folder = HERE / name
        if not options.check:
            save_model(folder, kind, config)
        ids = list(windows(ends, torch.Generator().manual_seed(len(name))))
        hidden = hidden_states(load_model(folder, kind), ids)
        named = {f"ids.{n}": value for n, value in enumerate(ids)} | {f"hidden.{n}": v for n, v in enumerate(hidden)}
        if options.check:
            stored = load_file(folder / "expected.safetensors")
            assert stored.keys() == named.keys(), name
            assert all(torch.allclose(stored[key].double(), named[key].double(), atol=1e-4) for key in named), name
        else:
            save_file({key: value.contiguous() for key, value in named.items()}, folder / "expected.safetensors")
        report(folder, kind, ids, hidden)


if __name__ == "__main__":
    main()
