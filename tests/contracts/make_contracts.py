#!/usr/bin/env python3
"""Typesets the fictional contracts of `sources/` as PDFs and lists the clauses they contain.

    python make_contracts.py            write the PDFs and `expected/*.json`
    python make_contracts.py --check    make everything again in memory, compare it with the files here,
                                        and look for every expected clause in what `pdftotext` reads

The same sources give the same bytes with the packages of `requirements.txt`. README.md describes the mark-up.
"""

import argparse
import hashlib
import io
import json
import re
import secrets
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import font_caladea
import pyphen
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
LETTER = (612.0, 792.0)
CROP_OFFSET = (40.0, 52.0)  # lower left corner of the CropBox in its larger MediaBox
CROP_MEDIA = (700.0, 890.0)
SCAN_DPI = 120
MARGIN = 72.0
CATEGORIES = {
    "Document Name", "Parties", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term",
    "Notice Period to Terminate Renewal", "Governing Law", "Most Favored Nation", "Non-Compete", "Exclusivity",
    "No-Solicit of Customers", "Competitive Restriction Exception", "No-Solicit of Employees", "Non-Disparagement",
    "Termination for Convenience", "Rofr/Rofo/Rofn", "Change of Control", "Anti-Assignment",
    "Revenue/Profit Sharing", "Price Restrictions", "Minimum Commitment", "Volume Restriction",
    "IP Ownership Assignment", "Joint IP Ownership", "License Grant", "Non-Transferable License",
    "Affiliate License-Licensee", "Affiliate License-Licensor", "Unlimited/All-You-Can-Eat-License",
    "Irrevocable or Perpetual License", "Source Code Escrow", "Post-Termination Services", "Audit Rights",
    "Uncapped Liability", "Cap on Liability", "Liquidated Damages", "Warranty Duration", "Insurance",
    "Covenant Not to Sue", "Third Party Beneficiary",
}  # fmt: skip

FACES = {  # regular, bold, italic
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "courier": ("Courier", "Courier-Bold", "Courier-Oblique"),
    "caladea": ("Caladea", "Caladea-Bold", "Caladea-Italic"),
}
LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}
HYPHENS = pyphen.Pyphen(lang="en_US", left=3, right=3)


# --- reading a source --------------------------------------------------------------------------------------------


@dataclass
class Clause:
    categories: list
    text: str = ""
    page: int = 0
    last_page: int = 0


@dataclass
class Piece:
    text: str
    face: int


@dataclass
class Word:
    pieces: list
    clauses: tuple


@dataclass
class Block:
    kind: str
    words: list = field(default_factory=list)
    level: int = 0
    arguments: list = field(default_factory=list)
    rows: list = field(default_factory=list)


@dataclass
class Source:
    options: dict
    blocks: list
    clauses: list


def curl(text):
    """Typographic quotes and dashes for straight ones."""
    text = re.sub(r'(^|[\s(\[\u2014])"', "\\1\u201c", text).replace('"', "\u201d")
    text = re.sub(r"(^|[\s(\[])'", "\\1\u2018", text).replace("'", "\u2019")
    return text.replace(" - ", " \u2014 ")


class Inline:
    """Takes apart `**bold**`, `*italic*` and `[[Category|Category: text]]` within one block."""

    TOKEN = re.compile(r"\[\[([A-Z][^:\[\]]*):\s*|\]\]|\*\*|(?<![\w*])\*(?=\w)|(?<=[\w.,])\*(?!\*)")

    def __init__(self, curly, clauses):
        self.curly, self.clauses = curly, clauses

    def words(self, text, face=0):
        text = " ".join(text.split())
        characters, faces, owners = [], [], []
        bold = italic = False
        open_clauses = []
        position = 0

        def take(plain):
            for character in plain:
                characters.append(character)
                faces.append(1 if bold else 2 if italic else face)
                owners.append(tuple(open_clauses))

        for token in self.TOKEN.finditer(text):
            take(text[position : token.start()])
            position = token.end()
            if token.group(1):
                categories = token.group(1).split("|")
                unknown = set(categories) - CATEGORIES
                if unknown:
                    raise ValueError(f"not a category: {unknown}")
                self.clauses.append(Clause(categories))
                open_clauses.append(len(self.clauses) - 1)
            elif token.group(0) == "]]":
                open_clauses.pop()
            elif token.group(0) == "**":
                bold = not bold
            else:
                italic = not italic
        take(text[position:])
        if open_clauses or bold or italic:
            raise ValueError(f"mark-up left open: {text[:80]}")

        plain = "".join(characters)
        if self.curly:
            curled = curl(plain)
            if len(curled) != len(plain):
                raise ValueError(f"quotes changed the length: {plain[:80]}")
            plain = curled
        for index in {index for owner in owners for index in owner}:
            clause = "".join(c for c, owner in zip(plain, owners, strict=True) if index in owner)
            self.clauses[index].text = " ".join(clause.split())

        words = []
        for match in re.finditer(r"\S+", plain):
            pieces, touched = [], []
            for at in range(*match.span()):
                if pieces and pieces[-1].face == faces[at]:
                    pieces[-1].text += plain[at]
                else:
                    pieces.append(Piece(plain[at], faces[at]))
                touched.extend(index for index in owners[at] if index not in touched)
            words.append(Word(pieces, tuple(touched)))
        return words


