"""One printed cell into a number, a blank, or the text that stands there."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from nianbao.dossier import NOT_APPLICABLE, CellValue, normal
from nianbao.forms import Column
from nianbao.reading.labels import plain

LARGEST = 10**12
BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "–", "空", "无", "\\-"})
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,30})(\.\d{1,30})?\Z")
_ZEROS = frozenset({"零", "〇", "○"})
_UNIT = "件|项|个|条|宗|起|份|部|次|万元|元"
_UNITS = re.compile(rf"\s*({_UNIT})\Z")
_UNITS_ASIDE = re.compile(rf"\s*\((?:单位:)?({_UNIT})\)\Z")
_SCALES = re.compile(r"\([^()]*?((?:亿|万|千|百)*元|(?:亿|万|千|百)+[件项个条宗起份部次])[^()]*\)")
_ANNOTATED = re.compile(r"([^()]*\d[^()]*?)\s*\([^()]*[一-龥][^()]*\)\Z")
_SIGNS = (("增加", "+"), ("减少", "-"), ("增", "+"), ("减", "-"), ("−", "-"))


def is_value(text: str) -> bool:
    """Whether a cell of a table looks like a value rather than a label."""
    found = _bare(text)
    return found in BLANKS or found == NOT_APPLICABLE or bool(_NUMBER.match(_UNITS.sub("", _signed(found))))


def read_value(text: str, column: Column, heading: str = "") -> tuple[CellValue, str]:
    """The cell, and what is wrong with it (empty where nothing is); `heading` as printed above it.

    A note in brackets behind a number, `22（其中修订16件）`, is no part of the number and stays in the text.
    """
    found = _bare(text)
    if found in BLANKS:
        return CellValue(text=text or None), ""
    if found == NOT_APPLICABLE:
        return CellValue(applicable=False, text=text), ""
    unit = _UNITS.search(found)
    bare = _UNITS.sub("", found)
    if column.kind == "signed":
        bare = _signed(bare)
    hit = _NUMBER.match(bare)
    unread = CellValue(text=text)
    if not hit or _has_marks(text):
        return unread, f"“{text[:30]}”不是数，已保留原文，没有当作数使用"
    if unit and column.unit and unit[1] != column.unit and (column.kind == "amount" or "元" in unit[1]):
        return unread, f"“{text[:30]}”的单位与表头的“{column.unit}”不同，没有换算，请核对后填写"
    scale = _SCALES.search("".join(plain(heading).split()))
    if scale and scale[1] != column.unit and not unit:
        return unread, f"表头的单位是“{scale[1]}”，规定的是“{column.unit}”，没有换算，请核对后填写"
    number = Decimal(hit[1] + hit[2].replace(",", "") + (hit[3] or ""))
    if column.kind != "amount" and number != number.to_integral_value():
        return unread, f"“{text[:30]}”不是整数，没有采用"
    if column.kind != "signed" and number < 0:
        return unread, f"“{text[:30]}”是负数，没有采用"
    if abs(number) > LARGEST:
        return unread, f"“{text[:30]}”过大，不像是一年的数，没有采用"
    value = normal(number)
    kept = text if hit[3] or text != str(value) else None
    return CellValue(value=value, text=kept), ""


def number_in(text: str) -> Decimal | None:
    """The number that a cell holds, whatever its column."""
    hit = _NUMBER.match(_UNITS.sub("", _bare(text)))
    return Decimal(hit[1] + hit[2].replace(",", "") + (hit[3] or "")) if hit and not _has_marks(text) else None


def _bare(text: str) -> str:
    """The cell without what is noted in brackets behind its number."""
    found = _UNITS_ASIDE.sub(r"\1", plain(text))
    hit = _ANNOTATED.match(found)
    found = hit[1] if hit else found
    return "0" if found in _ZEROS else found


def _has_marks(text: str) -> bool:
    """Whether it holds a raised or circled digit (12①, 12²), which is a footnote and no digit of the number."""
    return any(unicodedata.category(sign) == "No" for sign in text)


def _signed(text: str) -> str:
    for word, sign in _SIGNS:
        if text.startswith(word):
            return sign + text[len(word) :].strip()
    return text
