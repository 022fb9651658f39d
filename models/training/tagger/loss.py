"""What is made small: cross-entropy of start, end and inside, each category and token by itself."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

# Of starts and ends there is one a span, of insides as many as it has tokens.
BOUNDARY = 4.0


def span_loss(logits: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Sum over kinds and categories, mean over tokens, of logits and targets [windows, tokens, 3, categories]."""
    loss = binary_cross_entropy_with_logits(logits.float(), targets, reduction="none") * weights
    by_kind = loss.sum(dim=(0, 1, 3)) / (loss.shape[0] * loss.shape[1])
    return BOUNDARY * (by_kind[0] + by_kind[1]) + by_kind[2]
