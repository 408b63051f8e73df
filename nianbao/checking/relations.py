"""Numbers that relate figures: changes, shares, points, multiples, averages, remainders, sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from nianbao.checking.frames import subjects as subjects_of
from nianbao.checking.judging import compare, judge, name_of, total_of
from nianbao.checking.quantity import Approx, compatible
from nianbao.checking.reading import Reading, Said, Segment, resolved
from nianbao.checking.subjects import Subject
from nianbao.checking.supplementary import best
from nianbao.checking.tokens import Token

if TYPE_CHECKING:
    from nianbao.checking.figures import Number

_BASE_BEFORE = re.compile(r"(?:[比较与同和跟以]|相比|相较于?|对比)$")
_LED = re.compile(r"(?:[比较与同和跟以是为达由从]|相比|相较于?|对比|相当于)$")
_SHARED = re.compile("(约|近|超过|超|不足|不到|接近)$")
_SHARED_AS: dict[str, Approx] = {
    "约": "about", "近": "near", "接近": "near", "超过": "over", "超": "over", "不足": "under", "不到": "under",
}  # fmt: skip
_CHANNEL = re.compile("网站|新媒体|公众号|微信|微博|公开栏|公示栏|公告栏|公报|显示屏|渠道")
_NO_BASE = "没有与{base}比较所需的数据，未能核对。"


def note_times(reading: Reading, segment: Segment) -> None:
    """The year, the part of it, the base of comparison and the scope that a segment names."""
    state, year = reading.state, reading.evidence.year
    years: list[int] = []
    for token in segment.tokens:
        match token.kind:
            case "date":
                _note_date(reading, token, years)
            case "base_prior":
                state.compared = "prior"
            case "base_other":
                state.compared = token.text
            case "prior":
                if _LED.search(reading.text, max(0, token.start - 3), token.start):
                    state.compared = "prior"
                else:
                    state.period = "prior"
            case "this":
                state.period = "this" if state.period != "part" else "part"
            case "part_period":
                state.period = "part"
            case kind if kind in ("self", "own_scope") or kind.startswith("scope_"):
                state.scope = "" if kind == "scope_level" and state.scope == "self" else kind
                state.scope_at = token.start
    if years:
        known = {y for y in years if y in (year, year - 1)}
        if len(known) < len(set(years)):
            state.period = "other"
        else:
            state.period = "both" if len(known) == 2 else "this" if year in known else "prior"


def _note_date(reading: Reading, token: Token, years: list[int]) -> None:
    state, year = reading.state, reading.evidence.year
    said, month, day = (*token.data, 0, 0, 0)[:3]
    before = _LED.search(reading.text, max(0, token.start - 3), token.start)
    after = reading.text[token.end : token.end + 3].startswith(("相比", "同期相比"))
    if said and (before or after):
        if reading.text[token.end : token.end + 2] == "20" or said == year:
            return
        state.compared = "prior" if said == year - 1 else token.text
        state.base_at = token.start
        return
    if said and said != year + 1:
        years.append(said)
        state.period_at = token.start
    if month and not (month == 12 and day == 31) and not (month == 1 and day == 1):
        state.period = "part"


def _part(number: Number, state_whole: object) -> bool:
    return state_whole is not None


def _about(reading: Reading, number: Number, before: int | None = None) -> tuple[Subject, ...]:
    """What a change or share is about: the words before it, or what was said last."""
    state = reading.state
    if number.queue:
        return number.queue.pop(0)
    tokens = [t for t in number.pre if before is None or t.end <= before]
    if antecedent := pronoun(reading, tokens):
        return antecedent
    frame = reading.labels(number.segment, tokens)
    stop = number.token.start if before is None else before
    unit = number.quantity.unit if number.quantity.unit not in ("%", "倍", "个百分点") else ""
    own = best(reading.evidence.labels, reading.text[number.start : stop], unit, 0.5)
    if own and (frame is None or own.score >= 0.8):
        return (Subject("supp", own.label.id),)
    if frame is None and any(t.kind == "object" and t.entry and t.entry.domain == "requests" for t in tokens):
        return (Subject("requests", "new"),)
    if frame:
        found = tuple(resolved(s, state, state.whole is not None, True)[0] for s in subjects_of(frame))
        return tuple(s for s in found if s.row)
    if state.pending:
        return state.pending
    if state.said and state.said[-1].sentence >= state.sentence - 1:
        return tuple(s._replace(prior=False) for s in state.said[-1].subjects)
    return (state.context,) if state.context else ()


def pronoun(reading: Reading, tokens: Sequence[Token]) -> tuple[Subject, ...]:
    """前者, 后者: of the last two figures that were told."""
    kinds = {t.kind for t in tokens}
    if not kinds & {"former", "latter"}:
        return ()
    pair = last_two(reading)
    if len(pair) < 2:
        return ()
    return pair[0] if "former" in kinds else pair[1]


def last_two(reading: Reading, count: int = 2) -> list[tuple[Subject, ...]]:
    """The subjects of the last figures told, each once."""
    found: list[tuple[Subject, ...]] = []
    for one in reversed(reading.state.said):
        if one.subjects and one.subjects not in found and one.sentence >= reading.state.sentence - 1:
            found.insert(0, one.subjects)
        if len(found) == count:
            break
    return found


def _prior(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    return tuple(s._replace(prior=True) for s in subjects)


def _span(reading: Reading, number: Number) -> tuple[int, int]:
    return number.start, number.end


def _base_missing(reading: Reading, number: Number) -> bool:
    """The text compares with something the dossier has no figures of."""
    base = reading.state.compared
    if base in ("", "prior"):
        return False
    _, facts, _ = total_of(reading, _about(reading, number))
    reason = _NO_BASE.format(base=f"“{base}”")
    start = reading.widened(number.segment.start)
    reading.claim(start, number.end, "unverified", facts=facts, reason=reason, rule="X-12")
    return True


def change(reading: Reading, number: Number, move: Token) -> None:
    """增加26件, 增长96.3%, 多5件, 增长0.5倍."""
    one, start, end = number.quantity, *_span(reading, number)
    if _base_missing(reading, number):
        return
    than = next((t for t in number.pre if t.kind == "than"), None)
    other = _beside(reading, number, than, move) if than else ()
    subjects = _about(reading, number, than.start if than and other else None)
    if than is None and (pair := _beside_told(reading, number)):
        subjects, other = pair
    subjects = _fitting(reading, number, subjects)
    falling = move.kind == "down"
    if reading.state.share and one.unit == "%" and not other and not reading.labels(number.segment, number.pre):
        _share_growth(reading, number, falling)
        return
    if not subjects:
        reading.claim(start, end, "unverified", reason="未能确定比较的是哪一项。", rule="X-12")
        return
    items = _items(reading, number, subjects)
    now, facts, known = total_of(reading, items[0] if items else subjects)
    before, more, _ = total_of(reading, items[1] if items else other or _prior(subjects))
    if now is None or before is None:
        right = None
    else:
        right = before - now if falling else now - before
        if one.unit in ("%", "倍"):
            right = right / before * (100 if one.unit == "%" else 1) if before > 0 else None
    word = {"%": "增减幅度", "倍": "增减倍数"}.get(one.unit, "增减")
    what = f"“{name_of(reading, subjects)}”{'相差' if other else '比上年' + word}"
    if known and one.unit not in ("%", "倍", "") and right is not None and not compatible(one.unit, known[0].unit):
        reason = f"“{name_of(reading, subjects)}”的单位是{known[0].unit}。"
        reading.claim(start, end, "unverified", facts=facts + more, reason=reason, rule="X-12")
        return
    if right is not None and right < 0:
        what = what.replace("比上年增减", "比上年的增减方向相反，") if not other else what
    ids = facts + more
    if not items and not other and len(facts) == 1 and one.unit != "倍":
        worked = f"{'growth' if one.unit == '%' else 'change'}.{facts[0]}"
        ids = (worked, *ids) if worked in reading.evidence.figures.facts else ids
    compare(reading, start, end, one, right, ids, what, known=known)
    reading.state.context = subjects[-1]


def _items(
    reading: Reading, number: Number | None, subjects: tuple[Subject, ...]
) -> tuple[tuple[Subject, ...], tuple[Subject, ...]] | None:
    """Items at the year's end and before it (2019 edition), where the text counts items."""
    if number is not None and number.quantity.unit != "项":
        return None
    cells = reading.evidence.figures.form.cells
    if not subjects or any(f"{s.domain}.{s.row}.prior_items" not in cells for s in subjects):
        return None
    plain = [s._replace(prior=False) for s in subjects]
    return tuple(s._replace(column="items") for s in plain), tuple(s._replace(column="prior_items") for s in plain)


