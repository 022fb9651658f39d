"""Holds the findings of many contracts against their documents: is each text where it says, and each mark on it?

    cargo run --release -p proviso-pdf --example dump -- CUAD/pdf/dev/*.pdf > dev.jsonl
    target/release/proviso extract --format json -o found.json CUAD/pdf/dev
    python3 tests/measure_pdf/check_findings.py dev.jsonl found.json

A mark is on its words if the centre of every character that the finding has on its page lies in one of its
rectangles. Exits with 1 if a contract failed or any finding is off. Needs nothing but Python.
"""

import json
import pathlib
import sys


def offsets(text):
    """The byte offset of each character."""
    at = 0
    for character in text:
        yield at
        at += len(character.encode())


def is_marked(box, rects):
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(r[0] - 0.01 <= x <= r[2] + 0.01 and r[1] - 0.01 <= y <= r[3] + 0.01 for r in rects)


def check(document, finding):
    """What is wrong with a finding; nothing where all is well."""
    text = document["text"].encode()[finding["start"] : finding["end"]].decode(errors="replace")
    if text != finding["text"]:
        return f"the document has {text[:60]!r}"
    if not finding["rects"]:
        return "it is not marked"
    page = finding["page"] - 1
    for at, place in zip(document["offsets"], document["boxes"]):
        box = place[2:]
        visible = box[2] > box[0] and box[3] > box[1]
        if finding["start"] <= at < finding["end"] and place[0] == page and visible and not is_marked(box, finding["rects"]):
            return f"the character at byte {at} is not marked"
    return None


def main(dump, found):
    documents = {}
    for line in open(dump, encoding="utf-8"):
        document = json.loads(line)
        if "text" in document:
            document["offsets"] = list(offsets(document["text"]))
            documents[pathlib.Path(document["path"]).name] = document
    failed, findings, wrong = [], 0, 0
    for contract in json.load(open(found, encoding="utf-8"))["documents"]:
        if contract["error"]:
            failed.append(contract["error"])
            continue
        document = documents[pathlib.Path(contract["path"]).name]
        for finding in contract["findings"]:
            findings += 1
            if trouble := check(document, finding):
                wrong += 1
                print(f"{contract['path']}: {finding['category']} {finding['text'][:60]!r}: {trouble}")
    print(f"{findings} findings, {wrong} off; {len(failed)} contracts failed", *failed, sep="\n")
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
