"""Which statement carries a segment: the one that holds most of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.known.statements import Stated
from nianbao.checking.language.tokens import Token
from nianbao.checking.words.pieces import Piece

_ALL_MONTHS = 0.3  # 4月、7月、9月和11月: hardly another's
_WHOLLY = 0.2  # for all the words of a segment, small ones too
_GOES_ON = re.compile("继续|持续|坚持|保持|延续|沿用")


def match_statement(
    text: str, piece: Piece, ranked: list[Stated], planned: bool, problem: bool, before: Stated | None = None
) -> None:
    """The statement that covers most of a segment's content; the group's best is preferred, and the one `before`."""
    best: tuple[float, Stated] | None = None
    if not piece.content:
        return
    scores: dict[str, float] = {}
    done = re.match("(?:我[局县市区镇乡]|本机关)?已", text[piece.start : piece.end]) is not None
    going = any(t.kind == "ongoing" for t in piece.segment.tokens)
    ahead = any(t.kind in ("future", "next") for t in piece.segment.tokens) and not _GOES_ON.search(
        text, piece.start, piece.end
    )
    for number, one in enumerate(ranked):
        whole = covers(text, piece, one)
        score = max(whole if ahead else cover(text, piece.content, one), whole - 0.15)
        dated = bool(one.dates) and any(t.data[1] and _same_day(t, one) for t in piece.dates)
        months = {t.data[1] for t in piece.dates if t.data[1]}
        score += _ALL_MONTHS if len(months) > 1 and months == {m for m, _ in one.dates} else 0
        scores[one.id] = score
        points = score + (0.1 if number == 0 else 0) + (0.12 if dated else 0) - (0.05 if one.prior else 0)
        points -= 0.15 if one.prior and one.status == "planned" else 0
        points += 0.15 if going and one.status == "ongoing" and one.kind != "problem" else 0
        points -= 0.15 if done and one.kind == "problem" and not problem else 0
        points += 0.12 if (one.status == "planned") == planned else 0
        points -= 0.25 if ahead and one.status == "done" and one.kind != "problem" else 0
        points += _WHOLLY * whole
        points += 0.1 if one is before and not piece.dates else 0
        points += 0.15 if problem and one.kind == "problem" else 0
        if score >= 0.34 and (best is None or points > best[0]):
            best = (points, one)
    if best is not None:
        piece.stated, piece.score = best[1], scores[best[1].id]


def covers(text: str, piece: Piece, one: Stated) -> float:
    """How much of all the words of a segment a statement holds."""
    return cover(text, [i for i in range(piece.start, piece.end) if "\u4e00" <= text[i] <= "\u9fff"], one)


def _same_day(token: Token, one: Stated) -> bool:
    """Whether a date of the text is one of the statement's."""
    _, month, day = token.data
    return (month, day) in one.dates if day else any(m == month for m, _ in one.dates)


def cover(text: str, content: Sequence[int], one: Stated) -> float:
    if not content:
        return 1.0
    return sum(covered(text, i, one) for i in content) / len(content)


def covered(text: str, i: int, one: Stated) -> bool:
    return text[i : i + 2] in one.pairs or (i > 0 and text[i - 1 : i + 1] in one.pairs)
