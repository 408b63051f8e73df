"""Claims of a place among others: 最多, 过半, 之比."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.antecedents import last_two, several_of
from nianbao.checking.figures.judging import in_scope, name_of, total_of
from nianbao.checking.figures.nothing import RESULTS
from nianbao.checking.figures.ratios import narrow_whole
from nianbao.checking.figures.reports import frame_in, named_by, report
from nianbao.checking.known.frames import Frame
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import by_way, unique
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading
from nianbao.checking.state import Said


def ranked(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """予以公开最多: among its like."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("most", "least", "second", "third"))
    wide = [t for t in segment.tokens if t.kind.startswith("scope_")]
    frame = frame_in(reading, segment, tokens[:at]) or frame_in(reading, segment, tokens[at + 1 :])
    if frame is None:
        said = reading.state.said
        if not said or said[-1].sentence != reading.state.sentence or (said[-1].segment != segment.number and not wide):
            return False
        subject = said[-1].subjects[0]
    else:
        found = named_by(reading, frame)
        if not found:
            return False
        subject = found[-1]
    if first := _FIRST_OF.match(reading.text, tokens[at].end):
        return _at_the_top(reading, start, first, tokens[at].kind == "most")
    known = reading.evidence.figures.known(subject)
    if wide and not in_scope(wide[-1].kind, known.scope):
        reason = "没有其他地区、单位的数据，名次未能核对。"
        reading.claim(start, segment.end, "unverified", facts=known.facts, reason=reason, rule="X-13")
        return True
    like = siblings(reading, subject)
    if not like:
        return False
    values = [reading.evidence.figures.known(s).value for s in like]
    mine = known.value
    right = None
    if mine is not None and all(v is not None for v in values):
        known_values = [v for v in values if v is not None]
        place = {"second": 1, "third": 2}.get(tokens[at].kind)
        if place is not None:
            right = sum(v > mine for v in known_values) == place and mine > 0
        else:
            right = mine == (max if tokens[at].kind == "most" else min)(known_values) and mine > 0
    if tokens[at].text in ("为主", "居多", "占主体", "占多数") and right:
        right = True
    end = max(tokens[at].end, frame.end if frame else 0)
    report(reading, start, end, [subject], right, f"“{name_of(reading, [subject])}”不是各项中{tokens[at].text}的。")
    reading.state.context = subject
    reading.state.pending = (subject,)
    return True


_FIRST_OF = re.compile("的?(?:前)?(?P<count>[两二三2-3])[种类项个者]")


def _at_the_top(reading: Reading, start: int, first: re.Match[str], most: bool) -> bool:
    """A（140件）和B（117件）是最多的两种: those told last are the greatest of their like."""
    count = 3 if first["count"] in "三3" else 2
    told = [group[0] for group in last_two(reading, count)]
    like = siblings(reading, told[0]) if len(told) == count else []
    if not like or not all(s in like for s in told):
        return False
    of = {s: reading.evidence.figures.known(s).value for s in like}
    others = [v for s, v in of.items() if s not in told and v is not None]
    mine = [v for s in told if (v := of[s]) is not None]
    right = None
    if len(mine) == count and len(others) + count == len(like):
        right = not others or (min(mine) >= max(others) if most else max(mine) <= min(others))
    report(reading, start, first.end(), told, right, f"“{name_of(reading, told)}”不是各项中的前{count}项。")
    return True


def siblings(reading: Reading, subject: Subject) -> list[Subject]:
    """The figures that a rank is among."""
    groups = reading.evidence.figures.groups
    if subject.domain == "requests":
        if subject.column == "organisations" or (subject.column == "natural_person" and reading.state.whole is None):
            return [subject._replace(column=c) for c in ("natural_person", "organisations")]
        if subject.column:
            return [subject._replace(column=c) for c in ("natural_person", *groups["requests..organisations"])]
        if subject.row in RESULTS:
            return [subject._replace(row=row) for row in RESULTS]
        return [
            subject._replace(row=row)
            for name, rows in groups.items()
            if name.startswith("requests.") and subject.row in rows and not name.endswith("workload")
            for row in rows
        ]
    if subject.domain == "remedies" and subject.column:
        return [subject._replace(column=c) for c in ("upheld", "corrected", "other", "pending")]
    if subject.domain == "disclosure" and subject.row in ("licences", "penalties", "coercion"):
        return [subject._replace(row=row) for row in ("licences", "penalties", "coercion")]
    return []


