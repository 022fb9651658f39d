"""Learning rate by the share of the steps that are over, and the averaging of weights."""

import torch


def rate(share: float, warm_up: float = 0.06) -> float:
    """Factor on the learning rate: up in a line, then down in a line to 0 at the end."""
    return share / warm_up if share < warm_up else max(0.0, 1.0 - share) / (1.0 - warm_up)


class Average:
    """A running mean of the weights; early on it forgets faster, so that it is never mostly the beginning."""

    def __init__(self, model: torch.nn.Module, decay: float):
        self.decay, self.steps = decay, 0
        self.state = {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: torch.nn.Module):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        learnt = {name: tensor for name, tensor in model.named_parameters() if tensor.requires_grad}
        torch._foreach_lerp_([self.state[name] for name in learnt], list(learnt.values()), 1 - decay)
