"""Windows of tokens for one epoch, in the order in which they are learned from, and batches of them."""

import math
import random
from collections import Counter
from dataclasses import dataclass

import torch

from .contracts import Contract

CLS, SEP, PAD = 101, 102, 0  # of BERT's vocabulary


@dataclass(frozen=True)
class Window:
    """Tokens from `start` up to `end` of contract number `contract`."""

    contract: int
    start: int
    end: int


def touches(contract: Contract, start: int, end: int) -> bool:
    """Whether a marked span stands in the tokens from start up to end, in part at least."""
    return any(first < end and last >= start for _, first, last in contract.spans)


def grid(contracts: list[Contract], length: int, dice: random.Random) -> list[Window]:
    """Windows side by side over every contract; each contract's first cut is at random, so that no epoch cuts alike."""
    windows = []
    for number, contract in enumerate(contracts):
        total = len(contract.tokens)
        cut = dice.randrange(length) if total > length else 0
        edges = sorted({0, *range(cut, total, length), total})
        windows += [Window(number, a, b) for a, b in zip(edges, edges[1:])]
    return windows


def around_rare(contracts: list[Contract], length: int, common: int, most: int, dice: random.Random) -> list[Window]:
    """More windows around spans of categories with fewer than `common` answers, `most` of them at most for each."""
    counts = Counter(category for contract in contracts for category, _, _ in contract.spans)
    windows = []
    for number, contract in enumerate(contracts):
        for category, first, last in contract.spans:
            copies = min(most, math.sqrt(common / counts[category]) - 1)
            for _ in range(int(copies + dice.random()) if copies > 0 else 0):
                slack = max(1, length - (last - first + 1))
                start = min(max(0, first - dice.randrange(slack)), max(0, len(contract.tokens) - length))
                windows.append(Window(number, start, min(start + length, len(contract.tokens))))
    return windows


def epoch(contracts: list[Contract], length: int, negatives: float, common: int, most: int, seed: int) -> list[Window]:
    """The windows of an epoch, shuffled: those with a clause, a share of the others, more of what is rare."""
    dice = random.Random(seed)
    windows = [
        window
        for window in grid(contracts, length, dice)
        if touches(contracts[window.contract], window.start, window.end) or dice.random() < negatives
    ]
    windows += around_rare(contracts, length, common, most, dice)
    dice.shuffle(windows)
    return windows


def batch(contracts: list[Contract], windows: list[Window], categories: int):
    """Tokens and mask [windows, tokens], targets and weights [windows, tokens, 3, categories].

    Targets are 1 at a span's start, at its end and inside it; a span cut by a window has no start or end there.
    Weights are 0 on padding and where a marked text stands again unmarked: nobody said that it is none.
    """
    longest = max(window.end - window.start for window in windows) + 2
    ids = torch.full((len(windows), longest), PAD)
    mask = torch.zeros((len(windows), longest), dtype=torch.long)
    targets = torch.zeros((len(windows), longest, 3, categories))
    weights = torch.zeros((len(windows), longest, 3, categories))
    for row, window in enumerate(windows):
        contract, size = contracts[window.contract], window.end - window.start
        ids[row, : size + 2] = torch.tensor([CLS, *contract.tokens[window.start : window.end], SEP])
        mask[row, : size + 2] = 1
        weights[row, : size + 2] = 1
        # Tokens of the contract move by this much: the first one of the window stands behind [CLS].
        shift = 1 - window.start
        for category, first, last in contract.repeats:
            if first < window.end and last >= window.start:
                weights[row, max(first + shift, 0) : last + shift + 1, :, category] = 0
        for category, first, last in contract.spans:
            if first < window.end and last >= window.start:
                a, b = max(first + shift, 1), min(last + shift, size)
                targets[row, a : b + 1, 2, category] = 1
                weights[row, a : b + 1, :, category] = 1
                if first >= window.start:
                    targets[row, a, 0, category] = 1
                if last < window.end:
                    targets[row, b, 1, category] = 1
    return ids, mask, targets, weights
