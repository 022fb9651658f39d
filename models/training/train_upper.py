"""Goes on training the upper layers and the head of a tagger, on a processor: the lower layers' outputs are kept.

    python3 train_upper.py --from models/proviso-mini --data CUAD/train.json.gz --out RUN --kept FOLDER --steps 1000

Where the lower half of the small encoder stands still, a step takes some two thirds of the time once its windows are kept. FOLDER
gets several cuts of the contracts into windows, some 2 GB each at the defaults; it belongs to one choice of options. The same command
goes on with a run that was stopped; SIGTERM has it write a checkpoint first. RUN gets what train.py writes.

Leave the cores to it: any other work on one of two makes a step take twice as long.
"""

import argparse
import json
import random
import signal
import time
from pathlib import Path

import torch

from tagger import checkpoints, contracts, kept, model, schedule, windows
from tagger.corpus import Corpus
from tagger.loss import span_loss
from train import add_common_options, optimizer_of


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_common_options(parser)
    parser.add_argument("--kept", type=Path, required=True, help="folder for the lower layers' outputs")
    parser.add_argument("--cuts", type=int, default=4, help="of the contracts into windows, taken in turn")
    parser.add_argument("--dropout", type=float, default=0.0, help="in the upper layers; a tenth of a step's time")
    parser.add_argument("--steps", type=int, required=True, help="in all: what the learning rate goes by")
    parser.set_defaults(length=256, rate=2e-4, frozen=3, negatives=0.3, average=0.998, checkpoint=12.0, seed=17)
    return parser.parse_args()


class Run:
    """Everything that changes while training, to be written and gone on with."""

    def __init__(self, chosen):
        self.chosen, self.tagger = chosen, model.load(chosen.source, chosen.dropout)
        self.optimizer = optimizer_of(self.tagger, chosen)
        self.average, self.step = schedule.Average(self.tagger, chosen.average), 0
        if saved := checkpoints.read_checkpoint(chosen.out):
            self.tagger.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.average.state = saved["average"]
            self.average.steps = self.step = saved["step"]
        self.learnt = [weights for weights in self.tagger.parameters() if weights.requires_grad]

    def keep(self):
        state = {"model": self.tagger.state_dict(), "average": self.average.state, "step": self.step}
        checkpoints.write_checkpoint(self.chosen.out, state | {"optimizer": self.optimizer.state_dict()})

    def learn(self, batch) -> float:
        """One step; returns the loss."""
        hidden, mask, targets, weights = batch
        factor = schedule.rate(min(1.0, (self.step + 1) / self.chosen.steps))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        torch.manual_seed(self.chosen.seed * 1_000_003 + self.step)
        logits = kept.upper(self.tagger, hidden, mask, self.chosen.frozen)[:, 1:-1]
        loss = span_loss(logits, targets, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.learnt, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.average.update(self.tagger)
        self.step += 1
        return loss.item()


def batches(cuts: list[kept.KeptWindows], size: int, seed: int):
    """For ever a cut and the numbers of some of its windows: all of one cut in a new order, then all of the next."""
    epoch = 0
    while True:
        cut = cuts[epoch % len(cuts)]
        order = list(range(len(cut.windows)))
        random.Random(seed * 777 + epoch).shuffle(order)
        for at in range(0, len(order) - size + 1, size):
            yield cut, order[at : at + size]
        epoch += 1


def cuts_of(run: Run, corpus: Corpus) -> list[kept.KeptWindows]:
    chosen = run.chosen
    chosen.kept.mkdir(parents=True, exist_ok=True)
    cuts = []
    for number in range(chosen.cuts):
        cut = windows.epoch(
            corpus.contracts, chosen.length - 2, chosen.negatives, chosen.common, chosen.copies, chosen.seed * 1000 + number
        )
        cuts.append(kept.KeptWindows(chosen.kept, f"cut{number}", cut, corpus, run.tagger, chosen.frozen))
    return cuts


def train(run: Run, corpus: Corpus):
    chosen, stopping = run.chosen, []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    losses, written, began = [], time.process_time(), time.monotonic()
    with (chosen.out / "log.jsonl").open("a") as log:
        for number, (cut, some) in enumerate(batches(cuts_of(run, corpus), chosen.batch, chosen.seed)):
            if number < run.step:
                continue
            if run.step >= chosen.steps or stopping:
                break
            losses.append(run.learn(cut.batch(some)))
            if run.step % 50 == 0:
                line = {"step": run.step, "loss": round(sum(losses) / len(losses), 4)}
                line["seconds_a_step"] = round((time.monotonic() - began) / len(losses), 2)
                print(json.dumps(line), file=log, flush=True)
                losses, began = [], time.monotonic()
            if time.process_time() - written > chosen.checkpoint * 60:
                run.keep()
                written = time.process_time()
    run.keep()


def main():
    chosen = options()
    torch.set_num_threads(chosen.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    run = Run(chosen)
    run.tagger.train()
    known = contracts.load(chosen.data, contracts.tokenizer_of(chosen.source), run.tagger.categories)[: chosen.limit]
    train(run, Corpus.of(known, len(run.tagger.categories), "cpu"))
    notes = {name: str(value) for name, value in vars(chosen).items() if value is not None}
    notes |= {"steps_done": run.step, "contracts": len(known)}
    checkpoints.write_snapshot(chosen.source, chosen.out / "weights", run.average.state, run.tagger.encoder.shape.kind, notes)


if __name__ == "__main__":
    main()
