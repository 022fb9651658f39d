"""Makes the small random question-answering models that tests compare with, and what transformers answers with them.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_question_models.py            # writes the folders beside this file
    venv/bin/python make_question_models.py --check    # computes the answers again from what is there; writes nothing

A folder is a Hugging Face folder as a user would have it, and `expected.json`; README.md says what that holds. Both
ways end with a table: how far the f32 logits are from an f64 run of the same model, and where the answer that there is
none stands in the n-best lists.
"""

import argparse
import json
import math
import shutil
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer

from answers import ADVANCE, MAX_LENGTH, answer, cut, run
from contract import PAIRS, QUESTIONS, SENTENCES
from kinds import MODELS
from squad import MAX_ANSWER, N_BEST, SpanWithoutText
from weights import fill, save_weights

HERE = Path(__file__).resolve().parent
SETTINGS = {"max_length": MAX_LENGTH, "advance": ADVANCE, "max_answer_length": MAX_ANSWER, "n_best_size": N_BEST}
# How much the first token's logits are raised in the mean.
LEAN = 4.0


def lean(model, tokenizer):
    """Turns the head a little towards the first token, so that no answer competes with the answers."""
    hidden = []
    model.qa_outputs.register_forward_hook(lambda _, given, __: hidden.append(given[0][0]))
    for question, context in PAIRS[:2]:
        run(model, cut(tokenizer, question, context))
    towards = torch.stack([states[0] - states[1:].mean(0) for states in hidden]).mean(0)
    weight = model.qa_outputs.weight
    weight.data = (weight.data + LEAN * towards / towards.dot(towards)).to(torch.float16).to(torch.float32)


def save_model(folder, seed):
    kind = MODELS[folder.name]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tokenizer = kind.make_tokenizer(SENTENCES + QUESTIONS)
    tokenizer.save_pretrained(folder)
    config = kind.config | {"architectures": [kind.architecture], "vocab_size": len(tokenizer)}
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    model_class = getattr(transformers, kind.architecture)
    model = model_class(model_class.config_class(**config)).eval()
    fill(model, torch.Generator().manual_seed(seed))
    lean(model, tokenizer)
    weights = {name: value.to(torch.float16).contiguous() for name, value in model.state_dict().items()}
    if config["model_type"] == "roberta":
        # Files of older transformers have this buffer too; it is not a weight.
        weights["roberta.embeddings.position_ids"] = torch.arange(config["max_position_embeddings"]).unsqueeze(0)
    save_weights(folder, weights, kind.weights)


def load_model(folder):
    model, report = getattr(transformers, MODELS[folder.name].architecture).from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True,
    )
    assert not report["missing_keys"] and not report["mismatched_keys"], (folder.name, report)
    return model.eval()


def answer_all(folder):
    """The pairs of a folder, whether all are good to compare with, and how far the logits are from an f64 run."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    same_as_the_file(folder, tokenizer)
    model = load_model(folder)
    pairs, all_logits, steady = zip(*(
        answer(model, tokenizer, question, context) for question, context in PAIRS[:MODELS[folder.name].pairs]
    ))
    places_of_none = [null_place(pair) for pair in pairs]
    various = min(places_of_none) == 0 and max(places_of_none) > 0
    precise = load_model(folder).double()
    away = max(
        (torch.tensor(ours, dtype=torch.float64) - torch.tensor(theirs, dtype=torch.float64)).abs().max().item()
        for pair, logits in zip(pairs, all_logits) for both, exact in zip(logits, run(precise, pair["windows"]))
        for ours, theirs in zip(both, exact)
    )
    return list(pairs), all(steady) and various, away


def null_place(pair):
    """At which place of the n-best list the answer that there is none stands."""
    return [one["text"] for one in pair["n_best"]].index("")


def same_as_the_file(folder, tokenizer):
    """transformers changes some tokenizers while it loads them; what is expected holds for the file too."""
    plain = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for question, context in PAIRS:
        ours, theirs = plain.encode(question, context), tokenizer(question, context, return_offsets_mapping=True)
        assert ours.ids == theirs["input_ids"] and ours.offsets == theirs["offset_mapping"], folder.name


def write(path, expected):
    """One line a window, one a list of answers."""
    lines = []
    for pair in expected["pairs"]:
        fields = [f"{json.dumps(key)}:{json.dumps(value)}" for key, value in pair.items() if key != "windows"]
        windows = ",\n".join(json.dumps(window, separators=(",", ":")) for window in pair["windows"])
        lines.append("{" + ",\n".join(fields) + ',\n"windows":[\n' + windows + "]}")
    head = "".join(f"{json.dumps(key)}:{value},\n" for key, value in expected.items() if key != "pairs")
    path.write_text("{" + head + '"pairs":[\n' + ",\n".join(lines) + "]}\n")


def close(ours, theirs):
    """Equal, but for numbers that another machine rounds otherwise."""
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(close(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(close(a, b) for a, b in zip(ours, theirs))
    return math.isclose(ours, theirs, rel_tol=1e-4, abs_tol=1e-4) if isinstance(ours, float) else ours == theirs


def make(folder):
    """The weights of the first seed whose answers are good to compare with."""
    for seed in range(200):
        save_model(folder, seed)
        try:
            pairs, good, away = answer_all(folder)
        except SpanWithoutText:
            continue
        if good:
            return pairs, away
    raise RuntimeError(f"{folder.name}: the answers of all models hang on too little")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    for name in MODELS:
        folder = HERE / name
        if options.check:
            pairs, good, away = answer_all(folder)
            assert good, name
        else:
            pairs, away = make(folder)
        expected = SETTINGS | {"pairs": pairs}
        if options.check:
            assert close(json.loads((folder / "expected.json").read_text()), expected), name
        else:
            write(folder / "expected.json", expected)
        print("%-23s %2d windows | from f64 at most %.1e | no answer at place %s of the n-best lists" % (
            name, sum(len(pair["windows"]) for pair in pairs), away, ", ".join(str(null_place(one)) for one in pairs)))


if __name__ == "__main__":
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    main()
