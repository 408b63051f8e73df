"""Numbers worked out of several figures: multiples, averages, differences, remainders, sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from nianbao.checking.figures.antecedents import (
    base_missing,
    channels,
    count_of,
    last_two,
    left_of,
    named_in,
    prior_of,
    pronoun,
    several_of,
)
from nianbao.checking.figures.judging import compare, judge, name_of, total_of
from nianbao.checking.figures.naming import whole_of
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.timely import timely_subject
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best
from nianbao.checking.reading import Reading
from nianbao.checking.state import Said
from nianbao.checking.verdicts import Verdict


def multiple(reading: Reading, number: Number) -> None:
    """是上年的1.5倍, 是行政诉讼的2倍, 两倍多."""
    if reading.text.startswith(("多", "余"), number.end):
        number = replace(number, token=number.token._replace(quantity=number.quantity._replace(approx="more")))
    _start, end, state = number.start, number.end, reading.state
    if base_missing(reading, number):
        return
    mark = next((t for t in reversed(number.pre) if t.kind in ("is", "than") or t.text in ("相当于", "达到")), None)
    first = number.segment.start
    before = [t for t in number.segment.tokens if t.end <= (mark.start if mark else number.token.start)]
    if mark is None:
        mark = next((t for t in reversed(before) if t.kind == "is"), None)
        before = [t for t in before if mark and t.end <= mark.start]
    inside = [t for t in number.segment.tokens if mark and mark.end <= t.start < number.token.start]
    last = reading.evidence.year - 1
    dated = any(t.kind == "date" and t.data[0] == last for t in inside)
    if dated or any(t.kind in ("base_prior", "prior") for t in inside) or state.compared == "prior":
        subjects = left_of(reading, number.segment, before, first, mark.start if mark else number.token.start)
        other: tuple[Subject, ...] = prior_of(subjects)
    else:
        subjects = left_of(reading, number.segment, before, first, mark.start if mark else number.token.start)
        other = pronoun(reading, inside)
        base = reading.text[mark.end if mark else first : number.token.start]
        if not other and (joined := _JOINED.split(base)[0]) != base:
            other = tuple(several_of(reading, joined, ""))
        other = other or named_in(reading, number.segment, inside, mark.end if mark else first, number.token.start)
        said = [s for s in state.said if s.segment == number.segment.number and s.sentence == state.sentence]
        if not other and said:
            other = said[-1].subjects
        if other == subjects or not subjects:
            earlier = [s.subjects for s in state.said if s.subjects != other]
            subjects = earlier[-1] if earlier else ()
    now, facts, known = total_of(reading, subjects)
    lower, more, _ = total_of(reading, other)
    right = None if now is None or not lower else now / lower
    year = "（上年）" if other and other[0].prior else ""
    what = f"“{name_of(reading, subjects)}”与“{name_of(reading, other)}”{year}的倍数"
    compare(
        reading, first if not state.said else number.start, end, number.quantity, right, facts + more, what, known=known
    )
    if subjects:
        state.context = subjects[-1]._replace(prior=False)


_JOINED = re.compile("[两二三四](?:种|类|个|条|项|者)|之和|合计")


def apart(reading: Reading, number: Number) -> None:
    """两者相差89条."""
    frame = reading.labels(number.segment, number.pre)
    groups = [(s,) for s in subjects_of(frame)] if frame and frame.several else last_two(reading)
    if len(groups) != 2:
        reading.claim(number.start, number.end, "unverified", reason="未能确定是哪两项相差。", rule="X-12")
        return
    one, facts, known = total_of(reading, groups[0])
    other, more, more_known = total_of(reading, groups[1])
    right = None if one is None or other is None else abs(one - other)
    state = reading.state
    for group, value, unit in ((groups[0], one, known), (groups[1], other, more_known)):
        state.say(Said(group, value or Fraction(0), value, unit[0].unit, state.sentence, number.segment.number))
    compare(reading, number.start, number.end, number.quantity, right, facts + more, "两项之差", known=known)


def remainder(reading: Reading, number: Number) -> None:
    """其余5件: the whole without the parts that were told."""
    state, one = reading.state, number.quantity
    if one.unit == "元" and state.context and state.context.domain == "fees":
        judge(reading, number.start, number.end, one, [Subject("fees", "outstanding")])
        return
    near = reading.text[number.end : number.segment.end]
    own = best(reading.evidence.labels, near, one.unit, 0.5)
    if own and total_of(reading, (Subject("supp", own.label.id),))[0] == one.value:
        judge(reading, number.start, number.end, one, (Subject("supp", own.label.id),))
        return
    whole = _whole_told(reading)
    told: list[Said] = [s for s in state.said if s.sentence == state.sentence and s.subjects != (whole,)]
    parts = [s for s in told if whole and s.subjects and _is_part(reading, s.subjects[0], whole)]
    if not parts and told and told[-1].subjects and told[-1].subjects[0].column:
        first = told[-1].subjects[0]
        whole = first._replace(column="")
        here = [s for s in state.said if s.sentence == state.sentence and len(s.subjects) == 1]
        parts = [s for s in here if s.subjects[0].column and s.subjects[0]._replace(column="") == whole]
    elif not parts and state.said and state.said[-1].subjects and state.said[-1].subjects[0].column:
        whole, parts = state.said[-1].subjects[0]._replace(column=""), state.said[-1:]
    total, facts, known = total_of(reading, (whole,) if whole else ())
    if joined := _joined_told(reading):
        here = [s for s in state.said if s.sentence == state.sentence]
        parts = [s for s in here if s.subjects and set(s.subjects) < set(joined)]
        total, facts, known = total_of(reading, joined)
    here = [s for s in state.said if s.sentence == state.sentence and s.subjects]
    own_figures = len(here) > 1 and all(s.subjects[0].domain == "supp" for s in here[-2:])
    if not parts and (asked := _of_requests(reading, here)):  # 办结的15件申请，除2件经批准延期外，其余13件
        parts = here[-1:]
        total, facts, known = total_of(reading, asked)
    if own_figures and here[-1].unit == here[-2].unit and not parts:  # 接办934件，办结921件，其余13件
        parts = here[-1:]
        total, facts, known = total_of(reading, here[-2].subjects)
    if not parts and (of := _all_of(reading)):
        parts = state.said[-1:]
        total, facts, known = total_of(reading, (of,))
    last = state.said[-1] if state.said else None
    if last and last.sentence == state.sentence and last.subjects == timely_subject(reading):
        parts = [last]
        total, facts, known = total_of(reading, (Subject("requests", "total_handled"),))
    if total is None or not parts or any(p.known is None for p in parts):
        right = None
    else:
        right = total - sum((p.known or Fraction(0) for p in parts), Fraction(0))
        facts += tuple(i for p in parts for i in total_of(reading, p.subjects)[1])
    rest = [t for t in number.segment.tokens if t.start >= number.end]
    stop = next((i for i, t in enumerate(rest) if t.kind == "num"), len(rest))
    after = reading.labels(number.segment, rest[:stop])
    end = after.end if after else number.end
    if after and after.domain == "requests" and after.rows == ("carried_out",) and not own_figures:
        column = state.context.column if state.context and state.context.domain == "requests" else ""
        left = [s._replace(column=s.column or column) for s in subjects_of(after)]
        if right is None or total_of(reading, left)[0] == one.value:
            judge(reading, number.start, end, one, left)
            return
    plain = [s for s in told if s.segment < number.segment.number or s.sentence < state.sentence]
    sure = state.whole is not None and len(plain) <= len(parts) + 1
    compare(reading, number.start, end, one, right, facts, "其余部分", "X-10", sure=sure, known=known)
    in_turn = any(t.kind == "respectively" for t in rest[:stop])
    open_list = after is not None and "等" in reading.text[after.end : after.end + 6]
    if after and right is not None and whole and not in_turn and not open_list and not own_figures:
        named = [_in_whole(s, whole) for s in subjects_of(after)]
        value, more, _ = total_of(reading, named)
        if value is not None and value != right:
            reason = f"其余的是{right}，“{name_of(reading, named)}”是{value}，不相符。"
            verdict: Verdict = "contradicted" if state.whole else "unverified"
            reading.claim(number.start, end, verdict, facts=facts + more, reason=reason, rule="X-10")


def _of_requests(reading: Reading, here: Sequence[Said]) -> tuple[Subject, ...]:
    """All the applications that a figure of the office's own is a part of: told before it, or opened."""
    last = here[-1] if here else None
    label = next((x for x in reading.evidence.labels if last and last.subjects[0] == ("supp", x.id, "", False)), None)
    if label is None or not re.search("申请|答复", label.words):
        return ()
    state = reading.state
    before = here[-2].subjects if len(here) > 1 else (state.whole,) if state.whole else ()
    if not before and len(state.said) > 1 and state.said[-2].sentence == state.sentence - 1:
        before = state.said[-2].subjects
    wholes = ("new", "total_handled", "workload")
    return before if len(before) == 1 and before[0].domain == "requests" and before[0].row in wholes else ()