def read_source(path):
    head, body = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
    options = dict(re.match(r"(\w+): ?(.*)", line).groups() for line in head.splitlines())
    clauses, blocks = [], []
    inline = Inline(options["quotes"] == "curly", clauses)
    for chunk in re.split(r"\n\s*\n", body.strip()):
        mark, _, rest = chunk.partition(" ")
        if chunk.startswith("@"):
            lines = chunk.splitlines()
            name, *arguments = lines[0].split()
            rows = [
                [cell.strip() for cell in re.split(r"\|\|" if name == "@sign" else r"\|", line)] for line in lines[1:]
            ]
            heading = [name == "@table" and number == 0 for number in range(len(rows))]
            rows = [
                [inline.words(cell, face=1 if bold else 0) for cell in row]
                for row, bold in zip(rows, heading, strict=True)
            ]
            blocks.append(Block(name[1:], arguments=arguments, rows=rows))
        elif mark == "#":
            blocks.append(Block("title", inline.words(rest, face=1)))
        elif mark == "##":
            blocks.append(Block("heading", inline.words(rest, face=1)))
        elif mark == "^":
            blocks.append(Block("centred", inline.words(rest)))
        elif mark in ("-", "--"):
            blocks.append(Block("paragraph", inline.words(rest), level=len(mark)))
        else:
            blocks.append(Block("paragraph", inline.words(chunk)))
    return Source(options, blocks, clauses)


# --- breaking lines and pages ------------------------------------------------------------------------------------


@dataclass
class Line:
    words: list
    x: float
    y: float
    gap: float
    size: float


@dataclass
class Page:
    kind: str = "normal"
    lines: list = field(default_factory=list)
    rules: list = field(default_factory=list)

    @property
    def size(self):
        return LETTER[::-1] if self.kind == "rotated" else LETTER


