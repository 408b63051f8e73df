"""Table 四, which has one line of values under headings in three levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nianbao.findings import Severity
from nianbao.forms import Form, Table
from nianbao.reading.doubt import adds_up
from nianbao.reading.headers import HeaderTree
from nianbao.reading.labels import key
from nianbao.reading.pages import Line
from nianbao.reading.rows import RowFinder
from nianbao.reading.short import in_order, settled, sum_column, with_lost
from nianbao.reading.tables import Reading, TableReader
from nianbao.reading.values import is_value, read_value


@dataclass
class _Figures:
    """A line of values with the headings above it: the columns that these name, and the values found for them."""

    line: Line
    order: list[str]
    every: list[str]  # all columns of the rows that the headings name
    found: list[str] = field(default_factory=list)

    @property
    def lost(self) -> list[str]:
        return [name for name in self.every if name not in self.order]

    @property
    def rows(self) -> set[str]:
        return {name.split(".")[0] for name in self.order}

    @property
    def where(self) -> str:
        return f"表四数据行（{self.line.place}）"


class ResultsReader(TableReader):
    """Reads table 四 as it is printed: all headings above one line of values."""

    def __init__(self, form: Form, table: Table, into: Reading) -> None:
        super().__init__(form, table, into)
        columns = table.blocks[0].columns
        leaves = [((*row.path, c.label), f"{row.id}.{c.id}") for row in table.rows for c in columns]
        alike = {name: c.label for c in columns for name in c.read_as}
        alike |= {name: row.label for row in table.rows for name in row.read_as}
        self._tree = HeaderTree(leaves, alike)

    def heads(self) -> list[HeaderTree]:
        return [self._tree, *self.trees]

    def read(self, lines: Sequence[Line]) -> set[str]:
        finder = RowFinder(self.table)
        labelled = [f for line in lines if (f := finder.find(line)) and sum(is_value(c) and c != "" for c in f.raw) > 1]
        if labelled:
            return super().read(lines)
        rows: set[str] = set()
        for one in self._certain(self._figures(lines)):
            self._take_figures(one)
            rows |= one.rows
        return rows

    def _figures(self, lines: Sequence[Line]) -> list[_Figures]:
        """The lines of values, each under its headings."""
        tree, header, figures = self._tree, list[Line](), list[_Figures]()
        for line in lines:
            cells = _values(line)
            if cells and not any(tree.knows(cell) for cell in tree.cells(line)):
                order = tree.order(header)
                if line.ragged and not line.exact and self._names_all(header):
                    order = list(tree.leaves.values())
                rows = {name.split(".")[0] for name in order}
                every = [name for name in tree.leaves.values() if name.split(".")[0] in rows]
                if order:
                    figures.append(_Figures(line, order, every, self._found(line, cells, len(order), len(every))))
            elif any(tree.knows(cell) for cell in tree.cells(line)):
                anew = bool(figures) and figures[-1].line.number > max((one.number for one in header), default=0)
                header = [line] if anew else [*header, line]
        return figures

    def _names_all(self, header: Sequence[Line]) -> bool:
        """Whether headings on lines of their own name every group, and the results in the order of the form."""
        said = [key(cell) for line in header for cell in self._tree.cells(line)]
        results = [key(column.label) for column in self.table.blocks[0].columns]
        named = [token for token in said if token in results]
        return self._tree.labels <= set(said) and named == results * (len(named) // len(results))

    def _certain(self, figures: list[_Figures]) -> list[_Figures]:
        """Of several lines for the same headings the one that adds up; none where that is not one."""
        kept: list[_Figures] = []
        for one in figures:
            same = [other for other in figures if other.rows & one.rows and (other is one or other.found != one.found)]
            sums = [other for other in same if self._adds_up(other.order, other.found)]
            if len(same) == 1 or sums == [one]:
                kept.append(one)
            elif len(sums) == 1:
                self.into.note(Severity.WARNING, "extra_row", one.where, "多出一行数，没有采用，请核对")
            else:
                message = "有几行数，不能确定哪一行是本年的，全部留空，请对照原件补填"
                self.into.note(Severity.WARNING, "extra_row", one.where, message)
        return kept

    def _take_figures(self, one: _Figures) -> None:
        order, found, lost, line = one.order, one.found, one.lost, one.line
        columns = {column.id: column for column in self.table.blocks[0].columns}
        if lost:
            self.into.note(
                Severity.WARNING, "no_heading", "表四列标题", f"列标题中缺少{len(lost)}个，请对照规定的表样核对"
            )
        sure = len(lost) < len(columns) and (not lost or in_order(order, one.every))
        partly = len(one.rows) < len(self.table.rows)
        if partly or line.ragged or not all(found) or (line.exact and (lost or len(found) != len(line.cells))):
            sure = sure and self._adds_up(order, found)
        if sure and len(lost) == 1 and lost[0] in self._totals() and len(found) == len(order) + 1:
            order = with_lost(order, lost[0], one.every)
        if not sure or len(found) != len(order):
            there = sum(bool(text) for text in found)
            self.into.note(
                Severity.WARNING,
                "short_row" if there < len(order) else "long_row",
                one.where,
                f"这一行有{there}个数，列标题有{len(order)}个，不能确定各数的归属，全部留空，请对照原件补填",
            )
            return
        for name, text in zip(order, found, strict=True):
            cell, wrong = read_value(text, columns[name.split(".")[1]])
            if wrong:
                label = self.form.cells[f"{self.table.id}.{name}"].place
                self.into.note(Severity.WARNING, "not_a_number", f"{label}（{line.place}）", wrong)
            self._cell(f"{self.table.id}.{name}", cell, line.place, one.where)

    def _totals(self) -> set[str]:
        return {f"{row.id}.{sum_column(self.form, self.table.id, row.id)}" for row in self.table.rows}

    def _adds_up(self, order: Sequence[str], found: Sequence[str]) -> bool:
        """Whether every group adds up to its total, so that none is shifted."""
        if len(order) != len(found):
            return False
        values = dict(zip(order, found, strict=True))
        for row in self.table.rows:
            mine = {name: text for name, text in values.items() if name.startswith(f"{row.id}.")}
            total = f"{row.id}.{sum_column(self.form, self.table.id, row.id)}"
            if any(mine.values()) and not adds_up(list(mine), list(mine.values()), total):
                return False
        return True

    def _found(self, line: Line, cells: Iterable[str], wanted: int, most: int) -> list[str]:
        """The values of the line; none where blank cells leave open which they are."""
        found = list(cells)
        if line.exact:
            found, unsure = settled(found, wanted, line.ragged)
            return [] if unsure else found
        while len(found) > wanted and not found[-1]:
            found.pop()
        while len(found) > most and not found[0]:
            found.pop(0)
        return found


def _values(line: Line) -> list[str]:
    """The cells of a line of values, without the name it may have at the left; none where it is no such line."""
    cells = list(line.cells)
    while cells and cells[0] and not is_value(cells[0]):
        cells.pop(0)
    filled = [cell for cell in cells if cell]
    least = 1 if len(cells) == len(line.cells) else 3
    return cells if len(filled) >= least and all(is_value(cell) for cell in filled) else []
