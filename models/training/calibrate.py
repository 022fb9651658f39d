"""Fits what a model's scores mean, on contracts it was not trained on, and writes it into its manifest.

    python3 calibrate.py models/proviso-mini dev.json.gz --proviso target/release/proviso --data-name "CUAD dev, 54 contracts"

That one command is all there is to do when the weights have changed. It reads the contracts with the model as if it had never
been calibrated (`--nbest FILE` takes what an earlier call wrote), then fits the calibration, each category's threshold and the
dial "miss at most 1 clause in N", and prints how each of them does on contracts that it was not fitted on, by
cross-validation over contracts. Needs numpy.
"""

import argparse
import json
import os
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from calibration import dial, figures, platt, proposals, thresholds

FOLDS = 9
DIAL = (5, 10, 20, 50)


def read_uncalibrated(proviso: Path, model: Path, data: str, out: Path):
    """Has the contracts read by a copy of the model without calibration: its scores as they are."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "uncalibrated"
        copy.mkdir()
        manifest = json.loads((model / "manifest.json").read_text())
        for key in ("calibration", "dial"):
            manifest.pop(key, None)
        (copy / "manifest.json").write_text(json.dumps(manifest))
        for name in manifest["files"]:
            os.symlink((model / name).resolve(), copy / name)
        command = [proviso, "eval", "--model", copy, "--data", data, "--precision", "f32", "--nbest", out, "--json"]
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def with_probabilities(contracts, curve):
    """Every contract's (question, probabilities)."""
    return [[(question, curve.of(question)) for question in questions] for questions in contracts]


def by_category(contracts):
    grouped = defaultdict(list)
    for questions in contracts:
        for question, probabilities in questions:
            grouped[question.category].append((question, probabilities))
    return grouped


def held_out(contracts):
    """Each contract with the probabilities, thresholds and dial of a calibration fitted without its part."""
    judged = [None] * len(contracts)
    for fold in range(FOLDS):
        seen = [contract for index, contract in enumerate(contracts) if index % FOLDS != fold]
        curve = platt.fit(seen)
        known = with_probabilities(seen, curve)
        chosen = thresholds.choose(by_category(known))
        settings = {one_in: dial.choose(known, chosen, one_in) for one_in in DIAL}
        for index in range(fold, len(contracts), FOLDS):
            judged[index] = (with_probabilities([contracts[index]], curve)[0], chosen, settings)
    return judged


def print_figures(judged):
    questions = [pair for contract, _, _ in judged for pair in contract]
    best = np.concatenate([figures.best_of_answers(q, p) for q, p in questions])
    wrong = np.concatenate([p[~q.matches.any(axis=1)] for q, p in questions])
    print("held out: AUPR {:.3f}, precision at 80 % recall {:.3f}, at 90 % {:.3f}, best micro F1 {:.3f}".format(
        *figures.area(best, wrong)))
    counted = defaultdict(lambda: np.zeros(3))
    for contract, chosen, _ in judged:
        for question, probabilities in contract:
            one = np.array([chosen[question.category]])
            counted[question.category] += thresholds.counts([(question, probabilities)], one)[:, 0]
    total = sum(counted.values())
    weighted = sum(float(thresholds.f1(of[:, None])[0]) * of[2] for of in counted.values()) / total[2]
    print(f"          weighted F1 {weighted:.3f}; at the thresholds {int(total[0])} of {int(total[2])} answers found, "
          f"{total[1] / len(judged):.1f} false alarms a contract")


def print_reliability(judged) -> float:
    pairs = defaultdict(list)
    for contract, _, _ in judged:
        for question, probabilities in contract:
            right = question.matches.any(axis=1) if question.answers() else np.zeros(len(probabilities), bool)
            pairs[question.category] += list(zip(probabilities, right))
    error, bins = figures.reliability([pair for of in pairs.values() for pair in of])
    print(f"\nheld out, proposals with a confidence of at least {figures.LEAST}: expected calibration error {error:.3f}")
    for said, right, number in bins:
        print(f"  said {said:.2f}, right {right:.2f}, {number} proposals")
    for name in sorted(pairs):
        own, its = figures.reliability(pairs[name])
        number = sum(n for _, _, n in its)
        said, right = (sum(of[k] * of[2] for of in its) / max(1, number) for k in (0, 1))
        print(f"  {name:<36} {number:>5} proposals, said {said:.2f}, right {right:.2f}, error {own:.3f}")
    return error


def dial_settings(judged, known, chosen) -> list[dict]:
    """The settings chosen on all contracts, with what such settings reached on contracts they were not chosen on."""
    settings = []
    print()
    for one_in in DIAL:
        least = dial.choose(known, chosen, one_in)
        tried = [(c, t, s[one_in] if s[one_in] is not None else 0.0) for c, t, s in judged]
        recall = 1 - float(np.mean([dial.risks(*of) for of in tried]))
        alarms = float(np.mean([dial.false_alarms(*of) for of in tried]))
        settings.append({"miss_one_in": one_in, "threshold": least and round(least, 6),
                         "recall": round(recall, 4), "false_alarms": round(alarms, 1)})
        what = f"from {least:.5f}" if least is not None else "cannot be promised; everything there is"
        print(f"miss at most 1 in {one_in}: {what}: held out {recall:.3f} shown, {alarms:.1f} false alarms a contract")
    return settings


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("data")
    parser.add_argument("--proviso", type=Path, help="the program, which reads the contracts")
    parser.add_argument("--nbest", type=Path, help="proposals read before; written there if it is not there yet")
    parser.add_argument("--data-name", required=True)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    nbest = options.nbest or Path(tempfile.mkdtemp()) / "nbest.json"
    if not nbest.exists():
        read_uncalibrated(options.proviso, options.model, options.data, nbest)
    contracts = proposals.load(options.data, str(nbest))
    judged = held_out(contracts)
    print_figures(judged)
    error = print_reliability(judged)
    curve = platt.fit(contracts)
    known = with_probabilities(contracts, curve)
    chosen = thresholds.choose(by_category(known))
    settings = dial_settings(judged, known, chosen)
    if options.dry_run:
        return
    path = options.model / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["thresholds"] = chosen
    manifest["calibration"] = {"data": options.data_name, "intercept": round(curve.intercept, 5),
                               "slope": round(curve.slope, 5),
                               "shifts": {name: round(shift, 4) for name, shift in curve.shifts.items()},
                               "surest": {name: round(max(0.0, curve.surest), 4) for name in sorted(proposals.ONCE)},
                               "error": round(error, 4)}
    manifest["dial"] = settings
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
