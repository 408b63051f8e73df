"""Formulas of the workbook: sums, checks, and how many cells are still open."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.forms import Relation
from nianbao.workbook import layout

Places = dict[str, tuple[int, int]]  # where each cell stands: row and column


def sum_formula(parts: Iterable[str], places: Places) -> str:
    """The sum of what is filled in; nothing while nothing is."""
    ranges = ",".join(_ranges([places[part] for part in parts]))
    return f'=IF(COUNT({ranges})=0,"",SUM({ranges}))'


def check_formula(relation: Relation, places: Places, totals: dict[str, tuple[str, ...]]) -> str:
    """平, 差 and by how much, or 缺 and how many cells; parts count one by one, so that no half sum balances."""
    marks = layout().marks
    leaves = list(dict.fromkeys(leaf for address in relation.cells for leaf in _leaves(address, totals)))
    open_cells = _ranges([places[leaf] for leaf in leaves])
    gap = "".join(f"+N({_ref(*places[a])})" for a in relation.plus).lstrip("+")
    gap += "".join(f"-N({_ref(*places[a])})" for a in relation.minus)
    holds = "=0" if relation.must == "equal" else ">=0"
    missing = f"{len(leaves)}-COUNT({','.join(open_cells)})"
    return (
        f'=IF({missing}>0,"{marks["short"]}"&({missing})&"格",'
        f'IF({gap}{holds},"{marks["balanced"]}","{marks["differs"]}"&({gap})))'
    )


def unfilled_formula(cells: list[tuple[int, int]]) -> str:
    """How many of these cells nobody has filled in."""
    ranges = _ranges(cells)
    return f'="还有"&({len(cells)}-COUNTA({",".join(ranges)}))&"格没有填"'


def _leaves(address: str, totals: dict[str, tuple[str, ...]]) -> list[str]:
    if address not in totals:
        return [address]
    return [leaf for part in totals[address] for leaf in _leaves(part, totals)]


def _ranges(cells: list[tuple[int, int]]) -> list[str]:
    """Neighbours in a column, then equal neighbouring columns, as ranges."""
    runs: dict[tuple[int, int], list[int]] = {}
    for column in sorted({x for _, x in cells}):
        rows = sorted(y for y, x in cells if x == column)
        start = rows[0]
        for y, following in zip(rows, [*rows[1:], None], strict=True):
            if following != y + 1:
                runs.setdefault((start, y), []).append(column)
                start = following or 0
    found = []
    for (top, bottom), columns in runs.items():
        left = columns[0]
        for x, beside in zip(columns, [*columns[1:], None], strict=True):
            if beside != x + 1:
                first, last = _ref(top, left), _ref(bottom, x)
                found.append(first if first == last else f"{first}:{last}")
                left = beside or 0
    return found


def _ref(row: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column)}{row}"
