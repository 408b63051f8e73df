"""What a database answers, as a sheet would hold it: text, or a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from nianbao.reading.ledgers import CHINA


def cell(value: Any) -> Any:
    """Nothing as "", truth as 是 and 否, a moment as its day in China, all other things as they are written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return (value.astimezone(CHINA) if value.tzinfo else value).date()
    if isinstance(value, dt.date | str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        try:
            return bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            return "二进制内容"
    if isinstance(value, float | Decimal) and value == value // 1:
        return f"{value:.0f}"
    return str(value)
