"""Shares: 占…的…%, rates, percentage points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.antecedents import (
    about,
    base_missing,
    channels,
    count_of,
    last_two,
    named_in,
    pronoun,
    several_of,
)
from nianbao.checking.figures.judging import compare, name_of, total_of
from nianbao.checking.figures.naming import whole_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.ratios import narrow_whole, ratio, two_shares, usual_whole
from nianbao.checking.figures.timely import timely_subject
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, unique
from nianbao.checking.language.quantity import Approx, Quantity, agrees
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading, resolved

_SHARED = re.compile("(约|近|超过|超|不足|不到|接近)$")
_SHARED_AS: dict[str, Approx] = {
    "约": "about", "近": "near", "接近": "near", "超过": "over", "超": "over", "不足": "under", "不到": "under",
}  # fmt: skip


def base_just_told(reading: Reading, number: Number) -> bool:
    """占…总数126条的68.3%: the number before this one is the whole."""
    tokens = number.segment.tokens
    before = [t for t in tokens if t.end <= number.token.start and t.kind != "bland"]
    last = before[-1] if before else None
    if last is None or last.kind != "num" or reading.text[last.end : number.token.start] != "的":
        return False
    return any(t.kind == "share" for t in before)


def share(reading: Reading, number: Number) -> None:
    """占新收申请总数的60.38%: the part was said before, the whole is named or inherited."""
    state, one = reading.state, number.quantity
    mark = next((t for t in number.pre if t.kind == "share"), None)
    start, end = number.start, number.end
    base_named = False
    joined = (s.subjects for s in state.said if s.sentence == state.sentence and len(s.subjects) > 1)
    told = state.base = state.base or next((g for g in joined if all(x.domain == "supp" for x in g)), ())
    if mark is None and base_just_told(reading, number):
        mark = next(t for t in number.segment.tokens if t.kind == "share")
        left = [t for t in number.segment.tokens if t.end <= mark.start]
        state.base, base_named = state.said[-1].subjects, True
        part = named_in(reading, number.segment, left, number.segment.start, mark.start)
        part = part or (state.said[-2].subjects if len(state.said) > 1 else ())
    elif mark is not None:
        after = [t for t in number.pre if t.start >= mark.end]
        named = base_of(reading, number.segment, after, mark.end, number.token.start)
        named_before = _base_before(reading, number, mark)
        base_named = bool(named or named_before)
        state.base = named or named_before or state.base
        part = _among(reading, number, mark, state.base) if state.base == told or not named else ()
        part = part or _numerators(reading, number, mark)
        if part == state.base:  # the words before the verb were the whole's
            part = reading.state.said[-1].subjects if reading.state.said else ()
    else:
        part = number.queue.pop(0) if number.queue else _after_last(reading)
    if mark is not None and not part and any(t.kind == "each" for t in number.pre):
        frame = reading.labels(number.segment, [t for t in number.pre if t.end <= mark.start])
        several = [resolved(s, state, False, True)[0] for s in subjects_of(frame)] if frame else []
        values = {reading.evidence.figures.known(s).value for s in several}
        part = (several[0],) if several and len(values) == 1 else ()
    whole = state.base or usual_whole(part)
    if not whole and part and part == timely_subject(reading):
        whole = (Subject("requests", "total_handled"),)
    if not whole and part and state.whole and state.whole.domain == part[0].domain and state.whole not in part:
        whole = (state.whole,)
    if "这一" in reading.text[number.start : number.token.start] and state.last_share:
        part = state.last_share[0]
    unit = reading.evidence.figures.known(state.base[0]).unit if state.base else ""
    last = state.last_share[1] if state.last_share else ()
    unnamed = mark is not None and not reading.labels(number.segment, [t for t in number.pre if t.end <= mark.start])
    if (
        mark is not None
        and unnamed
        and (own := unique(reading.evidence.labels, reading.text[start : mark.start], unit))
    ):
        part = (Subject("supp", own.id),)
    if not whole and part and part[0].domain == "supp":
        whole = state.whole and (state.whole,) if state.whole and state.whole not in part else last
        whole = whole or _told_before(reading, part) or _of_requests(reading, part) or _greater(reading, number, part)
    if part and tuple(part) == tuple(whole):
        part = ()  # 36个栏目中已排查27个: no two figures of the dossier
    right, facts, known = ratio(reading, part, whole)
    if not part or not whole:
        reading.claim(start, end, "unverified", reason="未能确定是哪一项占哪一项的比例。", rule="X-11")
        return
    one = approximate(reading, number, mark)
    if not base_named and (right is None or not agrees(one, right)):
        for other in (narrow_whole(reading, part), (state.whole,) if state.whole else (), usual_whole(part)):
            closer, _, _ = ratio(reading, part, other) if other and other != tuple(part) else (None, (), [])
            if closer is not None and agrees(one, closer):
                whole = other
                break
        right, facts, known = ratio(reading, part, whole)
    state.share = state.last_share = (part, whole)
    fact = f"share.{facts[0]}" if facts else ""
    table = reading.evidence.figures.facts
    if fact in table and table[fact].base == facts[-1]:
        facts = (fact, *facts)
    what = f"“{name_of(reading, part)}”占“{name_of(reading, whole)}”的比例"
    apart = part[0].domain == "supp"  # a figure of its own scope in terms of another's: 占全区新收量的24.6%
    compare(reading, start, end, one, right, facts, what, "X-11", known=() if apart else known)  # type: ignore[arg-type]


def _of_requests(reading: Reading, part: Sequence[Subject]) -> tuple[Subject, ...]:
    """在线递交的占64.6%: an own figure of applications, of all that were received."""
    label = next((x for x in reading.evidence.labels if x.id == part[0].row), None)
    asked = label is not None and "申请" in label.words and not re.search("期|答复|办结|工作日", label.words)
    return (Subject("requests", "new"),) if asked else ()


def _greater(reading: Reading, number: Number, part: Sequence[Subject]) -> tuple[Subject, ...]:
    """占收集总数的34.97%: the figure of the same thing that the part is a part of."""
    whole = whole_of(reading, part[0].row) if "总" in reading.text[number.start : number.token.start] else ""
    return (Subject("supp", whole),) if whole else ()


def _told_before(reading: Reading, part: Sequence[Subject]) -> tuple[Subject, ...]:
    """公开栏共32块，过期的5块，占16%: the figure told before the part, in the same unit."""
    state = reading.state
    told = [s for s in state.said if s.sentence == state.sentence and s.subjects]
    if len(told) < 2 or told[-1].subjects != tuple(part) or told[-2].unit != told[-1].unit:
        return ()
    return told[-2].subjects if told[-2].value >= told[-1].value else ()


_INSIDE = re.compile("在([^，。；在]{2,24}?)(?:之|总[量数])?[中里当]")


def _base_before(reading: Reading, number: Number, mark: Token) -> tuple[Subject, ...]:
    """在新收申请中占56.25%: the whole told before the verb."""
    found = _INSIDE.search(reading.text, 0, mark.start)
    if found and (joined := several_of(reading, found[1], "")):
        return tuple(joined)
    if found is None or found.start() < number.segment.start or not reading.state.said:
        return ()
    inside = [t for t in number.segment.tokens if found.start(1) <= t.start and t.end <= found.end()]
    frame = reading.labels(number.segment, inside)
    if frame is None or frame.several:
        return ()
    return tuple(s if s.row else s._replace(row="new") for s in subjects_of(frame) if s.domain == "requests")


def _among(reading: Reading, number: Number, mark: Token, whole: Sequence[Subject]) -> tuple[Subject, ...]:
    """网站占两个渠道合计的31.7%，公开栏占68.3%: one of those that were added up."""
    names = {s.row for s in whole if s.domain == "supp"}
    parts = tuple(x for x in reading.evidence.labels if x.id in names)
    found = best(parts, reading.text[number.start : mark.start], "", 0.3) if len(parts) > 1 else None
    return (Subject("supp", found.label.id),) if found else ()


def approximate(reading: Reading, number: Number, mark: Token | None) -> Quantity:
    """约占…, 近为…: the word of nearness before the verb is the number's."""
    one = number.quantity
    said = _SHARED.search(reading.text, max(0, mark.start - 3), mark.start) if mark and not one.approx else None
    return one._replace(approx=_SHARED_AS[said[1]]) if said else one


