"""Claims about figures without a number: which reader a segment is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.figures.antecedents import pronoun, several_of
from nianbao.checking.figures.directions import MOVEMENTS, moved, versus
from nianbao.checking.figures.nothing import none_of, paid, rest_is_zero, whole_tables, zero_after
from nianbao.checking.figures.ranks import half_of, most_of, proportion, ranked, spread
from nianbao.checking.figures.reports import frame_in, named_by
from nianbao.checking.figures.timely import in_time
from nianbao.checking.figures.wholes import all_of, each_in_turn
from nianbao.checking.known.frames import Frame
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading


def read(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, after_number: bool) -> None:
    """The claims of the rest of a segment, after its last number."""
    kinds = {t.kind for t in tokens}
    if any(t.kind == "except" for t in reading.tokens if t.start < segment.end):
        return
    cited = any(t.kind == "article" for t in reading.tokens)  # 没有所申请公开信息的，依照《条例》第三十六条…
    done = paid(reading, segment) or (
        ("table" in {t.kind for t in segment.tokens} and whole_tables(reading, segment))
        or ("rest" in kinds and rest_is_zero(reading, segment))
        or ("zero" in kinds and zero_after(reading, segment, tokens, start))
        or (kinds & {"no_one", "not"} and not cited and none_of(reading, segment, tokens, start))
        or (kinds & {"more_than", "less_than"} and versus(reading, segment, tokens, start))
        or (kinds & MOVEMENTS and moved(reading, segment, tokens, start))
        or (kinds & {"most", "least"} and ranked(reading, segment, tokens, start))
        or (kinds & {"second", "third"} and _placed(tokens) and ranked(reading, segment, tokens, start))
        or ("respectively" in kinds and not after_number and each_in_turn(reading, segment, tokens, start))
        or ("timely" in kinds and in_time(reading, segment, tokens, start))
        or ("half" in kinds and half_of(reading, segment, start))
        or (kinds & {"majority", "minority"} and most_of(reading, segment, tokens, start))
        or ("scope_below" in kinds and kinds & {"every", "each"} and spread(reading, segment, tokens, start))
        or ("ratio" in kinds and proportion(reading, segment, tokens, start))
        or all_of(reading, segment, tokens, start, after_number)
    )
    if not done:
        _pend(reading, segment, tokens, start, after_number)


def _placed(tokens: Sequence[Token]) -> bool:
    """居第二位, of a figure that stands before it; 其次 and 次之 go on in a list."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("second", "third"))
    named = any(t.kind in ("row", "column") for t in tokens[:at])
    return named and any(sign in tokens[at].text for sign in "二三")


_BY_WHAT = re.compile("(?:从|按|依)[^，。；]{2,10}(?:看|来看|分|划分|区分|统计)")


def _pend(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, after_number: bool) -> None:
    """A label without a number: what the next segment's number is about."""
    if after_number:
        return
    state = reading.state
    frame = frame_in(reading, segment, tokens)
    if rest := _other_applicants(reading, tokens):
        state.whole = rest
        return
    if frame:
        found = named_by(reading, frame)
        if found:
            state.pending = tuple(found)
            state.context = found[-1]
            if any(t.kind == "within" for t in tokens) or _topic(frame, tokens):
                state.whole = found[-1]
        elif frame.domain == "disclosure" and len(frame.columns) == 1:
            state.context = Subject("disclosure", "", frame.columns[0])  # 上一年项目数量：行政许可12项、…
        return
    if _BY_WHAT.fullmatch(reading.text, start, segment.end):
        return  # 从递交方式看: by what the numbers are parted
    own = best(reading.evidence.labels, reading.text[start : segment.end], "", 0.6)
    sums = next((t for t in tokens if t.kind in ("channels", "both", "sum")), None)
    if sums and (joined := several_of(reading, reading.text[start : sums.start], "")):
        state.pending = tuple(joined)
    elif own:
        state.pending = (Subject("supp", own.label.id),)
        state.context = state.pending[0]
    elif pronoun(reading, tokens):
        state.pending = pronoun(reading, tokens)


def _topic(frame: Frame, tokens: Sequence[Token]) -> bool:
    """自然人的申请，予以公开31件: an applicant that the whole sentence is about."""
    applications = any(t.kind == "object" and t.entry and t.entry.domain == "requests" for t in tokens)
    only = all(t.kind in ("column", "object", "bland", "this", "self", "is") for t in tokens)
    return frame.domain == "requests" and bool(frame.columns) and not frame.rows and applications and only


def _other_applicants(reading: Reading, tokens: Sequence[Token]) -> Subject | None:
    """新收…其中自然人68件。其余申请中，…: all that are no natural persons."""
    kinds, said = {t.kind for t in tokens}, reading.state.said
    last = said[-1].subjects[-1] if said and said[-1].subjects else None
    if {"rest", "within"} <= kinds and last and last.domain == "requests" and last.column == "natural_person":
        return last._replace(column="organisations")
    return None
