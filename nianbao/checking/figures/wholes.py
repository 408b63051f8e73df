"""Claims that a part is the whole: 申请人均为自然人, 全部办结, （未经复议直接起诉）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.figures.antecedents import last_two, pronoun
from nianbao.checking.figures.judging import name_of, total_of
from nianbao.checking.figures.nothing import RESULTS
from nianbao.checking.figures.ranks import chief
from nianbao.checking.figures.reports import frame_in, named_by, report, with_period
from nianbao.checking.known.frames import Frame
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.statements import negative
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import Label, best, unique
from nianbao.checking.language.quantity import compatible
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_NEAR = 8
_THOSE = re.compile("这些|上述|以上|该批")
_BY_LAW = re.compile("依法|依规|按规定|应当")
_AS_ALL = re.compile("申请人(?:类型|身份)?[为是系]|(?:结果|原因|理由)[为是系]|[件起][系为是属]|系因?$|属于?$")


def all_of(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int, after_number: bool) -> bool:
    """申请人均为自然人, 结果均为维持, 全部办结, （未经复议直接起诉）: the part is the whole."""
    state = reading.state
    mark = next((i for i, t in enumerate(tokens) if t.kind == "every" or (t.kind == "each" and len(t.text) > 1)), None)
    if mark is None and after_number:
        return False  # 自然人还有2件是从上年结转来的: said of the number, not of all
    verb = mark if mark is not None else next((i for i, t in enumerate(tokens) if t.kind == "is"), None)
    predicate = frame_in(reading, segment, tokens[verb + 1 :] if verb is not None else tokens)
    if mark is not None and _all_of_own(reading, segment, tokens[mark], start):
        return True
    if predicate is None:
        return False
    if mark is not None and predicate.start - tokens[mark].end > _NEAR:
        return False
    before = list(segment.tokens[: segment.tokens.index(tokens[verb])]) if verb is not None else []
    if verb is None and not _ends(reading, segment, predicate, after_number):
        return False
    if "主要" in reading.text[segment.start : predicate.start] and mark is None:
        return chief(reading, segment, predicate, start)
    if verb is not None and mark is None and not _told_as_all(reading, segment, predicate, before):
        return False
    whole = _whole_of(reading, segment, before, predicate)
    if not whole or (_BY_LAW.search(reading.text, segment.start, segment.end) and not state.said):
        return False
    subjects = list(whole)
    parts = list(dict.fromkeys(p for w in subjects for p in _of_whole(w, predicate)))
    if not parts or set(parts) == set(subjects):
        return False
    total, _, _ = total_of(reading, with_period(reading, subjects))
    value, _, _ = total_of(reading, with_period(reading, parts))
    right = None if total is None or value is None else total == value and total > 0
    if _finished(predicate) and right is not None:
        open_ones = Subject("requests", "carried_out", subjects[-1].column)
        left, _, _ = total_of(reading, [open_ones])
        right = None if left is None else left == 0 and total is not None and total > 0
        parts = [*parts, open_ones]
    reason = f"“{name_of(reading, subjects)}”是{total}，其中“{name_of(reading, parts[:1])}”是{value}，文中说成全部。"
    end = max(predicate.end, tokens[-1].end if tokens and tokens[-1].kind in ("row", "column") else predicate.end)
    report(reading, start, end, [*subjects, *parts], right, reason)
    reading.named += parts
    if predicate.columns and subjects[-1].domain == "requests":
        state.context = subjects[-1]._replace(column=predicate.columns[-1])
    if predicate.domain == "remedies" and predicate.rows and not predicate.several:
        state.context = parts[0]
    return True


def _all_of_own(reading: Reading, segment: Segment, mark: Token, start: int) -> bool:
    """收到意见172条，悉数采纳: one of the office's own figures is all of another."""
    state, labels = reading.state, reading.evidence.labels
    last = state.last
    if last is None and state.said and _THOSE.match(reading.text, segment.start):
        last = state.said[-1]  # 查出问题31个。这些问题已全部处理到位
    if last is None or not last.subjects or last.subjects[0].prior or len(last.subjects) > 1:
        return False
    others = tuple(x for x in labels if (last.subjects[0].domain, last.subjects[0].row) != ("supp", x.id))
    others = tuple(x for x in others if compatible(last.unit, x.unit))
    text = reading.text[segment.start : mark.start] + "，" + reading.text[mark.end : segment.end]
    if none := _none_without(reading, mark, segment, others):
        zero = total_of(reading, (none,))[0]
        reason = f"“{name_of(reading, (none,))}”是{zero}。"
        report(reading, start, segment.end, [none, *last.subjects], None if zero is None else zero == 0, reason)
        return True
    label = unique(others, text, last.unit)
    own = best(others, text, last.unit, 0.5) if last.subjects[0].domain == "supp" else None
    label = label or (own.label if own else None)
    in_time = last.subjects[0].domain == "supp" or (label and "工作日内" in label.words and "工作日内" in text)
    if label is None or not in_time or negative(label.words) != negative(reading.text[mark.start : segment.end]):
        return False
    part, whole = (total_of(reading, (s,))[0] for s in (Subject("supp", label.id), last.subjects[0]))
    right = None if part is None or whole is None else part == whole
    reason = f"“{label.words}”是{part}，文中说的总数是{whole}。"
    report(reading, start, segment.end, [Subject("supp", label.id), *last.subjects], right, reason)
    return True


