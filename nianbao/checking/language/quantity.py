"""A number with its unit as a text writes it, and whether it states a value.

How 近, 余, 超, 约 are taken: N余 is above N and below the next round number; 近 at most a tenth below; 约 within five
per cent and within one of the last figure that is not 0; 超 above by no more than a half; 不足 below by no more than
a fifth.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple

from nianbao.checking.language.lexicon import phrases
from nianbao.numerals import number_at

Approx = Literal["", "near", "about", "over", "more", "under", "at_least", "at_most", "between"]
_WAN = 10**4


# What a number in words may count besides figures; the list behind it is counted by another reader.
ITEMS = re.compile(
    "(?:主要|突出|具体|改进|整改)?(?:问题|不足|短板|差距|措施|安排|任务|方面|环节|举措|情形|类型|原因|理由|结果|事(?![项件]))"
)


_ITEM_LED = re.compile(
    "(?:不足|问题|短板|差距|措施|打算|做法|困难|安排)[^，。；：0-9]{0,5}(?:有|为|是|共|分|在)(?:以下|下列)?$"
)


def counts_items(text: str, start: int, end: int) -> bool:
    """Whether a number in words counts what is listed: 三个方面, 不足主要有三点：…"""
    return ITEMS.match(text, end) is not None or (
        text[end : end + 1] in ("：", "，", "。") and _ITEM_LED.search(text[:start]) is not None
    )


class Quantity(NamedTuple):
    """`value` in `unit` (money in 元, shares in %); `step`: worth of the last written digit; `until`: for `between`."""

    value: Fraction
    step: Fraction
    unit: str
    approx: Approx = ""
    until: Fraction = Fraction(0)
    loose: bool = False
    chinese: bool = False


class Found(NamedTuple):
    start: int
    end: int
    quantity: Quantity


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, Approx], dict[str, Approx]]:
    data = phrases("words")
    units = "|".join(sorted(map(re.escape, data["units"]), key=len, reverse=True))
    after: dict[str, Approx] = {w: k for k, words in data["approx"]["after"].items() for w in words}
    before: dict[str, Approx] = {w: k for k, words in data["approx"]["before"].items() for w in words}
    tails = "|".join(sorted(after, key=len, reverse=True))
    unit = re.compile(rf"(?P<more>[余多])?(?P<scale>[万亿])?(?P<unit>{units})?(?P<after>{tails})?")
    heads = re.compile(f"(?:{'|'.join(sorted(before, key=len, reverse=True))})$")
    vague = "|".join(sorted(data["indefinite"], key=len, reverse=True))
    return unit, heads, re.compile(f"(?:{vague})(?=(?:{units}))"), before, after


def quantity_at(text: str, start: int) -> Found | None:
    """The quantity that begins at a place (its 近 or 约 before it counts as its beginning)."""
    unit_at, heads, vague, before, after = _patterns()
    if found := vague.match(text, start):
        low, high = phrases("words")["indefinite"][found.group()]
        unit = unit_at.match(text, found.end())
        assert unit is not None
        one = Quantity(Fraction(low), Fraction(1), unit["unit"] or "", "between", Fraction(high), chinese=True)
        return Found(start, unit.end(), one)
    number = number_at(text, start)
    if number is None:
        return None
    value, step, unit_name, end = number.value, number.step, number.unit, number.end
    approx: Approx = ""
    loose = unit_name in ("分之", "成")
    tail = unit_at.match(text, end)
    if tail is None:
        return None
    if unit_name:
        value, step, unit_name = value * 100, step * 100, "%"
        if tail["more"]:
            approx, end = "more", tail.start("more") + 1
        elif tail["after"] and not tail["unit"]:
            approx, end = after[tail["after"]], tail.end()
    else:
        if tail["scale"] and not tail["more"]:
            return None
        unit_name, end = tail["unit"] or "", tail.end()
        if tail["more"]:
            approx = "more"
            if tail["scale"]:
                size = _WAN if tail["scale"] == "万" else _WAN**2
                value, step = value * size, step * size
        elif tail["after"]:
            approx = after[tail["after"]]
        elif not unit_name:
            end = number.end
    if unit_name in ("万元", "亿元"):
        size = _WAN if unit_name == "万元" else _WAN**2
        value, step, unit_name = value * size, step * size, "元"
    unit_name = "个百分点" if unit_name == "百分点" else unit_name
    if head := heads.search(text, max(0, start - 4), start):
        approx = approx or before[head.group()]
        start = head.start()
    return Found(start, end, Quantity(value, step, unit_name, approx, Fraction(0), loose, number.chinese))


def agrees(one: Quantity, value: Fraction) -> bool:
    """Whether the number as written states the value."""
    written = one.value
    match one.approx:
        case "more":
            return written < value < written + _round_step(one)
        case "near":
            return written * Fraction(9, 10) <= value < written
        case "about":
            reach = written / 20 if one.loose else min(written / 20, _round_step(one))
            if one.unit == "%" and one.step < 1:
                reach = one.step / 2  # 约14.6%: 约 says that it is rounded, and rounded it must be
            return abs(value - written) <= reach
        case "over":
            return written < value <= written * Fraction(3, 2)
        case "under":
            return written * Fraction(4, 5) <= value < written
        case "at_least":
            return written <= value <= written * Fraction(3, 2)
        case "at_most":
            return written * Fraction(4, 5) <= value <= written
        case "between":
            return written <= value < one.until
    if written == value:
        return True
    if one.loose:
        return abs(value - written) <= 2
    if one.unit == "%" and written in (0, 100):
        return False
    if one.unit == "倍" and one.step == 1:
        return abs(value - written) <= written / 20
    rounded = one.unit in ("%", "倍", "个百分点") or one.step != 1
    return rounded and int(value / one.step + Fraction(1, 2)) * one.step == written


def _round_step(one: Quantity) -> Fraction:
    """How far N余 reaches: to the next number that is as round as N."""
    size = one.step
    while one.value and one.value % (size * 10) == 0:
        size *= 10
    return size


@cache
def _same() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in phrases("words")["same_units"])


def compatible(unit: str, other: str) -> bool:
    """Whether a figure in one unit may be told in the other."""
    if unit == other or (not unit and other != "%"):
        return True
    if other in ("万元", "元"):
        return unit == "元"
    return any(unit in group and other in group for group in _same())
