"""Chooses the score from which a finding is shown, for each category, on contracts the model was not trained on.

    proviso eval --data dev.json.gz --nbest nbest.json --json > eval.json
    python3 choose_thresholds.py dev.json.gz nbest.json eval.json thresholds.json --data-name "CUAD dev, 54 contracts"

A category's threshold is the one with the best F1 on its own counts plus the counts of all categories together,
weighted like PRIOR answers: rare categories, whose own curve is mostly chance, stay near the common threshold.
Prints the weighted F1 on the same contracts and, by cross-validation over contracts, on contracts that the
thresholds have not seen. Needs nothing but Python.
"""

import argparse
import gzip
import json
from collections import defaultdict

PRIOR = 10
GRID = [step / 100 for step in range(5, 96)]
FOLDS = 6


def words(text):
    for mark in ".,;:":
        text = text.replace(mark, "")
    return set(text.lower().replace("/", " ").split(" "))


def matches(prediction, answer, category):
    shared = len(prediction[1] & answer[1])
    return shared / len(prediction[1] | answer[1]) >= 0.5 or (category == "Parties" and answer[0] in prediction[0])


def load(data_path, nbest_path):
    """Per contract and category: the best score that finds each answer (0 where none does), and the scores of the
    predictions that match no answer."""
    opened = gzip.open(data_path, "rt") if data_path.endswith(".gz") else open(data_path)
    data = json.load(opened)["data"]
    nbest = json.load(open(nbest_path))
    contracts = []
    for entry in data:
        found = {}
        for question in entry["paragraphs"][0]["qas"]:
            if question["id"] not in nbest:
                continue
            category = question["id"].split("__")[-1]
            predictions = defaultdict(float)
            for prediction in nbest[question["id"]]:
                predictions[prediction["text"]] = max(predictions[prediction["text"]], prediction["probability"])
            predictions = [((text, words(text)), score) for text, score in predictions.items()]
            answers = [(answer["text"], words(answer["text"])) for answer in question["answers"]]
            best = [max([s for p, s in predictions if matches(p, a, category)], default=0) for a in answers]
            wrong = [s for p, s in predictions if not any(matches(p, a, category) for a in answers)]
            found[category] = (best, wrong)
        if found:
            contracts.append(found)
    return contracts


def counts(contracts, category, threshold):
    """True positives, false positives and answers."""
    questions = [contract[category] for contract in contracts]
    return (
        sum(score >= threshold for best, _ in questions for score in best),
        sum(score >= threshold for _, wrong in questions for score in wrong),
        sum(len(best) for best, _ in questions),
    )


def f1(found, wrong, answers):
    return 2 * found / (found + wrong + answers) if found else 0.0


def choose(contracts, categories):
    by_category = {c: [counts(contracts, c, t) for t in GRID] for c in categories}
    pooled = [[sum(by_category[c][i][k] for c in categories) for k in range(3)] for i in range(len(GRID))]
    thresholds = {}
    for category in categories:
        scores = []
        for own, common in zip(by_category[category], pooled):
            weight = PRIOR / max(common[2], 1)
            scores.append(f1(*(o + weight * c for o, c in zip(own, common))))
        thresholds[category] = GRID[scores.index(max(scores))]
    return thresholds


def weighted_f1(contracts, categories, thresholds):
    scored = [counts(contracts, c, thresholds[c]) for c in categories]
    total = sum(answers for _, _, answers in scored)
    return sum(f1(*score) * score[2] for score in scored) / total


def cross_validated(contracts, categories):
    """Weighted F1 with each contract judged by thresholds chosen on the others."""
    totals = {c: [0, 0, 0] for c in categories}
    for fold in range(FOLDS):
        seen = [contract for i, contract in enumerate(contracts) if i % FOLDS != fold]
        held_out = [contract for i, contract in enumerate(contracts) if i % FOLDS == fold]
        thresholds = choose(seen, categories)
        for category in categories:
            for k, value in enumerate(counts(held_out, category, thresholds[category])):
                totals[category][k] += value
    answers = sum(total[2] for total in totals.values())
    return sum(f1(*total) * total[2] for total in totals.values()) / answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("nbest")
    parser.add_argument("figures")
    parser.add_argument("out")
    parser.add_argument("--data-name", required=True)
    options = parser.parse_args()
    contracts = load(options.data, options.nbest)
    categories = sorted(contracts[0])
    thresholds = choose(contracts, categories)
    in_sample = weighted_f1(contracts, categories, thresholds)
    print(f"weighted F1: {in_sample:.3f} on the contracts they were chosen on, "
          f"{cross_validated(contracts, categories):.3f} by {FOLDS}-fold cross-validation over contracts")
    total = [sum(column) for column in zip(*(counts(contracts, c, thresholds[c]) for c in categories))]
    print(f"micro F1 {f1(*total):.3f}: {total[0]} of {total[2]} answers found, {total[1]} false alarms, "
          f"{total[1] / len(contracts):.1f} a contract")
    figures = json.load(open(options.figures))
    scores = {"data": options.data_name, "aupr": round(figures["aupr"], 4), "weighted_f1": round(in_sample, 4)}
    json.dump({"thresholds": thresholds, "scores": scores}, open(options.out, "w"), indent=1)


if __name__ == "__main__":
    main()
