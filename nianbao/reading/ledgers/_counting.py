"""Counting rows into cells; a cell that a doubtful row might belong to stays blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from nianbao.dossier import CellValue, Provenance, ReadingNote
from nianbao.findings import Severity

NOWHERE = ""
_SHOWN_ROWS = 20
Pair = tuple[str, str]


@dataclass
class Part:
    """What one ledger gives: some cells of a year's report, supplementary figures, and what was doubtful."""

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
    """Doubtful rows by what is wrong with them; each kind becomes one note with its rows."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Severity, str, str], list[int]] = {}

    def add(self, severity: Severity, code: str, message: str, row: int) -> None:
        self.rows.setdefault((severity, code, message), []).append(row)

    def notes(self, place: str) -> Iterable[ReadingNote]:
        for (severity, code, message), rows in self.rows.items():
            shown = "、".join(f"{row}" for row in rows[:_SHOWN_ROWS])
            more = f"等共{len(rows)}行" if len(rows) > _SHOWN_ROWS else "行"
            yield ReadingNote(severity=severity, code=code, where=f"{place}第{shown}{more}", message=message)
