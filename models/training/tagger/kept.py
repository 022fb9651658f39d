"""The lower layers of a tagger stay as they are: what they make of a window is computed once and kept in a file."""

from pathlib import Path

import numpy as np
import torch

from .corpus import Corpus
from .model import SpanTagger
from .windows import Window


@torch.no_grad()
def lower(tagger: SpanTagger, ids: torch.Tensor, mask: torch.Tensor | None, layers: int) -> torch.Tensor:
    """Hidden states [windows, tokens, width] that the `layers` lowest layers make of tokens [windows, tokens]."""
    encoder, trained = tagger.encoder, tagger.training
    tagger.eval()  # what is kept is the same each time: without dropout
    hidden = encoder.through(encoder.layers[:layers], encoder.embedded(ids), mask)
    tagger.train(trained)
    return hidden


def upper(tagger: SpanTagger, hidden: torch.Tensor, mask: torch.Tensor | None, layers: int) -> torch.Tensor:
    """Logits [windows, tokens, 3, categories] from what the `layers` lowest layers made."""
    encoder = tagger.encoder
    return tagger.logits(encoder.through(encoder.layers[layers:], hidden, mask))


class KeptWindows:
    """Windows of one cut of the contracts, with their hidden states in f16 in `folder`; a row is made when first asked for."""

    def __init__(self, folder: Path, name: str, windows: list[Window], corpus: Corpus, tagger: SpanTagger, layers: int):
        self.windows, self.corpus, self.tagger, self.layers = windows, corpus, tagger, layers
        longest = 2 + max(window.end - window.start for window in windows)
        shape = (len(windows), longest, tagger.encoder.shape.width)
        self.hidden = _mapped(folder / f"{name}.f16", np.float16, shape)
        self.made = _mapped(folder / f"{name}.made", np.uint8, shape[:1])

    def batch(self, numbers: list[int]):
        """Hidden states, mask, targets and weights of windows, as `Corpus.batch` gives the last three."""
        ids, mask, targets, weights = self.corpus.batch([self.windows[n] for n in numbers], self.tagger.brackets)
        new = [place for place, number in enumerate(numbers) if not self.made[number]]
        if new:
            made = lower(self.tagger, ids[new], None if mask is None else mask[new], self.layers)
            rows = [numbers[place] for place in new]
            self.hidden[rows, : ids.shape[1]] = made.half().numpy()
            self.made[rows] = 1
        return torch.from_numpy(self.hidden[numbers][:, : ids.shape[1]]).float(), mask, targets, weights


def _mapped(path: Path, kind, shape: tuple[int, ...]) -> np.memmap:
    return np.memmap(path, kind, "r+" if path.exists() else "w+", shape=shape)