def _beside_told(reading: Reading, number: Number) -> tuple[tuple[Subject, ...], tuple[Subject, ...]] | None:
    """办结106件，比新收的104件多2件: the figure between 比 and the change."""
    said = reading.state.said
    before = [t for t in number.segment.tokens if t.end <= number.token.start]
    than = next((t for t in before if t.kind == "than"), None)
    told = [t for t in before if t.kind == "num" and than and t.start > than.end]
    if than is None or not told or len(said) < 2 or said[-1].subjects[:1] and said[-1].subjects[0].prior:
        return None
    return said[-2].subjects, said[-1].subjects


def _fitting(reading: Reading, number: Number, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """The subjects in the number's own unit: 培训2次，比上年多15人次参加; 采购增加1个、41万元."""
    unit = number.quantity.unit
    if not subjects or unit in ("%", "倍", "个百分点", ""):
        return subjects
    first = subjects[0]
    if first.domain == "disclosure" and first.row == "procurement":
        return (first._replace(column="amount" if unit == "元" else "projects"),)
    known = reading.evidence.figures.known(first)
    if known.value is None or compatible(unit, known.unit):
        return subjects
    near = reading.text[number.start : number.segment.end]
    own = best(reading.evidence.labels, near, unit, 0.5, context=reading.text[max(0, number.start - 40) : number.start])
    return (Subject("supp", own.label.id),) if own and compatible(unit, own.label.unit) else subjects


def _beside(reading: Reading, number: Number, than: Token, move: Token) -> tuple[Subject, ...]:
    """What stands between 比 and the word of change: another figure, not last year's."""
    inside = [t for t in number.pre if t.start >= than.end and t.end <= move.start]
    if antecedent := pronoun(reading, inside):
        return antecedent
    frame = reading.labels(number.segment, inside)
    if frame:
        return tuple(resolved(s, reading.state, False, True)[0] for s in subjects_of(frame))
    own = best(reading.evidence.labels, reading.text[than.end : move.start], "", 0.5)
    return (Subject("supp", own.label.id),) if own else ()


def _share_growth(reading: Reading, number: Number, falling: bool) -> None:
    """占…的91.2%，比上年下降0.8%: the share itself in per cent."""
    part, whole = reading.state.share or ((), ())
    now, before, facts = _two_shares(reading, part, whole)
    right = None if now is None or not before else (before - now if falling else now - before) / before * 100
    compare(reading, number.start, number.end, number.quantity, right, facts, "这一比例比上年的增减幅度")


def _two_shares(
    reading: Reading, part: Sequence[Subject], whole: Sequence[Subject]
) -> tuple[Fraction | None, Fraction | None, tuple[str, ...]]:
    now, facts, _ = _ratio(reading, part, whole)
    before, more, _ = _ratio(reading, _prior(part), _prior(whole))
    return now, before, facts + more


def _ratio(
    reading: Reading, part: Sequence[Subject], whole: Sequence[Subject]
) -> tuple[Fraction | None, tuple[str, ...], list[object]]:
    upper, facts, known = total_of(reading, part)
    lower, more, _ = total_of(reading, whole)
    ids = tuple(dict.fromkeys(facts + more))
    if upper is None or lower is None or lower == 0:
        return None, ids, [*known]
    return upper / lower * 100, ids, [*known]


def moved_to(reading: Reading, number: Number, move: Token, subjects: Sequence[Subject]) -> None:
    """增加到N, 降至N: the direction must be that of the figures too."""
    now, facts, _ = total_of(reading, [s._replace(prior=False) for s in subjects])
    before, more, _ = total_of(reading, _prior(subjects))
    if items := _items(reading, number, tuple(subjects)):
        before, more, _ = total_of(reading, items[1])
    if now is None or before is None:
        if reading.state.compared:
            reason = "没有上年的数据，增减方向未能核对。"
            reading.claim(move.start, number.end, "unverified", facts=facts, reason=reason, rule="X-12")
        return
    if (now > before) != (move.kind == "up_to"):
        word = "增加" if now > before else "减少" if now < before else "持平"
        reason = f"“{name_of(reading, subjects)}”比上年{word}，文中写的是“{move.text}”。"
        reading.claim(move.start, number.end, "contradicted", facts=facts + more, expected=word, reason=reason, rule="X-12")


def prior_value(reading: Reading, number: Number) -> None:
    """比2024年的2600件, 由上年的20人次: last year's value, or last year's share."""
    state, one = reading.state, number.quantity
    start, end = number.start, number.end
    if one.unit == "%" and state.share:
        part, whole = state.share
        right, facts, _ = _ratio(reading, _prior(part), _prior(whole))
        compare(reading, start, end, one, right, facts, "上年的这一比例")
        return
    subjects = _about(reading, number)
    if not subjects:
        own = best(reading.evidence.labels, reading.text[max(0, start - 30) : number.token.start], one.unit, 0.4)
        subjects = (Subject("supp", own.label.id),) if own else ()
    if not subjects:
        reading.claim(start, end, "unverified", reason="未能确定这个数说的是哪一项。", rule="X-12")
        return
    state.period = "this"
    if items := _items(reading, number, subjects):
        judge(reading, start, end, one, items[1])
        state.context = items[0][0]
        return
    judge(reading, start, end, one, _prior(subjects), what=f"上年{name_of(reading, subjects)}")
    state.context = subjects[-1]


def base_just_told(reading: Reading, number: Number) -> bool:
    """占…总数126条的68.3%: the number before this one is the whole."""
    tokens = number.segment.tokens
    before = [t for t in tokens if t.end <= number.token.start and t.kind != "bland"]
    last = before[-1] if before else None
    if last is None or last.kind != "num" or reading.text[last.end : number.token.start] != "的":
        return False
    return any(t.kind == "share" for t in before)


def share(reading: Reading, number: Number) -> None:
    """占新收申请总数的60.38%: the part was said before, the whole is named or inherited."""
    state, one = reading.state, number.quantity
    mark = next((t for t in number.pre if t.kind == "share"), None)
    start, end = number.start, number.end
    if mark is None and base_just_told(reading, number):
        mark = next(t for t in number.segment.tokens if t.kind == "share")
        left = [t for t in number.segment.tokens if t.end <= mark.start]
        state.base = state.said[-1].subjects
        part = _named(reading, number.segment, left, number.segment.start, mark.start)
        part = part or (state.said[-2].subjects if len(state.said) > 1 else ())
    elif mark is not None:
        after = [t for t in number.pre if t.start >= mark.end]
        state.base = _base(reading, number, after, mark.end) or state.base
        part = _numerators(reading, number, mark)
    else:
        part = number.queue.pop(0) if number.queue else _after_last(reading)
    whole = state.base or _usual_whole(part)
    right, facts, known = _ratio(reading, part, whole)
    if not part or not whole:
        reading.claim(start, end, "unverified", reason="未能确定是哪一项占哪一项的比例。", rule="X-11")
        return
    if mark is not None and not one.approx and (said := _SHARED.search(reading.text, max(0, mark.start - 3), mark.start)):
        one = one._replace(approx=_SHARED_AS[said[1]])
    state.share = (part, whole)
    fact = f"share.{facts[0]}" if facts else ""
    table = reading.evidence.figures.facts
    if fact in table and table[fact].base == facts[-1]:
        facts = (fact, *facts)
    what = f"“{name_of(reading, part)}”占“{name_of(reading, whole)}”的比例"
    compare(reading, start, end, one, right, facts, what, "X-11", known=known)  # type: ignore[arg-type]


def _numerators(reading: Reading, number: Number, mark: Token) -> tuple[Subject, ...]:
    if any(t.kind == "each" for t in number.pre):
        pair = last_two(reading)
        return pair[-1] if pair else ()
    if any(t.kind == "both" and t.end <= mark.start for t in number.pre):
        return tuple(s for group in last_two(reading, _count_of(number)) for s in group)
    return _about(reading, number, mark.start)


def _count_of(number: Number) -> int:
    """How many figures 两者, 三项 speak of."""
    words = "".join(t.text for t in number.pre if t.kind in ("channels", "both"))
    return next((n for sign, n in (("三", 3), ("四", 4)) if sign in words), 2)


def _after_last(reading: Reading) -> tuple[Subject, ...]:
    return reading.state.said[-1].subjects if reading.state.said else ()


def _base(reading: Reading, number: Number, tokens: list[Token], start: int) -> tuple[Subject, ...]:
    """The whole that the words after 占 name."""
    text = reading.text[start : number.token.start]
    state = reading.state
    if any(t.kind in ("channels", "both") for t in tokens):
        pair = last_two(reading)
        return tuple(s for group in pair for s in group) if len(pair) == 2 else _channels(reading, 2, "条")
    frame = reading.labels(number.segment, tokens)
    if frame:
        found = [resolved(s, state, False, True)[0] for s in subjects_of(frame)]
        return tuple(s if s.row else s._replace(row="new") for s in found)
    if re.search("申请总|申请数|申请量|收到|收件|申请件|全部申请|总申请", text):
        return (Subject("requests", "new"),)
    if re.search("办结|办理|答复|处理", text):
        return (Subject("requests", "total_handled"),)
    own = best(reading.evidence.labels, text, "", 0.5)
    if own:
        return (Subject("supp", own.label.id),)
    if "总" in text and state.whole:
        return (state.whole,)
    return ()


def _usual_whole(part: Sequence[Subject]) -> tuple[Subject, ...]:
    """Where no whole is named: applicants of what was received, results of what was handled, of the group's total."""
    if len(part) < 1:
        return ()
    first = part[0]
    if first.domain == "requests":
        if first.column:
            return (Subject("requests", first.row, ""),)
        if first.row in ("granted", "partial", "refused", "unavailable", "declined", "other"):
            return (Subject("requests", "total_handled"),)
    if first.domain == "remedies" and first.column:
        return (Subject("remedies", first.row),)
    return ()


def points(reading: Reading, number: Number, move: Token | None) -> None:
    """上升2.3个百分点: the difference of two shares, never the growth of a count."""
    start, end, state = number.start, number.end, reading.state
    if _base_missing(reading, number):
        return
    if state.share:
        part, whole = state.share
        now, before, facts = _two_shares(reading, part, whole)
        falling = move is not None and move.kind == "down"
        right = None if now is None or before is None else (before - now if falling else now - before)
        if right is not None and number.quantity.step < 1 and now is not None and before is not None:
            step = number.quantity.step
            shown = [Fraction(int(v / step + Fraction(1, 2))) * step for v in (now, before)]
            apart = shown[1] - shown[0] if falling else shown[0] - shown[1]
            right = apart if apart == number.quantity.value else right
        compare(reading, start, end, number.quantity, right, facts, "两年比例之差")
        return
    subjects = _about(reading, number)
    if subjects:
        reason = f"“{name_of(reading, subjects)}”是数量，增减幅度应当用百分比，不用百分点。"
        _, facts, _ = total_of(reading, subjects)
        reading.claim(start, end, "contradicted", facts=facts, expected="百分比", reason=reason, rule="X-12")
    else:
        reading.claim(start, end, "unverified", reason="没有这一比例的数据，未能核对。", rule="X-12")


def multiple(reading: Reading, number: Number) -> None:
    """是上年的1.5倍, 是行政诉讼的2倍."""
    start, end, state = number.start, number.end, reading.state
    if _base_missing(reading, number):
        return
    mark = next((t for t in reversed(number.pre) if t.kind in ("is", "than") or t.text in ("相当于", "达到")), None)
    first = number.segment.start
    before = [t for t in number.segment.tokens if t.end <= (mark.start if mark else number.token.start)]
    if mark is None:
        mark = next((t for t in reversed(before) if t.kind == "is"), None)
        before = [t for t in before if mark and t.end <= mark.start]
    inside = [t for t in number.segment.tokens if mark and mark.end <= t.start < number.token.start]
    if any(t.kind in ("base_prior", "prior") for t in inside) or state.compared == "prior":
        subjects = _left(reading, number.segment, before, first, mark.start if mark else number.token.start)
        other: tuple[Subject, ...] = _prior(subjects)
    else:
        subjects = _left(reading, number.segment, before, first, mark.start if mark else number.token.start)
        other = _named(reading, number.segment, inside, mark.end if mark else first, number.token.start)
        said = [s for s in state.said if s.segment == number.segment.number and s.sentence == state.sentence]
        if not other and said:
            other = said[-1].subjects
        if other == subjects or not subjects:
            earlier = [s.subjects for s in state.said if s.subjects != other]
            subjects = earlier[-1] if earlier else ()
    now, facts, known = total_of(reading, subjects)
    lower, more, _ = total_of(reading, other)
    right = None if now is None or not lower else now / lower
    what = f"“{name_of(reading, subjects)}”与“{name_of(reading, other)}”{'（上年）' if other and other[0].prior else ''}的倍数"
    compare(reading, first if not state.said else number.start, end, number.quantity, right, facts + more, what, known=known)
    if subjects:
        state.context = subjects[-1]._replace(prior=False)


def _left(reading: Reading, segment: Segment, tokens: list[Token], start: int, end: int) -> tuple[Subject, ...]:
    named = pronoun(reading, tokens) or _named(reading, segment, tokens, start, end)
    if named:
        return named
    state = reading.state
    if state.pending:
        return state.pending
    return tuple(s._replace(prior=False) for s in state.said[-1].subjects) if state.said else ()


def _named(reading: Reading, segment: Segment, tokens: list[Token], start: int, end: int) -> tuple[Subject, ...]:
    frame = reading.labels(segment, tokens)
    own = best(reading.evidence.labels, reading.text[start:end], "", 0.5)
    if own and (frame is None or own.score >= 0.8):
        return (Subject("supp", own.label.id),)
    if frame:
        return tuple(s for s in (resolved(s, reading.state, False, True)[0] for s in subjects_of(frame)) if s.row)
    return ()


def apart(reading: Reading, number: Number) -> None:
    """两者相差89条."""
    frame = reading.labels(number.segment, number.pre)
    groups = [(s,) for s in subjects_of(frame)] if frame and frame.several else last_two(reading)
    if len(groups) != 2:
        reading.claim(number.start, number.end, "unverified", reason="未能确定是哪两项相差。", rule="X-12")
        return
    one, facts, known = total_of(reading, groups[0])
    other, more, _ = total_of(reading, groups[1])
    right = None if one is None or other is None else abs(one - other)
    compare(reading, number.start, number.end, number.quantity, right, facts + more, "两项之差", known=known)


_PER = re.compile(r"每(?:个|一|1)?(?P<per>月|季度|季|周|天|日|期|场|次|个|家|处|件|名|人|条|篇|台|块)")
_PARTS = {"月": 12, "季": 4, "季度": 4}


def average(reading: Reading, number: Number) -> None:
    """平均每期16人次, 月均4件: a total divided by a count that is known."""
    start, end, one = number.start, number.end, number.quantity
    text = reading.text[number.segment.start : number.segment.end]
    state = reading.state
    found = _PER.search(reading.text, number.segment.start, number.token.start)
    per = found["per"] if found else "月" if "月均" in text else "季" if "季均" in text else ""
    labels = reading.evidence.labels
    near = reading.text[number.segment.start : number.segment.end]
    frame = reading.labels(number.segment, [t for t in number.pre])
    upper: tuple[Subject, ...] = ()
    if frame:
        upper = tuple(resolved(s, state, False, True)[0] for s in subjects_of(frame))
        if not compatible(one.unit, reading.evidence.figures.known(upper[0]).unit):
            upper = ()
    if not upper:
        own = best(tuple(x for x in labels if x.unit == one.unit), near, one.unit, 0.3, context=reading.text[:start][-40:])
        if own:
            upper = (Subject("supp", own.label.id),)
        elif state.context and state.context.domain == "disclosure" and one.unit == "元":
            upper = (state.context._replace(column="amount"),)
        elif state.said:
            same = [s for s in state.said if s.unit == one.unit and s.sentence >= state.sentence - 1]
            upper = same[-1].subjects if same else ()
    total, facts, known = total_of(reading, upper)
    per = per or ("日" if "日均" in text else "")
    lower: Fraction | None = Fraction(_PARTS[per]) if per in _PARTS else None
    if per in ("日", "天"):
        lower = Fraction(366 if reading.evidence.year % 4 == 0 else 365)
    if lower is None and per:
        said = [s for s in state.said if s.unit == per and s.known is not None and s.sentence >= state.sentence - 1]
        if said:
            lower, facts = said[-1].known, facts + total_of(reading, said[-1].subjects)[1]
        elif upper and upper[0].domain == "supp":
            name = next((x.words for x in labels if x.id == upper[0].row), "")
            mate = best(tuple(x for x in labels if x.unit == per), near + "，" + name, per, 0.4)
            if mate:
                lower, more, _ = total_of(reading, [Subject("supp", mate.label.id)])
                facts += more
    right = None if total is None or not lower else total / lower
    if right is not None and one.step == 1 and right.denominator != 1:
        right = Fraction(int(right + Fraction(1, 2)))
    compare(reading, start, end, one, right, facts, f"“{name_of(reading, upper)}”的平均数", "X-15", known=known)


def rate(reading: Reading, number: Number) -> None:
    """按期办结率99.6%, 办结率94.6%: only where both numbers are known."""
    start, end, state = number.start, number.end, reading.state
    text = reading.text[number.segment.start : number.end]
    kinds = {t.kind for t in number.segment.tokens}
    if "timely" in kinds and ("rate" in kinds or "率" in text):
        timely = timely_subject(reading)
        right, facts, _ = _ratio(reading, timely, (Subject("requests", "total_handled"),)) if timely else (None, (), [])
        compare(reading, start, end, number.quantity, right, facts, "按期办结率", "X-13")
        return
    asked = not any(t.kind == "object" and t.entry and t.entry.domain == "foreign" for t in number.segment.tokens)
    if re.search(r"(?:办结|办理|答复)率", text) and asked:
        workload = (Subject("requests", "workload"),)
        right, facts, _ = _ratio(reading, (Subject("requests", "total_handled"),), workload)
        compare(reading, start, end, number.quantity, right, facts, "办结率", "X-13")
        return
    if found := re.search(r"(维持|纠正|纠错|败诉|公开)率", text):
        _outcome_rate(reading, number, found[1])
        return
    if state.share and not number.pre:
        share(reading, number)
        return
    if named := _share_of(reading, number):
        part, whole, stop = named
        right, facts, _ = _ratio(reading, part, whole)
        what = f"“{name_of(reading, part)}”占“{name_of(reading, whole)}”的比例"
        compare(reading, start, stop, number.quantity, right, facts, what, "X-11")
        return
    reading.claim(start, end, "unverified", reason="没有对应的比例数据，未能核对。", rule="X-11")


def _share_of(reading: Reading, number: Number) -> tuple[tuple[Subject, ...], tuple[Subject, ...], int] | None:
    """超过九成的新收申请由自然人提出, 近四成申请予以公开."""
    after = [t for t in number.segment.tokens if t.start >= number.end]
    frame = reading.labels(number.segment, after)
    if frame is None or frame.several:
        return None
    subject = subjects_of(frame)[0]
    if subject.domain == "requests" and not subject.row:
        subject = subject._replace(row="new")
    whole = _usual_whole((subject,))
    return ((subject,), whole, frame.end) if whole else None


def _outcome_rate(reading: Reading, number: Number, word: str) -> None:
    context = reading.state.context
    if word == "公开":
        part: Sequence[Subject] = (Subject("requests", "granted"), Subject("requests", "partial"))
        whole: Sequence[Subject] = (Subject("requests", "total_handled"),)
    else:
        row = context.row if context and context.domain == "remedies" else "review"
        column = "upheld" if word == "维持" else "corrected"
        part, whole = (Subject("remedies", row, column),), (Subject("remedies", row),)
    right, facts, _ = _ratio(reading, part, whole)
    compare(reading, number.start, number.end, number.quantity, right, facts, f"{word}率", "X-11", sure=False)


def timely_subject(reading: Reading) -> tuple[Subject, ...]:
    """The dossier's own count of applications answered in time."""
    for label in reading.evidence.labels:
        if re.search("期限|按期|按时|如期|时限", label.words) and re.search("申请|答复|办结", label.words):
            return (Subject("supp", label.id),)
    return ()


def remainder(reading: Reading, number: Number) -> None:
    """其余5件: the whole without the parts that were told."""
    state, one = reading.state, number.quantity
    whole = _whole_told(reading)
    told: list[Said] = [s for s in state.said if s.sentence == state.sentence and s.subjects != (whole,)]
    parts = [s for s in told if whole and s.subjects and _is_part(reading, s.subjects[0], whole)]
    total, facts, known = total_of(reading, (whole,) if whole else ())
    if total is None or not parts or any(p.known is None for p in parts):
        right = None
    else:
        right = total - sum((p.known or Fraction(0) for p in parts), Fraction(0))
        facts += tuple(i for p in parts for i in total_of(reading, p.subjects)[1])
    rest = [t for t in number.segment.tokens if t.start >= number.end]
    stop = next((i for i, t in enumerate(rest) if t.kind == "num"), len(rest))
    after = reading.labels(number.segment, rest[:stop])
    end = after.end if after else number.end
    compare(reading, number.start, end, one, right, facts, "其余部分", "X-10", known=known)
    if after and right is not None and whole:
        named = [_in_whole(s, whole) for s in subjects_of(after)]
        value, more, _ = total_of(reading, named)
        if value is not None and value != right:
            reason = f"其余的是{right}，“{name_of(reading, named)}”是{value}，不相符。"
            reading.claim(number.start, end, "contradicted", facts=facts + more, reason=reason, rule="X-10")


def _whole_told(reading: Reading) -> Subject | None:
    """The whole whose parts were told: 其中's, else the last figure that the later ones are parts of."""
    state = reading.state
    if state.whole:
        return state.whole
    said = [s.subjects[0] for s in state.said if s.sentence == state.sentence and len(s.subjects) == 1]
    for i in range(len(said) - 2, -1, -1):
        if all(_is_part(reading, part, said[i]) for part in said[i + 1 :]):
            if i == 0 or not _is_part(reading, said[i], said[i - 1]):
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
        if s.unit == unit and s.subjects and s.sentence >= state.sentence - 1 and not s.subjects[0].prior
    ]  # fmt: skip
    wanted = re.search("[两二三四]", "".join(t.text for t in number.pre if t.kind in ("channels", "both")))
    count = _count_of(number)
    if any(t.kind == "channels" for t in number.pre):
        told = [s for s in here if s.subjects[0].domain == "supp"]
        if len(told) >= count:
            return [x for s in told[-count:] for x in s.subjects], True
        found = _channels(reading, count, unit)
        return (list(found), True) if found else None
    distinct = list(dict.fromkeys(s.subjects for s in here))
    if len(distinct) < count:
        return None
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


def _channels(reading: Reading, count: int, unit: str) -> tuple[Subject, ...]:
    """The dossier's figures of channels, where there are as many as the text says."""
    found = [x for x in reading.evidence.labels if x.unit == unit and _CHANNEL.search(x.words)]
    return tuple(Subject("supp", x.id) for x in found) if len(found) == count else ()
