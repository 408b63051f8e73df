"""Where figures carry the numbers and the words are still wrong: plans told as done, intervals that are not kept."""

from __future__ import annotations

import re

from nianbao.checking.known.statements import Stated, canonical, pairs_in
from nianbao.checking.reading import Reading
from nianbao.checking.words.causes import worded
from nianbao.checking.words.matching import covers, match_statement
from nianbao.checking.words.pieces import Piece, pairs_at, planned
from nianbao.checking.words.said_numbers import ENOUGH

_CLAUSE = 10
_WHEN = re.compile("^(?:20[0-9]{2}年)?(?:[上下]半年|[一二三四]季度|[0-9]{1,2}月(?:底|末)?)?(?:以?前|起|内)?")
_PLAN_COVERED, _PLAN_TOLD, _PLAN_HALF = 0.8, 0.7, 0.3
_TURNS = {"每季度": 3, "每季": 3, "按季度": 3, "按季": 3, "每半年": 6, "每月": 1, "每个月": 1, "按月": 1}


def told_how_often(reading: Reading, piece: Piece) -> None:
    """每季度开设1期, where a statement names the months: there must be one in each quarter."""
    often = next((t for t in piece.segment.tokens if t.kind == "frequency" and t.text in _TURNS), None)
    if often is None or planned(reading, piece):
        return
    one = statement_of(reading, piece)
    months = {month for month, _ in one.dates} if one else set()
    length = _TURNS[often.text]
    if one is None or len(months) < 2 or {(month - 1) // length for month in months} == set(range(12 // length)):
        return
    reading.claim(piece.start, piece.end, "contradicted", facts=(one.id,), expected=one.text, rule="EV-24",
                  reason=f"与已确认的情况不符：{one.text}。", kind="words", about="statement")  # fmt: skip


def only_planned(reading: Reading, piece: Piece, before: Piece | None) -> None:
    """年内组织2期公开属性认定专题培训: figures carry its numbers, but the words are those of a plan."""
    if planned(reading, piece) or piece.end - piece.start < 8:
        return
    text = canonical(reading.text)
    told = {text[i : i + 2] for i in range(piece.start, piece.end - 1)}
    for one in reading.evidence.statements.planned:
        share = max((len(pairs & told) / len(pairs) for pairs in _clauses(one) if pairs), default=0.0)
        if one.kind in ("problem", "result") or share < _PLAN_HALF:
            continue
        old = statement_of(reading, before) if before is not None else None
        answers = old is not None and old.id in one.answers
        if not answers and share < _PLAN_TOLD:
            continue
        least = _PLAN_COVERED - (0.2 if answers else 0)
        verb = canonical(_WHEN.sub("", one.text)[:2])
        if verb not in text[piece.start : piece.end] and _counted(reading, piece):
            continue  # 信息公开阅览角4处, though four more are planned
        if covers(text, piece, one) >= least and not _told_elsewhere(reading, one):
            reason = f"这是计划，还没有做：{one.text}。"
            reading.claim(piece.start, piece.end, "contradicted", facts=(one.id,), expected=one.text, reason=reason,
                          rule="EV-24", kind="words", about="statement")  # fmt: skip
            return


def planned_for(reading: Reading, piece: Piece) -> bool:
    """下半年将建立…制度: words that need no statement, with a time that a plan has or has not."""
    timed = any(t.kind == "part_period" or (t.kind == "date" and t.data[1]) for t in piece.segment.tokens)
    one = statement_of(reading, piece) if timed and planned(reading, piece) else None
    if one is None:
        return False
    piece.content = worded(reading, piece)
    return one.status == "planned"


def _counted(reading: Reading, piece: Piece) -> bool:
    """Whether a figure that is right fills a segment."""
    right = (f for f in reading.found if f.kind == "figure" and f.verdict == "supported")
    return any(f.start <= piece.start + 3 and piece.end <= f.end + 1 for f in right)


def _clauses(plan: Stated) -> list[frozenset[str]]:
    """The pairs of signs of a plan, and of its first clause alone: 建立…制度，一次性告知…"""
    first = _WHEN.sub("", plan.text.partition("，")[0])
    return [plan.pairs, *([pairs_in(first)] if first != plan.text and len(first) >= _CLAUSE else [])]


def _told_elsewhere(reading: Reading, plan: Stated) -> bool:
    """Whether something that was done, or the name of a figure, has all the words of a plan."""
    known = reading.evidence.statements.all
    done = (s for s in known if s.status != "planned" or s.kind in ("problem", "result"))
    named = any(plan.pairs <= pairs_in(label.words) for label in reading.evidence.labels)
    return named or any(plan.pairs <= s.pairs for s in done)


def statement_of(reading: Reading, piece: Piece) -> Stated | None:
    """The statement of a segment that figures carry (培训3期，分别于4月、7月和10月举办), by all its words."""
    text = canonical(reading.text)
    places = [i for i in range(piece.start, piece.end) if "\u4e00" <= text[i] <= "\u9fff"]
    one = Piece(piece.segment, places, [], [], [])
    match_statement(text, one, reading.evidence.statements.ranked(pairs_at(text, places)), False, False)
    return one.stated if one.score >= ENOUGH else None
