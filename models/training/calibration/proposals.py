"""What a model proposed for each contract and category, compared with the answers as CUAD's evaluation does it."""

import gzip
import json
from dataclasses import dataclass

import numpy as np

# Of these a contract has one as a rule.
ONCE = {"Document Name", "Agreement Date", "Effective Date", "Expiration Date"}
# A passage this long that lies within an answer leads a reader to it.
LEADS = 20


def words(text: str) -> frozenset[str]:
    for mark in ".,;:":
        text = text.replace(mark, "")
    return frozenset(text.lower().replace("/", " ").split(" "))


@dataclass
class Question:
    """Proposals of one category in one contract, best first, and which answers each matches or at least leads to."""

    category: str
    scores: np.ndarray  # [proposals], the model's own
    matches: np.ndarray  # [proposals, answers], by half of the words
    leads: np.ndarray  # [proposals, answers], a match, or one contains the other

    def answers(self) -> int:
        return self.matches.shape[1]

    def is_surest(self) -> np.ndarray:
        """1 for the best proposal of a category of which a contract has one as a rule, else 0."""
        return (np.arange(len(self.scores)) == 0) * float(self.category in ONCE)


def compare(category: str, predictions: list[tuple[str, float]], answers: list[str]) -> Question:
    matches = np.zeros((len(predictions), len(answers)), bool)
    leads = np.zeros_like(matches)
    split = [words(answer) for answer in answers]
    for row, (text, _) in enumerate(predictions):
        own = words(text) if answers else frozenset()
        for column, (answer, other) in enumerate(zip(answers, split)):
            contains = answer in text
            same = len(own & other) / len(own | other) >= 0.5 or (category == "Parties" and contains)
            matches[row, column] = same
            leads[row, column] = same or contains or (len(text) >= LEADS and text in answer)
    return Question(category, np.array([score for _, score in predictions]), matches, leads)


def load(data_path: str, nbest_path: str) -> list[list[Question]]:
    """The questions of every contract that was read."""
    opened = gzip.open(data_path, "rt") if data_path.endswith(".gz") else open(data_path)
    with opened as file:
        data = json.load(file)["data"]
    with open(nbest_path) as file:
        nbest = json.load(file)
    contracts = []
    for entry in data:
        questions = []
        for question in entry["paragraphs"][0]["qas"]:
            if question["id"] not in nbest:
                continue
            best: dict[str, float] = {}
            for prediction in nbest[question["id"]]:
                best[prediction["text"]] = max(best.get(prediction["text"], 0.0), prediction["probability"])
            ranked = sorted(best.items(), key=lambda item: -item[1])
            answers = [answer["text"] for answer in question["answers"]]
            questions.append(compare(question["id"].split("__")[-1], ranked, answers))
        if questions:
            contracts.append(questions)
    return contracts
