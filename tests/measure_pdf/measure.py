"""Measures what proviso-pdf reads from CUAD's PDFs.

    python3 -m venv venv && venv/bin/pip install pypdfium2
    cargo run --release -p proviso-pdf --example dump -- CUAD/pdf/dev/*.pdf > dev.jsonl
    venv/bin/python tests/measure_pdf/measure.py dev.jsonl CUAD/dev.json.gz

Words: recall and precision of the bag of words of each PDF's text against CUAD's text of the same contract, and,
as a yardstick, those of PDFium's text. Boxes: the share of characters other than spaces whose box's centre lies in
PDFium's loose box of the same character, within one point.
"""

import collections
import gzip
import json
import pathlib
import re
import statistics
import sys

import pypdfium2 as pdfium


def words(text):
    return collections.Counter(re.findall(r"[a-z0-9]+", text.lower()))


def recall_precision(ours, theirs):
    shared = sum((ours & theirs).values())
    return shared / max(1, sum(theirs.values())), shared / max(1, sum(ours.values()))


def key(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


def cuad_texts(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)["data"]
    return {key(entry["title"]): "\n".join(p["context"] for p in entry["paragraphs"]) for entry in data}


def match(texts, stem, read_words):
    """CUAD's text of a file; where the names differ, that of a similar name which shares the most words."""
    wanted = key(stem)
    if wanted in texts:
        return texts[wanted]
    near = [text for title, text in texts.items() if title[:12] == wanted[:12]]
    return max(near, key=lambda text: min(recall_precision(read_words, words(text))), default=None)


def pdfium_pages(path):
    pages = []
    with pdfium.PdfDocument(path) as document:
        for page in document:
            text_page = page.get_textpage()
            chars = collections.defaultdict(list)
            for index in range(text_page.count_chars()):
                character = chr(pdfium.raw.FPDFText_GetUnicode(text_page, index))
                if not character.isspace():
                    chars[character].append(text_page.get_charbox(index, loose=True))
            pages.append((text_page.get_text_range(), chars))
    return pages


def boxes_inside(reading, pages, tolerance=1.0):
    inside = total = 0
    missed = []
    for character, (page, _, x0, y0, x1, y1) in zip(reading["text"], reading["boxes"]):
        if character.isspace():
            continue
        total += 1
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        found = any(
            left - tolerance <= x <= right + tolerance and bottom - tolerance <= y <= top + tolerance
            for left, bottom, right, top in pages[page][1].get(character, ())
        )
        inside += found
        if not found:
            missed.append((character, page))
    return inside, total, missed


def main():
    readings = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    texts = cuad_texts(sys.argv[2])
    rows = []
    for reading in readings:
        path = pathlib.Path(reading["path"])
        if "error" in reading:
            print("not read:", path.name, reading["message"])
            continue
        gold = match(texts, path.stem, words(reading["text"]))
        if gold is None:
            print("no text of CUAD's for", path.name)
            continue
        pages = pdfium_pages(path)
        gold_words = words(gold)
        ours = recall_precision(words(reading["text"]), gold_words)
        theirs = recall_precision(words(" ".join(text for text, _ in pages)), gold_words)
        inside, total, missed = boxes_inside(reading, pages)
        rows.append((min(ours), ours, theirs, inside / max(1, total), len(pages), reading["seconds"], path.stem, missed))
    rows.sort(key=lambda row: row[0])
    print("recall precision | PDFium's     | boxes  | pages seconds")
    for _, ours, theirs, share, pages, seconds, stem, missed in rows:
        common = collections.Counter(c for c, _ in missed).most_common(3)
        print("%.4f %.4f | %.4f %.4f | %.4f | %4d %.2f %s %s" % (*ours, *theirs, share, pages, seconds, stem[:60], common))
    for name, column in (
        ("recall", [r[1][0] for r in rows]), ("precision", [r[1][1] for r in rows]),
        ("PDFium's recall", [r[2][0] for r in rows]), ("PDFium's precision", [r[2][1] for r in rows]),
        ("boxes", [r[3] for r in rows]),
    ):
        print("%-20s median %.4f worst %.4f" % (name, statistics.median(column), min(column)))
    pages, seconds = sum(r[4] for r in rows), sum(r[5] for r in rows)
    print("%d contracts, %d pages, %.2f s, %.0f pages/s" % (len(rows), pages, seconds, pages / max(seconds, 1e-9)))


main()
