"""The models that are timed: the sizes of well-known ones, random weights.

    python3 models.py CACHE_FOLDER [NAME ...]    # compare.py calls it for the models that are not there yet

What a model finds does not change how long it takes, so nothing is downloaded. DeBERTa v3 has 30,522 words instead of
128,100, which saves 300 MB of disk and costs no time: a word's row is looked up, not multiplied.
"""

import sys
from pathlib import Path

BASE = {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072}
MODELS = {
    "minilm-l6": ("Bert", BASE | {
        "hidden_size": 384, "num_hidden_layers": 6, "intermediate_size": 1536, "vocab_size": 30522,
    }),
    "bert-base": ("Bert", BASE | {"vocab_size": 30522}),
    "roberta-base": ("Roberta", BASE | {
        "vocab_size": 50265, "max_position_embeddings": 514, "type_vocab_size": 1, "layer_norm_eps": 1e-5,
    }),
    "mpnet-base": ("MPNet", BASE | {"vocab_size": 30527, "max_position_embeddings": 514, "layer_norm_eps": 1e-5}),
    "deberta-v3-base": ("DebertaV2", BASE | {
        "vocab_size": 30522, "max_position_embeddings": 512, "layer_norm_eps": 1e-7, "type_vocab_size": 0,
        "relative_attention": True, "position_buckets": 256, "norm_rel_ebd": "layer_norm", "share_att_key": True,
        "pos_att_type": "p2c|c2p", "position_biased_input": False, "max_relative_positions": -1,
    }),
}


def make(folder, kind, settings):
    import torch
    import transformers

    torch.manual_seed(0)
    model_class = getattr(transformers, f"{kind}Model")
    without_pooler = {} if kind == "DebertaV2" else {"add_pooling_layer": False}
    model = model_class(model_class.config_class(**settings), **without_pooler)
    unfinished = folder.with_name(folder.name + ".unfinished")
    model.save_pretrained(unfinished)
    unfinished.rename(folder)


def main():
    cache = Path(sys.argv[1])
    cache.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or MODELS:
        if not (cache / name).exists():
            make(cache / name, *MODELS[name])


if __name__ == "__main__":
    main()
