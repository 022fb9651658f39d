"""What a tagger says of whole contracts: probabilities of overlapping windows, averaged as Proviso averages them."""

import torch

from .model import SpanTagger

# Distance from a window's edge at which a token counts fully.
FULL_WEIGHT_AT = 64


@torch.no_grad()
def probabilities(tagger: SpanTagger, tokens: list[int], length: int, batch: int = 32) -> torch.Tensor:
    """Probabilities [tokens, 3, categories] in f16; windows of `length` with the special tokens, at half overlap."""
    device = tagger.head.weight.device
    opening, closing, _ = tagger.brackets
    ids, size = torch.tensor(tokens, device=device), length - 2
    starts = range(0, max(1, len(tokens) - size + size // 2), size // 2)
    whole = [start for start in starts if start + size <= len(tokens)]
    groups = [whole[at : at + batch] for at in range(0, len(whole), batch)] + [[s] for s in starts if s not in whole]
    sums = torch.zeros((len(tokens), 3, len(tagger.categories)), device=device)
    weights = torch.zeros((len(tokens), 1, 1), device=device)
    for group in groups:
        rows = torch.stack([ids[start : start + size] for start in group])
        edge = rows.new_full((len(group), 1), opening), rows.new_full((len(group), 1), closing)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            logits = tagger(torch.cat([edge[0], rows, edge[1]], dim=1))[:, 1:-1]
        place = torch.arange(rows.shape[1], device=device)
        weight = torch.minimum(place + 1, rows.shape[1] - place).clamp(max=FULL_WEIGHT_AT).float()[:, None, None]
        for start, logit in zip(group, logits.float()):
            sums[start : start + rows.shape[1]] += torch.sigmoid(logit) * weight
            weights[start : start + rows.shape[1]] += weight
    return (sums / weights).half()
