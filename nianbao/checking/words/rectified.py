"""What the text says was put right: held against the rectifications of the dossier."""

from __future__ import annotations

import re
from itertools import pairwise

from nianbao.checking.known.statements import canonical, negative
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Verdict
from nianbao.checking.words.matching import match_statement
from nianbao.checking.words.pieces import Piece, pairs_at

_RECTIFIED = re.compile("整改|解决|完成|落实到位")


_ALL_RECTIFIED = re.compile(
    "(?:均|都|全部|全面)已?(?:得到)?(?:整改|解决|销号)|已(?:全部|全面|悉数)(?:整改|解决)"
    "|整改[^，。；]{0,8}(?:均|都|全部|悉数|全面)已?(?:完成|到位|落实|办结|销号)"
)


def all_rectified(reading: Reading, piece: Piece) -> bool:
    """上年的问题均已整改完毕: every rectification of the dossier must be done."""
    found = _ALL_RECTIFIED.search(reading.text, piece.start, piece.end)
    done = [s for s in reading.evidence.statements.all if s.kind == "rectification" and not s.prior]
    if found is None or not done or negative(reading.text[piece.start : piece.end]):
        return False
    left = [s for s in done if s.status != "done"]
    reason = f"这项整改还在进行：{left[0].text}。" if left else ""
    facts, expected = tuple(s.id for s in left or done), left[0].text if left else None
    reading.claim(piece.start, piece.end, "contradicted" if left else "supported", facts=facts, expected=expected,
                  reason=reason, rule="EV-24", kind="words", about="statement")  # fmt: skip
    return True


def unsettled(reading: Reading, piece: Piece) -> None:
    """…问题尚未解决, where a rectification is confirmed as done: that is what it is held against."""
    one = piece.stated
    text = reading.text[piece.start : piece.end]
    if one is None or not one.prior or not re.search("尚未|仍未|还未|没有(?:得到)?(?:解决|整改)", text):
        return
    wanted = pairs_at(canonical(reading.text), range(piece.start, piece.end))
    done = [s for s in reading.evidence.statements.all if s.kind == "rectification" and s.status == "done"]
    best = max(done, key=lambda s: len(s.pairs & wanted), default=None)
    if best is not None and len(best.pairs & wanted) >= 2:
        piece.stated = best


def finished(reading: Reading, pieces: list[Piece]) -> None:
    """…的问题，已全部整改完成: held against the rectification that answers the problem."""
    for before, piece in [*pairwise(pieces), *((p, p) for p in pieces)]:
        text = reading.text[piece.start : piece.end]
        one = before.stated
        if before is piece:
            _ended_itself(reading, piece)
            continue
        if re.search("还在|仍在|尚在|正在|继续", text) or negative(text):
            continue
        if piece.stated or not _RECTIFIED.search(text) or "问题" not in _text(reading, before):
            continue
        if one is None:
            before.content = before.content or list(range(before.start, before.end))
            places = list(range(before.start, before.end))
            plain = canonical(reading.text)
            match_statement(plain, before, reading.evidence.statements.ranked(pairs_at(plain, places)), False, True)
            one = before.stated
        if one is None or one.kind != "problem":
            continue
        for answer in reading.evidence.statements.all:
            if answer.kind == "rectification" and one.id.removeprefix("prior.") in answer.answers:
                verdict: Verdict = "supported" if answer.status == "done" else "contradicted"
                reason = "" if answer.status == "done" else f"这项整改还在进行：{answer.text}。"
                reading.claim(piece.start, piece.end, verdict, facts=(answer.id,), expected=answer.text, reason=reason,
                              rule="EV-24", kind="words", about="statement")  # fmt: skip
                break


_ENDED = re.compile(
    "问题[^，。；]{0,2}(?:已|已经|均已|都已)(?:彻底|全面|完全|基本|全部|得到)*(?:解决|消除|整改|改正)[^，。；]{0,3}$"
)


def _ended_itself(reading: Reading, piece: Piece) -> None:
    """网页分散的问题已彻底解决: one clause, with the problem and that it is over."""
    text = _text(reading, piece)
    old = (s for s in reading.evidence.statements.all if s.prior and s.kind == "problem" and s.text in text)
    one = piece.stated or next(old, None)
    found = _ENDED.search(text)
    if one is None or found is None or one.kind != "problem" or not one.prior or negative(found.group()):
        return
    known = reading.evidence.statements.all
    answers = [s for s in known if s.kind == "rectification" and one.id.removeprefix("prior.") in s.answers]
    if answers and answers[0].status != "done":
        reason = f"这项整改还在进行：{answers[0].text}。"
        reading.claim(piece.start, piece.end, "contradicted", facts=(answers[0].id,), expected=answers[0].text,
                      reason=reason, rule="EV-24", kind="words", about="statement")  # fmt: skip


def _text(reading: Reading, piece: Piece) -> str:
    return reading.text[piece.start : piece.end]
