"""All contracts as one row of tokens on the device, with what is marked at each: a window is a slice of it."""

from dataclasses import dataclass, field

import torch

from .contracts import Contract


@dataclass
class Corpus:
    """Contract i has the tokens from `begins[i]` up to `begins[i + 1]`."""

    contracts: list[Contract]
    begins: list[int]
    ids: torch.Tensor  # [tokens]
    marked: torch.Tensor  # [tokens, 3, categories], 1 at a span's start, at its end and inside it
    unsaid: torch.Tensor  # [tokens, categories], where a marked text stands again unmarked: nobody said that it is none
    taught: torch.Tensor | None = field(default=None)  # [tokens, 3, categories], probabilities of a teacher

    @staticmethod
    def of(contracts: list[Contract], categories: int, device: str) -> "Corpus":
        begins = [0]
        for contract in contracts:
            begins.append(begins[-1] + len(contract.tokens))
        ids = torch.tensor([token for contract in contracts for token in contract.tokens])
        marked = torch.zeros((begins[-1], 3, categories), dtype=torch.uint8)
        unsaid = torch.zeros((begins[-1], categories), dtype=torch.bool)
        for contract, begin in zip(contracts, begins):
            for category, first, last in contract.repeats:
                unsaid[begin + first : begin + last + 1, category] = True
            for category, first, last in contract.spans:
                unsaid[begin + first : begin + last + 1, category] = False
                marked[begin + first, 0, category] = 1
                marked[begin + last, 1, category] = 1
                marked[begin + first : begin + last + 1, 2, category] = 1
        return Corpus(contracts, begins, ids.to(device), marked.to(device), unsaid.to(device))

    def teach(self, probabilities: dict[str, torch.Tensor]):
        """Takes a teacher's probabilities [tokens, 3, categories] for every contract, by its title."""
        rows = [probabilities[contract.title] for contract in self.contracts]
        self.taught = torch.cat(rows).half().to(self.ids.device)

    def batch(self, windows, brackets: tuple[int, int, int], share: float = 0.0):
        """Tokens [windows, tokens], mask of them or None where none is padding, targets and weights [windows, tokens, 3,
        categories]. Targets are `share` parts the teacher's. Weights are 0 on padding and where nothing was said."""
        opening, closing, padding = brackets
        lengths = [window.end - window.start for window in windows]
        longest = max(lengths)
        sizes = torch.tensor(lengths, device=self.ids.device)
        starts = torch.tensor([self.begins[window.contract] + window.start for window in windows], device=self.ids.device)
        place = torch.arange(longest, device=self.ids.device)
        inside = place < sizes[:, None]
        at = starts[:, None] + torch.where(inside, place, 0)
        count = len(windows)
        ids = self.ids.new_full((count, longest + 2), padding)
        ids[:, 0] = opening
        ids[:, 1:-1] = torch.where(inside, self.ids[at], padding)
        ids[torch.arange(count, device=ids.device), sizes + 1] = closing
        targets = self.marked[at].float()
        if share:
            targets = targets + share * (self.taught[at].float() - targets)
        weights = (~self.unsaid[at] & inside[:, :, None])[:, :, None, :].float()
        mask = None
        if min(lengths) < longest:
            mask = (torch.arange(longest + 2, device=ids.device) < sizes[:, None] + 2).long()
        return ids, mask, targets, weights
