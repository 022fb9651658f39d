"""Times exhaustive question answering of one contract: Proviso's int8 beside ONNX Runtime's, the same passes.

    python3 questions.py --cache FOLDER --proviso PROGRAM [--passes FILE] [--windows 50] [--threads 2] [--rounds 5]
                         [--seconds 7] [--took SECONDS] [--json FILE]

A pass is one question with one window of the contract. `--passes` is a JSON list of the passes' lengths in tokens;
without it there are 41 questions and as many windows of 512 tokens each as `--windows` says. Not every pass is run:
windows of a few lengths that stand for all are timed, and the time of all passes is worked out from them. With
`--took`, the seconds that a run of Proviso took for the contract are compared with that time too.
"""

import argparse
import datetime
import json
import statistics
import subprocess
import sys
from pathlib import Path

import machine
from compare import attempt, better_forms, measure, rates, ratio
from engines.onnx_runtime import OnnxRuntime
from engines.proviso import Proviso
from models import MODELS

HERE = Path(__file__).resolve().parent
QUESTIONS = 41
LONGEST = 512
YARDSTICK = "ONNX Runtime int8"


def read_passes(options):
    if options.passes is None:
        return [LONGEST] * (QUESTIONS * options.windows)
    lengths = json.loads(options.passes.read_text())
    if not lengths or not all(isinstance(one, int) and 2 <= one <= LONGEST for one in lengths):
        sys.exit(f"{options.passes}: not a list of lengths between 2 and {LONGEST} tokens")
    return lengths


def groups(lengths, most):
    """The most frequent length by itself; of the others, those near each other become one, their mean."""
    frequent = statistics.mode(lengths)
    others = sorted(length for length in lengths if length != frequent)
    counts = {frequent: len(lengths) - len(others)}
    parts = max(1, most - 1)
    for number in range(parts):
        part = others[number * len(others) // parts:(number + 1) * len(others) // parts]
        if part:
            mean = round(statistics.mean(part))
            counts[mean] = counts.get(mean, 0) + len(part)
    return counts


def together(measured, counts):
    """The rounds of all lengths as rounds of all passes: title to passes a second."""
    titles = [title for title in measured[min(counts)] if all(title in one for one in measured.values())]
    total = sum(counts.values())
    combined = {}
    for title in titles:
        # One list a round, of what each length gave in it.
        rounds = zip(*(measured[length][title] for length in counts))
        combined[title] = [{
            "windows_per_second": total / sum(
                count / one["windows_per_second"] for count, one in zip(counts.values(), parts)),
            "peak_rss_mb": max(one["peak_rss_mb"] for one in parts),
        } for parts in rounds]
    return combined


def summarise(engines, combined, total, took):
    best = better_forms(engines, combined)
    yardstick = best.get(YARDSTICK)
    rows = []
    for name, row in best.items():
        values = rates(row["rounds"])
        middle = statistics.median(values)
        rows.append({
            "engine": name, "form": row["form"], "passes_per_second": middle, "least": min(values), "most": max(values),
            "seconds_for_all": total / middle, "peak_rss_mb": max(one["peak_rss_mb"] for one in row["rounds"]),
            "of_onnx_int8": ratio(row, yardstick),
        })
    if took and yardstick:
        rate = total / took
        rows.append({
            "engine": "Proviso, the run that took", "form": "", "passes_per_second": rate, "least": rate, "most": rate,
            "seconds_for_all": took, "peak_rss_mb": None,
            "of_onnx_int8": rate / statistics.median(rates(yardstick["rounds"])),
        })
    return sorted(rows, key=lambda row: row["seconds_for_all"])


def show(rows, counts):
    passes = ", ".join(f"{count} of {length} tokens" for length, count in sorted(counts.items()))
    print(f"\n{sum(counts.values())} passes: {passes}")
    heads = ("", "form", "passes/s", "least to most", "s for all", "MB", "of ONNX int8")
    print("%-28s %-5s %9s %19s %10s %8s %13s" % heads)
    for row in rows:
        spread = "%.2f to %.2f" % (row["least"], row["most"])
        memory = "%.0f" % row["peak_rss_mb"] if row["peak_rss_mb"] else "-"
        of = "%.2f" % row["of_onnx_int8"] if row["of_onnx_int8"] else "-"
        print("%-28s %-5s %9.2f %19s %10.1f %8s %13s" % (
            row["engine"], row["form"], row["passes_per_second"], spread, row["seconds_for_all"], memory, of))


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, help="where the model is, or is made; some 1.5 GB")
    parser.add_argument("--proviso", type=Path, default=Path("proviso"), help="the program")
    parser.add_argument("--model", choices=MODELS, default="roberta-base")
    parser.add_argument("--passes", type=Path, help="a JSON list of the passes' lengths in tokens")
    parser.add_argument("--windows", type=int, default=50, help="of the contract, where there is no list of passes")
    parser.add_argument("--groups", type=int, default=3, help="how many lengths are timed at most; 2 or more")
    parser.add_argument("--took", type=float, help="seconds that a run of Proviso took for the same contract")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=7.0, help="some 40 passes of ONNX Runtime on two cores")
    parser.add_argument("--json", type=Path, help="where all rounds are written")
    return parser.parse_args()


def main():
    options = parse()
    counts = groups(read_passes(options), options.groups)
    options.cache = options.cache.resolve()
    subprocess.run([sys.executable, HERE / "models.py", options.cache, options.model], check=True)
    threads, logs = options.threads, options.cache / "logs" / options.model
    forms = [(1, threads), (threads, 1)] if threads > 1 else [(1, 1)]
    engines = [Proviso(options.proviso, "int8", threads)] + [OnnxRuntime("int8", *form, logs) for form in forms]
    problems, measured = {}, {}
    try:
        for engine in engines:
            attempt(engine, problems, lambda: engine.start(options.cache / options.model))
        for length in counts:
            measured[length] = measure(engines, options.model, length, options, problems)
    finally:
        for engine in engines:
            engine.stop()
    rows = summarise(engines, together(measured, counts), sum(counts.values()), options.took)
    show(rows, counts)
    if options.json:
        options.json.write_text(json.dumps({
            "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            "machine": machine.describe(options.proviso), "threads": threads, "model": options.model,
            "passes": counts, "table": rows, "rounds": measured, "left_out": problems,
        }, indent=1) + "\n")


if __name__ == "__main__":
    main()