class Layout:
    """Places the blocks of a source on pages. Positions are in points from the lower left of the page as it is read."""

    def __init__(self, source, contents):
        options = source.options
        self.source, self.contents = source, contents
        self.faces = FACES[options["font"]]
        self.size, self.leading = float(options["size"]), float(options["leading"])
        self.justify = options.get("justify") != "no"
        self.hyphenate = options.get("hyphenate") == "yes"
        self.ligatures = LIGATURES if "ligatures" in options else {}
        self.pages, self.headings, self.signed_on = [Page()], [], 0
        self.columns, self.column, self.top = 1, 0, self.page.size[1] - MARGIN - 16
        self.y = self.top
        self.fresh = True
        for number, block in enumerate(source.blocks):
            following = source.blocks[number + 1].kind if number + 1 < len(source.blocks) else None
            getattr(self, f"do_{block.kind}")(block, following)

    @property
    def page(self):
        return self.pages[-1]

    @property
    def bottom(self):
        return MARGIN - 2

    def frame(self):
        width = self.page.size[0] - 2 * MARGIN
        if self.columns == 1:
            return MARGIN, width
        margin, gutter = 54.0, 22.0
        width = (self.page.size[0] - 2 * margin - gutter) / 2
        return margin + self.column * (width + gutter), width

    def advance(self, kind=None):
        """Goes to the next column or page."""
        if kind is None and self.columns == 2 and self.column == 0:
            self.column = 1
        else:
            self.pages.append(Page(kind or "normal"))
            self.column, self.top = 0, self.page.size[1] - MARGIN - 16
        self.y, self.fresh = self.top, True

    def need(self, height):
        if self.y - height < self.bottom:
            self.advance()

    def set(self, text):
        for plain, ligature in self.ligatures.items():
            text = text.replace(plain, ligature)
        return text

    def width(self, word, size=None):
        return sum(pdfmetrics.stringWidth(self.set(p.text), self.faces[p.face], size or self.size) for p in word.pieces)

    def space(self, size=None):
        return pdfmetrics.stringWidth(" ", self.faces[0], size or self.size)

    def hyphenated(self, word, room):
        """The longest head of `word` that fits with its hyphen, and the tail; None where it cannot be divided."""
        text = word.pieces[0].text
        if not self.hyphenate or len(word.pieces) != 1 or not re.fullmatch(r"[a-z]{6,}[.,;:)]?", text):
            return None
        for at in reversed(HYPHENS.positions(text.rstrip(".,;:)"))):
            head = Word([Piece(text[:at] + "-", word.pieces[0].face)], word.clauses)
            if self.width(head) <= room:
                return head, Word([Piece(text[at:], word.pieces[0].face)], word.clauses)
        return None

    def broken(self, words, width, size=None, first=0.0):
        """Lists of words that fit into `width`, greedily."""
        lines, line, used = [], [], first
        words = list(words)
        while words:
            word = words.pop(0)
            needed = self.width(word, size) + (self.space(size) if line else 0)
            if line and used + needed > width + 0.01:
                parts = self.hyphenated(word, width - used - self.space(size)) if words else None
                if parts:
                    line.append(parts[0])
                    words.insert(0, parts[1])
                else:
                    words.insert(0, word)
                lines.append(line)
                line, used = [], 0.0
                continue
            line.append(word)
            used += needed
        return lines + [line] if line else lines

    def put(self, words, x, width, align, size=None, last=True):
        """Draws one line with its baseline at `self.y` and notes the clauses it belongs to."""
        size = size or self.size
        natural = sum(self.width(word, size) for word in words)
        gap = self.space(size)
        slack = width - natural - gap * (len(words) - 1)
        if align == "centre":
            x += slack / 2
        elif align == "right":
            x += slack
        elif align == "justify" and not last and len(words) > 1:
            gap += slack / (len(words) - 1)
        self.page.lines.append(Line(words, x, self.y, gap, size))
        for word in words:
            for index in word.clauses:
                clause = self.source.clauses[index]
                clause.page = clause.page or len(self.pages)
                clause.last_page = len(self.pages)

    def run(self, words, indent=0.0, align="justify", size=None, leading=None):
        leading = leading or self.leading
        x, width = self.frame()
        lines = self.broken(words, width - indent, size)
        for number, line in enumerate(lines):
            left = len(lines) - number
            # Neither the first line of a paragraph alone at the foot of a page nor its last alone at the head.
            self.need(leading * (2 if (number == 0 and left > 1) or left == 2 else 1))
            x, width = self.frame()
            self.y -= leading
            self.put(line, x + indent, width - indent, align, size, last=left == 1)
            self.fresh = False

    def skip(self, amount):
        if not self.fresh:
            self.y -= amount

    # One method for each kind of block.

    def do_title(self, block, _):
        self.skip(self.leading)
        self.run(block.words, align="centre", size=self.size * 1.4, leading=self.leading * 1.5)
        self.y -= self.leading * 0.4

    def do_heading(self, block, _):
        self.skip(self.leading * 0.75)
        self.need(self.leading * 4)
        text = " ".join("".join(piece.text for piece in word.pieces) for word in block.words)
        align = "centre" if text.startswith("ARTICLE") else "left"
        self.run(block.words, align=align)
        self.headings.append((block.words, len(self.pages)))
        self.y -= self.leading * 0.1

    def do_centred(self, block, following):
        self.skip(self.leading * 0.5)
        self.need(self.leading * (6 if following in ("paragraph", "centred", "table") else 1))
        self.run(block.words, align="centre")

    def do_paragraph(self, block, _):
        self.skip(self.leading * 0.5)
        self.run(block.words, indent=26.0 * block.level, align="justify" if self.justify else "left")

    def do_sign(self, block, _):
        self.need(self.leading * (len(block.rows) + 2))
        self.signed_on = len(self.pages)
        self.y -= self.leading
        for row in block.rows:
            self.y -= self.leading * (1.0 if any(row) else 1.4)
            x, width = self.frame()
            for number, cell in enumerate(row):
                if cell:
                    self.put(cell, x + number * width * 0.49, width * 0.51, "left")
        self.fresh = False

    def do_table(self, block, _):
        shares = [float(argument.rstrip("lrc")) for argument in block.arguments]
        aligns = [{"r": "right", "c": "centre"}.get(argument[-1], "left") for argument in block.arguments]
        size, leading = self.size * 0.9, self.leading * 0.88
        x, width = self.frame()
        self.skip(self.leading * 0.6)

        def rule(weight):
            self.page.rules.append((x, self.y, x + width, self.y, weight))

        def draw(row):
            cells = [self.broken(cell, share * width - 8, size) for cell, share in zip(row, shares, strict=True)]
            height = max(map(len, cells)) * leading
            top, left = self.y - 2, x
            for cell, share, align in zip(cells, shares, aligns, strict=True):
                self.y = top
                for line in cell:
                    self.y -= leading
                    self.put(line, left + 4, share * width - 8, align, size)
                left += share * width
            self.y = top - height - 4.5
            rule(0.4)

        head, *rows = block.rows
        self.need(leading * 4)
        for number, row in enumerate([head, *rows]):
            lines = max(
                len(self.broken(cell, share * width - 8, size)) for cell, share in zip(row, shares, strict=True)
            )
            if self.y - lines * leading - 8 < self.bottom:
                self.advance(self.page.kind)
                number = 0 if number == 0 else -1
            if number <= 0:
                rule(1.0)
                draw(head)
            if number != 0:
                draw(row)
        self.y -= leading * 0.4
        self.fresh = False

    def do_toc(self, *_):
        for words, page in self.contents:
            self.need(self.leading)
            self.y -= self.leading
            x, width = self.frame()
            plain = [Word([Piece(piece.text, 0) for piece in word.pieces], ()) for word in words]
            number = Word([Piece(str(page), 0)], ())
            room = width - sum(map(self.width, plain)) - self.space() * len(plain) - self.width(number)
            dots = Word([Piece("." * int((room - 8) / self.width(Word([Piece(".", 0)], ()))), 0)], ())
            self.put([*plain, dots], x, width, "left")
            self.put([number], x, width, "right")
        self.fresh = False

    def do_columns(self, *_):
        self.y -= self.leading * 0.4
        self.page.rules.append((54.0, self.y, self.page.size[0] - 54.0, self.y, 0.6))
        self.y -= self.leading * 0.4
        self.columns, self.top, self.fresh = 2, self.y, True

    def do_keep(self, block, _):
        self.need(float(block.arguments[0]))

    def do_space(self, block, _):
        self.y -= float(block.arguments[0])
        self.fresh = False

    def do_page(self, block, _):
        self.advance(block.arguments[0] if block.arguments else "normal")


