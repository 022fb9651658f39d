"""A small tokenizer of DeBERTa's kind: Unigram with Metaspace. It knows words of contracts, and characters."""

import string

WORDS = """
the of and to in or a by any this shall be for as that is with on not such other its under from an all are which will
it may party parties Agreement agreement at upon Company Licensee Licensor Distributor Supplier Products Product
Services Software Territory Term term Date date Effective Section Exhibit prior written consent notice days thirty
sixty ninety year years month months period each either if no right rights license grant grants exclusive
non transfer assign assignment change control terminate termination breach material cure insolvent bankruptcy
convenience renewal renew initial successive expire expiration law laws State governed New York Delaware California
court courts dispute arbitration venue jurisdiction liable liability damages loss lost profits indirect special
consequential incidental cap limit limited limitation indemnify indemnity harmless claim claims third against
confidential information disclose secret property intellectual patent trademark copyright Marks source code escrow
warranty warranties warrant represent representations conform specifications defect repair replace remedy sole
insurance coverage insured occurrence audit inspect books records price prices pay payment payments invoice fee fees
royalty royalties revenue profit sharing minimum purchase quantity order orders deliver delivery volume compete
competition competitive solicit hire employee employees customer customers business sell sale offer first refusal
negotiation affiliate affiliates subsidiary successors assigns irrevocable perpetual unlimited joint venture partner
agent waiver severable entire amendment modify signed executed hereof herein hereto hereby thereof without limitation
including provided however except unless until before after during within between same own one two three four five ten
hundred percent amount total at least more than less
"""
SPECIAL = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"]
SPACE = "\u2581"


def vocabulary():
    """Frequent words first, with the better scores; a character alone is a last resort."""
    words = list(dict.fromkeys(WORDS.split()))
    pieces = [[token, 0.0] for token in SPECIAL]
    pieces += [[SPACE + word, round(-3.0 - 0.02 * rank, 2)] for rank, word in enumerate(words)]
    return pieces + [[one, -12.0] for one in SPACE + string.ascii_letters + string.digits + string.punctuation]


def special(number, content):
    return {
        "id": number, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
        "special": True,
    }


def part(kind, name, number):
    return {kind: {"id": name, "type_id": number}}


def tokenizer_json():
    """The content of `tokenizer.json`."""
    pieces = vocabulary()
    known = SPECIAL + ["[MASK]"]
    numbers = [0, 1, 2, 3, len(pieces)]
    first, last = part("SpecialToken", "[CLS]", 0), part("SpecialToken", "[SEP]", 0)
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(number, content) for number, content in zip(numbers, known)],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Strip", "strip_left": True, "strip_right": True},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True},
        ]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [first, part("Sequence", "A", 0), last],
            "pair": [first, part("Sequence", "A", 0), last, part("Sequence", "B", 1), part("SpecialToken", "[SEP]", 1)],
            "special_tokens": {
                token: {"id": token, "ids": [known.index(token)], "tokens": [token]} for token in ("[CLS]", "[SEP]")
            },
        },
        "decoder": {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": pieces, "byte_fallback": False},
    }