def _numerators(reading: Reading, number: Number, mark: Token) -> tuple[Subject, ...]:
    if any(t.kind == "each" for t in number.pre):
        pair = last_two(reading)
        return pair[-1] if pair else ()
    named = reading.labels(number.segment, [t for t in number.pre if t.end <= mark.start])
    if named and named.several and any(t.kind in ("both", "sum") and t.end <= mark.start for t in number.pre):
        return tuple(resolved(s, reading.state, False, True)[0] for s in subjects_of(named))
    if any(t.kind == "both" and t.end <= mark.start for t in number.pre):
        return tuple(s for group in last_two(reading, count_of(number)) for s in group)
    return about(reading, number, mark.start)


def _after_last(reading: Reading) -> tuple[Subject, ...]:
    return reading.state.said[-1].subjects if reading.state.said else ()


def base_of(reading: Reading, segment: Segment, tokens: list[Token], start: int, end: int) -> tuple[Subject, ...]:
    """The whole that the words after 占 name."""
    text = reading.text[start:end]
    state = reading.state
    if any(t.kind in ("channels", "both") for t in tokens):
        pair = last_two(reading)
        return tuple(s for group in pair for s in group) if len(pair) == 2 else channels(reading, 2, "条")
    if antecedent := pronoun(reading, tokens):
        return antecedent
    frame = reading.labels(segment, tokens)
    if any(t.kind == "carry" for t in tokens) and frame and frame.rows in ((), ("new",)):
        return (Subject("requests", "workload"),)
    if frame:
        found = [resolved(s, state, False, True)[0] for s in subjects_of(frame)]
        return tuple(s if s.row else s._replace(row="new") for s in found)
    if re.search("申请总|申请数|申请量|收到|收件|申请件|全部申请|总申请", text):
        return (Subject("requests", "new"),)
    if re.search("办结|办理|答复|处理", text):
        return (Subject("requests", "total_handled"),)
    own = best(reading.evidence.labels, text, "", 0.5)
    if own:
        return (Subject("supp", own.label.id),)
    if "总" in text and state.whole:
        return (state.whole,)
    return ()


