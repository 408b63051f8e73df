"""What the words around a number leave open, filled in with what the sentence offers.

已审结的5件 after 行政诉讼6件，直接起诉2件，复议后起诉4件 names a result and no route: any route told there may be
meant. Only what is open is filled; a label that stands at the number stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.checking.figures.judging import agreeing
from nianbao.checking.figures.number import Number
from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.state import Said

_BACK = re.compile("它们|这类|该类|连同")


def filled(reading: Reading, number: Number, found: list[Subject], used: Sequence[Token]) -> list[Subject]:
    """The one subject of a number as it stands, or the first other filling that the number agrees with."""
    if len(found) != 1 or reading.state.whole or agreeing(reading, number.quantity, found[0]):
        return found
    return next(([s] for s in _others(reading, found[0], used) if agreeing(reading, number.quantity, s)), found)


def _beside(reading: Reading, one: Said) -> bool:
    """Whether a figure was told in the same part of the sentence, no ； between."""
    number = reading.number
    at = next((s.number for s in reading.segments if number and s.start <= number.start < s.end), 0)
    parted = any(s.opener == "；" for s in reading.segments[one.segment + 1 : at + 1])
    near = one.sentence == reading.state.sentence and not parted
    back = one.sentence == reading.state.sentence - 1 and _BACK.search(reading.text) is not None
    return (near or back) and one.subjects[:1] != () and one.subjects[0].domain == "requests"


def _others(reading: Reading, subject: Subject, used: Sequence[Token]) -> Iterator[Subject]:
    state = reading.state
    named = [t.entry for t in used if t.kind in ("row", "column") and t.entry and not t.entry.weak]
    if not named and state.fresh and state.context and state.context.domain == "supp" and subject.domain != "supp":
        yield state.context  # 网民留言办理量有所回落，全年办理415件
    if subject.domain == "requests" and named and not any(e.column for e in named):
        for one in reversed(state.said):  # 商业企业新提出3件，连同上年转来的1件
            if not _beside(reading, one):
                break
            yield from (subject._replace(column=s.column) for s in one.subjects if s.column)
        return
    if subject.domain == "remedies" and not subject.column and reading.number:  # 尚有1件复议、1件诉讼未审结
        segment = next(s for s in reading.segments if s.start <= reading.number.start < s.end)
        behind = (t.entry for t in segment.tokens if t.start > reading.number.start and t.kind == "column" and t.entry)
        yield from (subject._replace(column=e.column) for e in behind if e.domain == "remedies")
    if subject.domain not in ("remedies", "requests") or not subject.column:
        return
    if subject == ("remedies", "both", subject.column, subject.prior):  # 纠正1件、维持2件: of one of the routes
        yield from (subject._replace(row=row) for row in ("review", "suits", "direct_suit", "suit_after_review"))
    if any(e.row for e in named) or not any(e.column == subject.column for e in named):
        return
    for one in reversed(state.said):
        if one.sentence >= state.sentence - 1 and one.subjects and one.subjects[0].domain == subject.domain:
            yield from (subject._replace(row=s.row, prior=s.prior) for s in one.subjects if s.row)
