"""One cell's value, and the figures of a report as they are stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from nianbao.findings import Value

Number = int | Decimal
NOT_APPLICABLE = "不适用"


def normal(value: Number) -> Number:
    """The same number in its one form: no trailing zeros, whole numbers as `int`; exact at any length."""
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    return Decimal(format(value, "f").rstrip("0"))


Exact = Annotated[Number, AfterValidator(normal)]


class CellValue(Value):
    """What one cell holds. `value` None and `applicable`: blank, not known."""

    value: Exact | None = None
    text: str | None = None
    applicable: bool = True


def nested(figures: dict[str, CellValue]) -> dict[str, Any]:
    """`{address: CellValue}` as `{table: {row: {column: number}}}`."""
    out: dict[str, Any] = {}
    for address, cell in figures.items():
        table, row, column = address.split(".")
        out.setdefault(table, {}).setdefault(row, {})[column] = _cell_out(cell)
    return out


def flat(data: Any) -> Any:
    """`nested` undone, for a dossier that this program stored itself; what is flat stays as it is."""
    if not isinstance(data, dict) or any("." in key for key in data):
        return data
    return {
        f"{table}.{row}.{column}": _cell_in(cell)
        for table, rows in data.items()
        for row, cells in rows.items()
        for column, cell in cells.items()
    }


def _cell_in(raw: Any) -> Any:
    if raw == NOT_APPLICABLE:
        return {"applicable": False}
    return raw if isinstance(raw, dict) else {"value": raw}


def _cell_out(cell: CellValue) -> Any:
    if not cell.applicable:
        return NOT_APPLICABLE
    if cell.text is None or cell.text == str(cell.value):
        return cell.value
    return {"value": cell.value, "text": cell.text}


Figures = Annotated[dict[str, CellValue], BeforeValidator(flat), PlainSerializer(nested)]
