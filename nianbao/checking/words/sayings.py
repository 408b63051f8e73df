"""Claims in words: events, titles, honours, problems, plans; a confirmed statement carries them or nothing does."""

from __future__ import annotations

import re
from itertools import pairwise

from nianbao.checking.known.statements import Stated, canonical
from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.segments import Segment
from nianbao.checking.reading import Reading
from nianbao.checking.words.carrying import carried, not_carried
from nianbao.checking.words.deeds import deeds
from nianbao.checking.words.matching import match_statement
from nianbao.checking.words.needs import needs_statement
from nianbao.checking.words.pieces import Piece, leave_out, pairs_at, piece_of, planned, quoted_in
from nianbao.checking.words.plans import only_planned, planned_for, statement_of, told_how_often
from nianbao.checking.words.rectified import all_rectified, finished, unsettled
from nianbao.checking.words.said_numbers import ENOUGH, settle_alone, settle_numbers

_YEARS = re.compile("连续[三四五六七八九十0-9]+年(?![度末初])")
_CONTACT = re.compile("联系|地址|电话|邮|网址|查阅|下载|办公时间")
_PROBLEM_LEAD = re.compile(
    "(?:存在|主要|突出|面临|当前|以下|还有)[^，。；]{0,24}(?:问题|不足|短板|差距)|(?:问题|不足)(?:是|主要|有|：)|自查(?:发现|看)[，：]?一是"
)
_LAST_YEAR = re.compile(r"上年|去年|20\d\d年(?:度)?存在")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十][是）)、]|(?:同时|此外|另外)")
_LOOKED_INTO = re.compile(
    "(?:查找|发现|解决|研究|围绕|聚焦|分析|反映|提出|消除|回应)[^。；]{0,24}(?:问题|不足|短板|差距)"
)


def read_sayings(reading: Reading) -> None:
    """The claims in words of a sentence, group by group (parted by ；)."""
    text = reading.text
    state = reading.state
    if state.mode == "problem" and not _ITEM.match(text):
        state.mode = ""
    if _leads_to_problems(text):
        state.mode = "problem"
    elif re.match(
        r"[（一二三四五六七八九十）]*(?:下一步|今后|针对(?:上述|以上|这些|存在))|.{0,12}将(?:采取|从|作)", text
    ):
        state.mode = "plan" if "整改" not in text[:14] else ""
    group: list[Segment] = []
    for segment in reading.segments:
        if segment.opener == "；" and group:
            _group(reading, group)
            group = []
        group.append(segment)
    _group(reading, group)


def _leads_to_problems(text: str) -> bool:
    """仍存在以下问题：… but not 查找存在的问题, nor the list of the report's parts."""
    if not _PROBLEM_LEAD.search(text) or "针对" in text[:4] or "总体情况" in text or _LAST_YEAR.match(text):
        return False
    return bool(re.search("[还仍]存在|主要问题|主要不足|以下", text)) or not _LOOKED_INTO.search(text)


def _group(reading: Reading, segments: list[Segment]) -> None:
    if not segments:
        return
    pieces = [piece_of(reading, part) for segment in segments for part in deeds(segment, reading.text)]
    quoted = quoted_in(reading, pieces)
    for piece in pieces:
        leave_out(piece, quoted)
    _years_on_end(reading, pieces)
    open_pieces = [p for p in pieces if not all_rectified(reading, p)]
    needing = [p for p in open_pieces if needs_statement(reading, p) or planned_for(reading, p)]
    for number, piece in enumerate(pieces):
        if piece not in needing:
            told_how_often(reading, piece)
            only_planned(reading, piece, pieces[number - 1] if number else None)
    if not needing:
        settle_alone(reading, pieces)
        finished(reading, pieces)
        return
    text = canonical(reading.text)
    places = [i for p in needing for i in range(p.start, p.end)] + [i for p in pieces for i in p.content]
    ranked = reading.evidence.statements.ranked(pairs_at(text, places))
    if not _CONTACT.search(text):
        ranked = [one for one in ranked if one.id != "contact"]
    before: Stated | None = None
    for piece in needing:
        match_statement(text, piece, ranked, planned(reading, piece), reading.state.mode == "problem", before)
        before = piece.stated
    _settle(reading, pieces, needing)
    settle_numbers(reading, pieces)
    settle_alone(reading, pieces)
    finished(reading, pieces)


def _years_on_end(reading: Reading, pieces: list[Piece]) -> None:
    """连续三年保持…: no dossier has figures of so many years."""
    for found in _YEARS.finditer(reading.text, pieces[0].start, pieces[-1].end):
        piece = next(p for p in pieces if p.start <= found.start() < max(p.end, p.start + 1))
        if found.group() not in reading.evidence.statements.names and not _has_words(reading, *found.span()):
            reason = phrases("claims")["triggers"]["rank"]["reason"]
            reading.claim(
                found.start(), piece.end, "unverified", reason=reason, rule="EV-24", kind="words", about="rank"
            )


def _settle(reading: Reading, pieces: list[Piece], needing: list[Piece]) -> None:
    for before, piece in pairwise(pieces):
        placed = piece.family == "rank" or any(t.kind == "nth" for t in piece.segment.tokens)
        unplaced = piece.stated is None or (piece.score < ENOUGH and not piece.stated.places)
        asked = (placed and unplaced) or piece.family == "date"
        before.stated = before.stated or (statement_of(reading, before) if asked else None)
        ranked = placed and unplaced and before.stated is not None and before.stated.places
        if before.stated is not None and (ranked or piece.family == "date"):
            piece.stated, piece.score = before.stated, ENOUGH
    for piece in needing:
        _of_title(reading, piece)
        unsettled(reading, piece)
        if (piece.stated is not None and piece.score >= ENOUGH) or (
            piece.stated is not None and piece.family in ("", "document", "problem") and piece.score >= 0.42
        ):
            carried(reading, piece, pieces)
        else:
            not_carried(reading, piece)


def _of_title(reading: Reading, piece: Piece) -> None:
    """《…指引》（7月印发）: what a bracket says is of the title before it."""
    at = piece.segment.number
    before = reading.segments[at - 1] if at and piece.segment.opener == "（" else None
    title = before.tokens[-1] if before and before.tokens else None
    if title is None or title.kind != "title" or before is None or title.end != before.end:
        return
    inner = title.text.strip("《》")
    one = next((s for s in reading.evidence.statements.all if inner in s.text), None)
    if one:
        piece.stated, piece.score = one, 1.0


def _has_words(reading: Reading, start: int, end: int) -> bool:
    wrong = (f for f in reading.found if f.kind == "words" and f.verdict != "supported")
    return any(f.start < end and start < f.end for f in wrong)
