"""Runs a model whose blocks lie on disk, as Hugging Face accelerate does it, and answers compare.py.

    python3 accelerate_worker.py MODEL_FOLDER OFFLOAD_FOLDER memory|disk THREADS

It is asked for `LENGTH WINDOWS`, and goes through so many windows one after the other, then as one batch.
"""

import resource
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "compare_engines"))

import torch
import transformers
from accelerate import init_empty_weights, load_checkpoint_and_dispatch

from engines.serve import say, window


def device_map(config, embeddings):
    """Blocks on disk. The table of relative positions is read without calling its module, which offload cannot do."""
    places = {"deberta.embeddings": "disk" if embeddings == "disk" else "cpu", "qa_outputs": "cpu"}
    places |= {f"deberta.encoder.{part}": "cpu" for part in ("rel_embeddings", "LayerNorm", "conv")}
    return places | {f"deberta.encoder.layer.{number}": "disk" for number in range(config.num_hidden_layers)}


def load(folder, offload, embeddings):
    config = transformers.AutoConfig.from_pretrained(folder)
    with init_empty_weights():
        model = transformers.DebertaV2ForQuestionAnswering(config)
    shutil.rmtree(offload, ignore_errors=True)
    return load_checkpoint_and_dispatch(
        model.eval(), str(folder), device_map=device_map(config, embeddings), offload_folder=str(offload),
        dtype=torch.float32,
    )


def forget_peak():
    """Lets the system count the peak from here on, so that loading does not count; only Linux can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def peak_mb():
    try:
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(model, batches):
    begin = time.perf_counter()
    with torch.inference_mode():
        for ids in batches:
            logits = model(input_ids=ids).start_logits
            assert logits.isfinite().all()
    return sum(len(ids) for ids in batches) / (time.perf_counter() - begin)


def main():
    folder, offload, embeddings, threads = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    torch.set_num_threads(threads)
    try:
        model = load(folder, offload, embeddings)
        timed(model, [torch.tensor([window(model.config.vocab_size, 8, 0)])])
    except Exception as error:  # whatever the reason, the others are still to be measured
        say(error=f"{type(error).__name__}: {error}")
        raise
    say(ready=True)
    while line := sys.stdin.readline():
        length, count = (int(word) for word in line.split())
        ids = torch.tensor([window(model.config.vocab_size, length, number) for number in range(count)])
        forget_peak()
        singly, one_by_one_mb = timed(model, list(ids.split(1))), peak_mb()
        forget_peak()
        batch, batch_mb = timed(model, [ids]), peak_mb()
        better = (singly, one_by_one_mb) if singly > batch else (batch, batch_mb)
        say(
            windows_per_second=better[0], peak_rss_mb=better[1],
            about={"one_by_one": singly, "one_by_one_mb": one_by_one_mb, "batch": batch, "batch_mb": batch_mb},
        )


if __name__ == "__main__":
    main()
