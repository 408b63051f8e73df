"""What a number is about by the words at it: the labels of the tables before it and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from nianbao.checking.figures.antecedents import pronoun, several_of
from nianbao.checking.figures.carried import GLUE
from nianbao.checking.figures.naming import likely, mate
from nianbao.checking.figures.number import Number
from nianbao.checking.known.frames import Frame
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import Match, best, by_way, channels_in, way_unsaid
from nianbao.checking.language.lexicon import phrases
from nianbao.checking.language.quantity import compatible
from nianbao.checking.language.tokens import Token
from nianbao.checking.reading import Reading, resolved


class Bound(NamedTuple):
    """The subjects of a number. `sure`: no other may be meant; `end`: where its claim ends; `used`: how many tokens
    behind the number belong to it."""

    subjects: list[Subject]
    sure: bool
    end: int
    used: int = 0


def at_number(number: Number, found: tuple[Sequence[Subject], bool] | None) -> Bound | None:
    """Subjects that take no words behind the number."""
    return Bound(list(found[0]), found[1], number.end) if found else None


def open_post(number: Number) -> list[Token]:
    """The tokens behind a number up to 均 or 按期, which say something of it."""
    cut = next((i for i, t in enumerate(number.post) if t.kind in ("every", "timely")), len(number.post))
    return number.post[:cut]


def used_to(number: Number, end: int) -> int:
    """How many tokens behind a number stand before a place."""
    return sum(t.end <= end for t in open_post(number))


def by_words(reading: Reading, number: Number) -> Bound | None:
    """The labels before a number, with an applicant or a row that stands behind it."""
    found = _by_way_behind(reading, number) or _before(reading, number) or _with_carry_told(reading, number)
    if found is None:
        return None
    subjects, sure = found
    after = reading.labels(number.segment, open_post(number))
    if after is None:
        return Bound(subjects, sure, number.end)
    if not after.rows and all(not s.column and s.domain == after.domain for s in subjects):
        subjects = [s._replace(column=c) for s in subjects for c in after.columns]
        return Bound(subjects, sure, after.end, used_to(number, after.end))
    if row := _row_behind(reading, number, subjects, after):
        return Bound([s._replace(row=row) for s in subjects], True, after.end, used_to(number, after.end))
    return Bound(subjects, sure, number.end)


def behind(reading: Reading, number: Number) -> Bound | None:
    """The labels behind a number."""
    after = reading.labels(number.segment, open_post(number))
    if after is None:
        return None
    out = [resolved(s, reading.state, reading.state.whole is not None, True) for s in subjects_of(after)]
    return Bound([s for s, _ in out], all(sure for _, sure in out), after.end, used_to(number, after.end))


_BEHIND = re.compile("(?:是|系)?(?:从|由|自)?")


def _row_behind(reading: Reading, number: Number, found: list[Subject], after: Frame) -> str:
    """自然人还有2件是从上年结转来的: the row behind a number that only an applicant stands before."""
    before = reading.labels(number.segment, number.pre)
    alone = before is not None and not before.rows and before.domain == after.domain == "requests"
    if not alone or after.columns or len(after.rows) != 1 or not all(s.column for s in found):
        return ""
    return after.rows[0] if _BEHIND.fullmatch(reading.text, number.end, after.start) else ""


def _before(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """The subjects that the words before a number name."""
    state = reading.state
    if number.queue:
        return list(number.queue.pop(0)), True
    if named := pronoun(reading, number.pre):
        return list(named), True
    if any(t.kind == "carry" for t in number.pre) and reading.labels(number.segment, number.pre) is None:
        return [Subject("requests", "carried_in")], True
    marks = [t for t in number.pre if t.kind == "share"]
    if marks and not any(t.kind == "each" for t in number.pre):
        number = replace(number, pre=[t for t in number.pre if t.start >= marks[-1].end], start=marks[-1].end)
    frame = reading.labels(number.segment, number.pre)
    text = reading.text[number.start : number.token.start]
    short = phrases("indicators")["short"].get(text.strip("的为有是"))
    if short and state.context and state.context.domain == "requests":
        return [Subject("requests", short)], True
    if frame is None and text in ("金额", "金额为") and state.context and state.context.domain == "fees":
        return [Subject("fees", "charged")], True
    if frame is None and text.strip() == "其他" and (other := _other(state.context)):
        return [other], True
    several = several_of(reading, text, number.quantity.unit)
    if several and any(t.kind in ("sum", "channels", "each", "both") for t in number.pre):
        return several, True
    if any(t.kind == "channels" for t in number.pre):
        return None
    if other := mate(reading, number):
        return [other], True
    own = _of_named(reading, number, text) or best(reading.evidence.labels, text, number.quantity.unit, 0.5)
    units = {x.unit for x in reading.evidence.labels}
    if own and not compatible(number.quantity.unit, own.label.unit) and number.quantity.unit in units:
        own = None  # 走访检查中找出的12处: the checks are counted in 次
    if own and frame and frame.domain == "requests" and own.score < 0.9 and way_unsaid(own.label, text):
        own = None
    if own and several and not own.label.channels >= channels_in(text) and len(channels_in(text)) > 1:
        return several, False  # 门户网站和政务新媒体发布信息超过500条
    if own and (frame is None or own.score >= 0.8 or _within(number, own)):
        paired = any(t.kind in ("former", "latter") for t in number.pre)  # 前者接待群众430人次, of two events
        return [Subject("supp", likely(reading, number, own, text))], own.score >= 0.5 and not paired
    if frame is None:
        return None
    way = by_way(reading.evidence.labels, text, number.quantity.unit)
    if way and frame.rows in ((), ("new",)) and not frame.columns and frame.domain == "requests":
        return [Subject("supp", way.id)], False  # 网络渠道收到申请241件
    part = state.whole is not None
    if frame.domain == "disclosure" and not frame.columns and "有效" in text:
        frame = frame._replace(columns=("in_force",))
    out = [resolved(s, state, part, True) for s in subjects_of(frame)]
    out = [(_with_carry(reading, number, s), sure) for s, sure in out]
    out = [(by_unit(reading, s, number.quantity.unit), sure) for s, sure in out]
    return [s for s, _ in out], all(sure for _, sure in out)


def _of_named(reading: Reading, number: Number, text: str) -> Match | None:
    """就市政府办公室而言，登记新申请174件: the figure of the office that the sentence speaks of."""
    state = reading.state
    if state.scope not in ("named", "own_scope") or state.scope_word in text:
        return None
    named = state.scope_word
    labels = tuple(x for x in reading.evidence.labels if x.scope == named or x.words.startswith(named))
    own = best(labels, state.scope_word + text, number.quantity.unit, 0.6)
    return own if own and _within(number, own) else None


def _by_way_behind(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """新收申请中只有1件是网上填报的: by the way that stands behind the number."""
    inside = any(t.kind == "within" for t in number.pre) or "申请中" in reading.text[number.start : number.token.start]
    if not inside or number.quantity.unit not in ("件", ""):
        return None
    stop = next((t.start for t in reading.tokens if t.start >= number.end and t.kind in ("num", "break")), number.end)
    label = by_way(reading.evidence.labels, reading.text[number.end : stop], number.quantity.unit)
    return ([Subject("supp", label.id)], False) if label else None


def _within(number: Number, own: Match) -> bool:
    """区政府办公室新收: the words of the table stand in the name of the office's own figure, which says more."""
    labels = [t for t in number.pre if t.kind in ("row", "column")]
    return own.score >= 0.6 and bool(labels) and all(t.text in own.label.words for t in labels)


