"""A PDF's lines and rows of cells as JSON on standard output.

A program of its own, with its own limits of memory and time: what a PDF inflates to cannot be told beforehand, and a
process that meets a bomb may die of it alone. Imports nothing of nianbao, so that it starts at once.
"""

from __future__ import annotations

import gc
import json
import re
import resource
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

MEMORY, SECONDS = 1_500_000_000, 20
MOST_PAGES, MOST_CHARS, MOST_EDGES = 100, 20_000, 8_000
_PADDING = 10.8  # points; what Word leaves at both sides of a cell's text
_RAISED = 0.75
_LINE = 3.0  # points; no line of a table is thicker
_PAGE_NUMBER = re.compile(r"[-—–·\s]*\d{1,3}[-—–·\s]*\Z")
_DIGITS = re.compile(r"[\d,.，]+\Z")
Char = dict[str, Any]


def main(path: str) -> None:
    """Print `{"pages": [[item, …], …]}` or `{"refused": why}`."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    gc.disable()  # the process is short and bounded; collecting costs a fifth of it
    print(json.dumps(_read(path), ensure_ascii=True))


def _read(path: str) -> dict[str, Any]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > MOST_PAGES:
                return {"refused": "long"}
            pages = []
            for page in document.pages:
                if len(page.chars) > MOST_CHARS or len(page.edges) > MOST_EDGES:
                    return {"refused": "dense"}
                pages.append(list(_items(page)))
                page.close()
    except (PdfminerException, PDFException) as broken:
        inner = broken.args[0] if broken.args else broken
        return {"refused": "locked" if isinstance(inner, PDFPasswordIncorrect) else "broken"}
    except MemoryError:
        return {"refused": "dense"}
    except Exception:  # the parser meets broken files with whatever error comes first
        return {"refused": "broken"}
    return {"pages": pages}


def _items(page: Any) -> Iterator[dict[str, Any]]:
    """Text lines and table rows from top to bottom."""
    chars: list[Char] = [char for char in page.chars if char["upright"] and char["text"]]
    taken: set[int] = set()
    items: list[dict[str, Any]] = []
    for number, table in enumerate(page.find_tables({"explicit_horizontal_lines": _ends(page.edges)}), 1):
        rows = [[cell for cell in row.cells if cell] for row in table.rows]
        near = _within(chars, table.bbox)
        for at, cells in enumerate(rows, 1):
            if len(cells) < 2:
                continue  # a frame around running text, or a line across the table
            found = [_inside(near, cell) for cell in cells]
            taken |= {id(char) for part in found for char in part}
            texts = [_cell(part, cell[2] - cell[0]) for part, cell in zip(found, cells, strict=True)]
            top = min(cell[1] for cell in cells)
            lefts = [round(cell[0]) for cell in cells]
            items.append({"top": top, "cells": texts, "lefts": lefts, "table": number, "row": at})
    rest = [char for char in chars if id(char) not in taken]
    items += _lines(rest, float(page.width), float(page.height))
    yield from sorted(items, key=lambda item: item["top"])


def _ends(edges: list[dict[str, Any]]) -> list[float]:
    """Where the tables of a page begin and end; some printers draw no line where a table runs over the page."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > _LINE]
    if not upright:
        return []
    return [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]


def _within(chars: list[Char], box: tuple[float, ...]) -> list[Char]:
    return [c for c in chars if box[1] - 1 <= (c["top"] + c["bottom"]) / 2 <= box[3] + 1]


def _inside(chars: list[Char], box: tuple[float, ...]) -> list[Char]:
    left, top, right, bottom = box
    return [
        c for c in chars if left <= (c["x0"] + c["x1"]) / 2 < right and top <= (c["top"] + c["bottom"]) / 2 < bottom
    ]


def _rows(chars: list[Char]) -> list[list[Char]]:
    """Characters of one height, from left to right."""
    rows: list[list[Char]] = []
    base = 0.0
    for char in sorted(chars, key=lambda c: (c["bottom"], c["x0"])):
        if rows and char["bottom"] - base <= 0.4 * char["size"]:
            rows[-1].append(char)
        else:
            rows.append([char])
            base = char["bottom"]
    return [sorted(row, key=lambda c: c["x0"]) for row in rows]


def _join(row: list[Char]) -> str:
    """The text of one line; a gap of a character is a space, a wider one parts columns."""
    out = [row[0]["text"]]
    for before, char in pairwise(row):
        gap, size = char["x0"] - before["x1"], max(char["size"], 1)
        out.append("  " if gap > 2 * size else " " if gap > 0.6 * size else "")
        out.append(char["text"])
    return "".join(out)


def _cell(chars: list[Char], width: float) -> str:
    """The text of a cell; a number is joined over a line break only where its line had no room left."""
    if not chars:
        return ""
    size = max(char["size"] for char in chars)
    plain = [char for char in chars if char["size"] >= _RAISED * size]
    raised = "".join(char["text"] for char in chars if char["size"] < _RAISED * size).strip()
    text = ""
    for row in _rows(plain):
        line, length = _join(row).strip(), row[-1]["x1"] - row[0]["x0"]
        if not line:
            continue
        full = length + (row[-1]["x1"] - row[-1]["x0"]) > width - _PADDING
        goes_on = full or line.endswith((",", "，"))
        text += line + ("" if goes_on and _DIGITS.match(line) else "\n")
    return text.strip() + (f"（注{raised}）" if raised else "")


def _lines(chars: list[Char], width: float, height: float) -> Iterator[dict[str, Any]]:
    for row in _rows(chars):
        text = _join(row).strip()
        top, bottom = min(c["top"] for c in row), max(c["bottom"] for c in row)
        if not text or (_PAGE_NUMBER.match(text) and (top < 0.1 * height or bottom > 0.9 * height)):
            continue
        seen = [c for c in row if c["text"].strip()]
        left, right, size = seen[0]["x0"], seen[-1]["x1"], seen[0]["size"]
        yield {"top": top, "text": text, "x0": left, "x1": right, "size": size, "page": width}


if __name__ == "__main__":
    main(sys.argv[1])
