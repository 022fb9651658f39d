"""Shows a table of findings in the terminal."""

import csv
import shutil
from pathlib import Path

COLUMNS = ["category", "page", "confidence", "text"]


def show(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[row[column] for column in COLUMNS] for row in csv.DictReader(file)]
    for line in lines(rows, shutil.get_terminal_size((120, 24)).columns):
        print(line)


def lines(rows: list[list[str]], width: int) -> list[str]:
    """A heading and one line a finding, its text cut to what is left of `width`."""
    category = max([len(row[0]) for row in rows] + [len(COLUMNS[0])])
    text = max(width - category - len("  Page  Confidence  "), 20)
    shown = []
    headings = [column.capitalize() for column in COLUMNS]
    for name, page, confidence, clause in [headings, *rows]:
        clause = " ".join(clause.split())
        clause = clause if len(clause) <= text else clause[: text - 1] + "…"
        shown.append(f"{name:<{category}}  {page:>4}  {confidence:>10}  {clause}")
    return ["", *shown, "", f"{len(rows)} findings"]
