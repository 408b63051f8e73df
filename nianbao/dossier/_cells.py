"""One cell's value, and the figures of a report as they are stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, model_validator

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

    @model_validator(mode="before")
    @classmethod
    def _only_what_it_adds(cls, data: Any) -> Any:
        """Text that only repeats the value is dropped, so that what is stored reads back as the same cell."""
        if isinstance(data, dict) and ("applicable" in data or str(data.get("value")) == data.get("text")):
            keep = data.get("applicable", True) and str(data.get("value")) != data.get("text")
            return data | {"text": data.get("text") if keep else None}
        return data


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
    if not all(
        isinstance(rows, dict) and all(isinstance(row, dict) for row in rows.values()) for rows in data.values()
    ):
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
