"""The dial "miss at most 1 clause in N": conformal risk control over contracts (Angelopoulos et al., arXiv 2208.02814).

The risk of a contract is the share of its clauses to which no shown passage leads. Contracts are what is exchangeable, so
all categories of one go together. With n contracts the threshold is the highest for which (risks + 1) / (n + 1) is at most
1 / N: the mean risk of the next contract is then at most 1 / N, whatever the model is worth.
"""

import numpy as np

from .figures import best_of_answers


def risks(contract, thresholds: dict[str, float], least: float) -> float:
    """Share of a contract's answers that are missed when each category shows what reaches its threshold or `least`."""
    best = [(thresholds[q.category], best_of_answers(q, p, "leads")) for q, p in contract]
    answers = sum(len(of) for _, of in best)
    # What no proposal leads to has 0 and is missed at every threshold.
    missed = sum(int(((of < min(threshold, least)) | (of <= 0)).sum()) for threshold, of in best)
    return missed / answers if answers else 0.0


def false_alarms(contract, thresholds: dict[str, float], least: float) -> int:
    """Passages shown that lead to no answer."""
    wrong = [(thresholds[q.category], p[~q.leads.any(axis=1)] if q.answers() else p) for q, p in contract]
    return sum(int((of >= min(threshold, least)).sum()) for threshold, of in wrong)


def choose(contracts, thresholds: dict[str, float], one_in: int) -> float | None:
    """The highest confidence from which everything has to be shown; None if these contracts cannot promise it."""
    for least in np.concatenate([np.arange(0.5, 0.05, -0.01), np.geomspace(0.05, 1e-5, 120)]):
        total = sum(risks(contract, thresholds, least) for contract in contracts)
        if (total + 1) / (len(contracts) + 1) <= 1 / one_in:
            return float(least)
    return None