def _other(context: Subject | None) -> Subject | None:
    """其他20件 at the end of a list: of applicants, of results, of outcomes."""
    if context is None:
        return None
    if context.domain == "requests":
        if context.column:
            return context._replace(column="other_org")
        return context._replace(row="other_misc" if context.row.startswith("other_") else "other")
    return context._replace(column="other") if context.domain == "remedies" and context.column else None


def _with_carry(reading: Reading, number: Number, subject: Subject) -> Subject:
    """收到（含上年结转）申请N件, and N件（含上年结转…）."""
    if subject.domain == "requests" and subject.row in ("new", ""):
        after = [t for t in reading.tokens if t.start >= number.end and t.kind not in ("object", "bland")][:2]
        inside = any(t.kind == "carry" for t in number.pre) or any(t.kind == "carry" for t in after)
        if inside or (number.segment.opener == "）" and _carry_before(reading, number)):
            return subject._replace(row="workload")
    return subject


def _with_carry_told(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """共有15件申请在办（含上年结转3件）: all that was to be handled."""
    asked = any(t.kind == "object" and t.entry and t.entry.domain == "requests" for t in number.post)
    bare = all(t.kind in GLUE for t in number.pre)
    if not (asked and bare) or _with_carry(reading, number, Subject("requests")).row != "workload":
        return None
    return [Subject("requests", "workload")], True


def _carry_before(reading: Reading, number: Number) -> bool:
    return any(t.kind == "carry" for t in reading.tokens if t.end <= number.segment.start)


def _has_items(reading: Reading, subject: Subject) -> bool:
    """Whether the form counts items of the row (2019: 上一年项目数量, 本年增/减)."""
    return f"disclosure.{subject.row}.prior_items" in reading.evidence.figures.form.cells


def by_unit(reading: Reading, subject: Subject, unit: str) -> Subject:
    if subject.domain == "disclosure" and subject.row == "procurement" and not subject.column:
        return subject._replace(column="amount" if unit == "元" else "projects")
    if (
        subject.domain == "disclosure"
        and unit == "项"
        and subject.column != "prior_items"
        and _has_items(reading, subject)
    ):
        return subject._replace(column="items")
    if subject.domain == "disclosure" and subject.column == "amount" and subject.row not in ("procurement", "fees"):
        return subject._replace(column="")
    if subject.row == "other_unpaid_fee" and unit == "元":
        return Subject("fees", "outstanding")
    if subject.domain == "fees" and subject.row == "any":
        return subject._replace(row="notices" if unit in ("件", "份") else "received")
    return subject
