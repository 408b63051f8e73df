"""Rates: 按期办结率, 办结率, 纠正率由13.3%降至8.2%, 超过九成的新收申请."""

from __future__ import annotations

import re
from typing import NamedTuple

from nianbao.checking.figures.antecedents import named_in, prior_of, pronoun
from nianbao.checking.figures.judging import compare, judge, name_of
from nianbao.checking.figures.naming import mate_of, only_one, part_of_own, whole_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.ratios import narrow_whole, ratio, usual_whole
from nianbao.checking.figures.shares import approximate, base_of, share
from nianbao.checking.figures.timely import timely_subject
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, by_way, pairs_of, parts_of, unique
from nianbao.checking.language.quantity import Approx, Quantity
from nianbao.checking.language.segments import Segment
from nianbao.checking.reading import Reading, resolved
from nianbao.checking.state import Pair

_RATE = re.compile(r"(办结|办复|办理|答复|维持|纠正|纠错|败诉|公开)(?:率|比[例重])")
_OWN_RATE = re.compile("([\u4e00-\u9fff]{2})率")
_CLOSING = ("办结", "办复", "回复", "答复", "公开", "维持", "纠正", "办理")
_TIMELY = re.compile("(?:按[期时]|及时|如期)率")
_SHARE = re.compile(r"比[例重]|占比")
_IN_TIME = re.compile("按[期时]|及时|如期|期限|时限")
_HANDLED = (Subject("requests", "total_handled"),)
_GLUE = frozenset(
    {"share", "rate", "is", "bland", "fixed", "this", "some", "done", "up_to", "down_to", "each", "timely"}
) | {"row", "column", "object"}


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
    state, labels = reading.state, reading.evidence.labels
    near = state.last.subjects if state.last else state.pending
    done = [x for x in labels if word[1] in x.words]
    if near and near[0].domain == "supp":
        done = [x for x in done if x.id == near[0].row or x in parts_of(labels, near[0].row)] or done
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
        return timely_subject(reading), _HANDLED
    if word := _RATE.search(reading.text, segment.start, segment.end):
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
            return timely_subject(reading), _HANDLED
        return _HANDLED, (Subject("requests", "workload"),)
    if word[1] == "公开":
        return (Subject("requests", "granted"), Subject("requests", "partial")), _HANDLED
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


def rated(reading: Reading, number: Number) -> bool:
    """降至8.2%, 达到92.98%, 为86.7%: the rate that was named, this year."""
    pair = reading.state.rate
    strange = any(t.kind not in _GLUE and not _RATE.search(t.text) for t in number.pre)
    if pair is None or strange or _own_rate(reading, number):
        return False
    reading.state.share = pair
    right, facts, _ = ratio(reading, *pair)
    what = f"“{name_of(reading, pair[0])}”占“{name_of(reading, pair[1])}”的比例"
    compare(reading, number.start, number.end, number.quantity, right, facts, what, "X-13")
    return True


class _Ratio(NamedTuple):
    """A part and its whole as a number states them; `stop`: where the claim ends."""

    part: tuple[Subject, ...]
    whole: tuple[Subject, ...]
    one: Quantity
    stop: int
    sure: bool = True


def _own_rate(reading: Reading, number: Number) -> Subject | None:
    """群众满意度98.5%: a percentage that is the office's own figure."""
    labels = tuple(label for label in reading.evidence.labels if label.unit == "%")
    own = best(labels, reading.text[number.segment.start : number.end], "%", 0.8) if labels else None
    return Subject("supp", own.label.id) if own else None


def rate(reading: Reading, number: Number) -> None:
    """按期办结率99.6%, 办结率94.6%: only where both numbers are known."""
    start, end = number.start, number.end
    if own := _own_rate(reading, number):
        judge(reading, start, end, number.quantity, (own,))
        return
    if rated(reading, number):
        return
    for find in _FINDERS:
        if found := find(reading, number):
            right, facts, _ = ratio(reading, found.part, found.whole)
            what = f"“{name_of(reading, found.part)}”占“{name_of(reading, found.whole)}”的比例"
            reading.state.share = (found.part, found.whole)
            compare(reading, start, found.stop, found.one, right, facts, what, "X-11", sure=found.sure)
            return
    if reading.state.share and not number.pre:
        share(reading, number)
        return
    reading.claim(start, end, "unverified", reason="没有对应的比例数据，未能核对。", rule="X-11")