def points(reading: Reading, number: Number, move: Token | None) -> None:
    """上升2.3个百分点: the difference of two shares, never the growth of a count."""
    start, end, state = number.start, number.end, reading.state
    if base_missing(reading, number):
        return
    if state.share:
        part, whole = state.share
        now, before, facts = two_shares(reading, part, whole)
        falling = move is not None and move.kind == "down"
        right = None if now is None or before is None else (before - now if falling else now - before)
        if right is not None and number.quantity.step < 1 and now is not None and before is not None:
            step = number.quantity.step
            shown = [Fraction(int(v / step + Fraction(1, 2))) * step for v in (now, before)]
            apart = shown[1] - shown[0] if falling else shown[0] - shown[1]
            right = apart if apart == number.quantity.value else right
        compare(reading, start, end, number.quantity, right, facts, "两年比例之差")
        return
    subjects = about(reading, number)
    if re.search("占比|比[例重]", reading.text[start : number.token.start]) and state.said:
        part = tuple(s._replace(prior=False) for s in state.said[-1].subjects)
        now, before, facts = two_shares(reading, part, usual_whole(part))
        falling = move is not None and move.kind == "down"
        right = None if now is None or before is None else (before - now if falling else now - before)
        compare(reading, start, end, number.quantity, right, facts, "两年比例之差")
        return
    shares_told = any(t.quantity and t.quantity.unit == "%" for t in reading.tokens if t.end <= number.token.start)
    if subjects and not shares_told:
        reason = f"“{name_of(reading, subjects)}”是数量，增减幅度应当用百分比，不用百分点。"
        _, facts, _ = total_of(reading, subjects)
        reading.claim(start, end, "contradicted", facts=facts, expected="百分比", reason=reason, rule="X-12")
    else:
        reading.claim(start, end, "unverified", reason="没有这一比例的数据，未能核对。", rule="X-12")
