"""The statutory tables from lines of cells: every value by its row's label and its column's heading.

No value is ever given a place by counting alone. Where values are missing, only those are kept that can
stand nowhere else, and the row is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nianbao.dossier import CellValue, Provenance, ReadingNote
from nianbao.findings import Severity
from nianbao.forms import Form, Table
from nianbao.reading.doubt import BROKEN, NO_SUM, TableRow, adds_up, beside_others, mark_doubtful
from nianbao.reading.headers import HeaderTree
from nianbao.reading.labels import key
from nianbao.reading.pages import Line
from nianbao.reading.rows import Found, RowFinder
from nianbao.reading.short import UNSURE, possible, settled, sum_column, with_lost
from nianbao.reading.values import is_value, read_value

NUMBER = {"disclosure": "二", "requests": "三", "remedies": "四"}
MOST_NOTES = 500


@dataclass
class Reading:
    """What was read so far: cells, where each stood, and what was not certain."""

    file: str = ""
    figures: dict[str, CellValue] = field(default_factory=dict)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    notes: list[ReadingNote] = field(default_factory=list)

    def note(self, severity: Severity, code: str, where: str, message: str) -> None:
        """Keep a note, once; of a text that is nothing but mistakes, the first ones."""
        one = ReadingNote(severity=severity, code=code, where=where, message=message)
        if len(self.notes) < MOST_NOTES and one not in self.notes:
            self.notes.append(one)


class TableReader:
    """Reads one table whose rows carry their labels at the left."""

    def __init__(self, form: Form, table: Table, into: Reading) -> None:
        self.form, self.table, self.into = form, table, into
        self.trees = [HeaderTree.of(block.columns) for block in table.blocks]
        self.blocks = {row.id: at for at, block in enumerate(table.blocks) for row in block.rows}
        self.strangers: list[Line] = []
        self.headers: dict[int, list[Line]] = {}  # of each stranger, by its number

    def read(self, lines: Sequence[Line]) -> set[str]:
        """Read all rows into `into`; the ids of the rows that were found."""
        rows = self._rows(lines)
        mark_doubtful(rows, self.blocks)
        any_full = {self.blocks[row.found.row.id] for row in rows if row.full}
        for row in rows:
            self._take(row, self.blocks[row.found.row.id] in any_full)
        return {row.found.row.id for row in rows}

    def heads(self) -> list[HeaderTree]:
        """All headings that the table may have."""
        return self.trees

    def is_row(self, found: Found) -> bool:
        """Whether a labelled line holds values, and is no line of headings."""
        if any(cell and is_value(cell) for cell in found.raw):
            return True
        if any(found.raw) or not found.exact:
            return False
        return not self.is_header(found.line)

    def is_header(self, line: Line) -> bool:
        """Whether a line holds headings of this table."""
        return any(tree.knows(cell) for tree in self.trees for cell in tree.cells(line))

    def _rows(self, lines: Sequence[Line]) -> list[TableRow]:
        finder, header, after_row, latest = RowFinder(self.table), list[Line](), False, False
        hits: list[tuple[Found, list[Line]]] = []
        broken: set[int] = set()
        for line in lines:
            if not line.filled:
                continue
            found = finder.find(line)
            if found and self.is_row(found):
                hits.append((found, list(header)))
                after_row = latest = True
                continue
            if latest and not line.exact and all(is_value(cell) for cell in line.filled):
                broken.add(hits[-1][0].line.number)
            latest = False
            if self.is_header(line):
                header = [line] if after_row else [*header, line]
                after_row = False
            elif sum(is_value(cell) for cell in line.filled) >= 1 and not is_value(line.filled[0]):
                self.strangers.append(line)
                self.headers[line.number] = list(header)
        width = max((found.at + 1 for found, _ in hits), default=1)
        rows = [self._row(found, above, width) for found, above in hits]
        for row in rows:
            if not adds_up(row.order, row.values, row.total):
                row.unsure = BROKEN if row.found.line.number in broken else row.unsure or self._cell_lines(row)
        return rows

    def _cell_lines(self, row: TableRow) -> str:
        """Why a row of text that may lack a cell is not taken; where no total can tell, a note."""
        line = row.found.line
        if line.exact or not (line.ragged or (row.gaps and row.fits)):
            return ""
        if row.total in row.order or not row.fits:
            return NO_SUM if line.ragged else ""
        how = "各格分别占一行，空白的格可能没有留下" if line.ragged else "这一行有空格，可能不是原来的位置"
        self.into.note(Severity.WARNING, "cell_lines", row.where, f"{how}；已按列标题的先后对应，请核对")
        return ""

    def _row(self, found: Found, header: list[Line], width: int) -> TableRow:
        at = self.blocks[found.row.id]
        block, tree = self.table.blocks[at], self.trees[at]
        columns = tree.columns(_on_one_line(header) if all(len(c.path) == 1 for c in block.columns) else header)
        if found.aside and (beside := tree.order([Line(found.line.number, "", found.aside)])):
            columns = beside
        order = [name for name in columns if name]
        where = f"表{NUMBER[self.table.id]}“{found.row.label}”行（{found.line.place}）"
        total = sum_column(self.form, self.table.id, found.row.id)
        row = TableRow(found, block, order, [], where, total, headings=tree.printed(header))
        if columns != order and (values := beside_others(found, columns, total)):
            row.values, row.proved = values, True
        elif found.line.exact:
            row.values, open_ended = settled(found.raw, len(order), found.line.ragged)
            row.unsure = UNSURE if open_ended else ""
            row.framed = bool(header) and len(header[-1].cells) == len(found.line.cells)
            row.even = bool(header) and not header[-1].ragged
        else:
            row.values = self._running(found, width, len(order), len(block.columns))
        return row

    def _running(self, found: Found, width: int, wanted: int, most: int) -> list[str]:
        """The values of a row of running text, without what its merged label cells leave behind."""
        values = list(found.raw)
        for _ in range(width - 1 - found.at):
            if values and not values[0]:
                values.pop(0)
        while len(values) > wanted and values and not values[-1]:
            values.pop()
        while len(values) > most and not values[0]:
            values.pop(0)
        return values

    def _take(self, row: TableRow, total_elsewhere: bool) -> None:
        note, number = self.into.note, NUMBER[self.table.id]
        if not row.found.exact:
            note(
                Severity.INFO,
                "label",
                row.where,
                f"行名“{row.found.label[:40]}”与规定的写法不同，按序号和近似文字认作这一行",
            )
        if not row.order:
            note(
                Severity.ERROR,
                "no_heading",
                row.where,
                "上方没有找到列标题，不能确定各数属于哪一列，没有采用；请补上列标题",
            )
            return
        if row.unsure:
            note(Severity.WARNING, "short_row", row.where, row.unsure)
            return
        labels = {c.id: c.label for c in row.block.columns}
        lost = row.lost
        if lost:
            names = "、".join(f"“{labels[one]}”" for one in lost)
            how = "；缺少的总计按各列相加得出" if row.total in lost else ""
            place = (
                f"表{number}列标题" if len(self.table.blocks) == 1 else f"表{number}“{row.found.row.label}”上方的列标题"
            )
            note(Severity.WARNING, "no_heading", place, f"列标题中缺少{names}，各数按其余列标题对应{how}，请核对")
        if row.full:
            self._put(row, dict(zip(with_lost(row.order, lost[0], list(labels)), row.values, strict=True)))
        elif len(row.values) == len(row.order) and total_elsewhere and self._unsure(row):
            row.order = with_lost(row.order, lost[0], list(labels))
            self._short(row)
        elif len(row.values) == len(row.order):
            computed = self._put(row, dict(zip(row.order, row.values, strict=True)))
            if total_elsewhere:
                sure = f"；总计按{_count(len(row.order))}列相加得出" if computed else "；缺少的一列留空"
                note(
                    Severity.WARNING,
                    "short_row",
                    row.where,
                    f"这一行只有{len(row.values)}个数，应有{len(row.order) + 1}个，少的是“{labels[lost[0]]}”，"
                    f"已按列标题逐列对应，没有移位{sure}，请核对",
                )
        elif len(row.values) < len(row.order):
            self._short(row)
        else:
            note(
                Severity.WARNING,
                "long_row",
                row.where,
                f"这一行有{len(row.values)}个数，列标题只有{len(row.order)}个，不能确定归属，没有采用：{'、'.join(row.values)[:80]}",
            )

    def _unsure(self, row: TableRow) -> bool:
        """Whether the value that a row lacks may be another than the one whose heading is lost."""
        if row.lost != [row.total]:
            return True
        whole = [int(value) for value in row.values if value.isdecimal() and len(value) < 19]
        return len(whole) == len(row.values) and whole[-1] > 0 and whole[-1] == sum(whole[:-1])

    def _short(self, row: TableRow) -> None:
        kept = possible(row.order, row.values, row.total, row.lost)
        self._put(row, kept)
        said = "、".join(value or "空" for value in row.values)[:80] or "没有数"
        sure = "按各列之和等于总计，能够确定的已采用，其余留空" if kept else "不能确定缺的是哪一列，全部留空"
        self.into.note(
            Severity.WARNING,
            "short_row",
            row.where,
            f"这一行只有{len(row.values)}个数，应有{len(row.order)}个（{said}）；{sure}，请对照原件补填",
        )

    def _put(self, row: TableRow, values: dict[str, str]) -> bool:
        """Take values over; True where the total had to be computed."""
        columns = {c.id: c for c in row.block.columns}
        base = f"{self.table.id}.{row.found.row.id}"
        for name, text in values.items():
            cell, wrong = read_value(text, columns[name], row.headings.get(name, ""))
            if wrong:
                self.into.note(Severity.WARNING, "not_a_number", f"{row.where}“{columns[name].label}”列", wrong)
            self._cell(f"{base}.{name}", cell, row.found.line.place, row.where)
        total = row.total
        if not total or total in values or len(values) != len(columns) - 1:
            return False
        parts = [self.into.figures[f"{base}.{name}"].value for name in values]
        if any(part is None for part in parts):
            return False
        place = f"{row.found.line.place}，按{_count(len(parts))}列相加得出"
        self._cell(f"{base}.{total}", CellValue(value=sum(part or 0 for part in parts)), place, row.where)
        return True

    def _cell(self, address: str, cell: CellValue, place: str, where: str) -> None:
        before = self.into.figures.get(address)
        if before is None:
            self.into.figures[address] = cell
            self.into.provenance[address] = Provenance(file=self.into.file, place=place)
        elif before != cell:
            self.into.figures[address] = CellValue()
            first = self.into.provenance[address].place
            self.into.note(
                Severity.ERROR, "two_values", where, f"这一行出现了两次（{first}和{place}），数不相同，已留空，请核对"
            )


def _on_one_line(header: list[Line]) -> list[Line]:
    """Headings of one level that stand on a line each, in their order."""
    if len(header) < 2 or any(len(line.filled) != 1 for line in header):
        return header
    return [Line(header[0].number, "", tuple(line.filled[0] for line in header))]


def row_labels(form: Form) -> set[str]:
    """The keys of all rows of a form, to tell a stranger from a row of another table."""
    return {key(row.label) for table in form.tables for row in table.rows}


def _count(number: int) -> str:
    return "零一两三四五六七八九十"[number] if number <= 10 else str(number)
