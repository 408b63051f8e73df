"""Rates in words: 每20篇拟发稿件中有1篇退回, 每3件行政许可对应1件行政处罚."""

from __future__ import annotations

import re
from fractions import Fraction

from nianbao.checking.figures.antecedents import named_in
from nianbao.checking.figures.judging import name_of, out_of_period, out_of_scope, total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, by_way, unique
from nianbao.checking.language.quantity import agrees
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_EVERY = re.compile("每(?:收到|新收|受理|办理|办结|发出)?$")
_AS_IN = re.compile("(?:约|大约|大致|差不多|平均)")
_UNCLEAR = "“每……件”的说法未能核对，请写明两个数。"


def one_in(reading: Reading, number: Number) -> int | None:
    """Read 每N…有M…; where the claim ends. None where the number is no such one."""
    led = _EVERY.search(reading.text[: number.token.start])
    if led is None or number.quantity.value == 1:
        return None
    if number.quantity.unit in ("个月", "天", "小时", "年"):
        return None  # 每两个月巡查1次: how often, for the statements
    start = led.start()
    other = next((t for t in reading.tokens if t.start >= number.end and t.kind == "num"), None)
    if other is None or other.quantity is None or not other.quantity.value:
        reading.claim(start, number.segment.end, "unverified", reason=_UNCLEAR, rule="X-11")
        return number.segment.end
    stop = next((t.start for t in reading.tokens if t.start >= other.end and t.kind in ("num", "break")), other.end)
    part = _named(reading, other.end, stop)
    whole = _named(reading, number.end, other.start, part) or _spoken_of(reading)
    upper, facts, known = total_of(reading, part)
    lower, more, _ = total_of(reading, whole)
    ids = tuple(dict.fromkeys(facts + more))
    reason = out_of_period(reading) or out_of_scope(reading, known)
    if upper is None or not lower or part == whole or reason:
        reading.claim(start, stop, "unverified", facts=ids, reason=reason or _UNCLEAR, rule="X-11")
        return stop
    exact = upper / lower
    about = _AS_IN.search(reading.text[max(0, start - 3) : other.start]) is not None or other.quantity.approx != ""
    plain = number.quantity._replace(approx="")
    rounded = plain.step < 1 and exact != 0 and agrees(plain._replace(unit="%"), other.quantity.value / exact)
    if rounded or _same(exact, other.quantity.value, plain.value, about):
        reading.claim(start, stop, "supported", facts=ids, rule="X-11")
        return stop
    share = reading.show(exact * 100, None, "%")
    reason = f"“{name_of(reading, part)}”是“{name_of(reading, whole)}”的{share}，与文中所说的不符。"
    reading.claim(start, stop, "unverified", facts=ids, expected=share, reason=reason, rule="X-11")
    return stop


def _same(exact: Fraction, part: Fraction, whole: Fraction, about: bool) -> bool:
    """Whether `part` in `whole` is a fraction; with 约, to the nearest whole number of either."""
    if exact == part / whole:
        return True
    return about and (round(whole * exact) == part or round(part / exact) == whole)


def _spoken_of(reading: Reading) -> tuple[Subject, ...]:
    """今年新收的申请，每3件当中…: what the sentence spoke of before."""
    state = reading.state
    return state.pending or (state.last.subjects if state.last else ())


def _named(reading: Reading, start: int, end: int, other: tuple[Subject, ...] = ()) -> tuple[Subject, ...]:
    """The figure that the words of a span name; not the `other` one."""
    inside: list[Token] = [t for t in reading.tokens if start <= t.start and t.end <= end]
    segment = next((s for s in reading.segments if s.start <= start < max(s.end, s.start + 1)), None)
    found = named_in(reading, segment, inside, start, end) if segment else ()
    if found and found != other:
        return found
    labels = tuple(x for x in reading.evidence.labels if Subject("supp", x.id) not in other)
    text = reading.text[start:end]
    own = best(labels, text, "", 0.3)
    label = own.label if own else unique(labels, text, "") or by_way(labels, text, "")
    return (Subject("supp", label.id),) if label else ()
