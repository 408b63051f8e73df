"""Where the names of a workbook lead, and what stands there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.dossier import Provenance, normal

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 3_000  # of a list; beyond it nothing is looked for


@dataclass(frozen=True)
class Spot:
    """One cell. `value`: as it is written, a formula as its text; `kept`: the value last reckoned for it."""

    sheet: str
    row: int
    column: str
    value: Any
    kept: Any

    @property
    def formula(self) -> bool:
        return (isinstance(self.value, str) and self.value.startswith("=")) or _is_array(self.value)

    @property
    def place(self) -> str:
        return f"“{self.sheet}”{self.column}{self.row}"

    @property
    def text(self) -> str:
        return written(self.value)

    @property
    def shown(self) -> str:
        """What a person sees there; empty where a formula was never reckoned."""
        return written(self.kept)

    def provenance(self, file: str, place: str = "") -> Provenance:
        return Provenance(file=file, sheet=self.sheet, cells=f"{self.column}{self.row}", place=place)


def _is_array(value: Any) -> bool:
    return type(value).__name__ in ("ArrayFormula", "DataTableFormula")


def written(value: Any) -> str:
    """A value of a cell as a person would write it: 84.0 as 84, a date as 2025-03-12."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        exact = Decimal(repr(value))
        number = normal(exact) if exact.is_finite() else str(value)
        return format(number, "f") if isinstance(number, Decimal) else str(number)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).strip()


@dataclass
class Names:
    """The workbook twice: `book` with its formulas, `kept` with what was last reckoned."""

    book: Workbook
    kept: Workbook
    formulas: list[Spot] = field(default_factory=list)

    def find(self, name: str) -> Spot | None:
        """The cell of a name; None where the name is lost or leads nowhere."""
        found = self.book.defined_names.get(name)
        if found is None:
            return None
        try:
            places = list(found.destinations)
        except (ValueError, TypeError):
            return None
        if len(places) != 1 or places[0][0] not in self.book.sheetnames:
            return None
        sheet, reference = places[0]
        cell = self.book[sheet][reference.replace("$", "").split(":")[0]]
        return self.at(sheet, cell.row, cell.column)

    def at(self, sheet: str, row: int, column: int) -> Spot:
        from openpyxl.utils import get_column_letter

        here = self.book[sheet].cell(row, column)
        return Spot(sheet, row, get_column_letter(column), here.value, self.kept[sheet].cell(row, column).value)

    def rows(self, heads: dict[str, Spot]) -> list[dict[str, Spot]]:
        """The filled rows below the headings of a list."""
        from openpyxl.utils import column_index_from_string

        if not heads:
            return []
        first = next(iter(heads.values()))
        sheet, top = first.sheet, max(head.row for head in heads.values())
        bottom = min(self.book[sheet].max_row, top + MOST_ROWS)
        found = []
        for row in range(top + 1, bottom + 1):
            line = {key: self.at(sheet, row, column_index_from_string(head.column)) for key, head in heads.items()}
            if any(spot.text for spot in line.values()):
                found.append(line)
        return found