def _all_of(reading: Reading) -> Subject | None:
    """查出的76个问题，除71个已整改外，还剩5个: the one figure of the same thing that the last told is a part of."""
    last = reading.state.last
    if last is None or last.known is None or len(last.subjects) != 1 or last.subjects[0].domain != "supp":
        return None
    whole = whole_of(reading, last.subjects[0].row)
    return Subject("supp", whole) if whole else None


def _joined_told(reading: Reading) -> tuple[Subject, ...]:
    """两个渠道共126条，除网站40条外，其余…: figures of the dossier's own that were added up."""
    state = reading.state
    told = [s.subjects for s in state.said if s.sentence == state.sentence]
    return next((group for group in told[:-1] if len(group) > 1 and set(told[-1]) < set(group)), ())


def _whole_told(reading: Reading) -> Subject | None:
    """The whole whose parts were told: 其中's, else the last figure that the later ones are parts of."""
    state = reading.state
    if state.whole:
        return state.whole
    said = [s.subjects[0] for s in state.said if s.sentence == state.sentence and len(s.subjects) == 1]
    for i in range(len(said) - 2, -1, -1):
        holds = all(_is_part(reading, part, said[i]) for part in said[i + 1 :])
        if holds and (i == 0 or not _is_part(reading, said[i], said[i - 1])):
            return said[i]
    return state.context


