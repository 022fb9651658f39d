"""Makes the small tokenizers that the tests of `proviso_encoder::tokenizer_json` read, and what transformers makes of them.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python make_tokenizers.py            # writes the folders and expected.json beside this file
    venv/bin/python make_tokenizers.py --check    # computes expected.json again from the folders; writes nothing

A folder holds what a model had before `tokenizer.json` came up: its vocabulary, `config.json` and `tokenizer_config.json`.
`expected.json` holds one entry for each of `CASES`: the texts' token ids and byte ranges, without special tokens, and the
parts of the `tokenizer.json` that transformers converts the folder to, without its vocabulary and its table of characters.
Vocabularies are not the same each time they are made, so that the folders and `expected.json` belong together.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import sentencepiece
from tokenizers import ByteLevelBPETokenizer, BertWordPieceTokenizer
from transformers import AutoTokenizer

HERE = Path(__file__).resolve().parent
SIZE = 420
PIECES = 160

CORPUS = """
This Agreement is made and entered into as of the Effective Date by and between the Licensor and the Licensee.
The term of this Agreement shall commence on January 1, 2019 and shall continue for a period of five (5) years.
Either party may terminate this Agreement upon thirty (30) days' prior written notice to the other party.
This Agreement shall be governed by and construed in accordance with the laws of the State of New York.
In no event shall either party's aggregate liability exceed $1,250,000.00 or 12.5% of the fees paid hereunder.
Licensee shall not assign, sublicense or transfer any right without the prior written consent of Licensor.
The parties agree that "Confidential Information" means all information, whether written or oral.
Zürich Versicherungs-Gesellschaft und Société Générale, façade, naïve, résumé, über, España, señor.
Section 4.2 (a) Notwithstanding the foregoing; Exhibit A-1: revenue/profit sharing & minimum commitment.
本契約 は 甲 乙 中文 合同 법률
""".strip()

TEXTS = [
    "This Agreement shall commence on January 1, 2019.",
    "",
    " ",
    "  two  blanks   and\ttabs\n\nand lines\r\n at both ends \n",
    "Zürich, Société Générale: façade and e\u0301 A\u030angstro\u0308m, ESPAÑA, İstanbul",
    "本契約は甲と乙、中文合同 and 법률 mixed中文words",
    "nul\x00 bell\x07 soft\u00adhyphen zero\u200bwidth bom\ufeff nbsp\u00a0here thin\u2009space line\u2028end\x85",
    "\u200b\ufeffdeleted first",
    "\u201cConfidential\u201d \u2018Info\u2019 ``quoted'' \"it's\" the parties' \u2014 dash\u2026 \u00a7\u00a7 4.2(a)",
    "$1,250,000.00 or 12.5% ½ ² ① \uff21\uff22\uff23 \ufb01ne \u2460 10\u00b0 \u2103",
    "emoji \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea end",
    "[CLS] a [SEP]b [MASK] c [UNK] [unk] <s> x </s>y <mask> z <pad> <unk> <ent> (c) ▁ word▁s",
    "WHEREAS, the PARTIES (\"Licensor\"); x_y^z|~`#@!?{}[]\\/+=<>*&",
    "supercalifragilisticexpialidocious" * 2,
]

# Folder: config.json. The vocabulary is written by the function of that name.
CONFIGS = {
    "bert": {"model_type": "bert"},
    "mpnet": {"model_type": "mpnet"},
    "roberta": {"model_type": "roberta"},
    "deberta-v2": {"model_type": "deberta-v2"},
    "xlm-roberta": {"model_type": "xlm-roberta"},
}

ENTITY = {"content": "<ent>", "lstrip": False, "normalized": True, "rstrip": True, "single_word": False}

# Name: folder, and files that take the place of its own or come to it.
CASES = {
    "bert": ("bert", {}),
    "bert-cased": ("bert", {"tokenizer_config.json": {"do_lower_case": False, "tokenizer_class": "BertTokenizer"}}),
    "bert-without-chinese": ("bert", {
        "tokenizer_config.json": {"strip_accents": False, "tokenize_chinese_chars": False, "unk_token": "[UNK]"},
    }),
    "bert-added": ("bert", {
        "tokenizer_config.json": {"do_lower_case": True},
        "added_tokens.json": {"<ent>": 420, "(c)": 421},
        "special_tokens_map.json": {"unk_token": "[UNK]", "mask_token": "[MASK]", "additional_special_tokens": ["<ent>"]},
    }),
    "mpnet": ("mpnet", {}),
    "roberta": ("roberta", {}),
    "roberta-prefix": ("roberta", {"tokenizer_config.json": {"add_prefix_space": True}}),
    "roberta-untrimmed": ("roberta", {"tokenizer_config.json": {"trim_offsets": False}}),
    "roberta-map": ("roberta", {
        "tokenizer_config.json": {"add_prefix_space": False},
        "special_tokens_map.json": {
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "cls_token": "<s>",
            "mask_token": {**ENTITY, "content": "<mask>", "lstrip": True},
        },
    }),
    "roberta-decoder": ("roberta", {
        "tokenizer_config.json": {
            "added_tokens_decoder": {
                "4": {**ENTITY, "content": "<mask>", "lstrip": True, "rstrip": False, "special": True},
                "421": {**ENTITY, "special": True},
                "420": {**ENTITY, "content": "(c)", "special": False},
            },
            "additional_special_tokens": ["<ent>"],
            "mask_token": "<mask>",
        },
    }),
    "deberta-v2": ("deberta-v2", {}),
    "deberta-v2-split": ("deberta-v2", {"tokenizer_config.json": {"do_lower_case": True, "split_by_punct": True}}),
    "deberta-v2-decoder": ("deberta-v2", {
        "added_tokens.json": {"[MASK]": 160},
        "special_tokens_map.json": {
            "mask_token": "[MASK]",
            "unk_token": {**ENTITY, "content": "[UNK]", "rstrip": False},
        },
    }),
    "xlm-roberta": ("xlm-roberta", {}),
}


def bert(folder):
    trainer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    lower = CORPUS.lower().replace("ü", "u").replace("é", "e").replace("ç", "c").replace("ñ", "n")
    trainer.train_from_iterator((CORPUS + "\n" + lower).split("\n"), vocab_size=SIZE, min_frequency=1)
    trainer.save_model(str(folder))


def mpnet(folder):
    bert(folder)
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    new = {"[PAD]": "<s>", "[CLS]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}
    (folder / "vocab.txt").write_text("\n".join(new.get(line, line) for line in lines), encoding="utf-8")


def roberta(folder):
    trainer = ByteLevelBPETokenizer()
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer.train_from_iterator(CORPUS.split("\n"), vocab_size=SIZE, min_frequency=1, special_tokens=specials)
    trainer.save_model(str(folder))


# What sentencepiece replaces, in hexadecimal: a table like that of NFKC, but of a few kilobytes.
RULES = {
    "\u00a0": " ", "\u2009": " ", "\t": " ", "\n": " ", "\r": " ", "\u2028": " ", "\x85": " ",
    "\u200b": "", "\ufeff": "", "\x07": "", "\u00ad": "",
    "\u2026": "...", "\ufb01": "fi", "½": "1⁄2", "²": "2", "①": "1", "℃": "°C",
    "e\u0301": "é", "o\u0308": "ö", "A\u030a": "Å",
    **{chr(0xFF21 + at): chr(0x41 + at) for at in range(26)},
}


def sentence_piece(folder, name, **options):
    with tempfile.TemporaryDirectory() as scratch:
        corpus, rules = Path(scratch) / "corpus", Path(scratch) / "rules.tsv"
        corpus.write_text(CORPUS, encoding="utf-8")
        codes = lambda text: " ".join(f"{ord(char):X}" for char in text)
        rules.write_text("".join(f"{codes(old)}\t{codes(new)}\n" for old, new in sorted(RULES.items())))
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus),
            model_prefix=str(Path(scratch) / "model"),
            normalization_rule_tsv=str(rules),
            num_threads=1,
            vocab_size=PIECES,
            **options,
        )
        shutil.copy(Path(scratch) / "model.model", folder / name)


def deberta_v2(folder):
    sentence_piece(
        folder, "spm.model", pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]",
        eos_piece="[SEP]", unk_piece="[UNK]", user_defined_symbols=["(c)"],
    )


def xlm_roberta(folder):
    sentence_piece(folder, "sentencepiece.bpe.model")


def make(name, config):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    globals()[name.replace("-", "_")](folder)
    write(folder / "config.json", config)
    write(folder / "tokenizer_config.json", {"model_max_length": 512})


def write(path, value):
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def expected(folder, files):
    """What transformers makes of a folder with these files."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch) / folder
        shutil.copytree(HERE / folder, scratch)
        for name, content in files.items():
            write(scratch / name, content)
        tokenizer = AutoTokenizer.from_pretrained(scratch, use_fast=True)
        assert tokenizer.is_fast
    parts = json.loads(tokenizer.backend_tokenizer.to_str())
    del parts["model"], parts["version"]
    for normalizer in (parts["normalizer"] or {}).get("normalizers", []):
        normalizer.pop("precompiled_charsmap", None)
    encoded = []
    for text in TEXTS:
        found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        ranges = [[len(text[:at].encode()) for at in pair] for pair in found["offset_mapping"]]
        encoded.append({"text": text, "ids": found["input_ids"], "ranges": ranges})
    files = {name: json.dumps(content) for name, content in files.items()}
    return {"folder": folder, "files": files, "parts": parts, "encoded": encoded}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare with what is there")
    check = parser.parse_args().check
    if not check:
        for name, config in CONFIGS.items():
            make(name, config)
    found = {name: expected(*case) for name, case in CASES.items()}
    path = HERE / "expected.json"
    if check:
        assert json.loads(path.read_text(encoding="utf-8")) == found, "transformers makes something else of the folders"
        return
    lines = [f"{json.dumps(name)}: {json.dumps(case, ensure_ascii=False, separators=(',', ':'))}" for name, case in found.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
