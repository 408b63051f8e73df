"""Table 四, which has one line of values under headings in three levels."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.findings import Severity
from nianbao.reading.doubt import adds_up
from nianbao.reading.headers import HeaderTree
from nianbao.reading.pages import Line
from nianbao.reading.rows import RowFinder
from nianbao.reading.short import in_order, settled, sum_column, with_lost
from nianbao.reading.tables import TableReader
from nianbao.reading.values import is_value, read_value


class ResultsReader(TableReader):
    """Reads table 四 as it is printed: all headings above one line of values."""

    def read(self, lines: Sequence[Line]) -> set[str]:
        finder = RowFinder(self.table)
        labelled = [f for line in lines if (f := finder.find(line)) and sum(is_value(c) and c != "" for c in f.raw) > 1]
        if labelled:
            return super().read(lines)
        columns = self.table.blocks[0].columns
        leaves = [((*r.path, c.label), f"{r.id}.{c.id}") for r in self.table.rows for c in columns]
        tree = HeaderTree(leaves)
        filled = [line for line in lines if line.filled]
        values = [line for line in filled if all(is_value(cell) for cell in line.filled)]
        order = tree.order([line for line in filled if any(tree.knows(cell) for cell in line.filled)])
        if not order or not values:
            return set()
        line, every = values[0], [name for _, name in leaves]
        found = self._values(line, len(order), len(every))
        lost = [name for name in every if name not in order]
        where = f"表四数据行（{line.place}）"
        if lost:
            self.into.note(
                Severity.WARNING, "no_heading", "表四列标题", f"列标题中缺少{len(lost)}个，请对照规定的表样核对"
            )
        sure = len(lost) < len(columns) and (not lost or in_order(order, every))
        if line.exact and (lost or not all(found) or len(found) != len(line.cells)):
            sure = sure and self._adds_up(order, found)
        totals = {f"{row.id}.{sum_column(self.form, self.table.id, row.id)}" for row in self.table.rows}
        if sure and len(lost) == 1 and lost[0] in totals and len(found) == len(order) + 1:
            order = with_lost(order, lost[0], every)
        if not sure or len(found) != len(order):
            self.into.note(
                Severity.WARNING,
                "short_row" if len(found) < len(order) else "long_row",
                where,
                f"这一行有{len(found)}个数，列标题有{len(order)}个，不能确定各数的归属，全部留空，请对照原件补填",
            )
            return {row.id for row in self.table.rows}
        by_id = {c.id: c for c in columns}
        for name, text in zip(order, found, strict=True):
            cell, wrong = read_value(text, by_id[name.split(".")[1]])
            if wrong:
                label = self.form.cells[f"{self.table.id}.{name}"].place
                self.into.note(Severity.WARNING, "not_a_number", f"{label}（{line.place}）", wrong)
            self._cell(f"{self.table.id}.{name}", cell, line.place, where)
        for more in values[1:]:
            self.into.note(Severity.WARNING, "extra_row", f"表四（{more.place}）", "多出一行数，没有采用，请核对")
        return {name.split(".")[0] for name in order}

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

    def _values(self, line: Line, wanted: int, most: int) -> list[str]:
        """The values of the line; none where blank cells leave open which they are."""
        found = list(line.cells)
        if line.exact:
            found, unsure = settled(found, wanted, line.ragged)
            return [] if unsure else found
        while len(found) > wanted and not found[-1]:
            found.pop()
        while len(found) > most and not found[0]:
            found.pop(0)
        return found
