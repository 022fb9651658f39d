"""Trains the span tagger, for as many minutes as there are.

    python3 train.py --from models/proviso-mini --data CUAD/train.json.gz --out RUN --minutes 75 [--device cuda]

`--from` is a model folder: `config.json` with `span_categories`, `tokenizer.json`, `model.safetensors` (a plain encoder
will do). The learning rate goes to nothing when the minutes are over. A run that was stopped is gone on with by the same
command. RUN gets `checkpoint.pt`, `log.jsonl`, and a folder of averaged weights in `snapshots/` every `--snapshot`
minutes and at the end; `reference.py` makes one whole, `proviso eval` scores it. On CUDA it computes in bf16.
"""

import argparse
import json
import time
from pathlib import Path

import torch
from safetensors import safe_open
from tokenizers import Tokenizer

from tagger import checkpoints, contracts, model, schedule, windows
from tagger.loss import span_loss


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--length", type=int, default=256, help="tokens of a window, special ones included")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=3.0, help="times as much for the head")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that stay as they are, beside embeddings")
    parser.add_argument("--negatives", type=float, default=1.0, help="share of the windows without a clause")
    parser.add_argument("--common", type=int, default=150, help="answers from which a category is not repeated")
    parser.add_argument("--copies", type=int, default=2, help="most additional windows for a rare clause")
    parser.add_argument("--average", type=float, default=0.99, help="decay of the averaged weights")
    parser.add_argument("--snapshot", type=float, default=20.0, help="minutes between two")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many, to measure")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def optimizer_of(tagger: model.SpanTagger, chosen) -> torch.optim.Optimizer:
    tagger.freeze(chosen.frozen)
    encoder = [weights for weights in tagger.encoder.parameters() if weights.requires_grad]
    head = {"params": list(tagger.head.parameters()), "peak": chosen.rate * chosen.head_rate}
    return torch.optim.AdamW([{"params": encoder, "peak": chosen.rate}, head], lr=chosen.rate, weight_decay=0.01)


class Run:
    """Everything that changes while training, to be written and gone on with."""

    def __init__(self, chosen):
        self.chosen, self.tagger = chosen, model.load(chosen.source).to(chosen.device)
        self.optimizer = optimizer_of(self.tagger, chosen)
        self.average = schedule.Average(self.tagger, chosen.average)
        self.epoch, self.position, self.step, spent = 0, 0, 0, 0.0
        with safe_open(chosen.source / "model.safetensors", "pt") as file:
            self.names = list(file.keys())
        if saved := checkpoints.read_checkpoint(chosen.out):
            self.tagger.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.average.state = {name: tensor.to(chosen.device) for name, tensor in saved["average"].items()}
            self.average.steps = self.step = saved["step"]
            self.epoch, self.position, spent = saved["epoch"], saved["position"], saved["spent"]
        self.clock = schedule.Clock(chosen.minutes, spent)

    def keep(self, name: str | None):
        """Writes the checkpoint, and averaged weights as snapshot `name`."""
        state = {"model": self.tagger.state_dict(), "average": self.average.state, "step": self.step, "epoch": self.epoch}
        state |= {"optimizer": self.optimizer.state_dict(), "position": self.position, "spent": self.clock.passed()}
        checkpoints.write_checkpoint(self.chosen.out, state)
        if name:
            notes = {key: str(value) for key, value in vars(self.chosen).items()}
            notes |= {"step": self.step, "epoch": self.epoch, "windows": self.step * self.chosen.batch}
            folder = self.chosen.out / "snapshots" / name
            checkpoints.write_snapshot(self.chosen.source, folder, self.average.state, self.names, notes)

    def learn(self, batch) -> float:
        """One step; returns the loss."""
        ids, mask, targets, weights = (tensor.to(self.chosen.device) for tensor in batch)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * schedule.rate(self.clock.share())
        on_card = self.chosen.device.startswith("cuda")
        with torch.autocast("cuda" if on_card else "cpu", dtype=torch.bfloat16, enabled=on_card):
            logits = self.tagger(ids, mask)
        loss = span_loss(logits, targets, weights, mask)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.average.update(self.tagger)
        self.step += 1
        return loss.item()


def train(run: Run, data: list[contracts.Contract]):
    chosen, log = run.chosen, (run.chosen.out / "log.jsonl").open("a")
    began, first, smooth, kept = time.monotonic(), run.step, None, run.clock.passed()
    while run.clock.share() < 1:
        order = windows.epoch(
            data, chosen.length - 2, chosen.negatives, chosen.common, chosen.copies, chosen.seed * 1000 + run.epoch
        )
        while run.position < len(order) and run.clock.share() < 1:
            picked = order[run.position : run.position + chosen.batch]
            loss = run.learn(windows.batch(data, picked, len(run.tagger.categories)))
            run.position += chosen.batch
            smooth = loss if smooth is None else 0.98 * smooth + 0.02 * loss
            if run.step % 20 == 0:
                pace = (time.monotonic() - began) / (run.step - first)
                line = {"step": run.step, "epoch": round(run.epoch + run.position / len(order), 3), "loss": round(smooth, 4)}
                line |= {"share": round(run.clock.share(), 3), "seconds_a_step": round(pace, 3), "windows": len(order)}
                print(json.dumps(line), file=log, flush=True)
            if chosen.steps and run.step - first >= chosen.steps:
                return
            if run.clock.passed() - kept > chosen.snapshot * 60:
                kept = run.clock.passed()
                run.keep(f"{run.step:06}")
        if run.position >= len(order):
            run.epoch, run.position = run.epoch + 1, 0
    run.keep("last")


def main():
    chosen = options()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(chosen.source / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    run = Run(chosen)
    run.tagger.train()
    train(run, contracts.load(chosen.data, tokenizer, run.tagger.categories))


if __name__ == "__main__":
    main()
