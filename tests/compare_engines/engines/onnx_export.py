"""Makes the ONNX files of a model: fused by ONNX Runtime's optimizer for transformers, then quantised to int8.

    python3 -m engines.onnx_export MODEL_FOLDER

They lie in the folder's `onnx`: `f32.onnx`, `int8.onnx`, and `about.json` with what was fused and how far the results
are from PyTorch's.
"""

import json
import os
import sys
from pathlib import Path

# Before torch is imported: DeBERTa has scripted functions, whose branches end up in the exported graph. The optimizer
# was not done with them after ten minutes; without them it takes seconds.
os.environ["PYTORCH_JIT"] = "0"

import numpy
import onnx
import onnxruntime
import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import AttentionMaskFormat, FusionOptions

from engines.serve import window


class HiddenStates(torch.nn.Module):
    """A model with one input and one output."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model(input_ids=input_ids).last_hidden_state


def load(folder):
    return transformers.AutoModel.from_pretrained(folder, attn_implementation="eager", **without_pooler(folder)).eval()


def without_pooler(folder):
    kind = json.loads((Path(folder) / "config.json").read_text())["model_type"]
    return {} if kind == "deberta-v2" else {"add_pooling_layer": False}


def export(model, path):
    ids = torch.tensor([window(model.config.vocab_size, 64, 0)])
    torch.onnx.export(
        HiddenStates(model).eval(), (ids,), path, dynamo=False, opset_version=17, do_constant_folding=True,
        input_names=["input_ids"], output_names=["last_hidden_state"],
        dynamic_axes={"input_ids": {1: "tokens"}, "last_hidden_state": {1: "tokens"}},
    )


def fuse(model, source, target):
    """Every architecture here goes as `bert`: the optimizer has no types of its own for the others."""
    options = FusionOptions("bert")
    options.attention_mask_format = AttentionMaskFormat.NoMask  # a window is not padded
    fused = optimizer.optimize_model(
        str(source), model_type="bert", opt_level=1, optimization_options=options,
        num_heads=model.config.num_attention_heads, hidden_size=model.config.hidden_size,
    )
    fused.save_model_to_file(str(target))
    return {name: count for name, count in fused.get_fused_operator_statistics().items() if count}


def largest_difference(model, path):
    """How far the hidden states of a window are from PyTorch's, at a length that the export has not seen."""
    ids = torch.tensor([window(model.config.vocab_size, 100, 1)])
    with torch.inference_mode():
        expected = model(input_ids=ids).last_hidden_state.numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (ours,) = session.run(None, {"input_ids": ids.numpy()})
    return float(numpy.abs(ours - expected).max())


def prepare(folder):
    """Makes the files where they are not there yet."""
    target = Path(folder) / "onnx"
    if (target / "about.json").exists():
        return
    target.mkdir(exist_ok=True)
    model = load(folder)
    export(model, target / "exported.onnx")
    fused = fuse(model, target / "exported.onnx", target / "f32.onnx")
    (target / "exported.onnx").unlink()
    quantize_dynamic(
        target / "f32.onnx", target / "int8.onnx", per_channel=True, weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    differences = {name: largest_difference(model, target / f"{name}.onnx") for name in ("f32", "int8")}
    if differences["f32"] > 1e-3:
        raise RuntimeError(f"the exported model computes something else: {differences}")
    about = {"fused": fused, "largest_difference_from_pytorch": differences}
    (target / "about.json").write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    prepare(sys.argv[1])
