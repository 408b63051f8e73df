"""Dates as ledgers write them, and working days by the published calendars."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from nianbao.reading.labels import plain
from nianbao.reading.ledgers._words import page

_WRITTEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\Z"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_ZONED = re.compile(r":\d{2}(?:\.\d+)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)\Z")
BLANK, BAD = 0, -1
CHINA = dt.timezone(dt.timedelta(hours=8))
_EARLIEST = 1990  # 1900-01-01 and 0001-01-01 stand for "none" in some programs
_EXCEL_DAY_ZERO = dt.date(1899, 12, 30).toordinal()
_SERIAL = range(36526, 73051)  # 2000 … 2099 as Excel counts days


def day(value: Any) -> int:
    """The ordinal of a date; BLANK for nothing, BAD for what is no date."""
    if isinstance(value, dt.date):
        return _in_china(value).toordinal() if value.year >= _EARLIEST else BAD
    if isinstance(value, float | int) and not isinstance(value, bool) and value == int(value) and int(value) in _SERIAL:
        return _EXCEL_DAY_ZERO + int(value)
    text = plain(str(value)) if value is not None else ""
    if text in ("", "/", "-", "—", "无"):
        return BLANK
    hit = _WRITTEN.match(text) or _COMPACT.match(text.removesuffix(".0"))
    try:
        if hit:
            found = dt.date(int(hit[1]), int(hit[2]), int(hit[3]))
        else:
            found = _in_china(dt.datetime.fromisoformat(text)) if _ZONED.search(text) else dt.date.min
    except ValueError:
        return BAD
    return found.toordinal() if found.year >= _EARLIEST else BAD


def _in_china(moment: dt.date) -> dt.date:
    """The day it is there at a moment that says its time zone."""
    return moment.astimezone(CHINA) if isinstance(moment, dt.datetime) and moment.tzinfo else moment


class WorkingDays:
    """`count[day - first]`: working days up to and with a day, for the years whose calendar is known."""

    def __init__(self, year: int) -> None:
        self.first, self.count = 0, list[int]()
        begin = next((y for y in range(year - 1, year + 1) if _known(y, year)), None)
        if begin is None:
            return
        self.first = dt.date(begin, 1, 1).toordinal()
        total = 0
        for ordinal in range(self.first, dt.date(year, 12, 31).toordinal() + 1):
            total += ordinal not in _free() and (dt.date.fromordinal(ordinal).weekday() < 5 or ordinal in _at_work())
            self.count.append(total)

    def between(self, start: int, end: int) -> int | None:
        """Working days after `start`, up to and with `end`; None where a calendar is not known."""
        if not self.count or start < self.first or end - self.first >= len(self.count):
            return None
        return self.count[end - self.first] - self.count[start - self.first]


def _known(begin: int, year: int) -> bool:
    return all(y in page("calendar") for y in range(begin, year + 1))


@cache
def _free() -> frozenset[int]:
    return frozenset(day for year, said in page("calendar").items() for day in _span(year, said["days_off"]))


@cache
def _at_work() -> frozenset[int]:
    return frozenset(day for year, said in page("calendar").items() for day in _span(year, said["at_work"]))


def _span(year: int, listed: list[str]) -> Iterator[int]:
    for one in listed:
        ends = [dt.date.fromisoformat(f"{year}-{end}").toordinal() for end in one.split("/")]
        yield from range(ends[0], ends[-1] + 1)
