"""Asks a model, and gives what `expected.json` holds of a pair of question and context."""

import torch
import transformers

from squad import MAX_ANSWER, by_the_script, n_best

MAX_LENGTH = 128
ADVANCE = 48
TOP = 5
# Answers have to stay the same when the logits move by this much; a program that differs by less gets the same ones.
STABLE = 3e-4


def overlap(tokenizer, question):
    """What the tokenizer calls stride, for windows that advance by `ADVANCE` tokens of the context."""
    asked = len(tokenizer(question, add_special_tokens=False)["input_ids"])
    return MAX_LENGTH - ADVANCE - asked - tokenizer.num_special_tokens_to_add(pair=True)


def cut(tokenizer, question, context):
    given = tokenizer(
        question, context, truncation="only_second", max_length=MAX_LENGTH, stride=overlap(tokenizer, question),
        return_overflowing_tokens=True, return_offsets_mapping=True, return_token_type_ids=True,
    )
    windows = []
    for number, ids in enumerate(given["input_ids"]):
        places = [place for place, sequence in enumerate(given.sequence_ids(number)) if sequence == 1]
        windows.append({
            "input_ids": ids, "token_type_ids": given["token_type_ids"][number],
            "offsets": [list(pair) for pair in given["offset_mapping"][number]],
            "context": [places[0], places[-1] + 1], "first_context_token": number * ADVANCE,
        })
    for before, after in zip(windows, windows[1:]):
        begin = before["context"][0]
        assert before["offsets"][begin + ADVANCE] == after["offsets"][begin], "windows do not advance as they should"
    return windows


def run(model, windows):
    """Start and end logits, one window at a time."""
    logits = []
    for window in windows:
        types = {"token_type_ids": torch.tensor([window["token_type_ids"]])} if model.config.type_vocab_size > 1 else {}
        with torch.inference_mode():
            output = model(input_ids=torch.tensor([window["input_ids"]]), **types)
        logits.append((output.start_logits[0].tolist(), output.end_logits[0].tolist()))
    return logits


def pipeline_answers(model, tokenizer, question, context):
    ask = transformers.pipeline("question-answering", model=model, tokenizer=tokenizer)
    return ask(
        question=question, context=context, handle_impossible_answer=True, top_k=TOP, max_seq_len=MAX_LENGTH,
        doc_stride=overlap(tokenizer, question), max_answer_len=MAX_ANSWER,
    )


def places(answers):
    return [(one["start"], one["end"]) for one in answers]


def stable(context, windows, logits, answers, pipeline):
    """Whether the same answers come in the same order when every logit moves a little."""
    generator = torch.Generator().manual_seed(0)

    def moved(values):
        return (torch.tensor(values, dtype=torch.float64) + STABLE * (
            2 * torch.rand(len(values), generator=generator, dtype=torch.float64) - 1)).tolist()

    for _ in range(10):
        shifted = [(moved(starts), moved(ends)) for starts, ends in logits]
        if places(n_best(context, windows, shifted)[0]) != places(answers):
            return False
    scores = [one["score"] for one in pipeline]
    return all(after < before * (1 - 4 * STABLE) for before, after in zip(scores, scores[1:]))


def digits(value, count=7):
    return float(f"{value:.{count}g}")


def answer(model, tokenizer, question, context):
    """One pair as `expected.json` has it, its logits in all digits, and whether its answers are `stable`."""
    windows = cut(tokenizer, question, context)
    logits = run(model, windows)
    answers, null_score = n_best(context, windows, logits)
    same_as_the_script(answers, by_the_script(question, context, windows, logits))
    pipeline = pipeline_answers(model, tokenizer, question, context)
    steady = stable(context, windows, logits, answers, pipeline)
    for window, (starts, ends) in zip(windows, logits):
        window |= {"start_logits": [digits(one) for one in starts], "end_logits": [digits(one) for one in ends]}
    for one in answers:
        one |= {key: digits(one[key]) for key in ("start_logit", "end_logit", "probability")}
    return {
        "question": question, "context": context, "overlap": overlap(tokenizer, question),
        "pipeline": [one | {"score": digits(one["score"])} for one in pipeline],
        "n_best": answers, "null_score": digits(null_score), "windows": windows,
    }, logits, steady


def same_as_the_script(ours, theirs):
    assert [one["text"] for one in ours] == [one["text"] for one in theirs]
    for key in ("start_logit", "end_logit", "probability"):
        assert all(abs(a[key] - b[key]) < 1e-9 for a, b in zip(ours, theirs)), key
