"""Rates: 按期办结率, 办结率, 纠正率由13.3%降至8.2%, 超过九成的新收申请."""

from __future__ import annotations

import re
from typing import NamedTuple

from nianbao.checking.figures.antecedents import named_in, prior_of, pronoun
from nianbao.checking.figures.judging import compare, judge, name_of
from nianbao.checking.figures.naming import only_one, part_of_own, whole_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.rate_names import HANDLED, RATE
from nianbao.checking.figures.ratios import narrow_whole, ratio, usual_whole
from nianbao.checking.figures.shares import approximate, base_of, share
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, by_way, pairs_of, unique
from nianbao.checking.language.quantity import Approx, Quantity
from nianbao.checking.reading import Reading, resolved

_GLUE = frozenset(
    {"share", "rate", "is", "bland", "fixed", "this", "some", "done", "up_to", "down_to", "each", "timely"}
) | {"row", "column", "object"}


def rated(reading: Reading, number: Number) -> bool:
    """降至8.2%, 达到92.98%, 为86.7%: the rate that was named, this year."""
    pair = reading.state.rate
    strange = any(t.kind not in _GLUE and not RATE.search(t.text) for t in number.pre)
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
    return _Ratio(HANDLED, last, number.quantity, number.end, sure=False)


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
