"""Numbers in Chinese text, both ways: 一百零五, 两千三, 12.5万, 三成五, 百分之十二点五, 壹佰贰拾叁 → exact fractions.

Only digits and numerals are read here; whether 三 in 三审三校 is a number at all is for the reader of the text.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_SHORT = {"廿": "二十", "卅": "三十"}
_LONGEST = 60
_FOLD = str.maketrans(
    "０１２３４５６７８９．％，－壹贰叁肆伍陆柒捌玖拾佰仟萬億貳叄參陸兩",
    "0123456789.%,-一二三四五六七八九十百千万亿二三三六两",
)

_DIGIT = "〇零一二两三四五六七八九"
_CHINESE = f"[{_DIGIT}十百千万亿廿卅半俩]+(?:点[{_DIGIT}]+[万亿]*)?"
_ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    r"(?:[百千]?[万亿]|[千百](?!分))*(?:[0-9]+(?:\.[0-9]+)?[千百]?万)?"
)
_NUMBER = f"(?:{_ARABIC}|{_CHINESE})"
_FOUND = re.compile(
    f"(?P<base>[百千万]|{_CHINESE})分之(?P<part>{_NUMBER})"
    f"|(?P<tenths>[一二两三四五六七八九十0-9])成(?P<more>[一二三四五六七八九半])?(?![员本立为果效分就品功])"
    f"|(?P<arabic>{_ARABIC})(?P<mark>[ ]?[%‰])?|(?P<chinese>{_CHINESE})"
)


class Numeral(NamedTuple):
    """A number in a text. `value` is pure (12.5% is 1/8); `step` the worth of its last written digit."""

    start: int
    end: int
    text: str
    value: Fraction
    step: Fraction
    unit: str
    chinese: bool


def parse_number(text: str) -> Fraction | None:
    """The value of a text that is one number and nothing else; otherwise None."""
    folded = text.strip().translate(_FOLD)
    sign = -1 if folded[:1] in ("-", "负") else 1
    folded = folded[1:] if sign < 0 else folded
    found = _FOUND.fullmatch(folded)
    numeral = _numeral(found) if found else None
    return numeral.value * sign if numeral else None


def find_numbers(text: str) -> tuple[Numeral, ...]:
    """Every number of a text in order, at its place; full-width and formal signs count as their plain ones."""
    found = (_numeral(match) for match in _FOUND.finditer(fold_digits(text)))
    return tuple(n._replace(text=text[n.start : n.end]) for n in found if n)


def fold_digits(text: str) -> str:
    """Full-width and formal numerals as plain ones, sign for sign (commas of clauses are kept)."""
    return text.replace("，", "\0").translate(_FOLD).replace("\0", "，")


def number_at(folded: str, start: int) -> Numeral | None:
    """The number that begins at this place of a text whose signs are plain already."""
    found = _FOUND.match(folded, start, min(len(folded), start + _LONGEST + 1))
    return _numeral(found) if found else None


def to_chinese(number: int) -> str:
    """105 → 一百零五."""
    if number < 0:
        return "负" + to_chinese(-number)
    for sign, size in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= size:
            head, rest = divmod(number, size)
            front = "" if sign == "十" and head == 1 else to_chinese(head)
            gap = "零" if rest and rest < size // 10 else ""
            inner = "一" if rest and 10 <= rest < 20 else ""
            return front + sign + gap + (inner + to_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


def _numeral(found: re.Match[str]) -> Numeral | None:
    if found.end() - found.start() > _LONGEST:
        return None
    if found["base"]:
        whole = _TENS.get(found["base"]) or _SCALES.get(found["base"]) or _plain(found["base"])
        part = _plain(found["part"]) or (Fraction(_TENS[found["part"]]) if found["part"] in _TENS else None)
        if not whole or part is None:
            return None
        share = {100: "%", 1000: "‰"}.get(int(whole), "分之")
        return _made(found, part / whole, _step(found["part"]) / whole, share, chinese=True)
    if found["tenths"]:
        head, more = _plain(found["tenths"]), found["more"]
        if head is None:
            return None
        behind = Fraction(1, 2) if more == "半" else Fraction(_DIGITS[more]) / 10 if more else Fraction(0)
        return _made(found, (head + behind) / 10, Fraction(1, 100 if more else 10), "成", chinese=True)
    written = found["arabic"] or found["chinese"]
    value = _plain(written)
    if value is None:
        return None
    mark = (found["mark"] or "").strip()
    divide = {"%": 100, "‰": 1000}.get(mark, 1)
    return _made(found, value / divide, _step(written) / divide, mark, chinese=bool(found["chinese"]))


def _made(found: re.Match[str], value: Fraction, step: Fraction, unit: str, chinese: bool) -> Numeral:
    return Numeral(found.start(), found.end(), found.group(), value, step, unit, chinese)


def _step(written: str) -> Fraction:
    """The worth of the last written digit: 12.5万 → 1000."""
    if written.isdecimal():
        return Fraction(1)
    scale = Fraction(1)
    for sign, size in (_SCALES | _TENS).items():
        if written.endswith(sign) and (written[0].isdigit() or "点" in written):
            scale *= size
            scale *= next((_TENS[c] for c in written[-2:-1] if c in _TENS and size >= 10**4), 1)
    decimals = re.search(r"[.点]([0-9〇零一二三四五六七八九]+)", written)
    return scale / 10 ** len(decimals[1]) if decimals else scale


@lru_cache(maxsize=4096)
def _plain(written: str) -> Fraction | None:
    """A number without 分之 or %."""
    if written.isascii() and written.isdigit():
        return Fraction(int(written))
    written = written.replace(",", "")
    for short, full in _SHORT.items():
        written = written.replace(short, full)
    if written == "半":
        return Fraction(1, 2)
    for sign in ("亿", "万"):
        head, found, tail = written.rpartition(sign)
        if found:
            front = _scaled_head(head) if head else None
            behind = _below(tail, _SCALES[sign])
            return None if front is None or behind is None else front * _SCALES[sign] + behind
    whole, point, decimals = written.partition("点")
    if point:
        value = _plain(whole)
        digits = "".join(str(_DIGITS[c]) for c in decimals)
        return None if value is None else value + Fraction(int(digits), 10 ** len(digits))
    if written[0].isdigit():
        digits = written.rstrip("千百")
        if not digits.replace(".", "", 1).isdecimal():
            return None
        size = 1
        for sign in written[len(digits) :]:
            size *= _TENS[sign]
        return Fraction(digits) * size
    return _tens(written)


def _scaled_head(head: str) -> Fraction | None:
    """What stands before 万 or 亿; 百万 is one million though 百 alone is no number."""
    return Fraction(_TENS[head]) if head in _TENS else _plain(head)


def _below(tail: str, scale: int) -> Fraction | None:
    """What follows a 万 or 亿; 三万五 is 35000."""
    if not tail:
        return Fraction(0)
    if len(tail) == 1 and tail in _DIGITS and tail not in "零〇":
        return Fraction(_DIGITS[tail] * scale, 10)
    return _plain(tail)


def _tens(written: str) -> Fraction | None:
    """一千零五, 两千三, 二〇二四."""
    if all(sign in _DIGITS for sign in written):
        return Fraction(int("".join(str(_DIGITS[sign]) for sign in written)))
    total, digit, last = 0, -1, 0
    for sign in written:
        if sign in _TENS:
            if digit < 0 and sign != "十":
                return None
            total += (1 if digit < 0 else digit) * _TENS[sign]
            digit, last = -1, _TENS[sign]
        elif sign in "零〇":
            digit, last = -1, 0
        elif sign in _DIGITS and digit < 0:
            digit = _DIGITS[sign]
        else:
            return None
    if digit >= 0:
        total += digit * (last // 10 if last >= 100 else 1)
    return Fraction(total)
