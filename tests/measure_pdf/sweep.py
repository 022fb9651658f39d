"""Counts what becomes of a folder of difficult PDFs, and compares their words with those that PDFium finds
within the pages' crop boxes.

    cargo build --release -p proviso-pdf --bins --examples
    find FOLDER -name '*.pdf' -print0 | xargs -0 target/release/examples/dump \\
        --worker target/release/proviso-pdf-worker > sweep.jsonl
    venv/bin/python tests/measure_pdf/sweep.py sweep.jsonl
"""

import collections
import json
import re
import sys

import pypdfium2 as pdfium


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def pdfium_text(path):
    try:
        with pdfium.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded(*page.get_cropbox()) for page in document)
    except Exception:
        return None


def main():
    outcomes, warnings, files = collections.Counter(), collections.Counter(), collections.Counter()
    shared = wanted = found = 0
    worst, refused, slowest = [], [], []
    for line in open(sys.argv[1], encoding="utf-8"):
        reading = json.loads(line)
        slowest.append((reading["seconds"], reading["path"]))
        theirs = pdfium_text(reading["path"])
        if "error" in reading:
            outcomes["error: " + reading["error"]] += 1
            if theirs and words(theirs):
                refused.append((reading["error"], reading["path"], sum(words(theirs).values())))
            continue
        outcomes["document with warnings" if reading["warnings"] else "document"] += 1
        for kind in {warning["kind"] for warning in reading["warnings"]}:
            files[kind] += 1
        for warning in reading["warnings"]:
            warnings[warning["kind"]] += 1
        if theirs is None:
            outcomes["(of these not opened by PDFium)"] += 1
            continue
        ours, gold = words(reading["text"]), words(theirs)
        common = sum((ours & gold).values())
        shared, wanted, found = shared + common, wanted + sum(gold.values()), found + sum(ours.values())
        lost = sum(gold.values()) - common
        if lost > 10:
            worst.append((lost, sum(gold.values()), reading["path"], sorted({w["kind"] for w in reading["warnings"]})))
    for name, count in sorted(outcomes.items()):
        print("%5d %s" % (count, name))
    for name, count in sorted(warnings.items()):
        print("%5d warnings in %d files: %s" % (count, files[name], name))
    print("word recall against PDFium %.4f, precision %.4f (%d words)" % (shared / wanted, shared / found, wanted))
    for lost, total, path, kinds in sorted(worst, reverse=True)[:25]:
        print("lost %d of %d in %s %s" % (lost, total, path.rsplit("/", 1)[-1], kinds))
    for error, path, count in sorted(refused):
        print("refused (%s) though PDFium reads %d words: %s" % (error, count, path.rsplit("/", 1)[-1]))
    print("slowest:", [(round(s, 2), p.rsplit("/", 1)[-1]) for s, p in sorted(slowest, reverse=True)[:5]])


main()
