"""Plain numbers: the subject each is bound to by the words before it, after it, or said before, and its verdict."""

from __future__ import annotations

import re
from collections.abc import Callable

from nianbao.checking.figures.binding import Bound, at_number, behind, by_unit, by_words
from nianbao.checking.figures.carried import GLUE, carried, same_last_year
from nianbao.checking.figures.changes import moved_to
from nianbao.checking.figures.derived import together
from nianbao.checking.figures.fillings import filled
from nianbao.checking.figures.judging import judge, total_of
from nianbao.checking.figures.naming import (
    by_channel_told,
    by_deed,
    by_value,
    not_yet,
    one_behind,
    only_one,
    own_in_time,
    own_words,
    part_of_own,
    parts_joined,
)
from nianbao.checking.figures.nothing import every_act
from nianbao.checking.figures.number import Number
from nianbao.checking.figures.odd_counts import each_month, each_of_months, no_figure, so_many_places, so_many_settled
from nianbao.checking.figures.timely import in_time_unknown, timely_subject, told_in_time
from nianbao.checking.known.subjects import Subject
from nianbao.checking.language.tokens import MOVES, Token
from nianbao.checking.reading import Reading

_CLEAR, _LIKELY = 0.6, 0.4


def value(reading: Reading, number: Number, move: Token | None = None) -> tuple[int, int]:
    """A plain number with its verdict; where its claim ends and how many tokens behind it are its own."""
    if one := each_month(reading, number):
        reading.claim(number.start, number.end, "supported", facts=(one,), rule="EV-24", kind="words")
        return number.end, 0
    if each_of_months(number):
        reason = "没有每个月各是多少的数据或者已确认的情况，未能核对。"
        reading.claim(number.start, number.end, "unverified", reason=reason)
        return number.end, 0
    if so_many_settled(reading, number) or so_many_places(reading, number):
        return number.end, 0
    bound = _in_time(reading, number)
    bound = bound or next((b for find in _FINDERS if (b := find(reading, number, move))), None)
    if bound is None:
        if not no_figure(reading, number):
            reading.claim(number.start, number.end, "unverified", reason="没有对应的数据，未能核对。", kind="figure")
        return number.end, 0
    if not bound.subjects:
        in_time_unknown(reading, number.start, bound.end)
    elif number.quantity.unit not in ("类", "种") or bound.subjects[0].domain == "supp":
        _judged(reading, number, bound, move)  # else 行政复议、行政诉讼2类案件: how many were named
    return bound.end, bound.used


def _judged(reading: Reading, number: Number, bound: Bound, move: Token | None) -> None:
    """The verdict of a number whose subject is known, and what it leaves for those that follow."""
    state, token, end = reading.state, number.token, bound.end
    found = [by_unit(reading, s, number.quantity.unit) for s in bound.subjects]
    if state.period == "prior" and any(t.kind in ("up_to", "down_to") or t.text == "达到" for t in number.pre):
        state.period = "this"  # 在上年12项的基础上增加2项，达到14项
    found, sure = _spelled_out(reading, number, found, bound.sure)
    found = filled(reading, number, found, [*number.pre, *number.post[: bound.used]])
    if state.period == "prior":
        found = [s._replace(prior=True) for s in found]
    if _grew_by(reading, number, found):
        return
    if _in_another_group(reading, found):
        reason = "这一项不属于文中所说的这一类。"
        reading.claim(number.start, end, "contradicted", reason=reason, rule="X-05")
        return
    each = any(t.kind == "each" or (t.kind == "every" and t.end >= token.start - 2) for t in number.pre)
    groups = [[s] for s in found] if each and len(found) > 1 else [found]
    if state.period == "both":
        groups = [[s._replace(prior=p) for s in g] for g in groups for p in (False, True)]
        state.period = "this"
    for group in groups:
        judge(reading, number.start, end, number.quantity, group, sure=sure, segment=number.segment.number)
    if move is not None:
        moved_to(reading, number, move, found)
    state.speak_of(found)
    state.pending = ()


def _in_time(reading: Reading, number: Number) -> Bound | None:
    """In time: the dossier's own count of answers, or no subject where it has none."""
    if number.queue or not told_in_time(reading, number) or own_in_time(reading, number):
        return None
    after = any(t.kind == "timely" for t in number.post)
    end, used = (number.post[-1].end, len(number.post)) if after else (number.end, 0)
    return Bound(list(timely_subject(reading)), True, end, used)


def _added_up(reading: Reading, number: Number) -> tuple[list[Subject], bool] | None:
    """公众号156条，公示栏210条，合计366条，上年为360条: the sum of what was told, where it is that."""
    if not all(t.kind in GLUE for t in number.pre):
        return None
    if any(t.kind == "prior" for t in number.pre):
        before = same_last_year(reading, number)
        return (before, True) if len(before) > 1 else None
    sums = any(t.kind == "sum" for t in number.pre) or reading.text.startswith(("中", "均", "全部"), number.end)
    told = together(reading, number) if sums else None
    return (told[0], True) if told and total_of(reading, told[0])[0] == number.quantity.value else None


