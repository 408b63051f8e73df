"""Answers in time: 在法定期限内办结3084件, 均按期办结; only the dossier's own count decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checking.figures.judging import total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.reports import report
from nianbao.checking.known.statements import negative
from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.segments import Segment
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading

_LATE = re.compile("超出|超过了?法定|超期|逾期办|未按|未能?在")
_LONGER = re.compile("延长|延期|展期|超[期出过]")
_NOT_ALL = re.compile("没有做到|未做到|并非|并不是|不是(?=全|都)|未能全部|没有全部")
_FOREIGN = re.compile("热线|诉求|留言|信箱|来信|工单|建议|提案|信访|转办|咨询|投诉")
_UNKNOWN = "没有按期办结的数据或者已确认的情况，未能核对。"


def timely_subject(reading: Reading) -> tuple[Subject, ...]:
    """The dossier's own count of applications answered in time."""
    words = "工作日内" if "工作日内" in reading.text else "期限|按期|按时|如期|时限|超期|依限"
    for label in reading.evidence.labels:
        asked = re.search("申请|答复|办结", label.words) and not _FOREIGN.search(label.words)
        if (
            label.unit != "%"
            and asked
            and re.search(words, label.words)
            and (negative(label.words) or not _LONGER.search(label.words))
        ):
            return (Subject("supp", label.id),)
    return ()


def told_in_time(reading: Reading, number: Number) -> bool:
    """Whether a number counts the answers in time: by a word before it, or one behind it after 办结的申请中."""
    segment, text = number.segment, reading.text
    frame = reading.labels(segment, number.pre)
    if frame and (frame.domain != "requests" or frame.rows not in ((), ("total_handled",), ("new",))):
        return False
    if frame and frame.columns:
        return False
    if any(t.kind == "timely" for t in number.pre):
        return not _LATE.search(text, number.start, number.token.start)
    if not any(t.kind == "timely" for t in number.post) or _LATE.search(text, number.end, segment.end):
        return False
    return frame is None or any(t.kind == "within" for t in number.pre) or "中" in text[frame.end : number.token.start]


def in_time_unknown(reading: Reading, start: int, end: int) -> None:
    """A count of answers in time that the dossier has no figure of."""
    reading.claim(start, end, "unverified", reason=_UNKNOWN, rule="X-13")


def in_time(reading: Reading, segment: Segment, tokens: Sequence[Token], start: int) -> bool:
    """均在法定期限内办结: only with the dossier's own count."""
    here = reading.text[start : segment.end]
    if re.search("(?:没有|未能?)按[期时]", here):
        return False
    if not any(t.kind in ("every", "done", "each") for t in tokens) and not re.search(
        "办结|[均都无零]|全部|没有", here
    ):
        return False
    if not re.search("申请(?!人)|答复|办结", reading.text[: segment.end]) or "缴" in here:
        return False
    timely = timely_subject(reading)
    if not timely:
        reading.claim(start, segment.end, "unverified", reason=_UNKNOWN, rule="X-13")
        return True
    count, _, _ = total_of(reading, timely)
    handled, _, _ = total_of(reading, [Subject("requests", "total_handled")])
    right = None if count is None or handled is None else count == handled
    if count is not None and handled is not None and any(t.kind == "majority" for t in tokens):
        right = 2 * count > handled
    if right is not None and _NOT_ALL.search(here):
        right = not right
    reading.state.context = Subject("requests", "total_handled")
    reason = f"在法定期限内办结的是{count}件，办结总数是{handled}件。"
    report(reading, start, segment.end, [*timely, Subject("requests", "total_handled")], right, reason)
    return True
