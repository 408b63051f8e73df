"""Rows that a page break cuts through: what stands above it and what stands below are one row.

A cell's text goes on below the break. Only the labels of the form tell whether two rows are one, so this is done when
a table is read and not when its lines are made. Two halves of a number stay apart: nobody can be sure of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nianbao.reading.headers import HeaderTree
from nianbao.reading.pages import Line
from nianbao.reading.rows import RowFinder
from nianbao.reading.values import is_value

_SLIVER = 2  # points by which the same column may begin elsewhere on the next page


def rejoined(lines: Sequence[Line], finder: RowFinder, trees: Sequence[HeaderTree]) -> list[Line]:
    """The lines with rows made whole that go on behind a page break, or behind headings that it repeats."""
    out: list[Line] = []
    cut: int | None = None  # which of them stands above the break
    for line in lines:
        if line.continued and out and out[-1].lefts:
            cut = len(out) - 1
        if cut is not None and not any(line.cells == earlier.cells for earlier in out[: cut + 1]):
            if line.lefts and _is_one(out[cut], line, finder, trees):
                out[cut] = _joined(out[cut], line)
                cut = None
                continue
            cut = None
        out.append(line)
    return out


def _is_one(above: Line, below: Line, finder: RowFinder, trees: Sequence[HeaderTree]) -> bool:
    """Whether two rows make a row, or a line of headings, that each of them is not."""
    if _is_row(below, finder) and any(cell and is_value(cell) for cell in below.cells):
        return False
    both = _joined(above, below)
    if _is_row(both, finder):
        return not _is_row(above, finder) or not any(tree.knows(cell) for tree in trees for cell in below.filled)
    headings = [max(sum(tree.knows(cell) for cell in line.filled) for tree in trees) for line in (above, below, both)]
    return headings[2] > headings[0] and headings[2] > headings[1]


def _is_row(line: Line, finder: RowFinder) -> bool:
    found = finder.find(line)
    return found is not None and found.exact


def _joined(above: Line, below: Line) -> Line:
    """Cell by cell where they begin alike; what goes on of merged cells of rows further above is no part of the row."""
    under = dict(zip(below.lefts, below.cells, strict=True))
    cells = tuple(_cell(cell, _at(under, left)) for left, cell in zip(above.lefts, above.cells, strict=True))
    return replace(above, cells=cells, text="\t".join(cells).strip())


def _at(cells: Mapping[int, str], left: int) -> str:
    return next((cell for where, cell in cells.items() if abs(where - left) <= _SLIVER), "")


def _cell(above: str, below: str) -> str:
    numbers = above and below and is_value(above) and is_value(below)
    return f"{above}\n{below}" if numbers else above + below
