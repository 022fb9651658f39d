"""The confidence from which a finding is shown, for each category.

A category's threshold is the one with the best F1 on its own counts plus the counts of all categories together, weighted like
PRIOR answers: rare categories, whose own curve is mostly chance, stay near the common threshold.
"""

import numpy as np

from .figures import best_of_answers

PRIOR = 10
GRID = np.arange(0.02, 0.96, 0.01)


def counts(pairs, thresholds: np.ndarray) -> np.ndarray:
    """Found, wrong and answers [3, thresholds] of (question, probabilities)."""
    best = np.sort(np.concatenate([best_of_answers(q, p) for q, p in pairs] + [np.zeros(0)]))
    wrong = np.sort(np.concatenate([p[~q.matches.any(axis=1)] for q, p in pairs] + [np.zeros(0)]))
    found = len(best) - np.searchsorted(best, thresholds)
    false = len(wrong) - np.searchsorted(wrong, thresholds)
    return np.array([found, false, np.full(len(thresholds), len(best))], float)


def f1(counted: np.ndarray) -> np.ndarray:
    return 2 * counted[0] / np.maximum(counted.sum(axis=0), 1)


def choose(by_category: dict[str, list]) -> dict[str, float]:
    """`by_category` holds (question, probabilities) of every contract."""
    own = {name: counts(pairs, GRID) for name, pairs in by_category.items()}
    common = sum(own.values())
    weight = PRIOR / max(1.0, common[2, 0])
    return {name: round(float(GRID[np.argmax(f1(of + weight * common))]), 2) for name, of in own.items()}
