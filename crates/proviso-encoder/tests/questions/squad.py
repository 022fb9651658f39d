"""The n-best list of transformers' SQuAD v2 script (`data/metrics/squad_metrics.py`), with places in the context.

The script finds an answer's words in the context again by comparing texts; here a token knows its place in the context.
`by_the_script` runs the script's own function on the same windows, and has to give the same.
"""

import json
import math
import tempfile
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from transformers.data.metrics import squad_metrics
from transformers.data.processors.squad import SquadExample, SquadResult

N_BEST = 20
MAX_ANSWER = 40


class SpanWithoutText(Exception):
    """SentencePiece may make a token of a space alone. Nobody has to say what such an answer is: other weights do."""


def is_max_context(windows, number, place):
    """Whether this window is the one where the context's token `place` has most around it; the first of equals."""
    best, best_number = None, None
    for other, window in enumerate(windows):
        first, count = window["first_context_token"], window["context"][1] - window["context"][0]
        if first <= place < first + count:
            score = min(place - first, first + count - 1 - place) + 0.01 * count
            if best is None or score > best:
                best, best_number = score, other
    return best_number == number


def best_places(logits):
    """Of all tokens of a window, also those of the question."""
    return sorted(range(len(logits)), key=lambda place: logits[place], reverse=True)[:N_BEST]


def candidates(windows, logits):
    """Every span that is allowed: (window, first token, last token, start logit, end logit)."""
    for number, (window, (starts, ends)) in enumerate(zip(windows, logits)):
        begin, end = window["context"]
        for first in best_places(starts):
            for last in best_places(ends):
                if not (begin <= first < end and begin <= last < end and first <= last < first + MAX_ANSWER):
                    continue
                if is_max_context(windows, number, window["first_context_token"] + first - begin):
                    yield number, first, last, starts[first], ends[last]


def span(context, window, first, last):
    """The characters of some tokens. SentencePiece counts the space before a word to its first token; it goes."""
    start, end = window["offsets"][first][0], window["offsets"][last][1]
    text = context[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def n_best(context, windows, logits):
    """The list with probabilities, and the null score: the least of the windows' sums at the first token."""
    null = min((starts[0] + ends[0], starts[0], ends[0]) for starts, ends in logits)
    found = list(candidates(windows, logits)) + [(None, 0, 0, null[1], null[2])]
    chosen = {}
    for number, first, last, start_logit, end_logit in sorted(found, key=lambda one: one[3] + one[4], reverse=True):
        start, end = (0, 0) if number is None else span(context, windows[number], first, last)
        if number is not None and start == end:
            raise SpanWithoutText
        if len(chosen) == N_BEST:
            break
        chosen.setdefault(context[start:end], (start, end, start_logit, end_logit))
    chosen.setdefault("", (0, 0, null[1], null[2]))
    assert len(chosen) > 1
    most = max(start_logit + end_logit for _, _, start_logit, end_logit in chosen.values())
    weights = [math.exp(start_logit + end_logit - most) for _, _, start_logit, end_logit in chosen.values()]
    return [
        {"text": text, "start": start, "end": end, "start_logit": start_logit, "end_logit": end_logit,
         "probability": weight / sum(weights)}
        for (text, (start, end, start_logit, end_logit)), weight in zip(chosen.items(), weights)
    ], null[0]


class Places:
    """Stands for a tokenizer whose tokens know their places, so that the script's texts are those of the context."""

    def __init__(self, context):
        self.context = context

    def convert_tokens_to_string(self, tokens):
        return self.context[tokens[0][0]:tokens[-1][1]]


def by_the_script(question, context, windows, logits):
    """What `compute_predictions_logits` itself gives for the same windows.

    It gets its texts from `Places`, and may not replace them by whole words, as it does for an answer that begins or
    ends inside a word.
    """
    example = SquadExample("0", question, context, None, None, None)
    features, results = [], []
    for number, (window, (starts, ends)) in enumerate(zip(windows, logits)):
        begin, end = window["context"]
        first = window["first_context_token"]
        words = {at: example.char_to_word_offset[span(context, window, at, at)[0]] for at in range(begin, end)}
        most = {at: is_max_context(windows, number, first + at - begin) for at in words}
        features.append(SimpleNamespace(
            example_index=0, unique_id=number, tokens=window["offsets"], token_to_orig_map=words,
            token_is_max_context=most,
        ))
        results.append(SquadResult(number, starts, ends))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nbest.json"
        with patch.object(squad_metrics, "get_final_text", lambda text, *_: text):
            squad_metrics.compute_predictions_logits(
                [example], features, results, N_BEST, MAX_ANSWER, False, None, path, None, False, True, 0.0,
                Places(context),
            )
        return json.loads(path.read_text())["0"]
