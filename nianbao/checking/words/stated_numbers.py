"""The numbers of a segment against those of the statement that carries it."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from nianbao.checking.known.statements import Stated, pairs_in, unit_of
from nianbao.checking.language.quantity import agrees, compatible
from nianbao.checking.language.tokens import MOVES, Token
from nianbao.checking.reading import Reading
from nianbao.checking.words.pieces import Piece

_PLAIN = 0.6
_DIFFERENCE = re.compile("净|减少|增加|剩|余|尚有|余下|还有|差|其余|其他|另外|另有")


def number_differs(reading: Reading, token: Token, one: Stated, piece: Piece) -> str:
    """How a number stands to a statement: empty where it agrees or a figure carries it."""
    if token.quantity is None:
        return ""
    value, unit = token.quantity.value, unit_of(token)
    rates = (f for f in reading.found if f.rule == "X-11" and reading.text[f.start] == "每")
    if any(f.start <= token.start and token.end <= f.end for f in rates):
        return ""  # 每4.5份有1处: a rate, judged as one
    counts = [v for v, u in one.numbers if u in _COUNTED]
    joined = _JOINED.match(reading.text, token.end) is not None
    if joined and unit in _COUNTED and len(counts) > 1 and value == sum(counts):
        return ""  # 25个科室、单位, for 18个科室和7家直属单位
    noun = reading.text[token.end : token.end + 2]
    other = re.search(rf"([0-9]+)[个家名]?{re.escape(noun)}", one.text) if len(noun) == 2 and noun[0] > "一" else None
    if other and token.quantity.unit in ("个", "家", "名") and int(other[1]) != value and not token.quantity.approx:
        return "contradicted"  # 9个部门和31个街道, for 31个部门和9个街道
    if _exchanged(reading, token, one, piece):
        return "contradicted"
    if any(u == unit and agrees(token.quantity, v) for v, u in one.numbers):
        return ""
    before = reading.text[piece.start : token.start]
    often = None if _OFTEN.search(before) or "各" in before else _OFTEN.search(one.text)
    if often and any(u == unit and v * _TIMES[often[1]] == value for v, u in one.numbers):
        return ""  # 每季度1次: four in the year
    each = "各" in before[-5:]
    if each and any(u == unit and v * len(one.dates) == 2 * value for v, u in one.numbers):
        return ""  # 上、下半年各2次, for four months with one each
    months = _months_in_half(piece, one)
    if months and any(u == unit and v * months == value for v, u in one.numbers):
        return ""  # 下半年3期, for 4月、7月、9月、11月各1期
    if any(compatible(u, unit) and v == value for v, u in one.numbers):
        return ""  # 列入的事项有48个, for 48项
    by_place = "各" in one.text and "各" not in before
    places = len(re.findall("[、和及]", one.text.partition("各")[0])) + 1 if by_place else 1
    if any(u == unit and v * places == value for v, u in one.numbers):
        return ""  # 在码头社区和沿河村各新装1块: two in all
    same = [v for v, u in one.numbers if u == unit]
    if unit == "%" and any(agrees(token.quantity, share) for share in _shares(one)):
        return ""  # 36个栏目中已排查27个，占四分之三
    moved = any(t.kind in MOVES and 0 <= token.start - t.end <= 1 for t in piece.segment.tokens)
    if value == 1 and not moved and unit in ("次", "场", "期", "份", "个") and not same and one.status == "done":
        return ""
    around = reading.text[piece.start : token.end]
    if len(same) >= 2 and _DIFFERENCE.search(around) and value in (same[0] - same[1], same[1] - same[0]):
        return ""
    if any(f.verdict == "supported" and f.start <= token.start and token.end <= f.end for f in reading.found):
        return ""
    if any(t.kind == "date" and t.start <= token.start < t.end for t in piece.segment.tokens):
        return ""
    of_whole = reading.text.startswith("中", token.end)  # 121件中有1件: the whole, which the statement need not tell
    return "contradicted" if same and piece.score >= _PLAIN and not of_whole else "unverified"


def _months_in_half(piece: Piece, one: Stated) -> int:
    """How many months of a statement lie in the half of the year that a segment names."""
    halves = [t.text for t in piece.segment.tokens if t.kind == "part_period" and t.text in ("上半年", "下半年")]
    months = {month for month, _ in one.dates}
    if len(halves) != 1 or len(months) < 2:
        return 0
    return sum((month <= 6) == (halves[0] == "上半年") for month in months)


_OFTEN = re.compile("[每按](半年|季|月|周)")
_TIMES = {"半年": 2, "季": 4, "月": 12, "周": 52}
_BESIDE = 6
_JOINED = re.compile("[\u4e00-\u9fff]{1,4}[、和][\u4e00-\u9fff]")
_COUNTED = ("个", "家", "所", "处")


def _exchanged(reading: Reading, token: Token, one: Stated, piece: Piece) -> bool:
    """意见13条，采纳21条, for 意见21条，采纳13条: the words beside a number are those of another in the statement."""
    unit = unit_of(token)
    if token.quantity is None or token.quantity.approx or not unit:
        return False
    written = list(re.finditer(r"[0-9]+(?=[个]?([\u4e00-\u9fff]))", one.text))
    units = "人名位" if unit == "人" else unit[:1]
    told = {int(m.group()): _around(one.text, m.start(), m.end() + 1) for m in written if m[1] in units}
    value = token.quantity.value
    if len(told) < 2 or value not in told:
        return False
    mine = pairs_in(_around(reading.text, token.start, token.end))
    others = [n for n, words in told.items() if n != value and mine & pairs_in(words)]
    return bool(others) and not mine & pairs_in(told[int(value)])


def _around(text: str, start: int, end: int) -> str:
    """The words right before and behind a number, to a sign or another number."""
    before = re.split(r"[，。；：、（）0-9]", text[max(0, start - _BESIDE) : start])[-1]
    behind = re.split(r"[，。；：、（）0-9]", text[end : end + _BESIDE])[0]
    return f"{before}，{behind}"


def _shares(one: Stated) -> list[Fraction]:
    """What per cent the counts of a statement are of each other."""
    counts = [value for value, unit in one.numbers if unit != "%"]
    return [min(a, b) / max(a, b) * 100 for a, b in pairwise(counts) if a != b and min(a, b) > 0]
