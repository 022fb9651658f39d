"""Contracts of any number of pages, typeset plainly from the sources of the project's own contracts.

Needs nothing but Python: Courier has one width for all letters and is in every PDF reader.
"""

import functools
import itertools
import pathlib
import re
import textwrap

SOURCES = pathlib.Path(__file__).resolve().parent.parent / "contracts" / "sources"

WIDTH, HEIGHT, MARGIN = 612, 792, 72
SIZE, LEADING = 9.5, 11.5
COLUMNS = int((WIDTH - 2 * MARGIN) / (0.6 * SIZE))
LINES = int((HEIGHT - 2 * MARGIN) / LEADING)


def paragraphs(source):
    """The text of a source without its head and its mark-up."""
    text = source.read_text(encoding="utf-8").split("---", 2)[2]
    text = re.sub(r"\[\[[^:\[\]]*:\s*", "", text).replace("]]", "").replace("**", "")
    for block in re.split(r"\n\s*\n", text):
        block = re.sub(r"^(#+|\^|--?)\s+", "", block.strip())
        if block and not block.startswith("@"):
            yield " ".join(block.split())


def lines_of(source):
    for paragraph in paragraphs(source):
        yield from textwrap.wrap(paragraph, COLUMNS)
        yield ""


@functools.cache
def all_lines():
    return [line for source in sorted(SOURCES.glob("*.md")) for line in lines_of(source)]


def pages(count, first_line, head):
    """The lines of each page: `head`, then all contracts one after the other from a line on, again from the first when they end."""
    known = all_lines()
    contracts = (known[(first_line + index) % len(known)] for index in itertools.count())
    lines = itertools.chain(head, contracts)
    return [list(itertools.islice(lines, LINES)) for _ in range(count)]


def shown(line):
    """A line as a PDF string in the encoding of Western Windows, which has typographic quotes and dashes."""
    return b"(" + re.sub(rb"([()\\])", rb"\\\1", line.encode("cp1252", "replace")) + b")"


def page_content(lines, number, count):
    parts = [b"BT /F1 %.1f Tf %.1f TL %d %d Td" % (SIZE, LEADING, MARGIN, HEIGHT - MARGIN)]
    parts += [shown(line) + b" Tj T*" for line in lines]
    parts += [b"ET BT /F1 8 Tf %d 40 Td %s Tj ET" % (MARGIN, shown(f"Page {number} of {count}"))]
    return b"\n".join(parts)


def contract_pdf(count, first_line=0, head=()):
    """The bytes of a PDF of so many pages, whose text begins with the lines of `head` and goes on at a line of the contracts."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> >>"
        % (count, kids, WIDTH, HEIGHT),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for index, lines in enumerate(pages(count, first_line, head)):
        content = page_content(lines, index + 1, count)
        objects.append(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (5 + 2 * index))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    pdf = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(pdf)
    pdf += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    pdf += b"".join(b"%010d 00000 n \n" % place for place in places)
    pdf += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(pdf)