# --- drawing -----------------------------------------------------------------------------------------------------


def register_fonts():
    for name, key in zip(FACES["caladea"], ("Caladea", "CaladeaBold", "CaladeaItalic"), strict=True):
        pdfmetrics.registerFont(ttfonts.TTFont(name, font_caladea.font_files[key]))


def expanded_to_unicode(original):
    """ToUnicode maps that give a ligature as its two letters, as Word writes them."""

    def make(name, subset):
        cmap = original(name, subset)
        for plain, ligature in LIGATURES.items():
            letters = "".join(f"{ord(letter):04X}" for letter in plain)
            cmap = cmap.replace(f"<{ord(ligature):04X}>", f"<{letters}>")
        return cmap

    return make


def draw_line(canvas, layout, line):
    text = canvas.beginText(line.x, line.y)
    space = pdfmetrics.stringWidth(" ", layout.faces[0], line.size)
    text.setWordSpace(round(line.gap - space, 4))  # always, since it outlives the text object
    for number, word in enumerate(line.words):
        for at, piece in enumerate(word.pieces):
            text.setFont(layout.faces[piece.face], line.size)
            last = number + 1 == len(line.words)
            # A space of the regular face, so that every gap of a line has one width.
            ends = at + 1 == len(word.pieces) and not last
            if ends and piece.face == 0:
                text.textOut(layout.set(piece.text) + " ")
            else:
                text.textOut(layout.set(piece.text))
                if ends:
                    text.setFont(layout.faces[0], line.size)
                    text.textOut(" ")
    canvas.drawText(text)


