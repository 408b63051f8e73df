"""Counting rows into cells; a cell that a doubtful row might belong to stays blank."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from nianbao.dossier import CellValue, Provenance, ReadingNote
from nianbao.findings import Severity
from nianbao.reading.ledgers._words import shown

NOWHERE = ""
_SHOWN_ROWS, _MOST_KINDS = 20, 200
_TOO_MANY = "同类问题过多，其余的行不再逐一说明，请先改正已经列出的，并核对这一列是否用错"
Pair = tuple[str, str]


@dataclass
class Part:
    """What one source gives: some cells of a year's report, supplementary figures, and what was doubtful."""

    file: str
    year: int
    figures: dict[str, CellValue] = field(default_factory=dict)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    supplementary: list[dict[str, Any]] = field(default_factory=list)
    notes: list[ReadingNote] = field(default_factory=list)


class Cells:
    """Counts of rows × columns of one table, with sums that know what they do not know.

    `sums[row]`: the rows that a sum row adds up. The column `total` adds all others.
    """

    def __init__(self, sums: dict[str, Collection[str]] | None = None) -> None:
        self.counts: Counter[Pair] = Counter()
        self.blank: set[Pair] = set()
        self.sums = {row: frozenset(parts) for row, parts in (sums or {}).items()}

    def add(self, rows: Collection[str], columns: Collection[str], times: int = 1) -> None:
        """Count `times` in one of these rows (`NOWHERE`: perhaps in none) and in one of these columns."""
        self._put(rows, columns, times)
        for name, parts in self.sums.items():
            inside = [row for row in rows if row in parts]
            if inside:
                self._put([name] if len(inside) == len(rows) else [name, NOWHERE], columns, times)

    def _put(self, rows: Collection[str], columns: Collection[str], times: int) -> None:
        for places in (columns, ["total"]):
            if len(rows) == len(places) == 1:
                self.counts[next(iter(rows)), next(iter(places))] += times
            else:
                self.blank |= {(row, column) for row in rows for column in places}

    def value(self, row: str, column: str) -> int | None:
        return None if (row, column) in self.blank else self.counts[row, column]


class Troubles:
    """Doubtful rows by what is wrong with them; each kind becomes one note with its first rows and their number."""

    def __init__(self) -> None:
        self.rows: defaultdict[tuple[Severity, str, str], list[str]] = defaultdict(list)
        self.times: Counter[tuple[Severity, str, str]] = Counter()

    def add(self, severity: Severity, code: str, message: str, row: int, number: Any = "") -> None:
        """`number`: what the ledger itself calls the row, where it does; rows of a database have no other name."""
        kind = (severity, code, message)
        if kind not in self.times and len(self.times) >= _MOST_KINDS:
            kind = (severity, code, _TOO_MANY)
        self.times[kind] += 1
        if len(rows := self.rows[kind]) < _SHOWN_ROWS:
            rows.append(f"第{row}行（编号{label}）" if (label := shown(number)) else f"第{row}行")

    def notes(self, place: str) -> Iterable[ReadingNote]:
        for (severity, code, message), times in self.times.items():
            rows = self.rows[severity, code, message]
            where = f"{place}{'、'.join(rows)}" + (f"等共{times}行" if times > len(rows) else "")
            yield ReadingNote(severity=severity, code=code, where=where, message=message)
