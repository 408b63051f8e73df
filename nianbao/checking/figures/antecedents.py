"""What a number is about when its own words do not say: the words before it, 前者, 两者, the last figure told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.figures.judging import total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, by_way, in_channel
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading, resolved

JOINERS = re.compile(r"[、和及与]|以及")
_CHANNEL = re.compile("网站|新媒体|公众号|微信|微博|公开栏|公示栏|公告栏|公报|显示屏|渠道")
_NO_BASE = "没有与{base}比较所需的数据，未能核对。"


def about(reading: Reading, number: Number, before: int | None = None) -> tuple[Subject, ...]:
    """What a change or share is about: the words before it, or what was said last."""
    state = reading.state
    if number.queue:
        return number.queue.pop(0)
    tokens = [t for t in number.pre if before is None or t.end <= before]
    if antecedent := pronoun(reading, tokens):
        return antecedent
    frame = reading.labels(number.segment, tokens)
    own_kind = frame is None or frame.domain == "supp"
    sums = [t for t in tokens if t.kind in ("sum", "channels", "both")]
    if own_kind and sums:
        joined = several_of(reading, reading.text[number.start : sums[0].start], "")
        if joined:
            return tuple(joined)
        pair = last_two(reading, count_of(number)) if any(t.kind in ("channels", "both") for t in sums) else []
        if frame is None and len(pair) == count_of(number):
            return tuple(s._replace(prior=False) for group in pair for s in group)
    stop = number.token.start if before is None else before
    unit = number.quantity.unit if number.quantity.unit not in ("%", "倍", "个百分点") else ""
    own = best(reading.evidence.labels, reading.text[number.start : stop], unit, 0.5)
    if own and (frame is None or own.score >= 0.8):
        return (Subject("supp", own.label.id),)
    told = state.said[-1] if state.said else None
    if frame is None:
        unit = told.unit if told and told.unit not in ("%", "倍", "个百分点") else ""
        if not unit and state.fresh and state.context and state.context.domain == "supp":
            unit = reading.evidence.figures.known(state.context).unit
        if by_channel := in_channel(reading.evidence.labels, reading.text[number.start : stop], unit):
            return (Subject("supp", by_channel.id),)
    if frame is None and any(t.kind == "object" and t.entry and t.entry.domain == "requests" for t in tokens):
        return (Subject("requests", "new"),)
    if frame:
        found = tuple(resolved(s, state, state.whole is not None, True)[0] for s in subjects_of(frame))
        return tuple(s for s in found if s.row)
    if state.pending:
        return state.pending
    if state.said and state.said[-1].sentence >= state.sentence - 1:
        return tuple(s._replace(prior=False) for s in state.said[-1].subjects)
    return (state.context,) if state.context else ()


def pronoun(reading: Reading, tokens: Sequence[Token]) -> tuple[Subject, ...]:
    """前者, 后者: of the last two figures that were told."""
    kinds, state = {t.kind for t in tokens}, reading.state
    if not kinds & {"former", "latter"}:
        return ()
    if not state.pair or state.pair_in != state.sentence:
        listed: list[tuple[Subject, ...]] = [(s,) for s in state.pending] if len(state.pending) == 2 else []
        state.pair, state.pair_in = listed or last_two(reading), state.sentence
    if len(state.pair) < 2:
        return ()
    return state.pair[0] if "former" in kinds else state.pair[1]


def last_two(reading: Reading, count: int = 2) -> list[tuple[Subject, ...]]:
    """The subjects of the last figures told, each once."""
    found: list[tuple[Subject, ...]] = []
    for one in reversed(reading.state.said):
        if one.subjects and one.subjects not in found and one.sentence >= reading.state.sentence - 2:
            found.insert(0, one.subjects)
        if len(found) == count:
            break
    return found


def prior_of(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    return tuple(s._replace(prior=True) for s in subjects)


def named_in(reading: Reading, segment: Segment, tokens: list[Token], start: int, end: int) -> tuple[Subject, ...]:
    frame = reading.labels(segment, tokens)
    own = best(reading.evidence.labels, reading.text[start:end], "", 0.5)
    if own and (frame is None or own.score >= 0.8):
        return (Subject("supp", own.label.id),)
    words = reading.text[start:end]
    asked = "申请" in words and (frame is None or (frame.rows == ("new",) and not frame.columns))
    if asked and (way := by_way(reading.evidence.labels, words, "件")):
        return (Subject("supp", way.id),)  # 网络渠道申请量
    if frame:
        return tuple(s for s in (resolved(s, reading.state, False, True)[0] for s in subjects_of(frame)) if s.row)
    return ()


def left_of(reading: Reading, segment: Segment, tokens: list[Token], start: int, end: int) -> tuple[Subject, ...]:
    named = pronoun(reading, tokens) or named_in(reading, segment, tokens, start, end)
    if named:
        return named
    state = reading.state
    if state.pending:
        return state.pending
    return tuple(s._replace(prior=False) for s in state.said[-1].subjects) if state.said else ()


def count_of(number: Number) -> int:
    """How many figures 两者, 三项 speak of."""
    words = "".join(t.text for t in number.pre if t.kind in ("channels", "both"))
    return next((n for sign, n in (("三", 3), ("四", 4)) if sign in words), 2)


def channels(reading: Reading, count: int, unit: str) -> tuple[Subject, ...]:
    """The dossier's figures of channels, where there are as many as the text says."""
    found = [x for x in reading.evidence.labels if x.unit == unit and _CHANNEL.search(x.words)]
    return tuple(Subject("supp", x.id) for x in found) if len(found) == count else ()


def base_missing(reading: Reading, number: Number) -> bool:
    """The text compares with something the dossier has no figures of."""
    base = reading.state.compared
    if base in ("", "prior"):
        return False
    _, facts, _ = total_of(reading, about(reading, number))
    reason = _NO_BASE.format(base=f"“{base}”")
    start = reading.widened(number.segment.start)
    reading.claim(start, number.end, "unverified", facts=facts, reason=reason, rule="X-12")
    return True


def several_of(reading: Reading, text: str, unit: str) -> list[Subject]:
    """公开栏和网站共发布…: figures of the dossier's own that are joined."""
    parts = [p for p in JOINERS.split(text) if p]
    if len(parts) < 2:
        return []
    labels = reading.evidence.labels
    found = [m.label if (m := best(labels, part, unit, 0.4)) else by_way(labels, part, unit) for part in parts]
    named = list(dict.fromkeys(label.id for label in found if label))
    return [Subject("supp", name) for name in named] if len(named) == len(parts) else []