def spread(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """…的申请各县区均有发生: the dossier has no figures by place."""
    frame = frame_in(reading, segment, tokens)
    if frame is None or reading.evidence.statements.tells_of_all(reading.text[start : segment.end]):
        return False
    _, facts, _ = total_of(reading, named_by(reading, frame))
    reason = "底稿没有按地区、单位分列的数据，未能核对。"
    reading.claim(start, segment.end, "unverified", facts=facts, reason=reason, rule="X-13")
    return True


def proportion(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """自然人申请与法人或其他组织申请之比为7∶5."""
    at = next(i for i, t in enumerate(tokens) if t.kind == "ratio")
    first, second = tokens[at].data
    frame = frame_in(reading, segment, tokens[:at])
    subjects = named_by(reading, frame) if frame else [s for g in last_two(reading) for s in g]
    subjects = _over_years(reading, segment, tokens[:at]) or subjects
    if len(subjects) != 2:
        subjects = several_of(reading, reading.text[start : tokens[at].start], "")
    if len(subjects) != 2:
        reading.claim(start, tokens[at].end, "unverified", reason="未能确定是哪两项之比。", rule="X-11")
        return True
    left, right = (reading.evidence.figures.known(s).value for s in subjects)
    for one, value in zip(subjects, (left, right), strict=True):
        reading.state.say(Said((one,), value or Fraction(0), value, "件", reading.state.sentence, segment.number))
    decided = None if left is None or right is None else left * second == right * first
    report(reading, start, tokens[at].end, subjects, decided, f"两项分别是{left}和{right}。", f"{left}∶{right}", "X-11")
    return True


def _over_years(reading: Reading, segment: Segment, tokens: Sequence[Token]) -> list[Subject]:
    """新收申请与上年新收申请之比: one figure in two years."""
    at = next((i for i, t in enumerate(tokens) if t.kind in ("base_prior", "prior")), None)
    left = frame_in(reading, segment, tokens[:at]) if at else None
    right = frame_in(reading, segment, tokens[at + 1 :]) if at else None
    if left is None or (right and (right.rows, right.columns) != (left.rows, left.columns)):
        return []
    found = named_by(reading, left)
    return [found[0], found[0]._replace(prior=True)] if len(found) == 1 else []


def most_of(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """自然人申请占比过半."""
    at = next(i for i, t in enumerate(tokens) if t.kind in ("majority", "minority"))
    frame = frame_in(reading, segment, segment.tokens)
    if tokens[at].text in ("个别", "少数", "极少数", "少部分", "小部分"):
        return False
    if tokens[at].text in ("多数", "大多数", "大部分") and not (frame and frame.domain == "requests" and frame.columns):
        return False  # 多数单位
    if frame is None and not reading.state.said:
        return False
    subjects = named_by(reading, frame) if frame else list(reading.state.said[-1].subjects)
    whole = narrow_whole(reading, subjects)
    part, _, _ = total_of(reading, subjects)
    total, _, _ = total_of(reading, whole)
    if not whole:
        return False
    more = tokens[at].kind == "majority"
    right = None if part is None or total is None else (part * 2 > total) == more and part * 2 != total
    end = max(tokens[at].end, frame.end if frame else 0)
    report(reading, start, end, subjects, right, f"{name_of(reading, subjects)}为{part}，总数为{total}。")
    return True


_HALF = re.compile("(?P<how>近|约|超过?|过|不到|不足|逾|占)?(?:半数|一半)")


def half_of(reading: Reading, segment: Segment, start: int) -> bool:
    """近半数经线上申请端提出: half of the applications, by one of the office's own figures."""
    found = _HALF.search(reading.text, segment.start, segment.end)
    if found is None:
        return False
    text = reading.text[segment.start : found.start()] + "，" + reading.text[found.end() : segment.end]
    label = unique(reading.evidence.labels, text, "件") or by_way(reading.evidence.labels, text, "件")
    if label is None or "申请" not in label.words:
        return False
    part, whole = Subject("supp", label.id), Subject("requests", "new")
    upper, _, _ = total_of(reading, (part,))
    lower, _, _ = total_of(reading, (whole,))
    right = None
    if upper is not None and lower:
        share = upper / lower
        half = Fraction(1, 2)
        how = found["how"] or ""
        right = {
            "近": Fraction(9, 20) <= share < half, "约": abs(share - half) <= Fraction(1, 20), "": share == half,
            "占": share == half, "不": share < half,
        }.get(how[:1], share > half)  # fmt: skip
    report(reading, start, segment.end, [part, whole], right, f"“{label.words}”为{upper}，总数为{lower}。")
    return True


def chief(reading: Reading, segment: Segment, frame: Frame, start: int) -> bool:
    """主要原因是…: the greatest of its like."""
    found = named_by(reading, frame)
    like = siblings(reading, found[-1]) if found else []
    values = [reading.evidence.figures.known(s).value for s in like]
    if not like:
        return False
    mine = reading.evidence.figures.known(found[-1]).value
    known = [v for v in values if v is not None]
    right = None if mine is None or len(known) < len(values) else mine == max(known) and mine > 0
    report(reading, start, frame.end, found[-1:], right, f"“{name_of(reading, found[-1:])}”不是各项中最多的。")
    return True