def draw_body(canvas, layout, page):
    for x1, y1, x2, y2, weight in page.rules:
        canvas.setLineWidth(weight)
        canvas.line(x1, y1, x2, y2)
    for line in page.lines:
        draw_line(canvas, layout, line)


def furniture(layout, page, number, total):
    """Running header and footer: (text, x, y, align)."""
    options, (width, height) = layout.source.options, page.size
    inset = 54.0 if "columns" in options else MARGIN
    left, _, right = (
        options["header"].partition(" | ") if " | " in options["header"] else ("", "", options["header"].lstrip("| "))
    )
    return [
        (left, inset, height - 48, "left"),
        (right, width - inset, height - 48, "right"),
        (options["footer"], inset, 40, "left"),
        (f"Page {number} of {total}", width - inset, 40, "right"),
    ], (inset, width - inset)


def draw_furniture(canvas, layout, page, number, total):
    texts, (left, right) = furniture(layout, page, number, total)
    canvas.setLineWidth(0.4)
    canvas.line(left, page.size[1] - 54, right, page.size[1] - 54)
    canvas.setFont(layout.faces[2], 8.5)
    for text, x, y, align in texts:
        if not text:
            continue
        if align == "left" and y == 40 and "stamp" in layout.source.options:
            canvas.saveState()
            canvas.translate(x, y)
            canvas.doForm("footer-block")  # says what the footer says, from a form of its own
            canvas.restoreState()
        elif align == "left":
            canvas.drawString(x, y, layout.set(text))
        else:
            canvas.drawRightString(x, y, layout.set(text))


def define_forms(canvas, layout):
    """The footer and the stamp as form XObjects whose /Matrix scales and turns what their streams draw."""
    canvas.beginForm("footer-block", 0, -10, 800, 30)
    canvas.setFont("Times-Italic", 17)
    canvas.drawString(0, 0, layout.source.options["footer"])
    canvas.endForm(Matrix=pdfdoc.PDFArray([0.5, 0, 0, 0.5, 0, 0]))

    first, second = layout.source.options["stamp"].split(" | ")
    canvas.beginForm("stamp", 0, 0, 240, 80)
    canvas.setStrokeColorRGB(0.55, 0.1, 0.1)
    canvas.setFillColorRGB(0.55, 0.1, 0.1)
    canvas.setLineWidth(2)
    canvas.rect(4, 4, 232, 72)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawCentredString(120, 44, first)
    canvas.setFont("Helvetica", 13)
    canvas.drawCentredString(120, 18, second)
    canvas.endForm(Matrix=pdfdoc.PDFArray([0.59, 0.08, -0.08, 0.59, 0, 0]))


