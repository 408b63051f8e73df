"""Which numbers of a text are figures: mentions with value, unit and approximation.

Set terms (三审三校), dates, ordinals, document numbers, telephone numbers and the like hold digits that
state nothing; they are taken out first, from `data/phrases/fixed_terms.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from nianbao.findings import Value
from nianbao.numerals import Numeral, find_numbers

Approx = Literal["about", "over", "near"]

_UNITS = sorted(
    [
        "件次",
        "人次",
        "场次",
        "万元",
        "亿元",
        "元",
        "条",
        "件",
        "篇",
        "场",
        "期",
        "个百分点",
        "个",
        "次",
        "份",
        "宗",
        "起",
        "项",
        "名",
        "人",
        "部",
        "套",
        "台",
        "处",
        "家",
        "分",
        "倍",
        "幅",
        "则",
        "批",
        "例",
        "页",
        "字",
        "户",
        "粉丝",
        "卷",
        "册",
        "本",
        "块",
        "张",
        "类",
        "种",
        "轮",
        "天",
        "小时",
    ],
    key=len,
    reverse=True,
)
_UNIT = re.compile(r"\s*(?P<more>余|多)?\s*(?P<unit>" + "|".join(_UNITS) + ")(?P<after>以上|左右|上下)?")
_BEFORE = re.compile(r"(?P<near>近|接近)$|(?P<about>约|大约|约为|大概)$|(?P<over>超|超过|逾|突破|多达|不少于)$")
_NONE = re.compile(
    r"未(?:收到|接到|受理|发生|收取|产生|制发|制定|废止|发出|作出|实施|开展)"
    r"|没有(?:收到|发生|收取|上年|结转|现行)?"
    r"|均?无(?=上年|结转|政府|行政|依申请|申请|信息处理费|规章)|零(?=复议|诉讼|申请)"
)


class Mention(Value):
    """A figure in a text (offsets are code points); a zero claim (未收到) has value 0 and no digits.

    Percentages have unit `%` and the number before it; `step` is the worth of the last written digit.
    """

    start: int
    end: int
    text: str
    value: Fraction
    step: Fraction
    unit: str
    approx: Approx | None = None
    zero_claim: bool = False


@cache
def phrases(name: str) -> dict[str, Any]:
    """One of the phrase files of the package."""
    data: dict[str, Any] = yaml.safe_load((files("data.phrases") / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


@cache
def _fixed() -> tuple[re.Pattern[str], ...]:
    data = phrases("fixed_terms")
    terms = sorted(map(str, data["terms"]), key=len, reverse=True)
    return (*(re.compile(p) for p in data["patterns"]), re.compile("|".join(map(re.escape, terms))))


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Where set terms, dates, ordinals and identifiers stand."""
    return [m.span() for pattern in _fixed() for m in pattern.finditer(text)]


def mentions(text: str) -> tuple[Mention, ...]:
    """The figures and zero claims of a text, in order."""
    taken = bytearray(len(text))
    for start, end in fixed_spans(text):
        taken[start:end] = b"\1" * (end - start)
    found = [*_figures(text, taken), *_zero_claims(text)]
    return tuple(sorted(found, key=lambda m: m.start))


def _figures(text: str, taken: bytearray) -> Iterator[Mention]:
    for number in find_numbers(text):
        if any(taken[number.start : number.end]):
            continue
        mention = _mention(text, number)
        if mention:
            yield mention


def _mention(text: str, number: Numeral) -> Mention | None:
    factor = {"%": 100, "‰": 1000}.get(number.unit, 1)
    unit, end, approx = number.unit, number.end, _approx_before(text[: number.start])
    if not unit and (found := _UNIT.match(text, number.end)):
        unit, end = found["unit"], found.end()
        if found["more"] or found["after"] == "以上":
            approx = "over"
        elif found["after"]:
            approx = "about"
    if number.chinese and not unit:
        return None
    value, step = number.value * factor, number.step * factor
    if unit in ("万元", "亿元"):
        scale = 10**4 if unit == "万元" else 10**8
        value, step, unit = value * scale, step * scale, "元"
    return Mention(
        start=number.start, end=end, text=text[number.start : end], value=value, step=step, unit=unit, approx=approx
    )


def _approx_before(before: str) -> Approx | None:
    found = _BEFORE.search(before[-4:])
    if not found:
        return None
    return "near" if found["near"] else "about" if found["about"] else "over"


def _zero_claims(text: str) -> Iterator[Mention]:
    for found in _NONE.finditer(text):
        yield Mention(
            start=found.start(), end=found.end(), text=found.group(), value=Fraction(0), step=Fraction(1), unit="",
            zero_claim=True,
        )  # fmt: skip
