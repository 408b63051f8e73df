"""Averages: 平均每期16人次, 月均4件, 平均两个月1期, 每期由75人次降为62人次."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nianbao.checking.figures.antecedents import base_missing, prior_of
from nianbao.checking.figures.carried import GLUE
from nianbao.checking.figures.judging import compare, name_of, total_of
from nianbao.checking.figures.number import Number
from nianbao.checking.known.frames import subjects as subjects_of
from nianbao.checking.known.subjects import Subject
from nianbao.checking.known.supplementary import best, channels_in
from nianbao.checking.language.quantity import compatible
from nianbao.checking.language.tokens import MOVES
from nianbao.checking.reading import Reading, resolved
from nianbao.checking.state import Averaged
from nianbao.numerals import parse_number

_PER = re.compile(
    r"每(?:个|一|1)?(?P<per>月|季度|季|周|天|日|期|场|次|个|家|处|件|项|名|人|条|篇|台|块|所|村|户|批|轮|组|册)|(?P<short>[月季日周场期次])均"
    r"|平均(?P<bare>[月季日])|(?P<months>[两三四六]|[2346])个月$"
)
_MONTHS = re.compile("平均每?[两三四六2346]个月$")
_PARTS = {"月": 12, "季": 4, "季度": 4, "周": 52}
_TURNS = ("场", "期", "次")
_NEAR = Fraction(1, 20)


def average(reading: Reading, number: Number) -> None:
    """A total divided by a count that is known; of last year where the words say so."""
    if base_missing(reading, number):
        return
    if number.quantity.unit == "个月" and reading.text[number.end : number.end + 1].isdigit():
        return  # 平均两个月1期: the count follows
    state = reading.state
    glue = (*MOVES, "from", "base_prior", "than", "average", "frequency")
    bare = all(t.kind in GLUE or t.kind in glue for t in number.pre)
    named = channels_in(reading.text[number.start : number.token.start])
    told = state.averaged if bare and not named else None
    found = told or _named(reading, number)
    state.averaged = found
    last = reading.evidence.year - 1
    before = any(
        t.kind in ("prior", "base_prior", "from") or (t.kind == "date" and t.data[0] == last) for t in number.pre
    )
    upper, lower = (prior_of(found.upper), prior_of(found.lower)) if before else (found.upper, found.lower)
    total, facts, known = total_of(reading, upper)
    parts = found.parts
    if lower:
        parts, more, _ = total_of(reading, lower)
        facts += more
    right = None if total is None or not parts else total / parts
    if (move := next((t for t in reversed(number.pre) if t.kind in ("up", "down")), None)) and before:
        now, _, _ = total_of(reading, found.upper)
        over, _, _ = total_of(reading, found.lower) if found.lower else (found.parts, (), [])
        apart = None if right is None or now is None or not over else now / over - right
        right = apart if apart is None or move.kind == "up" else -apart  # 比上年平均每期多8人次
    what = f"“{name_of(reading, upper)}”的平均数"
    state.period = "this" if before else state.period
    right = _rounded(right, number)
    at = _MONTHS.search(reading.text[: number.token.start])
    start = min(number.start, at.start() if at else number.start)
    compare(reading, start, number.end, number.quantity, right, facts, what, "X-15", sure=False, known=known)


_BOUNDS = ("near", "over", "under", "at_least", "at_most")


def _rounded(right: Fraction | None, number: Number) -> Fraction | None:
    """A whole number may stand for an average that is close to it."""
    if right is None or number.quantity.step != 1 or right.denominator == 1 or number.quantity.approx in _BOUNDS:
        return right
    whole = Fraction(int(right + Fraction(1, 2)))
    return whole if abs(whole - right) <= right * _NEAR else right


def _named(reading: Reading, number: Number) -> Averaged:
    """What the words of the segment, else of the sentence before it, say is averaged."""
    text, segment = reading.text, number.segment
    found = _PER.search(text, segment.start, number.token.start) or _PER.search(text, segment.start, segment.end)
    found = found or next(iter(reversed(list(_PER.finditer(text, 0, number.token.start)))), None)
    per = (found["per"] or found["short"] or found["bare"] or "月") if found else ""
    upper = _upper(reading, number)
    if found and found["months"]:
        return Averaged(upper, 12 / Fraction(parse_number(found["months"]) or 1), ())
    if per in ("日", "天"):
        return Averaged(upper, Fraction(366 if reading.evidence.year % 4 == 0 else 365), ())
    if per in _PARTS:
        return Averaged(upper, Fraction(_PARTS[per]), ())
    return Averaged(upper, None, _lower(reading, number, per, upper) if per else ())


def _upper(reading: Reading, number: Number) -> tuple[Subject, ...]:
    """What is divided: named in the segment, or told before in the same unit."""
    state, one, segment = reading.state, number.quantity, number.segment
    frame = reading.labels(segment, list(number.pre))
    if frame:
        named = tuple(resolved(s, state, False, True)[0] for s in subjects_of(frame))
        if named[0].row == "procurement" and one.unit == "元":
            named = (named[0]._replace(column="amount"),)
        if compatible(one.unit, reading.evidence.figures.known(named[0]).unit):
            return named
    near = reading.text[segment.start : segment.end]
    same = tuple(x for x in reading.evidence.labels if x.unit == one.unit)
    if own := best(same, near, one.unit, 0.3, context=reading.text[: number.start][-40:]):
        return (Subject("supp", own.label.id),)
    if state.context and state.context.domain == "disclosure" and one.unit == "元":
        return (state.context._replace(column="amount"),)
    told = [s for s in state.said if s.unit == one.unit and s.sentence >= state.sentence - 1]
    if told:
        return told[-1].subjects
    return (Subject("supp", same[0].id),) if len(same) == 1 and one.unit == "人次" else ()


def _lower(reading: Reading, number: Number, per: str, upper: Sequence[Subject]) -> tuple[Subject, ...]:
    """What it is divided by: the count in that unit that was told, or the figure beside it."""
    state = reading.state
    if upper and upper[0].row == "procurement":
        return (upper[0]._replace(column="projects"),)
    if upper and upper[0].domain == "fees":
        return (Subject("fees", "notices"),)
    alike = _TURNS if per in _TURNS else (per,)
    told = [s for s in state.said if s.unit in alike and s.known is not None and s.sentence >= state.sentence - 1]
    told = [s for s in told if s.subjects and s.subjects != tuple(upper)]
    told = [s for s in told if s.unit == per] or told
    told = [s for s in told if not s.subjects[0].prior] or told
    if told:
        return told[-1].subjects
    if not upper or upper[0].domain != "supp":
        return ()
    labels = reading.evidence.labels
    name = next((x.words for x in labels if x.id == upper[0].row), "")
    near = reading.text[number.segment.start : number.segment.end]
    same = tuple(x for x in labels if x.unit in alike)
    if not same:  # 每村: the count of villages
        places = [x for x in labels if per in x.words and x.unit in ("个", "所", "家") and x.id != upper[0].row]
        return (Subject("supp", places[0].id),) if len(places) == 1 else ()
    mate = best(same, near + "，" + name, per, 0.4)
    return (Subject("supp", mate.label.id),) if mate else ()