def scanned(layout, page, number, total):
    """The page as a flatbed scanner would give it: grey, a little soft and not quite straight. JPEG bytes."""
    scale = 3 * SCAN_DPI / 72  # drawn finer than it is scanned, so that letters stand where they should
    width, height = (round(side * scale) for side in page.size)
    image = Image.new("L", (width, height), 250)
    pen = ImageDraw.Draw(image)
    files = [font_caladea.font_files[key] for key in ("Caladea", "CaladeaBold", "CaladeaItalic")]

    def font(face, size):
        return ImageFont.truetype(files[face], round(size * scale), layout_engine=ImageFont.Layout.BASIC)

    for x1, y1, x2, y2, _ in page.rules:
        pen.line([x1 * scale, height - y1 * scale, x2 * scale, height - y2 * scale], fill=60)
    for line in page.lines:
        x = line.x
        for word in line.words:
            at = x
            for piece in word.pieces:
                pen.text(
                    (at * scale, height - line.y * scale), piece.text, 45, font(piece.face, line.size), anchor="ls"
                )
                at += pdfmetrics.stringWidth(layout.set(piece.text), layout.faces[piece.face], line.size)
            x = at + line.gap
    texts, _ = furniture(layout, page, number, total)
    for text, x, y, align in texts:
        anchor = "ls" if align == "left" else "rs"
        pen.text((x * scale, height - y * scale), text, 60, font(2, 8.5), anchor=anchor)
    for x, y, radius in ((0.031, 0.12, 18), (0.034, 0.49, 18), (0.030, 0.86, 18)):  # punched holes
        pen.ellipse([x * width - radius, y * height - radius, x * width + radius, y * height + radius], fill=95)
    image = image.rotate(-0.5, resample=Image.Resampling.BICUBIC, fillcolor=238)
    image = image.resize((width // 3, height // 3), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.4))
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=24, optimize=True)
    return jpeg.getvalue()


def typeset(source):
    """The PDF's bytes and the number of pages; notes in the source's clauses where they stand."""
    headings = None
    for _ in range(2):  # the second pass knows the page of each heading
        for clause in source.clauses:
            clause.page = clause.last_page = 0
        layout = Layout(source, headings or [(block.words, 1) for block in source.blocks if block.kind == "heading"])
        headings = layout.headings
    total = len(layout.pages)

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER, invariant=1, pageCompression=1)
    name = next(clause.text for clause in source.clauses if "Document Name" in clause.categories)
    canvas.setTitle(name.title())
    canvas.setAuthor("Proviso test contracts")
    canvas.setSubject("A fictional contract; every name in it is invented")
    if "stamp" in source.options:
        define_forms(canvas, layout)
    for number, page in enumerate(layout.pages, 1):
        # The canvas turns the size of a page that it is told to rotate, and the MediaBox is to stand upright.
        canvas.setPageSize({"cropped": CROP_MEDIA, "rotated": LETTER[::-1]}.get(page.kind, LETTER))
        x, y = CROP_OFFSET
        canvas.setCropBox((x, y, x + LETTER[0], y + LETTER[1]) if page.kind == "cropped" else None)
        canvas.setPageRotation(90 if page.kind == "rotated" else 0)
        canvas.saveState()
        if page.kind == "rotated":
            canvas.transform(0, 1, -1, 0, LETTER[0], 0)
        elif page.kind == "cropped":
            canvas.setFont("Helvetica", 7)
            canvas.drawString(x, 20, "PLATE 22-0417 C / PROOF 3 / TRIM TO MARKS")
            canvas.translate(x, y)
            for x in (0, LETTER[0]):
                canvas.line(x, -30, x, -6)
                canvas.line(x, LETTER[1] + 6, x, LETTER[1] + 30)
        if page.kind == "scan":
            jpeg = scanned(layout, page, number, total)
            canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, *LETTER)
        else:
            draw_furniture(canvas, layout, page, number, total)
            draw_body(canvas, layout, page)
            if "stamp" in source.options and number in (1, layout.signed_on):
                canvas.saveState()
                canvas.translate(page.size[0] - 232, page.size[1] - 140 if number == 1 else 90)
                canvas.doForm("stamp")
                canvas.restoreState()
        canvas.restoreState()
        canvas.showPage()
    to_unicode = ttfonts.makeToUnicodeCMap
    if source.options.get("ligatures") == "expanded":
        to_unicode = expanded_to_unicode(to_unicode)
    with mock.patch.object(ttfonts, "makeToUnicodeCMap", to_unicode):
        canvas.save()
    pdf = buffer.getvalue()
    return encrypted(pdf, source.options["password"]) if "password" in source.options else pdf, layout


def encrypted(pdf, password):
    """The same document under AES-256, with salts and initial vectors drawn from a counter and not from chance."""
    counter = iter(range(1 << 30))

    def token_bytes(size):
        return hashlib.sha512(f"proviso {next(counter)}".encode()).digest()[:size]

    with mock.patch.object(secrets, "token_bytes", token_bytes):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
        identifier = ByteStringObject(hashlib.md5(pdf).digest())
        writer._ID = ArrayObject([identifier, identifier])
        writer.encrypt(user_password=password, owner_password=f"{password}-owner", algorithm="AES-256")
        buffer = io.BytesIO()
        writer.write(buffer)
    return buffer.getvalue()


# --- what is written ---------------------------------------------------------------------------------------------


def expected(source, layout):
    """The clauses that a reader of the text layer can find, and apart from them those that only a scan shows."""
    scans = [number for number, page in enumerate(layout.pages, 1) if page.kind == "scan"]
    found = {False: [], True: []}
    for clause in source.clauses:
        for category in clause.categories:
            entry = {"category": category, "text": clause.text, "page": clause.page}
            found[clause.page in scans].append(entry)
    answer = {"file": source.options["file"], "pages": len(layout.pages)}
    if "password" in source.options:
        answer["password"] = source.options["password"]
    answer["clauses"] = found[False]
    if scans:
        answer["pages_without_text"] = scans
        answer["clauses_without_text"] = found[True]
    return answer


