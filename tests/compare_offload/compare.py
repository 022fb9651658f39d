"""Times a model that is larger than the memory it may have: Proviso's offload beside Hugging Face accelerate's.

    python3 compare.py --model FOLDER --cache FOLDER --proviso PROGRAM [--budgets 1024,2048] [--lengths 128]
                       [--windows 16] [--threads 2] [--rounds 3] [--placements memory,disk] [--bench-arguments TEXT]
                       [--json FILE]

Both run the same model in f32 on this CPU with its blocks on disk. accelerate goes through the windows one after the
other and as one batch, and the better of both counts. The two take turns: a round measures each once. README.md says
how to read the table.
"""

import argparse
import datetime
import json
import os
import shlex
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "compare_engines"))

import machine
from compare import attempt, names, rates, ratio
from engines.engine import ProcessEngine, Unavailable
from engines.proviso import Proviso

PACKAGES = ["accelerate", "numpy", "safetensors", "torch", "transformers"]


class Accelerate(ProcessEngine):
    """One process with all threads. Its word embeddings stay in memory or lie on disk with the blocks."""

    def __init__(self, placement, options):
        super().__init__("accelerate", "f32", f"embeddings on {placement}".replace("on memory", "in memory"),
                         options.cache / "logs")
        self.placement, self.options = placement, options

    def environment(self):
        return {"OMP_NUM_THREADS": str(self.options.threads)}

    def commands(self, folder):
        offload = self.options.cache / f"accelerate-{self.placement}"
        return [[sys.executable, str(HERE / "accelerate_worker.py"), str(folder.resolve()), str(offload),
                 self.placement, str(self.options.threads)]]


class Imported(Proviso):
    """Proviso with the model imported, as it has to be where not all of it is in memory. Where it is imported already, in a
    folder for data below the cache, it is taken as it is."""

    NAME = "compared"

    def __init__(self, program, threads, form, arguments, data):
        super().__init__(program, "f32", threads, form=form, arguments=arguments)
        self.data = data

    def start(self, folder):
        super().start(folder)
        # On Linux the data of programs lies here; `proviso bench` looks there for the model too.
        os.environ["XDG_DATA_HOME"] = str(self.data)
        if not (self.data / "proviso/models" / self.NAME).exists():
            command = [str(self.program.resolve()), "models", "import", str(folder.resolve()), "--name", self.NAME,
                       "--precision", "f32"]
            ended = subprocess.run(command, capture_output=True, text=True)
            if ended.returncode:
                raise Unavailable(ended.stderr.strip().splitlines()[-1])
        self.folder = self.NAME


def make_engines(options):
    data = options.cache / "data"
    engines = [Accelerate(placement, options) for placement in options.placements]
    for budget in options.budgets:
        arguments = ["--memory-budget", str(budget), "--waiting", str(options.windows), *options.bench_arguments]
        engines.append(Imported(options.proviso, options.threads, f"{budget} MB", arguments, data))
    if options.in_memory:
        engines.append(Imported(options.proviso, options.threads, "all in memory", [], data))
    return engines


def measure(engines, length, options, problems):
    """The rounds of one length: title to what was measured, a list entry a round."""
    rounds = {engine.title: [] for engine in engines}
    for number in range(options.rounds):
        for engine in engines:
            if engine.title in problems:
                continue
            # accelerate's process takes a number of windows where the others take seconds.
            measured = attempt(engine, problems, lambda: engine.measure(length, options.windows))
            if measured:
                rounds[engine.title].append(measured)
                print(f"{length} tokens, round {number + 1}: {engine.title} "
                      f"{measured['windows_per_second']:.3f} windows/s", file=sys.stderr, flush=True)
    return {title: measured for title, measured in rounds.items() if len(measured) == options.rounds}


def summarise(measured):
    """Rows, the fastest first. Ratios are to the accelerate that did better in the middle of the rounds."""
    def middle(title):
        return statistics.median(rates(measured[title]))

    theirs = [title for title in measured if title.startswith("accelerate")]
    yardstick = {"rounds": measured[max(theirs, key=middle)]} if theirs else None
    rows = [{
        "engine": title, "windows_per_second": middle(title), "least": min(rates(rounds)), "most": max(rates(rounds)),
        "peak_rss_mb": max(one["peak_rss_mb"] for one in rounds), "of_accelerate": ratio({"rounds": rounds}, yardstick),
    } for title, rounds in measured.items()]
    return sorted(rows, key=lambda row: -row["windows_per_second"])


def show(length, rows, options):
    print(f"\n{options.model.name}, {length} tokens, {options.windows} windows for accelerate")
    print("%-40s %9s %17s %8s %14s" % ("", "windows/s", "least to most", "MB", "of accelerate"))
    for row in rows:
        spread = "%.3f to %.3f" % (row["least"], row["most"])
        of = "%.2f" % row["of_accelerate"] if row["of_accelerate"] else "-"
        print("%-40s %9.3f %17s %8.0f %14s" % (
            row["engine"], row["windows_per_second"], spread, row["peak_rss_mb"], of))
    sys.stdout.flush()


def numbers(text):
    return [int(one) for one in names(text)]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="a folder as tests/large_model writes it")
    parser.add_argument("--cache", type=Path, required=True, help="where accelerate offloads to, some 7 GB")
    parser.add_argument("--proviso", type=Path, default=Path("proviso"), help="the program")
    parser.add_argument("--budgets", type=numbers, default=[1024], help="MB that Proviso may have; may be empty")
    parser.add_argument("--in-memory", action="store_true", help="also Proviso without a budget")
    parser.add_argument("--bench-arguments", type=shlex.split, default=[], help="more arguments of `proviso bench`")
    parser.add_argument("--placements", type=names, default=["memory", "disk"], help="accelerate's word embeddings")
    parser.add_argument("--lengths", type=numbers, default=[128])
    parser.add_argument("--windows", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="where all rounds are written")
    return parser.parse_args()


def main():
    options = parse()
    options.cache = options.cache.resolve()
    engines, problems = make_engines(options), {}
    result = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": machine.describe(options.proviso, PACKAGES),
        "threads": options.threads, "windows": options.windows, "model": options.model.name, "lengths": [],
        "left_out": problems,
    }
    try:
        for engine in engines:
            attempt(engine, problems, lambda: engine.start(options.model))
        for length in options.lengths:
            measured = measure(engines, length, options, problems)
            rows = summarise(measured)
            show(length, rows, options)
            result["lengths"].append({"length": length, "table": rows, "rounds": measured})
            if options.json:
                options.json.write_text(json.dumps(result, indent=1) + "\n")
    finally:
        for engine in engines:
            engine.stop()


if __name__ == "__main__":
    main()
