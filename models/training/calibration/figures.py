"""CUAD's figures, and whether confidences mean what they say, of contracts whose proposals have probabilities."""

import numpy as np

THRESHOLDS = np.array([0.99 - 0.01 * step for step in range(99)] + [0.001, 0.0])
LEAST = 0.05  # proposals with less confidence are not looked at for reliability


def best_of_answers(question, probabilities, by="matches") -> np.ndarray:
    """For each answer the highest probability of a proposal that finds it; 0 where none does."""
    hits = getattr(question, by)
    if not len(probabilities):
        return np.zeros(question.answers())
    return np.where(hits, probabilities[:, None], 0.0).max(axis=0) if question.answers() else np.zeros(0)


def spread(probabilities: np.ndarray) -> np.ndarray:
    """As `proviso eval` spreads them over the thresholds of the curve."""
    inner = np.clip(probabilities, 1e-9, 1 - 1e-9)
    return 1 / (1 + np.cbrt((1 - inner) / inner))


def area(best: np.ndarray, wrong: np.ndarray) -> tuple[float, float, float, float]:
    """AUPR, precision at 80 % and at 90 % recall, and the best F1, of answers' best and wrong proposals' probabilities."""
    best, wrong = np.sort(spread(best) * (best > 0)), np.sort(spread(wrong))
    found = len(best) - np.searchsorted(best, THRESHOLDS, side="right")
    false = len(wrong) - np.searchsorted(wrong, THRESHOLDS, side="right")
    recall = np.concatenate([[0.0], found / max(1, len(best))])
    with np.errstate(invalid="ignore"):
        precision = np.concatenate([[1.0], np.where(found + false > 0, found / (found + false), 0.0)])
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    at = lambda least: float(precision[np.argmax(recall >= least)]) if recall.max() >= least else 0.0  # noqa: E731
    f1 = float((2 * found / np.maximum(1, found + false + len(best))).max())
    return float(np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)), at(0.8), at(0.9), f1


def reliability(pairs: list[tuple[float, bool]]) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error in ten bins, and for each bin mean probability, share of right ones, number."""
    pairs = [pair for pair in pairs if pair[0] >= LEAST]
    if not pairs:
        return 0.0, []
    p, y = (np.array(column, float) for column in zip(*pairs))
    bin_of = np.minimum((p * 10).astype(int), 9)
    bins = [(p[bin_of == k].mean(), y[bin_of == k].mean(), int((bin_of == k).sum())) for k in np.unique(bin_of)]
    return sum(n * abs(a - b) for a, b, n in bins) / len(p), bins
