"""One printed row where the form has several: the single （六）其他处理 of another edition.

A single 0 means 0 in every row it stands for, since no count is negative. Any other number has no certain place.
"""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.dossier import CellValue, Provenance
from nianbao.findings import Severity
from nianbao.forms import Row
from nianbao.reading.labels import key
from nianbao.reading.pages import Line
from nianbao.reading.short import settled
from nianbao.reading.tables import NUMBER, TableReader
from nianbao.reading.values import is_value, read_value


def read_single_rows(reader: TableReader, found: Iterable[str]) -> set[str]:
    """The rows that a single row stands for; what they hold goes into the reading, and a note."""
    known, settled_rows = set(found), set[str]()
    for group, rows in _groups(reader).items():
        if known & {row.id for row in rows}:
            continue
        for line in [line for line in reader.strangers if key(_label(line)) == group]:
            _take(reader, line, rows)
            reader.strangers.remove(line)
            settled_rows |= {row.id for row in rows}
    return settled_rows


def _groups(reader: TableReader) -> dict[str, list[Row]]:
    """The rows below each heading cell that has more than one."""
    groups: dict[str, list[Row]] = {}
    for row in reader.table.rows:
        for at in range(1, len(row.path)):
            groups.setdefault(key(row.path[at - 1]), []).append(row)
    return groups


def _label(line: Line) -> str:
    labels = [cell for cell in line.filled if not is_value(cell)]
    return labels[-1] if labels else ""


def _take(reader: TableReader, line: Line, rows: list[Row]) -> None:
    block = reader.table.blocks[reader.blocks[rows[0].id]]
    order = reader.trees[reader.blocks[rows[0].id]].order(reader.headers[line.number])
    label = _label(line)
    at = max(i for i, cell in enumerate(line.cells) if cell == label)
    values, unsure = settled(line.cells[at + 1 :], len(order), line.ragged)
    columns = {column.id: column for column in block.columns}
    zeros: list[str] = []
    if len(values) == len(order) and not unsure:
        for name, text in zip(order, values, strict=True):
            cell, _ = read_value(text, columns[name])
            if cell.value == 0:
                zeros.append(name)
    for row in rows:
        for name in zeros:
            address = f"{reader.table.id}.{row.id}.{name}"
            place = f"{line.place}，由“{label}”一行的0得出"
            reader.into.figures.setdefault(address, CellValue(value=0))
            reader.into.provenance.setdefault(address, Provenance(file=reader.into.file, place=place))
    left = [columns[name].label for name in columns if name not in zeros]
    said = f"；{'、'.join(left)}各格不能确定怎样分开，已留空，请补填" if left else "，这一行是0，各行均按0采用"
    reader.into.note(
        Severity.WARNING,
        "single_row",
        f"表{NUMBER[reader.table.id]}“{label}”行（{line.place}）",
        f"规定的表样在这里分为{len(rows)}行，文中只有一行，是另一版的式样{said}",
    )