def _none_without(reading: Reading, mark: Token, segment: Segment, labels: Sequence[Label]) -> Subject | None:
    """全部合格: the figure of what is 不合格, which must be 0."""
    said = re.match("(?:都|均|已|为|是)*([\u4e00-\u9fff]{2})", reading.text[mark.end : segment.end])
    against = [x for x in labels if said and f"不{said[1]}" in x.words]
    return Subject("supp", against[0].id) if len(against) == 1 else None


def each_in_turn(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """不予公开的申请2件，分别属于过程性信息和行政执法案卷: grounds without numbers are what makes up the count."""
    frame = frame_in(reading, segment, tokens)
    last = reading.state.last
    if frame is None or frame.domain != "requests" or len(frame.rows) < 2 or last is None or len(last.subjects) != 1:
        return False
    whole = last.subjects[0]
    parts = [p._replace(prior=whole.prior) for p in _of_whole(whole, frame)]
    figures = reading.evidence.figures
    if not all(figures.is_part(p.row, whole.row) for p in parts):
        return False
    values = [figures.known(p).value for p in parts]
    total = figures.known(whole).value
    right = None if total is None or None in values else all(values) and sum(v or 0 for v in values) == total
    report(reading, start, frame.end, parts, right, f"“{name_of(reading, parts)}”合计不是{total}，或者有一项为0。")
    return True


def _finished(frame: Frame) -> bool:
    return frame.domain == "requests" and frame.rows == ("total_handled",)


def _ends(reading: Reading, segment: Segment, frame: Frame, after_number: bool) -> bool:
    """A result or route told alone after a count: 行政复议1件，结果维持."""
    state = reading.state
    if not state.said or state.said[-1].sentence != state.sentence:
        return False
    last = state.said[-1].subjects
    joined = reading.text[segment.start : frame.start]
    if frame.domain == "requests" and last and last[0].domain == "requests" and frame.rows and not frame.several:
        told = frame.rows[0] in RESULTS and last[0].row in ("new", "total_handled", "workload")
        return told and (joined.endswith(("并", "且", "已", "并已")) or (joined == "" and segment.opener == "，"))
    alone = frame.domain == "remedies" and bool(last) and last[0].domain == "remedies"
    outcome = alone and not frame.rows and bool(frame.columns) and not last[0].column
    route = alone and segment.opener == "（" and frame.rows in (("direct_suit",), ("suit_after_review",))
    return (outcome or route) and frame.start - segment.start <= 6 and not after_number


def _told_as_all(reading: Reading, segment: Segment, frame: Frame, before: list[Token]) -> bool:
    """申请人为自然人, 办理结果为予以公开, 结果为维持 — but not 自然人为7件."""
    text = reading.text[segment.start : frame.start]
    if any(t.kind in ("former", "latter") for t in before) and frame.domain == "remedies":
        return True  # 后者为未经复议直接起诉
    if segment.opener == "，" and re.fullmatch("[为是系属](?:当事人|申请人)?", text) and frame.domain == "remedies":
        last = reading.state.said[-1] if reading.state.said else None
        return last is not None and last.sentence == reading.state.sentence and last.segment == segment.number - 1
    return _AS_ALL.search(text) is not None


def _whole_of(reading: Reading, segment: Segment, before: list[Token], predicate: Frame) -> tuple[Subject, ...]:
    state = reading.state
    if any(t.kind == "both" for t in before):
        return tuple(s for group in last_two(reading) for s in group)
    if named := pronoun(reading, before):
        return named
    frame = frame_in(reading, segment, before)
    if frame and frame.domain == predicate.domain:
        last = state.said[-1] if state.said else None
        prior = bool(last and last.sentence == state.sentence and last.subjects and last.subjects[0].prior)
        return tuple(s._replace(prior=prior) for s in named_by(reading, frame))
    if frame and frame.domain == "remedies":
        return tuple(named_by(reading, frame))
    said = [s for s in state.said if s.subjects and s.sentence >= state.sentence - 1]
    asked = (
        predicate.domain == "requests"
        and not predicate.rows
        and "申请人" in reading.text[segment.start : predicate.start]
    )
    if asked and (not said or said[-1].sentence < state.sentence) and not state.pending:
        state.context = Subject("requests", "new")
        return (state.context,)
    if said and said[-1].subjects[0].domain == predicate.domain:
        return said[-1].subjects
    if state.pending and state.pending[0].domain == predicate.domain:
        return state.pending
    if predicate.domain == "requests":
        return (
            Subject("requests", "workload" if _finished(predicate) else "total_handled" if predicate.rows else "new"),
        )
    if predicate.domain == "remedies" and state.context and state.context.domain == "remedies":
        return (state.context._replace(column=""),)
    return ()


def _of_whole(whole: Subject, predicate: Frame) -> list[Subject]:
    """The part of a whole that the predicate names."""
    out: list[Subject] = []
    for one in subjects_of(predicate):
        row, column = one.row or whole.row, one.column or whole.column
        if whole.domain == "remedies" and one.row and whole.row not in ("suits", "both", one.row):
            continue
        out.append(Subject(whole.domain, row, column, whole.prior))
    return out
