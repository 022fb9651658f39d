"""The models: one a form that a user's folder may have."""

from dataclasses import dataclass
from typing import Callable

import vocabularies

COMMON = {
    "attention_probs_dropout_prob": 0.1,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "initializer_range": 0.02,
    "intermediate_size": 80,
    "max_position_embeddings": 200,
}
DEBERTA = {
    "layer_norm_eps": 1e-7,
    "max_relative_positions": -1,
    "model_type": "deberta-v2",
    "norm_rel_ebd": "layer_norm",
    "pad_token_id": 0,
    "pos_att_type": "p2c|c2p",
    "position_biased_input": False,
    "position_buckets": 16,
    "relative_attention": True,
    "share_att_key": True,
    "type_vocab_size": 0,
}


def sizes(width, heads, layers=2):
    return {"hidden_size": width, "num_attention_heads": heads, "num_hidden_layers": layers}


@dataclass
class Kind:
    architecture: str
    make_tokenizer: Callable
    weights: str  # how they are written
    pairs: int  # how many of the contract's questions are asked
    config: dict


MODELS = {
    "bert-safetensors": Kind(
        "BertForQuestionAnswering", vocabularies.wordpiece, "safetensors", 4, COMMON | sizes(64, 4) | {
            "layer_norm_eps": 1e-12,
            "model_type": "bert",
            "pad_token_id": 0,
            "position_embedding_type": "absolute",
            "type_vocab_size": 2,
        }),
    # Positions begin behind the padding's id: 202 rows for windows of 200 tokens, as 514 for 512.
    "roberta-bin": Kind(
        "RobertaForQuestionAnswering", vocabularies.byte_level, "bin", 4, COMMON | sizes(64, 4) | {
            "bos_token_id": 0,
            "eos_token_id": 2,
            "layer_norm_eps": 1e-5,
            "max_position_embeddings": 202,
            "model_type": "roberta",
            "pad_token_id": 1,
            "type_vocab_size": 1,
        }),
    # As microsoft/deberta-v2-xlarge, with fewer buckets.
    "deberta-v2-sharded": Kind(
        "DebertaV2ForQuestionAnswering", vocabularies.unigram, "sharded safetensors", 4,
        COMMON | sizes(64, 4) | DEBERTA | {
            "attention_head_size": 16,
            "conv_act": "gelu",
            "conv_kernel_size": 3,
        }),
    # As microsoft/deberta-v3-base, with fewer buckets.
    "deberta-v3-bin-sharded": Kind(
        "DebertaV2ForQuestionAnswering", vocabularies.unigram, "sharded bin", 2, COMMON | sizes(64, 2) | DEBERTA | {
            "pooler_dropout": 0,
            "pooler_hidden_act": "gelu",
        }),
}
