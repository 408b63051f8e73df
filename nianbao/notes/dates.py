"""Which year a sentence tells of, and days that no calendar has."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

_NO_DATE = re.compile(
    r"《[^》]*》|〔[^〕]*〕|[(（]?20\d\d年版[)）]?|(?:自|从|较|比|与|同|对照|针对)(?:20\d\d年度?|去年|上年度?)"
)
_YEAR = re.compile(r"(20\d\d)年|(去年|上年|前年)|(今年|本年|年内|当年)|(明年|下年|次年)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?")
_BACK = {"去年": 1, "上年": 1, "前年": 2}


class When(NamedTuple):
    """`year`: the year told of, None where nothing says; `said`: by this very sentence."""

    year: int | None
    said: bool


def year_of(folded: str, report_year: int, before: int | None) -> When:
    """The year of a folded sentence: the report's where it is named at all, else the last named, else as `before`."""
    named = [_year(found, report_year) for found in _YEAR.finditer(_NO_DATE.sub("", folded))]
    if not named:
        return When(before, False)
    return When(report_year if report_year in named else named[-1], True)


def impossible_day(folded: str, year: int) -> str:
    """The first date that does not exist in a year, "" where all do."""
    for found in _DAY.finditer(folded):
        month, day = int(found[1]), int(found[2] or 1)
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return found.group()
    return ""


def _year(found: re.Match[str], report_year: int) -> int:
    if found[1]:
        return int(found[1])
    return report_year - _BACK[found[2]] if found[2] else report_year + bool(found[4])
