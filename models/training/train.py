"""Trains the span tagger on CUAD.

    python3 train.py --from ENCODER --data CUAD/train.json.gz --out RUN --epochs 12 --length 512 --rate 5e-5 [--device cuda]

`--from` is a model folder: `config.json` with `span_categories`, `tokenizer.json`, `model.safetensors` (a plain encoder, BERT or
MPNet, will do). A run that was stopped is gone on with by the same command, where `--checkpoint` minutes were given. RUN gets
`log.jsonl` and `weights`, a model folder with the averaged weights; `reference.py` makes it whole, `proviso eval` scores it.
On CUDA it computes in bf16.

Teaching: `--without 0/3` leaves out a third of the contracts, `read.py` says what that model makes of them, and three such files
are what `--teacher` takes: what is learnt is then `--share` parts what models said that had not seen the contract.
"""

import argparse
import json
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from tagger import checkpoints, contracts, model, schedule, windows
from tagger.corpus import Corpus
from tagger.loss import span_loss


def add_common_options(parser: argparse.ArgumentParser):
    """What every training asks for."""
    parser.add_argument("--from", dest="source", type=Path, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--length", type=int, default=512, help="tokens of a window, special ones included")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=5e-5, help="highest learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=5.0, help="times as much for the head")
    parser.add_argument("--decay", type=float, default=0.01, help="of weights")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--negatives", type=float, default=1.0, help="share of the windows without a clause")
    parser.add_argument("--common", type=int, default=150, help="answers from which a category is not repeated")
    parser.add_argument("--copies", type=int, default=2, help="most additional windows for a rare clause")
    parser.add_argument("--average", type=float, default=0.999, help="decay of the averaged weights")
    parser.add_argument("--checkpoint", type=float, help="minutes between two")
    parser.add_argument("--limit", type=int, help="contracts, to try")
    parser.add_argument("--seed", type=int, default=1)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_common_options(parser)
    parser.add_argument("--epochs", type=float, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--without", type=contracts.Part.parse, metavar="K/N", help="leave out one of N parts")
    parser.add_argument("--teacher", type=Path, nargs="+", default=[], help="what read.py wrote, of all contracts")
    parser.add_argument("--share", type=float, default=0.5, help="of the targets that is the teacher's")
    return parser.parse_args()


def optimizer_of(tagger: model.SpanTagger, chosen) -> torch.optim.Optimizer:
    tagger.freeze(chosen.frozen)
    learnt = [(name, weights) for name, weights in tagger.named_parameters() if weights.requires_grad]
    groups = []
    for head in (False, True):
        for vectors in (False, True):
            chosen_ones = [w for name, w in learnt if name.startswith("head") == head and (w.ndim == 1) == vectors]
            peak = chosen.rate * (chosen.head_rate if head else 1.0)
            groups.append({"params": chosen_ones, "peak": peak, "weight_decay": 0.0 if vectors else chosen.decay})
    return torch.optim.AdamW(groups, lr=chosen.rate, fused=True)


class Run:
    """Everything that changes while training, to be written and gone on with."""

    def __init__(self, chosen):
        self.chosen, self.tagger = chosen, model.load(chosen.source, chosen.dropout).to(chosen.device)
        self.optimizer = optimizer_of(self.tagger, chosen)
        self.average = schedule.Average(self.tagger, chosen.average)
        self.epoch, self.position, self.step, self.share = 0, 0, 0, 0.0
        if chosen.checkpoint and (saved := checkpoints.read_checkpoint(chosen.out)):
            self.tagger.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.average.state = {name: tensor.to(chosen.device) for name, tensor in saved["average"].items()}
            self.average.steps = self.step = saved["step"]
            self.epoch, self.position = saved["epoch"], saved["position"]

    def keep(self):
        state = {"model": self.tagger.state_dict(), "average": self.average.state, "step": self.step, "epoch": self.epoch}
        state |= {"optimizer": self.optimizer.state_dict(), "position": self.position}
        checkpoints.write_checkpoint(self.chosen.out, state)

    def learn(self, batch) -> torch.Tensor:
        """One step; returns the loss, still on the device."""
        ids, mask, targets, weights = batch
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * schedule.rate(self.share)
        on_card = self.chosen.device.startswith("cuda")
        with torch.autocast(ids.device.type, dtype=torch.bfloat16, enabled=on_card):
            logits = self.tagger(ids, mask)[:, 1:-1]
        loss = span_loss(logits, targets, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.tagger.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.average.update(self.tagger)
        self.step += 1
        return loss.detach()


def train(run: Run, corpus: Corpus):
    chosen, log = run.chosen, (run.chosen.out / "log.jsonl").open("a")
    began, first, kept, share = time.monotonic(), run.step, time.monotonic(), chosen.share if chosen.teacher else 0.0
    while run.share < 1:
        order = windows.epoch(
            corpus.contracts, chosen.length - 2, chosen.negatives, chosen.common, chosen.copies, chosen.seed * 1000 + run.epoch
        )
        losses = []
        while run.position < len(order):
            run.share = (run.epoch + run.position / len(order)) / chosen.epochs
            if run.share >= 1:
                break
            picked = order[run.position : run.position + chosen.batch]
            losses.append(run.learn(corpus.batch(picked, run.tagger.brackets, share)))
            run.position += chosen.batch
            if chosen.checkpoint and time.monotonic() - kept > chosen.checkpoint * 60:
                kept = time.monotonic()
                run.keep()
        loss = torch.stack(losses).mean().item() if losses else 0.0
        line = {"step": run.step, "epoch": run.epoch + 1, "loss": round(loss, 4), "windows": len(order)}
        line["seconds_a_step"] = round((time.monotonic() - began) / max(1, run.step - first), 4)
        print(json.dumps(line), file=log, flush=True)
        if run.position >= len(order):
            run.epoch, run.position = run.epoch + 1, 0
            run.share = run.epoch / chosen.epochs


def main():
    chosen = options()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    run = Run(chosen)
    run.tagger.train()
    known = contracts.load(chosen.data, contracts.tokenizer_of(chosen.source), run.tagger.categories)[: chosen.limit]
    if chosen.without:
        known = [contract for contract in known if not chosen.without.has(contract)]
    corpus = Corpus.of(known, len(run.tagger.categories), chosen.device)
    if chosen.teacher:
        corpus.teach({title: said for file in chosen.teacher for title, said in load_file(file).items()})
    train(run, corpus)
    notes = {name: str(value) for name, value in vars(chosen).items() if value is not None}
    notes |= {"steps": run.step, "contracts": len(known)}
    checkpoints.write_snapshot(chosen.source, chosen.out / "weights", run.average.state, run.tagger.encoder.shape.kind, notes)


if __name__ == "__main__":
    main()
