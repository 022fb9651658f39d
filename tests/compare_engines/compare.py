"""Times Proviso's engine, ONNX Runtime, PyTorch and candle on the same models with the same threads.

    python3 compare.py --cache FOLDER --proviso PROGRAM [--models minilm-l6,bert-base] [--lengths 128,512]
                       [--threads 2] [--rounds 5] [--seconds 3] [--tiers avx2,avx-vnni] [--engines proviso,onnx]
                       [--json FILE]

One window at a time in each place that runs windows; all windows that are finished count. The engines take turns: a
round measures each once, so that a machine that gets slower gets slower for all. An engine that cannot run is said and
left out. README.md says how to read the table.
"""

import argparse
import datetime
import json
import statistics
import subprocess
import sys
from pathlib import Path

import machine
from engines.candle import Candle
from engines.engine import Unavailable
from engines.onnx_runtime import OnnxRuntime
from engines.proviso import Proviso
from engines.pytorch import PyTorch
from models import MODELS

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
YARDSTICKS = {"ONNX Runtime int8": "of ONNX int8", "candle f32": "of candle"}
# The f32 engines have to agree on a window; measured beside them is how far the others are away.
TOLERANCE = 1e-3


def make_engines(options, logs):
    threads = options.threads
    forms = [(1, threads), (threads, 1)] if threads > 1 else [(1, 1)]
    engines = []
    if "proviso" in options.engines:
        engines += [Proviso(options.proviso, precision, threads) for precision in ("f32", "int8")]
        engines += [Proviso(options.proviso, "int8", threads, tier) for tier in options.tiers]
        engines += [Proviso(options.proviso, "f32", threads, tier) for tier in options.tiers if tier == "avx2"]
    if "onnx" in options.engines:
        engines += [OnnxRuntime(precision, *form, logs) for precision in ("f32", "int8") for form in forms]
    if "pytorch" in options.engines:
        engines += [PyTorch(precision, *form, logs) for precision in ("f32", "bf16") for form in forms]
    if "candle" in options.engines:
        engines += [Candle(options.candle, *form, logs) for form in forms]
    return engines


def attempt(engine, problems, action):
    """What `action` gives, or `None`; then the engine is out, and `problems` says why."""
    try:
        return action()
    except Unavailable as error:
        problems[engine.title] = str(error)
        print(f"left out: {engine.title}: {error}", file=sys.stderr)
        engine.stop()
        return None


def measure(engines, model, length, options, problems):
    """The rounds of one length: title to what was measured, a list entry a round."""
    rounds = {engine.title: [] for engine in engines}
    for number in range(options.rounds):
        for engine in engines:
            if engine.title in problems:
                continue
            measured = attempt(engine, problems, lambda: engine.measure(length, options.seconds))
            if measured:
                rounds[engine.title].append(measured)
                print(f"{model} {length} round {number + 1}: {engine.title} {measured['windows_per_second']:.2f}",
                      file=sys.stderr, flush=True)
    return {title: measured for title, measured in rounds.items() if len(measured) == options.rounds}


def rates(measured):
    return [one["windows_per_second"] for one in measured]


def better_forms(engines, measured):
    """The name of each engine and precision with the rounds of the form that did best in the middle."""
    best = {}
    for engine in engines:
        if engine.title in measured:
            row = {"title": engine.title, "form": engine.form, "rounds": measured[engine.title]}
            name = f"{engine.name} {engine.precision}"
            others = best.get(name)
            if others is None or statistics.median(rates(row["rounds"])) > statistics.median(rates(others["rounds"])):
                best[name] = row
    return best


def ratio(row, yardstick):
    """The middle of the rounds' ratios: the two were measured within the same seconds."""
    if yardstick is None:
        return None
    return statistics.median(ours / theirs for ours, theirs in zip(rates(row["rounds"]), rates(yardstick["rounds"])))


def summarise(engines, measured):
    best = better_forms(engines, measured)
    rows = []
    for name, row in best.items():
        values = rates(row["rounds"])
        rows.append({
            "engine": name, "form": row["form"], "windows_per_second": statistics.median(values),
            "least": min(values), "most": max(values), "peak_rss_mb": max(one["peak_rss_mb"] for one in row["rounds"]),
            "ratios": {yardstick: ratio(row, best.get(yardstick)) for yardstick in YARDSTICKS},
        })
    return sorted(rows, key=lambda row: -row["windows_per_second"])


def disagreements(measured):
    """How far the first values of a window's hidden states are from PyTorch's f32."""
    expected = next((rounds[0]["first_values"] for title, rounds in measured.items() if "PyTorch f32" in title), None)
    if expected is None:
        return {}
    return {
        title: max(abs(a - b) for a, b in zip(rounds[0]["first_values"], expected))
        for title, rounds in measured.items() if "first_values" in rounds[0]
    }


def show(model, length, rows, away):
    print(f"\n{model}, {length} tokens")
    heads = ("", "form", "windows/s", "least to most", "MB", *YARDSTICKS.values())
    print("%-28s %-5s %9s %19s %8s %12s  %9s" % heads)
    for row in rows:
        ratios = ["%.2f" % value if value else "-" for value in row["ratios"].values()]
        spread = "%.2f to %.2f" % (row["least"], row["most"])
        print("%-28s %-5s %9.2f %19s %8.0f %12s  %9s" % (
            row["engine"], row["form"], row["windows_per_second"], spread, row["peak_rss_mb"], *ratios))
    for title, value in away.items():
        if " f32" in title and value > TOLERANCE:
            print(f"CAUTION: {title} computes something else than PyTorch, {value:.4f} away", file=sys.stderr)
    sys.stdout.flush()


def compare(model, options):
    """All lengths of a model, in the shape of the JSON file."""
    folder = options.cache / model
    engines = make_engines(options, options.cache / "logs" / model)
    problems, lengths = {}, []
    try:
        for engine in engines:
            attempt(engine, problems, lambda: engine.start(folder))
        for length in options.lengths:
            measured = measure(engines, model, length, options, problems)
            rows, away = summarise(engines, measured), disagreements(measured)
            show(model, length, rows, away)
            lengths.append({"length": length, "table": rows, "rounds": measured, "away_from_pytorch_f32": away})
    finally:
        for engine in engines:
            engine.stop()
    return {"model": model, "lengths": lengths, "left_out": problems}


def names(text):
    return [name for name in text.split(",") if name]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, help="where the models are, or are made; some 5 GB")
    parser.add_argument("--proviso", type=Path, default=Path("proviso"), help="the program")
    parser.add_argument("--candle", type=Path, default=REPOSITORY / "target/candle_forward/release/candle-forward")
    parser.add_argument("--models", type=names, default=list(MODELS))
    parser.add_argument("--lengths", type=lambda text: [int(one) for one in names(text)], default=[128, 512])
    parser.add_argument("--engines", type=names, default=["proviso", "onnx", "pytorch", "candle"])
    parser.add_argument("--tiers", type=names, default=[], help="values of PROVISO_CPU that are measured too")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--json", type=Path, help="where all rounds are written")
    return parser.parse_args()


def main():
    options = parse()
    options.cache = options.cache.resolve()
    subprocess.run([sys.executable, HERE / "models.py", options.cache, *options.models], check=True)
    result = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": machine.describe(options.proviso),
        "threads": options.threads, "seconds": options.seconds, "models": [],
    }
    for model in options.models:
        result["models"].append(compare(model, options))
        if options.json:
            options.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