def with_wrong_xref(pdf):
    """The file with a `startxref` that points into the middle of a stream; its objects and its trailer are whole."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n12345", pdf)


def make_all():
    """Every file by its path under this folder, and what was laid out."""
    rl_config.useA85 = 0  # binary streams, as most programs write them
    files, made = {}, []
    for path in sorted((HERE / "sources").glob("*.md")):
        source = read_source(path)
        # Fonts remember which characters they were asked for, so each contract starts with fresh ones.
        register_fonts()
        pdf, layout = typeset(source)
        answer = expected(source, layout)
        made.append((source, layout, answer))
        name = source.options["file"]
        files[name] = pdf
        files[f"expected/{Path(name).stem}.json"] = (json.dumps(answer, indent=1, ensure_ascii=False) + "\n").encode()
    whole = files["sample-licence-and-distribution.pdf"]
    files["truncated.pdf"] = whole[: len(whole) * 6 // 10]
    files["wrong-xref.pdf"] = with_wrong_xref(whole)
    files["not-a-pdf.pdf"] = (
        b"This file is named like a PDF and is not one.\n"
        b"It was written by hand so that a reader can be seen to say so.\n"
    )
    return files, made


# --- checking ----------------------------------------------------------------------------------------------------


def comparable(text):
    """Text without what a line break, a hyphen or a ligature may change."""
    return re.sub(r"[\s\-\u2010\u00ad]+", "", unicodedata.normalize("NFKC", text))


def page_texts(pdf, password, total):
    """What `pdftotext` reads on each page, without the running header and footer."""
    # -raw: in the order of the content stream, since pdftotext's own order mixes columns here and there.
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-upw", password, "-", "-"]
    text = subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    pages = text.split("\f")[:-1]
    if len(pages) != total:
        raise SystemExit(f"pdftotext counts {len(pages)} pages, not {total}")
    return pages


def without_furniture(text, layout, number):
    texts, _ = furniture(layout, layout.pages[number - 1], number, len(layout.pages))
    marks = [comparable(entry[0]) for entry in texts]
    marks += [marks[0] + marks[1], marks[2] + marks[3]]
    return "\n".join(line for line in text.splitlines() if comparable(line) not in marks)


def check(files, made):
    problems = []
    for name, data in files.items():
        path = HERE / name
        if not path.exists() or path.read_bytes() != data:
            problems.append(f"{name} is not what its source gives; run make_contracts.py")
    for source, layout, answer in made:
        name = answer["file"]
        pages = page_texts(files[name], answer.get("password", ""), answer["pages"])
        pages = [comparable(without_furniture(text, layout, number)) for number, text in enumerate(pages, 1)]
        for entry in answer["clauses"]:
            clause = next(c for c in source.clauses if c.text == entry["text"] and c.page == entry["page"])
            span = "".join(pages[clause.page - 1 : clause.last_page])
            if comparable(entry["text"]) not in span:
                problems.append(
                    f"{name}, page {entry['page']}: {entry['category']} is not in its text layer: {entry['text'][:60]}"
                )
        for number in answer.get("pages_without_text", []):
            if pages[number - 1]:
                problems.append(f"{name}: page {number} should have no text layer")
        crossing = sum(clause.last_page > clause.page for clause in source.clauses)
        kinds = len({entry["category"] for entry in answer["clauses"]})
        print(
            f"{name}: {answer['pages']} pages, {len(files[name]) // 1024} KB, "
            f"{len(answer['clauses'])} clauses of {kinds} categories, {crossing} across a page break"
        )
        if name.startswith("sample") and not crossing:
            problems.append(f"{name}: no clause crosses a page break")
    if sum(map(len, files.values())) > 1_500_000:
        problems.append("the files are larger than 1.5 MB together")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, compare and search")
    arguments = parser.parse_args()
    files, made = make_all()
    if not arguments.check:
        (HERE / "expected").mkdir(exist_ok=True)
        for name, data in files.items():
            (HERE / name).write_bytes(data)
    problems = check(files, made)
    print("\n".join(problems) or "all as expected")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
