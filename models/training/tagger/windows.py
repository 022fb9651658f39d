"""Windows of tokens for one epoch, in the order in which they are learned from."""

import math
import random
from collections import Counter
from dataclasses import dataclass

from .contracts import Contract


@dataclass(frozen=True)
class Window:
    """Tokens from `start` up to `end` of contract number `contract`."""

    contract: int
    start: int
    end: int


def touches(contract: Contract, start: int, end: int) -> bool:
    """Whether a marked span stands in the tokens from start up to end, in part at least."""
    return any(first < end and last >= start for _, first, last in contract.spans)


def within(contract: Contract, start: int, length: int) -> tuple[int, int]:
    """A window of whole length from about `start`, or the whole of a contract that is shorter."""
    start = max(0, min(start, len(contract.tokens) - length))
    return start, min(start + length, len(contract.tokens))


def grid(contracts: list[Contract], length: int, dice: random.Random) -> list[Window]:
    """Windows side by side over every contract; each contract's first cut is at random, so that no epoch cuts alike."""
    windows = []
    for number, contract in enumerate(contracts):
        total = len(contract.tokens)
        first = -dice.randrange(length) if total > length else 0
        windows += [Window(number, *within(contract, start, length)) for start in range(first, total, length)]
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
                windows.append(Window(number, *within(contract, first - dice.randrange(slack), length)))
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
