"""Whether a number is plainly about its figure, so that a difference contradicts it; else it is only open.

A false alarm costs an editor more than an open mark with the right value beside it. So a contradiction needs every
word around the number understood and used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_HAN = re.compile("[\u4e00-\u9fff]")
_BACK = re.compile("它们|这类|该类|这些|上述")
_ONE_OF_SOME = re.compile("[另其]?一[件个宗起次]")


def certain(reading: Reading, subjects: Sequence[Subject]) -> bool:
    """Whether the number that is being read is about these subjects and nothing else."""
    token = reading.number
    if token is None or token.quantity is None:
        return True
    segment = next(s for s in reading.segments if s.start <= token.start < max(s.end, s.start + 1))
    before, after = _around(segment, token)
    if _ONE_OF_SOME.fullmatch(token.text) or reading.text[: token.start].endswith("另"):
        return False
    if token.quantity.value.denominator != 1 and token.quantity.unit not in ("%", "元", "倍", "个百分点"):
        return False  # 网站为19.4条: an average, not a count
    labels = {i for t in before if t.kind in ("row", "column") for i in range(t.start, t.end)}
    start = before[0].start if before else token.start
    if any(reading.text[i] == "或" and i not in labels for i in range(start, token.start)):
        return False  # 全部或部分公开的共9件
    if _BACK.search(reading.text, 0, token.start):
        return False
    if any(t.kind == "trigger" and t.entry and t.entry.domain == "timeliness" for t in after):
        return False  # 121件中有1件答复超期
    if _gaps(reading, before, after, segment, token):
        return False
    named = [t for t in (*before, *after) if t.kind in ("row", "column") and t.entry]
    if any(_unused(t, subjects) for t in named):
        return False
    if any(_of_another_name(reading, t, one) for t in before for one in subjects if one.domain == "supp"):
        return False
    bracket = reading.text.rfind("）", 0, token.start)
    return bracket < 0 or bool(named) or segment.opener == "，" or segment.opener == "；" or bracket < segment.start - 1


def _of_another_name(reading: Reading, token: Token, subject: Subject) -> bool:
    """其中依申请公开专题培训2期, of a figure that counts all training: a word that its name has not."""
    if token.kind not in ("object", "row", "column") or len(token.text) < 3:
        return False
    name = reading.evidence.figures.known(subject).label
    pairs = [token.text[i : i + 2] for i in range(len(token.text) - 1)]
    return 2 * sum(pair in name for pair in pairs) < len(pairs)


def settled(reading: Reading) -> bool:
    """Whether the figure told last in the sentence is bound, so that what is said of it can contradict it."""
    last = next((f for f in reversed(reading.found) if f.kind == "figure"), None)
    return last is None or last.verdict != "unverified" or last.scope


def _around(segment: Segment, token: Token) -> tuple[list[Token], list[Token]]:
    """The tokens of a number's own part of its segment: back to the number or 、 before it, on to the next."""
    at = next(i for i, t in enumerate(segment.tokens) if t.start == token.start)
    first = next((i + 1 for i in range(at - 1, -1, -1) if segment.tokens[i].kind in ("num", "list")), 0)
    stops = (i for i in range(at + 1, len(segment.tokens)) if segment.tokens[i].kind in ("num", "list"))
    return segment.tokens[first:at], segment.tokens[at + 1 : next(stops, len(segment.tokens))]


def _gaps(reading: Reading, before: list[Token], after: list[Token], segment: Segment, token: Token) -> int:
    """Signs of a number's own part of its segment that are not understood."""
    first = before[0] if before else token
    at = next(i for i, t in enumerate(segment.tokens) if t.start == first.start)
    start = segment.tokens[at - 1].end if at else segment.start
    return _loose(reading, (*before, token, *after), start, after[-1].end if after else token.end)


def _loose(reading: Reading, tokens: Sequence[Token], start: int, end: int) -> int:
    """How many signs of a span belong to none of the tokens and to no figure's own name."""
    known = {i for t in tokens for i in range(t.start, t.end)}
    names, text = reading.evidence.label_words, reading.text
    return sum(
        i not in known and text[i - 1 : i + 1] not in names and text[i : i + 2] not in names
        for i in range(start, end) if _HAN.match(text[i])
    )  # fmt: skip


def _unused(token: Token, subjects: Sequence[Subject]) -> bool:
    """Whether a label stands there that the subjects do not have."""
    entry = token.entry
    if entry is None or entry.weak:
        return False
    for one in subjects:
        if entry.domain != one.domain:
            continue
        if (entry.row and entry.row == one.row) or (entry.column and entry.column == one.column):
            return False
        if entry.row in ("new", "total_handled", "workload", "both", "suits", "review", "any"):
            return False  # the whole that a part belongs to
    return True


def understood(reading: Reading, start: int, end: int) -> bool:
    """Whether nearly every sign of a span belongs to a known word or to a figure's own name."""
    return _loose(reading, reading.tokens, start, end) <= 1
