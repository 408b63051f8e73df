"""In which role a number stands: a change, last year's value, an average that goes on, with which unit."""

from __future__ import annotations

import re

from nianbao.checking.figures.number import Number
from nianbao.checking.language.tokens import MOVES, Token
from nianbao.checking.reading import Reading

_UNIT_BEFORE = re.compile("(人次|条|件|篇|期|场|次)数?(?:却|仍|则|也|又|就)?(?:由|从|为|是)?$")
_SHORTER = ("缩短", "压缩", "压减")
_DID = re.compile("[办开发印收答推举公查处召培编设建][理展送发到复出办]?了?")
_BRACKETED = re.compile(r"[较比]?([上去]|20\d\d)年度?（$")
_WEIGHED = re.compile(r"(?:相比|相较|比较|对比)")


def with_unit(reading: Reading, tokens: list[Token], at: int) -> Token:
    """参加人次却由30升到45: numbers whose unit stands before them."""
    token, text = tokens[at], reading.text
    if token.quantity is None or token.quantity.unit:
        return token
    last = tokens[at - 1] if at else None
    if found := _UNIT_BEFORE.search(text[max(0, token.start - 6) : token.start]):
        return token._replace(quantity=token.quantity._replace(unit=found[1]))
    if at > 1 and last and last.kind in MOVES and tokens[at - 2].kind == "num":
        before = with_unit(reading, tokens, at - 2).quantity
        return token._replace(quantity=token.quantity._replace(unit=before.unit if before else ""))
    return token


def goes_on(reading: Reading, number: Number) -> bool:
    """每期由75人次降为62人次, 月均发布量，网站为19.4条: an average that the sentence spoke of before."""
    if number.quantity.unit in ("%", "个百分点", "倍") or not reading.averaging:
        return False
    moved = reading.state.averaged is not None and any(t.kind in (*MOVES, "prior", "base_prior") for t in number.pre)
    each = "每" in reading.text[number.start : number.token.start]
    return moved or each or number.quantity.value.denominator != 1


def move_of(reading: Reading, number: Number) -> Token | None:
    """The word of change right before the number: 增加了约…, 多…, 减少到2025年的…"""
    start = number.token.start
    for token in reversed(number.pre):
        if token.text in _SHORTER and start - token.end <= 1:
            return token._replace(kind="down")  # 比上年缩短0.8个工作日
        if token.kind in MOVES:
            short = len(token.text) == 1
            near = start - token.end <= (1 if short else 3)
            did = _DID.fullmatch(reading.text, token.end, number.token.start)
            return token if near or did or _of_label(reading, token.end, number.token.start) else None
        if token.kind == "date" and token.data[0]:
            start = token.start
        elif token.kind == "object" or (
            token.kind in ("trigger", "row", "column", "bland") and _acted(reading.text, token, start)
        ):
            start = token.start  # 多张贴了6条, 少收到申请2件
        elif token.kind not in ("done", "is", "bland", "sum"):
            return None
    return None


def _of_label(reading: Reading, start: int, end: int) -> bool:
    """少贴告示24张: a verb and words of a figure's name between 少 and the number."""
    text = reading.text[start:end]
    return 1 < len(text) <= 5 and text[-2:] in reading.evidence.label_words


def _acted(text: str, verb: Token, end: int) -> bool:
    """Whether a verb stands between 多 (少) and a number."""
    return text[verb.start - 1 : verb.start] in ("多", "少") and end - verb.end <= 1


def from_prior(reading: Reading, number: Number) -> bool:
    """由上年的20人次增加到…, 比2024年的2600件…, 由460个减少到…"""
    words = [t for t in number.pre if t.kind != "bland"]
    if not words:
        told = _BRACKETED.search(reading.text[: number.token.start])
        return told is not None and told[1] in ("上", "去", str(reading.evidence.year - 1))
    if _weighed(reading, number, words):
        return True
    last = words[-1]
    next_one = next((t for t in number.segment.tokens if t.start >= number.end), None)
    if next_one is not None and next_one.kind in ("up_to", "down_to") and next_one.start == number.end:
        return True  # 来电402个减为318个
    if last.kind in ("prior", "base_prior") and reading.text.startswith("为基", number.end):
        return True  # 以上年1490条为基数
    between = reading.text[last.end : number.token.start]
    if last.kind == "from" and between == "":
        return True
    if last.kind in ("base_prior", "prior") and between in ("", "的"):
        follows = next((t for t in number.segment.tokens if t.start >= number.end), None)
        if follows is not None and follows.kind in MOVES and number.quantity.unit not in ("%", "倍"):
            return True
        led = len(words) > 1 and words[-2].kind in ("is", "from", "than")
        return led or reading.text[: number.token.start].endswith("的")
    return (
        last.kind == "date"
        and between == "的"
        and reading.state.compared == "prior"
        and last.data[0] < reading.evidence.year
    )


def _weighed(reading: Reading, number: Number, words: list[Token]) -> bool:
    """与上年新收的2600件相比, 较上年结转的10件少2件: last year's figure under its own name."""
    first = next((t for t in words if t.kind in ("base_prior", "prior")), None)
    named = ("row", "column", "object", "this", "sum", "channels", "both")
    if first is None or any(t.kind not in named for t in words if t.start >= first.end):
        return False
    if _WEIGHED.match(reading.text, number.end):
        return True
    follows = next((t for t in number.segment.tokens if t.start >= number.end), None)
    moved = follows is not None and follows.kind in MOVES and follows.start - number.end <= 1
    return moved and first.kind == "base_prior" and number.quantity.unit not in ("%", "倍")
