"""Writes what `proviso eval --json` printed for precisions and speeds into a model's manifest, where the program finds it.

    python3 record_scores.py models/proviso-mini --data-name "CUAD dev split, 54 contracts" --figures f32.json
        --precision int8=int8.json --speed fast=fast.json ... --screening screening.json

`screening.json` is what `proviso eval --screening RECALL --json` printed.
"""

import argparse
import json
from pathlib import Path


def named_file(text: str) -> tuple[str, Path]:
    name, separator, path = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"expected NAME=FILE.json, not {text!r}")
    return name, Path(path)


def reached(path: Path) -> dict[str, float]:
    figures = json.loads(path.read_text())
    return {key: round(figures[key], 4) for key in ("aupr", "weighted_f1")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="the model's folder")
    parser.add_argument("--data-name", required=True, help="the contracts that were read")
    parser.add_argument("--figures", type=Path, required=True, metavar="FILE.json", help="in f32, at Balanced")
    for option in ("--precision", "--speed"):
        parser.add_argument(option, type=named_file, action="append", default=[], metavar="NAME=FILE.json")
    parser.add_argument("--screening", type=Path, metavar="FILE.json")
    arguments = parser.parse_args()
    path = arguments.model / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["scores"] = {"data": arguments.data_name, **reached(arguments.figures)}
    for key, files in (("precisions", arguments.precision), ("speeds", arguments.speed)):
        scores = manifest["scores"].setdefault(key, {})
        scores.update((name, reached(file)) for name, file in files)
    if arguments.screening:
        measured = json.loads(arguments.screening.read_text())
        manifest["screening"] = {
            "data": manifest["scores"]["data"],
            "recall": round(measured["held_out"]["recall"], 4),
            "kept": round(measured["held_out"]["kept"], 4),
            "threshold": round(measured["threshold"], 6),
        }
    path.write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