def _of_own_whole(reading: Reading, number: Number) -> _Ratio | None:
    """审定发文310件。其中六成主动公开: a part of the office's own figure that was opened."""
    part, whole = part_of_own(reading, number), reading.state.whole
    return _Ratio((part,), (whole,), number.quantity, number.end) if part and whole else None


_DEED = re.compile("(?:得到|获得?|被|已|了)*([\u4e00-\u9fff]{2})")


def _of_deed(reading: Reading, number: Number) -> _Ratio | None:
    """意见有58.3%被采纳: a figure with that verb, of the one that it is a part of."""
    found = _DEED.match(reading.text, number.end)
    said = pairs_of(reading.text[number.segment.start : number.token.start])
    done = [x for x in reading.evidence.labels if found and found[1] in x.words and x.keys & said]
    pairs = [(x.id, whole) for x in done if (whole := whole_of(reading, x.id))]
    if found is None or len(pairs) != 1:
        return None
    part, of = (Subject("supp", name) for name in pairs[0])
    return _Ratio((part,), (of,), number.quantity, found.end(), sure=False)


def _of_way(reading: Reading, number: Number) -> _Ratio | None:
    """新收申请大约有56%是从网络端递交的: a way by which applications came, behind the number."""
    text = reading.text[number.end : number.segment.end]
    label = unique(reading.evidence.labels, text, "件") or by_way(reading.evidence.labels, text, "件")
    if label is None or "申请" not in label.words or "申请" not in reading.text[: number.token.start]:
        return None
    new = (Subject("requests", "new"),)
    return _Ratio((Subject("supp", label.id),), new, number.quantity, number.segment.end, sure=False)


def _part_before(reading: Reading, number: Number) -> _Ratio | None:
    """其中自然人提出的超过八成: an applicant or a result, of all that was opened."""
    frame = reading.labels(number.segment, number.pre)
    only = all(t.kind in (*_GLUE, "of_which", "trigger") for t in number.pre)
    if frame is None or frame.several or frame.domain not in ("requests", "remedies") or not only:
        return None
    part = resolved(subjects_of(frame)[0], reading.state, reading.state.whole is not None, True)[0]
    whole = narrow_whole(reading, (part,))
    return _Ratio((part,), whole, number.quantity, number.end, sure=False) if part.row and whole else None


def _of_told(reading: Reading, number: Number) -> _Ratio | None:
    """应办理申请336件，已办结92%: of the number of applications told right before."""
    said = reading.state.said
    frame = reading.labels(number.segment, number.pre)
    last = said[-1].subjects if said and said[-1].sentence == reading.state.sentence else ()
    if frame is None or frame.rows != ("total_handled",) or len(last) != 1 or last[0].row not in ("new", "workload"):
        return None
    return _Ratio(_HANDLED, last, number.quantity, number.end, sure=False)


def _of_last_two(reading: Reading, number: Number) -> _Ratio | None:
    """采纳43条，是收到意见172条的四分之一: the two figures told last."""
    said = [s for s in reading.state.said if s.sentence == reading.state.sentence and s.subjects]
    at = next((i for i, t in enumerate(number.segment.tokens) if t.start >= number.token.start), 0)
    before = [t for t in number.segment.tokens[:at] if t.kind != "bland"]
    beside = before and before[-1].kind == "num" and reading.text[before[-1].end : number.token.start] == "的"
    if not beside or len(said) < 2 or said[-1].unit != said[-2].unit:
        return None
    return _Ratio(said[-2].subjects, said[-1].subjects, number.quantity, number.end)


_THIS_YEAR = re.compile("(?:是|为|相当于|只有|仅为|仅是)(?:本年度?|今年|当年|20[0-9]{2}年)(?:数量|总量|场次|件数)?的$")


def _over_years(reading: Reading, number: Number) -> _Ratio | None:
    """上年的2450件相当于本年的83.33%: last year's figure in terms of this year's."""
    told = _THIS_YEAR.search(reading.text[: number.token.start])
    if told is None or not re.search("上年|去年", reading.text[: told.start()]):
        return None
    state = reading.state
    part = state.said[-1].subjects if state.said else ()
    now = tuple(s._replace(prior=False) for s in part)
    return _Ratio(prior_of(now), now, number.quantity, number.end, sure=False) if now else None


