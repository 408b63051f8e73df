"""Causes: 因…被纠正, 都因…, 问题出在…, and what they are told with."""

from __future__ import annotations

import re

from nianbao.checking.reading import Reading
from nianbao.checking.words.pieces import Piece

ROOT = re.compile("症结|问题出在|根源")


def after_its_word(reading: Reading, piece: Piece) -> None:
    """问题出在没有按期答复: of a cause, what it is, not the words that say that it is one."""
    words = [t for t in piece.triggers if ROOT.match(t.text)]
    if not words:
        return
    inside = {i for t in words for i in range(t.start, t.end)}
    rest = [i for i in piece.content if i not in inside]
    piece.content = rest or [i for i in worded(reading, piece) if i not in inside] or piece.content


def worded(reading: Reading, piece: Piece) -> list[int]:
    """The signs of a segment's words, small words and numbers apart."""
    small = {
        i
        for t in piece.segment.tokens
        if t.kind in ("num", "date", "ordinal", "respectively", "this", "prior", "next", "self", "rest", "both", "sum")
        or (t.kind != "trigger" and len(t.text) < 2)
        for i in range(t.start, t.end)
    }
    return [i for i in range(piece.start, piece.end) if i not in small and "\u4e00" <= reading.text[i] <= "\u9fff"]


FOR_WANT = re.compile(
    "[因由](?:于|为)?((?!政府信息|信息公开|公开|申请)[\u4e00-\u9fff]{3,12}?)而?被(?P<deed>纠正|撤销|确认违法|责令)"
)
_ALL_FOR = re.compile("(?:都|均|皆|全)(?:是|系)?(?:因为?|涉及|关于|围绕)([^，。；]{3,})")
_BROUGHT = re.compile("(?:系|由|是)(?:因|由)?([\u4e00-\u9fff]{3,12}?)(?:引起|引发)")
_AFTER = re.compile(
    "(?:自|随着)?(?:推行|实施|施行|出台|开展|加强|优化|推进|建立|启用|调整|开通|上线|完善|规范)[^，。；]{2,24}(?:之?后|以来)"
)


def _moves_next(reading: Reading, piece: Piece) -> bool:
    """Whether the next segment tells of a change."""
    after = reading.segments[piece.segment.number + 1 : piece.segment.number + 2]
    return any(f.rule == "X-12" and s.start <= f.start < s.end for s in after for f in reading.found)


def causal(reading: Reading, piece: Piece) -> bool:
    """因群众维权意识增强，… 受疫情影响，…: a reason, and no ground of a table."""
    tokens = piece.segment.tokens
    if found := FOR_WANT.search(reading.text, piece.start, piece.end):
        piece.family = "cause"
        piece.content = piece.content or list(range(*found.span(1)))
        return True
    if _AFTER.fullmatch(reading.text, piece.start, piece.end) and _moves_next(reading, piece):
        piece.family = "cause"
        piece.content = piece.content or list(range(piece.start, piece.end))
        return True
    if found := _BROUGHT.search(reading.text, piece.start, piece.end):
        piece.family, piece.content = "cause", list(range(*found.span(1)))
        return True
    if (alike := _ALL_FOR.search(reading.text, piece.start, piece.end)) and not any(
        t.kind in ("row", "column") and t.start >= alike.start() for t in tokens
    ):
        piece.family, piece.content = "cause", list(range(*alike.span(1)))
        return True
    if not re.match("因(?!此|而|地|政府信息公开|公开)|受(?!理|到|邀)|随着|鉴于", reading.text[piece.start : piece.end]):
        return False
    named = (t for t in tokens if t.kind in ("row", "column", "carry") and not (t.entry and t.entry.weak))
    if any(named) or piece.segment.end - piece.segment.start < 4:
        return False
    piece.family = "cause"
    piece.content = piece.content or list(range(piece.start, piece.end))
    return True
