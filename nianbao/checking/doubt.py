"""What hangs on a doubtful claim: a clause without a claim of its own shares the doubt of its sentence.

选派2名工作人员跟班学习，业务能力明显提高: when the first was not done, the second has nothing to stand on.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.checking.language.segments import Segment
from nianbao.checking.reading import Reading
from nianbao.checking.verdicts import Claim
from nianbao.checking.words.needs import GAP
from nianbao.checking.words.pieces import piece_of

_LEAST = 4
_NOTHING = "所在的句子有未能核对的内容，这一处也没有已确认的情况作依据，未能核对。"


def spread_doubt(reading: Reading) -> None:
    """Lengthen doubtful claims in words over what follows from them; mark unknown words beside any doubtful claim."""
    if all(c.verdict == "supported" for c in reading.found):
        return
    bare = {s.number for s in reading.segments if not _claims_in(reading, s)}
    for segment in reading.segments:
        if segment.number not in bare or segment.end - segment.start < _LEAST or _set_phrase(reading, segment):
            continue
        before = _before(reading, segment)
        if before is not None and segment.start - before.end <= 1:
            reading.found[reading.found.index(before)] = replace(before, end=segment.end)
        elif before is not None or len(piece_of(reading, segment).gaps) >= GAP:
            reading.claim(
                segment.start, segment.end, "unverified", reason=_NOTHING, rule="EV-24", kind="words", about="doubt"
            )


def _claims_in(reading: Reading, segment: Segment) -> list[Claim]:
    return [c for c in reading.found if c.start < segment.end and segment.start < c.end]


def _before(reading: Reading, segment: Segment) -> Claim | None:
    """The doubtful claim in words that stands in the segment before one which goes on after a comma."""
    if segment.opener != "，" and reading.text[segment.start - 1 : segment.start] != "，":
        return None
    told = (c for c in reading.found if c.kind == "words" and c.rule == "EV-24" and c.verdict != "supported")
    last = max(told, key=lambda c: c.end if c.end < segment.start else -1, default=None)
    if last is None:
        return None
    beside = reading.segments[segment.number - 1].start if segment.number else 0
    return last if beside < last.end <= segment.start else None


def _set_phrase(reading: Reading, segment: Segment) -> bool:
    """A phrase of the law or of office that claims nothing."""
    return all(t.kind in ("fixed", "list") for t in segment.tokens) and bool(segment.tokens)