def _moved_on(reading: Reading, number: Number, move: Token | None) -> tuple[list[Subject], bool] | None:
    """由50条减到40条: the figure whose value of last year stands right before."""
    told = reading.state.last if move else None
    if told is None or told.segment != number.segment.number or not told.subjects or told.unit != number.quantity.unit:
        return None
    bare = all(t.kind in GLUE or t.kind in MOVES for t in number.pre)
    if not bare or not told.subjects[0].prior:
        return None
    return [s._replace(prior=False) for s in told.subjects], True


def _own(reading: Reading, number: Number, least: float) -> Bound | None:
    """One of the office's own figures, named around the number."""
    own = own_words(reading, number, least)
    if own is None:
        return None
    (subjects, sure), uses_post = own
    post = number.post if uses_post else []
    return Bound(subjects, sure, post[-1].end if post else number.end, len(post))


def _alone(number: Number, subject: Subject | None) -> Bound | None:
    return at_number(number, ([subject], False)) if subject else None


def _unsure(subjects: list[Subject]) -> tuple[list[Subject], bool] | None:
    return (subjects, False) if subjects else None


def _sure(number: Number, subject: Subject | None) -> Bound | None:
    return at_number(number, ([subject], True)) if subject else None


Finder = Callable[[Reading, Number, Token | None], Bound | None]
_FINDERS: tuple[Finder, ...] = (
    lambda reading, number, _: _alone(number, not_yet(reading, number)),
    lambda reading, number, _: _alone(number, by_deed(reading, number)),
    lambda reading, number, _: _sure(number, part_of_own(reading, number)),
    lambda reading, number, _: at_number(number, _unsure(parts_joined(reading, number))),
    lambda reading, number, _: by_words(reading, number),
    lambda reading, number, _: at_number(number, _added_up(reading, number)),
    lambda reading, number, move: at_number(number, _moved_on(reading, number, move)),
    lambda reading, number, _: _own(reading, number, _CLEAR),
    lambda reading, number, _: behind(reading, number),
    lambda reading, number, _: _alone(number, only_one(reading, number, number.quantity.unit)),
    lambda reading, number, _: _alone(number, by_value(reading, number)),
    lambda reading, number, _: _own(reading, number, _LIKELY),
    lambda reading, number, _: at_number(number, carried(reading, number)),
    lambda reading, number, _: _alone(number, one_behind(reading, number)),
    lambda reading, number, _: _alone(number, by_channel_told(reading, number)),
)

_UNPAID = re.compile("(?:尚|还)?(?:未|没有|没)(?:能)?(?:收|缴|交|到账)")


_ADDED = re.compile("(?:新增|增设|新设|新建|新添|增加)了?$")


def _grew_by(reading: Reading, number: Number, found: list[Subject]) -> bool:
    """新增2个查阅点后，查阅点达到14个: by how many a stock grew."""
    if len(found) != 1 or found[0].domain != "supp" or not _ADDED.search(reading.text[: number.token.start]):
        return False
    now, then = (reading.evidence.figures.known(found[0]._replace(prior=prior)) for prior in (False, True))
    if now.value is None or then.value is None or now.value == number.quantity.value:
        return False
    if now.value - then.value != number.quantity.value:
        return False
    facts = tuple(dict.fromkeys(now.facts + then.facts))
    reading.claim(number.start, number.end, "supported", facts=facts, rule="X-12")
    reading.state.context = found[0]
    return True


def _spelled_out(reading: Reading, number: Number, found: list[Subject], sure: bool) -> tuple[list[Subject], bool]:
    """What the words around a number make of its subject."""
    one, text = number.quantity, reading.text
    if one.value == 0:
        found = [w for s in found for w in every_act(reading, s)]
    fees = found[0].domain == "fees" or (reading.state.context or found[0]).domain == "fees"
    if fees and one.unit == "元" and (_UNPAID.match(text, number.end) or "差额" in text[number.start : number.end]):
        return [Subject("fees", "outstanding")], True
    named = reading.evidence.figures.known(found[0]).label
    if len(found) == 1 and found[0].domain == "supp" and (more := _ADDED.search(text[: number.token.start])):
        sure = sure and more.group().rstrip("了") in named
    return found, sure


def _in_another_group(reading: Reading, found: list[Subject]) -> bool:
    """无法提供的3件中，属于过程性信息…: a ground of 不予公开 under 无法提供."""
    whole, figures = reading.state.whole, reading.evidence.figures
    if whole is None or whole.domain != "requests" or f"requests.{whole.row}" not in figures.groups:
        return False
    grounds = [s for s in found if s.domain == "requests" and s.row != whole.row and _is_ground(reading, s.row)]
    return bool(grounds) and whole.row != "workload" and not any(figures.is_part(s.row, whole.row) for s in grounds)


def _is_ground(reading: Reading, row: str) -> bool:
    groups = reading.evidence.figures.groups
    return any(row in rows for name, rows in groups.items() if name.count(".") == 1 and not name.endswith("workload"))