def _is_part(reading: Reading, part: Subject, whole: Subject) -> bool:
    if part.domain != whole.domain:
        return False
    if part.row == whole.row:
        return bool(part.column) and not whole.column
    return part.row not in ("new", "carried_in", "carried_out", "workload", "total_handled")


def _in_whole(subject: Subject, whole: Subject) -> Subject:
    if subject.domain == whole.domain and not subject.row:
        return subject._replace(row=whole.row)
    return subject


def together(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """合计56件, 两个渠道共555条: the sum of figures told, or of the channels the dossier knows."""
    state, unit = reading.state, number.quantity.unit
    here = [
        s for s in state.said
        if s.unit == unit and s.subjects and s.sentence >= state.sentence - 2 and not s.subjects[0].prior
    ]  # fmt: skip
    if not here and state.period == "this" and any(t.kind == "this" for t in number.pre):
        before = [s for s in state.said if s.subjects and s.sentence == state.sentence]
        here = [s._replace(subjects=tuple(x._replace(prior=False) for x in s.subjects)) for s in before]
    wanted = re.search("[两二三四]", "".join(t.text for t in number.pre if t.kind in ("channels", "both")))
    count = count_of(number)
    if any(t.kind == "channels" for t in number.pre):
        told = [s for s in here if s.subjects[0].domain == "supp"]
        if len(told) >= count:
            return [x for s in told[-count:] for x in s.subjects], True
        found = channels(reading, count, unit)
        return (list(found), True) if found else None
    distinct = list(dict.fromkeys(s.subjects for s in here))
    if len(distinct) < count:
        return None
    single = [group for group in distinct if len(group) == 1]
    if re.search("前[两二]", reading.text[number.start : number.token.start]) and len(single) > 2:
        return [x for s in single[-3:-1] for x in s], True
    if wanted:
        return [x for s in distinct[-count:] for x in s], True
    return _sum_of(reading, number, distinct), False


def _sum_of(reading: Reading, number: Number, distinct: list[tuple[Subject, ...]]) -> list[Subject]:
    """The run of figures before 共计 that adds up to it; all of them where none does."""
    for count in range(2, len(distinct) + 1):
        run = [x for group in distinct[-count:] for x in group]
        total, _, _ = total_of(reading, run)
        if total == number.quantity.value:
            return run
    return [x for group in distinct for x in group]
