"""From scores to probabilities: one logistic curve for all categories, shifted for each as far as its examples bear out, and for the
best proposal of a category of which a contract has one as a rule.
"""

from dataclasses import dataclass

import numpy as np

from .proposals import Question

OUTMOST = 1e-6
# Squared shifts cost this much a proposal: a rare category stays near the common curve.
SHRINK = 3e-3


def log_odds(scores: np.ndarray) -> np.ndarray:
    inner = np.clip(scores, OUTMOST, 1 - OUTMOST)
    return np.log(inner / (1 - inner))


@dataclass
class Curve:
    intercept: float
    slope: float
    surest: float
    shifts: dict[str, float]

    def of(self, question: Question) -> np.ndarray:
        """The probability that each proposal is right."""
        z = self.intercept + self.slope * log_odds(question.scores) + self.shifts.get(question.category, 0.0)
        z += self.surest * question.is_surest()
        return 1 / (1 + np.exp(-z))


def fit(contracts: list[list[Question]], shrink: float = SHRINK, steps: int = 40) -> Curve:
    """By Newton's method; `shrink` is the weight of the squared shifts against the mean loss of a proposal."""
    names = sorted({question.category for questions in contracts for question in questions})
    place = {name: index for index, name in enumerate(names)}
    asked = [question for questions in contracts for question in questions if len(question.scores)]
    scores = np.concatenate([log_odds(question.scores) for question in asked])
    surest = np.concatenate([question.is_surest() for question in asked])
    common = np.column_stack([np.ones(len(scores)), scores, surest])
    y = np.concatenate([question.matches.any(axis=1) for question in asked]).astype(float)
    c = np.concatenate([np.full(len(question.scores), place[question.category]) for question in asked])
    # Intercept, slope and what the surest have, then a shift for each category. Whole columns of these are never made: a category's
    # proposals are summed.
    many = common.shape[1]
    weights = np.zeros(many + len(names))
    weights[:2] = -2.0, 1.0
    penalty = np.concatenate([np.zeros(many), np.full(len(names), 2 * shrink * len(scores))])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(common @ weights[:many] + weights[many + c])))
        error, curve = p - y, np.maximum(p * (1 - p), 1e-9)
        per = lambda values: np.bincount(c, values, minlength=len(names))  # noqa: E731
        gradient = np.concatenate([common.T @ error, per(error)]) + penalty * weights
        hessian = np.diag(penalty + np.concatenate([np.zeros(many), per(curve)]))
        hessian[:many, :many] += common.T @ (common * curve[:, None])
        across = np.stack([per(curve * column) for column in common.T])
        hessian[:many, many:] = across
        hessian[many:, :many] = across.T
        move = np.linalg.solve(hessian + 1e-9 * np.eye(len(weights)), gradient)
        weights -= move * min(1.0, 2.0 / np.abs(move).max())
        if np.abs(move).max() < 1e-7:
            break
    intercept, slope, of_surest = map(float, weights[:many])
    return Curve(intercept, slope, of_surest, dict(zip(names, map(float, weights[many:]))))