def _another_part(reading: Reading, number: Number) -> _Ratio | None:
    """七成以上来自自然人，网上提交的超过六成五: of the same whole."""
    whole = reading.state.share[1] if reading.state.share else ()
    unit = reading.evidence.figures.known(whole[0]).unit if whole else ""
    part = only_one(reading, number, unit) if whole else None
    return _Ratio((part,), whole, number.quantity, number.end, sure=False) if part else None


def _part_of_another(reading: Reading, number: Number) -> _Ratio | None:
    """政务新媒体发布信息约为门户网站的三分之二, 不及行政许可决定数的九分之一."""
    kinds = ("is", "less_than", "more_than")
    mark = next((t for t in number.pre if t.kind in kinds or t.text.endswith("为")), None)
    if mark is None or not reading.text[: number.token.start].endswith("的"):
        return None
    left = [t for t in number.pre if t.end <= mark.start]
    inside = [t for t in number.pre if t.start >= mark.end]
    part = pronoun(reading, left) or named_in(reading, number.segment, left, number.start, mark.start)
    whole = pronoun(reading, inside) or named_in(reading, number.segment, inside, mark.end, number.token.start)
    if not part or not whole or part == whole:
        return None
    one = approximate(reading, number, mark)
    if mark.kind in ("less_than", "more_than"):
        one = one._replace(approx="under" if mark.kind == "less_than" else "over", loose=False)
    return _Ratio(part, whole, one, number.end)


def _share_of(reading: Reading, number: Number) -> _Ratio | None:
    """超过九成的新收申请由自然人提出, 近四成申请予以公开."""
    after = [t for t in number.segment.tokens if t.start >= number.end]
    frame = reading.labels(number.segment, after)
    if frame is None or frame.several:
        return None
    subject = subjects_of(frame)[0]
    if subject.domain == "requests" and not subject.row:
        opened = reading.state.whole
        subject = subject._replace(row=opened.row if opened and opened.domain == "requests" else "new")
    whole = usual_whole((subject,))
    return _Ratio((subject,), whole, number.quantity, frame.end) if whole else None


_TERMS = re.compile(
    "(?P<word>接近|达到|超过|不到|不足|约为|占到|承接了?|占据了?|包揽了?|贡献了?|达|逾|约)(?P<whole>[^，。；]{2,14})的$"
)


def _in_terms_of(reading: Reading, number: Number) -> _Ratio | None:
    """所提申请接近新收总量的九成, 线上渠道承接了全部申请的64.38%."""
    start, at = number.start, number.token.start
    found = _TERMS.search(reading.text, start, at)
    if found is None:
        return None
    inside = [t for t in number.segment.tokens if found.start("whole") <= t.start and t.end <= found.end("whole")]
    whole = base_of(reading, number.segment, inside, *found.span("whole"))
    left = [t for t in number.segment.tokens if start <= t.start and t.end <= found.start()]
    unit = reading.evidence.figures.known(whole[0]).unit if whole else ""
    label = by_way(reading.evidence.labels, reading.text[start : found.start()], unit)
    part = named_in(reading, number.segment, left, start, found.start())
    part = part or ((Subject("supp", label.id),) if label else ()) or reading.state.pending
    if not part and reading.state.context and all(t.kind in _GLUE for t in left):
        part = (reading.state.context,)
    if not part or not whole or part == whole:
        return None
    one = number.quantity
    approx = _TERMS_AS.get(found["word"])
    return _Ratio(part, whole, one._replace(approx=approx) if approx else one, number.end, sure=False)


_TERMS_AS: dict[str, Approx] = {
    "接近": "near", "超过": "over", "逾": "over", "不到": "under", "不足": "under", "约为": "about", "约": "about",
}  # fmt: skip
_FINDERS = (
    _of_own_whole, _of_told, _of_last_two, _over_years, _part_of_another, _in_terms_of, _another_part, _share_of,
    _of_deed, _part_before, _of_way,
)  # fmt: skip
