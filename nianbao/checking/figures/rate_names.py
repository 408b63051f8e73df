"""Which rate a segment names: 按期办结率, 办结率, 纠正率, 问题整改率, 这一比例."""

from __future__ import annotations

import re

from nianbao.checking.figures.antecedents import named_in
from nianbao.checking.figures.naming import has_verb, mate_of, whole_of
from nianbao.checking.figures.ratios import narrow_whole
from nianbao.checking.figures.shares import base_of
from nianbao.checking.figures.timely import timely_subject
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, parts_of
from nianbao.checking.language.segments import Segment
from nianbao.checking.reading import Reading
from nianbao.checking.state import Pair

RATE = re.compile(r"(办结|办复|办理|答复|维持|纠正|纠错|败诉|公开)(?:率|比[例重])")
_OWN_RATE = re.compile("([\u4e00-\u9fff]{2})率")
_CLOSING = ("办结", "办复", "回复", "答复", "公开", "维持", "纠正", "办理")
_TIMELY = re.compile("(?:按[期时]|及时|如期)率")
_SHARE = re.compile(r"比[例重]|占比")
_IN_TIME = re.compile("按[期时]|及时|如期|期限|时限")
HANDLED = (Subject("requests", "total_handled"),)


def note_rate(reading: Reading, segment: Segment) -> None:
    """The rate that a segment names, for the percentages and points that follow it."""
    found = _named(reading, segment)
    if found and found[0] and found[1]:
        reading.state.rate = reading.state.share = found


def _of_own(reading: Reading, segment: Segment) -> Pair | None:
    """问题整改率: of the office's own figures, the one with that verb and the one that it is a part of."""
    word = _OWN_RATE.search(reading.text, segment.start, segment.end)
    if word is None:
        return None
    if word[1] in _CLOSING and _IN_TIME.search(reading.text, segment.start, segment.end) and not foreign(reading):
        return None  # 按期办结率: of the answers
    state, labels = reading.state, reading.evidence.labels
    near = state.last.subjects if state.last else state.pending
    done = [x for x in labels if has_verb(x.words, word[1])]
    if near and near[0].domain == "supp":
        alike = [x for x in done if x.id == near[0].row or x in parts_of(labels, near[0].row)]
        done = alike or ([] if word[1] in _CLOSING else done)
    elif word[1] in _CLOSING:  # of the applications, unless letters or calls are named
        own = best(labels, reading.text[segment.start : word.start()], "", 0.3)
        if own is None or "申请" in own.label.words:
            return None
        done = [x for x in done if x is own.label or own.label in parts_of(labels, x.id)]
    pairs = [(x.id, whole) for x in done if (whole := whole_of(reading, x.id))]
    return ((Subject("supp", pairs[0][0]),), (Subject("supp", pairs[0][1]),)) if len(pairs) == 1 else None


def _named(reading: Reading, segment: Segment) -> Pair | None:
    if own := _of_own(reading, segment):
        return own
    if _TIMELY.search(reading.text, segment.start, segment.end) and not foreign(reading):
        return timely_subject(reading), HANDLED
    if word := RATE.search(reading.text, segment.start, segment.end):
        return _of_word(reading, segment, word)
    if not _SHARE.search(reading.text, segment.start, segment.end):
        return None
    marks = [t for t in segment.tokens if t.kind == "share"]
    if len(marks) == 1 and marks[0].text in ("比重", "比例", "占比"):
        left = [t for t in segment.tokens if t.end <= marks[0].start]
        said = reading.state.said
        named = named_in(reading, segment, left, segment.start, marks[0].start)
        if _THIS.match(reading.text, segment.start) and (pair := _pair_told(reading)):
            return pair
        if not left and said and said[-1].sentence == reading.state.sentence:
            named = tuple(s._replace(prior=False) for s in said[-1].subjects)  # 结果纠正7件，占比由18.75%降为12.5%
        alone = len(named) == 1 and any(t.kind == "from" for t in segment.tokens)
        return (named, narrow_whole(reading, named)) if alone else None
    if len(marks) < 2 or marks[0].text != "占":
        return None
    inside = [t for t in segment.tokens if marks[0].end <= t.start and t.end <= marks[1].start]
    if any(t.kind == "num" for t in inside):
        return None
    left = [t for t in segment.tokens if t.end <= marks[0].start]
    part = named_in(reading, segment, left, segment.start, marks[0].start)
    if not left and reading.state.last:
        part = tuple(s._replace(prior=False) for s in reading.state.last.subjects)
    return part, base_of(reading, segment, inside, marks[0].end, marks[1].start)


_THIS = re.compile("这一|该|上述|此")


def _pair_told(reading: Reading) -> Pair | None:
    """发文932件，其中主动公开的548件。这一比例为58.8%: the part told last and its whole."""
    said = [s for s in reading.state.said if s.subjects and s.sentence >= reading.state.sentence - 1]
    if len(said) < 2 or said[-1].unit != said[-2].unit or said[-2].value < said[-1].value:
        return None
    return said[-1].subjects, said[-2].subjects


def _of_word(reading: Reading, segment: Segment, word: re.Match[str]) -> Pair | None:
    """What 办结率, 公开率, 纠正率 divide."""
    if word[1] in ("办结", "办复", "办理", "答复"):
        if foreign(reading):
            told = [s.subjects for s in reading.state.said if s.sentence == reading.state.sentence and s.subjects]
            told = [s for s in told if s[0].domain == "supp"]
            if len(told) > 1:
                return told[-1], told[-2]  # 1263件工单中，1241件办结，办结率…
            closed = mate_of(reading, told[0][0].row, word[1], "件") if told else ""
            return ((Subject("supp", closed),), told[0]) if closed else None
        if _IN_TIME.search(reading.text, segment.start, segment.end):
            return timely_subject(reading), HANDLED
        return HANDLED, (Subject("requests", "workload"),)
    if word[1] == "公开":
        return (Subject("requests", "granted"), Subject("requests", "partial")), HANDLED
    context = reading.state.context
    frame = reading.labels(segment, [t for t in segment.tokens if t.kind == "row" and t.end <= word.start()])
    row = frame.rows[0] if frame and frame.domain == "remedies" and len(frame.rows) == 1 else ""
    row = row or (context.row if context and context.domain == "remedies" else "review")
    column = "upheld" if word[1] == "维持" else "corrected"
    return (Subject("remedies", row, column),), (Subject("remedies", row),)


def foreign(reading: Reading) -> bool:
    """Whether a sentence speaks of letters and calls and of no applications."""
    asked = {t.entry.domain for t in reading.tokens if t.kind == "object" and t.entry}
    return "foreign" in asked and "requests" not in asked
