"""A statutory table as a grid of spanning cells: the one shape that every document is made from.

The spans are not written anywhere: they follow from equal neighbouring labels in the form's paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from nianbao.findings import Value
from nianbao.forms import Block, Form, Table, load_form

Role = Literal["caption", "corner", "column", "row", "data"]
Key = tuple[str, ...]


class GridCell(Value):
    """A cell with its upper left place. `address` is set for data cells, `id` for headers.

    `headers`: the ids of the cells that name it, from top to bottom, then from left to right.
    """

    role: Role
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    text: str = ""
    address: str | None = None
    id: str = ""
    headers: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """What HTML's `scope` says of a header cell."""
        if self.role == "row":
            return "rowgroup" if self.rowspan > 1 else "row"
        return "colgroup" if self.colspan > 1 else "col"


class Grid(Value):
    """`rows` holds each cell once, in the row and order of its upper left corner.

    `header_rows`: the rows at the top that are repeated on every page (table 二 has none, its
    blocks have headers of their own).
    """

    table: str
    width: int
    header_rows: int
    rows: tuple[tuple[GridCell, ...], ...]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def cells(self) -> Iterator[GridCell]:
        return (cell for row in self.rows for cell in row)


def grid(form: Form, table_id: str) -> Grid:
    """The grid of one table of a form."""
    return _grid(form.edition, table_id)


@cache
def _grid(edition: str, table_id: str) -> Grid:
    table = load_form(edition).table(table_id)
    first = table.blocks[0]
    if table.corner:
        header_rows, width, cells = _crossed(table, first)
    elif first.caption:
        header_rows, width, cells = _stacked(table)
    else:
        header_rows, width, cells = _lying(table, first)
    height = 1 + max(cell.row for cell in cells)
    rows = [tuple(sorted((c for c in cells if c.row == y), key=lambda c: c.column)) for y in range(height)]
    return Grid(table=table_id, width=width, header_rows=header_rows, rows=tuple(rows))


def _crossed(table: Table, block: Block) -> tuple[int, int, list[GridCell]]:
    """Table 三: column labels above, row labels at the left, a remark in the corner."""
    depth = max(len(column.path) for column in block.columns)
    left = table.label_columns
    cells = [_cell(table, "corner", 0, 0, depth, left, table.corner)]
    above = [_keys(column.path, depth) for column in block.columns]
    cells += _labels(table, "column", [list(level) for level in zip(*above, strict=True)], 0, left)
    cells += _labels(table, "row", [_keys(row.path, left) for row in block.rows], depth, 0)
    for y, row in enumerate(block.rows):
        for x, column in enumerate(block.columns):
            cells.append(_data(cells, table, row.id, column.id, depth + y, left + x))
    return depth, left + len(block.columns), cells


def _lying(table: Table, block: Block) -> tuple[int, int, list[GridCell]]:
    """Table 四: every row of the form lies in the one line of data, its labels above its columns."""
    depth = max(len(row.path) for row in block.rows)
    places = [(row, column) for row in block.rows for column in block.columns]
    above = [[*_keys(row.path, depth), (*row.path, *column.path)] for row, column in places]
    cells = _labels(table, "column", [list(level) for level in zip(*above, strict=True)], 0, 0)
    for x, (row, column) in enumerate(places):
        cells.append(_data(cells, table, row.id, column.id, depth + 1, x))
    return depth + 1, len(places), cells


def _stacked(table: Table) -> tuple[int, int, list[GridCell]]:
    """Table 二: blocks one below the other; in each the last column takes the width that is left."""
    cells: list[GridCell] = []
    y = 0
    for block in table.blocks:
        spans = [1] * len(block.columns)
        spans[-1] = table.width - len(block.columns)
        starts = [1 + sum(spans[:i]) for i in range(len(spans))]
        caption = _cell(table, "caption", y, 0, 1, table.width, block.caption)
        heads = [_cell(table, "column", y + 1, 0, 1, 1, block.stub, (caption.id,))]
        for start, span, column in zip(starts, spans, block.columns, strict=True):
            heads.append(_cell(table, "column", y + 1, start, 1, span, column.label, (caption.id,)))
        mine = [caption, *heads]
        for i, row in enumerate(block.rows):
            mine.append(_cell(table, "row", y + 2 + i, 0, 1, 1, row.label, (caption.id, heads[0].id)))
            for start, span, column in zip(starts, spans, block.columns, strict=True):
                mine.append(_data(mine, table, row.id, column.id, y + 2 + i, start, span))
        cells += mine
        y += 2 + len(block.rows)
    return 0, table.width, cells


def _keys(path: Key, depth: int) -> list[Key]:
    """A path stretched to `depth`: the last label fills what is missing."""
    return [path[: min(i, len(path) - 1) + 1] for i in range(depth)]


def _labels(table: Table, role: Role, keys: list[list[Key]], top: int, left: int) -> list[GridCell]:
    """One cell for every rectangle of equal keys."""
    cells: list[GridCell] = []
    done: set[tuple[int, int]] = set()
    for y, line in enumerate(keys):
        for x, key in enumerate(line):
            if (y, x) in done:
                continue
            colspan = next((i for i in range(1, len(line) - x) if line[x + i] != key), len(line) - x)
            rowspan = next((i for i in range(1, len(keys) - y) if keys[y + i][x] != key), len(keys) - y)
            done |= {(y + i, x + j) for i in range(rowspan) for j in range(colspan)}
            cells.append(_cell(table, role, top + y, left + x, rowspan, colspan, key[-1]))
    return cells


def _cell(
    table: Table, role: Role, row: int, column: int, rowspan: int, colspan: int, text: str, headers: Key = ()
) -> GridCell:
    return GridCell(
        role=role, row=row, column=column, rowspan=rowspan, colspan=colspan, text=text, headers=headers,
        id="" if role == "corner" else f"{table.id}-r{row}-c{column}",
    )  # fmt: skip


def _data(cells: list[GridCell], table: Table, row_id: str, column_id: str, y: int, x: int, span: int = 1) -> GridCell:
    above = [c for c in cells if c.role in ("caption", "column") and c.column <= x < c.column + c.colspan]
    beside = [c for c in cells if c.role == "row" and c.row <= y < c.row + c.rowspan]
    above.sort(key=lambda c: c.row)
    beside.sort(key=lambda c: c.column)
    return GridCell(
        role="data", row=y, column=x, colspan=span, address=f"{table.id}.{row_id}.{column_id}",
        headers=tuple(c.id for c in (*above, *beside)),
    )  # fmt: skip
