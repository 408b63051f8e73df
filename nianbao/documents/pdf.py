"""The report as PDF, set by typst with the project's own fonts.

Needs nothing of the machine; the same report gives the same bytes. The text reaches the template as
JSON and is never read as markup.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from threading import Lock

import typst

from nianbao.documents.content import Content, Line, Part, content
from nianbao.report import Report

_LOCK = Lock()


def render_pdf(report: Report) -> bytes:
    """The document's bytes. A character that the fonts lack is printed as 〔U+XXXX〕."""
    data = json.dumps(_data(content(report)), ensure_ascii=False)
    with _LOCK:
        result = _compiler().compile(format="pdf", sys_inputs={"data": data})
    assert isinstance(result, bytes)
    return result


def missing_characters(report: Report) -> list[tuple[str, str]]:
    """Each character the fonts lack, once for every place it stands in."""
    covered = coverage()
    found = ((c, where) for where, text in content(report).places() for c in text if ord(c) not in covered)
    return list(dict.fromkeys(found))


@cache
def coverage() -> frozenset[int]:
    """The code points that all of the project's fonts contain."""
    lines = (files("data.fonts") / "coverage.txt").read_text(encoding="ascii").split()
    ends = ([int(end, 16) for end in line.split("-")] for line in lines)
    return frozenset(point for first, *rest in ends for point in range(first, (rest or [first])[0] + 1))


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        input=str(files("data.templates") / "report.typ"),
        font_paths=[str(files("data.fonts"))],
        ignore_system_fonts=True,
    )


def _visible(text: str) -> str:
    covered = coverage()
    return "".join(c if ord(c) in covered else f"〔U+{ord(c):04X}〕" for c in text)


def _line(line: Line) -> dict[str, str]:
    return {"kind": line.kind, "text": _visible(line.text)}


def _data(whole: Content) -> dict[str, object]:
    """What the template reads."""
    return {
        "title": [_visible(line) for line in whole.title],
        "unit": whole.unit,
        "opening": [_line(line) for line in whole.opening],
        "parts": [_part(part) for part in whole.parts],
        "left": [part.id for part in whole.parts if part.table and part.table.grid.header_rows],
    }


def _part(part: Part) -> dict[str, object]:
    shape = part.table
    cells = [
        {
            "x": cell.at.column, "y": cell.at.row, "rowspan": cell.at.rowspan, "colspan": cell.at.colspan,
            "role": cell.at.role, "table": part.id, "text": _visible(cell.text), "margin": cell.margin / 20,
        }
        for row in (shape.rows if shape else ())
        for cell in row
    ]  # fmt: skip
    return {
        "heading": _visible(part.heading), "lines": [_line(line) for line in part.lines], "cells": cells,
        "rows": len(shape.rows) if shape else 0,
        "header_rows": shape.grid.header_rows if shape else 0,
        "widths": list(shape.widths) if shape else [],
    }  # fmt: skip
