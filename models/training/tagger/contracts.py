"""Contracts of CUAD as tokens: where each category's clauses stand, and where their words stand again unmarked."""

import gzip
import json
import zlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

# Who signs, what it is called and when: their words come again on every page, and only the first place is asked for.
FIRST_PLACE_ONLY = {"Agreement Date", "Document Name", "Effective Date", "Parties"}


@dataclass
class Contract:
    """One contract. Spans are (category, first token, last token), both inclusive."""

    title: str
    tokens: list[int]
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    repeats: list[tuple[int, int, int]] = field(default_factory=list)


def read(path: str) -> list[dict]:
    """The entries of a file in CUAD's layout, compressed or not."""
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as file:
        return json.load(file)["data"]


def answers_of(paragraph: dict) -> dict[str, list[tuple[int, str]]]:
    """Per category the answers as (first character, text)."""
    return {
        question["id"].split("__")[-1]: [(answer["answer_start"], answer["text"]) for answer in question["answers"]]
        for question in paragraph["qas"]
    }


def in_tokens(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last token that touch the characters from start up to end; None where none does."""
    first = bisect_right(offsets, start, key=lambda offset: offset[1])
    last = bisect_left(offsets, end, key=lambda offset: offset[0]) - 1
    return (first, last) if last >= first else None


def unmarked_repeats(text: str, marked: list[tuple[int, str]], shortest: int) -> list[tuple[int, int]]:
    """Where a marked text of at least `shortest` characters stands again, word for word, without being marked."""
    taken = [(start, start + len(answer)) for start, answer in marked]
    found = []
    for answer in {answer for _, answer in marked if len(answer) >= shortest}:
        at = text.find(answer)
        while at >= 0:
            end = at + len(answer)
            if all(end <= a or at >= b for a, b in taken):
                found.append((at, end))
            at = text.find(answer, at + 1)
    return found


def load(path: str, tokenizer: Tokenizer, categories: list[str], shortest_repeat: int = 20) -> list[Contract]:
    """All contracts of a file."""
    number = {name: index for index, name in enumerate(categories)}
    entries = [(entry["title"], paragraph) for entry in read(path) for paragraph in entry["paragraphs"]]
    encodings = tokenizer.encode_batch([paragraph["context"] for _, paragraph in entries], add_special_tokens=False)
    contracts = []
    for (title, paragraph), encoding in zip(entries, encodings):
        contract, text, offsets = Contract(title, encoding.ids), paragraph["context"], encoding.offsets
        for category, marked in answers_of(paragraph).items():
            places = [(start, start + len(answer)) for start, answer in marked]
            again = [] if category in FIRST_PLACE_ONLY else unmarked_repeats(text, marked, shortest_repeat)
            for characters, into in ((places, contract.spans), (again, contract.repeats)):
                for start, end in characters:
                    if tokens := in_tokens(offsets, start, end):
                        into.append((number[category], *tokens))
        contracts.append(contract)
    return contracts


def tokenizer_of(folder: Path) -> Tokenizer:
    """A model folder's tokenizer, which cuts nothing off."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclass(frozen=True)
class Part:
    """One of `of` parts of the contracts. All of a company's are in one part: they often repeat each other."""

    number: int
    of: int

    @staticmethod
    def parse(text: str) -> "Part":
        number, _, of = text.partition("/")
        return Part(int(number), int(of))

    def has(self, contract: Contract) -> bool:
        company = contract.title.split("_")[0].encode()
        return zlib.crc32(company) % self.of == self.number
