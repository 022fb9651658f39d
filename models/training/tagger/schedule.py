"""Learning rate and averaging of weights by the share of the time that is over."""

import time

import torch


class Clock:
    """Share of the minutes that are over, those of earlier runs counted."""

    def __init__(self, minutes: float, spent: float = 0.0):
        self.seconds, self.spent, self.began = minutes * 60, spent, time.monotonic()

    def passed(self) -> float:
        return self.spent + time.monotonic() - self.began

    def share(self) -> float:
        return min(1.0, self.passed() / self.seconds)


def rate(share: float, warm_up: float = 0.04) -> float:
    """Factor on the learning rate: up in a line, then down in a line to 0 at the end."""
    return share / warm_up if share < warm_up else (1.0 - share) / (1.0 - warm_up)


class Average:
    """A running mean of the weights; early on it forgets faster, so that it is never mostly the beginning."""

    def __init__(self, model: torch.nn.Module, decay: float):
        self.decay, self.steps = decay, 0
        self.state = {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: torch.nn.Module):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, tensor in model.state_dict().items():
            self.state[name].lerp_(tensor, 1 - decay) if tensor.is_floating_point() else None
