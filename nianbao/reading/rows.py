"""Rows of a table by their own labels, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from nianbao.forms import Row, Table
from nianbao.reading.labels import Markers, in_brackets, key, markers, row_keys, without_brackets
from nianbao.reading.pages import Line
from nianbao.reading.values import is_value

_NUMBERED_ALIKE, _ALIKE = 50, 86
_MOST_LABELS = 4
_SHARED, _NUMBERING = 0.9, 4  # of the characters; more than the numbering itself


@dataclass(frozen=True)
class Found:
    """A row in a line: `at` the index of its last label, `exact` whether the label is the form's."""

    row: Row
    line: Line
    at: int
    exact: bool

    @property
    def label(self) -> str:
        return " ".join(cell for cell in self.line.cells[: self.at + 1] if cell)

    @property
    def raw(self) -> tuple[str, ...]:
        """All cells behind the label."""
        return self.line.cells[self.at + 1 :]

    @property
    def aside(self) -> tuple[str, ...]:
        """What the label says in brackets (a heading, in some tables)."""
        return in_brackets(self.label)


class RowFinder:
    """Finds the rows of one table; remembers the headings （三） above a row that has only `2.`"""

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self._keys: dict[str, list[Row]] = {}
        for row in self.rows:
            for one in row_keys(row):
                self._keys.setdefault(one, []).append(row)
        self._marks = {row.id: markers(" ".join(row.path)) for row in self.rows}
        self._above: Markers = ("", "", "")

    def find(self, line: Line) -> Found | None:
        """The row that this line is, or None."""
        ends = self._label_ends(line)
        for end in ends:
            filled = [cell for cell in line.cells[: end + 1] if cell]
            for start in range(len(filled)):
                rows = self._exact(" ".join(filled[start:]))
                if len(rows) == 1:
                    self._above = self._marks[rows[0].id]
                    return Found(rows[0], line, end, True)
        for end in ends[:1]:
            label = " ".join(cell for cell in line.cells[: end + 1] if cell)
            if row := self._near(label):
                self._above = self._marks[row.id]
                return Found(row, line, end, False)
        return None

    def _label_ends(self, line: Line) -> list[int]:
        """Where the labels of a line may end: before its first value."""
        ends: list[int] = []
        for at, cell in enumerate(line.cells):
            if not cell:
                continue
            if is_value(cell) or len(ends) == _MOST_LABELS:
                break
            ends.append(at)
        return ends[::-1]

    def _exact(self, label: str) -> list[Row]:
        for one in (key(label), key(without_brackets(label))):
            if rows := self._keys.get(one):
                return rows
        return []

    def _near(self, label: str) -> Row | None:
        mine = key(without_brackets(label))
        if len(mine) < 3 or mine[-1].isdecimal() or any(is_value(word) for word in label.split()):
            return None  # no label holds values: two rows in one line, or a value at the end of its label
        found = markers(label)
        if found[2] or found[1]:
            above = self._above
            marks = (found[0] or above[0], found[1] or above[1], found[2])
            for row in self.rows:
                if self._marks[row.id][1:] == marks[1:] and _alike(mine, row):
                    return row
            return None
        scored = sorted(((fuzz.ratio(mine, key(row.label)), row.id, row) for row in self.rows), reverse=True)
        best, second = scored[0], scored[1] if len(scored) > 1 else (0, "", None)
        return best[2] if best[0] >= _ALIKE and best[0] > second[0] else None


def _alike(mine: str, row: Row) -> bool:
    """Whether a label numbered as this row may be a short form of it: 逾期不缴费, 部分公开."""
    full = key(" ".join(row.path))
    return fuzz.partial_ratio(mine, key(row.label)) >= _NUMBERED_ALIKE or (
        len(mine) > _NUMBERING and sum(sign in full for sign in mine) >= _SHARED * len(mine)
    )
