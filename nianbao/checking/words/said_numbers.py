"""Numbers beside a statement: which it carries, and which claims about figures fall where it does."""

from __future__ import annotations

import re

from nianbao.checking.known.statements import Stated, canonical, pairs_in, unit_of
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.matching import cover
from nianbao.checking.words.pieces import Piece
from nianbao.checking.words.stated_numbers import number_differs

_SURE = 0.7


_ALL_DONE = re.compile("(?:均|都|全部|已全部|已全面|悉数)已?(?:完成|清理|整理|排查|整改|改完|到位)")
ENOUGH = 0.5


def settle_numbers(reading: Reading, pieces: list[Piece]) -> None:
    """Open numbers of segments without words of their own: the statement beside them carries them or not."""
    near: Piece | None = next((p for p in pieces if p.stated is not None and p.score >= ENOUGH), None)
    for piece in pieces:
        if piece.stated is not None and piece.score >= ENOUGH:
            near = piece
            continue
        for token in piece.segment.tokens:
            if token.kind != "num" or near is None or near.stated is None:
                continue
            if piece.triggers and cover(canonical(reading.text), piece.content, near.stated) < ENOUGH:
                continue  # 评查案卷60件，评出优秀案卷8件
            if near.stated.status == "ongoing" and _ALL_DONE.search(reading.text, token.end, piece.end):
                reason = f"这项工作还在进行：{near.stated.text}。"
                reading.claim(piece.start, piece.end, "contradicted", facts=(near.stated.id,), reason=reason,
                              expected=near.stated.text, rule="EV-24", kind="words", about="statement")  # fmt: skip
                continue
            rest = _REST.search(reading.text[piece.start : token.start]) is not None
            here = (f for f in reading.found if f.start <= token.start and token.end <= f.end)
            held = cover(canonical(reading.text), range(piece.start, piece.end), near.stated) >= ENOUGH
            open_claims = [f for f in here if _open(f) or ((rest or held) and _unsure(f))]
            if open_claims and not number_differs(reading, token, near.stated, piece):
                reading.found = [f for f in reading.found if f not in open_claims]
                reading.claim(token.start, token.end, "supported", facts=(near.stated.id,), rule="EV-24", kind="words")


_ALIKE = 5


def settle_alone(reading: Reading, pieces: list[Piece]) -> None:
    """Open numbers that no statement beside them carries: one that has the number and much of the words does.

    上年提出的文件没有标注有效性的问题尚在整改，820份中已标注615份: the segment before was another statement's.
    """
    if not any(_open(f) for f in reading.found):
        return
    pairs = pairs_in(reading.text[pieces[0].start : pieces[-1].end])
    for piece in pieces:
        for token in piece.segment.tokens:
            open_claims = [f for f in reading.found if f.number == (token.start, token.end) and _open(f)]
            if token.quantity is None or not open_claims or token.quantity.value < _ALIKE:
                continue
            told = (token.quantity.value, unit_of(token))
            having = [
                s for s in reading.evidence.statements.all
                if not s.prior and told in s.numbers and len(s.pairs & pairs) >= _ALIKE
                and cover(canonical(reading.text), piece.content, s) >= ENOUGH
            ]  # fmt: skip
            if len(having) == 1:
                reading.found = [f for f in reading.found if f not in open_claims]
                reading.claim(token.start, token.end, "supported", facts=(having[0].id,), rule="EV-24", kind="words")


_REST = re.compile("(?:尚有|还有|剩余?|尚余|余下|其余|(?:减少|增加|净增|净减|压减|精简)了?)$")


def _unsure(one: Claim) -> bool:
    return one.kind == "figure" and one.verdict == "unverified" and not one.scope


def _open(one: Claim) -> bool:
    """Whether a claim about a number has nothing to rest on, or only a figure of the whole year."""
    return (one.kind == "figure" and not one.facts) or (
        one.kind == "figure" and one.verdict == "unverified" and "时段" in one.reason
    )


def drop_figures(reading: Reading, piece: Piece, one: Stated, wrong: list[Claim]) -> None:
    """Where a statement carries a segment, a doubtful reading of its numbers as figures falls."""
    numbers = [t for t in piece.segment.tokens if t.kind == "num"]
    agreed = bool(numbers) and all(number_differs(reading, t, one, piece) == "" for t in numbers)
    inside = [f for f in reading.found if f.start < piece.end and f.end > piece.start]
    bound = any(f.facts for f in inside) and any(f.kind == "figure" and f.verdict == "contradicted" for f in inside)
    if piece.score < _SURE and not agreed and bound:
        return
    differs = [t for t in numbers if number_differs(reading, t, one, piece) == "unverified"]
    fallen = [
        f
        for f in inside
        if f.kind == "figure"
        and f.verdict != "supported"
        and not (wrong and f.facts)
        and not f.scope
        and not any(f.start <= t.start and t.end <= f.end for t in differs)
    ]
    reading.found = [f for f in reading.found if f not in fallen]
